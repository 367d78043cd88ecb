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
    EVER_TOLD,
    SEARCH,
    Edge,
    ever_told,
    first_boundary,
    later_boundary,
)
from kindregards.core.diagnosis.diagnosis import weakest
from kindregards.core.diagnosis.funnel import Trial
from kindregards.core.diagnosis.passing import Passing, Share, share_of
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
HALVED = (
    (Market.GENERAL, Route.DIRECT),
    (Market.GENERAL, Route.SOURCED),
    (Market.GENERAL, Route.REFERRAL),
    (Market.TECH_REMOTE, Route.DIRECT),
    (Market.CAMPUS, Route.DIRECT),
)


def main() -> None:
    """Print everything; each figure beside what was asked for."""
    lives = int(sys.argv[1]) if len(sys.argv) > 1 else LIVES
    chance = random.Random(20_261_123)
    print(f"Searches of {SEARCH} applications, looked at after each, {lives:,} lives a line")
    print("\nSomebody exactly average is ever told of a weakness (asked for: at most 10 in 100)")
    for market, mix in product(Market, MIXES):
        told = lived(chance, market, MIXES[mix], lives)
        print(f"  {market:12} {mix:28} {100 * (1 - told[None] / lives):5.1f}")
    print("\nAt half of the usual rate at one stage, told the right one (asked for: 60 in 100)")
    print("beside it the most that any rule could have, exact")
    for market, route in HALVED:
        for way in passages(market):
            told = lived(chance, market, (route,), lives, weak=way)
            shares = (100 * told[way] / lives, best(market, way, route))
            print(f"  {market:12} {route:9} {named(way):24}", *(f"{one:5.1f}" for one in shares))
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
    return Counter(_first_told(chance, ways, usual, true, edges) for _life in range(lives))


def _first_told(
    chance: random.Random,
    ways: Sequence[Passage],
    usual: Sequence[Sequence[float]],
    true: Sequence[Sequence[float]],
    edges: Sequence[Sequence[Edge]],
) -> Passage | None:
    tried, won, last = ([0] * len(ways) for _count in range(3))
    for number, rates in enumerate(true, 1):
        for place, rate in enumerate(rates):
            tried[place] += 1
            if chance.random() >= rate:
                break
            won[place] += 1
            last[place] = tried[place]
        told = [
            tried[place] > 0 and edges[place][tried[place] - 1].tells(won[place], last[place])
            for place in range(len(ways))
        ]
        if any(told) and (named := _named(ways, usual[:number], tried, won, told)):
            return named
    return None


def _named(
    ways: Sequence[Passage],
    usual: Sequence[Sequence[float]],
    tried: Sequence[int],
    won: Sequence[int],
    told: Sequence[bool],
) -> Passage | None:
    """What the page would name: by its own rule where more than one passage looks low."""
    first = sum(rates[0] for rates in usual) / len(usual)
    found = [
        Passing(
            passage=way,
            whole=Share(won[place], tried[place], usual[0][place] if place else first, 0.0, 1.0),
            by_route={},
            chance=1.0,
            is_weak=told[place],
            more_needed=None,
        )
        for place, way in enumerate(ways)
    ]
    weak = weakest(found)
    return weak.passage if weak else None


def best(market: Market, weak: Passage, route: Route = Route.DIRECT) -> float:
    """How often any rule could tell of half of the usual rate within one search, in 100; exact.

    Told of one stage alone, with everything that may be spent, and looking but once: the most
    powerful test there is (Neyman and Pearson 1933), so that no rule for all stages can have more.
    """
    reach = 1.0
    for way in passages(market):
        usual = usual_rate(way, market, route).mean
        if way == weak:
            return 100 * _most_powerful(reach, usual)
        reach *= usual
    raise ValueError(weak)


def _most_powerful(reach: float, usual: float) -> float:
    """Spend the error on those results first that half of the usual rate makes likelier most."""
    results = []
    for tried in range(SEARCH + 1):
        came = comb(SEARCH, tried) * reach**tried * (1 - reach) ** (SEARCH - tried)
        for won in range(tried + 1):
            average, half = (
                came * comb(tried, won) * rate**won * (1 - rate) ** (tried - won)
                for rate in (usual, usual / 2)
            )
            results.append((average, half))
    left, told = EVER_TOLD, 0.0
    for average, half in sorted(
        (one for one in results if one[0]), key=lambda one: one[0] / one[1]
    ):
        part = min(1.0, left / average)
        left, told = left - part * average, told + part * half
    return told


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
