"""When the next word to somebody is due, and how the words of many share the weeks (R8, R27).

Days are the person's own calendar days. Nothing here remembers what was shown: each of the people
has one next word at most, so that whatever was missed is told once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kindregards.core.outreach.cadence import AFTER_TWO, BETWEEN, REST

AFTER_A_REJECTION = (timedelta(days=30), timedelta(days=90), timedelta(days=180))  # R27
BETWEEN_TWO = timedelta(days=30)  # R8: once a matter is closed, and only with a reason
LET_GO_AFTER = timedelta(days=60)
"""A day after a rejection that passed so long ago is let go, and the next takes its place: what
comes out of an old mailbox asks for nothing. [design]"""
DORMANT_AFTER = timedelta(days=3 * 365)  # R27
WEEKLY = 5
DORMANT_WEEKLY = 2


class Closeness(StrEnum):
    """How close somebody is, as the person says; `rest` is to be left in peace."""

    CLOSE = "close"
    WARM = "warm"
    WEAK = "weak"
    REST = "rest"


EVERY = {
    Closeness.CLOSE: timedelta(days=30),
    Closeness.WARM: timedelta(days=90),
    Closeness.WEAK: timedelta(days=180),
}
"""How long after the last word the next one is due, where no rejection says otherwise. [design]"""


class Why(StrEnum):
    """What makes a word due."""

    OCCASION = "occasion"
    REJECTION = "rejection"
    CLOSENESS = "closeness"
    DORMANT = "dormant"


@dataclass(frozen=True, slots=True)
class Reason:
    """An occasion, from its day to the last day on which a word about it is natural."""

    on: date
    until: date


@dataclass(frozen=True, slots=True)
class Tie:
    """What is known of one of the people.

    `last_on` is when the last word was, either way, and `written_on` the days of the person's own
    last two, of which `unanswered` came after anything from them. `ended_on` is when an application
    of theirs ended in a rejection; `passed_on` when the person last passed over a reminder, and
    `put_off_until` the day before which they want none.
    """

    last_on: date | None = None
    written_on: tuple[date, ...] = ()
    unanswered: int = 0
    ended_on: date | None = None
    closeness: Closeness | None = None
    passed_on: date | None = None
    put_off_until: date | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """The next word to somebody: from which day it is due, why, and the last day for it, if any."""

    on: date
    why: Why
    until: date | None = None


def next_word(tie: Tie, today: date) -> Next | None:
    """The one next word to somebody; None where nothing is due, however long one waits.

    An occasion comes first where its day does; else 30, 90 and 180 days after a rejection (R27),
    else by closeness, else after three years of silence. Whatever it is, it waits until a word is
    welcome (R8): so a word more from the person only ever moves it later.
    """
    if tie.closeness is Closeness.REST:
        return None
    floor = max(welcome_on(tie), tie.put_off_until or date.min)
    usual = _after_a_rejection(tie, today) or _by_closeness(tie, today)
    found = [_not_before(usual, floor)] if usual else []
    for reason in tie.reasons:
        on = max(reason.on, floor)
        if on <= reason.until and today <= reason.until:
            found.append(Next(on, Why.OCCASION, reason.until))
    return min(found, key=lambda one: (one.on, one.why is not Why.OCCASION), default=None)


def welcome_on(tie: Tie) -> date:
    """The first day on which a word is welcome by R8; `date.min` where there was none.

    A week after the last word either way; after two of the person's own, 30 days from the first of
    them; after two without an answer, 90 days of rest.
    """
    if tie.last_on is None:
        return date.min
    days = [tie.last_on + BETWEEN]
    if tie.unanswered and len(tie.written_on) >= 2:
        days.append(tie.written_on[-2] + AFTER_TWO)
    if tie.unanswered >= 2:
        days.append(tie.written_on[-1] + REST)
    return max(days)


def _not_before(one: Next, floor: date) -> Next:
    return Next(max(one.on, floor), one.why, one.until)


def _since(tie: Tie) -> date | None:
    days = (tie.last_on, tie.passed_on, tie.ended_on)
    return max([day for day in days if day is not None], default=None)


def _after_a_rejection(tie: Tie, today: date) -> Next | None:
    if tie.ended_on is None:
        return None
    since = _since(tie) or tie.ended_on
    days = (tie.ended_on + after for after in AFTER_A_REJECTION)
    ahead = [day for day in days if day > since and day >= today - LET_GO_AFTER]
    return Next(max(ahead[0], since + BETWEEN_TWO), Why.REJECTION) if ahead else None


def _by_closeness(tie: Tie, today: date) -> Next | None:
    since = _since(tie)
    if since and tie.ended_on:
        # It takes over where the days after the rejection end, so that none moves back.
        since = max(since, tie.ended_on + AFTER_A_REJECTION[-1])
    if tie.closeness is not None:
        return Next(since + EVERY[tie.closeness] if since else today, Why.CLOSENESS)
    return Next(since + DORMANT_AFTER, Why.DORMANT) if since and tie.last_on else None


# How many share the weeks ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose next word is due from a day on. `house` is an employer's key, or ""."""

    key: int
    on: date
    house: str = ""
    is_dormant: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A word that the person wrote to anybody, on its day."""

    on: date
    house: str = ""
    is_dormant: bool = False


def spread(
    waiting: Iterable[Waiting], written: Sequence[Written], today: date, until: date
) -> list[tuple[Waiting, date]]:
    """Each of those waiting on the first day that has room for it, from today to `until`.

    At most five words in any seven days with those written, two of them to dormant ties (R27), and
    one a week to an employer (R8). Who does not fit any more is left out. In order of the days.
    """
    weeks = _Weeks(written)
    placed = []
    for one in sorted(waiting, key=lambda one: (one.is_dormant, one.on, one.key)):
        on = weeks.take(one, max(one.on, today), until)
        if on is not None:
            placed.append((one, on))
    return sorted(placed, key=lambda pair: (pair[1], pair[0].is_dormant, pair[0].on, pair[0].key))


class _Weeks:
    """How many words each day has."""

    def __init__(self, written: Sequence[Written]) -> None:
        self.all = Counter(one.on for one in written)
        self.dormant = Counter(one.on for one in written if one.is_dormant)
        self.houses: dict[str, list[date]] = {}
        for one in written:
            self.houses.setdefault(one.house, []).append(one.on)

    def take(self, one: Waiting, first: date, until: date) -> date | None:
        """Take the first free day; None where there is none to the last."""
        for ahead in range(max(0, (until - first).days + 1)):
            on = first + timedelta(days=ahead)
            if self._is_free(one, on):
                self.all[on] += 1
                self.dormant[on] += one.is_dormant
                self.houses.setdefault(one.house, []).append(on)
                return on
        return None

    def _is_free(self, one: Waiting, on: date) -> bool:
        if one.house and any(abs(on - day) < BETWEEN for day in self.houses.get(one.house, ())):
            return False
        if one.is_dormant and _fullest(self.dormant, on) >= DORMANT_WEEKLY:
            return False
        return _fullest(self.all, on) < WEEKLY


def _fullest(days: Counter[date], on: date) -> int:
    """The most words that any seven days with this one have."""
    around = [days[on + timedelta(days=off)] for off in range(-6, 7)]
    return max(sum(around[at : at + 7]) for at in range(7))
