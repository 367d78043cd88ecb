"""Which wordings a run of words can hold at all, before any is looked at.

Each place of a wording needs something: one of some words, stems or pairs of words. A set of
wordings is one whole number, whose bits stand for the wordings, once for each of their places;
what a run holds is put together by `or`, what fills all places of a wording found by `and`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from kindregards.core.letters.tokens import STEMS

_PLACES = 4
"""Of so many places of a wording it is asked whether a run can fill them; few have more."""

Needs = Mapping[str, str]
"""By word, stem or pair: the bits of the places that it fills, as numbers with blanks between.

"" has those that need nothing.
"""


def needs_of(wordings: Sequence[Iterable[frozenset[str]]]) -> Needs:
    """The bits by what fills them; each wording is given as what its places need."""
    needs: dict[str, list[int]] = defaultdict(list)
    needs[""] = []
    for number, places in enumerate(wordings):
        asked = sorted(filter(None, places), key=len)[:_PLACES]
        for place in range(_PLACES):
            bit = number + place * len(wordings)
            for lookup in asked[place] if place < len(asked) else ("",):
                needs[lookup].append(bit)
    return {lookup: " ".join(map(str, bits)) for lookup, bits in needs.items()}


class Sieve:
    """The wordings of a language by what their places need."""

    def __init__(self, count: int, needs: Needs) -> None:
        self._count = count
        self._every = (1 << count) - 1
        self._by_word = _ByWord(needs)
        self._by_pair = _ByPair(needs)
        self._seconds = _seconds(needs)
        self._always = _filled(needs[""])

    def wordings_for(self, words: Sequence[str]) -> list[int]:
        """The numbers of the wordings all of whose places the words of a run may fill."""
        filled = reduce(or_, map(self._by_word.__getitem__, words), self._always)
        for seconds, word in zip(map(self._seconds.get, words), words[1:], strict=False):
            if seconds and word in seconds:
                filled |= self._by_pair[seconds[word]]
        filled &= filled >> 2 * self._count
        filled &= filled >> self._count
        return _bits(filled & self._every)


def _seconds(needs: Needs) -> dict[str, dict[str, str]]:
    """The pairs that some wording needs, by their first word and then by their second."""
    seconds: dict[str, dict[str, str]] = defaultdict(dict)
    for pair in needs:
        first, blank, second = pair.partition(" ")
        if blank:
            seconds[first][second] = pair
    return dict(seconds)


def _filled(bits: str) -> int:
    """The places that bits, given as in `Needs`, stand for."""
    numbers = [*map(int, bits.split())]
    filled = bytearray(max(numbers, default=0) // 8 + 1)
    for bit in numbers:
        filled[bit // 8] |= 1 << bit % 8
    return int.from_bytes(filled, "little")


class _ByPair(dict[str, int]):
    """The places that a pair of words fills, put together when a run first holds it."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs

    def __missing__(self, pair: str) -> int:
        self[pair] = number = _filled(self._needs[pair])
        return number


class _ByWord(dict[str, int]):
    """The places that a word fills by itself and by its stem: none, for most words there are."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs

    def __missing__(self, word: str) -> int:
        needs, number = self._needs, 0
        if word in needs:
            number = _filled(needs[word])
        stem = STEMS[word]
        if stem is not word and stem in needs:
            number |= _filled(needs[stem])
        if len(self) < 65536:
            self[word] = number
        return number


def _bits(number: int) -> list[int]:
    """The places of the bits of a number, the highest first."""
    bits = []
    while number:
        bit = number.bit_length() - 1
        bits.append(bit)
        number ^= 1 << bit
    return bits
