"""When marks of mood ask for kindness (R15), for no writing today (R14), or for somebody (R17)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.mood import (
    BEST,
    Mark,
    is_time_for_kindness,
    is_too_low_to_write,
    weighs_heavily,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)


def _marks(*told: tuple[int, int]) -> list[Mark]:
    """Marks as (days ago, felt), the latest first."""
    return [Mark(felt, TODAY - timedelta(days=ago)) for ago, felt in told]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (_marks((0, 2), (1, 2), (2, 2)), True),
        (_marks((0, 0), (1, 1), (2, 2)), True),
        (_marks((1, 2), (2, 1), (3, 0)), True),
        (_marks((0, 7), (0, 2), (1, 2), (2, 2)), True),
        (_marks((0, 2), (1, 3), (2, 2)), False),
        (_marks((0, 2), (1, 2), (3, 2)), False),
        (_marks((0, 2), (0, 1), (0, 0)), False),
        (_marks((2, 1), (3, 1), (4, 1)), False),
        (_marks((0, 3), (1, 3), (2, 3)), False),
        ([], False),
    ],
)
def test_three_days_running_of_two_or_less_weigh_heavily(marks: list[Mark], expected: bool) -> None:
    assert weighs_heavily(marks, today=TODAY) is expected


MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(0, BEST),
        st.integers(0, 6).map(lambda ago: TODAY - timedelta(days=ago)),
    )
)


@given(MARKS)
def test_what_weighs_heavily_has_a_very_low_mark_on_three_days(marks: list[Mark]) -> None:
    low = {mark.on for mark in marks if mark.felt <= 2}
    if weighs_heavily(marks, today=TODAY):
        assert len(low) >= 3


@given(MARKS, MARKS)
def test_more_marks_never_take_the_offer_away(some: list[Mark], more: list[Mark]) -> None:
    if weighs_heavily(some, today=TODAY):
        assert weighs_heavily([*more, *some], today=TODAY)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (_marks((0, 2)), True),
        (_marks((0, 3), (0, 0)), False),
        (_marks((1, 0)), False),
        ([], False),
    ],
)
def test_writing_waits_for_another_day_where_the_latest_mark_of_today_is_very_low(
    marks: list[Mark], expected: bool
) -> None:
    assert is_too_low_to_write(marks, today=TODAY) is expected


@pytest.mark.parametrize(
    ("marks", "days_ago", "expected"),
    [
        (_marks((0, 3)), [], True),
        (_marks((0, 4)), [], False),
        (_marks((1, 0)), [], False),
        ([], [1, 7, 13], True),
        ([], [1, 7, 15], False),
        ([], [1, 7], False),
        ([], [1, 7, -1], False),
        (_marks((0, 9)), [0, 0, 0], True),
    ],
)
def test_kindness_is_offered_on_a_low_mark_or_after_three_rejections_in_two_weeks(
    marks: list[Mark], days_ago: list[int], expected: bool
) -> None:
    rejected = [NOW - timedelta(days=ago) for ago in days_ago]
    assert is_time_for_kindness(marks, rejected, now=NOW) is expected
