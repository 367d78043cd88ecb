"""Two small drawings: the days in which the letter is welcome, and how many answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kindregards.core.outreach import AnswerChance, Direction, Moment, SendWindow
from kindregards.core.outreach.cadence import Exchange

DRAWN_DAYS = 7
TITLES = {
    Moment.EARLY: "Sleep on it first",
    Moment.BEST: "Now is a good time",
    Moment.GOOD: "Still a good time",
    Moment.LATE: "Late, and not too late",
    Moment.CLOSED: "Too late for this question",
}

GOOD_DAYS = "These are the good days"
"""Said where the next good morning is still to come."""


@dataclass(frozen=True, slots=True)
class WhenLine:
    """A line of seven days from the letter on; places are in percent of its length."""

    title: str
    label: str
    good_from: str
    good_width: str
    now: str


@dataclass(frozen=True, slots=True)
class RestLine:
    """The words of the last weeks on a line, and the rest after them; places are in percent."""

    label: str
    sent: list[str]
    heard: list[str]
    rest_from: str
    rest_width: str
    now: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One of ten dots, at its place along the row."""

    x: int
    is_yes: bool


def when_line(window: SendWindow, now: datetime) -> WhenLine:
    """The drawing of a window (R2)."""
    waits = window.moment is Moment.BEST and window.next_at > now
    title = GOOD_DAYS if waits else TITLES[window.moment]
    good_from = _percent(window.opens_at - window.letter_at)
    return WhenLine(
        title=title,
        label=(
            f"A line of seven days from the letter on {window.letter_at.day} "
            f"{window.letter_at:%B}. The good days are the second and third. {title}."
        ),
        good_from=f"{good_from:.1f}",
        good_width=f"{_percent(window.best_until - window.letter_at) - good_from:.1f}",
        now=f"{min(99.0, max(1.0, _percent(now - window.letter_at))):.1f}",
    )


def rest_line(exchange: Exchange, until: datetime, now: datetime) -> RestLine:
    """The drawing of the contact budget (R8): who wrote when, and until when it rests."""
    begin = min(now, *(touch.at for touch in exchange.sent)) - MARGIN
    begin = max(begin, now - LONGEST_DRAWN)
    whole = until + MARGIN - begin

    def place(at: datetime) -> float:
        return 100 * ((at - begin) / whole)

    shown = [touch for touch in exchange.touches if touch.at > begin]
    last = max(touch.at for touch in exchange.sent)
    return RestLine(
        label=(
            f"A line of days. You wrote {len(exchange.sent)} times, last on {_day(last)}. "
            f"The next word is welcome from {_day(until)}."
        ),
        sent=[f"{place(touch.at):.1f}" for touch in shown if touch.direction is Direction.OUT],
        heard=[f"{place(touch.at):.1f}" for touch in shown if touch.direction is Direction.IN],
        rest_from=f"{max(place(last), 0):.1f}",
        rest_width=f"{place(until) - max(place(last), 0):.1f}",
        now=f"{place(now):.1f}",
    )


MARGIN = timedelta(days=4)
LONGEST_DRAWN = timedelta(days=60)


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B}"


def dots(chance: AnswerChance) -> list[Dot]:
    """Ten dots, as many of them filled as answers may be hoped for (R6)."""
    return [Dot(6 + 16 * place, place < chance.in_ten) for place in range(10)]


def _percent(age: timedelta) -> float:
    return 100 * (age / timedelta(days=DRAWN_DAYS))
