"""Which language a letter is written in, by its commonest small words."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from kindregards.core.letters.known import known, known_words

_DIGIT = 16
"""Bits for the count of one language; no list has as many words as they can count."""


@cache
def _languages() -> tuple[str, ...]:
    return tuple(known()["languages"])


@cache
def _counted() -> dict[str, int]:
    """Of each small word a one at the place of each language that has it."""
    counted: dict[str, int] = {}
    for place, language in enumerate(_languages()):
        for word in known_words("languages", language):
            counted[word] = counted.get(word, 0) + (1 << place * _DIGIT)
    return counted


def language_of(words: Set[str]) -> str:
    """Two letters for the language of a letter's lower-case words; English where nothing tells."""
    counted = _counted()
    total = sum(map(counted.__getitem__, words & counted.keys()))
    counts = {
        language: total >> place * _DIGIT & (1 << _DIGIT) - 1
        for place, language in enumerate(_languages())
    }
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if counts[best] >= 2 and counts[best] > counts["en"] else "en"
