"""People from a file: a LinkedIn export or one list of it, a vCard, or a table of one's own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from kindregards.core.network.card import Card, person_key
from kindregards.core.network.linkedin import (
    Unread,
    Word,
    connections,
    invitations,
    messages,
    own_name,
)
from kindregards.core.network.vcard import LARGEST as LARGEST_CARDS
from kindregards.core.network.vcard import NotCards, cards_of
from kindregards.core.spreadsheet import NotATable
from kindregards.sources.linkedin import NO_PEOPLE, Listed, export_lists

_UNREADABLE = (
    "This address book could not be read: no card in it is whole. Export it once more as vCard, "
    "with the ending .vcf."
)
_ZIP = b"PK\x03\x04"


class NoPeople(ValueError):
    """Raised for bytes that hold nobody; its message is a sentence for a person."""


@dataclass(slots=True)
class People:
    """Who stands in a file. `all_connections` says that it has everybody one is connected with.

    `unread` counts the rows and cards that could not be taken, with the first reasons.
    """

    cards: list[Card] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    from_linkedin: bool = False
    all_connections: bool = False


@contextmanager
def all_of_it_stays() -> Iterator[None]:
    """Look for no garbage meanwhile: of tens of thousands of people none is, and looking takes
    nearly half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@all_of_it_stays()
def people_in(stream: BinaryIO, *, name: str = "", with_messages: bool = False) -> People:
    """Who stands in a file. Messages are read only where they are asked for (Appendix A: opt-in).

    `name` is the file's own: what ends with .vcf is read as an address book, however it begins.

    Raises NoPeople with a sentence where nobody is found.
    """
    start = stream.read(len(_ZIP))
    stream.seek(0)
    try:
        if start == _ZIP:
            return _of_export(stream, with_messages)
        raw = stream.read(LARGEST_CARDS + 1)
        begins = raw[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").upper()
        if begins.startswith(b"BEGIN:VCARD") or name.lower().endswith(".vcf"):
            return _of_cards(raw)
        return _of_list(raw)
    except (NotATable, NotCards) as problem:
        raise NoPeople(str(problem)) from problem


def _of_cards(raw: bytes) -> People:
    if b"END:VCARD" not in raw.upper():
        raise NoPeople(_UNREADABLE)
    cards, unread = cards_of(raw)
    return People(cards, unread=[Unread(0, "This card could not be read.")] * unread)


def _of_list(raw: bytes) -> People:
    cards, unread = connections(raw)
    whole = any(card.connected_date for card in cards)
    return People(cards, unread=unread, from_linkedin=whole, all_connections=whole)


def _of_export(stream: BinaryIO, with_messages: bool) -> People:
    more = (Listed.INVITATIONS, Listed.PROFILE, *([Listed.MESSAGES] if with_messages else []))
    lists = export_lists(stream, Listed.CONNECTIONS, *more, otherwise=NO_PEOPLE)
    people = People(from_linkedin=True, all_connections=True)
    for one in lists[Listed.CONNECTIONS]:
        cards, unread = connections(one)
        people.cards += cards
        people.unread += unread
    own = frozenset(filter(None, (person_key(own_name(one)) for one in lists[Listed.PROFILE])))
    for one in lists[Listed.INVITATIONS]:
        _add(people, partial(invitations, one))
    for one in lists.get(Listed.MESSAGES, ()):
        _add(people, partial(messages, one, own_names=own))
    return people


def _add(people: People, read: Callable[[], tuple[list[Word], list[Unread]]]) -> None:
    """What else was said; a list that is empty or otherwise made does not spoil the people."""
    try:
        words, unread = read()
    except NotATable as problem:
        people.unread.append(Unread(0, str(problem)))
    else:
        people.words += words
        people.unread += unread
