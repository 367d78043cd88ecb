"""Where the sentences of a cleaned text begin; abbreviations and short lines are known."""

from __future__ import annotations

import re

_ENDS = re.compile(r"[.!?]+[\"')\]]*[ \n]+|\n\n+|\n(?![a-zäöü(&])|[;•·][ \n]+")
_ABBREVIATED = re.compile(
    r"(?i)(?:^|[\s(\".])(?:mr|mrs|ms|dr|prof|sr|jr|st|inc|ltd|co|corp|llc|no|nr|vs|etc|"
    r"approx|dept|e\.g|i\.e|z\.b|z\. b|d\.h|u\.a|bzw|ggf|ca|tel|str|hr|fr|"
    r"m\.?w\.?d|dipl|ing|gmbh & co|sra?|dott|ing|av|p\.s|[a-z])\.$"
)


def sentence_starts(text: str) -> list[int]:
    """The offsets at which sentences begin, the first being 0."""
    starts = [0]
    for found in _ENDS.finditer(text):
        if found.group()[0] == "." and _ABBREVIATED.search(
            text, max(starts[-1], found.start() - 12), found.start() + 1
        ):
            continue
        starts.append(found.end())
    return starts
