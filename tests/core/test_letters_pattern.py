"""The small language in which wordings are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kindregards.core.letters.pattern import expanded, flat
from kindregards.core.letters.phrasebook import Group, Phrasebook, Wording, parsed, phrasebook
from kindregards.core.letters.prepared import prepare, prepared
from kindregards.core.letters.sieve import Sieve, needs_of
from kindregards.core.letters.tokens import Run, Tokens

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "fi")


def wording_of(line: str) -> Wording:
    return Wording(Group("test.words", ""), flat(line, {}))


def found(wording: str, text: str) -> list[str]:
    tokens = Tokens(text)
    looked_for = wording_of(wording)
    return [
        text[edge + starts[begins] : edge + starts[after - 1] + len(run.words[after - 1])]
        for edge, run in zip(tokens.edges, tokens.runs, strict=False)
        for starts in [run.starts()]
        for begins, after in looked_for.found_in((*run.words, ""))
    ]


def let_through(wordings: list[str], text: str) -> list[str]:
    needs = [wording_of(wording).needs() for wording in wordings]
    sieve = Sieve(len(wordings), needs_of(needs))
    return sorted(wordings[number] for number in sieve.wordings_for(tuple(text.split())))


CASES = {
    "words": ("not selected", "you were not selected.", ["not selected"]),
    "one of several": ("(move|go) on", "we go on, we move on", ["go on", "move on"]),
    "several words in one": ("(go ahead|move) with", "go ahead with it", ["go ahead with"]),
    "may be missing, there": ("[very] sorry", "we are very sorry", ["very sorry"]),
    "may be missing, not there": ("[very] sorry", "we are sorry", ["sorry"]),
    "missing at the end": ("move on [with you]", "we move on.", ["move on"]),
    "any ending": ("bewerb*", "ihre bewerbungen", ["bewerbungen"]),
    "any ending inside of several words": (
        "(class of 20*|no. 1*)",
        "class of 2031",
        ["class of 2031"],
    ),
    "several words that end otherwise": ("(class of 20*|year)", "class of 1999", []),
    "a short beginning first": ("1* years", "12 years", ["12 years"]),
    "a gap": ("not .. selected", "not at all been selected", ["not at all been selected"]),
    "a gap too long": ("not .. selected", "not one two three four five selected", []),
    "light punctuation": ("not selected", "not, selected", ["not, selected"]),
    "no end of a sentence": ("not selected", "surely not. selected people", []),
    "over a line's end": ("not selected", "not\nselected", ["not\nselected"]),
    "whole words only": ("no", "now", []),
    "apostrophes": ("won't be", "it won't be", ["won't be"]),
}


@pytest.mark.parametrize(("wording", "text", "hits"), CASES.values(), ids=CASES.keys())
def test_a_wording_finds_what_it_says(wording: str, text: str, hits: list[str]) -> None:
    assert found(wording, text) == hits


def test_lists_are_named_in_capitals() -> None:
    assert expanded("NOT selected", {"NOT": "not|never"}) == "(not|never) selected"


def test_a_wording_is_laid_out_without_lists_and_without_brackets_in_brackets() -> None:
    lists = {"NOT": "not|never"}
    told = "[very] NOT (gone [any] further|e-mail*) .. ahead"
    plain = "[very] (not|never) (gone any further|gone further|e mail*) .. (ahead)"
    assert flat(told, lists) == flat(plain, {}) == plain


def test_only_wordings_all_of_whose_places_can_be_filled_are_looked_at() -> None:
    wordings = ["we [very] (must|have to) .. go", "we stay", "bewerb* ist da", "we"]
    assert let_through(wordings, "we stay") == ["we", "we stay"]
    assert let_through(wordings, "go we must") == ["we", "we [very] (must|have to) .. go"]
    assert let_through(wordings, "ihre bewerbung ist da") == ["bewerb* ist da"]


def test_several_words_are_looked_up_as_they_follow_one_another() -> None:
    assert let_through(["we (have to|must) go"], "we go to have") == []
    assert let_through(["we (have to|must) go"], "we have to go") == ["we (have to|must) go"]


def test_a_wording_of_many_places_and_one_that_cannot_be_looked_up_are_let_through() -> None:
    assert let_through(["a b c d e f", "1*"], "a b c d e f") == ["1*", "a b c d e f"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_of_a_language_can_be_looked_up_and_has_its_reasons(language: str) -> None:
    book = phrasebook(language)
    assert book.groups
    assert all(group.why.endswith(".") for group in book.groups.values())
    assert all(any(wording.needs()) for wording in book.wordings)


LEAVES = {
    "en": "Kind regards,",
    "de": "Mit freundlichen Grüßen",
    "fr": "Bien cordialement,",
    "es": "Un cordial saludo,",
    "pt": "Atenciosamente,",
    "it": "Cordiali saluti",
    "nl": "Met vriendelijke groet,",
    "pl": "Z poważaniem",
    "fi": "Ystävällisin terveisin",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_how_letters_take_leave(language: str) -> None:
    leave = re.compile(phrasebook(language).names["signoff"])
    assert leave.match(LEAVES[language])
    assert not leave.match("Halden Rail")


@pytest.fixture
def phrase_file(tmp_path: Path) -> Path:
    file = tmp_path / "de.toml"
    file.write_text(
        "[about]\nlanguage = 'de'\nheads = 'erfahrung'\n"
        "[lists]\nIST = 'ist|war'\n[marks]\nwork = 'Prüfung'\n"
        "[guards]\ncondition = 'für'\n"
        "[stage.screen]\nwhy = 'So.'\nweight = 2\nwords = '''\nprüfung IST [sehr] schön\n'''\n",
        "utf-8",
    )
    return file


def test_a_phrase_file_made_ready_reads_like_one_that_is_not(phrase_file: Path) -> None:
    book = parsed(phrase_file)
    assert prepared(phrase_file) is None
    prepare(phrase_file, book.tables, book.needs)
    made = prepared(phrase_file)
    assert made is not None
    ready = Phrasebook(*made)
    for words in ("die prüfung war schön", "die pruefung ist schoen", "schön ist es"):
        assert ready.found[Run(words)] == book.found[Run(words)]
    assert [found[:2] for found in ready.found[Run("die prüfung ist schön")]] == [(4, -21)]
    assert ready.marks == book.marks
    guard = ready.guard("condition")
    assert guard
    assert guard.search("fuer uns")
    assert ready.guard("contrast") is None


def test_what_was_made_ready_is_left_when_the_wordings_change(phrase_file: Path) -> None:
    book = parsed(phrase_file)
    prepare(phrase_file, book.tables, book.needs)
    phrase_file.write_text(phrase_file.read_text("utf-8").replace("prüfung", "test"), "utf-8")
    assert prepared(phrase_file) is None


@pytest.mark.parametrize("damaged", ["", "{", "[]", "{}", "null"])
def test_what_was_made_ready_and_is_damaged_is_left(phrase_file: Path, damaged: str) -> None:
    book = parsed(phrase_file)
    prepare(phrase_file, book.tables, book.needs)
    (phrase_file.parent / "prepared" / "de.json").write_text(damaged, "utf-8")
    assert prepared(phrase_file) is None
