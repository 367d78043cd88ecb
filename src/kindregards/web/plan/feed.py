"""Reminders for a calendar: the words that are due, and the steps of plans, as days."""

from __future__ import annotations

import hmac
import secrets
import uuid
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from kindregards.core.calendar_file import Day, as_calendar
from kindregards.core.network.rhythm import Why
from kindregards.web.accounts.services import hash_of
from kindregards.web.models import CalendarFeed, Reminder, User
from kindregards.web.network.due import people_ahead
from kindregards.web.network.noticing import occasions_now
from kindregards.web.network.words import said_idea
from kindregards.web.plan.queries import Due, steps_ahead
from kindregards.web.rhythm import local_day

AHEAD = timedelta(days=190)
"""So far ahead days are told: the last word after a rejection lies within it (R27)."""
TOKEN_BYTES = 32  # 256 bits: no guess will find it
NAME = "Kind Regards"
UNNAMED = "A word to somebody"
UNNAMED_STEP = "A step of your plan"
UNNAMED_NOTE = "Kind Regards knows who, and what."


@transaction.atomic
def make_feed(*, owner: User, now: datetime) -> CalendarFeed:
    """Give the calendar a new address; the one before shows nothing from now on."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    told = {"token": token, "token_hash": hash_of(token), "made_at": now}
    feed, _made = CalendarFeed.objects.update_or_create(owner=owner, defaults=told)
    return feed


def name_in_feed(*, owner: User, shows_names: bool) -> None:
    """Keep whether people and employers are named in the calendar."""
    CalendarFeed.objects.filter(owner=owner).update(shows_names=shows_names)


def revoke_feed(*, owner: User) -> None:
    """Let the address show nothing any more."""
    CalendarFeed.objects.filter(owner=owner).delete()


def feed_at(token: str) -> CalendarFeed | None:
    """The feed of that address; None for every other. How long it takes tells a guesser nothing."""
    found = CalendarFeed.objects.filter(token_hash=hash_of(token)).select_related("owner").first()
    known = found.token if found is not None else secrets.token_urlsafe(TOKEN_BYTES)
    same = hmac.compare_digest(known.encode(), token.encode("utf-8", "surrogatepass"))
    return found if same and found is not None and found.owner.is_active else None


def calendar_of(owner: User, now: datetime, *, shows_names: bool) -> bytes:
    """All reminders of the owner as a calendar, in their own time zone, which is active.

    Asks the database as often for many people as for one.
    """
    days = [*_words(owner, now, shows_names), *_steps(owner, now, shows_names)]
    return as_calendar(sorted(days, key=lambda one: (one.on, one.uid)), NAME)


def _words(owner: User, now: datetime, shows_names: bool) -> Iterator[Day]:
    placed = people_ahead(owner, now, until=local_day(now) + AHEAD)
    people = [one.contact for one, _on in placed]
    reasons = {one.contact_id: one for one in occasions_now(owner, now).filter(contact__in=people)}
    for one, on in placed:
        why, reason = Why(one.why), reasons.get(one.contact_id)
        yield Day(
            uid=_uid(f"word/{one.contact.uid}"),
            on=on,
            title=_named(one) if shows_names else UNNAMED,
            note=said_idea(why, reason) if shows_names else UNNAMED_NOTE,
            changed_at=max(one.changed_at, _midnight(now)),
        )


def _named(one: Reminder) -> str:
    where = one.contact.where
    return f"A word to {one.contact}, {where}" if where else f"A word to {one.contact}"


def _steps(owner: User, now: datetime, shows_names: bool) -> Iterator[Day]:
    today = local_day(now)
    for due in steps_ahead(owner, now):
        decided = [step.changed_at for step in due.plan.steps.all()]
        yield Day(
            uid=_uid(f"step/{due.plan.pk}/{due.plan.opened_at.isoformat()}/{due.step.kind}"),
            on=max(due.step.on, today),
            title=_step_named(due) if shows_names else UNNAMED_STEP,
            note=due.words.why if shows_names else UNNAMED_NOTE,
            changed_at=max([_midnight(now), *decided]),
        )


def _step_named(due: Due) -> str:
    return f"{due.words.title} ({due.plan.application.name})"


def _uid(of: str) -> str:
    """The same for the same thing for ever, and telling nothing of it."""
    return f"{uuid.uuid5(uuid.NAMESPACE_URL, f'kindregards:{of}')}@kindregards"


def _midnight(now: datetime) -> datetime:
    """Since when all days are as they are at the least: what waits moves on with each day."""
    return timezone.make_aware(datetime.combine(local_day(now), time()))
