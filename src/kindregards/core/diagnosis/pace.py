"""How long applications stay at a stage until they go on or end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from kindregards.core.applications import STAGES
from kindregards.core.letters.reading import Stage

_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Way:
    """When one Application came to its stages, and when a letter ended it (None while none did).

    `furthest` is the stage it came to at last. `reached` is in any order and may leave stages out;
    a stage may stand in it more than once.
    """

    furthest: Stage
    began_at: datetime
    reached: tuple[tuple[Stage, datetime], ...]
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """The days spent at one stage: until the next, and until a no. Sorted; empty for none."""

    stage: Stage
    until_next: tuple[float, ...]
    until_no: tuple[float, ...]

    @property
    def median_until_next(self) -> float | None:
        """Half of those that went on had gone on by then."""
        return median(self.until_next) if self.until_next else None

    @property
    def median_until_no(self) -> float | None:
        """Half of the noes had come by then."""
        return median(self.until_no) if self.until_no else None


def paces(ways: Iterable[Way]) -> tuple[Pace, ...]:
    """The pace of every stage before the offer, in order."""
    on: dict[Stage, list[float]] = {stage: [] for stage in STAGES}
    no: dict[Stage, list[float]] = {stage: [] for stage in STAGES}
    for way in ways:
        came = _first_times(way)
        # Where nothing is known from before a letter, how long the stage before it lasted is not.
        for (stage, at), (_next, then) in pairwise(came):
            if then > at:
                on[stage].append(_days(at, then))
        last, at = came[-1]
        # Where nobody wrote when the last stage came, how long it lasted is not known either.
        if way.ended_at is not None and way.ended_at > at and last is way.furthest:
            no[last].append(_days(at, way.ended_at))
    return tuple(
        Pace(stage, tuple(sorted(on[stage])), tuple(sorted(no[stage]))) for stage in STAGES[:-1]
    )


def _first_times(way: Way) -> list[tuple[Stage, datetime]]:
    """The stages in order with the first day at each; one that was told of late is left out."""
    came = [(Stage.APPLICATION, way.began_at)]
    for stage, at in sorted(way.reached, key=lambda one: (one[1], STAGES.index(one[0]))):
        if STAGES.index(stage) > STAGES.index(came[-1][0]):
            came.append((stage, at))
    return came


def _days(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds() / _DAY
