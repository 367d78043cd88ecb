"""What somebody average would see by chance alone (R20)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

# What is less likely than this changes no figure that is shown or tested.
_NEGLIGIBLE = 1e-15


def with_one_more(chances: Sequence[float], rate: float) -> list[float]:
    """The chances of 0, 1, 2 … successes after one more try that succeeds at this rate."""
    stay = 1 - rate
    middle = [before * rate + here * stay for before, here in pairwise(chances)]
    return [chances[0] * stay, *middle, chances[-1] * rate] if chances else []


def without_far_end(chances: list[float]) -> list[float]:
    """The same without what is so unlikely at its high end that it does not matter."""
    while len(chances) > 1 and chances[-1] < _NEGLIGIBLE:
        chances.pop()
    return chances


def at_most(successes: int, rates: Iterable[float]) -> float:
    """The chance of so few successes or fewer, where each try succeeds at its own rate.

    Exact: the distribution is built up one try after another (Poisson binomial).
    """
    chances, lowest = [1.0], 0
    for rate in rates:
        chances = with_one_more(without_far_end(chances), rate)[: successes - lowest + 1]
        while len(chances) > 1 and chances[0] < _NEGLIGIBLE:
            del chances[0]
            lowest += 1
    return min(1.0, sum(chances))
