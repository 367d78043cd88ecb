"""How often the diagnosis is wrong, and how often it is right in time.

Whole searches are lived through with known rates: sixty applications one after another, and after
each the person looks again. All is drawn from one seed, so that the figures can be had again.
The same figures stand in docs/diagnosis.md; those that can be worked out exactly are beside them.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from math import comb

from kindregards.core.diagnosis import By, Market, Passage, Route, usual_rate
from kindregards.core.diagnosis.beta import beta_quantile
from kindregards.core.diagnosis.boundary import (
    SEARCH,
    ever_told,
    first_boundary,
    later_boundary,
)
from kindregards.core.diagnosis.funnel import Trial
from kindregards.core.diagnosis.passing import share_of
from kindregards.core.diagnosis.splits import compared
from kindregards.core.diagnosis.usual import PRIOR_WEIGHT, passages

LIVES = 20_000
# Splits are worked out anew at every look, which takes longer.
SPLIT_LIVES = 20
DAY = datetime(2026, 1, 1, tzinfo=UTC)
TRIED = (20, 40, 60)
MIXES: dict[str, tuple[Route, ...]] = {
    "all direct": (Route.DIRECT,),
    "every fourth by a referral": (Route.DIRECT, Route.DIRECT, Route.DIRECT, Route.REFERRAL),
    "half sourced": (Route.DIRECT, Route.SOURCED),
    "all by a referral": (Route.REFERRAL,),
}


def main() -> None:
    """Print everything; each figure beside what was asked for."""
    lives = int(sys.argv[1]) if len(sys.argv) > 1 else LIVES
    chance = random.Random(20_261_123)
    print(f"Searches of {SEARCH} applications, looked at after each, {lives:,} lives a line")
    print("\nSomebody exactly average is ever told of a weakness (asked for: at most 10 in 100)")
    for market, mix in product(Market, MIXES):
        told = lived(chance, market, MIXES[mix], lives)
        print(f"  {market:12} {mix:28} {100 * (1 - told[None] / lives):5.1f}")
    print("\nAt half of the usual rate at one stage, told the right one (wished for: 60 in 100)")
    for market in (Market.GENERAL, Market.CAMPUS):
        for way in passages(market):
            told = lived(chance, market, (Route.DIRECT,), lives, weak=way)
            print(f"  {market:12} {named(way):28} {100 * told[way] / lives:5.1f}")
    print("\nThe same counted in tries of that stage alone, exact")
    for way in passages(Market.GENERAL):
        print(f"  {named(way):28}", *(f"{many}: {power(way, many):5.1f}" for many in TRIED))
    print("\nAn interval of 80 in 100 holds the true rate (asked for: 78 to 82)")
    for mean in (0.03, 0.05, 0.13, 0.32, 0.57):
        print(f"  usual {mean:4}", *(f"{n}: {covered(chance, mean, n, lives):5.1f}" for n in TRIED))
    print(
        "\nThe same where the true rate is exactly the usual one, and where it is half of it, exact"
    )
    for mean in (0.13, 0.32):
        for true in (mean, mean / 2):
            print(f"  {true:5.3f}", *(f"{n}: {held(mean, true, n):5.1f}" for n in TRIED))
    print_differences(chance, max(1, lives // SPLIT_LIVES))


def print_differences(chance: random.Random, lives: int) -> None:
    """How often a difference is told that is not there, and how often one that is."""
    print(f"\nA difference that is not there is ever told (asked for: at most 5), {lives:,} lives")
    looked = [*product([Market.GENERAL], MIXES), (Market.CAMPUS, "half sourced")]
    for market, mix in looked:
        told = sum(bool(differences(chance, market, MIXES[mix], SEARCH)) for _life in range(lives))
        print(f"  {market:12} {mix:28} {100 * told / lives:5.1f}")
    print("\nOf two kinds of role one is answered so many times as often: told within 60, 120")
    for usual, better in ((0.13, 0.26), (0.13, 0.39), (0.13, 0.52)):
        searches = [
            differences(chance, Market.GENERAL, (Route.DIRECT,), 2 * SEARCH, (usual, better))
            for _life in range(lives // 2)
        ]
        when = [told[By.FAMILY] for told in searches if By.FAMILY in told]
        early, ever = sum(number <= SEARCH for number in when), len(when)
        shares = (100 * early / len(searches), 100 * ever / len(searches))
        print(f"  {usual} and {better}", *(f"{share:5.1f}" for share in shares))


def differences(
    chance: random.Random,
    market: Market,
    mix: Sequence[Route],
    many: int,
    first: tuple[float, float] | None = None,
) -> dict[By, int]:
    """By what a difference was told in one life of so many applications, and after how many first.

    Two kinds of role take turns by chance; `first` are their rates of first calls, the usual one
    of each route where None.
    """
    ways = passages(market)
    tried: dict[Passage, list[Trial]] = {way: [] for way in ways}
    told: dict[By, int] = {}
    for number in range(many):
        route, family = mix[number % len(mix)], chance.randrange(2)
        for place, way in enumerate(ways):
            rate = usual_rate(way, market, route).mean
            rate = first[family] if first and not place else rate
            won = chance.random() < rate
            tried[way].append(Trial(route, won, DAY + timedelta(days=number), "ab"[family]))
            if not won:
                break
        for one in compared(tried, market, number + 1):
            if any(map(any, one.told)):
                told.setdefault(one.by, number + 1)
    return told


def lived(
    chance: random.Random,
    market: Market,
    mix: Sequence[Route],
    lives: int,
    *,
    weak: Passage | None = None,
) -> Counter[Passage | None]:
    """What the first telling named in each life; None for those who were never told."""
    ways = passages(market)
    routes = [mix[place % len(mix)] for place in range(SEARCH)]
    usual = [tuple(usual_rate(way, market, route).mean for way in ways) for route in routes]
    later = usual[0][1:]
    edges = [first_boundary(tuple(rates[0] for rates in usual), later)]
    edges += [later_boundary((mean,) * SEARCH) for mean in later]
    true = [
        tuple(mean / 2 if way == weak else mean for way, mean in zip(ways, rates, strict=True))
        for rates in usual
    ]
    return Counter(_first_told(chance, ways, true, edges) for _life in range(lives))


def _first_told(
    chance: random.Random,
    ways: Sequence[Passage],
    true: Sequence[Sequence[float]],
    edges: Sequence[Sequence[int]],
) -> Passage | None:
    tried, won = [0] * len(ways), [0] * len(ways)
    for rates in true:
        for place, rate in enumerate(rates):
            tried[place] += 1
            if chance.random() >= rate:
                break
            won[place] += 1
        told = [
            way
            for place, way in enumerate(ways)
            if tried[place] and won[place] <= edges[place][tried[place] - 1]
        ]
        if told:
            return told[0]
    return None


def power(way: Passage, many: int) -> float:
    """How often half of the usual rate is told within so many tries, in 100; exact."""
    ways = passages(Market.GENERAL)
    means = [usual_rate(one, Market.GENERAL).mean for one in ways]
    mean = means[ways.index(way)]
    rates = (mean,) * many
    first = way == ways[0]
    edges = first_boundary(rates, tuple(means[1:])) if first else later_boundary(rates)
    return 100 * ever_told([mean / 2] * many, edges)[-1]


def covered(chance: random.Random, mean: float, tried: int, lives: int) -> float:
    """How often the interval holds a rate that was drawn from the prior, in 100."""
    bounds = {}
    held = 0
    for _life in range(lives):
        rate = chance.betavariate(PRIOR_WEIGHT * mean, PRIOR_WEIGHT * (1 - mean))
        won = sum(chance.random() < rate for _try in range(tried))
        if won not in bounds:
            a, b = PRIOR_WEIGHT * mean + won, PRIOR_WEIGHT * (1 - mean) + tried - won
            bounds[won] = beta_quantile(0.1, a, b), beta_quantile(0.9, a, b)
        low, high = bounds[won]
        held += low <= rate <= high
    return 100 * held / lives


def held(mean: float, true: float, tried: int) -> float:
    """How often the interval holds one true rate, in 100; exact."""
    share = 0.0
    for won in range(tried + 1):
        trials = [Trial(Route.DIRECT, place < won, DAY) for place in range(tried)]
        found = share_of(trials, [mean] * tried)
        if found.low <= true <= found.high:
            share += comb(tried, won) * true**won * (1 - true) ** (tried - won)
    return 100 * share


def named(way: Passage) -> str:
    """A passage by its two stages."""
    return f"{way.start} to {way.to}"


if __name__ == "__main__":
    main()
