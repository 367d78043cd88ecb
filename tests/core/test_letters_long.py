"""Very long letters cost in proportion to their length, however they are made."""

from __future__ import annotations

from cProfile import Profile
from pstats import Stats

import pytest

from kindregards.core.letters import parse_letter, read_letter
from kindregards.core.letters.letter import Letter
from kindregards.core.letters.page import Page
from kindregards.core.letters.reading import Kind
from kindregards.core.letters.tokens import Tokens

SENTENCE = "Unfortunately we chose somebody with more experience of looms than you have"


def numbered(count: int, sentence: str, between: str) -> str:
    """So many sentences, no two of them alike."""
    return between.join(f"{sentence} {number}" for number in range(count))


def steps(text: str) -> int:
    """How many calls the reading of a text takes, what is remembered of others aside."""
    letter = Letter(text=text)
    read_letter(letter)
    profile = Profile()
    profile.enable()
    read_letter(Letter(text=text.replace("looms", "lathes")))
    profile.disable()
    return int(Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("between", [". ", ", ", '." "', "\n"])
def test_a_letter_four_times_as_long_takes_about_four_times_as_many_steps(between: str) -> None:
    short, long = (steps(numbered(count, SENTENCE, between)) for count in (200, 800))
    assert long < 5 * short


def test_no_run_of_words_is_longer_than_anybody_writes() -> None:
    text = numbered(200, SENTENCE.lower(), " and ") + " " + "x" * 3000
    tokens = Tokens(text)
    pieces = [run.text for run in tokens.runs]
    assert max(map(len, pieces)) <= 1000
    assert "".join(pieces) == text
    assert all(
        text[edge : edge + len(piece)] == piece
        for edge, piece in zip(tokens.edges, pieces, strict=False)
    )
    assert all(piece.endswith((" ", "x")) for piece in pieces)


def test_words_begin_where_a_run_says_whatever_stands_between_them() -> None:
    text = "we  regret,   that - you . were not chosen"
    tokens = Tokens(text)
    for edge, run in zip(tokens.edges, tokens.runs, strict=False):
        for word, start in zip(run.words, run.starts(), strict=True):
            assert text[edge + start :].startswith(word)


def test_quotation_marks_are_found_once_for_all_that_stands_between_them() -> None:
    quoted = Page(Letter(text='They said "we regret" and "we are sorry".'))
    assert [quoted.lowered[place] for place in quoted.quotes] == ['"'] * 4
    passed_on = Page(Letter(text='Ida Brenner sent you a message: "we regret"'))
    assert passed_on.quotes == []


def test_what_only_quotes_a_refusal_a_thousand_times_refuses_nothing() -> None:
    text = 'The poem goes: "we regret to inform you", "we regret to inform you", ' * 900
    reading = read_letter(parse_letter(text.encode()))
    assert reading.kind is not Kind.REJECTION
