"""Two small drawings: the days in which the letter is welcome, and how many answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kindregards.core.outreach import AnswerChance, Moment, SendWindow

DRAWN_DAYS = 7
TITLES = {
    Moment.EARLY: "Sleep on it first",
    Moment.BEST: "Now is a good time",
    Moment.GOOD: "Still a good time",
    Moment.LATE: "Late, and not too late",
    Moment.CLOSED: "Too late for this question",
}


@dataclass(frozen=True, slots=True)
class WhenLine:
    """A line of seven days from the letter on; places are in percent of its length."""

    title: str
    label: str
    good_from: str
    good_width: str
    now: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One of ten dots, at its place along the row."""

    x: int
    is_yes: bool


def when_line(window: SendWindow, now: datetime) -> WhenLine:
    """The drawing of a window (R2)."""
    title = TITLES[window.moment]
    good_from = _percent(window.opens_at - window.letter_at)
    return WhenLine(
        title=title,
        label=(
            f"A line of seven days from the letter on {window.letter_at:%B} "
            f"{window.letter_at.day}. The good days are the second and third. {title}."
        ),
        good_from=f"{good_from:.1f}",
        good_width=f"{_percent(window.best_until - window.letter_at) - good_from:.1f}",
        now=f"{min(99.0, max(1.0, _percent(now - window.letter_at))):.1f}",
    )


def dots(chance: AnswerChance) -> list[Dot]:
    """Ten dots, as many of them filled as answers may be hoped for (R6)."""
    return [Dot(6 + 16 * place, place < chance.in_ten) for place in range(10)]


def _percent(age: timedelta) -> float:
    return 100 * (age / timedelta(days=DRAWN_DAYS))
