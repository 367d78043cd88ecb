"""The prose of a letter: greeting, sentences, closing and signature, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

WORD = re.compile(r"[^\W\d_][\w'-]*|\d[\w.,'-]*")

# Typographic characters folded one for one, so that places in the text stay what they were.
_FOLDED = str.maketrans("’‘‛´`“”„«»\u00a0\u202f\u2007\t–—", "''''''''''    --")

_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern"
    r"|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|moin|servus|gr(?:ü|ue)(?:ß|ss) gott"
    r"|sehr geehrte[rs]?|werte[rs]?)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:(?:with|many|warm|kind|best|my) )*(?:thanks|thank you|gratitude)"
    r"(?: (?:again|in advance|so much|very much|and .{1,30}))?"
    r"|(?:(?:with|kind|best|warm|warmest|many|all the) )*(?:regards|wishes|best)"
    r"|warmly|sincerely|yours(?: \w+)?|sincerely yours|cheers|respectfully"
    r"|gratefully|take care|cordially|faithfully"
    r"|(?:(?:mit|viele[nr]?|herzliche[nmr]?|freundliche[nmr]?|beste[nmr]?|liebe|sch(?:ö|oe)ne) )*"
    r"(?:gr(?:ü|ue)(?:ß|ss)en?|dank(?: im voraus)?|w(?:ü|ue)nsche)(?: (?:aus|und|nach) .{1,30})?"
    r"|danke(?: (?:im voraus|dir|ihnen|und .{1,30}))?|hochachtungsvoll|alles gute"
    r"|mfg|lg|vg)\s*[,.!]*",
    re.IGNORECASE,
)
_QUOTED_FROM_HERE = re.compile(
    r"^(?:on .{4,90} wrote:|am .{4,90} schrieb.{0,60}:"
    r"|-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht).*)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"^[ ]*>.*$", re.MULTILINE)
_ABBREVIATED = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|st|vs|etc|ca|bzw|usw|inkl|ggf|evtl|approx|dept|inc|ltd|e\.g|i\.e"
    r"|z\.\s?b|d\.\s?h|u\.\s?a|dipl|ing|jan|feb|aug|sept?|oct|okt|nov|dec|dez)|\b[A-Za-zÄÖÜ])\.$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:no|nr)\.$", re.IGNORECASE)
_LONGEST_ABBREVIATION = 12  # characters, with what stands before it
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"')\]]*(?=\s|$)")
_POSTSCRIPT = re.compile(r"^\s*P\.?\s?S\b", re.MULTILINE)
_BLOCK = re.compile(r"\S(?:.|\n(?![ ]*\n))*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the letter: `prose.folded[start:end] == text`."""

    text: str
    start: int
    end: int

    @property
    def asks(self) -> int:
        """How many questions it puts, by its question marks."""
        return len(re.findall(r"\?+", self.text))

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(WORD.findall(self.text))


@dataclass(frozen=True)
class Prose:
    """A letter taken apart. Quoted history is left out; places are those of `text`.

    `folded` has the length of `text`, with curly quotes, dashes and hard spaces made plain and
    quoted lines blank.
    """

    text: str

    @cached_property
    def folded(self) -> str:
        """The person's own words, character for character where they stand in `text`."""
        plain = self.text.translate(_FOLDED)
        history = _QUOTED_FROM_HERE.search(plain)
        if history:
            plain = plain[: history.start()] + _blanked(plain[history.start() :])
        return _QUOTED_LINE.sub(lambda line: " " * len(line.group()), plain)

    @cached_property
    def greeting(self) -> Sentence | None:
        """The first line, where it greets."""
        first = next(self._lines(), None)
        if first is None or not _GREETING.match(first.text):
            return None
        comma = re.match(r"[^,!.\n]{1,60}[,!:]", first.text)
        if comma:
            return _part(self.folded, first.start, first.start + comma.end())
        return first if first.words <= 7 else None

    @cached_property
    def closing(self) -> Sentence | None:
        """The line that takes leave, with nothing but a signature or a postscript below it."""
        lines = [line for line in self._lines() if line != self.greeting]
        for place in reversed(range(len(lines))):
            if not _CLOSING.fullmatch(lines[place].text):
                continue
            if not any(map(_is_told, _before_postscript(lines[place + 1 :]))):
                return lines[place]
        return None

    @cached_property
    def signature(self) -> Sentence | None:
        """What stands below the closing, or a last short line that is no sentence."""
        if self.closing:
            return _trimmed(self.folded, self.closing.end, self._postscript_at)
        lines = list(self._lines())
        if (
            len(lines) > 1
            and lines[-1].words <= 4
            and not re.search(r"^[-*•]|[.?!:]$", lines[-1].text)
        ):
            return lines[-1]
        return None

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences between greeting and closing, and those of a postscript, in order."""
        begin = self.greeting.end if self.greeting else 0
        leave = self.closing or self.signature
        end = leave.start if leave else len(self.folded)
        return (*_told(self.folded, begin, end), *self._postscript(max(begin, end)))

    def _postscript(self, begin: int) -> Iterator[Sentence]:
        start = self._postscript_at
        return _told(self.folded, start, len(self.folded)) if start >= begin else iter(())

    @cached_property
    def _postscript_at(self) -> int:
        closing = self.closing
        mark = _POSTSCRIPT.search(self.folded, closing.end) if closing else None
        return mark.start() if mark else len(self.folded)

    @cached_property
    def words(self) -> int:
        """Words of the whole letter, greeting and signature included, history left out."""
        return len(WORD.findall(self.folded))

    @cached_property
    def body_words(self) -> tuple[str, ...]:
        """The words of the sentences alone."""
        return tuple(word for told in self.sentences for word in WORD.findall(told.text))

    @property
    def questions(self) -> tuple[Sentence, ...]:
        """The sentences that ask."""
        return tuple(told for told in self.sentences if told.asks)

    @property
    def leave(self) -> int:
        """Where one more paragraph has its place: before the closing, else behind the last word."""
        leave = self.closing or self.signature
        if leave is not None:
            return leave.start
        return self.sentences[-1].end if self.sentences else 0

    def _lines(self) -> Iterator[Sentence]:
        for line in re.finditer(r"[^\n]+", self.folded):
            trimmed = _trimmed(self.folded, line.start(), line.end())
            if trimmed:
                yield trimmed


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _part(text: str, start: int, end: int) -> Sentence:
    return Sentence(text[start:end], start, end)


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return None
    start += len(piece) - len(piece.lstrip())
    return _part(text, start, start + len(inner))


def _before_postscript(lines: list[Sentence]) -> list[Sentence]:
    for place, line in enumerate(lines):
        if _POSTSCRIPT.match(line.text):
            return lines[:place]
    return lines


def _is_told(line: Sentence) -> bool:
    """Whether the line is prose and no name, role or address of a signature."""
    return line.words > 9 or (line.words > 3 and bool(re.search(r"[.?!]$", line.text)))


def _told(text: str, start: int, end: int) -> Iterator[Sentence]:
    for block in _BLOCK.finditer(text, start, end):
        yield from _sentences(text, block.start(), block.end())


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    for piece_start, piece_end in _pieces(text, start, end):
        told = _trimmed(text, piece_start, piece_end)
        if told and WORD.search(told.text):
            yield told


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in re.finditer(rf"{_SENTENCE_END.pattern}|\n", text[start:end]):
        stop = start + mark.end()
        if stop > begin and _ends(text, begin, stop, end):
            yield begin, stop
            begin = stop
    yield begin, end


def _ends(text: str, begin: int, stop: int, end: int) -> bool:
    after = text[stop:end].lstrip()
    if text[stop - 1] == "\n":
        return _line_stands_alone(text[begin:stop].rsplit("\n", 2)[-2], after)
    if not after or set(text[begin:stop].rstrip("\"')]")[-1]) & set("!?"):
        return True
    if _ABBREVIATED.search(text[max(begin, stop - _LONGEST_ABBREVIATION) : stop]):
        return False
    if after[0].isdigit() and _NUMBERED.search(text[max(begin, stop - 4) : stop]):
        return False
    return not after[0].islower() or text[stop - 1] != "."


def _line_stands_alone(line: str, after: str) -> bool:
    """A short line is no wrapped one; a bullet opens a new one."""
    if re.match(r"(?:[-*•]|\d+[.)])\s", after):
        return True
    return len(line.strip()) < 40 and after[:1].isupper()
