"""What the words of a letter say by themselves, of its kind and of its circumstances, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

from kindregards.core.letters.circumstances import COLUMNS, fitted_leanings, fitted_row
from kindregards.core.letters.lanes import Lanes, Row, Weight
from kindregards.core.letters.page import Page
from kindregards.core.letters.tokens import ByRun, Run
from kindregards.core.letters.weighing import KINDS, fitted_weights


class Vocabulary:
    """The words and the pairs of words that have weights: those whose names begin with `w:`.

    `row_of` tells the weights of a name; they are packed when a letter first holds the words.
    """

    def __init__(self, names: Iterable[str], row_of: Callable[[str], Row]) -> None:
        told = [name[2:] for name in names if name[:2] == "w:"]
        self._words = frozenset(words for words in told if " " not in words)
        self._pairs = frozenset(tuple(words.split(" ")) for words in told if " " in words)
        self._added = _Added(row_of)
        self._told_in = ByRun(self._looked_up)

    def added_by(self, page: Page) -> int:
        """What the words of a letter, and those that follow one another, add: each once."""
        told = map(self._told_in.__getitem__, page.tokens.different)
        return sum(_NO_WEIGHTS.union(*told))

    def _looked_up(self, run: Run) -> frozenset[Weight]:
        pairs = map(" ".join, filter(self._pairs.__contains__, pairwise(run.words)))
        told = (run.lookups & self._words).union(pairs)
        return frozenset(map(self._added.__getitem__, told))


_NO_WEIGHTS: frozenset[Weight] = frozenset()


class _Added(dict[str, Weight]):
    """What a word, or a pair of words with a blank between, adds."""

    def __init__(self, row_of: Callable[[str], Row]) -> None:
        self._row_of = row_of

    def __missing__(self, words: str) -> Weight:
        self[words] = added = Weight(_LANES.packed(self._row_of(f"w:{words}")))
        return added


def said_by_words(page: Page) -> tuple[Row, Row]:
    """What the words of a letter add for each of `KINDS`, and for each of `COLUMNS`."""
    totals = _LANES.unpacked(_vocabulary().added_by(page))
    return totals[: len(KINDS)], totals[len(KINDS) :]


_LANES = Lanes(len(KINDS) + len(COLUMNS))


@cache
def _vocabulary() -> Vocabulary:
    kinds = fitted_weights()
    names = kinds.keys() | set().union(*fitted_leanings().values())
    return Vocabulary(names, lambda name: [*kinds.get(name, _NOTHING), *fitted_row(name)])


_NOTHING = (0.0,) * len(KINDS)
