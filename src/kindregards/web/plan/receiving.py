"""What every door ends in: Sources become letters, applications and plans, many at a time."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import datetime

from django.db import DatabaseError, OperationalError, transaction

from kindregards.sources.sorting import UNREADABLE, Acquainted, Sorted, sort_sources
from kindregards.sources.source import Source
from kindregards.web.accounts.services import introduce_owner
from kindregards.web.applications.bulk import place_letters
from kindregards.web.applications.services import Names
from kindregards.web.letters.bulk import Arrived, keep_letters, letters_by_id
from kindregards.web.letters.services import Kept
from kindregards.web.models import Letter, User
from kindregards.web.network.taking import meet_people
from kindregards.web.outreach.answering import connect_answers, ids_of_sent, recipients_of
from kindregards.web.plan.overhearing import Overheard
from kindregards.web.plan.services import Received, follow, open_plans


def receive_sources(
    *,
    owner: User,
    sources: Iterable[Source],
    now: datetime,
    chosen: Container[str] = (),
    acquainted: Acquainted | None = None,
) -> list[Received]:
    """Take in what a door gave, in order; all of it in one transaction.

    A Source whose name is `chosen` is kept whatever it is; of the others only what is about
    applications. `acquainted` saves looking up what is known, where there are several calls.
    """
    acquainted = acquainted or acquainted_with(owner)
    looked = list(sort_sources(sources, chosen=chosen, acquainted=acquainted))
    received = receive_sorted(owner=owner, looked=looked, now=now)
    Overheard(looked).keep(owner=owner, now=now)
    return received


def acquainted_with(owner: User) -> Acquainted:
    """What is known of the owner's mail: it lets answers to letters in, whatever they say."""
    letters = Letter.objects.filter(owner=owner)
    ids = letters.exclude(message_id="").values_list("message_id", flat=True)
    # A sender without a key speaks for many: a job board, a system that employers use.
    senders = letters.exclude(sender_key="").values_list("sender_email", flat=True).distinct()
    return Acquainted(
        ids=frozenset(ids),
        addresses=frozenset(one.lower() for one in senders),
        written_to=frozenset(recipients_of(owner)),
        written=frozenset(ids_of_sent(owner)),
        own=frozenset({owner.email.lower()} - {""}),
    )


def receive_sorted(*, owner: User, looked: Sequence[Sorted], now: datetime) -> list[Received]:
    """Keep what was sorted before, with its applications and plans, in one transaction.

    Where one message of many cannot be kept, the others are; only a database that takes nothing
    at all raises.
    """
    try:
        return _received(owner, looked, now)
    except OperationalError:
        raise
    except (DatabaseError, ValueError):
        return [_one_alone(owner, one, now) for one in looked]


def _one_alone(owner: User, one: Sorted, now: datetime) -> Received:
    try:
        return _received(owner, [one], now)[0]
    except OperationalError:
        raise
    except (DatabaseError, ValueError):
        return Received(one.source.name, error=UNREADABLE)


@transaction.atomic
def _received(owner: User, looked: Sequence[Sorted], now: datetime) -> list[Received]:
    arrived = [
        Arrived(one.message, one.source.raw, one.reading)
        for one in looked
        if one.message is not None and one.reading is not None
    ]
    kept = iter(keep_letters(owner=owner, arrived=arrived, now=now))
    known = letters_by_id(owner, (one.known_id for one in looked if one.known_id))
    received = [_told(one, known.get, kept) for one in looked]
    for one in arrived:
        introduce_owner(owner=owner, recipients=one.message.recipients)
    fresh = [one.letter for one in received if one.letter is not None and one.is_new]
    connect_answers(owner, fresh)
    open_plans(applications=place_letters(owner=owner, letters=fresh, now=now), now=now)
    meet_people(owner=owner, letters=fresh, now=now)
    for mine in received:
        if mine.letter is not None and mine.was is not None:
            follow(mine.letter, now, was=mine.was)
    return received


def _told(one: Sorted, known: Callable[[str], Letter | None], kept: Iterator[Kept]) -> Received:
    name = one.source.name
    if one.error:
        return Received(name, error=one.error)
    if one.message is not None:
        mine = next(kept)
        return Received(name, mine.letter, mine.is_new, was=mine.was and Names(*mine.was))
    if one.known_id:
        return Received(name, known(one.known_id))
    return Received(name, left_out=True)
