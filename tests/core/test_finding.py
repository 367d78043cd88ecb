"""The sentence that holds the words somebody looks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.letters.finding import LONGEST_SENTENCE, Part, found_sentence

TEXT = "Dear Ada,\n\nThank you for the talk. We liked your résumé and the winter coats.\n\nInes"


def told(text: str, *words: str) -> str:
    parts = found_sentence(text, words)
    return "".join(f"[{part.text}]" if part.is_found else part.text for part in parts)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["winter"], "We liked your résumé and the [winter] coats."),
        (["resume"], "We liked your [résumé] and the winter coats."),
        (["RÉSUMÉ", "co"], "We liked your [résumé] and the winter [coats]."),
        (["the", "winter"], "We liked your résumé and [the] [winter] coats."),
        (["inter"], ""),
        (["nothing"], ""),
        ([""], ""),
    ],
)
def test_the_sentence_with_most_of_the_words_is_shown(words: list[str], expected: str) -> None:
    assert told(TEXT, *words) == expected


def test_an_umlaut_is_found_without_it_and_the_other_way_round() -> None:
    assert told("Die Prüfung war schön.", "prufung") == "Die [Prüfung] war schön."
    assert told("Die Prufung war schon.", "prüfung") == "Die [Prufung] war schon."


def test_eszett_is_found_by_two_s_and_the_other_way_round() -> None:
    assert told("Mit freundlichen Grüßen.", "grussen") == "Mit freundlichen [Grüßen]."
    assert told("Mit freundlichen Grüssen.", "grüße") == "Mit freundlichen [Grüssen]."


def test_a_long_sentence_is_cut_around_the_word() -> None:
    long = f"{'before ' * 90}coats {'after ' * 90}"
    parts = found_sentence(long, ["coats"])
    assert (parts[0].text, parts[-1].text) == ("… ", " …")
    assert Part("coats", is_found=True) in parts
    assert sum(len(part.text) for part in parts) <= LONGEST_SENTENCE + 4


@given(st.text(), st.lists(st.text(max_size=5), max_size=4))
def test_what_is_shown_stands_in_the_text(text: str, words: list[str]) -> None:
    parts = found_sentence(text, words)
    assert "".join(part.text for part in parts if part.text not in ("… ", " …")) in text
    assert not parts or any(part.is_found for part in parts)
