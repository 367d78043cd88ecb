"""Where the words are that a comment is about, in its own version and in later ones.

An Anchor is a quote with context and a position, as the selectors TextQuote and TextPosition of the
W3C's Web Annotation model are. It is found again exactly, then by its context, then with a few
letters changed; else its words are gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from kindregards.core.resumes.nearly import nearest

CONTEXT = 32  # characters kept on either side of the words
LEAST = 6  # of these many characters of context, a place is known by them alone
FUZZY_FROM = 8  # shorter words that changed are other words
FUZZY = 0.25  # of the letters may have changed
NEAR = 1_000  # characters on either side that are gone through first
MOST_PLACES = 300  # at which the same words are held against the context
MOST_BETWEEN = 400  # characters between two contexts that still stand for the words


class How(StrEnum):
    """How the words were found."""

    EXACT = "exact"
    NEARLY = "nearly"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a text, `text[start:end] == exact`, with what stands before and after them."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of an anchor are in another text."""

    start: int
    end: int
    how: How


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """Make the anchor of `text[start:end]`."""
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def anchor_of(text: str, quoted: str) -> Anchor | None:
    """Make the anchor of words that somebody typed; None where the text does not have them.

    Line breaks, runs of blanks and capitals are not held against them.
    """
    found = next(_places_of(quoted, text, re.IGNORECASE), None)
    return anchor_at(text, *found) if found and quoted.strip() else None


def find(anchor: Anchor, text: str) -> Place | None:
    """Find the words of an anchor in another text; None where they are gone."""
    if not anchor.exact.strip():
        return None
    exact = list(islice(_places_of(anchor.exact, text), MOST_PLACES))
    if exact:
        start, end = max(exact, key=lambda place: _likeness(anchor, text, place))
        return Place(start, end, How.EXACT)
    return _nearly(anchor, text) or _between(anchor, text)


def _places_of(words: str, text: str, flags: int = 0) -> Iterator[tuple[int, int]]:
    """Everywhere the words stand, whatever the blanks between them."""
    pieces = [re.escape(piece) for piece in words.split()]
    if not pieces:
        return
    for found in re.finditer(r"\s+".join(pieces), text, flags):
        yield found.span()


def _likeness(anchor: Anchor, text: str, place: tuple[int, int]) -> tuple[int, int]:
    """How well a place fits: by its context first, then by how near it is."""
    start, end = place
    before = _same_end(anchor.prefix, text[max(0, start - CONTEXT) : start])
    after = _same_end(anchor.suffix[::-1], text[end : end + CONTEXT][::-1])
    return before + after, -abs(start - anchor.start)


def _same_end(one: str, other: str) -> int:
    """How many characters two strings have in common at their ends."""
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count


def _nearly(anchor: Anchor, text: str) -> Place | None:
    words = anchor.exact.strip()
    if len(words) < FUZZY_FROM:
        return None
    most = int(len(words) * FUZZY)
    # Most words stay where they were; the whole text is gone through only for others.
    low = max(0, anchor.start - NEAR)
    around = text[low : anchor.end + NEAR]
    found = nearest(words, around, most=most, around=anchor.start - low)
    if found is None and len(around) < len(text):
        low, found = 0, nearest(words, text, most=most, around=anchor.start)
    return Place(*_whole_words(text, low + found[0], low + found[1]), How.NEARLY) if found else None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a place to the ends of the words that it cuts, and leave out blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def _between(anchor: Anchor, text: str) -> Place | None:
    """What now stands between what stood before and after the words."""
    before, after = anchor.prefix[-CONTEXT // 2 :].lstrip(), anchor.suffix[: CONTEXT // 2].rstrip()
    if len(before.strip()) < LEAST or len(after.strip()) < LEAST:
        return None
    best: Place | None = None
    for found in re.finditer(re.escape(before), text):
        end = text.find(after, found.end(), found.end() + MOST_BETWEEN + len(after))
        if end < 0 or not text[found.end() : end].strip():
            continue
        place = Place(found.end(), end, How.CHANGED)
        if best is None or abs(place.start - anchor.start) < abs(best.start - anchor.start):
            best = place
    return best
