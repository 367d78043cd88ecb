"""Plain text and Markdown, in whatever charset they were saved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kindregards.core.letters.charsets import decoded
from kindregards.core.resumes.document import BlockKind
from kindregards.core.resumes.writing import Line
from kindregards.sources.documents.bullets import without_bullet
from kindregards.sources.documents.taken import Contents

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LONGEST_HEADING = 48
_UNDERLINED = re.compile(r"^[-=_*~]{3,}$")


def read_plain(raw: bytes) -> Contents:
    """The lines of a plain text: bullets begin items, lines in capitals are headings."""
    return Contents(lines=list(_lines(_text(raw))))


def read_markdown(raw: bytes) -> Contents:
    """Markdown, as it was written."""
    return Contents(markdown=_text(raw))


def _text(raw: bytes) -> str:
    text = decoded(raw, None, []).replace("\x00", "").removeprefix("\ufeff")
    return "\n".join(text.expandtabs(4).splitlines())


def _lines(text: str) -> Iterator[Line]:
    for part in _BLANK.split(text):
        kept: list[str] = []
        item = False
        for line in filter(str.strip, part.split("\n")):
            words, is_item = without_bullet(line)
            if _UNDERLINED.match(line.strip()):
                continue
            ends = is_item or _is_heading(line) or (item and not line[:1].isspace())
            if ends and kept:
                yield _line(kept, item=item)
                kept = []
            if _is_heading(line):
                yield Line(BlockKind.HEADING, line.strip(), 2)
                item = False
                continue
            item = is_item or (item and bool(kept))
            kept.append(words)
        if kept:
            yield _line(kept, item=item)


def _line(kept: list[str], *, item: bool) -> Line:
    if item:  # an item that goes on in the next line was wrapped there
        return Line(BlockKind.ITEM, " ".join(kept))
    return Line(BlockKind.PARAGRAPH, "\n".join(kept))


def _is_heading(line: str) -> bool:
    words = line.strip()
    return len(words) <= _LONGEST_HEADING and words.isupper() and len(words) > 3
