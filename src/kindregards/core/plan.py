"""The plan of one rejection: think it through, then five steps, each with its day.

Nothing here is stored but the person's choices: dates and words follow from the facts and the
time, so that a letter read better, or an answer that arrives, changes the plan by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from kindregards.core.letters.reading import Door, Stage, Style

P = TypeVar("P")

# R2: advice is asked for 24 to 72 hours after the letter and not later than 14 days; after that
# a network touch takes its place.
ASK_AFTER = timedelta(hours=24)
ASK_BEST_UNTIL = timedelta(hours=72)
ASK_UNTIL = timedelta(days=14)
# R8: one follow-up, 7 to 10 days after the request; then the matter rests.
REMIND_AFTER_DAYS = 7
REMIND_UNTIL_DAYS = 10
# R27: the people of a process hear from one again after 30, 90 and 180 days.
TOUCH_AFTER_DAYS = (30, 90, 180)
# A letter older than this when it comes in is history: its plan waits until it is opened.
FRESH_DAYS = 30
# Nothing asks to be done for a plan that nobody has looked at for this long. [design]
REST_AFTER_DAYS = 60
TODAY_AT_MOST = 5


class StepKind(StrEnum):
    """Step 0 in its two sittings (R12), then steps 1 to 5."""

    FACTS = "facts"
    MEANING = "meaning"
    ASK = "ask"
    DISTANCE = "distance"
    NETWORK = "network"
    ENCOURAGEMENT = "encouragement"
    IMPROVE = "improve"


class Choice(StrEnum):
    """What the person decided about a step."""

    DONE = "done"
    SKIPPED = "skipped"


class State(StrEnum):
    """Where a step stands: `now` is the one to look at, at most one in a plan."""

    DONE = "done"
    SKIPPED = "skipped"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the person said about one step: done or skipped, put off to a day, a few lines kept."""

    choice: Choice | None = None
    put_off_until: date | None = None
    decided_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a plan is worked out from, `now`. Times are aware and in the person's own zone.

    `letter_at` is when the rejection was sent and `opened_at` when it came in here.
    `is_written_down` says that the facts were written down, perhaps before the letter came.
    `begun` are the sittings of step 0 that were begun and left half way.
    `ask_on` is the day on which asking for advice is best (R2) and `asked_at`, `answered_at` say
    whether that happened. `people` are the names met, the one to write to first. `practice_first`
    is what all applications together say of answers and resume, None where they tell nothing.
    `taken_up` is the advice of their answer that the person means to follow and has not yet.
    """

    now: datetime
    letter_at: datetime
    opened_at: datetime
    stage: Stage
    ask_on: date
    style: Style | None = None
    door: Door | None = None
    gives_reason: bool = False
    is_written_down: bool = False
    begun: frozenset[StepKind] = frozenset()
    employer: str = ""
    people: tuple[str, ...] = ()
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    practice_first: bool | None = None
    taken_up: tuple[str, ...] = ()
    decisions: Mapping[StepKind, Decision] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day it is on the person's own calendar."""
        return self.now.date()

    @property
    def met_somebody(self) -> bool:
        """Whether there was a conversation: a screen or more (R1)."""
        return self.stage is not Stage.APPLICATION

    @property
    def improves_answers(self) -> bool:
        """Whether to practice answers rather than look at the resume: many letters decide before
        this one does (R22)."""
        return self.met_somebody if self.practice_first is None else self.practice_first

    @property
    def is_fresh(self) -> bool:
        """Whether the letter was recent when it came in, so that its days still mean something."""
        return self.opened_at - self.letter_at <= timedelta(days=FRESH_DAYS)

    @property
    def too_late_to_ask(self) -> bool:
        """R2: after 14 days a network touch takes the place of the question."""
        return self.now - self.letter_at > ASK_UNTIL


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan as it stands. `on` is its day: when done, else when due."""

    kind: StepKind
    state: State
    on: date
    decision: Decision


def steps(facts: Facts) -> tuple[Step, ...]:
    """The seven steps of one plan in the order to show them: the settled first, then by day.

    At most one is `now`: the most pressing of those whose day has come.
    """
    dates = _dates(facts)
    settled, open_steps = [], []
    for kind in StepKind:
        decision = facts.decisions.get(kind, Decision())
        choice = _choice(kind, facts, decision)
        if choice is not None:
            on = _when_asked(kind, facts) or decision.decided_on or dates[kind]
            settled.append(Step(kind, State(choice.value), on, decision))
        else:
            on = max(dates[kind], decision.put_off_until or dates[kind])
            open_steps.append(Step(kind, State.LATER, on, decision))
    open_steps.sort(key=lambda step: step.on)
    return (*settled, *_with_now(open_steps, facts))


def next_step(all_steps: Iterable[Step]) -> Step | None:
    """The step to look at: the one that is `now`, else the first to come; None when all is done."""
    waiting = [step for step in all_steps if step.state in (State.NOW, State.LATER)]
    return min(waiting, key=lambda step: (step.state is not State.NOW, step.on), default=None)


def worth_doing(plans: Iterable[tuple[P, Facts]]) -> list[tuple[P, Facts, Step]]:
    """What is worth doing now across all plans, at most five things, the most pressing first.

    Only steps whose day has come; each plan has its say once before any has it twice. Letters
    that were old when they came in keep out of the way unless the person has begun their plan,
    and so does a plan that has rested for long.
    """
    due = []
    for plan, facts in plans:
        if is_awake(facts):
            waiting = [step for step in steps(facts) if _is_due(step, facts.today)]
            waiting.sort(key=lambda step: _press(facts, step))
            due += [(turn, plan, facts, step) for turn, step in enumerate(waiting)]
    due.sort(key=lambda item: (item[0], _press(item[2], item[3]), -item[2].letter_at.timestamp()))
    return [(plan, facts, step) for _turn, plan, facts, step in due[:TODAY_AT_MOST]]


def is_awake(facts: Facts) -> bool:
    """Whether a plan may ask for something: fresh or begun, and looked at in the last 60 days.

    A step that was put off keeps its plan awake until 60 days after its day.
    """
    decisions = facts.decisions.values()
    looked_at = [day for one in decisions for day in (one.decided_on, one.put_off_until) if day]
    looked_at += [facts.letter_at.date()] if facts.is_fresh else []
    latest = max(looked_at, default=None)
    return latest is not None and facts.today - latest <= timedelta(days=REST_AFTER_DAYS)


def touch_dates(facts: Facts) -> tuple[date, ...]:
    """R27: the days on which a word to the people of this process is next welcome."""
    last = (facts.asked_at or facts.letter_at).date()
    return tuple(last + timedelta(days=days) for days in TOUCH_AFTER_DAYS)


def reminder_dates(facts: Facts) -> tuple[date, date]:
    """R8: the first and last day for the one reminder, counted from the request."""
    asked = facts.asked_at.date() if facts.asked_at else facts.ask_on
    first, last = (asked + timedelta(days=days) for days in (REMIND_AFTER_DAYS, REMIND_UNTIL_DAYS))
    return _weekday(first), max(_weekday(first), last)


def _dates(facts: Facts) -> dict[StepKind, date]:
    start = facts.letter_at.date() if facts.is_fresh else facts.opened_at.date()
    told = facts.decisions.get(StepKind.FACTS, Decision())
    facts_on = told.decided_on or max(start, told.put_off_until or start, facts.today)
    asked = facts.asked_at.date() if facts.asked_at else facts.ask_on
    return {
        StepKind.FACTS: start,
        StepKind.MEANING: facts_on + timedelta(days=1),  # R12: after a night's sleep
        StepKind.ASK: facts.ask_on,
        StepKind.DISTANCE: asked + timedelta(days=1),
        StepKind.NETWORK: _weekday(asked + timedelta(days=4)),  # R26: never in the first 24 h
        StepKind.ENCOURAGEMENT: asked + timedelta(days=5),
        StepKind.IMPROVE: asked + timedelta(days=6),
    }


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day


def _choice(kind: StepKind, facts: Facts, decision: Decision) -> Choice | None:
    """What was decided; a letter that did go out is asked, whatever was decided before."""
    return Choice.DONE if _when_asked(kind, facts) else decision.choice


def _when_asked(kind: StepKind, facts: Facts) -> date | None:
    return facts.asked_at.date() if kind is StepKind.ASK and facts.asked_at else None


def _with_now(waiting: Sequence[Step], facts: Facts) -> list[Step]:
    due = [step for step in waiting if _is_due(step, facts.today)]
    if not due:
        return list(waiting)
    first = min(due, key=lambda step: _press(facts, step))
    marked = (replace(step, state=State.NOW) if step is first else step for step in waiting)
    return sorted(marked, key=lambda step: (step.on, step.state is not State.NOW))


def _is_due(step: Step, today: date) -> bool:
    return step.state in (State.NOW, State.LATER) and step.on <= today


# What fades or closes soonest comes first: the window for asking (R2), then memory (R12).
_PRESSING = (
    StepKind.ASK,
    StepKind.FACTS,
    StepKind.MEANING,
    StepKind.ENCOURAGEMENT,
    StepKind.IMPROVE,
    StepKind.NETWORK,
    StepKind.DISTANCE,
)


def _press(facts: Facts, step: Step) -> tuple[bool, int]:
    asks_in_vain = not facts.met_somebody or facts.too_late_to_ask  # R1, R2
    return (step.kind is StepKind.ASK and asks_in_vain, _PRESSING.index(step.kind))
