"""When a letter is welcome: the window after the other side's letter (R2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

OPENS = timedelta(hours=24)
BEST_UNTIL = timedelta(hours=72)
LATEST = timedelta(days=7)
CLOSES = timedelta(days=14)
MORNING = (8, 11)


class Moment(StrEnum):
    """Where now lies in the window."""

    EARLY = "early"
    BEST = "best"
    GOOD = "good"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SendWindow:
    """The window for an answer to a letter. All times are aware, in the letter's own offset.

    From `opens_at` it is welcome, best until `best_until`, fine until `latest_at`; from
    `closes_at` on a touch of the network takes its place. `next_at` is the start of the next good
    weekday morning (08:00 to 11:00), or now if it is one. `sentence` says it in plain words.
    """

    letter_at: datetime
    opens_at: datetime
    best_until: datetime
    latest_at: datetime
    closes_at: datetime
    next_at: datetime
    moment: Moment
    sentence: str


def send_window(letter_at: datetime, now: datetime) -> SendWindow:
    """The window that a letter opens (R2), as it stands `now`; both aware.

    The other side's zone is taken to be that of their letter's own UTC offset, and a day ahead is
    named by its weekday there. A letter dated in the future counts as written now.
    """
    local_now = now.astimezone(letter_at.tzinfo)
    opens_at = letter_at + OPENS
    moment = _moment(local_now - letter_at)
    next_at = good_morning(max(opens_at, local_now))
    return SendWindow(
        letter_at=letter_at,
        opens_at=opens_at,
        best_until=letter_at + BEST_UNTIL,
        latest_at=letter_at + LATEST,
        closes_at=letter_at + CLOSES,
        next_at=next_at,
        moment=moment,
        sentence=_sentence(moment, letter_at, next_at, local_now),
    )


def good_morning(from_at: datetime) -> datetime:
    """The first moment from `from_at` on that lies on a weekday between 08:00 and 11:00."""
    first, last = MORNING
    if from_at.weekday() < 5 and first <= from_at.hour < last:
        return from_at
    day = from_at.date() + timedelta(days=0 if from_at.hour < first else 1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(first), from_at.tzinfo)


def kept_until(at: datetime) -> str:
    """What is offered where a letter is better kept, with the day and the time."""
    return f"Keep it until {at:%A}, {at.day} {at:%B}, {at:%H:%M}."


def _moment(age: timedelta) -> Moment:
    if age < OPENS:
        return Moment.EARLY
    if age <= BEST_UNTIL:
        return Moment.BEST
    if age <= LATEST:
        return Moment.GOOD
    return Moment.LATE if age <= CLOSES else Moment.CLOSED


def _sentence(moment: Moment, letter_at: datetime, next_at: datetime, now: datetime) -> str:
    if moment is Moment.CLOSED:
        return "The letter is more than two weeks old. A word on another occasion is better now."
    when = f"{_day(next_at, now)} before {MORNING[1]}, {_age(next_at - letter_at)} after the letter"
    if moment is Moment.EARLY:
        return f"{when}, is a good time."
    if moment is Moment.LATE:
        return f"It is late for this letter, and not too late. {when}."
    return f"{when}."


def _day(at: datetime, now: datetime) -> str:
    if at.date() == now.date():
        return "Today"
    return f"{at:%A}" if at - now < timedelta(days=7) else f"{at:%A}, {at.day} {at:%B}"


def _age(age: timedelta) -> str:
    halves = round(age / timedelta(hours=12))
    days, half = divmod(halves, 2)
    if days == 0:
        return "half a day"
    if days == 1:
        return "a day and a half" if half else "a day"
    return f"{_NUMBERS.get(days, str(days))}{' and a half' if half and days < 4 else ''} days"


_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}
