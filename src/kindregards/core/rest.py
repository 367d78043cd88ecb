"""When to suggest putting one rejection away for today (R16, Appendix E: the rumination stop).

Going over a loss once, from a distance, helps; replaying it does not (Kross and Ayduk 2008). What
is counted are openings at least half an hour apart. R16 gives the third revisit within seven days;
the evening, the night and the old letter are our own judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WITHIN = timedelta(days=7)
APART = timedelta(minutes=30)
"""Openings that are closer than this are one."""
REVISITS = 3
IN_ONE_EVENING = 3
IN_ONE_NIGHT = 2
OF_AN_OLD_ONE = 3
OLD = timedelta(days=30)
LONG_SITTING = timedelta(minutes=25)
"""Appendix E: the sitting about the meaning closes after 25 minutes."""
OTHER_SITTING = timedelta(hours=2)
"""Who comes back later than this has not sat there all the while. [design]"""
DAY_BEGINS, EVENING_BEGINS, NIGHT_BEGINS = 5, 18, 23  # hours of the person's own clock


class Circling(StrEnum):
    """What shows that one comes back to the same rejection again and again, or stays at it."""

    LONG = "long"
    NIGHT = "night"
    EVENING = "evening"
    OLD = "old"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Rest:
    """A suggestion to stop: what was noticed, and one small thing to do in its place."""

    noticed: str
    instead: str


def openings(moments: Sequence[datetime], now: datetime) -> list[datetime]:
    """The openings of the last seven days with this one, in order, those close together as one.

    A clock that was set back leaves moments that are still to come; they are left out.
    """
    counted: list[datetime] = []
    for moment in sorted([*moments, now]):
        is_recent = now - WITHIN <= moment <= now
        if is_recent and (not counted or moment - counted[-1] >= APART):
            counted.append(moment)
    return counted


def circling(
    moments: Sequence[datetime],
    *,
    now: datetime,
    letter_at: datetime,
    sitting_began_at: datetime | None = None,
) -> Circling | None:
    """What shows that it is time to stop; None where nothing does.

    `moments` are earlier openings of what belongs to one rejection, and `sitting_began_at` when
    the sitting about its meaning was begun, if this is one of its screens. All times are aware and
    `now` is in the person's own zone.
    """
    if sitting_began_at and LONG_SITTING <= now - sitting_began_at < OTHER_SITTING:
        return Circling.LONG
    opened = [moment.astimezone(now.tzinfo) for moment in openings(moments, now)]
    evening = [moment for moment in opened if _evening_of(moment) == _evening_of(now)]
    if _is_night(now) and len(evening) >= IN_ONE_NIGHT:
        return Circling.NIGHT
    if _is_evening(now) and len(evening) >= IN_ONE_EVENING:
        return Circling.EVENING
    if now - letter_at > OLD and len(opened) >= OF_AN_OLD_ONE:
        return Circling.OLD
    return Circling.WEEK if len(opened) > REVISITS else None


def rest_for(found: Circling, *, has_plan: bool) -> Rest:
    """The words of the suggestion. `has_plan` says whether the meaning was thought through."""
    known = "You have the plan" if has_plan else "What it says will be the same tomorrow"
    return Rest(_NOTICED[found].format(known=known), _INSTEAD[found])


_NOTICED = {
    Circling.LONG: "You have been at this for twenty-five minutes. What you wrote is kept.",
    Circling.NIGHT: "It is late, and this letter has been open before tonight. {known}.",
    Circling.EVENING: "This is the third time this evening. {known}.",
    Circling.OLD: "This one is over a month old, and you have come back to it a few times this "
    "week. {known}.",
    Circling.WEEK: "You have come back to this one several times this week. {known}.",
}
_INSTEAD = {
    Circling.LONG: "If the one plan is written, that is enough. Say its first words "
    "aloud, or walk.",
    Circling.NIGHT: "Write one line on paper about what must not be forgotten, and let the rest "
    "wait for daylight.",
    Circling.EVENING: "Ring somebody you like, or walk once around the block.",
    Circling.OLD: "A walk, a call, or one answer said aloud would do more than one more look.",
    Circling.WEEK: "Say one answer aloud, ring somebody, or go for a walk.",
}


def _evening_of(moment: datetime) -> tuple[object, bool]:
    """The evening that a moment belongs to: an evening lasts until five in the morning."""
    shifted = moment - timedelta(hours=DAY_BEGINS)
    return shifted.date(), _is_evening(moment)


def _is_evening(moment: datetime) -> bool:
    return moment.hour >= EVENING_BEGINS or moment.hour < DAY_BEGINS


def _is_night(moment: datetime) -> bool:
    return moment.hour >= NIGHT_BEGINS or moment.hour < DAY_BEGINS
