"""Which letter is written to somebody: by what makes a word due, or as the person chooses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kindregards.core.letters.reading import Person
from kindregards.core.network.rhythm import Why
from kindregards.core.outreach.draft import DraftKind
from kindregards.web.models import Contact, Draft, Occasion, Reminder
from kindregards.web.network.noticing import occasions_now
from kindregards.web.outreach.matter import Matter
from kindregards.web.outreach.services import open_letter

CHOSEN = (DraftKind.PROGRESS, DraftKind.INVITATION)


def wanted_word(*, contact: Contact, kind: str, occasion: str, now: datetime) -> Draft:
    """The letter to somebody, the open one or a new one.

    `kind` is "progress" or "invitation" where the person chose that, `occasion` the key of a
    reason to write. Else what makes the word due decides: a reason there is now, or how it goes on.
    """
    chosen = next((one for one in CHOSEN if one == kind), None)
    if chosen is not None:
        return _letter(contact, chosen, None, now)
    reason = _reason(contact, occasion, now)
    return _letter(contact, DraftKind.OCCASION if reason else DraftKind.PROGRESS, reason, now)


def _reason(contact: Contact, occasion: str, now: datetime) -> Occasion | None:
    mine = occasions_now(contact.owner, now).filter(contact=contact)
    if occasion.isascii() and occasion.isdecimal() and len(occasion) < 18:
        return mine.filter(pk=int(occasion)).first()
    due = Reminder.objects.filter(contact=contact).first()
    return mine.last() if due is not None and due.why == Why.OCCASION else None


def _letter(contact: Contact, kind: DraftKind, occasion: Occasion | None, now: datetime) -> Draft:
    by_mail = kind is not DraftKind.INVITATION
    own_words: dict[str, Any] = {"happened": []} if kind is DraftKind.PROGRESS else {}
    due = Reminder.objects.filter(contact=contact, why=Why.DORMANT).first()
    if due is not None and kind is DraftKind.PROGRESS:
        own_words["is_long_ago"] = True
    return open_letter(
        matter=Matter(contact.owner, contact=contact, occasion=occasion),
        to=Person(contact.name, contact.email if by_mail else ""),
        now=now,
        kind=kind,
        own_words=own_words,
    )
