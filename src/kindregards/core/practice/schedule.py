"""When a question comes back: FSRS with its default parameters, and a few rules around it (R33).

FSRS says after how many days nine of ten things like this one are still there. Beyond it: one
rating a day for each question, at most three questions a day, and no gap longer than three tenths
of the days to the next interview.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from fsrs import Card, Rating, Scheduler, State

RETENTION = 0.9
A_DAY = 3  # questions
LONGEST_GAP = 21  # days, with no interview in sight
SHARE_OF_WAY = 0.3  # of the days to the interview
NOON = time(12)
LOW = 2  # of 5: a level at or below it is an answer to go over again
RATINGS = {1: Rating.Again, 2: Rating.Again, 3: Rating.Hard, 4: Rating.Good, 5: Rating.Easy}


@dataclass(frozen=True, slots=True)
class Memory:
    """How well an answer sits: days until it fades, how hard it is (1 to 10), when last rated."""

    stability: float
    difficulty: float
    on: date


class Because(StrEnum):
    """Why a question is on today."""

    TRY = "try"
    INTERVIEW = "interview"
    SHAKY = "shaky"
    FADES = "fades"
    CAPPED = "capped"
    WENT_BADLY = "went_badly"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question as the schedule sees it.

    went: from 1 to 5 in the interview, level: the last rating, both None for unknown. for_next: it
    was asked where the next interview is. has_try: somebody told what to try next since the last
    attempt.
    """

    pk: int
    memory: Memory | None = None
    level: int | None = None
    went: int | None = None
    for_next: bool = False
    has_try: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question for today; gap: days since it was last rated, None where it never was."""

    pk: int
    because: Because
    gap: int | None = None


def rated(memory: Memory | None, level: int, on: date) -> Memory:
    """The memory after a rating from 1 to 5 on a day."""
    card = _card(memory)
    after, _log = _scheduler().review_card(card, RATINGS[level], _noon(on))
    assert after.stability is not None
    assert after.difficulty is not None
    return Memory(after.stability, after.difficulty, on)


def due_date(memory: Memory) -> date:
    """The day on which FSRS brings it back, whatever interviews there are."""
    return memory.on + timedelta(days=_scheduler()._next_interval(stability=memory.stability))


def recall(memory: Memory, today: date) -> float:
    """How likely the answer still sits today, from 0 to 1."""
    return _scheduler().get_card_retrievability(_card(memory), _noon(max(today, memory.on)))


def longest_gap(today: date, interview: date | None) -> int:
    """The most days between two attempts at a question (R33)."""
    if interview is None or interview < today:
        return LONGEST_GAP
    # In whole tenths: 0.3 * 10 is a hair above 3 and 0.3 * 30 a hair below 9.
    return max(1, (interview - today).days * 3 // 10)


def is_due(memory: Memory, today: date, interview: date | None) -> bool:
    """Whether a question that was rated before comes back today."""
    gap = min((due_date(memory) - memory.on).days, longest_gap(today, interview))
    return memory.on + timedelta(days=gap) <= today


def next_date(memory: Memory, today: date, interview: date | None) -> date:
    """The day on which a question comes back as things are today; never before today."""
    gap = min((due_date(memory) - memory.on).days, longest_gap(today, interview))
    return max(today, memory.on + timedelta(days=gap))


def chosen_for(
    today: date, waiting: Iterable[Waiting], *, interview: date | None, done: int
) -> Sequence[Chosen]:
    """What to practice today, first things first: at most three with those that are `done`."""
    due = [one for one in waiting if _comes(one, today, interview)]
    due.sort(key=lambda one: _place(one, today))
    return [_chosen(one, today) for one in due[: max(0, A_DAY - done)]]


def _comes(one: Waiting, today: date, interview: date | None) -> bool:
    if one.memory is None:
        return True
    if one.memory.on >= today:  # rated today; a second rating the same day says little (R33)
        return False
    return one.has_try or is_due(one.memory, today, interview)


def _place(one: Waiting, today: date) -> tuple[bool, bool, bool, float, int, int]:
    """What somebody said to try, what the next interview may ask, the weakest, then what is new."""
    is_new = one.memory is None
    weak = recall(one.memory, today) if one.memory else 0.0
    return (not one.has_try, not one.for_next, is_new, weak, one.went or A_DAY, one.pk)


def _chosen(one: Waiting, today: date) -> Chosen:
    gap = (today - one.memory.on).days if one.memory else None
    return Chosen(one.pk, _because(one, today), gap)


def _because(one: Waiting, today: date) -> Because:
    if one.has_try:
        return Because.TRY
    if one.for_next:
        return Because.INTERVIEW
    if one.memory is None:
        return Because.WENT_BADLY if one.went is not None and one.went <= LOW else Because.NEW
    if one.level is not None and one.level <= LOW:
        return Because.SHAKY
    return Because.FADES if due_date(one.memory) <= today else Because.CAPPED


@cache
def _scheduler() -> Scheduler:
    """Without steps of minutes and without chance: a day is the smallest gap here."""
    return Scheduler(
        desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )


def _card(memory: Memory | None) -> Card:
    if memory is None:
        return Card(card_id=0)
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        last_review=_noon(memory.on),
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, NOON, UTC)
