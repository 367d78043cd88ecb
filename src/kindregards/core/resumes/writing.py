"""Writing a resume's words as Markdown, so that they are read back as the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kindregards.core.resumes.document import BlockKind


@dataclass(frozen=True, slots=True)
class Line:
    """A block as a file gave it: plain words, in which line ends are kept."""

    kind: BlockKind
    text: str
    level: int = 1


_MARKS = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_BEGINS = re.compile(r"(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]+\s*$|~{3,}|\|)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_RULED = re.compile(r"(?=.*-)[-:|\s]+$")


def markdown_of(lines: Iterable[Line]) -> str:
    """The lines as Markdown. Their words come out again as they went in, spaces aside."""
    parts: list[str] = []
    level = 0  # of the item before; a deeper one stands one step further in, else it is no item
    for line in lines:
        if not line.text.strip():
            continue
        near = bool(level) and line.kind is BlockKind.ITEM
        level = min(max(line.level, 1), level + 1) if line.kind is BlockKind.ITEM else 0
        parts += [("\n" if near else "\n\n")] if parts else []
        parts.append(_prefix(line, level) + _indented(line, level))
    return "".join(parts) + ("\n" if parts else "")


def escaped(words: str) -> str:
    """Words that stand within a line of Markdown and mean themselves."""
    return _MARKS.sub(lambda mark: "\\" + mark.group(), words)


def _prefix(line: Line, level: int) -> str:
    if line.kind is BlockKind.HEADING:
        return "#" * min(max(line.level, 1), 6) + " "
    if line.kind is BlockKind.ITEM:
        return "  " * (level - 1) + "- "
    return ""


def _indented(line: Line, level: int) -> str:
    if line.kind is BlockKind.HEADING:
        return re.sub(r"(?<!\S)(#+)$", r"\\\1", escaped(" ".join(line.text.split())))
    lines = [_plain_line(words) for words in line.text.split("\n")]
    lines = [words for words in lines if words]
    return ("\n" + "  " * level).join(lines)


def _plain_line(words: str) -> str:
    words = escaped(" ".join(words.split()))
    words = _NUMBERED.sub(r"\1\\\2", words) if _NUMBERED.match(words) else words
    return "\\" + words if _BEGINS.match(words) or _RULED.match(words) else words
