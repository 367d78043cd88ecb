"""What was found in a letter: wordings, each in its sentence, with what takes their force away."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from kindregards.core.letters.letter import Letter
from kindregards.core.letters.phrasebook import Group, Phrasebook, Tokens
from kindregards.core.letters.sentences import sentence_starts

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
