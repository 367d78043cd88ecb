"""Contacts as rows: the one way in which a card becomes somebody in the network.

Several slices get to know people (letters, drafts, debriefs, address books), so this stands beside
them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, Count, F, IntegerField, Q, Value, When

from kindregards.core.applications import name_key
from kindregards.core.network.book import Book, Change, changes_between, completed
from kindregards.core.network.card import Birthday, Card, person_key
from kindregards.web.columns import write_columns
from kindregards.web.models import Contact, Employer, MetBy, User

AT_ONCE = 500
AT_MOST = 6
KNOWN_AFTER = timedelta(days=365)  # R28 [design]
FEW = 200  # cards; for more, looking at everybody is quicker than asking who is alike
TAKEN = [
    "name", "name_key", "email", "role", "works_at", "works_at_key", "profile", "connected_date",
    "birth_year", "birth_month", "birth_day", "note",
]  # fmt: skip


def card_of(contact: Contact) -> Card:
    """What is known of somebody, as a card."""
    birthday = None
    if contact.birth_month and contact.birth_day:
        birthday = Birthday(contact.birth_month, contact.birth_day, contact.birth_year)
    return Card(
        name=contact.name,
        email=contact.email,
        role=contact.role,
        employer=contact.works_at,
        profile=contact.profile,
        connected_date=contact.connected_date,
        birthday=birthday,
        note=contact.note,
        uid=contact.uid,
    )


def lay(card: Card, contact: Contact) -> Contact:
    """Write a card into a row, without saving it. Its uid stays the row's own."""
    contact.name, contact.name_key = card.name, person_key(card.name)
    contact.email, contact.role, contact.profile = card.email, card.role, card.profile
    contact.works_at, contact.works_at_key = card.employer, name_key(card.employer)
    contact.connected_date, contact.note = card.connected_date, card.note
    contact.birth_year = card.birthday.year if card.birthday else None
    contact.birth_month = card.birthday.month if card.birthday else None
    contact.birth_day = card.birthday.day if card.birthday else None
    return contact


@transaction.atomic
def meet(*, owner: User, card: Card, employer: Employer | None, met_by: MetBy) -> Contact:
    """Somebody of a process: whoever the card is, completed by it, else somebody new."""
    taking = _Taking(owner, met_by, [card])
    place = taking.take(card, employer)
    taking.keep()
    return taking.contacts[place]


@transaction.atomic
def take_in(
    *,
    owner: User,
    cards: Sequence[Card],
    met_by: MetBy,
    employers: Sequence[Employer | None] | None = None,
    whole_at: datetime | None = None,
) -> Taken:
    """Take in people. Somebody known is completed and never doubled, nor is a blank a change.

    `employers` are those of their process, one for each card. `whole_at` is given where these are
    all connections at that time: who was connected and is not among them is marked as gone, and
    stays.
    """
    taking = _Taking(owner, met_by, None if whole_at else cards)
    for card, employer in zip(cards, employers or [None] * len(cards), strict=True):
        taking.take(card, employer)
    taken = taking.keep()
    if whole_at:
        taken.gone = taking.mark_gone(whole_at)
    return taken


def people_at(owner: User, employer: Employer | None, now: datetime) -> list[Contact]:
    """Who of the network works at an employer, at most six, those known but not close first (R28).

    An export tells no number of connections in common. So first come those connected for a year
    with one to ten words between them, then those connected for a year, then the others.
    """
    if employer is None:
        return []
    long_known = Q(connected_date__lte=(now - KNOWN_AFTER).date())
    there = Contact.objects.filter(owner=owner, works_at_key=employer.key, gone_at=None)
    return list(
        there.annotate(many=Count("touches"))
        .annotate(
            place=Case(
                When(long_known & Q(many__gte=1, many__lte=10), then=Value(0)),
                When(long_known, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("place", F("connected_date").asc(nulls_last=True), "name_key", "pk")[:AT_MOST]
    )


def heard_from(owner: User, at: Mapping[str, datetime]) -> None:
    """Remember when the people with these addresses last wrote."""
    for contact in Contact.objects.filter(owner=owner, email__in=at.keys() - {""}):
        touched(contact, at[contact.email])


def touched(contact: Contact | None, at: datetime) -> None:
    """Remember when the last word with somebody was; an older one changes nothing."""
    if contact is not None:
        earlier = Q(last_at=None) | Q(last_at__lt=at)
        Contact.objects.filter(earlier, pk=contact.pk).update(last_at=at)


@dataclass(slots=True)
class News:
    """What an export tells of somebody that was otherwise before."""

    contact: Contact
    change: Change


@dataclass(slots=True)
class Taken:
    """What came of a list of people: how many were new, completed, or brought nothing new."""

    new: int = 0
    completed: int = 0
    known: int = 0
    gone: int = 0
    touches: int = 0
    news: list[News] = field(default_factory=list)


class _Taking:
    """What is known while cards are taken. New people have a place for a key until kept."""

    def __init__(self, owner: User, met_by: MetBy, cards: Sequence[Card] | None) -> None:
        self.owner, self.met_by = owner, met_by
        self.contacts = _those_alike(owner, cards)
        self.book: Book[int] = Book()
        for place, contact in enumerate(self.contacts):
            self.book.put(place, card_of(contact))
        self.known = len(self.contacts)
        self.seen: set[int] = set()
        self.changed: set[int] = set()
        self.taken = Taken()

    def take(self, card: Card, employer: Employer | None) -> int:
        """Take one card; the place of whoever it is among `contacts`."""
        place = self._taken(card)
        contact = self.contacts[place]
        if employer is not None and contact.employer_id is None:
            contact.employer = employer
            if place < self.known:
                self.changed.add(place)
        return place

    def _taken(self, card: Card) -> int:
        place = self.book.same(card)
        if place is None:
            place = len(self.contacts)
            fresh = Contact(owner=self.owner, met_by=self.met_by)
            if card.uid:
                fresh.uid = card.uid
            card = self.book.free(card, place)
            self.contacts.append(lay(card, fresh))
            self.book.put(place, card)
        elif place >= self.known:
            self._complete(place, card)
        else:
            self._known(place, card)
        self.seen.add(place)
        return place

    def _known(self, place: int, card: Card) -> None:
        contact, before = self.contacts[place], self.book[place]
        for change in changes_between(before, _without(card, contact.own)):
            self.taken.news.append(News(contact, change))
        came_back = contact.gone_at is not None
        if self._complete(place, card) or came_back:
            contact.gone_at = None
            self.changed.add(place)

    def _complete(self, place: int, card: Card) -> bool:
        contact, before = self.contacts[place], self.book[place]
        after = replace(completed(before, _without(card, contact.own)), uid=before.uid)
        after = self.book.free(after, place)
        if after == before:
            return False
        self.book.put(place, after)
        lay(after, contact)
        return True

    def mark_gone(self, now: datetime) -> int:
        """Mark who was connected and was not in what was taken; how many that are."""
        gone = [
            contact
            for place, contact in enumerate(self.contacts[: self.known])
            if contact.connected_date and not contact.gone_at and place not in self.seen
        ]
        for contact in gone:
            contact.gone_at = now
        write_columns(gone, ["gone_at"])
        return len(gone)

    def keep(self) -> Taken:
        """Write everything down."""
        fresh = _once_by_uid(self.contacts[self.known :], self.contacts[: self.known])
        Contact.objects.bulk_create(fresh, batch_size=AT_ONCE)
        write_columns(
            [self.contacts[place] for place in self.changed], [*TAKEN, "gone_at", "employer"]
        )
        self.taken.new = len(fresh)
        self.taken.completed = len(self.changed)
        self.taken.known = len(self.seen) - len(fresh) - len(self.changed)
        return self.taken


def _without(card: Card, own: Container[str]) -> Card:
    """The card without what the person has changed by hand."""

    def _told(name: str) -> str:
        return "" if name in own else str(getattr(card, name))

    return replace(
        card,
        name=_told("name"),
        email=_told("email"),
        role=_told("role"),
        employer=_told("employer"),
        profile=_told("profile"),
        note=_told("note"),
    )


def _once_by_uid(fresh: Sequence[Contact], known: Sequence[Contact]) -> Sequence[Contact]:
    """A mark that another has already is not taken over: some address books copy them."""
    taken = {one.uid for one in known}
    for one in fresh:
        if one.uid in taken:
            one.uid = Contact(owner=one.owner).uid
        taken.add(one.uid)
    return fresh


def _those_alike(owner: User, cards: Sequence[Card] | None) -> list[Contact]:
    """Who of the owner's people could be one of these few; everybody for many cards or none."""
    mine = Contact.objects.filter(owner=owner).order_by("pk")
    if cards is not None and len(cards) <= FEW:
        alike = Q(name_key__in={person_key(card.name) for card in cards} - {""})
        alike |= Q(email__in={card.email for card in cards} - {""})
        alike |= Q(profile__in={card.profile for card in cards} - {""})
        alike |= Q(uid__in={card.uid for card in cards} - {""})
        mine = mine.filter(alike)
    return list(mine)
