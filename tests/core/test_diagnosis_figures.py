"""The figures under the diagnosis: intervals, chances, and how often it is wrong. All exact."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.pasts import NOW

from kindregards.core.diagnosis.beta import beta_quantile, beta_share
from kindregards.core.diagnosis.boundary import (
    EVER_TOLD,
    NEVER,
    SEARCH,
    Edge,
    ever_told,
    first_boundary,
    later_boundary,
)
from kindregards.core.diagnosis.chance import at_most
from kindregards.core.diagnosis.funnel import Trial
from kindregards.core.diagnosis.passing import share_of
from kindregards.core.diagnosis.usual import Market, Route, passages, usual_rate, usual_rates

LATER = (0.32, 0.32)


def binomial_share(x: Fraction, a: int, b: int) -> Fraction:
    """Beta(a, b) at or below x for whole numbers, by its binomial sum, in exact fractions."""
    n = a + b - 1
    return sum((comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1)), start=Fraction(0))


@pytest.mark.parametrize(
    ("x", "a", "b"), [(3, 2, 5), (1, 1, 9), (9, 14, 2), (5, 40, 40), (1, 3, 60), (7, 200, 90)]
)
def test_the_beta_distribution_agrees_with_exact_sums(x: int, a: int, b: int) -> None:
    exact = float(binomial_share(Fraction(x, 10), a, b))
    assert beta_share(x / 10, a, b) == pytest.approx(exact, rel=1e-11, abs=1e-15)


@pytest.mark.parametrize(
    ("x", "a", "b", "known"),
    [
        (0.25, 0.5, 0.5, 1 / 3),  # the arcsine law
        (0.5, 0.5, 0.5, 0.5),
        (0.2, 1, 9.5, 1 - 0.8**9.5),
        (0.7, 2.5, 1, 0.7**2.5),
    ],
)
def test_the_beta_distribution_agrees_with_known_values(
    x: float, a: float, b: float, known: float
) -> None:
    assert beta_share(x, a, b) == pytest.approx(known, rel=1e-12)


@settings(deadline=None)
@given(st.floats(0.01, 0.99), st.floats(0.3, 400, allow_nan=False), st.floats(0.3, 400))
def test_a_quantile_gives_its_share_back(share: float, a: float, b: float) -> None:
    x = beta_quantile(share, a, b)
    # For shapes below 1 the quantile can be nearer to 0 or 1 than numbers are told apart.
    assert beta_share(x, a, b) == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize(
    ("successes", "rates", "known"),
    [
        (0, [0.13] * 10, 0.248),
        (0, [0.13] * 20, 0.062),
        (0, [0.05] * 40, 0.129),
        (0, [0.32] * 5, 0.145),
        (0, [0.32] * 8, 0.046),
        (1, [0.5, 0.25], 1 - 0.125),
        (3, [0.2] * 3, 1.0),
        (0, [], 1.0),
    ],
)
def test_chance_alone_is_told_as_the_evidence_has_it(
    successes: int, rates: list[float], known: float
) -> None:
    assert at_most(successes, rates) == pytest.approx(known, abs=0.001)


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 0.99), max_size=8), st.integers(0, 8))
def test_the_chance_line_is_the_sum_over_all_ways(rates: list[float], successes: int) -> None:
    ways = [1.0] + [0.0] * len(rates)
    for number in range(2 ** len(rates)):
        wins = [number >> place & 1 for place in range(len(rates))]
        product = 1.0
        for rate, won in zip(rates, wins, strict=True):
            product *= rate if won else 1 - rate
        ways[sum(wins)] += product
    ways[0] -= 1.0
    exact = sum(ways[: successes + 1])
    assert at_most(successes, rates) == pytest.approx(exact, abs=1e-9)


# How often somebody average is told of a weakness ----------------------------------------------


def life(rate: float, later: tuple[float, ...]) -> float:
    """How often an average person is ever told, in sixty applications, of any weakness.

    Exact for each stage; the stages are added, which can only be more than the truth.
    """
    told = ever_told([rate] * SEARCH, first_boundary((rate,) * SEARCH, later))[-1]
    for place, usual in enumerate(later):
        reach = rate
        for before in later[:place]:
            reach *= before
        by_try = [0.0, *ever_told([usual] * SEARCH, later_boundary((usual,) * SEARCH))]
        told += sum(
            comb(SEARCH, n) * reach**n * (1 - reach) ** (SEARCH - n) * by_try[n]
            for n in range(SEARCH + 1)
        )
    return told


@pytest.mark.parametrize("market", Market)
@pytest.mark.parametrize("route", Route)
def test_somebody_average_is_told_of_a_weakness_in_at_most_ten_lives_of_a_hundred(
    market: Market, route: Route
) -> None:
    first, *rest = passages(market)
    later = tuple(usual_rate(way, market).mean for way in rest)
    assert life(usual_rate(first, market, route).mean, later) <= EVER_TOLD


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([0.13, 0.21, 0.57, 0.05]), min_size=SEARCH, max_size=SEARCH))
def test_any_mix_of_routes_keeps_the_promise_at_the_first_stage(rates: list[float]) -> None:
    told = ever_told(rates, first_boundary(tuple(rates), LATER))
    assert told[-1] <= EVER_TOLD


def test_thirty_silent_applications_are_just_told_of() -> None:
    edges = [edge.most for edge in first_boundary((0.13,) * SEARCH, LATER)]
    assert edges.index(0) + 1 == 30
    assert [edges.index(x) + 1 for x in (1, 2, 3)] == [40, 48, 55]


def test_somebody_at_half_the_usual_rate_is_told_in_more_than_60_lives_of_a_hundred() -> None:
    edges = first_boundary((0.13,) * SEARCH, LATER)
    assert ever_told([0.065] * SEARCH, edges)[-1] == pytest.approx(0.6130, abs=0.0001)


def test_where_all_come_by_a_referral_the_second_stage_is_told_in_more_than_60_lives() -> None:
    by_try = [0.0, *ever_told([0.16] * SEARCH, later_boundary((0.32,) * SEARCH))]
    told = sum(
        comb(SEARCH, n) * 0.57**n * 0.43 ** (SEARCH - n) * by_try[n] for n in range(SEARCH + 1)
    )
    assert told == pytest.approx(0.6534, abs=0.0001)


def test_four_of_sixty_tell_only_where_none_of_them_came_of_late() -> None:
    edge = first_boundary((0.13,) * SEARCH, LATER)[-1]
    assert edge == Edge(most=3, quiet_since=46)
    assert edge.tells(3, 60)
    assert edge.tells(4, 46)
    assert not edge.tells(4, 47)
    assert not edge.tells(5, 20)


def test_without_a_success_nothing_is_told_for_having_been_quiet() -> None:
    assert not Edge(NEVER).tells(0, 0)
    assert Edge(0, 20).tells(0, 0)


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.sampled_from([0.05, 0.13, 0.57]), min_size=SEARCH + 2, max_size=SEARCH + 9),
    st.sampled_from([0.5, 1.0]),
)
def test_the_chance_to_be_told_is_the_sum_over_all_searches(
    usual: list[float], part: float
) -> None:
    """Every search is followed by its successes and the place of the last one, one by one."""
    boundary = first_boundary(tuple(usual), LATER)
    alive, told = {(0, 0): 1.0}, 0.0
    for number, (rate, edge) in enumerate(zip(usual, boundary, strict=True), 1):
        after: dict[tuple[int, int], float] = {}
        for (won, last), chance in alive.items():
            ends = (((won, last), 1 - part * rate), ((won + 1, number), part * rate))
            for state, share in ends:
                if edge.tells(*state):
                    told += chance * share
                else:
                    after[state] = after.get(state, 0.0) + chance * share
        alive = after
    exact = ever_told([part * rate for rate in usual], boundary)[-1]
    assert exact == pytest.approx(told, abs=1e-9)


def test_twelve_interviews_without_an_offer_are_told_of_and_eleven_are_not() -> None:
    edges = [edge.most for edge in later_boundary((0.32,) * SEARCH)]
    assert edges[10] == NEVER
    assert edges[11] == 0
    assert [edges.index(x) + 1 for x in (1, 2, 3)] == [17, 21, 25]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([0.03, 0.13, 0.57]), min_size=1, max_size=120))
def test_what_is_still_to_come_changes_no_boundary(rates: list[float]) -> None:
    whole = first_boundary(tuple(rates), LATER)
    half = len(rates) // 2
    assert first_boundary(tuple(rates[:half]), LATER) == whole[:half]
    most = [edge.most for edge in whole]
    assert most == sorted(most)


def test_a_long_search_goes_on_being_looked_at_without_many_more_false_alarms() -> None:
    rates = (0.13,) * 600
    told = ever_told(rates, first_boundary(rates, LATER))
    assert told[59] < told[599] <= EVER_TOLD + 0.02 * 3.33


# Intervals -----------------------------------------------------------------------------------


def coverage(mean: float, tried: int) -> float:
    """How often the interval holds the rate, rates drawn from the prior; exact over results."""
    rates = [mean] * tried
    held = 0.0
    for won in range(tried + 1):
        share = share_of([Trial(Route.DIRECT, place < won, NOW) for place in range(tried)], rates)
        a, b = 10 * mean + won, 10 * (1 - mean) + tried - won
        inside = beta_share(share.high, a, b) - beta_share(share.low, a, b)
        held += inside * _drawn(won, tried, mean)
    return held


def _drawn(won: int, tried: int, mean: float) -> float:
    """The chance of so many successes, the rate drawn from the prior (beta-binomial)."""
    chance = float(comb(tried, won))
    a, b = 10 * mean, 10 * (1 - mean)
    for place in range(won):
        chance *= (a + place) / (a + b + place)
    for place in range(tried - won):
        chance *= (b + place) / (a + b + won + place)
    return chance


@pytest.mark.parametrize("mean", [0.05, 0.13, 0.32, 0.57])
@pytest.mark.parametrize("tried", [5, 20, 60])
def test_an_interval_of_80_in_100_holds_80_in_100(mean: float, tried: int) -> None:
    assert coverage(mean, tried) == pytest.approx(0.80, abs=0.002)


# The usual rates -----------------------------------------------------------------------------


@pytest.mark.parametrize("market", Market)
def test_every_usual_rate_has_its_year_and_source(market: Market) -> None:
    rates = usual_rates(market, Route)
    assert {rate.passage for rate in rates} == set(passages(market))
    assert all(2015 < rate.year < 2030 and rate.source and 0 < rate.mean < 1 for rate in rates)


def test_a_narrower_rate_comes_before_a_wider_one() -> None:
    first = passages(Market.TECH_REMOTE)[0]
    assert usual_rate(first, Market.TECH_REMOTE).mean == 0.05
    assert usual_rate(first, Market.GENERAL).mean == 0.13
    assert usual_rate(first, Market.TECH_REMOTE, Route.REFERRAL).mean == 0.57


@pytest.mark.parametrize(
    ("later", "mix"),
    [
        (0.45, (0.13, 0.13, 0.13, 0.57)),
        (0.45, (0.57,)),
        (0.27, (0.13, 0.13, 0.59, 0.57)),
    ],
)
def test_both_stages_together_keep_the_promise_for_a_mix_of_routes(
    later: float, mix: tuple[float, ...]
) -> None:
    rates = tuple(mix[place % len(mix)] for place in range(SEARCH))
    first, second = first_boundary(rates, (later,)), later_boundary((later,) * SEARCH)
    alive, told, left_out = {(0, 0, 0): 1.0}, 0.0, 0.0  # first calls, the last of them, offers
    for number, rate in enumerate(rates, 1):
        after: dict[tuple[int, int, int], float] = {}
        for (calls, called, offers), chance in alive.items():
            if chance < 1e-8:
                left_out += chance
                continue
            for state, share in (
                ((calls, called, offers), 1 - rate),
                ((calls + 1, number, offers), rate * (1 - later)),
                ((calls + 1, number, offers + 1), rate * later),
            ):
                # An early last offer tells most often; so this is no less than the truth.
                talked = state[0] > calls and second[state[0] - 1].tells(state[2], 1)
                if talked or first[number - 1].tells(*state[:2]):
                    told += chance * share
                else:
                    after[state] = after.get(state, 0.0) + chance * share
        alive = after
    assert told + left_out <= EVER_TOLD
    assert told + left_out + sum(alive.values()) == pytest.approx(1)
