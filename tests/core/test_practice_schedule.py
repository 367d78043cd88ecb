"""The schedule: FSRS as the library does it, and the rules around it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.practice.schedule import (
    Because,
    Memory,
    Waiting,
    chosen_for,
    due_date,
    is_due,
    longest_gap,
    next_date,
    rated,
    recall,
)

DAY = date(2026, 11, 23)


def after(*levels: int, begin: date = DAY) -> Memory:
    """The memory after ratings on the days when they were due."""
    memory, day = None, begin
    for level in levels:
        memory = rated(memory, level, day)
        day = due_date(memory)
    assert memory is not None
    return memory


def test_a_good_answer_waits_for_as_long_as_the_library_documents() -> None:
    memory, day, gaps = None, DAY, []
    for _ in range(4):
        memory = rated(memory, 4, day)
        gaps.append((due_date(memory) - day).days)
        day = due_date(memory)
    assert gaps == [2, 11, 46, 163]


def test_memory_is_that_of_the_librarys_own_test_vector() -> None:
    memory, day = None, DAY
    for level, gap in zip([1, 4, 4, 4, 4, 4], [0, 0, 1, 3, 8, 21], strict=True):
        day += timedelta(days=gap)
        memory = rated(memory, level, day)
    assert memory is not None
    assert memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 60)), min_size=1, max_size=12))
def test_any_run_of_ratings_gives_what_the_bare_library_gives(runs: list[tuple[int, int]]) -> None:
    library = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    ratings = {1: Rating.Again, 2: Rating.Again, 3: Rating.Hard, 4: Rating.Good, 5: Rating.Easy}
    card, memory, day = Card(card_id=0), None, DAY
    for level, gap in runs:
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        card, _log = library.review_card(card, ratings[level], at)
        memory = rated(memory, level, day)
        assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
        assert due_date(memory) == card.due.date()
        day += timedelta(days=gap)


def test_one_and_two_of_five_are_the_same_to_the_schedule() -> None:
    assert after(1) == after(2)
    assert after(2) != after(3)


@pytest.mark.parametrize(
    ("days", "gap"), [(None, 21), (0, 1), (1, 1), (3, 1), (7, 2), (10, 3), (30, 9), (100, 30)]
)
def test_no_gap_is_longer_than_three_tenths_of_the_way(days: int | None, gap: int) -> None:
    interview = None if days is None else DAY + timedelta(days=days)
    assert longest_gap(DAY, interview) == gap


def test_an_interview_that_was_is_none() -> None:
    assert longest_gap(DAY, DAY - timedelta(days=1)) == 21


def test_three_weeks_are_the_longest_wait_with_no_interview_in_sight() -> None:
    memory = after(4, 4, 4, 4)
    assert next_date(memory, memory.on, None) == memory.on + timedelta(days=21)
    assert not is_due(memory, memory.on + timedelta(days=20), None)
    assert is_due(memory, memory.on + timedelta(days=21), None)


def test_an_interview_on_thursday_brings_the_questions_back_before_it() -> None:
    memory = Memory(stability=46.0, difficulty=2.0, on=DAY - timedelta(days=4))
    thursday = DAY + timedelta(days=3)
    assert not is_due(memory, DAY, None)
    assert is_due(memory, DAY, thursday)
    (one,) = chosen_for(DAY, [Waiting(1, memory, level=4)], interview=thursday, done=0)
    assert (one.because, one.gap) == (Because.CAPPED, 4)


def test_no_question_comes_twice_a_day() -> None:
    memory = Memory(stability=0.2, difficulty=9.0, on=DAY)
    assert not chosen_for(DAY, [Waiting(1, memory, level=1, has_try=True)], interview=None, done=0)


@pytest.mark.parametrize(("done", "left"), [(0, 3), (1, 2), (3, 0), (7, 0)])
def test_three_questions_a_day_are_the_most(done: int, left: int) -> None:
    waiting = [Waiting(number) for number in range(9)]
    assert len(chosen_for(DAY, waiting, interview=None, done=done)) == left


def test_what_to_try_comes_first_then_the_next_interviews_then_the_weakest_then_the_new() -> None:
    ago = DAY - timedelta(days=6)
    waiting = [
        Waiting(1, went=1),
        Waiting(2, Memory(5.0, 5.0, ago), level=3),
        Waiting(3, Memory(0.5, 5.0, ago), level=1),
        Waiting(4, for_next=True),
        Waiting(5, Memory(90.0, 5.0, ago), level=5, has_try=True),
    ]
    first = chosen_for(DAY, waiting, interview=None, done=0)
    assert [(one.pk, one.because) for one in first] == [
        (5, Because.TRY),
        (4, Because.INTERVIEW),
        (3, Because.SHAKY),
    ]
    rest = chosen_for(DAY, waiting[:2], interview=None, done=0)
    assert [(one.pk, one.because) for one in rest] == [
        (2, Because.FADES),
        (1, Because.WENT_BADLY),
    ]


def test_recall_falls_to_nine_tenths_when_the_stability_is_over() -> None:
    memory = Memory(stability=11.0, difficulty=2.0, on=DAY)
    assert recall(memory, DAY) == 1
    assert recall(memory, DAY + timedelta(days=11)) == pytest.approx(0.9)
