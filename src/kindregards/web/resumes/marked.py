"""The words of a version with what readers mean marked in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kindregards.core.resumes.document import Block, document_of
from kindregards.web.models import Version
from kindregards.web.resumes.comments import Together


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; `number` is of the comments on it, 0 for none. The last run shows it."""

    text: str
    number: int = 0
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of the version, cut where marks begin and end."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    number: int


def marked(version: Version, together: Sequence[Together]) -> list[MarkedBlock]:
    """The version, block by block. Where marks overlap, the words belong to the earlier one."""
    spans = list(_apart(together))
    return [
        MarkedBlock(block.kind.value, block.level, tuple(_pieces(block, spans)))
        for block in document_of(version.markdown).blocks
    ]


def _apart(together: Sequence[Together]) -> Iterator[_Span]:
    """The marks in the order of the text, none over another."""
    reached = 0
    for one in sorted(together, key=lambda one: (one.group.start, -one.group.end)):
        start = max(one.group.start, reached)
        if start < one.group.end:
            yield _Span(start, one.group.end, one.number)
            reached = one.group.end


def _pieces(block: Block, spans: Sequence[_Span]) -> Iterator[Piece]:
    at = block.start
    for span in spans:
        start, end = max(span.start, block.start), min(span.end, block.end)
        if start >= end:
            continue
        if at < start:
            yield Piece(block.text[at - block.start : start - block.start])
        words = block.text[start - block.start : end - block.start]
        yield Piece(words, span.number, start == span.start, end == span.end)
        at = end
    if at < block.end:
        yield Piece(block.text[at - block.start :])
