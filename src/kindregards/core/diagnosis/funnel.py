"""Where applications ended: each counted once, at the furthest stage it reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kindregards.core.applications import STAGES, Outcome, Silence, silence
from kindregards.core.diagnosis.usual import Passage, Route
from kindregards.core.letters.reading import Stage


class End(StrEnum):
    """How an Application ended at its furthest stage, or that it has not."""

    LETTER = "letter"
    SILENCE = "silence"
    OFFER = "offer"
    OPEN = "open"
    WITHDRAWN = "withdrawn"


DECIDED = frozenset({End.LETTER, End.SILENCE, End.OFFER})
_ENDS = {
    Outcome.REJECTED: End.LETTER,
    Outcome.OFFERED: End.OFFER,
    Outcome.WITHDRAWN: End.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Past:
    """What the diagnosis takes from one Application. `heard_at` is its latest letter's day, or
    the day of applying; `family` is the kind of role, "" where it is not known."""

    stage: Stage
    outcome: Outcome
    began_at: datetime
    heard_at: datetime
    route: Route = Route.DIRECT
    family: str = ""

    def end(self, now: datetime) -> End:
        """How it stands: an open one ends by 30 days of silence, until a letter comes (R21)."""
        if self.outcome is not Outcome.OPEN:
            return _ENDS[self.outcome]
        quiet = silence(self.outcome, self.heard_at, now)
        return End.SILENCE if quiet is Silence.NO_ANSWER else End.OPEN


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many reached a stage, and how those ended that came no further."""

    stage: Stage
    reached: int
    ended: dict[End, int] = field(default_factory=dict)

    def of(self, end: End) -> int:
        """How many ended that way here."""
        return self.ended.get(end, 0)

    @property
    def lost(self) -> int:
        """How many were decided against the person here."""
        return self.of(End.LETTER) + self.of(End.SILENCE)


@dataclass(frozen=True, slots=True)
class Trial:
    """One Application that reached the start of a passage and is decided: whether it passed."""

    route: Route
    passed: bool
    began_at: datetime
    family: str = ""


def in_order(pasts: Iterable[Past]) -> list[Past]:
    """The applications as they began, in whatever order they are given."""
    return sorted(pasts, key=_began)


def funnel(pasts: Iterable[Past], now: datetime) -> tuple[StageCount, ...]:
    """The counts of all stages, in order. The order of the applications does not matter."""
    counted = Counter((past.stage, past.end(now)) for past in pasts)
    ends = {stage: {end: many for end in End if (many := counted[stage, end])} for stage in STAGES}
    came = [sum(ends[stage].values()) for stage in STAGES]
    return tuple(
        StageCount(stage, sum(came[place:]), ends[stage]) for place, stage in enumerate(STAGES)
    )


def trials(pasts: Iterable[Past], passage: Passage, now: datetime) -> list[Trial]:
    """Who tried a passage and is decided, in the order in which the applications began.

    Undecided ones and those withdrawn by the person count for the passages behind them alone.
    """
    start, to = STAGES.index(passage.start), STAGES.index(passage.to)
    found = []
    for past in in_order(pasts):
        place = STAGES.index(past.stage)
        if place >= to or (place >= start and past.end(now) in DECIDED):
            # An outcome of "offered" passes, whatever stage was put in by hand.
            came = place >= to or past.outcome is Outcome.OFFERED
            found.append(Trial(past.route, came, past.began_at, past.family))
    return found


def passed(tried: Sequence[Trial]) -> int:
    """How many of them passed."""
    return sum(trial.passed for trial in tried)


def _began(past: Past) -> tuple[datetime, datetime, Stage, Outcome, Route, str]:
    return past.began_at, past.heard_at, past.stage, past.outcome, past.route, past.family
