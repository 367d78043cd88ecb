"""A resume's words and where they stand: Markdown, its plain text, and its blocks.

The Markdown is what is kept and edited; the text follows from it, so that a place in a version is
a number of characters of that text, whatever file the version came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from kindregards.core.resumes.places import Spot, cells_of, spots_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


class BlockKind(StrEnum):
    """What a block of a resume is; a row is the row of a table, its cells on one line."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


CELL_BETWEEN = " | "
"""Between two cells of a row, on a page and in the text."""
_CLOSE_TOGETHER = (BlockKind.ITEM, BlockKind.ROW)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, one item of a list or one row: `text == document.text[start:end]`.

    `level` is 1 to 6 for a heading and counts from 1 for an item inside lists. `spots` tell for
    each character of the text where it stands in the Markdown.
    """

    kind: BlockKind
    text: str
    start: int
    level: int
    spots: tuple[Spot, ...]

    @property
    def end(self) -> int:
        """Where it ends in the document's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Document:
    """A resume: its Markdown, its text, and the blocks of which the text is made."""

    markdown: str
    text: str
    blocks: tuple[Block, ...]


def document_of(markdown: str) -> Document:
    """What a resume in Markdown says. Any text is Markdown of some sort, so nothing raises."""
    markdown = "\n".join(markdown.splitlines())
    lines = _lines(markdown)
    blocks: list[Block] = []
    text = ""
    for kind, level, tokens in _told_blocks(parser().parse(markdown)):
        is_row = kind is BlockKind.ROW
        cells = cells_of(tokens, lines) if is_row else [spots_of(tokens[0], lines)]
        spots = _trimmed(_joined(cells))
        words = "".join(spot.char for spot in spots)
        if not words:
            continue
        text += _between(blocks[-1].kind, kind) if blocks else ""
        blocks.append(Block(kind, words, len(text), level, spots))
        text += words
    return Document(markdown, text, tuple(blocks))


@cache
def parser() -> MarkdownIt:
    """The one reading of Markdown: no HTML, nothing loaded from elsewhere, line ends kept."""
    from markdown_it import MarkdownIt

    reading = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    return reading.disable(["image", "text_join"])


def _lines(markdown: str) -> list[tuple[int, str]]:
    """Each line with the place where it begins."""
    lines, at = [], 0
    for line in markdown.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    return lines


def _joined(cells: Sequence[Sequence[Spot]]) -> list[Spot]:
    """The cells of a row, or the one line there is, as one run of characters."""
    spots = list(cells[0]) if cells else []
    for cell in cells[1:]:
        at = spots[-1].end if spots else 0
        spots += [Spot(char, at, at) for char in CELL_BETWEEN]
        spots += cell
    return spots


def _trimmed(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    first, last = 0, len(spots)
    while first < last and spots[first].char.isspace():
        first += 1
    while last > first and spots[last - 1].char.isspace():
        last -= 1
    return tuple(spots[first:last])


def _between(before: BlockKind, after: BlockKind) -> str:
    return "\n" if before == after and after in _CLOSE_TOGETHER else "\n\n"


def _told_blocks(tokens: Sequence[Token]) -> Iterator[tuple[BlockKind, int, list[Token]]]:
    """The tokens with words in them, block by block, with kind and level."""
    depth, heading, row = 0, 0, list["Token"]()
    in_row = False
    for token in tokens:
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "tr_open":
            in_row, row = True, []
        elif token.type == "tr_close":
            in_row = False
            yield BlockKind.ROW, 0, row
        elif token.type == "inline" and in_row:
            row.append(token)
        elif token.type in ("inline", "fence", "code_block"):
            yield _kind(heading, depth), heading or depth, [token]


def _kind(heading: int, depth: int) -> BlockKind:
    if heading:
        return BlockKind.HEADING
    return BlockKind.ITEM if depth else BlockKind.PARAGRAPH
