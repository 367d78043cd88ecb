"""What the person decides about a word that is due: done, later, not this one, let it rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction

from kindregards.core.network.rhythm import Closeness, Why
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.web.contacts import touched
from kindregards.web.models import Contact, Occasion, Reminder, Touch, User
from kindregards.web.network.noticing import occasions_now
from kindregards.web.rhythm import forget_touch, local_day, work_out

LATER = timedelta(days=7)


class Decision(StrEnum):
    """What may be said of a word that is due."""

    DONE = "done"
    LATER = "later"
    NOT_THIS = "not_this"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Before:
    """How things were with somebody before a decision, so that it can be taken back."""

    contact: int
    decision: str
    closeness: str
    passed: str
    put_off: str
    touch: int | None
    occasions: list[int]

    @property
    def is_of_nothing(self) -> bool:
        """Whether the decision changed nothing: the word of this day was noted before."""
        return self.decision == Decision.DONE and self.touch is None and not self.occasions

    def told(self) -> dict[str, Any]:
        """The same in plain values."""
        return asdict(self)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Before:
        """From plain values."""
        return cls(**told)


@transaction.atomic
def decide(*, contact: Contact, decision: Decision, now: datetime) -> Before:
    """Keep a decision; gives what is needed to take it back. Pressed twice it is one."""
    reminder = Reminder.objects.filter(contact=contact).first()
    touch, occasions = None, []
    before = (contact.closeness, contact.passed_date, contact.put_off_until_date)
    match decision:
        case Decision.DONE:
            occasions = _put_away(contact, now)
            touch = _record(contact, reminder, now)
            contact.put_off_until_date = None
        case Decision.LATER:
            contact.put_off_until_date = local_day(now) + LATER
        case Decision.NOT_THIS if reminder and reminder.why == Why.OCCASION:
            occasions = _put_away(contact, now)
        case Decision.NOT_THIS:
            contact.passed_date = local_day(now)
        case Decision.REST:
            contact.closeness = Closeness.REST
    _keep(contact, now)
    closeness, passed, put_off = before
    return Before(contact.pk, decision, closeness, _iso(passed), _iso(put_off), touch, occasions)


@transaction.atomic
def take_back(*, owner: User, before: Before, now: datetime) -> Contact | None:
    """Let everything be as it was before a decision; None where they are not here any more."""
    contact = Contact.objects.filter(owner=owner, pk=before.contact).first()
    if contact is None:
        return None
    Occasion.objects.filter(owner=owner, pk__in=before.occasions).update(put_away_at=None)
    noted = [before.touch] if before.touch else []
    for touch in Touch.objects.filter(owner=owner, pk__in=noted, message_id=""):
        forget_touch(touch=touch, now=now)
        contact.refresh_from_db()
    contact.closeness = before.closeness
    contact.passed_date, contact.put_off_until_date = _day(before.passed), _day(before.put_off)
    _keep(contact, now)
    return contact


@transaction.atomic
def keep_closeness(
    *, contact: Contact, closeness: Closeness | None, promised: str, now: datetime
) -> None:
    """Keep how close somebody is and what the person promised them."""
    if closeness is None or closeness is not Closeness.REST:
        contact.put_off_until_date = None
    contact.closeness, contact.promised = closeness or "", promised
    _keep(contact, now)


def _keep(contact: Contact, now: datetime) -> None:
    contact.save(update_fields=["closeness", "promised", "passed_date", "put_off_until_date"])
    work_out(owner_id=contact.owner_id, contacts=[contact.pk], now=now)


def _put_away(contact: Contact, now: datetime) -> list[int]:
    current = occasions_now(contact.owner, now).filter(contact=contact)
    pks = list(current.values_list("pk", flat=True))
    Occasion.objects.filter(pk__in=pks).update(put_away_at=now)
    return pks


def _record(contact: Contact, reminder: Reminder | None, now: datetime) -> int | None:
    """A Touch for the word that was written; None where one of this day says so already."""
    mine = Touch.objects.filter(contact=contact, direction=Direction.OUT, at__lte=now)
    last = mine.order_by("-at").first()
    if last is not None and local_day(last.at) == local_day(now):
        return None
    by_mail = contact.email and not (reminder and reminder.why == Why.OCCASION)
    touch = Touch.objects.create(
        owner_id=contact.owner_id,
        contact=contact,
        employer_id=contact.employer_id,
        direction=Direction.OUT,
        channel=Channel.MAIL if by_mail else Channel.LINKEDIN,
        kind=DraftKind.OTHER,
        at=now,
    )
    touched(contact, now)
    return touch.pk


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None
