"""When a page suggests to put one rejection away for today (R16)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.rest import APART, WITHIN, Circling, circling, openings, rest_for

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _at(hour: int, minute: int = 0, *, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("earlier", "now", "letter_age", "expected"),
    [
        # the third revisit within seven days
        ([NOON - 3 * DAY, NOON - 2 * DAY, NOON - DAY], NOON, DAY * 4, Circling.WEEK),
        ([NOON - 2 * DAY, NOON - DAY], NOON, DAY * 4, None),
        ([NOON - 8 * DAY, NOON - 2 * DAY, NOON - DAY], NOON, DAY * 9, None),
        ([NOON - 3 * HOUR, NOON - 2 * HOUR, NOON - HOUR], NOON, DAY, Circling.WEEK),
        # looking at several pages of one rejection at once is one opening
        ([NOON - timedelta(minutes=n) for n in (25, 15, 10, 5)], NOON, DAY, None),
        # three times in one evening
        ([_at(18), _at(19, 30)], _at(21), DAY, Circling.EVENING),
        ([_at(17), _at(19, 30)], _at(21), DAY, None),
        ([_at(18), _at(18, 10)], _at(21), DAY, None),
        # twice in one night
        ([_at(21, 30)], _at(23, 30), DAY, Circling.NIGHT),
        ([_at(22)], _at(1, day=24), DAY, Circling.NIGHT),
        ([_at(2)], _at(23, 30), DAY, None),
        ([], _at(3), DAY, None),
        # an old one, the third time in a week
        ([NOON - 3 * DAY, NOON - DAY], NOON, DAY * 40, Circling.OLD),
        ([NOON - DAY], NOON, DAY * 40, None),
        ([], NOON, DAY * 400, None),
    ],
)
def test_it_is_time_to_rest(
    earlier: list[datetime], now: datetime, letter_age: timedelta, expected: Circling | None
) -> None:
    assert circling(earlier, now=now, letter_at=now - letter_age) is expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(5, None), (24, None), (25, Circling.LONG), (60, Circling.LONG), (120, None), (6000, None)],
)
def test_a_sitting_about_the_meaning_closes_after_twenty_five_minutes(
    minutes: int, expected: Circling | None
) -> None:
    began_at = NOON - timedelta(minutes=minutes)
    found = circling([], now=NOON, letter_at=NOON - DAY, sitting_began_at=began_at)
    assert found is expected


def test_the_evening_is_the_one_of_the_persons_own_clock() -> None:
    there = ZoneInfo("America/Los_Angeles")  # eight hours behind
    earlier = [_at(18), _at(19, 30)]
    now = _at(21).astimezone(there)  # one in the afternoon
    assert circling(earlier, now=now, letter_at=now - DAY) is None


@given(st.lists(st.timedeltas(-2 * WITHIN, 2 * WITHIN)))
def test_openings_are_of_the_last_seven_days_and_half_an_hour_apart(
    ages: list[timedelta],
) -> None:
    counted = openings([NOON - age for age in ages], NOON)
    assert all(NOON - WITHIN <= moment <= NOON for moment in counted)
    pairs = pairwise(counted)
    assert all(later - earlier >= APART for earlier, later in pairs)
    assert counted


@given(st.lists(st.timedeltas(timedelta(0), WITHIN), max_size=2))
def test_by_day_a_fresh_rejection_may_be_opened_three_times_a_week(ages: list[timedelta]) -> None:
    earlier = [NOON - age for age in ages]
    assert circling(earlier, now=NOON, letter_at=NOON - DAY) is None


@pytest.mark.parametrize("found", Circling)
@pytest.mark.parametrize("has_plan", [True, False])
def test_the_suggestion_names_one_thing_to_do_and_blames_nobody(
    found: Circling, has_plan: bool
) -> None:
    rest = rest_for(found, has_plan=has_plan)
    if found is not Circling.LONG:
        assert ("You have the plan" in rest.noticed) is has_plan
    assert rest.instead
    for word in ("!", "should", "obsess", "too often", "stop "):
        assert word not in f"{rest.noticed} {rest.instead}"
