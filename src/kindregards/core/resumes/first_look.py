"""What the first seconds go to: six things that readers of resumes look at before all else (R38).

Name, the present position with its employer, its dates, the one before, its dates, and education.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kindregards.core.resumes.document import Block, BlockKind, Document

_MONTH = (
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*\.?\s+|"
    r"\d{1,2}[/.]"
)
_DAY = rf"(?:(?:{_MONTH})?(?:19|20)\d\d(?:[-/](?:0[1-9]|1[0-2]))?)"
_NOW = r"(?:present|today|now|current(?:ly)?|ongoing|to date|heute|jetzt|aktuell)"
RANGE = re.compile(
    rf"\(?\b({_DAY})\s*(?:[-–—]|to|until|bis)\s*({_DAY}|{_NOW})\b\)?"
    rf"|\b(?:since|seit|from)\s+({_DAY})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_EDUCATION = re.compile(
    r"\b(?:education|studies|qualifications|degrees?|academic|ausbildung|studium|bildung)\b", re.I
)
_DEGREE = re.compile(
    r"\b(?:b\.?a\.?|b\.?sc|m\.?a\.?|m\.?sc|mba|ph\.?d|bachelor|master|diploma|degree|"
    r"university|college|school|academy|universität|hochschule|diplom|abitur|gcse|a-levels?)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|\+?\d[\d ()/-]{7,}")
_TITLE_OF_ALL = re.compile(r"(?i)curriculum vitae|cv|r[eé]sum[eé]|lebenslauf")
_LEVEL_OF_POSITIONS = 3
_ENDLESS = 9_999


@dataclass(frozen=True, slots=True)
class Position:
    """A place in working life: where its title and its dates stand, and the years it took.

    `ended` is 9999 for one that goes on.
    """

    title: Block
    dates: Block
    ended: int
    begun: int

    @property
    def goes_on(self) -> bool:
        """Whether it is held still."""
        return self.ended == _ENDLESS


@dataclass(frozen=True, slots=True)
class Seen:
    """One of the six things, and the words that show it, "" where there are none."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The six things in the order in which they are looked at, and all positions, latest first."""

    seen: tuple[Seen, ...]
    positions: tuple[Position, ...]


def first_look(document: Document) -> FirstLook:
    """What the first seconds find in a resume. A guess by dates and headings, never a judgement."""
    sections = list(_sections(document.blocks))
    work = [block for block, heading in sections if not _EDUCATION.search(heading)]
    positions = sorted(_positions(work), key=lambda one: (-one.ended, -one.begun))
    present, before = (*positions, None, None)[:2]
    return FirstLook(
        (
            Seen("Your name", _name(document.blocks)),
            Seen("What you do now, and where", _title(present)),
            Seen("Since when", _dates(present)),
            Seen("What you did before, and where", _title(before)),
            Seen("From when to when", _dates(before)),
            Seen("Education", _education(sections)),
        ),
        tuple(positions),
    )


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Each block with the words of the heading above it."""
    heading = ""
    for block in blocks:
        if block.kind is BlockKind.HEADING and not RANGE.search(block.text):
            heading = block.text
        yield block, heading


def _positions(blocks: Sequence[Block]) -> Iterator[Position]:
    for number, block in enumerate(blocks):
        found = RANGE.search(block.text)
        if not found or block.kind is BlockKind.ITEM:
            continue
        begun, ended = found.group(1) or found.group(3), found.group(2) or "now"
        years = _YEAR.findall(ended)
        yield Position(
            title=_titled(blocks, number, found.group()),
            dates=block,
            ended=int(years[-1]) if years else _ENDLESS,
            begun=int(_YEAR.findall(begun)[-1]),
        )


def _titled(blocks: Sequence[Block], number: int, dates: str) -> Block:
    """The block that names a position: the one with its dates, or beside that where it is bare."""
    block = blocks[number]
    if len(_letters(block.text.replace(dates, ""))) > 3:
        return block
    after = blocks[number + 1] if number + 1 < len(blocks) else block
    before = blocks[number - 1] if number else block
    if before.kind is BlockKind.HEADING and _names_a_position(blocks, number - 1):
        return before
    return before if after.kind is BlockKind.ITEM else after


def _names_a_position(blocks: Sequence[Block], number: int) -> bool:
    """Whether a heading names one position, and not the part of the resume with all of them."""
    is_below = number > 0 and blocks[number - 1].kind is BlockKind.HEADING
    return is_below or blocks[number].level >= _LEVEL_OF_POSITIONS


def _letters(words: str) -> str:
    return "".join(filter(str.isalpha, words))


def _name(blocks: Sequence[Block]) -> str:
    """The first line, where it may be a name: two to five words without figures or an address."""
    told = [one for one in blocks[:2] if not _TITLE_OF_ALL.fullmatch(one.text.strip())]
    for block in told[:1]:
        line = block.text.split("\n")[0].split(",")[0].split(" | ")[0].strip()
        words = line.split()
        is_plain = not any(char.isdigit() or char == "@" for char in line)
        if 2 <= len(words) <= 5 and is_plain and all(word[:1].isupper() for word in words[:1]):
            return line
    return ""


def _title(position: Position | None) -> str:
    if position is None:
        return ""
    words = RANGE.sub("", position.title.text)
    return " ".join(words.replace("()", "").split()).strip(" ,|·–-")


def _dates(position: Position | None) -> str:
    found = RANGE.search(position.dates.text) if position else None
    return found.group().strip("()") if found else ""


def _education(sections: Sequence[tuple[Block, str]]) -> str:
    """The first words below a heading that speaks of education, else those that name a degree."""
    below = [block for block, heading in sections if _EDUCATION.search(heading)]
    told = [block for block in below if block.kind is not BlockKind.HEADING]
    named = [
        block
        for block, _heading in sections
        if block.kind is not BlockKind.HEADING and _DEGREE.search(block.text)
    ]
    first = next(iter(told or named), None)
    return " ".join(first.text.split()) if first else ""


def has_contact(words: str) -> bool:
    """Whether words hold a mail address or a telephone number."""
    return bool(_CONTACT.search(words))
