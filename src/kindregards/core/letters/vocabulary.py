"""What the words of a letter say by themselves, of its kind and of its circumstances, at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain, pairwise

from kindregards.core.letters.circumstances import COLUMNS, fitted_rows
from kindregards.core.letters.lanes import Lanes, Row
from kindregards.core.letters.page import Page
from kindregards.core.letters.weighing import KINDS, Weights, fitted_weights


class Vocabulary:
    """The words and the pairs of words that have weights: those whose names begin with `w:`."""

    def __init__(self, weights: Mapping[str, Row]) -> None:
        rows = {name[2:]: row for name, row in weights.items() if name[:2] == "w:"}
        self._words = {word: Lanes.packed(row) for word, row in rows.items() if " " not in word}
        self._wanted = frozenset(self._words)
        self._pairs = {
            tuple(words.split(" ")): Lanes.packed(row)
            for words, row in rows.items()
            if " " in words
        }
        # Mail repeats itself: the sentences of forms, footers and greetings come again.
        self._pairs_in = lru_cache(maxsize=16384)(self._looked_up)

    def added_by(self, page: Page) -> int:
        """What the words of a letter, and those that follow one another, add: each once."""
        words = map(self._words.__getitem__, self._wanted & page.words)
        pairs = set(chain.from_iterable(self._pairs_in(run) for _, run in page.tokens.runs()))
        return sum(words) + sum(map(self._pairs.__getitem__, pairs))

    def _looked_up(self, run: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(filter(self._pairs.__contains__, pairwise(run)))


def said_by_words(page: Page) -> tuple[Row, Row]:
    """What the words of a letter add for each of `KINDS`, and for each of `COLUMNS`."""
    totals = _LANES.unpacked(_vocabulary().added_by(page))
    return totals[: len(KINDS)], totals[len(KINDS) :]


_LANES = Lanes(len(KINDS) + len(COLUMNS))


@cache
def _vocabulary() -> Vocabulary:
    kinds, others = fitted_weights(), fitted_rows()
    rows: Weights = {
        name: [*kinds.get(name, (0.0,) * len(KINDS)), *others.get(name, ())]
        for name in kinds.keys() | others.keys()
    }
    return Vocabulary(rows)
