"""Contacts as rows: the one way in which a card becomes somebody in the network.

Several slices get to know people (letters, drafts, debriefs, address books), so this stands beside
them.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from kindregards.core.applications import name_key
from kindregards.core.network.book import (
    Book,
    Change,
    adds_nothing,
    changes_between,
    completed,
)
from kindregards.core.network.card import Birthday, Card, person_key
from kindregards.web.columns import insert_rows, write_rows
from kindregards.web.models import Contact, Employer, MetBy, User
from kindregards.web.models.contact import new_uid

AT_ONCE = 500
AT_MOST = 6
KNOWN_AFTER = timedelta(days=365)  # R28 [design]
FEW = 200  # cards; for more, looking at everybody is quicker than asking who is alike
TAKEN = [
    "name", "name_key", "email", "role", "works_at", "works_at_key", "profile", "connected_date",
    "birth_year", "birth_month", "birth_day", "note",
]  # fmt: skip
NEW = [*TAKEN, "employer", "uid", "owner", "met_by"]
CARD = ("name", "email", "role", "works_at", "profile", "uid", "connected_date", "note")
BORN = ("birth_year", "birth_month", "birth_day")


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
    for name, value in zip(TAKEN, columns_of(card), strict=True):
        setattr(contact, name, value)
    return contact


def columns_of(card: Card) -> tuple[object, ...]:
    """What a card puts into the columns of TAKEN."""
    born = card.birthday
    return (
        card.name, person_key(card.name), card.email, card.role, card.employer,
        _employer_key(card.employer), card.profile, card.connected_date,
        born and born.year, born and born.month, born and born.day, card.note,
    )  # fmt: skip


# Thousands of people work at hundreds of employers.
_employer_key = lru_cache(maxsize=4096)(name_key)


@transaction.atomic
def meet(*, owner: User, card: Card, employer: Employer | None, met_by: MetBy) -> Contact:
    """Somebody of a process: whoever the card is, completed by it, else somebody new."""
    taking = _Taking(owner, met_by, [card])
    place = taking.take(card, employer)
    taking.keep()
    return Contact.objects.get(owner=owner, uid=taking.uids[place])


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


def by_address(owner: User, addresses: Collection[str]) -> dict[str, Contact]:
    """Who has each of these addresses, also those by which somebody is here a second time."""
    there = Contact.everyone.filter(owner=owner, email__in=sorted({*addresses} - {""}))
    return {one.email: one.same_as or one for one in there.select_related("same_as")}


def heard_from(owner: User, at: Mapping[str, datetime]) -> None:
    """Remember when the people with these addresses last wrote."""
    for address, contact in by_address(owner, at.keys()).items():
        touched(contact, at[address])


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
    """What is known while cards are taken. Everybody has a place, new people the later ones.

    Cards and not rows are held: for 30,000 people, rows as objects would take most of the time.
    """

    def __init__(self, owner: User, met_by: MetBy, cards: Sequence[Card] | None) -> None:
        self.owner, self.met_by = owner, met_by
        self.book: Book[int] = Book()
        self.rows = list(_those_alike(owner, cards))
        places = {row.pk: place for place, row in enumerate(self.rows)}
        for place, row in enumerate(self.rows):
            self.book.put(place, row.card)
        self.uids = [row.card.uid for row in self.rows]
        self.uids_taken = set(self.uids)
        for row in _also_here_as(owner, None if len(self.rows) > FEW else places):
            self.book.put_also(places[row.same_as_id or row.pk], row.card)
            self.uids_taken.add(row.card.uid)
        self.employers = [row.employer_id for row in self.rows]
        self.seen: set[int] = set()
        self.changed: set[int] = set()
        self.news: list[tuple[int, Change]] = []

    def take(self, card: Card, employer: Employer | None) -> int:
        """Take one card; the place of whoever it is."""
        place = self.book.same(card)
        if place is None:
            place = self._fresh(card)
        elif place >= len(self.rows):
            self._complete(place, card)
        else:
            self._known(place, card)
        self.seen.add(place)
        if employer is not None and self.employers[place] is None:
            self.employers[place] = employer.pk
            if place < len(self.rows):
                self.changed.add(place)
        return place

    def _fresh(self, card: Card) -> int:
        place = len(self.uids)
        self.book.put(place, self.book.free(card, place))
        # A mark that another has already is not taken over: some address books copy them.
        uid = card.uid if card.uid and card.uid not in self.uids_taken else new_uid()
        self.uids.append(uid)
        self.uids_taken.add(uid)
        self.employers.append(None)
        return place

    def _known(self, place: int, card: Card) -> None:
        row, before = self.rows[place], self.book[place]
        came_back, row.gone_at = row.gone_at is not None, None
        if came_back:
            self.changed.add(place)
        if adds_nothing(before, card):
            return
        told = _without(card, row.own)
        if self.book.is_by_the_way(place, card):
            told = replace(
                told,
                employer=before.employer,
                role=before.role,
                connected_date=before.connected_date,
            )
        self.news += [(place, change) for change in changes_between(before, told)]
        if self._complete(place, told):
            self.changed.add(place)

    def _complete(self, place: int, card: Card) -> bool:
        before = self.book[place]
        if adds_nothing(before, card):
            return False
        after = self.book.free(replace(completed(before, card), uid=before.uid), place)
        if after == before:
            return False
        self.book.put(place, after)
        return True

    def mark_gone(self, now: datetime) -> int:
        """Mark who was connected and was not in what was taken; how many that are."""
        gone = [
            row.pk
            for place, row in enumerate(self.rows)
            if row.card.connected_date and not row.gone_at and place not in self.seen
        ]
        write_rows(Contact, ["gone_at"], [(now, pk) for pk in gone])
        return len(gone)

    def keep(self) -> Taken:
        """Write everything down."""
        many = len(self.rows)
        fresh = range(many, len(self.uids))
        insert_rows(Contact, NEW, [self._new_row(place) for place in fresh])
        write_rows(
            Contact, [*TAKEN, "gone_at", "employer"], [self._row(place) for place in self.changed]
        )
        return Taken(
            new=len(fresh),
            completed=len(self.changed),
            known=len(self.seen) - len(fresh) - len(self.changed),
            news=self._news(),
        )

    def _new_row(self, place: int) -> tuple[object, ...]:
        columns = columns_of(self.book[place])
        return (
            *columns, self.employers[place], self.uids[place], self.owner.pk, self.met_by.value,
        )  # fmt: skip

    def _row(self, place: int) -> tuple[object, ...]:
        row = self.rows[place]
        return (*columns_of(self.book[place]), row.gone_at, self.employers[place], row.pk)

    def _news(self) -> list[News]:
        about = Contact.objects.in_bulk([self.rows[place].pk for place, _change in self.news])
        return [News(about[self.rows[place].pk], change) for place, change in self.news]


@dataclass(slots=True)
class _Row:
    """Somebody as the database has them: the card, and what no card tells."""

    pk: int
    card: Card
    own: list[str]
    gone_at: datetime | None
    employer_id: int | None
    same_as_id: int | None


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


def _those_alike(owner: User, cards: Sequence[Card] | None) -> Iterator[_Row]:
    """Who of the owner's people could be one of these few; everybody for many cards or none."""
    mine = Contact.objects.filter(owner=owner)
    if cards is not None and len(cards) <= FEW:
        alike = Q(name_key__in={person_key(card.name) for card in cards} - {""})
        alike |= Q(email__in={card.email for card in cards} - {""})
        alike |= Q(profile__in={card.profile for card in cards} - {""})
        alike |= Q(uid__in={card.uid for card in cards} - {""})
        found = Contact.everyone.filter(alike, owner=owner).values_list("pk", "same_as")
        mine = mine.filter(pk__in={same_as or pk for pk, same_as in found})
    return _rows(mine)


def _also_here_as(owner: User, kept: Collection[int] | None) -> Iterator[_Row]:
    """The rows that were taken together with these, or with anybody."""
    hidden = Contact.everyone.filter(owner=owner, same_as__isnull=False)
    return _rows(hidden if kept is None else hidden.filter(same_as__in=kept))


def _rows(some: QuerySet[Contact]) -> Iterator[_Row]:
    columns = ("pk", "own", "gone_at", "employer_id", "same_as_id", *CARD, *BORN)
    for told in some.order_by("pk").values_list(*columns):
        pk, own, gone_at, employer_id, same_as_id, *card = told
        birthday = Birthday(card[9], card[10], card[8]) if card[9] and card[10] else None
        name, email, role, works_at, profile, uid, connected, note = card[:8]
        yield _Row(
            pk,
            Card(name, email, role, works_at, profile, connected, birthday, note, uid),
            own,
            gone_at,
            employer_id,
            same_as_id,
        )
