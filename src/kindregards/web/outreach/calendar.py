"""The contact budget as a small calendar: who wrote when, and from when on a word is welcome."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from kindregards.core.outreach import Direction
from kindregards.core.outreach.cadence import Exchange

MONTHS_BACK = 2
MONTHS_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `mark` is "you", "they", "rest", "welcome" or "", and `said` says it in words."""

    number: int
    mark: str
    said: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month as rows of seven days from Monday on; None stands for days of another month."""

    name: str
    weeks: list[list[Day | None]]


def months(exchange: Exchange, welcome_from: datetime | None, now: datetime) -> list[Month]:
    """The months from the first word shown to the day from which the next one is welcome (R8)."""
    today = timezone.localtime(now).date()
    until = timezone.localtime(welcome_from).date() if welcome_from else today
    sent = [timezone.localtime(touch.at).date() for touch in exchange.sent]
    first = max(min([*sent, today]), today - timedelta(days=31 * MONTHS_BACK))
    marks = dict(_marks(exchange, until, max(sent, default=today)))
    return [
        _month(year, month, marks, today)
        for year, month in list(_between(first, until))[-MONTHS_AT_MOST:]
    ]


def _marks(exchange: Exchange, until: date, last: date) -> Iterator[tuple[date, tuple[str, str]]]:
    for ahead in range((until - last).days):
        yield last + timedelta(days=ahead), ("rest", "rest")
    yield until, ("welcome", "a word is welcome")
    for touch in exchange.touches:
        mine = touch.direction is Direction.OUT
        on = timezone.localtime(touch.at).date()
        yield on, ("you", "you wrote") if mine else ("they", "they wrote")


def _between(first: date, last: date) -> Iterator[tuple[int, int]]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _month(year: int, month: int, marks: dict[date, tuple[str, str]], today: date) -> Month:
    def day(on: date) -> Day | None:
        if on.month != month:
            return None
        mark, said = marks.get(on, ("", ""))
        return Day(on.day, mark, said, on == today)

    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return Month(f"{date(year, month, 1):%B %Y}", [[day(on) for on in week] for week in weeks])
