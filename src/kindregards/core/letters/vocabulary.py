"""What the words of a letter say by themselves, of its kind and of its circumstances, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

from kindregards.core.letters.circumstances import COLUMNS, fitted_leanings, fitted_row
from kindregards.core.letters.lanes import Lanes, Row
from kindregards.core.letters.page import Page
from kindregards.core.letters.tokens import ByRun, Run
from kindregards.core.letters.weighing import KINDS, fitted_weights, force_of_a_word


class Vocabulary:
    """The words and the pairs of words that have weights: those whose names begin with `w:`.

    `row_of` tells the weights of a name; they are packed when a letter first holds the words.
    """

    def __init__(self, names: Iterable[str], row_of: Callable[[str], Row]) -> None:
        told = [name[2:] for name in names if name[:2] == "w:"]
        self._words = frozenset(words for words in told if " " not in words)
        self._pairs = {tuple(words.split(" ")): words for words in told if " " in words}
        self._pairs_in = ByRun(self._looked_up)
        self._added = _Added(row_of)

    def added_by(self, page: Page) -> int:
        """What the words of a letter, and those that follow one another, add: each once."""
        pairs = map(self._pairs_in.__getitem__, page.tokens.different)
        told = (page.words & self._words).union(*pairs)
        return sum(map(self._added.__getitem__, told))

    def _looked_up(self, run: Run) -> tuple[str, ...]:
        return tuple(filter(None, map(self._pairs.get, pairwise(run.words))))


class _Added(dict[str, int]):
    """What a word, or a pair of words with a blank between, adds."""

    def __init__(self, row_of: Callable[[str], Row]) -> None:
        self._row_of = row_of

    def __missing__(self, words: str) -> int:
        self[words] = added = _LANES.packed(self._row_of(f"w:{words}"))
        return added


def said_by_words(page: Page) -> tuple[Row, Row]:
    """What the words of a letter add for each of `KINDS`, and for each of `COLUMNS`."""
    totals = _LANES.unpacked(_vocabulary().added_by(page))
    force = force_of_a_word(page)
    return [force * total for total in totals[: len(KINDS)]], totals[len(KINDS) :]


_LANES = Lanes(len(KINDS) + len(COLUMNS))


@cache
def _vocabulary() -> Vocabulary:
    kinds = fitted_weights()
    names = kinds.keys() | set().union(*fitted_leanings().values())
    return Vocabulary(names, lambda name: [*kinds.get(name, _NOTHING), *fitted_row(name)])


_NOTHING = (0.0,) * len(KINDS)
