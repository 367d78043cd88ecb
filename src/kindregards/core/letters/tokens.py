"""The words of a text: where each stands, how it is looked up, and which follow one another."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, chain
from typing import TypeVar

Found = TypeVar("Found")

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


class Run:
    """Words that follow one another, with where each begins in their text.

    One object serves every text that holds the run, so that what is found in it can be remembered
    by it, whoever looks.
    """

    __slots__ = ("_starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tuple(text.split())
        self._starts: list[int] = []

    def starts(self) -> list[int]:
        """Where each word begins, counted from where the run does."""
        if not self._starts:
            # Each line end that may stand here is the last character, and a blank as any other.
            parts = self.text.replace("\n", " ").split(" ")
            starts = accumulate([len(part) + 1 for part in parts], initial=0)
            self._starts = [at for at, part in zip(starts, parts, strict=False) if part]
        return self._starts


_LONGEST = 1000
"""Characters of a run: people end sentences sooner, and wordings are tried at each of its words."""
_MOST_REMEMBERED = 16384


class ByRun(dict[Run, Found]):
    """What `look` finds in a run; mail repeats its greetings and what stands below it."""

    def __init__(self, look: Callable[[Run], Found]) -> None:
        self._look = look

    def __missing__(self, run: Run) -> Found:
        found = self._look(run)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[run] = found
        return found


class _Runs(dict[str, Run]):
    """The run that a text is."""

    def __missing__(self, text: str) -> Run:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[text] = run = Run(text)
        return run


STEMS, _RUNS = _Stems(), _Runs()


class Tokens:
    """The words of a lower-case text, in runs of words that follow one another.

    Words follow one another where at most four marks are between them that end no sentence, as far
    as a thousand characters. A full stop without a blank ends none: 92.000, z.B., 10.15. `edges`
    are where the `runs` begin in the text, `different` are those runs each once, and `lookups`
    their words and stems.
    """

    __slots__ = ("different", "edges", "lookups", "runs")

    def __init__(self, lowered: str) -> None:
        # Whole lists at a time, by what is written in C: this is done for every letter of a
        # mailbox.
        flat = flattened(lowered)
        if _TOO_FAR in flat:
            flat = _APART.sub(_line_ends, flat)
        pieces = flat.splitlines(keepends=True)
        if max(map(len, pieces), default=0) > _LONGEST:
            pieces = [*chain.from_iterable(map(_cut, pieces))]
        self.runs: list[Run] = [*map(_RUNS.__getitem__, pieces)]
        self.edges: list[int] = [*accumulate(map(len, pieces), initial=0)]
        self.different = frozenset(self.runs)
        words: set[str] = set().union(*[run.words for run in self.different])
        self.lookups = words.union(map(STEMS.__getitem__, words))


def _cut(piece: str) -> list[str]:
    """A piece in parts none of which is too long, each ending between two words."""
    parts = []
    at = 0
    while len(piece) - at > _LONGEST:
        end = piece.rfind(" ", at, at + _LONGEST) + 1 or at + _LONGEST
        parts.append(piece[at:end])
        at = end
    parts.append(piece[at:])
    return parts


def _line_ends(blanks: re.Match[str]) -> str:
    return "\n" * len(blanks.group())


def lookup_words(lowered: str) -> set[str]:
    """The words of a lower-case text, and the stems of the longer ones."""
    return Tokens(lowered).lookups


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
