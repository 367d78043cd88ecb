"""How a person passes from one stage to the next, beside what is usual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kindregards.core.diagnosis.beta import beta_quantile
from kindregards.core.diagnosis.boundary import Edge, first_boundary, later_boundary
from kindregards.core.diagnosis.chance import at_most
from kindregards.core.diagnosis.funnel import Past, Trial, passed, trials
from kindregards.core.diagnosis.usual import (
    PRIOR_WEIGHT,
    Market,
    Passage,
    Route,
    passages,
    usual_rate,
)
from kindregards.core.letters.reading import Stage

SHOWN_FROM = 5
"""Below so many results only counts are shown, never a rate (R20)."""
WORKS_FROM = 16
"""From so many applications on, the usual share of first calls says the resume works (R22)."""
SURE = 0.8
_LOOKS_AHEAD = 40


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many passed. `usual` is the mean usual rate, `low` to `high` where the
    person's own rate lies with 8 chances in 10; rates are from 0 to 1."""

    passed: int
    tried: int
    usual: float
    low: float
    high: float

    @property
    def is_shown(self) -> bool:
        """Whether there is enough for a rate (R20)."""
        return self.tried >= SHOWN_FROM

    @property
    def mean(self) -> float:
        """The person's own rate, drawn towards the usual one while little is known."""
        return (PRIOR_WEIGHT * self.usual + self.passed) / (PRIOR_WEIGHT + self.tried)


@dataclass(frozen=True, slots=True)
class Passing:
    """One passage of a person, over all routes and by each.

    `chance` is how often somebody average sees so few or fewer (R20). `is_weak` is whether so few
    tell of a weakness, and `more_needed` after how many more without success they would; None
    where that is more than forty off.
    """

    passage: Passage
    whole: Share
    by_route: dict[Route, Share]
    chance: float
    is_weak: bool
    more_needed: int | None

    @property
    def works(self) -> bool:
        """Whether it plainly goes as usual or better (R22)."""
        share = self.whole
        if not share.is_shown or self.is_weak:
            return False
        as_usual = share.passed * round(1 / share.usual) >= share.tried >= WORKS_FROM
        return as_usual or share.low >= share.usual

    @property
    def is_on_paper(self) -> bool:
        """Whether those who end here were never talked to."""
        return self.passage.start is Stage.APPLICATION


def passings(pasts: Sequence[Past], market: Market, now: datetime) -> tuple[Passing, ...]:
    """Every passage that usual rates are known for in the market, in order."""
    ways = passages(market)
    later = tuple(usual_rate(way, market).mean for way in ways[1:])
    return tuple(_passing(way, trials(pasts, way, now), market, later) for way in ways)


def share_of(tried: Sequence[Trial], rates: Sequence[float]) -> Share:
    """The share that passed, with its interval of 80 %; `rates` are the usual ones of each try."""
    usual = sum(rates) / len(rates)
    won, lost = passed(tried), len(tried) - passed(tried)
    a, b = PRIOR_WEIGHT * usual + won, PRIOR_WEIGHT * (1 - usual) + lost
    tail = (1 - SURE) / 2
    return Share(won, len(tried), usual, beta_quantile(tail, a, b), beta_quantile(1 - tail, a, b))


def _passing(
    way: Passage, tried: Sequence[Trial], market: Market, later: tuple[float, ...]
) -> Passing:
    usual = {route: usual_rate(way, market, route).mean for route in Route}
    rates = [usual[trial.route] for trial in tried]
    won, last = passed(tried), _last_passed(tried)
    first = way.start is Stage.APPLICATION
    # What is still to come is taken to come as the person's own applications have so far.
    typical = sum(rates) / len(rates) if rates else usual[Route.DIRECT]
    ahead = (*rates, *[typical] * _LOOKS_AHEAD)
    edges = first_boundary(ahead, later) if first else later_boundary(ahead)
    here = len(rates) - 1
    return Passing(
        passage=way,
        whole=share_of(tried, rates) if rates else _nothing(typical),
        by_route=_by_route(tried, usual) if first else {},
        chance=at_most(won, rates),
        is_weak=here >= 0 and edges[here].tells(won, last),
        more_needed=_more_needed(edges[here + 1 :], won, last),
    )


def _nothing(usual: float) -> Share:
    return Share(0, 0, usual, 0.0, 1.0)


def _by_route(tried: Sequence[Trial], usual: dict[Route, float]) -> dict[Route, Share]:
    found = {}
    for route in Route:
        own = [trial for trial in tried if trial.route is route]
        if own:
            found[route] = share_of(own, [usual[route]] * len(own))
    return found


def _last_passed(tried: Sequence[Trial]) -> int:
    """The number of the last try that passed, from 1; 0 where none did."""
    return max((number for number, trial in enumerate(tried, 1) if trial.passed), default=0)


def _more_needed(edges: Iterable[Edge], won: int, last: int) -> int | None:
    return next((more for more, edge in enumerate(edges, 1) if edge.tells(won, last)), None)
