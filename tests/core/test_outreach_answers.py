"""Answers to a request for advice: what kind they are, what they advise, word for word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.letters import Letter
from kindregards.core.outreach.answers import AnswerKind, read_answer

FILE = Path(__file__).parents[1] / "outreach" / "answers.toml"
ROWS = tomllib.loads(FILE.read_text("utf-8"))["answer"]


def letter_of(row: dict[str, Any]) -> Letter:
    return Letter(text=row["text"].strip(), subject=row.get("subject", "Re: One question"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"].strip()[:30])
def test_an_answer_is_read_for_what_it_is_and_what_it_advises(row: dict[str, Any]) -> None:
    letter = letter_of(row)
    answer = read_answer(letter)
    assert answer.kind == row["kind"]
    assert [one.quote for one in answer.advice] == row["advice"]
    assert [one.about for one in answer.advice] == row.get(
        "about", [one.about for one in answer.advice]
    )
    for one in answer.advice:
        assert letter.text[one.start : one.end] == one.quote
    if "reasons" in row:
        assert [said.reason for said in answer.reasons] == row["reasons"]


def test_a_machine_that_says_so_in_its_header_is_no_answer() -> None:
    letter = Letter(text="I would suggest a walk.", headers={"auto-submitted": "auto-replied"})
    assert read_answer(letter).kind is AnswerKind.AWAY
    person = Letter(text="I would suggest a walk.", headers={"auto-submitted": "no"})
    assert read_answer(person).kind is AnswerKind.ADVICE


def test_languages_without_wordings_tell_automatic_replies_only() -> None:
    text = "Merci beaucoup pour votre message, je vous souhaite une bonne continuation."
    assert read_answer(Letter(text=text)).kind is AnswerKind.OTHER
    away = Letter(text=text, subject="Automatic reply: une question")
    assert read_answer(away).kind is AnswerKind.AWAY


@given(st.text(max_size=300))
def test_no_text_stops_it(text: str) -> None:
    assert read_answer(Letter(text=text)).kind in AnswerKind
