"""The reader: bytes become a Letter, a Letter becomes a Reading.

Names are loaded on first use, so that whoever needs only the values pays for no parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kindregards.core.letters.cleaning import clean as clean
    from kindregards.core.letters.letter import Address as Address
    from kindregards.core.letters.letter import Letter as Letter
    from kindregards.core.letters.letter import NotALetter as NotALetter
    from kindregards.core.letters.message import parse_letter as parse_letter
    from kindregards.core.letters.paste import pasted_letter as pasted_letter
    from kindregards.core.letters.reader import read_if as read_if
    from kindregards.core.letters.reader import read_letter as read_letter
    from kindregards.core.letters.reading import Reading as Reading
    from kindregards.core.letters.reading import as_record as as_record
    from kindregards.core.letters.reading import corrected as corrected
    from kindregards.core.letters.reading import from_record as from_record
    from kindregards.core.letters.telling import not_told as not_told
    from kindregards.core.letters.telling import told as told

_HOMES = {
    "clean": "cleaning",
    "Address": "letter",
    "Letter": "letter",
    "NotALetter": "letter",
    "parse_letter": "message",
    "pasted_letter": "paste",
    "read_if": "reader",
    "read_letter": "reader",
    "Reading": "reading",
    "as_record": "reading",
    "corrected": "reading",
    "from_record": "reading",
    "not_told": "telling",
    "told": "telling",
}

__all__ = [
    "Address",
    "Letter",
    "NotALetter",
    "Reading",
    "as_record",
    "clean",
    "corrected",
    "from_record",
    "not_told",
    "parse_letter",
    "pasted_letter",
    "read_if",
    "read_letter",
    "told",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
