"""Address books as vCards: versions 2.1, 3 and 4 in, version 3 out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any

import vobject  # type: ignore[import-untyped]
from vobject.base import ParseError, VObjectError  # type: ignore[import-untyped]
from vobject.vcard import Name  # type: ignore[import-untyped]

from kindregards.core.network.card import (
    LONGEST_NAME,
    LONGEST_NOTE,
    Birthday,
    Card,
    birthday_in,
    plain_address,
    profile_key,
)

LARGEST = 50_000_000  # bytes; pictures stand in address books
MOST = 100_000
_ONE = re.compile(r"(?ims)^BEGIN:VCARD\s*$.*?^END:VCARD\s*$")
_PICTURE = re.compile(r"(?im)^(?:item\d+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:].*\n(?:[ \t].*\n?)*")
_BROKEN = (ParseError, VObjectError, ValueError, KeyError, IndexError, AttributeError, TypeError)
_NOBODY = "Nobody is in this file. An address book is exported as vCard, with the ending .vcf."


class NotCards(ValueError):
    """Raised for bytes that hold no vCard; its message is a sentence for a person."""


def cards_of(raw: bytes) -> tuple[list[Card], int]:
    """The people of a .vcf file, and how many cards of it could not be read.

    Raises NotCards with a sentence where there is not one person, or the file is too large.
    """
    if len(raw) > LARGEST:
        raise NotCards(f"It is larger than {LARGEST // 1_000_000} MB. Export it in parts.")
    cards, unread = [], 0
    for text in _each(_decoded(raw)):
        card = _card(text)
        if card is None or not card.is_somebody:
            unread += 1
        else:
            cards.append(card)
        if len(cards) + unread >= MOST:
            raise NotCards(f"It has more than {MOST:,} people. Export it in parts.")
    if not cards:
        raise NotCards(_NOBODY)
    return cards, unread


def as_vcards(cards: Iterable[Card]) -> str:
    """The people as vCard 3.0, which every address book takes. `uid` stays the same each time."""
    return "".join(_written(card) for card in cards)


def _written(card: Card) -> str:
    made = vobject.vCard()
    given, _blank, family = card.name.rpartition(" ") if " " in card.name else (card.name, "", "")
    made.add("n").value = Name(family=family, given=given)
    made.add("fn").value = card.name or card.email
    for kind, value in (("email", card.email), ("title", card.role), ("note", card.note)):
        if value:
            made.add(kind).value = value
    if card.employer:
        made.add("org").value = [card.employer]
    if card.profile:
        made.add("url").value = f"https://www.{card.profile}"
    if card.birthday:
        made.add("bday").value = _day_written(card.birthday)
    if card.uid:
        made.add("uid").value = card.uid
    return str(made.serialize(validate=False))


def _day_written(day: Birthday) -> str:
    year = f"{day.year:04}" if day.year else "-"
    return f"{year}-{day.month:02}-{day.day:02}"


def _decoded(raw: bytes) -> str:
    for encoding in (
        ("utf-8-sig", "utf-16") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        try:
            return raw.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", "replace").replace("\x00", "")


def _each(text: str) -> Iterator[str]:
    """Each card by itself, without its pictures, so that a broken one costs only itself."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for found in _ONE.finditer(text):
        yield _PICTURE.sub("", found[0])


def _card(text: str) -> Card | None:
    logging.getLogger("vobject").setLevel(logging.CRITICAL)  # it warns of what is not ours to mend
    try:
        told = next(iter(vobject.readComponents(text, allowQP=True, ignoreUnreadable=True)), None)
    except _BROKEN:
        return None
    return None if told is None else _as_card(told.contents)


def _as_card(contents: dict[str, list[Any]]) -> Card:
    def _first(name: str) -> str:
        return next((_text(one.value) for one in contents.get(name, ()) if one.value), "")

    links = [profile_key(_text(one.value)) for one in contents.get("url", ())]
    links += [profile_key(_text(one.value)) for one in contents.get("x-socialprofile", ())]
    emails = (plain_address(_text(one.value)) for one in contents.get("email", ()))
    return Card(
        name=(_first("fn") or _name(contents))[:LONGEST_NAME],
        email=next(filter(None, emails), ""),
        role=(_first("title") or _first("role"))[:LONGEST_NAME],
        employer=_first("org")[:LONGEST_NAME],
        profile=next(filter(None, links), ""),
        birthday=birthday_in(_first("bday")),
        note=_note(contents)[:LONGEST_NOTE],
        uid=_first("uid")[:LONGEST_NAME],
    )


def _text(value: object) -> str:
    """A value in one line. Of an organisation only the first part: the rest are its departments."""
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    return " ".join(str(value).split())


def _name(contents: dict[str, list[Any]]) -> str:
    told = next((one.value for one in contents.get("n", ())), None)
    if not isinstance(told, Name):
        return ""
    return " ".join(f"{_text(told.given)} {_text(told.family)}".split())


def _note(contents: dict[str, list[Any]]) -> str:
    return "\n".join(str(one.value).strip() for one in contents.get("note", ()) if one.value)
