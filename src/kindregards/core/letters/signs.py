"""What was found in a letter: wordings, each in its sentence, with what takes their force away."""

from __future__ import annotations

from dataclasses import dataclass

from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import Group, Phrasebook

_NEAR = 1_000
"""Characters of its own sentence before a sign that are looked at; people write shorter ones."""


@dataclass(frozen=True, slots=True)
class Sign:
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
    found: list[Sign] = []
    offset = page.offset
    tokens = page.tokens
    for first, words in tokens.runs():
        for group, begins, after in book.found_in(words):
            start, end = tokens.starts[first + begins], tokens.ends[first + after - 1]
            if start < offset <= end:
                continue
            sentence = page.sentence_at(start)
            spared = _spared(page, book, group, sentence, start)
            found.append(Sign(group, start - offset, end - offset, sentence, spared))
    found.sort(key=lambda sign: (sign.start, -sign.end, sign.group.name))
    return _without_doubles(found)


def _without_doubles(signs: list[Sign]) -> list[Sign]:
    kept: list[Sign] = []
    last: dict[str, Sign] = {}
    for sign in signs:
        before = last.get(sign.group.name)
        if before is not None and sign.start < before.end:
            continue
        last[sign.group.name] = sign
        kept.append(sign)
    return kept


def _spared(page: Page, book: Phrasebook, group: Group, sentence: int, start: int) -> str:
    """The guard that takes the sign's force: a condition before it, or a negation near it."""
    if not group.spared_by:
        return ""
    if group.field == "rejection" and _inside_quotes(page, start):
        return "quoted"
    first = max(page.starts[sentence], start - _NEAR)
    before = page.lowered[first:start]
    contrast = book.guards.get("contrast")
    if contrast is not None:
        before = before[max((turn.end() for turn in contrast.finditer(before)), default=0) :]
    for name in group.spared_by:
        guard = book.guards.get(name)
        if guard is None:
            continue
        near = before[-60:] if name == "negation" else before
        if guard.search(near):
            return name
    return ""


def _inside_quotes(page: Page, position: int) -> bool:
    """Whether the words stand in quotation marks: somebody else's, told and not said."""
    if "sent you a message" in page.lowered:
        return False
    paragraph = page.lowered.rfind("\n", 0, position) + 1
    return (
        page.lowered.count('"', paragraph, position) % 2 == 1
        and '"' in page.lowered[position : position + 300]
    )
