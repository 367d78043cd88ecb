"""Putting other words where some stand in a version, in its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kindregards.core.resumes.comparing import Replacement
from kindregards.core.resumes.document import Block, BlockKind, Document, document_of
from kindregards.core.resumes.writing import escaped

_MARKS = ("**", "__", "*", "_", "`")
_EMPTY_LINK = re.compile(r"\]\([^()\s]*\)")
_LINE_BEGINS = re.compile(r"\s*(?:(?:[-+*]|\d{1,9}[.)]|#{1,6})[ \t]+|>[ \t]?)*")


def replaced(markdown: str, changes: Iterable[Replacement]) -> str:
    """The Markdown in which each change of its *text* is made.

    Changes must not overlap. One that goes over several blocks puts its words into the first and
    takes the others' away; a block that becomes empty goes with its bullet. Marks around words
    that stay are kept.
    """
    document = document_of(markdown)
    written = document.markdown
    parts = [part for change in changes for part in _by_block(document, change)]
    for block, start, end, words in sorted(parts, key=lambda part: -part[1]):
        written = _with(written, block, (start - block.start, end - block.start), words)
    return written


def _by_block(document: Document, change: Replacement) -> list[tuple[Block, int, int, str]]:
    """The change cut at the ends of blocks; one between two blocks belongs to the first."""
    found: list[tuple[Block, int, int, str]] = []
    words = " ".join(change.words.split("\n"))
    for block in document.blocks:
        start, end = max(change.start, block.start), min(change.end, block.end)
        touches = start < end or (change.start == change.end and start == end)
        if touches and not (found and change.start == change.end):
            found.append((block, start, end, "" if found else words))
    return found


def _with(markdown: str, block: Block, place: tuple[int, int], words: str) -> str:
    start, end = place
    after = block.text[:start] + words + block.text[end:]
    if not after.strip():
        return _without_block(markdown, block)
    if block.kind is BlockKind.ROW:
        return _exchanged(markdown, block, place, escaped(words).replace("|", "\\|"))
    tried = _exchanged(markdown, block, place, escaped(words))
    if _says(tried, after):
        return tried
    # Marks that end up alone would be seen as stars: then the block is written without them.
    plain = _plainly(markdown, block, escaped(after.strip()))
    return plain if _says(plain, after) else tried


def _exchanged(markdown: str, block: Block, place: tuple[int, int], words: str) -> str:
    """The Markdown with `words` where these characters were; marks among them stay, behind."""
    spots = block.spots[place[0] : place[1]]
    at = spots[0].start if spots else _gap(block, place[0])
    kept, last = "", at
    for spot in spots:
        kept += markdown[last : spot.start]
        last = max(last, spot.end)
    left, right = markdown[:at], kept + markdown[last:]
    return left + words + right if words else _closed(left, right)


def _gap(block: Block, at: int) -> int:
    """Where words go in that stand before the character `at`: behind the one before it."""
    return block.spots[at - 1].end if at else block.spots[0].start


def _closed(left: str, right: str) -> str:
    """Both sides of words that went, without the marks and the space that were theirs alone."""
    link = _EMPTY_LINK.match(right) if left.endswith("[") else None
    if link:
        left, right = left[:-1], right[link.end() :]
    for mark in _MARKS:
        while left.endswith(mark) and right.startswith(mark):
            left, right = left[: -len(mark)], right[len(mark) :]
    if left.endswith(" ") and right.startswith(" "):
        right = right[1:]
    return left + right


def _plainly(markdown: str, block: Block, words: str) -> str:
    """The Markdown with all of a block's lines written anew, behind their bullet or hashes."""
    first, last = block.spots[0].start, block.spots[-1].end
    line = markdown.rfind("\n", 0, first) + 1
    begun = _LINE_BEGINS.match(markdown, line)
    end = markdown.find("\n", last)
    indented = words.replace("\n", "\n" + " " * (begun.end() - line if begun else 0))
    after = markdown[end:] if end >= 0 else ""
    return markdown[: begun.end() if begun else line] + indented + after


def _says(markdown: str, words: str) -> bool:
    expected = " ".join(words.split())
    return any(" ".join(one.text.split()) == expected for one in document_of(markdown).blocks)


def _without_block(markdown: str, block: Block) -> str:
    first, last = block.spots[0].start, block.spots[-1].end
    begin = markdown.rfind("\n", 0, first) + 1
    end = markdown.find("\n", last)
    return markdown[:begin] + (markdown[end + 1 :] if end >= 0 else "")
