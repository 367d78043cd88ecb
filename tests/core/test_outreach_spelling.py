"""Spelling and grammar: slips are shown, names and matters of taste are left alone."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kindregards.core.outreach import Draft, Verdict, guard, spelling_findings, taken

GOOD = Path(__file__).parents[1] / "outreach" / "good.toml"
NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)


def quoted(text: str, names: tuple[str, ...] = (), language: str = "en") -> list[str]:
    return [one.quote for one in spelling_findings(Draft(text, language=language), names)]


@pytest.mark.parametrize(
    ("sentence", "slip"),
    [
        ("I recieved your letter on Monday.", "recieved"),
        ("Thank you for an another look at it.", "an another"),
        ("I would of liked to hear more.", "would of"),
        ("Thank you for the the time you took.", "the the"),
        ("She have told me a lot about the team.", "have"),
        ("It helped me alot.", "alot"),
    ],
)
def test_a_slip_is_quoted_where_it_stands(sentence: str, slip: str) -> None:
    assert quoted(sentence) == [slip]
    found = spelling_findings(Draft(sentence))[0]
    assert sentence[found.start : found.end] == slip
    assert found.minor


@pytest.mark.parametrize(
    "sentence",
    [
        "Dear Oksana Hrytsenko, thank you for the talk with Priya and Ngozi.",
        "The colour of the organisation was a favourite of mine.",
        "The color of the organization was a favorite of mine.",
    ],
)
def test_names_and_either_english_are_right(sentence: str) -> None:
    assert quoted(sentence) == []


def test_names_of_the_application_are_known() -> None:
    sentence = "I liked the work at quillmark very much."
    assert quoted(sentence) == ["quillmark"]
    assert quoted(sentence, ("Quillmark GmbH",)) == []


def test_other_languages_are_left_alone() -> None:
    assert quoted("Muchas gracias por la entrevista.", language="es") == []


@pytest.mark.parametrize(
    ("sentence", "slips"),
    [
        ("Das Gespäch war nciht lang.", [("Gespäch", "Gespräch"), ("nciht", "nicht")]),
        ("Über eine Rückmledung freue ich mich.", [("Rückmledung", "Rückmeldung")]),
        ("Haben Sie vieln Dank fuer den Hinweis.", [("vieln", "vielen"), ("fuer", "für")]),
        ("Es war grossartig, und Ihre Strasse ist schön.", []),
        ("Die Spritzgussmaschine lief beim Probearbeitstag.", []),
        ("Er hat genickt und dann abgeschaut.", []),
    ],
)
def test_german_slips_are_found_and_compounds_left_alone(
    sentence: str, slips: list[tuple[str, str]]
) -> None:
    found = spelling_findings(Draft(sentence, language="de"))
    assert [(one.quote, one.instead) for one in found] == slips
    assert all(one.minor and sentence[one.start : one.end] == one.quote for one in found)


def test_names_of_the_application_and_of_greetings_are_known_in_german() -> None:
    text = "Hallo Tjark,\n\nder Rundgang mit Imke war schön.\n\nQuirin Albers"
    assert quoted(text, ("Imke Brandl",), language="de") == []


def test_no_german_word_is_taken_for_a_coarse_one() -> None:
    found = spelling_findings(Draft("Wir haben gewickt, geschickt, geflickt.", language="de"))
    assert not any("fick" in (one.instead or "") for one in found)


def test_good_german_letters_have_hardly_a_slip() -> None:
    found = [quoted(text, language="de") for text in letters("de")]
    assert len(found) >= 20
    assert sum(map(len, found)) * 20 <= len(found)


def test_a_correction_can_be_taken_over() -> None:
    text = "I recieved your letter."
    assert taken(text, spelling_findings(Draft(text))[0]) == "I received your letter."


def test_a_slip_alone_holds_nothing_back_and_gives_way_to_the_guard() -> None:
    good = next(row for row in letters() if guard(Draft(row), now=NOW).verdict is Verdict.SEND)
    slipped = Draft(good.replace(" the ", " teh ", 1))
    noticed = spelling_findings(slipped)
    guarded = guard(slipped, now=NOW, noticed=noticed)
    assert noticed[0] in guarded.findings
    assert guarded.verdict is Verdict.SEND


def test_good_letters_have_hardly_a_slip() -> None:
    found = {text: quoted(text) for text in letters()}
    objected = [slips for slips in found.values() if slips]
    assert len(objected) * 5 <= len(found), objected


def letters(language: str = "en") -> list[str]:
    rows = tomllib.loads(GOOD.read_text("utf-8"))["letter"]
    return [row["text"] for row in rows if row["language"] == language]
