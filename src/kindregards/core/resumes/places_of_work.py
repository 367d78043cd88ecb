"""Positions in a resume: the six things of a first look, and dates that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kindregards.core.outreach.draft import Finding, Severity
from kindregards.core.resumes.document import Block, BlockKind, Document
from kindregards.core.resumes.first_look import RANGE, FirstLook

_MISSING = {
    "Your name": "A name of two to five words belongs into the first line, alone.",
    "What you do now, and where": (
        "No position with dates was found. One line with title, employer, and from when to when "
        "is read first."
    ),
    "Education": "No line about education was found. One line is enough, also for courses.",
}


def first_look_findings(look: FirstLook) -> Iterator[Finding]:
    """Which of the six things a first look would not find (R38)."""
    for seen in look.seen:
        if not seen.words and seen.what in _MISSING:
            yield Finding(
                rule="first-look",
                severity=Severity.SOFTEN,
                title=f"Not seen at a first look: {seen.what[0].lower()}{seen.what[1:]}",
                why=_MISSING[seen.what],
            )


def dates_findings(document: Document, look: FirstLook) -> Iterator[Finding]:
    """Positions without dates: lines with items below that look like the others with dates."""
    if not look.positions:
        return
    kind = look.positions[0].title.kind
    for before, block, after in _in_threes(document.blocks):
        has_items = after is not None and after.kind is BlockKind.ITEM
        near = [one for one in (before, block) if one is not None]
        if block.kind is not kind or not has_items or len(block.text) > 160:
            continue
        if not any(_has_year(one.text) for one in near):
            yield Finding(
                rule="dates",
                severity=Severity.SOFTEN,
                title="When was this?",
                why="The positions beside it have dates. Years are enough.",
                quote=block.text,
                start=block.start,
                end=block.end,
            )


def _in_threes(
    blocks: Sequence[Block],
) -> Iterator[tuple[Block | None, Block, Block | None]]:
    for number, block in enumerate(blocks):
        before = blocks[number - 1] if number else None
        yield before, block, blocks[number + 1] if number + 1 < len(blocks) else None


def _has_year(words: str) -> bool:
    return bool(RANGE.search(words)) or any(
        word.isdigit() and len(word) == 4 for word in words.replace("–", " ").split()
    )
