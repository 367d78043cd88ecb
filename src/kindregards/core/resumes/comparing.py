"""What changed between two versions, by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What became of a run of words from one version to the other."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that shares one fate."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line with what changed in it; a line that only one version has is all of one kind."""

    pieces: tuple[Piece, ...]

    @property
    def before(self) -> tuple[Piece, ...]:
        """The line as the older version has it, nothing where it has none."""
        return tuple(one for one in self.pieces if one.change is not Change.NEW)

    @property
    def after(self) -> tuple[Piece, ...]:
        """The line as the newer version has it, nothing where it has none."""
        return tuple(one for one in self.pieces if one.change is not Change.GONE)

    @property
    def is_same(self) -> bool:
        """Whether nothing changed in it."""
        return all(one.change is Change.SAME for one in self.pieces)


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words to put in the place of `text[start:end]`; nothing stands there where they are equal."""

    start: int
    end: int
    words: str


_TOKEN = re.compile(r"\w+(?:[’'.\-]\w+)*|\s+|[^\w\s]")
_MOST_PAIRS = 9_000_000
"""Tokens of one times tokens of the other that are compared: two pages with no line the same."""
_MOST_LINES = 60
_MOST_LINE_PAIRS = 40_000
_ALIKE = 0.4  # of two lines' words: below it, one is gone and the other is new


def compare(before: str, after: str) -> list[Row]:
    """The lines of two texts as they follow one another, with the words that changed in them."""
    old, new = _told(before), _told(after)
    rows: list[Row] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            rows += [Row((Piece(Change.SAME, line),)) for line in old[a:b]]
        else:
            rows += _paired(old[a:b], new[c:d])
    return rows


def replacements(before: str, after: str) -> list[Replacement]:
    """What to put where in `before` so that it says `after`: in order, none over another."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Replacement] = []
    at = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        was = "".join(old[a:b])
        if tag != "equal":
            found += _replacements_from(at, _pieces(was, "".join(new[c:d])))
        at += len(was)
    return found


def _replacements_from(at: int, pieces: Sequence[Piece]) -> Iterator[Replacement]:
    """The pieces that changed, the first of which stands at `at`."""
    start, words = at, ""
    for piece in [*pieces, Piece(Change.SAME, "")]:
        if piece.change is Change.NEW:
            words += piece.text
            continue
        if piece.change is Change.SAME:
            if words or at > start:
                yield Replacement(start, at, words)
            start, words = at + len(piece.text), ""
        at += len(piece.text)


def _told(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Lines that changed, each beside the one that it became."""
    waiting = list(new)
    is_too_much = len(old) * len(new) > _MOST_LINE_PAIRS
    for line in old:
        found = None if is_too_much else _likest(line, waiting)
        if found is None:
            yield Row((Piece(Change.GONE, line),))
            continue
        yield from (Row((Piece(Change.NEW, one),)) for one in waiting[:found])
        yield Row(tuple(_pieces(line, waiting[found])))
        del waiting[: found + 1]
    yield from (Row((Piece(Change.NEW, one),)) for one in waiting)


def _likest(line: str, among: Sequence[str]) -> int | None:
    words = _words(line)
    likeness = [
        SequenceMatcher(None, words, _words(other)).ratio()
        if len(words) * len(other) < _MOST_PAIRS
        else 0.0
        for other in among[:_MOST_LINES]
    ]
    best = max(likeness, default=0.0)
    return likeness.index(best) if best >= _ALIKE else None


def _words(line: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(line) if token[0].isalnum()]


def _pieces(before: str, after: str) -> list[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > _MOST_PAIRS:
        return [Piece(Change.GONE, before), Piece(Change.NEW, after)]
    return _calmed(_matched(old, new))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(old[a:b]))
            continue
        if b > a:
            yield Piece(Change.GONE, "".join(old[a:b]))
        if d > c:
            yield Piece(Change.NEW, "".join(new[c:d]))


def _calmed(pieces: Iterator[Piece]) -> list[Piece]:
    """Words in a row that changed are one change: a space between them does not part them."""
    kept: list[Piece] = []
    gone = new = space = ""
    for piece in pieces:
        if piece.change is Change.SAME and (
            piece.text.strip() or "\n" in piece.text or not (gone or new)
        ):
            kept += _both(gone, new) + _same(space + piece.text)
            gone = new = space = ""
        elif piece.change is Change.SAME:
            space += piece.text
        else:
            gone += space + (piece.text if piece.change is Change.GONE else "")
            new += space + (piece.text if piece.change is Change.NEW else "")
            space = ""
    return kept + _both(gone, new) + _same(space)


def _both(gone: str, new: str) -> list[Piece]:
    found = [Piece(Change.GONE, gone)] if gone else []
    return found + ([Piece(Change.NEW, new)] if new else [])


def _same(text: str) -> list[Piece]:
    return [Piece(Change.SAME, text)] if text else []
