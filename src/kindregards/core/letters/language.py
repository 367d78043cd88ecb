"""Which language a letter is written in, by its commonest small words."""

from __future__ import annotations

from collections.abc import Set

from kindregards.core.letters.known import known, known_words


def language_of(words: Set[str]) -> str:
    """Two letters for the language of a letter's lower-case words; English where nothing tells."""
    counts = {
        language: len(words & known_words("languages", language))
        for language in known()["languages"]
    }
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if counts[best] >= 2 and counts[best] > counts["en"] else "en"
