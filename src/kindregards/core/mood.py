"""What marks of mood ask for: a kind exercise (R15), or somebody to talk to (R17).

A mark is what the person said of themselves on a scale of ten. It is no measure of an illness, and
nothing here names one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

BEST = 10
"""The upper end of the scale; the lower is 0 (Appendix C, own wording)."""
GRID = 9
"""Fields of a side of the grid (Appendix C): unpleasant to pleasant, and sleepy to wide awake."""
VERY_LOW = 2
VERY_LOW_DAYS = 3
LOW = 3
MANY_REJECTIONS = 3
MANY_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, 0 to 10, on a day of the person's own calendar."""

    felt: int
    on: date


def felt_on_grid(pleasure: int) -> int:
    """A mark on the grid, 1 to 9, on the scale of ten: 1 is 0, 5 is 5, 9 is 10.

    Halves go up, so that the two lowest columns are those of a mark of 2 or less.
    """
    return (2 * BEST * (pleasure - 1) + GRID - 1) // (2 * (GRID - 1))


def weighs_heavily(marks: Iterable[Mark], *, today: date) -> bool:
    """R17: whether a mark of 2 or less was made on each of three days running.

    The last of them is today or yesterday. The lowest mark of a day counts: a page that offers
    somebody to talk to does no harm to those who felt better by the evening.
    """
    low = {mark.on for mark in marks if mark.felt <= VERY_LOW}
    return any(
        all(last - timedelta(days=back) in low for back in range(VERY_LOW_DAYS))
        for last in (today, today - timedelta(days=1))
    )


def is_too_low_to_write(marks: Sequence[Mark], *, today: date) -> bool:
    """R14: whether today's latest mark is 2 or less; `marks` come with the latest first."""
    return bool(marks) and marks[0].on == today and marks[0].felt <= VERY_LOW


def is_time_for_kindness(
    marks: Sequence[Mark], rejected_at: Iterable[datetime], *, now: datetime
) -> bool:
    """R15: whether today's latest mark is 3 or less, or three rejections came within 14 days.

    `marks` come with the latest first; `now` is aware and in the person's own zone.
    """
    if marks and marks[0].on == now.date() and marks[0].felt <= LOW:
        return True
    recent = sum(now - MANY_WITHIN <= moment <= now for moment in rejected_at)
    return recent >= MANY_REJECTIONS
