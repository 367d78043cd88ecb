"""Lines as they stand on a page, and the headings, items and paragraphs that they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    all_lines = [line for page in pages for line in page]
    sizes = _Sizes(all_lines)
    found: list[Line] = []
    for page in _without_numbers(pages):
        for group in _groups(page, sizes):
            found.append(_line(group, sizes))
    return found


class _Sizes:
    """Which size is usual, and which are larger, the largest first."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        counted = Counter[float]()
        for line in lines:
            counted[round(line.size, 1)] += len(line.words)
        self.usual = counted.most_common(1)[0][0] if counted else 0.0
        larger = {size for size in counted if size > self.usual * _LARGER}
        self._larger = sorted(larger, reverse=True)

    def level(self, line: PageLine) -> int:
        """The level of a heading, 0 for what is none."""
        size = round(line.size, 1)
        if len(line.words) > _LONGEST_HEADING or without_bullet(line.words)[1]:
            return 0
        if size in self._larger:
            return min(self._larger.index(size) + 1, 4)
        return min(len(self._larger) + 1, 4) if _is_shouted(line.words) else 0


def _is_shouted(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return len(letters) > 3 and "".join(letters).isupper() and "@" not in words


def _without_numbers(pages: Sequence[Sequence[PageLine]]) -> Iterator[list[PageLine]]:
    """The pages without their numbers, which stand alone in the last or first line."""
    numbered = re.compile(r"(?:page |seite )?\d{1,2}(?: ?(?:/|of|von) ?\d{1,2})?", re.IGNORECASE)
    for page in pages:
        edges = {0, len(page) - 1} if len(pages) > 1 else set()
        yield [
            line
            for number, line in enumerate(page)
            if number not in edges or not numbered.fullmatch(line.words.strip())
        ]


def _groups(page: Sequence[PageLine], sizes: _Sizes) -> Iterator[list[PageLine]]:
    """Lines that belong together: one that was wrapped, and those it goes on in."""
    group: list[PageLine] = []
    for line in page:
        if group and not _goes_on(group, line, page, sizes):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(
    group: Sequence[PageLine], line: PageLine, page: Sequence[PageLine], sizes: _Sizes
) -> bool:
    """Whether a line goes on with what the lines before it began."""
    before = group[-1]
    if abs(before.size - line.size) > 0.05 * before.size or not _is_below(before, line):
        return False
    if without_bullet(line.words)[1] or sizes.level(line) or sizes.level(before):
        return (
            bool(sizes.level(line))
            and sizes.level(line) == sizes.level(before)
            and _is_full(before, line, page)
        )
    is_first_of_item = len(group) == 1 and without_bullet(before.words)[1]
    indent = line.left - before.left
    stands = indent > -_SAME_LEFT if is_first_of_item else abs(indent) <= _SAME_LEFT
    return stands and (before.words.endswith(_HYPHEN) or _is_full(before, line, page))


def _is_below(before: PageLine, line: PageLine) -> bool:
    fall = before.bottom - line.bottom
    return 0 < fall < _NEXT_LINE * max(before.size, before.top - before.bottom)


def _is_full(before: PageLine, line: PageLine, page: Sequence[PageLine]) -> bool:
    """Whether the next line's first word had no room any more in this one."""
    column = [one.right for one in page if abs(one.left - before.left) < _SAME_COLUMN]
    each = (before.right - before.left) / max(len(before.words), 1)
    first = line.words.split(" ", 1)[0]
    return before.right + each * (len(first) + 1) > max(column)


def _line(group: Sequence[PageLine], sizes: _Sizes) -> Line:
    words = group[0].words.rstrip()
    for line in group[1:]:
        if words.endswith(_HYPHEN):
            words = words[:-1] + line.words.strip()
        else:
            words = f"{words} {line.words.strip()}"
    words = " ".join(plain_words(words).split())
    level = sizes.level(group[0])
    if level:
        return Line(BlockKind.HEADING, words, level)
    words, is_item = without_bullet(words)
    return Line(BlockKind.ITEM if is_item else BlockKind.PARAGRAPH, words)
