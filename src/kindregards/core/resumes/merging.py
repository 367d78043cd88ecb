"""Proposals that were taken, put into the text. What clashes is told and never put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kindregards.core.resumes.anchors import Anchor, How, find


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Other words for the words of an anchor; `key` is the caller's, `by` the readers' names."""

    key: int
    anchor: Anchor
    replacement: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Put:
    """A replacement at its place in the text: of `text[start:end]`, for these suggestions."""

    start: int
    end: int
    words: str
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The new text and what came of each suggestion.

    `put` are in the order of the text, with places in the text as it was. `clashing` are sets of
    keys of which at most one may be taken. `gone` are those whose words the text does not have.
    """

    text: str
    put: tuple[Put, ...]
    clashing: tuple[frozenset[int], ...]
    gone: tuple[int, ...]


def merge(text: str, suggestions: Sequence[Suggestion]) -> Merged:
    """Put suggestions into a text.

    Two that propose the same for the same words are put in once. Two that take the same words and
    propose different ones clash: neither is put in.
    """
    placed, gone = _placed(text, suggestions)
    clashing = _clashing(placed)
    lost = frozenset().union(*clashing)
    put = [one for one in placed if not lost.intersection(one.keys)]
    return Merged(_with(text, put), tuple(put), tuple(clashing), tuple(gone))


def _placed(text: str, suggestions: Sequence[Suggestion]) -> tuple[list[Put], list[int]]:
    """Each proposal at its place, in the order of the text, and those without one."""
    at: dict[tuple[int, int, str], tuple[int, ...]] = {}
    gone = []
    for one in suggestions:
        place = find(one.anchor, text)
        if place is None or place.how is How.CHANGED:
            gone.append(one.key)
            continue
        start, end, words = _least(text, place.start, place.end, one.replacement)
        at[start, end, words] = (*at.get((start, end, words), ()), one.key)
    return [Put(*where, keys) for where, keys in sorted(at.items())], gone


def _least(text: str, start: int, end: int, words: str) -> tuple[int, int, str]:
    """The same change without the whole words that it leaves as they are at both ends.

    So a reader who takes a whole sentence to change one word clashes only with who changes it too.
    """
    old, new = text[start:end], words.strip()
    if old.split() == new.split():
        return start, start, ""
    before = _common(old, new)
    after = _common(old[before:][::-1], new[before:][::-1])
    return start + before, end - after, new[before : len(new) - after]


def _common(one: str, other: str) -> int:
    """How many characters of whole words and blanks two strings begin with in common."""
    count = 0
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            break
        if a.isspace():
            count = at + 1
    return count


def _clashing(placed: Sequence[Put]) -> list[frozenset[int]]:
    """Neighbours that take the same words; `placed` is in the order of the text."""
    clashing = []
    reach: Put | None = None
    for one, other in pairwise(placed):
        reach = one if reach is None or one.end > reach.end else reach
        if other.start < reach.end or (other.start, other.end) == (reach.start, reach.end):
            clashing.append(frozenset({*reach.keys, *other.keys}))
    return clashing


def _with(text: str, put: Sequence[Put]) -> str:
    for one in reversed(put):
        text = text[: one.start] + one.words + text[one.end :]
    return text
