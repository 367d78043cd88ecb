"""Everybody as a file: vCard for an address book, CSV for a spreadsheet."""

from __future__ import annotations

from kindregards.core.network.card import Card
from kindregards.core.network.vcard import as_vcards
from kindregards.core.spreadsheet import as_csv
from kindregards.web.models import User
from kindregards.web.network.queries import cards

FIELDS = ("name", "email", "role", "company", "url", "connected on", "note")


def people_as_vcards(owner: User) -> bytes:
    """The people as vCards, each with an identifier that stays."""
    return as_vcards(cards(owner)).encode()


def people_as_csv(owner: User) -> bytes:
    """The people as a table that can be taken in again."""
    return as_csv([_row(card) for card in cards(owner)], FIELDS)


def _row(card: Card) -> dict[str, object]:
    return {
        "name": card.name,
        "email": card.email,
        "role": card.role,
        "company": card.employer,
        "url": f"https://www.{card.profile}" if card.profile else None,
        "connected on": card.connected_date.isoformat() if card.connected_date else None,
        "note": card.note or None,
    }
