"""The words of a text: where each stands, how it is looked up, and which follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, compress

STEM = 5
"""Length of the stems that a word with any ending is looked up by."""

_SPLIT = re.compile(r"([^\W_]++(?:'[^\W_]++)*+)")


class _Light(dict[str, bool]):
    """Whether what stands between two words is light: at most four marks that end no sentence.

    A full stop without a blank ends none: 92.000, z.B., 10.15.
    """

    def __missing__(self, between: str) -> bool:
        light = 0 < len(between) <= 4 and not any(mark in between for mark in "_.!?")
        light = light or between == "."
        if len(self) < 4096:
            self[between] = light
        return light


class _Stems(dict[str, str]):
    """The stem that a word is looked up by; a short word has none but itself."""

    def __missing__(self, word: str) -> str:
        stem = word[:STEM] + "*" if len(word) >= STEM else word
        if len(self) < 65536:
            self[word] = stem
        return stem


_LIGHT, STEMS = _Light(), _Stems()


class Tokens:
    """The words of a lower-case text: where each stands, and which follow one another."""

    __slots__ = ("ends", "joined", "lookups", "starts", "words")

    def __init__(self, lowered: str) -> None:
        # Whole lists at a time: this is done for every letter of a mailbox.
        pieces = _SPLIT.split(lowered)
        edges = list(accumulate(map(len, pieces)))
        self.words: list[str] = pieces[1::2]
        self.starts: list[int] = edges[0:-1:2]
        self.ends: list[int] = edges[1::2]
        self.joined: list[bool] = [*map(_LIGHT.__getitem__, pieces[2:-1:2]), False]
        different = frozenset(self.words)
        self.lookups: frozenset[str] = different.union(map(STEMS.__getitem__, different))

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
        first = 0
        for after in [at for at, joined in enumerate(self.joined, 1) if not joined]:
            if first < after <= len(self.words):
                yield first, tuple(self.words[first:after])
            first = after


def lookup_words(lowered: str) -> set[str]:
    """The words of a lower-case text, and the stems of the longer ones."""
    return set(Tokens(lowered).lookups)
