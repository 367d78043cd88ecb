"""Asking people to read a version: who, what to ask them, how it reaches them, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kindregards.core.network.card import Card
from kindregards.core.resumes.remarks import CarriedBy
from kindregards.web.contacts import meet
from kindregards.web.models import Contact, MetBy, Reviewer, User, Version
from kindregards.web.share_links import LASTS, make_link, revoke_link

FEWEST, MOST = 3, 6
"""So many readers are worth asking (R37)."""
OFFERED = (
    "Where did you stop reading?",
    "What do I do for a living, in one sentence?",
    "What would you ask me about first?",
    "Which line would you take out?",
)


@transaction.atomic
def ask(
    *,
    version: Version,
    name: str,
    email: str,
    questions: Sequence[str],
    carried_by: CarriedBy,
    is_masked: bool,
    now: datetime,
) -> Reviewer:
    """Ask somebody to read a version. Nothing is sent: the person hands it over."""
    reviewer = Reviewer.objects.create(
        owner_id=version.owner_id,
        version=version,
        name=name,
        email=email,
        contact=_known(version.owner, email),
        questions=[one for one in questions if one],
        carried_by=carried_by,
        is_masked=is_masked,
        asked_at=now,
        closes_at=now + LASTS,
    )
    if carried_by == CarriedBy.LINK:
        make_link(reviewer=reviewer, now=now)
    return reviewer


@transaction.atomic
def open_longer(*, reviewer: Reviewer, now: datetime) -> None:
    """Keep a review open for two weeks from now on, by the same way as before."""
    reviewer.closes_at = now + LASTS
    reviewer.save(update_fields=["closes_at"])
    if reviewer.carried_by == CarriedBy.LINK:
        make_link(reviewer=reviewer, now=now)


@transaction.atomic
def close(*, reviewer: Reviewer, now: datetime) -> None:
    """Take nothing more from a reader; what they gave back stays."""
    reviewer.closes_at = min(reviewer.closes_at, now)
    reviewer.save(update_fields=["closes_at"])
    revoke_link(reviewer=reviewer, now=now)


def remove_reader(*, reviewer: Reviewer) -> None:
    """Remove a reader with all that they said, for good."""
    reviewer.delete()


@transaction.atomic
def keep_as_contact(*, reviewer: Reviewer) -> Contact:
    """Make a reader one of the person's people, or find who of them it is."""
    card = Card(name=reviewer.name, email=reviewer.email.lower())
    contact = meet(owner=reviewer.owner, card=card, employer=None, met_by=MetBy.HAND)
    reviewer.contact = contact
    reviewer.save(update_fields=["contact"])
    return contact


def mark_thanked(*, reviewer: Reviewer, now: datetime) -> None:
    """Remember that the reader was thanked."""
    reviewer.thanked_at = now
    reviewer.save(update_fields=["thanked_at"])


def _known(owner: User, email: str) -> Contact | None:
    """Who of the network has this address already."""
    if not email:
        return None
    return Contact.objects.filter(owner=owner, email=email.lower()).first()
