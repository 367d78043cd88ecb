"""The words of a text: where each stands, how it is looked up, and which follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, chain, compress
from operator import add

STEM = 5
"""Length of the stems that a word with any ending is looked up by."""
_FURTHEST = 4
"""Most marks between two words that follow one another."""


class _Stems(dict[str, str]):
    """The stem that a word is looked up by; a short word has none but itself."""

    def __missing__(self, word: str) -> str:
        stem = word[:STEM] + "*" if len(word) >= STEM else word
        if len(self) < 65536:
            self[word] = stem
        return stem


class _Runs(dict[str, tuple[str, ...]]):
    """The words of a run by its text: mail repeats its greetings and what stands below it."""

    def __missing__(self, text: str) -> tuple[str, ...]:
        if len(self) >= 4096:
            self.clear()
        run = tuple(text.split())
        if len(text) <= 1000:
            self[text] = run
        return run


STEMS, _RUNS = _Stems(), _Runs()


class Tokens:
    """The words of a lower-case text: where each stands, and which follow one another.

    Words follow one another, in a run, where at most four marks are between them that end no
    sentence. A full stop without a blank ends none: 92.000, z.B., 10.15.
    """

    __slots__ = ("_ends", "_flat", "_joined", "_runs", "_starts", "lookups", "words")

    def __init__(self, lowered: str) -> None:
        # Whole lists at a time, by what is written in C: this is done for every letter of a
        # mailbox. What only some letters need is worked out when it is asked for.
        self._flat = flat = flattened(lowered)
        pieces = flat.split("\n")
        if _TOO_FAR in flat:
            pieces = list(chain.from_iterable(map(_APART.split, pieces)))
        self._runs = list(filter(None, map(_RUNS.__getitem__, pieces)))
        self.words: list[str] = list(chain.from_iterable(self._runs))
        different = frozenset(self.words)
        self.lookups: frozenset[str] = different.union(map(STEMS.__getitem__, different))
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None
        self._joined: list[bool] | None = None

    @property
    def starts(self) -> list[int]:
        """Where each word begins."""
        if self._starts is None:
            pieces = self._flat.replace(" ", "\n").splitlines(keepends=True)
            edges = accumulate(map(len, pieces), initial=0)
            self._starts = list(compress(edges, map("\n".__ne__, pieces)))
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Where each word ends."""
        if self._ends is None:
            self._ends = list(map(add, self.starts, map(len, self.words)))
        return self._ends

    @property
    def joined(self) -> list[bool]:
        """Of each word whether the next one follows it."""
        if self._joined is None:
            steps = ([*[True] * (len(run) - 1), False] for run in self._runs)
            self._joined = list(chain.from_iterable(steps)) or [False]
        return self._joined

    def places_of(self, wanted: frozenset[str]) -> dict[str, list[int]]:
        """Where the words wanted begin, by word; without those that are not there."""
        wanted &= self.lookups
        places: dict[str, list[int]] = {word: [] for word in wanted}
        here = map(wanted.__contains__, self.words)
        for word, start in compress(zip(self.words, self.starts, strict=True), here):
            places[word].append(start)
        return places

    def runs(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The first token of each run and the words in it."""
        return zip(accumulate(map(len, self._runs), initial=0), self._runs, strict=False)


def lookup_words(lowered: str) -> set[str]:
    """The words of a lower-case text, and the stems of the longer ones."""
    return set(Tokens(lowered).lookups)


# The text as words and what is between them --------------------------------------------------


def _flat(char: str) -> str:
    if char.isalnum() or char in "'.":
        return char
    return "\n" if char in "_!?" else " "


class _Flat(dict[int, str]):
    """What each character becomes, by its number."""

    def __missing__(self, code: int) -> str:
        self[code] = flat = _flat(chr(code))
        return flat


_TABLE = _Flat()
_LATIN = bytes(ord(_flat(chr(code))) for code in range(256))
_MOST_ODD = 16
_TOO_FAR = " " * (_FURTHEST + 1)
_APART = re.compile(f"{_TOO_FAR} *")
# Each begins with the one character that is looked for.
_NO_APOSTROPHE = re.compile(r"'(?:(?<![^ \n.']')|(?![^ \n.']))")
_INNER_STOP = re.compile(r"\.(?<=[^ \n.]\.)(?=[^ \n.])")


def flattened(lowered: str) -> str:
    """The text, as long as it was, of words, blanks, and line ends for marks that end a run."""
    flat = _translated(lowered)
    if "'" in flat:
        flat = _NO_APOSTROPHE.sub(" ", flat)
    return _INNER_STOP.sub(" ", flat).replace(".", "\n")


def _translated(text: str) -> str:
    """Each character made flat: many times as fast where all, but for odd marks, are Latin-1."""
    for _ in range(_MOST_ODD):
        try:
            return text.encode("latin-1").translate(_LATIN).decode("latin-1")
        except UnicodeEncodeError as found:
            odd = text[found.start]
        if odd.isalnum():
            break
        text = text.replace(odd, " ")
    return text.translate(_TABLE)
