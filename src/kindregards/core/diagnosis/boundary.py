"""From how few successes on a weakness is told, so that looking often does not make it up.

People look again after every letter. A threshold that is right once in ten looks is wrong for most
people sooner or later, so the chance of ever telling an average person of a weakness is shared out
over the whole search (a group sequential test with an alpha-spending function, after Lan and DeMets
1983) and worked out exactly along the person's own sequence of usual rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import comb, log2

from kindregards.core.diagnosis.chance import with_one_more, without_far_end

EVER_TOLD = 0.10
"""In how many of all lives an average person may ever be told of a weakness, in one search."""
SEARCH = 60
"""The applications that one search is taken to have; beyond them the share grows slowly."""
NEVER = -1

# Telling early costs chances of telling rightly later. These two were chosen on exact figures: at
# 13 in 100, thirty silent applications are just told of, and somebody at half of the usual rate is
# told within 60 about as often as any boundary can.
_STEEPNESS = 3.2
_FRONT = 1.8
# Of later passages few are tried in one search, so that what is spent there is hardly used.
_LATER = 0.05
# What one more doubling of a search may add.
_A_DOUBLING = 0.02


@lru_cache(maxsize=256)
def first_boundary(rates: tuple[float, ...], later: tuple[float, ...]) -> tuple[int, ...]:
    """After each application, the most successes that still tell of a weakness; -1 for none.

    `rates` are the usual ones of the applications, in order, and `later` those of the passages
    after the first. What the later ones may spend within a search is left to them.
    """
    return _boundary(rates, _first_allowance(rates, later))


@lru_cache(maxsize=256)
def later_boundary(rates: tuple[float, ...]) -> tuple[int, ...]:
    """The same for a passage after the first."""
    return _boundary(rates, [_later_allowance(many + 1) for many in range(len(rates))])


def ever_told(rates: Sequence[float], boundary: Sequence[int]) -> list[float]:
    """The chance to have been told by each try, where the true rates are these.

    The boundary never falls, so whoever is not told has more successes than it.
    """
    chances, lowest, told, by_now = [1.0], 0, 0.0, []
    for rate, edge in zip(rates, boundary, strict=True):
        chances = with_one_more(chances, rate)
        if edge >= lowest:
            told += sum(chances[: edge + 1 - lowest])
            chances, lowest = chances[edge + 1 - lowest :], edge + 1
        chances = without_far_end(chances)
        by_now.append(told)
    return by_now


def _boundary(rates: Sequence[float], allowance: Sequence[float]) -> tuple[int, ...]:
    """Raise the edge whenever what lies beyond it fits into the allowance; it never falls."""
    chances, spent, edge, edges = [1.0], 0.0, NEVER, []
    for rate, allowed in zip(rates, allowance, strict=True):
        chances = with_one_more(chances, rate)  # of edge + 1 successes and more
        while len(chances) > 1 and spent + chances[0] <= allowed:
            spent += chances.pop(0)
            edge += 1
        chances = without_far_end(chances)
        edges.append(edge)
    return tuple(edges)


def _first_allowance(rates: Sequence[float], later: tuple[float, ...]) -> list[float]:
    allowance, total, share = [], 0.0, EVER_TOLD
    for many, rate in enumerate(rates, 1):
        total += rate
        if many <= SEARCH:
            share = EVER_TOLD - _spent_later(round(total / many, 2), later)
            allowance.append(min(share, _FRONT * share * (many / SEARCH) ** _STEEPNESS))
        else:
            allowance.append(share + _A_DOUBLING * log2(many / SEARCH))
    return allowance


def _later_allowance(many: int) -> float:
    if many <= SEARCH:
        return _LATER * many / SEARCH
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
