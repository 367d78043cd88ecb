"""Where the sentences of a cleaned text begin; abbreviations and short lines are known."""

from __future__ import annotations

import re

# It begins with one set of characters, which is what can be searched for quickly, and only where
# a run of marks begins: a line of ten thousand dots must not be tried at each of them.
_ENDS = re.compile(
    r"[.!?;•·\n](?:"
    r"(?<=[.!?])(?<![.!?][.!?])[.!?]*[\"')\]]*[ \n]+"
    r"|(?<=\n)(?:\n+|(?![a-zäöü(&]))"
    r"|(?<=[;•·])[ \n]+)"
)
_ABBREVIATED = re.compile(
    r"(?i)(?:^|[\s(\".])(?:mr|mrs|ms|dr|prof|sr|jr|st|inc|ltd|co|corp|llc|no|nr|vs|etc|"
    r"approx|dept|e\.g|i\.e|z\.b|z\. b|d\.h|u\.a|bzw|ggf|ca|tel|str|hr|fr|"
    r"m\.?w\.?d|dipl|ing|gmbh & co|sra?|dott|ing|av|p\.s|"
    r"ds|np|ul|tj|tzn|dhr|mevr|mw|mej|spett|egr|gent|sig|sigg|srta|exmo|exma|esim|mme|mlle|[a-z])\.$"
)


class _Shortened(dict[str, bool]):
    """Whether what stands before a full stop, with the stop, ends in an abbreviation."""

    def __missing__(self, before: str) -> bool:
        shortened = _ABBREVIATED.search(before) is not None
        if len(self) < 16384:
            self[before] = shortened
        return shortened


_SHORTENED = _Shortened()
_TAIL = 7
"""The longest abbreviation's last word, with what stands before it: words end alike more often
than they are alike."""


def sentence_starts(text: str) -> list[int]:
    """The offsets at which sentences begin, the first being 0."""
    starts = [0]
    last = 0
    for found in _ENDS.finditer(text):
        begin, end = found.span()
        if text[begin] == ".":
            first = begin - _TAIL
            if first < last:
                first = last
            before = text[first : begin + 1]
            # A text's first word needs nothing before it, any other a blank, a bracket or a mark.
            if _SHORTENED[f"_{before}" if first else before]:
                continue
        last = end
        starts.append(end)
    return starts
