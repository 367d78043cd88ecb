"""Lines as they stand on a page, and the headings, items and paragraphs that they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kindregards.core.resumes.document import BlockKind
from kindregards.core.resumes.writing import Line
from kindregards.sources.documents.bullets import without_bullet
from kindregards.sources.documents.characters import plain_words

_LARGER = 1.12
"""Times the usual size from which words are a heading; body text varies by less."""
_LONGEST_HEADING = 60
_SAME_COLUMN = 40.0  # points to the left or right of one another
_SAME_LEFT = 3.0
_NEXT_LINE = 1.9  # sizes from one line's foot to the next one's
_PAGE_NUMBER = re.compile(r"(?i)(?:page |seite )?\d{1,2}(?: ?(?:/|of|von) ?\d{1,2})?")
_HYPHEN = ("\x02", "\u00ad", "\ufffe")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page: its words as the file has them, its size and box in points."""

    words: str
    size: float
    left: float
    right: float
    bottom: float
    top: float


def lines_of(pages: Sequence[Sequence[PageLine]]) -> list[Line]:
    """Headings, items and paragraphs: lines that were only wrapped are put together again."""
    sizes = _Sizes([line for page in pages for line in page])
    return [
        _line(group)
        for page in _without_numbers(pages)
        for group in _groups([_told(line, sizes) for line in page], _Columns(page))
    ]


class _Told(NamedTuple):
    """A line, what it says, and what it is: a heading of a level, or the first of an item."""

    line: PageLine
    words: str
    is_item: bool
    level: int


def _told(line: PageLine, sizes: _Sizes) -> _Told:
    words, is_item = without_bullet(line.words)
    return _Told(line, words, is_item, 0 if is_item else sizes.level(line))


class _Sizes:
    """Which size is usual, and which are larger, the largest first."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        counted = Counter[float]()
        for line in lines:
            counted[round(line.size, 1)] += len(line.words)
        usual = counted.most_common(1)[0][0] if counted else 0.0
        larger = {size for size in counted if size > usual * _LARGER}
        self._larger = sorted(larger, reverse=True)

    def level(self, line: PageLine) -> int:
        """The level of a heading, 0 for what is none."""
        if len(line.words) > _LONGEST_HEADING:
            return 0
        size = round(line.size, 1)
        if size in self._larger:
            return min(self._larger.index(size) + 1, 4)
        return min(len(self._larger) + 1, 4) if _is_shouted(line.words) else 0


def _is_shouted(words: str) -> bool:
    return words.isupper() and "@" not in words and sum(map(str.isalpha, words)) > 3


class _Columns:
    """How far to the right the lines of each column go."""

    def __init__(self, page: Sequence[PageLine]) -> None:
        self._rights: dict[int, float] = {}
        for line in page:
            left = round(line.left)
            self._rights[left] = max(self._rights.get(left, 0.0), line.right)

        self._asked: dict[int, float] = {}

    def right(self, left: int) -> float:
        """The right end of the column in which a line begins that far to the left."""
        if left not in self._asked:
            near = (end for at, end in self._rights.items() if abs(at - left) < _SAME_COLUMN)
            self._asked[left] = max(near)
        return self._asked[left]


def _without_numbers(pages: Sequence[Sequence[PageLine]]) -> Iterator[list[PageLine]]:
    """The pages without their numbers, which stand alone in the last or first line."""
    for page in pages:
        edges = {0, len(page) - 1} if len(pages) > 1 else set()
        yield [
            line
            for number, line in enumerate(page)
            if number not in edges or not _PAGE_NUMBER.fullmatch(line.words.strip())
        ]


def _groups(page: Sequence[_Told], columns: _Columns) -> Iterator[list[_Told]]:
    """Lines that belong together: one that was wrapped, and those it goes on in."""
    group: list[_Told] = []
    for told in page:
        if group and not _goes_on(group, told, columns):
            yield group
            group = []
        group.append(told)
    if group:
        yield group


def _goes_on(group: Sequence[_Told], told: _Told, columns: _Columns) -> bool:
    """Whether a line goes on with what the lines before it began."""
    before, line = group[-1].line, told.line
    if told.is_item or told.level != group[-1].level or not _is_below(before, line):
        return False
    if abs(before.size - line.size) > 0.05 * before.size:
        return False
    indent = line.left - before.left
    is_first_of_item = len(group) == 1 and group[0].is_item
    stands = indent > -_SAME_LEFT if is_first_of_item else abs(indent) <= _SAME_LEFT
    return stands and (before.words.endswith(_HYPHEN) or _is_full(before, line, columns))


def _is_below(before: PageLine, line: PageLine) -> bool:
    fall = before.bottom - line.bottom
    return 0 < fall < _NEXT_LINE * max(before.size, before.top - before.bottom)


def _is_full(before: PageLine, line: PageLine, columns: _Columns) -> bool:
    """Whether the next line's first word had no room any more in this one."""
    each = (before.right - before.left) / max(len(before.words), 1)
    first = line.words.partition(" ")[0]
    return before.right + each * (len(first) + 1) > columns.right(round(before.left))


def _line(group: Sequence[_Told]) -> Line:
    words = group[0].words.rstrip()
    for told in group[1:]:
        is_cut = words.endswith(_HYPHEN)
        words = words[:-1] + told.words if is_cut else f"{words} {told.words}"
    words = " ".join(plain_words(words).split())
    first = group[0]
    if first.level:
        return Line(BlockKind.HEADING, words, first.level)
    return Line(BlockKind.ITEM if first.is_item else BlockKind.PARAGRAPH, words)
