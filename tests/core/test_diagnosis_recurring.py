"""What comes back in debriefs: the same question, answered badly twice; the same gap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.pasts import NOW, some

from kindregards.core.diagnosis import Remembered, diagnose, words_for
from kindregards.core.diagnosis.recurring import gaps_that_return, questions_that_return
from kindregards.core.letters.reading import Stage


def asked(words: str, debrief: int, went: int | None = 2, employer: str = "") -> Remembered:
    at = NOW - timedelta(days=100 - debrief)
    return Remembered(words, employer or f"Mill {debrief}", debrief, at, went)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tell me about a conflict with a colleague.", "A conflict you had with colleagues?", True),
        ("Why do you want to leave your job?", "Why are you leaving your current job?", True),
        ("What is your biggest weakness?", "Say, what is your greatest weakness?", True),
        ("Was ist Ihre größte Schwäche?", "Nennen Sie uns Ihre Schwächen.", True),
        ("Why do you want to leave your job?", "Why do you want to work here?", False),
        ("Tell me about a time you failed.", "Tell me about a time you led a team.", False),
        ("What salary do you expect?", "What is your biggest weakness?", False),
    ],
)
def test_two_wordings_of_a_question_are_one(one: str, other: str, same: bool) -> None:
    found = questions_that_return([asked(one, 1), asked(other, 2)])
    assert len(found) == same


def test_a_question_answered_badly_twice_is_told_with_its_sources() -> None:
    (found,) = questions_that_return(
        [asked("Tell me of a conflict.", 1, 2), asked("A conflict?", 2, 1), asked("Why us?", 3)]
    )
    assert found.is_told
    assert found.badly == 2
    assert [(one.debrief, one.employer) for one in found.times] == [(1, "Mill 1"), (2, "Mill 2")]


def test_a_question_that_comes_back_and_goes_well_is_no_weakness() -> None:
    (found,) = questions_that_return(
        [asked("A conflict?", 1, 2), asked("A conflict?", 2, 4), asked("A conflict?", 3, None)]
    )
    assert not found.is_told


def test_twice_in_one_debrief_is_once() -> None:
    assert questions_that_return([asked("A conflict?", 1), asked("A conflict!", 1)]) == ()


def test_the_same_gap_is_found_among_the_lines_of_several_debriefs() -> None:
    told = [asked("- Leading a team\n- French", 1), asked("* leading teams", 2), asked("", 3)]
    (found,) = gaps_that_return(told)
    assert [one.words for one in found.times] == ["Leading a team", "leading teams"]


def test_what_went_badly_twice_stands_under_work_on() -> None:
    questions = [asked("A conflict?", 1), asked("A conflict?", 2)]
    gaps = [asked("French", 1), asked("French", 2), asked("French", 3)]
    found = diagnose(some(6, Stage.INTERVIEW), questions=questions, gaps=gaps, now=NOW)
    said = words_for(found).work_on
    assert "This question went badly twice: “A conflict?”" in said
    assert "You named the same gap three times: “French”" in said


def test_what_ends_on_paper_leads_to_no_question_either() -> None:
    questions = [asked("A conflict?", 1), asked("A conflict?", 2)]
    found = diagnose(some(60), questions=questions, now=NOW)
    assert not any("question" in line for line in words_for(found).work_on)
    assert found.questions


WORDS = st.sampled_from(
    ["a conflict", "conflict with colleagues", "your weakness", "salary", "", "???", "why us"]
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(WORDS, st.integers(1, 6), st.sampled_from([None, 1, 2, 5])), max_size=12),
    st.randoms(use_true_random=False),
)
def test_in_any_order_the_same_comes_back(
    told: list[tuple[str, int, int | None]], shuffled: object
) -> None:
    remembered = [asked(words, debrief, went) for words, debrief, went in told]
    other = list(remembered)
    shuffled.shuffle(other)  # type: ignore[attr-defined]

    def counted(some: list[Remembered]) -> list[tuple[set[int], int]]:
        return [
            ({one.debrief for one in group.times}, len(group.times))
            for group in questions_that_return(some)
        ]

    assert counted(remembered) == counted(other)
