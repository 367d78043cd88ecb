"""A letter prepared for reading: its words in lower case, and its sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from kindregards.core.letters.letter import Letter
from kindregards.core.letters.sentences import sentence_starts
from kindregards.core.letters.tokens import Tokens


class Page:
    """A letter prepared for reading: lower-case with its subject above, and its sentences."""

    def __init__(self, letter: Letter) -> None:
        subject = letter.subject
        self.letter = letter
        self.offset = len(subject) + 2
        whole = f"{subject}\n\n{letter.text}"
        self.whole = whole
        self.lowered = same_length_lower(whole)
        self.starts = sentence_starts(self.lowered)
        if self.offset not in self.starts:
            self.starts = sorted({*self.starts, self.offset})
        self.first = bisect_right(self.starts, self.offset) - 1
        self.tokens = Tokens(self.lowered)
        self.words = self.tokens.lookups

    @cached_property
    def quotes(self) -> list[int]:
        """Where quotation marks stand in `lowered`; none where they hold what somebody wrote."""
        if "sent you a message" in self.lowered:
            return []
        return [found.start() for found in re.finditer('"', self.lowered)]

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that holds a position of `lowered`."""
        return bisect_right(self.starts, position) - 1

    def sentence_bounds(self, number: int) -> tuple[int, int]:
        """Start and end of a sentence in `lowered`."""
        after = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.lowered)
        return self.starts[number], after


def same_length_lower(text: str) -> str:
    """Lower case, one character for each, so that offsets stay those of the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
