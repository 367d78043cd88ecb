"""Who is who: whether a card is somebody known, might be, or is new."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from kindregards.core.applications import name_key
from kindregards.core.network.card import Card, person_key

K = TypeVar("K", bound=Hashable)


class ChangeKind(StrEnum):
    """What a second look at somebody shows."""

    NEW_EMPLOYER = "new_employer"
    NEW_ROLE = "new_role"


@dataclass(frozen=True, slots=True)
class Change:
    """Something new about somebody, with what stood there before."""

    kind: ChangeKind
    before: str
    after: str


class Book(Generic[K]):
    """The people of one owner, each under a key, found by what makes somebody the same."""

    def __init__(self) -> None:
        self._cards: dict[K, Card] = {}
        self._by_email: dict[str, K] = {}
        self._by_profile: dict[str, K] = {}
        self._by_uid: dict[str, K] = {}
        # Exports with profiles never ask for it, and a name's key takes longer than all the rest.
        self._by_name: dict[str, dict[K, None]] | None = None
        self._also: dict[K, list[Card]] = {}

    def put(self, key: K, card: Card) -> None:
        """Take up somebody, or what is now known of somebody who is in it."""
        self._cards[key] = card
        if card.email:
            self._by_email.setdefault(card.email, key)
        if card.profile:
            self._by_profile.setdefault(card.profile, key)
        if card.uid:
            self._by_uid.setdefault(card.uid, key)
        if self._by_name is not None:
            self._put_name(self._by_name, key, card)

    def put_also(self, key: K, card: Card) -> None:
        """Somebody in the book is also here as this: what it tells finds them."""
        self._also.setdefault(key, []).append(card)
        for value, by in (
            (card.email, self._by_email),
            (card.profile, self._by_profile),
            (card.uid, self._by_uid),
        ):
            if value:
                by.setdefault(value, key)
        if self._by_name is not None:
            self._put_name(self._by_name, key, card)

    def is_by_the_way(self, key: K, card: Card) -> bool:
        """Whether it tells of them by another profile or address than the one they are kept with.

        An old profile goes on to tell the old job in every export.
        """
        there = self._cards[key]
        if there.profile and card.profile:
            return there.profile != card.profile
        return any(
            bool(card.profile and card.profile == one.profile)
            or bool(card.email and card.email == one.email)
            for one in self._also.get(key, ())
        )

    def __getitem__(self, key: K) -> Card:
        return self._cards[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._cards)

    def same(self, card: Card) -> K | None:
        """Who it is: by profile, address or mark, else by name and employer where it has neither.

        Two people of one name at one employer are too rare to keep every line of an old export,
        which has no profiles, twice; with an address or a profile that differs they stay two.
        """
        if card.profile and card.profile in self._by_profile:
            return self._by_profile[card.profile]
        if card.email in self._by_email:
            there = self._by_email[card.email]
            return there if self._fits(there, card) else None
        if card.uid in self._by_uid:
            there = self._by_uid[card.uid]
            # Some address books copy a mark along with a card; then the name tells.
            names = {person_key(one.name) for one in self._all(there)}
            return there if person_key(card.name) in names else None
        if card.email or card.profile:
            return None
        return next((key for key in self._named(card) if self._one_employer(key, card)), None)

    def free(self, card: Card, key: K) -> Card:
        """The card without an address or a profile that somebody else in the book has."""
        email = card.email if self._by_email.get(card.email, key) == key else ""
        profile = card.profile if self._by_profile.get(card.profile, key) == key else ""
        if email == card.email and profile == card.profile:
            return card
        return replace(card, email=email, profile=profile)

    def likely(self, key: K) -> list[K]:
        """Who else may be the same person: of one name, with nothing that speaks against it.

        Two profiles, or two employers that differ, speak against it. Two addresses do not: people
        have one at work and one at home.
        """
        card = self._cards[key]
        return [
            other
            for other in self._named(card)
            if other != key
            and " " in person_key(card.name)
            and not _apart(self._cards[other].profile, card.profile)
            and not _apart(name_key(self._cards[other].employer), name_key(card.employer))
        ]

    def _named(self, card: Card) -> list[K]:
        if self._by_name is None:
            self._by_name = {}
            for key in self._cards:
                for one in self._all(key):
                    self._put_name(self._by_name, key, one)
        return list(self._by_name.get(_name_of(card), ())) if card.name else []

    def _put_name(self, by_name: dict[str, dict[K, None]], key: K, card: Card) -> None:
        by_name.setdefault(_name_of(card), {})[key] = None

    def _one_employer(self, key: K, card: Card) -> bool:
        employer = name_key(card.employer)
        return any(name_key(one.employer) == employer for one in self._all(key))

    def _all(self, key: K) -> list[Card]:
        return [self._cards[key], *self._also.get(key, ())]

    def _fits(self, key: K, card: Card) -> bool:
        profiles = {one.profile for one in self._all(key)} - {""}
        return not (card.profile and profiles) or card.profile in profiles


def _name_of(card: Card) -> str:
    return person_key(card.name) or card.name.casefold()


def _apart(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def changes_between(before: Card, after: Card) -> tuple[Change, ...]:
    """What a newer card of one person tells that the older did not: another job or employer.

    What the newer one leaves empty is not a change: exports leave out what people hide.
    """
    if after.employer and before.employer and name_key(after.employer) != name_key(before.employer):
        return (Change(ChangeKind.NEW_EMPLOYER, before.employer, after.employer),)
    if after.role and before.role and name_key(after.role) != name_key(before.role):
        return (Change(ChangeKind.NEW_ROLE, before.role, after.role),)
    return ()


def adds_nothing(known: Card, told: Card) -> bool:
    """Whether `completed` would leave what is known as it is: the usual line of a second export."""
    return (
        told.employer in ("", known.employer)
        and told.role in ("", known.role)
        and told.connected_date in (None, known.connected_date)
        and told.birthday in (None, known.birthday)
        and bool(known.name or not told.name)
        and bool(known.email or not told.email)
        and bool(known.profile or not told.profile)
        and bool(known.note or not told.note)
    )


def completed(known: Card, told: Card) -> Card:
    """What is known of somebody with what a newer card tells: a new job counts, blanks do not."""
    return replace(
        known,
        name=known.name or told.name,
        email=known.email or told.email,
        profile=known.profile or told.profile,
        employer=told.employer or known.employer,
        role=told.role or ("" if _apart(told.employer, known.employer) else known.role),
        connected_date=told.connected_date or known.connected_date,
        birthday=told.birthday or known.birthday,
        note=known.note or told.note,
        uid=known.uid or told.uid,
    )
