"""Proposals that were taken, put into the text. What clashes is told and never put in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from kindregards.core.resumes.anchors import Anchor, How, find

_LINE_END = re.compile(r"\s*\n\s*")


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
    propose different ones clash, also where they change different ones of them: what came of both
    would be neither's sentence. Neither is put in.
    """
    placed, gone = _placed(text, suggestions)
    clashing = _clashing(placed)
    lost = frozenset().union(*clashing)
    put = [one.put for one in placed if not lost.intersection(one.put.keys)]
    return Merged(_with(text, put), tuple(put), tuple(clashing), tuple(gone))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A proposal at its place: the words that its reader took, and those of them that change."""

    start: int
    end: int
    put: Put


def _placed(text: str, suggestions: Sequence[Suggestion]) -> tuple[list[_Placed], list[int]]:
    """Each proposal at its place, in the order of the text, and those without one."""
    at: dict[tuple[int, int, str], list[tuple[int, int, int]]] = {}
    gone = []
    for one in suggestions:
        place = find(one.anchor, text)
        if place is None or place.how is How.CHANGED:
            gone.append(one.key)
            continue
        change = _least(text, place.start, place.end, one.replacement)
        at.setdefault(change, []).append((place.start, place.end, one.key))
    return [_same(change, told) for change, told in sorted(at.items())], gone


def _same(change: tuple[int, int, str], told: Sequence[tuple[int, int, int]]) -> _Placed:
    """The same change by several, over the fewest words that one of them took."""
    start, end, _key = min(told, key=lambda one: one[1] - one[0])
    return _Placed(start, end, Put(*change, tuple(key for _start, _end, key in told)))


def _least(text: str, start: int, end: int, words: str) -> tuple[int, int, str]:
    """The same change without the whole words that it leaves as they are at both ends.

    So a reader who takes a whole sentence to change one word clashes only with who changes it too.
    """
    old, new = text[start:end], words.strip()
    if old.split() == new.split():
        return start, start, ""
    before = _common(old, new)
    after = _common(old[before:][::-1], new[before:][::-1])
    put = _LINE_END.sub(" ", new[before : len(new) - after])
    return start + before, end - after, put


def _common(one: str, other: str) -> int:
    """How many characters of whole words and blanks two strings begin with in common."""
    count = 0
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            break
        if a.isspace():
            count = at + 1
    return count


def _clashing(placed: Sequence[_Placed]) -> list[frozenset[int]]:
    """Pairs of which each changes words that the other one took as well."""
    return [
        frozenset({*one.put.keys, *other.put.keys})
        for one, other in combinations(placed, 2)
        if (_reaches(one, other) and _reaches(other, one)) or _overlap(one.put, other.put)
    ]


def _reaches(one: _Placed, other: _Placed) -> bool:
    """Whether what one changes lies in the words that the other took."""
    return one.put.start < other.end and one.put.end > other.start


def _overlap(one: Put, other: Put) -> bool:
    is_one_place = (one.start, one.end) == (other.start, other.end)
    return is_one_place or (one.start < other.end and other.start < one.end)


def _with(text: str, put: Sequence[Put]) -> str:
    for one in reversed(put):
        text = text[: one.start] + one.words + text[one.end :]
    return text
