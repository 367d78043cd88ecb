"""What a reader says about words: its kinds, and how they fit one another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a comment says of its words (R37)."""

    UNCLEAR = "unclear"
    WRONG = "wrong"
    STRONGER = "stronger"
    MISSING = "missing"
    GOOD = "good"


FITTING = frozenset(
    {
        frozenset({Kind.UNCLEAR, Kind.WRONG}),
        frozenset({Kind.UNCLEAR, Kind.STRONGER}),
        frozenset({Kind.UNCLEAR, Kind.MISSING}),
        frozenset({Kind.WRONG, Kind.STRONGER}),
    }
)
"""Kinds by which two readers say much the same of the same words."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as far as it matters beside others: whose, of which kind, where, and what instead.

    `replacement` is "" where none was proposed.
    """

    key: int
    reader: int
    kind: Kind
    start: int
    end: int
    replacement: str = ""


def fits(one: Kind, other: Kind) -> bool:
    """Whether two kinds say much the same; each does with itself."""
    return one is other or frozenset({one, other}) in FITTING


class Decision(StrEnum):
    """What the person makes of a comment."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    LATER = "later"


class CarriedBy(StrEnum):
    """How a reader gets the resume: by a link to this program, or as a packet, a file that works
    without it."""

    LINK = "link"
    PACKET = "packet"
