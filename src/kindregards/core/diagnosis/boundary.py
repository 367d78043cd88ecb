"""From how few successes on a weakness is told, so that looking often does not make it up.

People look again after every letter. A threshold that is right once in ten looks is wrong for most
people sooner or later, so the chance of ever telling an average person of a weakness is shared out
over the whole search (a group sequential test with an alpha-spending function, after Lan and DeMets
1983) and worked out exactly along the person's own sequence of usual rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import comb, log2, prod
from typing import NamedTuple

from kindregards.core.diagnosis.chance import with_one_more, without_far_end

EVER_TOLD = 0.10
"""In how many of all lives an average person may ever be told of a weakness, in one search."""
SEARCH = 60
"""The applications that one search is taken to have; beyond them the share grows slowly."""
NEVER = -1

# Telling early costs chances of telling rightly later. So early looks may spend little, a part is
# kept for the sixtieth application, and what is then left is spent to the last bit (after Haybittle
# 1971 and Peto et al. 1976). The figures were chosen on exact ones, at 13 in 100: thirty silent
# applications are just told of, and somebody at half of the usual rate is told in 61 lives of 100.
_AIM = 0.098
_STEEPNESS = 2.4
_BEFORE_THE_LAST = 0.8
# Of later passages few are tried in one search, so that what is spent there is hardly used; where
# many are, since others put in a word, the first passage is plain and can spare it.
_LATER = 0.08
_LATER_STEEPNESS = 1.5
_ALL_LATER = 41
# What one more doubling of a search may add.
_A_DOUBLING = 0.02


class Edge(NamedTuple):
    """After so many tries: the most successes that tell of a weakness, -1 for none.

    One success more tells too, where the last one came no later than try number `quiet_since`;
    0 for never.
    """

    most: int
    quiet_since: int = 0

    def tells(self, successes: int, last: int) -> bool:
        """Whether so many successes, the last at try number `last` (0 for none), are so few."""
        return successes <= self.most or (
            successes == self.most + 1 and 0 < last <= self.quiet_since
        )


@lru_cache(maxsize=256)
def first_boundary(rates: tuple[float, ...], later: tuple[float, ...]) -> tuple[Edge, ...]:
    """The edge after each application.

    `rates` are the usual ones of the applications, in order, and `later` those of the passages
    after the first. What the later ones may spend within a search is left to them.
    """
    return _boundary(rates, _first_allowance(rates, later))


@lru_cache(maxsize=256)
def later_boundary(rates: tuple[float, ...]) -> tuple[Edge, ...]:
    """The same for a passage after the first."""
    return _boundary(rates, [_later_allowance(many + 1) for many in range(len(rates))])


def ever_told(rates: Sequence[float], boundary: Sequence[Edge]) -> list[float]:
    """The chance to have been told by each try, where the true rates are these."""
    untold = _Untold()
    by_now: list[float] = []
    for rate, edge in zip(rates, boundary, strict=True):
        untold.go_on(rate)
        while untold.lowest <= edge.most:
            untold.tell_lowest()
        if edge.quiet_since and len(by_now) == SEARCH - 1:
            untold.tell_lowest_since(edge.quiet_since)
        by_now.append(untold.told)
    return by_now


class _Untold:
    """The chances of the lives that were not told yet, by their successes from `lowest` on.

    An edge never falls, so whoever is not told has more successes than it.
    """

    def __init__(self) -> None:
        self.told = 0.0
        self.lowest = 0
        self._chances = [1.0]
        self._rates: list[float] = []
        self._before = [(self.lowest, self._chances)]

    def go_on(self, rate: float) -> None:
        """One more try."""
        self._chances = without_far_end(with_one_more(self._chances, rate))
        if len(self._before) <= SEARCH:
            self._rates.append(rate)
            self._before.append((self.lowest, self._chances))

    def of_lowest(self) -> float:
        """The chance of the fewest successes that are not told; above 1 where there is but one."""
        return self._chances[0] if len(self._chances) > 1 else 2.0

    def tell_lowest(self) -> None:
        """Tell all of those with the fewest successes."""
        self.told += self._chances[0]
        self._chances, self.lowest = self._chances[1:], self.lowest + 1

    def of_lowest_since(self, number: int) -> float:
        """The chance of the fewest successes with none after that try, within one search."""
        lowest, chances = self._before[number]
        place = self.lowest - lowest
        still: float = prod(1 - rate for rate in self._rates[number:])
        return chances[place] * still if 0 <= place < len(chances) else 0.0

    def tell_lowest_since(self, number: int) -> None:
        """Tell those of them who had no success after that try."""
        chance = self.of_lowest_since(number)
        self.told += chance
        self._chances = [self._chances[0] - chance, *self._chances[1:]]


def _boundary(rates: Sequence[float], allowance: Sequence[float]) -> tuple[Edge, ...]:
    """Raise the edge whenever what lies below it fits into the allowance; it never falls."""
    untold, edge, edges = _Untold(), Edge(NEVER), []
    for many, (rate, allowed) in enumerate(zip(rates, allowance, strict=True), 1):
        untold.go_on(rate)
        while untold.told + untold.of_lowest() <= allowed:
            untold.tell_lowest()
            edge = Edge(untold.lowest - 1)
        if many == SEARCH:
            edge = Edge(untold.lowest - 1, _what_is_left(untold, allowed))
        edges.append(edge)
    return tuple(edges)


def _what_is_left(untold: _Untold, allowed: float) -> int:
    """Spend the rest of the allowance on the next number of successes, where none came of late."""
    if not untold.lowest:
        return 0
    left = allowed - untold.told
    since = max(many for many in range(SEARCH + 1) if untold.of_lowest_since(many) <= left)
    untold.tell_lowest_since(since)
    return since


def _first_allowance(rates: Sequence[float], later: tuple[float, ...]) -> list[float]:
    allowance, total, share = [], 0.0, _AIM
    for many, rate in enumerate(rates, 1):
        total += rate
        if many <= SEARCH:
            share = _AIM - _spent_later(round(total / many, 2), later)
            part = min(_BEFORE_THE_LAST, (many / SEARCH) ** _STEEPNESS)
            allowance.append(share * (part if many < SEARCH else 1))
        else:
            allowance.append(share + _A_DOUBLING * log2(many / SEARCH))
    return allowance


def _later_allowance(many: int) -> float:
    if many <= SEARCH:
        part: float = min(1.0, (many / _ALL_LATER) ** _LATER_STEEPNESS)
        return _LATER * part
    return _LATER + _A_DOUBLING * log2(many / SEARCH)


@lru_cache(maxsize=512)
def _spent_later(rate: float, later: tuple[float, ...]) -> float:
    """The chance that a later passage tells an average person of a weakness within one search."""
    spent, reach = 0.0, rate
    for usual in later:
        rates = (usual,) * SEARCH
        told = [0.0, *ever_told(rates, later_boundary(rates))]
        spent += sum(
            comb(SEARCH, many) * reach**many * (1 - reach) ** (SEARCH - many) * told[many]
            for many in range(SEARCH + 1)
        )
        reach *= usual
    return spent
