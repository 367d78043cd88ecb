"""The diagnosis: where applications end, how sure that is, and what that asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kindregards.core.diagnosis.funnel import End, Past, StageCount, funnel, in_order
from kindregards.core.diagnosis.passing import Passing, passings
from kindregards.core.diagnosis.recurring import (
    ComesBack,
    Remembered,
    gaps_that_return,
    questions_that_return,
)
from kindregards.core.diagnosis.splits import Split, splits
from kindregards.core.diagnosis.stated import Recurring, Stated, reasons_given
from kindregards.core.diagnosis.usual import Market


class Verdict(StrEnum):
    """What can be said of all applications together."""

    NOTHING_YET = "nothing_yet"
    TOO_EARLY = "too_early"
    AS_USUAL = "as_usual"
    GETS_TALKS = "gets_talks"
    ENDS_ON_PAPER = "ends_on_paper"
    ENDS_IN_TALKS = "ends_in_talks"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that is concluded. `weak` is the passage that a weakness is named at, if any.

    `told_elsewhere` names the other markets beside whose rates the same would be told.
    """

    market: Market
    since: datetime | None
    stages: tuple[StageCount, ...]
    passings: tuple[Passing, ...]
    weak: Passing | None
    told_elsewhere: tuple[Market, ...]
    verdict: Verdict
    reasons: tuple[Recurring, ...]
    splits: tuple[Split, ...]
    questions: tuple[ComesBack, ...]
    gaps: tuple[ComesBack, ...]

    @property
    def applications(self) -> int:
        """How many applications there are, undecided ones too."""
        return self.stages[0].reached

    @property
    def decided(self) -> int:
        """How many came to an end that was not the person's own doing."""
        ends = (End.LETTER, End.SILENCE, End.OFFER)
        return sum(count.of(end) for count in self.stages for end in ends)

    @property
    def on_paper(self) -> Passing:
        """From the application to the first talk."""
        return self.passings[0]

    @property
    def least_sure_of(self) -> Passing | None:
        """The passage nearest to telling of a weakness, where none is told; None without any."""
        tried = [one for one in self.passings if one.whole.is_shown and not one.works]
        return min(tried, key=lambda one: one.chance, default=None)

    @property
    def ends_at(self) -> StageCount | None:
        """The stage at which most were lost; the later one of two alike. None before any."""
        lost = [count for count in self.stages if count.lost]
        return max(reversed(lost), key=lambda count: count.lost, default=None)


def diagnose(
    pasts: Iterable[Past],
    *,
    market: Market = Market.GENERAL,
    stated: Iterable[Stated] = (),
    questions: Iterable[Remembered] = (),
    gaps: Iterable[Remembered] = (),
    now: datetime,
) -> Diagnosis:
    """What all applications together tell. Their order does not matter; nothing is kept of it."""
    known = in_order(pasts)
    passing = passings(known, market, now)
    weak = weakest(passing)
    return Diagnosis(
        market=market,
        since=known[0].began_at if known else None,
        stages=funnel(known, now),
        passings=passing,
        weak=weak,
        told_elsewhere=_told_elsewhere(known, weak, market, now) if weak else (),
        verdict=_verdict(passing, weak, is_empty=not known),
        reasons=reasons_given(stated),
        splits=splits(known, market, now),
        questions=questions_that_return(questions),
        gaps=gaps_that_return(gaps),
    )


def passings_in(
    pasts: Iterable[Past], *, market: Market = Market.GENERAL, now: datetime
) -> tuple[Passing, ...]:
    """The passages alone, where nothing else of a diagnosis is asked for: several times as fast."""
    return passings(in_order(pasts), market, now)


def weakest(all_passings: Iterable[Passing]) -> Passing | None:
    """Of the passages that tell of a weakness, the one furthest below its usual rate.

    None where that is the first, and a later one looks lower still: the resume comes first only
    where nothing is weaker (R22).
    """
    known = [one for one in all_passings if one.is_weak or one.whole.is_shown]
    told = min((one for one in known if one.is_weak), key=_beside_usual, default=None)
    if told is not None and told.is_on_paper and told is not min(known, key=_beside_usual):
        return None
    return told


def _beside_usual(passing: Passing) -> float:
    return passing.whole.mean / passing.whole.usual


def _verdict(passing: tuple[Passing, ...], weak: Passing | None, *, is_empty: bool) -> Verdict:
    if is_empty:
        return Verdict.NOTHING_YET
    if weak is not None:
        return Verdict.ENDS_ON_PAPER if weak.is_on_paper else Verdict.ENDS_IN_TALKS
    if passing[0].works:
        return Verdict.GETS_TALKS
    if any(one.whole.is_shown for one in passing):
        return Verdict.AS_USUAL
    return Verdict.TOO_EARLY


def _told_elsewhere(
    known: list[Past], weak: Passing, market: Market, now: datetime
) -> tuple[Market, ...]:
    return tuple(
        other
        for other in Market
        if other is not market
        and (there := weakest(passings(known, other, now))) is not None
        and there.is_on_paper is weak.is_on_paper
    )
