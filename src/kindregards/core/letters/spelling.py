"""Words as they are compared: without accents, umlauts written out, without elided articles.

People leave out what their keyboard hides (fur, fuer, a, numero), and French and Italian tie an
article to its word (l'entretien, d'entretien). Both sides of a comparison are made plain alike:
the words of a wording when it is loaded, and those of a letter when they are looked for. Where a
language ties nouns together (Leitungserfahrung), a word that no wording holds is compared by its
last part.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

_WRITTEN_OUT = {"ß": "ss", "ł": "l", "æ": "ae", "œ": "oe", "ø": "o"}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_ACCENTED = "àáâãåèéêëìíîïòóôõùúûýñçąćęńśźżäöü"
# Articles and small words only: the "n" of "n'a" is half of a negation.
_ELIDED = {
    "fr": re.compile(r"\b(?:[ld]|qu|lorsqu|jusqu|puisqu)'(?=\w)"),
    "it": re.compile(r"\b(?:[ld]|un|all|dell|nell|sull|dall|quest|nessun)'(?=\w)"),
}


class Spelling(dict[str, str]):
    """The plain spelling of each word of a language, worked out once.

    `heads` are the last parts of compounds that are compared by them alone, unless one of `texts`,
    which are in plain spelling, holds the whole word.
    """

    def __init__(self, language: str, heads: str = "", texts: Iterable[str] = ()) -> None:
        letters = _WRITTEN_OUT | dict(zip(_ACCENTED, map(_bare, _ACCENTED), strict=True))
        if language == "de":
            letters |= _UMLAUTS
        self._letters = str.maketrans(letters)
        self._elided = _ELIDED.get(language)
        self._heads = sorted(heads.split(), key=len, reverse=True)
        self._texts = texts

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset().union(*map(WORD.findall, self._texts))

    def plain(self, text: str) -> str:
        """Lower-case text, a word or many, in plain spelling."""
        text = text.translate(self._letters)
        return self._elided.sub("", text) if self._elided else text

    def __missing__(self, word: str) -> str:
        plain = self.plain(word)
        if len(plain) > _SHORTEST and self._heads and plain not in self._known:
            plain = next((head for head in self._heads if plain.endswith(head)), plain)
        if len(self) < 65536:
            self[word] = plain
        return plain

    def loosely(self, pattern: str) -> str:
        """A regular expression that also finds what is spelled plainly."""
        return _SPECIAL.sub(self._either, pattern)

    def _either(self, found: re.Match[str]) -> str:
        special = found.group()
        return special if special[0] == "[" else f"(?:{special}|{special.translate(self._letters)})"


WORD = re.compile(r"\w+")
_SHORTEST = 8
"""Letters of the longest word that is no compound of a head and another noun."""
_SPECIAL = re.compile(rf"\[[^\]]*\]|[{_ACCENTED}ßłœ]")


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
