"""Who is due a word today, with all that a page says about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import OuterRef, Q, Subquery

from kindregards.core.network.rhythm import DORMANT_AFTER, WEEKLY, Waiting, Why, Written, spread
from kindregards.core.outreach.draft import Direction
from kindregards.web.models import Contact, Letter, Occasion, Reminder, Touch, User
from kindregards.web.network.noticing import occasions_now
from kindregards.web.network.words import Between, between, said_idea, said_why_now
from kindregards.web.rhythm import lapsed, local_day, work_out

LOOKED_AT = 60
"""So many of those who have waited longest are looked at; five of them are shown at most."""


@dataclass(frozen=True, slots=True)
class DuePerson:
    """Somebody who is due a word: since when, why now, what was last said, and what to say."""

    contact: Contact
    on: date
    why: Why
    why_now: str
    idea: str
    last: Between | None = None
    occasion: Occasion | None = None


def people_due(owner: User, now: datetime, room: int = WEEKLY) -> list[DuePerson]:
    """Who is due a word today, at most `room` and five a week in all; who waits longest first.

    Asks the database as often for 30,000 people as for one.
    """
    today = local_day(now)
    if room <= 0:
        return []
    placed = people_ahead(owner, now, until=today)
    return _described(owner, [one for one, on in placed if on == today][:room], now)


def people_ahead(owner: User, now: datetime, *, until: date) -> list[tuple[Reminder, date]]:
    """Reminders with the days on which there is room for them, from today to a day."""
    _work_out_lapsed(owner, now)
    today = local_day(now)
    reminders = {one.pk: one for one in _waiting(owner, until)}
    if not reminders:
        return []
    waiting = [
        Waiting(one.pk, one.due_date, _house_of(one.contact), one.is_dormant)
        for one in reminders.values()
    ]
    written = _written_lately(owner, today)
    return [(reminders[one.key], on) for one, on in spread(waiting, written, today, until)]


def describe(owner: User, reminder: Reminder, now: datetime) -> DuePerson:
    """One person with what a page says of the next word to them."""
    return _described(owner, [reminder], now)[0]


def _work_out_lapsed(owner: User, now: datetime) -> None:
    """What was due until a day that is over is due no more; something else may be."""
    over = list(lapsed(owner, now).values_list("contact_id", flat=True)[:500])
    if over:
        work_out(owner_id=owner.pk, contacts=over, now=now)


def _waiting(owner: User, until: date) -> list[Reminder]:
    mine = Reminder.objects.filter(owner=owner, due_date__lte=until)
    mine = mine.select_related("contact__employer")
    usual = mine.filter(is_dormant=False).order_by("due_date", "pk")[:LOOKED_AT]
    # Of many who are silent for years, those whose silence is youngest are known best.
    dormant = mine.filter(is_dormant=True).order_by("-due_date", "-pk")[:LOOKED_AT]
    return [*usual, *dormant]


def _house_of(contact: Contact) -> str:
    """The employer that counts for the budget: of their process, else where they work (R8)."""
    return contact.employer.key if contact.employer else contact.works_at_key


def _written_lately(owner: User, today: date) -> list[Written]:
    since = today - timedelta(days=7)
    before = Touch.objects.filter(contact=OuterRef("contact"), at__lt=OuterRef("at"))
    # By the moment and not by its day, which no index knows; a day more is for time zones.
    from_at = datetime.combine(since, time(), UTC) - timedelta(days=1)
    touches = Touch.objects.filter(
        owner=owner, direction=Direction.OUT, in_process=False, at__gte=from_at
    ).annotate(before=Subquery(before.order_by("-at").values("at")[:1]))
    told = touches.values_list("at", "before", "employer__key", "contact__works_at_key")
    return [
        Written(
            local_day(at),
            house or works_at or "",
            is_dormant=before is not None and at - before >= DORMANT_AFTER,
        )
        for at, before, house, works_at in told
        if local_day(at) > since
    ]


# What is said of them -------------------------------------------------------------------------


def _described(owner: User, reminders: Sequence[Reminder], now: datetime) -> list[DuePerson]:
    contacts = [one.contact for one in reminders]
    if not contacts:
        return []
    said, reasons = _last_words(owner, contacts), _reasons(owner, contacts, now)
    return [_person(one, said.get(one.contact_id), reasons, now) for one in reminders]


def _person(
    reminder: Reminder, last: Between | None, reasons: dict[int, Occasion], now: datetime
) -> DuePerson:
    contact, why = reminder.contact, Why(reminder.why)
    occasion = reasons.get(contact.pk) if why is Why.OCCASION else None
    days = (local_day(now) - local_day(last.at)).days if last else None
    return DuePerson(
        contact=contact,
        on=reminder.due_date,
        why=why,
        why_now=said_why_now(contact, why, occasion, days),
        idea=said_idea(why, occasion),
        last=last,
        occasion=occasion,
    )


def _reasons(owner: User, contacts: Iterable[Contact], now: datetime) -> dict[int, Occasion]:
    """The oldest reason to write that there is now for each: it goes first."""
    return {one.contact_id: one for one in occasions_now(owner, now).filter(contact__in=contacts)}


def _last_words(owner: User, contacts: Sequence[Contact]) -> dict[int, Between]:
    newest = Touch.objects.filter(contact=OuterRef("pk")).order_by("-at", "-pk").values("pk")[:1]
    some = Contact.objects.filter(pk__in=[one.pk for one in contacts])
    touches = {
        one.contact_id: one
        for one in Touch.objects.filter(pk__in=some.annotate(n=Subquery(newest)).values("n"))
    }
    letters = _newest_letters(owner, contacts)
    found = {}
    for one in contacts:
        touch, letter = touches.get(one.pk), letters.get(one.email.lower())
        line = between([touch] if touch else [], [letter] if letter else [])
        if line:
            found[one.pk] = line[0]
    return found


def _newest_letters(owner: User, contacts: Iterable[Contact]) -> dict[str, Letter]:
    theirs = Q(pk=None)
    for address in {one.email for one in contacts} - {""}:
        theirs |= Q(sender_email__iexact=address)
    letters = Letter.objects.filter(theirs, owner=owner).defer("text", "as_read", "losses")
    found: dict[str, Letter] = {}
    for one in letters.order_by("-sent_at", "-pk")[:LOOKED_AT]:
        found.setdefault(one.sender_email.lower(), one)
    return found
