"""The small language in which wordings are written."""

from __future__ import annotations

import re

import pytest

from kindregards.core.letters.pattern import expanded, needed
from kindregards.core.letters.phrasebook import Group, Run, Wording, phrasebook
from kindregards.core.letters.tokens import Tokens

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "fi")


def found(wording: str, text: str) -> list[str]:
    tokens = Tokens(text)
    looked_for = Wording(Group("test.words", ""), wording, {})
    return [
        text[tokens.starts[first + begins] : tokens.ends[first + after - 1]]
        for first, words in tokens.runs()
        for begins, after in looked_for.found_in(Run(words))
    ]


CASES = {
    "words": ("not selected", "you were not selected.", ["not selected"]),
    "one of several": ("(move|go) on", "we go on, we move on", ["go on", "move on"]),
    "several words in one": ("(go ahead|move) with", "go ahead with it", ["go ahead with"]),
    "may be missing, there": ("[very] sorry", "we are very sorry", ["very sorry"]),
    "may be missing, not there": ("[very] sorry", "we are sorry", ["sorry"]),
    "missing at the end": ("move on [with you]", "we move on.", ["move on"]),
    "any ending": ("bewerb*", "ihre bewerbungen", ["bewerbungen"]),
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


def test_the_rarest_words_come_first() -> None:
    assert needed("we [very] (must|have to) regrettably .. go", {})[0] == {"regrettably"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_of_a_language_can_be_looked_up_and_has_its_reasons(language: str) -> None:
    book = phrasebook(language)
    assert book.groups
    assert all(group.why.endswith(".") for group in book.groups.values())
    assert not book.without_lookup


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
