"""Which language a letter is written in, by its commonest small words."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from kindregards.core.letters.known import known, known_words

_DIGIT = 16
"""Bits for the count of one language; no list has as many words as they can count."""
_ALL = (1 << _DIGIT) - 1


@cache
def _counted() -> tuple[frozenset[str], dict[str, int]]:
    """All small words, and of each a one at the place of every language that has it."""
    counted: dict[str, int] = {}
    for place, language in enumerate(known()["languages"]):
        for word in known_words("languages", language):
            counted[word] = counted.get(word, 0) + (1 << place * _DIGIT)
    return frozenset(counted), counted


def language_of(words: Set[str]) -> str:
    """Two letters for the language of a letter's lower-case words; English where nothing tells."""
    small, counted = _counted()
    total = sum(map(counted.__getitem__, small & words))
    best, most, english = "en", 0, 0
    for place, language in enumerate(known()["languages"]):
        count = total >> place * _DIGIT & _ALL
        if language == "en":
            english = count
        if count > most or (count == most and language == "en"):
            best, most = language, count
    return best if most >= 2 and most > english else "en"
