"""What was found in a letter: wordings, each in its sentence, with what takes their force away."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import Found, Group, Phrasebook

_NEAR = 1_000
"""Characters of its own sentence before a sign that are looked at; people write shorter ones."""


class Sign(NamedTuple):
    """A wording found. Offsets are those of the letter's text; negative ones are in its subject.

    `spared` names the guard that takes its force (condition, negation), or is empty.
    """

    group: Group
    start: int
    end: int
    sentence: int
    spared: str = ""

    @property
    def in_subject(self) -> bool:
        """Whether it stands in the subject and so cannot be shown in the text."""
        return self.start < 0


def signs_of(page: Page, book: Phrasebook) -> list[Sign]:
    """All signs in the order of their place; of two of a group that overlap, the longer one."""
    signs: list[Sign] = []
    ends: dict[str, int] = {}
    offset = page.offset
    for start, before_end, name, group in sorted(_found(page, book)):
        if start >= ends.get(name, 0):
            ends[name] = end = -before_end
            sentence = page.sentence_at(start)
            spared = _spared(page, book, group, sentence, (start, end)) if group.spared_by else ""
            signs.append(Sign(group, start - offset, end - offset, sentence, spared))
    return signs


def _found(page: Page, book: Phrasebook) -> Iterator[Found]:
    offset = page.offset
    in_runs = map(book.found.__getitem__, page.tokens.runs)
    for edge, found in zip(page.tokens.edges, in_runs, strict=False):
        for start, before_end, name, group in found:
            if not edge + start < offset <= edge - before_end:
                yield edge + start, before_end - edge, name, group


def _spared(
    page: Page, book: Phrasebook, group: Group, sentence: int, span: tuple[int, int]
) -> str:
    """The guard that takes the sign's force: a condition before it, or a negation near it.

    `inside` is a negation among the sign's own words ("your profile does not fit"); `aside` speaks
    of another time or of others ("we had to turn you down last year").
    """
    start, end = span
    if group.field == "rejection" and _inside_quotes(page, start):
        return "quoted"
    before = page.lowered[max(page.starts[sentence], start - _NEAR) : start]
    contrast = book.guard("contrast")
    if contrast is not None:
        turn = 0
        for found in contrast.finditer(before):
            turn = found.end()
        before = before[turn:]
    inside = page.lowered[start:end]
    for name in group.spared_by:
        guard = book.guard("negation" if name == "inside" else name)
        near = {"negation": before[-60:], "inside": inside, "aside": f"{before}{inside}"}
        if guard is not None and guard.search(near.get(name, before)):
            return name
    return ""


def _inside_quotes(page: Page, position: int) -> bool:
    """Whether the words stand in quotation marks: somebody else's, told and not said."""
    if '"' not in page.lowered[position : position + 300]:
        return False
    paragraph = page.lowered.rfind("\n", 0, position) + 1
    quotes = page.quotes
    return (bisect_left(quotes, position) - bisect_left(quotes, paragraph)) % 2 == 1
