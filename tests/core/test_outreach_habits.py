"""Drafts sound a little like the person: greeting, closing, short forms, length."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kindregards.core.letters.reading import Person, Stage
from kindregards.core.outreach import (
    Draft,
    DraftKind,
    Habits,
    Known,
    Verdict,
    compose,
    guard,
    habits_of,
)

NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
INES = Person("Ines Okafor", "ines@tidewell.example")
SHORT = """Hey Tom,

I'm sorry I missed you. It's fine to move it, and I'll bring the plans. Don't worry about lunch.

Take care,
Mara"""
LONG = """Dear Ms Ortiz,

I am writing about the key. It is with the porter, and I will collect the parcel. I would like to
thank you for your patience; it is not taken for granted.

Yours sincerely,
Mara Lindqvist"""
GERMAN = """Moin Tom,

ich bringe morgen die Pläne mit und freue mich auf das Gespräch mit euch allen.

Viele Grüße
Mara"""


def test_the_samples_show_a_few_habits() -> None:
    assert habits_of([SHORT], "en") == Habits("Hey", "Take care,", contracts=True, words=24)
    assert habits_of([LONG], "en").contracts is False
    assert habits_of([LONG], "en").closing == "Yours sincerely,"
    assert habits_of([GERMAN], "de") == Habits("Moin", "Viele Grüße", None, 20)


def test_samples_of_another_language_say_nothing() -> None:
    assert habits_of([GERMAN], "en") == Habits()
    assert habits_of([], "en") == Habits()
    assert habits_of(["", "   "], "en") == Habits()


def request(habits: Habits, language: str = "en", seed: int = 3) -> Draft:
    known = Known(
        "Mara Lindqvist",
        INES,
        stage=Stage.INTERVIEW,
        language=language,
        habits=habits,
        seed=seed,
        own_words={"learnt": "how early you bring the drivers in"},
    )
    return compose(DraftKind.ADVICE_REQUEST, known)


@pytest.mark.parametrize("seed", range(12))
def test_a_draft_follows_them_and_may_still_be_sent(seed: int) -> None:
    draft = request(habits_of([SHORT], "en"), seed=seed)
    assert draft.text.startswith("Hey Ines,")
    assert "\nTake care,\nMara Lindqvist" in draft.text
    assert " do not " not in draft.text
    assert guard(draft, now=NOW).verdict is Verdict.SEND


def test_whoever_writes_in_full_gets_no_short_forms() -> None:
    text = "".join(request(habits_of([LONG], "en"), seed=seed).text for seed in range(20))
    assert "don't" not in text
    assert "Dear Ines," in text


def test_german_has_its_own_habits() -> None:
    draft = request(habits_of([GERMAN, SHORT], "de"), "de")
    assert draft.text.startswith("Moin Ines,")
    assert "\nViele Grüße\nMara" in draft.text


def test_the_usual_length_moves_the_aim() -> None:
    brief = [len(request(Habits(words=60), seed=seed).text.split()) for seed in range(10)]
    usual = [len(request(Habits(), seed=seed).text.split()) for seed in range(10)]
    assert sum(brief) + 80 < sum(usual)


def test_replies_follow_them_too() -> None:
    draft = compose(
        DraftKind.ADVICE_THANKS,
        Known("Mara", INES, habits=Habits("Hello", "Yours,"), own_words={"first_step": "a story"}),
    )
    assert draft.text.startswith("Hello Ines,")
    assert "\nYours,\nMara" in draft.text
