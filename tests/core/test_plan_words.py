"""What the steps of a plan say, for every plan there can be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.plans import LETTER_AT, any_facts, days_later, facts_for

from kindregards.core.letters.reading import Stage, Style
from kindregards.core.plan import Choice, Decision, Facts, State, StepKind, steps
from kindregards.core.plan_words import lead, said_day, words_for

TODAY = date(2026, 11, 20)


@given(any_facts(), st.sampled_from(StepKind))
def test_every_step_has_its_words_in_every_plan(facts: Facts, kind: StepKind) -> None:
    words = words_for(kind, facts)
    said = (words.title, words.done_title, words.why, words.begin)
    assert [text for text in said if not re.fullmatch(r"[A-Z].{4,}", text)] == []
    assert [text for text in said if re.search(r"!|None|\bempty\b|  ", text)] == []
    assert words.why.endswith(".")
    assert 1 <= words.minutes <= 20


@given(any_facts())
def test_only_asking_begins_with_a_letter_and_only_while_it_is_welcome(facts: Facts) -> None:
    with_a_letter = {kind for kind in StepKind if words_for(kind, facts).is_letter}
    welcome = facts.met_somebody and not facts.too_late_to_ask
    assert with_a_letter == ({StepKind.ASK} if welcome else set())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(facts_for(), "asking once is welcome", id="after an interview"),
        pytest.param(
            facts_for(style=Style.PERSONAL), "written for you alone", id="a personal letter"
        ),
        pytest.param(
            facts_for(stage=Stage.APPLICATION), "very rarely answered", id="a form, nobody met"
        ),
        pytest.param(facts_for(now=days_later(15)), "More than two weeks", id="too late"),
    ],
)
def test_asking_says_openly_what_it_is_worth(facts: Facts, words: str) -> None:
    assert words in words_for(StepKind.ASK, facts).why


def test_asking_names_the_person_met() -> None:
    assert words_for(StepKind.ASK, facts_for()).title == "Ask Ines Halloran for advice"
    assert words_for(StepKind.ASK, facts_for(people=())).done_title == "Asked for advice"


def test_after_two_weeks_no_step_bids_to_ask_or_to_remind() -> None:
    late = facts_for(now=days_later(15))
    assert words_for(StepKind.ASK, late).title == "Let the question to Ines Halloran go"
    assert "reminder" not in words_for(StepKind.DISTANCE, late).why
    asked = replace(late, asked_at=days_later(13))
    assert words_for(StepKind.ASK, asked).title == "Ask Ines Halloran for advice"
    assert "reminder" in words_for(StepKind.DISTANCE, asked).why


def test_an_answer_needs_no_reminder() -> None:
    asked = facts_for(now=days_later(5), asked_at=days_later(3))
    assert "reminder" in words_for(StepKind.DISTANCE, asked).why
    heard = replace(asked, answered_at=days_later(4))
    assert "reminder" not in words_for(StepKind.DISTANCE, heard).why


def test_the_resume_is_left_alone_where_it_led_to_a_conversation() -> None:
    assert "resume brought you" in words_for(StepKind.IMPROVE, facts_for()).why
    nobody_met = facts_for(stage=Stage.APPLICATION)
    assert "almost nothing about a resume" in words_for(StepKind.IMPROVE, nobody_met).why


def test_no_day_that_has_gone_by_is_offered_for_a_first_word() -> None:
    old = facts_for(letter_at=LETTER_AT - timedelta(days=400))
    why = words_for(StepKind.NETWORK, old).why
    assert "welcome whenever you have a reason" in why
    assert f"{old.letter_at + timedelta(days=30):%B}" not in why
    stay = words_for(StepKind.NETWORK, facts_for()).why
    assert "Invite them to connect; then a word of news is welcome around 20 December." in stay


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-30, "21 October"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "Sunday"),
        (6, "Thursday"),
        (7, "27 November"),
        (60, "19 January 2027"),
    ],
)
def test_a_day_is_said_as_one_says_it(days: int, said: str) -> None:
    assert said_day(TODAY + timedelta(days=days), today=TODAY) == said


def decided(*kinds: StepKind, choice: Choice = Choice.DONE) -> dict[StepKind, Decision]:
    return {kind: Decision(choice, decided_on=TODAY) for kind in kinds}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param(facts_for(), "One is for today; the others can wait.", id="begun today"),
        pytest.param(
            facts_for(decisions=decided(StepKind.FACTS)),
            "One is done. Nothing for today. The next is for tomorrow.",
            id="one done",
        ),
        pytest.param(
            facts_for(decisions=decided(StepKind.FACTS, choice=Choice.SKIPPED)),
            "One is settled. Nothing for today. The next is for tomorrow.",
            id="one skipped",
        ),
        pytest.param(
            facts_for(now=days_later(3), decisions=decided(StepKind.FACTS, StepKind.ASK)),
            "Two are done. One is for today; the others can wait.",
            id="two done",
        ),
        pytest.param(
            facts_for(now=days_later(9), decisions=decided(*list(StepKind)[:-2])),
            "Five are done. One is for today; the other can wait.",
            id="two left",
        ),
        pytest.param(
            facts_for(now=days_later(9), decisions=decided(*list(StepKind)[:-1])),
            "Six are done. The last one is for today.",
            id="one left",
        ),
        pytest.param(
            facts_for(decisions=decided(*StepKind)),
            "Everything here is done. It can rest now.",
            id="all done",
        ),
    ],
)
def test_one_line_says_how_a_plan_stands(facts: Facts, said: str) -> None:
    assert lead(steps(facts), today=facts.today) == said


@given(any_facts())
def test_the_line_over_a_plan_agrees_with_its_steps(facts: Facts) -> None:
    all_steps = steps(facts)
    has_now = any(step.state is State.NOW for step in all_steps)
    assert ("for today" in lead(all_steps, today=facts.today).replace("Nothing for today", "")) == (
        has_now
    )
