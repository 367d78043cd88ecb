"""What was taken from a file, and why nothing could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kindregards.core.resumes.version import Format
from kindregards.core.resumes.writing import Line

LARGEST = 10 * 1024 * 1024
"""Bytes of a file that is taken; a resume has rarely more than one million."""
LONGEST = 200_000
"""Characters of a resume that are kept, some forty pages full of words."""
MOST_PAGES = 20
"""Pages that are read; what has more is no resume."""


class NotADocument(Exception):
    """A file that no resume can be read from. Its message is a sentence: what it is, what to do."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a reader of one format found: lines in reading order, or Markdown as it was written.

    `lost` holds a sentence for each thing that could not be read.
    """

    lines: Sequence[Line] = ()
    markdown: str = ""
    page_count: int = 0
    lost: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A resume that was read: what kind of file it was, and its words as Markdown."""

    format: Format
    markdown: str
    page_count: int = 0
    lost: list[str] = field(default_factory=list)
