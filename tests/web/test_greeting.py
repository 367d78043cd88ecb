"""The greeting on the home page goes by the person's own clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kindregards.web.plan.greeting import greeting


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (0, "Hello"),
        (4, "Hello"),
        (5, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (18, "Good evening"),
        (23, "Good evening"),
    ],
)
def test_each_hour_has_a_greeting_that_fits_it(hour: int, said: str) -> None:
    now = datetime(2026, 11, 3, hour, 30, tzinfo=UTC)
    assert greeting("Mara", now) == f"{said}, Mara"
    assert greeting("", now) == said
