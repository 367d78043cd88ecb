"""Names as letters give them, and what tells a person, a role and an employer apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from kindregards.core.letters.known import known_words


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a letter gives, with where it stands in the text (start < 0: not in it)."""

    name: str
    start: int = -1
    end: int = -1


@cache
def _role_nouns() -> tuple[frozenset[str], dict[str, tuple[int, ...]]]:
    """All nouns, and by their last letters the lengths of the long ones, which end longer words."""
    nouns = known_words("names", "role_nouns")
    lengths: dict[str, set[int]] = {}
    for noun in nouns:
        if len(noun) >= _LONG:
            lengths.setdefault(noun[-_LAST:], set()).add(len(noun))
    return nouns, {last: tuple(sorted(known)) for last, known in lengths.items()}


_LAST = 4
"""Letters that tell most words from those that end in a noun of roles."""


_LONG = 7
_ROLE_WORDS = re.compile(r"[^\W\d_]+")


def is_role_noun(word: str) -> bool:
    """Whether roles end in a lower-case word, or in its end ("softwareentwicklerin")."""
    nouns, lengths = _role_nouns()
    for part in [word] if word.isalpha() else _ROLE_WORDS.findall(word):
        if part in nouns:
            return True
        for length in lengths.get(part[-_LAST:], ()):
            if length >= len(part):
                break
            if part[-length:] in nouns:
                return True
    return False


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name by its letters alone, as domains write it."""
    name = name.lower()
    if not name.isascii():
        for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
            name = name.replace(umlaut, letters)
        name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _NO_LETTERS.sub("", name)


_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def is_person(name: str, email: str) -> bool:
    """Whether the sender's name is a person's: the address holds a part of it before the @."""
    local = plain(email.partition("@")[0])
    words = [plain(word) for word in name.split()]
    return any(len(word) > 2 and word in local for word in words) and len(words) < 5
