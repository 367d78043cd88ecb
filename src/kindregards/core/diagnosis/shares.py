"""Whether a group's share differs from that of all others: exact, with mixed usual rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import exp, lgamma, log, log1p, sqrt

_Tally = tuple[tuple[float, int], ...]
_HALVINGS = 20  # it is only where the sums begin
_STRONGEST = 30.0
# What lies so many standard deviations and tries from the middle changes no figure.
_DEVIATIONS, _TRIES = 9.0, 12


def chance_of_so_few(
    own: Sequence[float], others: Sequence[float], won: int, all_won: int
) -> float:
    """The chance that so few of one's own tries, or fewer, are among all that passed; 0 to 1.

    `own` and `others` are the usual rates of each try, each between 0 and 1. Given how many passed
    in all, the chance does not depend on whether somebody does better or worse than usual
    everywhere: each try counts by its odds (Fisher's exact test; with mixed odds the conditional
    distribution of Cornfield 1956). 1.0 where none or all passed.
    """
    if not 0 < all_won < len(own) + len(others):
        return 1.0
    return _so_few(_tally(own), _tally(others), won, all_won)


def _tally(rates: Sequence[float]) -> _Tally:
    return tuple(sorted(Counter(rates).items()))


@lru_cache(maxsize=65_536)
def _so_few(own: _Tally, others: _Tally, won: int, all_won: int) -> float:
    shift = _shift((*own, *others), all_won)
    here, first = _spread(own, shift)
    there, after = _spread(others, shift)
    few = every = 0.0
    for place, chance in enumerate(here, first):
        rest = all_won - place - after
        if 0 <= rest < len(there):
            joint = chance * there[rest]
            every += joint
            few += joint if place <= won else 0.0
    return min(1.0, few / every)


def _shift(tally: _Tally, all_won: int) -> float:
    """By how much all log odds move so that so many are expected to pass: where sums stay exact."""
    rates = {rate for rate, _many in tally}
    if len(rates) == 1:
        share, rate = all_won / sum(many for _rate, many in tally), rates.pop()
        return log(share / (1 - share)) - log(rate / (1 - rate))
    low, high = -_STRONGEST, _STRONGEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        expected = sum(many * _moved(rate, middle) for rate, many in tally)
        low, high = (middle, high) if expected < all_won else (low, middle)
    return (low + high) / 2


def _moved(rate: float, shift: float) -> float:
    """A rate with its log odds moved."""
    return 1 / (1 + exp(-shift) * (1 - rate) / rate)


def _spread(tally: _Tally, shift: float) -> tuple[list[float], int]:
    """The chances of each number of passes, from the first number that matters on."""
    chances, first = [1.0], 0
    for rate, many in tally:
        more, start = _binomial(many, _moved(rate, shift))
        chances, first = _together(chances, more), first + start
    return chances, first


def _binomial(many: int, rate: float) -> tuple[list[float], int]:
    """The binomial distribution where it matters, and the number it begins at."""
    reach = _DEVIATIONS * sqrt(many * rate * (1 - rate)) + _TRIES
    begin, end = max(0, int(many * rate - reach)), min(many, int(many * rate + reach))
    up, down = log(rate), log1p(-rate)
    whole = lgamma(many + 1)
    return [
        exp(whole - lgamma(n + 1) - lgamma(many - n + 1) + n * up + (many - n) * down)
        for n in range(begin, end + 1)
    ], begin


def _together(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """The distribution of a sum."""
    summed = [0.0] * (len(one) + len(other) - 1)
    for place, chance in enumerate(one):
        for beside, more in enumerate(other):
            summed[place + beside] += chance * more
    return summed
