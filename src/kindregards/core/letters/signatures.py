"""Names as letters give them, and what tells a person, a role and an employer apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from kindregards.core.letters.known import known_words


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a letter gives, with where it stands in the text (start < 0: not in it)."""

    name: str
    start: int = -1
    end: int = -1


def role_nouns() -> frozenset[str]:
    """All nouns that roles end in."""
    return known_words("names", "role_nouns")


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """By the last letters of the long nouns, which end longer words: how long those nouns are."""
    lengths: dict[str, set[int]] = {}
    for noun in role_nouns():
        if len(noun) >= _LONG:
            lengths.setdefault(noun[-_LAST:], set()).add(len(noun))
    return {last: tuple(sorted(known)) for last, known in lengths.items()}


_LAST = 4
"""Letters that tell most words from those that end in a noun of roles."""


_LONG = 7
_ROLE_WORDS = re.compile(r"[^\W\d_]+")


def is_role_noun(word: str) -> bool:
    """Whether roles end in a lower-case word, or in its end ("softwareentwicklerin")."""
    if word.isalpha():
        return _ends_in_noun(word)
    return any(map(_ends_in_noun, _ROLE_WORDS.findall(word)))


def _ends_in_noun(word: str) -> bool:
    nouns = role_nouns()
    if word in nouns:
        return True
    for length in _lengths().get(word[-_LAST:], ()):
        if length < len(word) and word[-length:] in nouns:
            return True
    return False


def plain(name: str) -> str:
    """A name by its letters alone, as domains write it."""
    name = name.lower()
    if name.isascii():
        letters = name.encode("ascii")
    else:
        for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
            name = name.replace(umlaut, written)
        letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore")
    return letters.translate(None, _NO_LETTERS).decode("ascii")


# Of bytes, since those are taken out in one go.
_NO_LETTERS = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz0123456789"))


def is_person(name: str, email: str) -> bool:
    """Whether the sender's name is a person's: the address holds a part of it before the @."""
    local = plain(email.partition("@")[0])
    words = [plain(word) for word in name.split()]
    return any(len(word) > 2 and word in local for word in words) and len(words) < 5
