"""The words of a text: where each stands, how it is looked up, and which follow one another."""

from __future__ import annotations

import re
from itertools import accumulate

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
    """The words of a lower-case text, in runs of words that follow one another.

    Words follow one another where at most four marks are between them that end no sentence. A full
    stop without a blank ends none: 92.000, z.B., 10.15. `runs` are the words of each run, with the
    number by which `starts_in` tells where they stand.
    """

    __slots__ = ("_edges", "_pieces", "lookups", "runs", "words")

    def __init__(self, lowered: str) -> None:
        # Whole lists at a time, by what is written in C: this is done for every letter of a
        # mailbox. What only some letters need is worked out when it is asked for.
        flat = flattened(lowered)
        if _TOO_FAR in flat:
            flat = _APART.sub(_line_ends, flat)
        self._pieces = flat.split("\n")
        self._edges: list[int] = []
        runs = enumerate(map(_RUNS.__getitem__, self._pieces))
        self.runs: list[tuple[int, tuple[str, ...]]] = [one for one in runs if one[1]]
        self.words: list[str] = [word for _, run in self.runs for word in run]
        different = frozenset(self.words)
        self.lookups: frozenset[str] = different.union(map(STEMS.__getitem__, different))

    def starts_in(self, number: int) -> list[int]:
        """Where each word of a run begins in the text."""
        if not self._edges:
            lengths = (len(piece) + 1 for piece in self._pieces)
            self._edges = list(accumulate(lengths, initial=0))
        edge, text, at = self._edges[number], self._pieces[number], 0
        starts = []
        for word in text.split():
            at = text.index(word, at)
            starts.append(edge + at)
            at += len(word)
        return starts


def _line_ends(blanks: re.Match[str]) -> str:
    return "\n" * len(blanks.group())


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
