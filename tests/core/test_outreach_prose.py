"""The prose of a letter: its parts, and how hard it is to read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.outreach.prose import Prose
from kindregards.core.outreach.readability import grade, syllables


def told(text: str) -> list[str]:
    return [sentence.text for sentence in Prose(text).sentences]


def test_a_letter_falls_into_its_parts() -> None:
    prose = Prose("Hi Ines,\n\nThank you. How are you?\n\nBest,\nMara Lindqvist\n0123 456")
    assert prose.greeting is not None
    assert prose.greeting.text == "Hi Ines,"
    assert [sentence.text for sentence in prose.sentences] == ["Thank you.", "How are you?"]
    assert prose.closing is not None
    assert prose.closing.text == "Best,"
    assert prose.signature is not None
    assert prose.signature.text == "Mara Lindqvist\n0123 456"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "I met Dr. Adler at 9 a.m. today. It was good.",
            ["I met Dr. Adler at 9 a.m. today.", "It was good."],
        ),
        (
            "This line is wrapped by a mail program after\nseventy characters. Yes?",
            ["This line is wrapped by a mail program after\nseventy characters.", "Yes?"],
        ),
        ("One thing:\n- first\n- second", ["One thing:", "- first", "- second"]),
        ("Das war z. B. gut. Danke.", ["Das war z. B. gut.", "Danke."]),
        ("Really?! Yes... maybe", ["Really?!", "Yes... maybe"]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    assert told(text) == sentences


def test_thanks_in_the_middle_are_no_closing() -> None:
    text = "Hello,\n\nThank you.\n\nPlease write to me again, whenever it suits you.\n\nMara"
    assert told(text) == ["Thank you.", "Please write to me again, whenever it suits you."]


def test_a_postscript_is_part_of_the_letter() -> None:
    assert told("Hi,\n\nGood day.\n\nBest,\nMara\n\nPS: My new number is below.") == [
        "Good day.",
        "PS: My new number is below.",
    ]


@pytest.mark.parametrize(
    "history",
    [
        "On Monday, Ines Okafor wrote:\n> Dear Mara",
        "Am Montag schrieb Ines Okafor:\n\nLiebe Mara",
        "-----Original Message-----\nFrom: Ines",
        "> Dear Mara\n> all the best",
    ],
)
def test_quoted_history_is_left_out(history: str) -> None:
    assert told(f"Hi,\n\nThank you for it.\n\n{history}") == ["Thank you for it."]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab .!?\n,>-’ÄßHi"), max_size=200))
def test_places_are_those_of_the_text(text: str) -> None:
    prose = Prose(text)
    assert len(prose.folded) == len(text)
    for sentence in prose.sentences:
        assert prose.folded[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("decision", 3),
        ("asked", 1),
        ("wanted", 2),
        ("people", 2),
        ("interview", 3),
        ("idea", 3),
        ("create", 2),
        ("conversation", 4),
        ("opportunity", 5),
        ("what's", 1),
    ],
)
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("Entscheidung", 3),
        ("Grüße", 2),
        ("Träume", 2),
        ("Gespräch", 2),
        ("Bewerbung", 3),
        ("Feier", 2),
    ],
)
def test_german_syllables(word: str, count: int) -> None:
    assert syllables(word, "de") == count


def test_plain_words_read_lower_than_long_ones() -> None:
    plain = ["I", "read", "the", "book", "you", "named"] * 8
    hard = ["organisational", "considerations", "necessitated", "reconfiguration"] * 10
    easy, heavy = grade(plain, 8, "en"), grade(hard, 2, "en")
    assert easy is not None
    assert heavy is not None
    assert easy < 2 < 12 < heavy


def test_no_grade_is_told_of_a_few_words_or_of_another_language() -> None:
    assert grade(["word"] * 29, 3, "en") is None
    assert grade(["mot"] * 60, 6, "fr") is None
