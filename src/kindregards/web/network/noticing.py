"""Occasions from notices in the mailbox and from what a newer export tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kindregards.core.applications import name_key
from kindregards.core.letters.triage import Glance
from kindregards.core.network.card import person_key
from kindregards.core.network.occasions import (
    LASTS,
    SEASON_AGAIN_AFTER,
    Notice,
    OccasionKind,
    notice_in,
)
from kindregards.web.contacts import News
from kindregards.web.models import Contact, Occasion, User
from kindregards.web.rhythm import work_out


def notices_of(glances: Iterable[Glance | None]) -> list[Notice]:
    """The notices among messages that were looked over."""
    found = (
        notice_in(address=one.address, subject=one.subject, at=one.sent_at)
        for one in glances
        if one is not None and "linkedin" in one.address
    )
    return [one for one in found if one is not None]


def keep_notices(*, owner: User, notices: Sequence[Notice], now: datetime) -> None:
    """Keep what notices tell of people who are known here; of others nothing is kept.

    The same notice taken in twice is one occasion.
    """
    if not notices:
        return
    keys = {person_key(one.name) for one in notices} - {""}
    known: dict[str, list[Contact]] = {}
    named = Contact.everyone.filter(owner=owner, name_key__in=keys).select_related("same_as")
    for one in named.order_by("pk"):
        people, contact = known.setdefault(one.name_key, []), one.same_as or one
        if contact not in people:
            people.append(contact)
    about = ((_whom(known.get(person_key(one.name), []), one), one) for one in notices)
    _keep(owner, [(contact, one) for contact, one in about if contact is not None], now)


def keep_news(*, owner: User, news: Iterable[News], now: datetime) -> None:
    """Keep a new job that an export told of as a reason to write."""
    _keep(
        owner,
        [
            (
                one.contact,
                Notice(
                    OccasionKind.NEW_JOB,
                    one.contact.name,
                    now,
                    employer=one.contact.works_at,
                    role=one.contact.role,
                ),
            )
            for one in news
        ],
        now,
    )


class OnceAYearError(ValueError):
    """Raised for a second season's greeting within a year; a sentence for a person."""


@transaction.atomic
def note_reason(
    *, contact: Contact, kind: OccasionKind, words: str, link: str, now: datetime
) -> Occasion:
    """Keep a reason that the person gives. Raises OnceAYearError with a sentence."""
    if kind is OccasionKind.SEASON:
        there = contact.occasions.filter(kind=kind, at__gt=now - SEASON_AGAIN_AFTER)
        if there.exists():
            raise OnceAYearError("There was a season’s greeting within the year; one is enough.")
    occasion = Occasion.objects.create(
        owner_id=contact.owner_id,
        contact=contact,
        kind=kind,
        at=now,
        ends_at=now + LASTS[kind],
        words=words[:300],
        link=link,
    )
    work_out(owner_id=contact.owner_id, contacts=[contact.pk], now=now)
    return occasion


def occasions_now(owner: User, now: datetime) -> QuerySet[Occasion]:
    """The reasons to write that there are now, the latest first."""
    mine = Occasion.objects.filter(owner=owner, put_away_at=None, at__lte=now, ends_at__gt=now)
    return mine.select_related("contact").order_by("-at", "-pk")


def put_away(*, occasion: Occasion, now: datetime) -> None:
    """Be done with a reason to write."""
    Occasion.objects.filter(pk=occasion.pk, put_away_at=None).update(put_away_at=now)
    work_out(owner_id=occasion.owner_id, contacts=[occasion.contact_id], now=now)


def _whom(people: Sequence[Contact], notice: Notice) -> Contact | None:
    """Of several of one name, the one who works at the employer that is named; else nobody."""
    if len(people) == 1:
        return people[0]
    there = name_key(notice.employer)
    named = [one for one in people if there and one.works_at_key == there]
    return named[0] if len(named) == 1 else None


def _keep(owner: User, about: Sequence[tuple[Contact, Notice]], now: datetime) -> None:
    Occasion.objects.bulk_create(
        [
            Occasion(
                owner=owner,
                contact=contact,
                kind=notice.kind,
                at=notice.at,
                ends_at=notice.at + LASTS[notice.kind],
                years=notice.years,
                employer=notice.employer[:300],
                role=notice.role[:300],
            )
            for contact, notice in about
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    work_out(owner_id=owner.pk, contacts={contact.pk for contact, _notice in about}, now=now)
