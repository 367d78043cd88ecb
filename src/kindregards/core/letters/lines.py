"""The words of a line, and what is known of each of them before it is looked at as a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kindregards.core.letters.known import common_words, known_words
from kindregards.core.letters.signatures import is_role_noun, role_nouns

_WORDS = re.compile(r"([^\W_]++(?:[&'.+/*·-][^\W_]++)*+[+#]*)")
"""A word with what belongs inside it (H&M, m/w/d, Node.js)."""
_ARTICLE = re.compile(r"(?:[dljcmnDLJ]|[qQ]u|[uU]n|(?:[dD]|[aA]|[nN]|[sS]u|[dD]a)ll)'(?=[^\W_])")
"""French and Italian articles, which are words apart."""
_MOST_WORDS = 400
"""Words of a line that are looked at."""
_LISTS = (
    "in_employers",
    "in_roles",
    "in_small_roles",
    "shortened",
    "forms",
    "not_first",
    "not_last",
    "not_in_roles",
    "levels",
    "stops",
    "cues",
    "bare_cues",
    "after_cues",
    "given",
    "organisations",
)
(
    IN_EMPLOYERS,
    IN_ROLES,
    IN_SMALL_ROLES,
    SHORTENED,
    FORMS,
    NOT_FIRST,
    NOT_LAST,
    NOT_IN_ROLES,
    LEVELS,
    STOPS,
    CUES,
    BARE_CUES,
    AFTER_CUES,
    GIVEN,
    ORGANISATION,
    NOUN,
    COMMON,
) = (1 << bit for bit in range(len(_LISTS) + 2))
_SORTS = "rRcC"
"""By the last two marks: rare, rare noun of roles, common, common noun of roles."""
_TO_SORTS = len(_LISTS)


@cache
def _listed() -> dict[str, int]:
    """Every listed word with its lists, each of them one bit; is it a role's noun, is it common."""
    listed: dict[str, int] = {}
    lists = [*(known_words("spans", name) for name in _LISTS), role_nouns(), common_words()]
    for bit, words in enumerate(lists):
        for word in words:
            listed[word] = listed.get(word, 0) | 1 << bit
    return listed


def _marks_of(word: str) -> int:
    """The same of any lower-case word, as which a compound of a role's noun is one, too."""
    marks = _listed().get(word, 0)
    return marks if marks & NOUN or not is_role_noun(word) else marks | NOUN


def _case_of(word: str) -> str:
    """How a word begins: A with a capital, 0 with a digit, a with a small letter."""
    first = word[0]
    return "0" if first.isdigit() else "A" if first.isupper() else "a"


class _Known(dict[str, tuple[str, str, str, int, str]]):
    """A word, the same in lower case, how it begins, its lists, and its sort."""

    def __missing__(self, word: str) -> tuple[str, str, str, int, str]:
        lowered = word.lower()
        marks = _marks_of(lowered)
        known = word, lowered, _case_of(word), marks, _SORTS[marks >> _TO_SORTS]
        if len(self) < 65536:
            self[word] = known
        return known


class _Between(dict[str, str]):
    """What stands between two words as a short sign; "" for blanks alone."""

    def __missing__(self, between: str) -> str:
        sign = between.strip()[:2]
        if len(self) < 4096:
            self[between] = sign
        return sign


_KNOWN, _BETWEEN = _Known(), _Between()
_NO_WORDS: tuple[tuple[()], ...] = ((), (), (), (), ())


Piece = tuple[str, str, str, int, str, str, str] | tuple[()]


class _Pieces(dict[str, Piece]):
    """What stands between two blanks, where it is one word and what follows it: all that is known.

    Behind what `_Known` tells stands what follows the word, with the blank, and its sign. Of other
    pieces nothing is told, ().
    """

    def __missing__(self, piece: str) -> Piece:
        known: Piece = ()
        word = piece.rstrip(_FOLLOWING)
        if word.isalnum() or (len(parts := _parts_of(word)) == 3 and parts[0] == parts[2] == ""):
            gap = piece[len(word) :] + " "
            known = *_KNOWN[word], gap, _BETWEEN[gap]
        if len(self) < 65536 and len(piece) < _LONGEST_KEPT:
            self[piece] = known
        return known


def _parts_of(piece: str) -> list[str]:
    """The words of a piece, and what stands before, between and behind them, in turns."""
    parts = _WORDS.split(piece)
    # Articles are taken from the words they are tied to, from the last word to the first.
    for at in range(len(parts) - 2, 0, -2):
        while (word := parts[at]).find("'") > 0 and (article := _ARTICLE.match(word)):
            parts[at : at + 1] = [article.group(), "", word[article.end() :]]
            at += 2
    return parts


class _OddPieces(dict[str, list[str]]):
    """The parts of pieces that are more than one word, or none."""

    def __missing__(self, piece: str) -> list[str]:
        parts = _parts_of(piece)
        if len(self) < 16384 and len(piece) < _LONGEST_KEPT:
            self[piece] = parts
        return parts


_PIECES, _ODD_PIECES = _Pieces(), _OddPieces()
_FOLLOWING = '.,:;!?)"'
_LONGEST_KEPT = 60
"""Characters of a piece that is remembered; longer ones hardly come again."""


class Line:
    """The words of one line, also in lower case, how they begin, and what is known of them.

    `signs[n]` stands before word n, the last one after the last word; so do `gaps`, in full.
    """

    __slots__ = ("cases", "gaps", "lowered", "marks", "signs", "sorts", "text", "words")

    words: Sequence[str]
    lowered: Sequence[str]
    marks: Sequence[int]
    gaps: Sequence[str]
    signs: Sequence[str]

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = text.split(" ")
        known = [*map(_PIECES.__getitem__, pieces)]
        # All of a sort at once: lines are many, and most of their words are known.
        if all(known) and len(known) <= _MOST_WORDS:
            of_pieces = zip(*known, strict=True)
            self.words, self.lowered, cases, self.marks, sorts, gaps, signs = of_pieces
            self.gaps = "", *gaps[:-1], gaps[-1][:-1]
            self.signs = "", *signs
        else:
            self.words, self.gaps = _words_and_gaps(pieces)
            every = map(_KNOWN.__getitem__, self.words)
            of_words = zip(*every, strict=True) if self.words else _NO_WORDS
            _, self.lowered, cases, self.marks, sorts = of_words
            self.signs = [*map(_BETWEEN.__getitem__, self.gaps)]
        self.cases = "".join(cases)
        self.sorts = "".join(sorts)

    def name_of(self, first: int, after: int) -> str:
        """The words from `first` to before `after` as they stand in the text."""
        name = self.words[first]
        for at in range(first + 1, after):
            name += self.gaps[at] + self.words[at]
        return name

    def start_of(self, first: int) -> int:
        """Where a word begins in the text."""
        return len("".join(self.gaps[: first + 1])) + len("".join(self.words[:first]))


def _words_and_gaps(pieces: list[str]) -> tuple[list[str], list[str]]:
    """The words of a line, and what stands before, between and behind them."""
    parts = [""]
    for piece in pieces:
        before, *others = _ODD_PIECES[piece]
        parts[-1] += before
        parts += others
        parts[-1] += " "
    parts[-1] = parts[-1][:-1]
    if len(parts) > 2 * _MOST_WORDS:
        parts[2 * _MOST_WORDS :] = [""]
    return parts[1::2], parts[0::2]
