"""What sort of evening it is, as far as the record tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kindregards.core.letters.reading import Stage, Style
from kindregards.core.mood import MANY_REJECTIONS, MANY_WITHIN
from kindregards.core.speeches.speech import Evening

FRESH = timedelta(hours=24)
DAY_AFTER = timedelta(hours=48)
MANY_FORMS = 10
SUNDAY = 6
EVENING_FROM, NIGHT_FROM, NIGHT_TO = 16, 23, 5
SILENT_FOR = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A rejection as far as the evening is concerned. `at` is aware, in the person's own zone."""

    at: datetime
    stage: Stage
    style: Style | None = None
    has_kind_words: bool = False


def evenings(
    rejections: list[Rejected],
    *,
    now: datetime,
    is_invited: bool = False,
    silent_since: datetime | None = None,
) -> frozenset[Evening]:
    """What this evening is, which may be several things.

    `is_invited` says that an interview is to come, and `silent_since` when the oldest application
    that waits for an answer was last heard of. Times are aware and in the person's own zone.
    """
    told: set[Evening] = set()
    latest = max(rejections, key=lambda one: one.at, default=None)
    if latest is not None and timedelta(0) <= now - latest.at <= FRESH:
        told |= _of_a_letter(latest)
        forms = sum(one.style is Style.FORM for one in rejections)
        told |= {Evening.FORM} if latest.style is Style.FORM and forms >= MANY_FORMS else set()
    elif latest is not None and timedelta(0) <= now - latest.at <= DAY_AFTER:
        told.add(Evening.DAY_AFTER)
    elif silent_since is not None and now - silent_since >= SILENT_FOR:
        told.add(Evening.SILENCE)
    if is_invited:
        told.add(Evening.TOMORROW)
    return frozenset(told | _by_the_clock(now))


def is_offered_first(rejections: list[Rejected], *, now: datetime) -> bool:
    """Whether something to hear comes before any work: on the day of a letter, or after three
    rejections within two weeks."""
    recent = [one.at for one in rejections if now - MANY_WITHIN <= one.at <= now]
    return len(recent) >= MANY_REJECTIONS or any(now - at <= FRESH for at in recent)


def _of_a_letter(latest: Rejected) -> set[Evening]:
    if latest.stage in (Stage.FINAL, Stage.OFFER):
        return {Evening.FINAL}
    if latest.has_kind_words and latest.style is Style.PERSONAL:
        return {Evening.KIND_NO}
    return {Evening.FORM} if latest.style is Style.FORM else set()


def _by_the_clock(now: datetime) -> set[Evening]:
    if now.hour >= NIGHT_FROM or now.hour < NIGHT_TO:
        return {Evening.NIGHT}
    is_sunday = now.weekday() == SUNDAY and now.hour >= EVENING_FROM
    return {Evening.SUNDAY} if is_sunday else set()
