"""Differences by source, kind of role and time: exact, the same in any order, seldom made up."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.pasts import NOW

from kindregards.core.applications import Outcome
from kindregards.core.diagnosis import By, Market, Past, Route, as_record, diagnose, words_for
from kindregards.core.diagnosis.differences import told
from kindregards.core.diagnosis.family import family_of
from kindregards.core.diagnosis.shares import chance_of_so_few
from kindregards.core.diagnosis.splits import SETTLED, Split, each_level, splits
from kindregards.core.letters.reading import Stage


def tried(
    calls: int, silent: int, *, family: str = "", route: Route = Route.DIRECT, age: int = 200
) -> list[Past]:
    """So many applications that led to a first call, and so many that did not."""
    stages = [Stage.SCREEN] * calls + [Stage.APPLICATION] * silent
    days = [NOW - timedelta(days=age, hours=place) for place in range(len(stages))]
    return [
        Past(stage, Outcome.REJECTED, day, day, route, family)
        for stage, day in zip(stages, days, strict=True)
    ]


def by(pasts: list[Past], kind: By, market: Market = Market.GENERAL) -> list[Split]:
    """The splits of one kind, of the applications themselves."""
    found = splits(pasts, market, NOW)
    return [one for one in found if one.by is kind and one.passage.start is Stage.APPLICATION]


# The test ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("own", "others", "won", "all_won"), [(25, 20, 0, 6), (8, 40, 2, 20)])
def test_with_one_usual_rate_it_is_fishers_exact_test(
    own: int, others: int, won: int, all_won: int
) -> None:
    ways = sum(comb(own, n) * comb(others, all_won - n) for n in range(won + 1))
    exact = ways / comb(own + others, all_won)
    assert chance_of_so_few([0.13] * own, [0.13] * others, won, all_won) == pytest.approx(exact)
    assert chance_of_so_few([0.4] * own, [0.4] * others, won, all_won) == pytest.approx(exact)


RATES = st.lists(st.floats(0.02, 0.9), min_size=1, max_size=5)


@settings(deadline=None)
@given(RATES, RATES, st.data())
def test_with_mixed_rates_it_is_the_sum_over_all_ways(
    own: list[float], others: list[float], data: st.DataObject
) -> None:
    rates = own + others
    all_won = data.draw(st.integers(1, len(rates)))
    won = data.draw(st.integers(0, len(own)))
    few = every = 0.0
    for ways in product((0, 1), repeat=len(rates)):
        if sum(ways) != all_won:
            continue
        chance = 1.0
        for rate, way in zip(rates, ways, strict=True):
            chance *= rate if way else 1 - rate
        every += chance
        few += chance if sum(ways[: len(own)]) <= won else 0.0
    exact = few / every if all_won < len(rates) else 1.0
    assert chance_of_so_few(own, others, won, all_won) == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize("all_won", [0, 45])
def test_where_none_or_all_passed_nothing_differs(all_won: int) -> None:
    assert chance_of_so_few([0.13] * 25, [0.13] * 20, min(25, all_won), all_won) == 1.0


def test_thousands_of_applications_far_from_usual_are_still_told_apart() -> None:
    own, others = [0.13] * 3000, [0.13] * 1500 + [0.57] * 500
    assert chance_of_so_few(own, others, 5, 400) < 1e-12
    assert chance_of_so_few(own, others, 400, 400) == pytest.approx(1.0)


# What is told ------------------------------------------------------------------------------


def test_kinds_of_role_that_go_very_differently_are_told_apart() -> None:
    pasts = [*tried(0, 40, family="analyst"), *tried(14, 16, family="planner", age=201)]
    (split,) = by(pasts, By.FAMILY)
    assert [(one.name, one.fewer, one.more) for one in split.groups] == [
        ("analyst", True, False),
        ("planner", False, True),
    ]
    said = words_for(diagnose(pasts, now=NOW)).work_on
    assert any(line.startswith("Planner roles: fourteen of thirty led to a first") for line in said)


def test_a_difference_that_chance_makes_is_told_as_chance() -> None:
    pasts = [*tried(2, 20, family="analyst"), *tried(4, 18, family="planner")]
    (split,) = by(pasts, By.FAMILY)
    assert not split.differs
    assert told(split, by_talks=False) == "They differ no more than chance would make them."
    assert not any("roles" in line for line in words_for(diagnose(pasts, now=NOW)).work_on)


def test_what_is_usual_for_a_route_is_no_difference() -> None:
    pasts = [*tried(5, 35), *tried(9, 7, route=Route.REFERRAL, age=201)]
    (split,) = by(pasts, By.ROUTE)
    assert [round(group.share.usual, 6) for group in split.groups] == [0.13, 0.57]
    assert not split.differs


def test_a_change_in_time_is_told_with_its_day() -> None:
    pasts = [*tried(0, 40, age=300), *tried(16, 24, age=100)]
    (split,) = by(pasts, By.TIME)
    said = told(split, by_talks=False)
    assert said.startswith("Begun since 13 August 2026: sixteen of forty led to a first call;")
    assert said.endswith("Whatever you changed then, keep it.")
    later_worse = [*tried(16, 24, age=300), *tried(0, 40, age=100)]
    (split,) = by(later_worse, By.TIME)
    assert told(split, by_talks=False).endswith("Look at what changed then.")


def test_groups_under_five_are_in_no_split() -> None:
    pasts = [*tried(0, 30, family="analyst"), *tried(4, 0, family="planner")]
    assert by(pasts, By.FAMILY) == []


def test_applications_of_one_day_are_in_no_split_by_time() -> None:
    day = NOW - timedelta(days=90)
    pasts = [Past(Stage.APPLICATION, Outcome.REJECTED, day, day) for _ in range(40)]
    assert splits(pasts, Market.GENERAL, NOW) == ()


def test_the_newest_are_left_out_since_calls_come_before_silence_ends() -> None:
    old, new = tried(3, 30, age=200), tried(9, 0, age=SETTLED.days - 1)
    for split in splits([*old, *new], Market.GENERAL, NOW):
        assert sum(group.share.tried for group in split.groups) <= len(old)


def test_the_more_is_looked_at_the_less_chance_may_explain() -> None:
    assert each_level(8, 40) == each_level(2, 40) / 4
    assert each_level(2, 120) == each_level(2, 60) / 2 == each_level(2, 20) / 2


PASTS = st.lists(
    st.builds(
        Past,
        st.sampled_from(Stage),
        st.sampled_from(Outcome),
        st.integers(50, 400).map(lambda days: NOW - timedelta(days=days)),
        st.integers(0, 49).map(lambda days: NOW - timedelta(days=days)),
        st.sampled_from(Route),
        st.sampled_from(["", "analyst", "planner"]),
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=60)
@given(PASTS, st.randoms(use_true_random=False), st.sampled_from(Market))
def test_the_order_in_which_applications_are_given_changes_nothing(
    pasts: list[Past], shuffled: object, market: Market
) -> None:
    other = list(pasts)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    one = as_record(diagnose(pasts, market=market, now=NOW))
    assert one == as_record(diagnose(other, market=market, now=NOW))


# Kinds of role -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "family"),
    [
        ("Senior Data Analyst (m/f/d), Bremen", "analyst"),
        ("Analyst", "analyst"),
        ("Datenanalyst", "analyst"),
        ("Software Engineer II", "engineer"),
        ("Softwareentwicklerin", "entwickler"),
        ("Entwickler*in", "entwickler"),
        ("Product Manager", "product manager"),
        ("Manager, Product", "product manager"),
        ("Head of Marketing", "marketing head"),
        ("Office Manager - Leeds", "office manager"),
        ("Projektmanager", "projekt manager"),
        ("Teacher of Mathematics", "teacher"),
        ("", ""),
        ("Something else", ""),
        ("***", ""),
    ],
)
def test_roles_of_one_kind_are_one_family(role: str, family: str) -> None:
    assert family_of(role) == family


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_words_have_a_family_or_none(role: str) -> None:
    assert family_of(role) == family_of(role).strip().casefold()
