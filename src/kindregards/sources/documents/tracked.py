"""A copy of a DOCX in which changes are tracked, as Word and LibreOffice show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from kindregards.core.resumes.comparing import Replacement
from kindregards.core.resumes.document import document_of
from kindregards.core.resumes.writing import Line, markdown_of
from kindregards.sources.documents.docx import Char, Paragraph, open_docx, paragraphs_of

Element = Any  # lxml's, which has no types of its own
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
US = "Kind Regards"
_BEHIND_LOOK = {f"{_W}sectPr", f"{_W}pPrChange"}
_LINE_END = re.compile(r"\n+")


def tracked(
    original: bytes, changes: Iterable[Replacement], *, author: str = US, at: datetime
) -> bytes:
    """The DOCX with each change of its text as a deletion and an insertion by `author`.

    Places count characters of the text that was taken from this very file. Changes must not
    overlap; one that goes over several paragraphs puts its words into the first and takes the
    others' away. What stands between words in no run (the mark between two cells of a row) stays.
    Raises NotADocument where the file cannot be opened.
    """
    document = open_docx(original)
    placed = _placed(paragraphs_of(document))
    writer = _Writer(author, at)
    for change in sorted(changes, key=lambda one: -one.start):
        _mark(placed, change, writer)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A paragraph, and where its first character stands in the text."""

    start: int
    chars: Sequence[Char]

    @property
    def end(self) -> int:
        return self.start + len(self.chars)


def _placed(paragraphs: Sequence[Paragraph]) -> list[_Placed]:
    """The paragraphs where they stand in the text that the file was taken in as."""
    lines = [Line(one.kind, one.text, one.level) for one in paragraphs]
    blocks = document_of(markdown_of(lines)).blocks
    found, number = [], 0
    for paragraph in paragraphs:
        if number < len(blocks) and blocks[number].text == paragraph.text:
            found.append(_Placed(blocks[number].start, paragraph.chars))
            number += 1
    return found


def _mark(placed: Sequence[_Placed], change: Replacement, writer: _Writer) -> None:
    words = change.words
    for one in placed:
        start, end = max(change.start, one.start), min(change.end, one.end)
        if start < end or (change.start == change.end and start == end):
            _mark_paragraph(one.chars, start - one.start, end - one.start, words, writer)
            if change.start == change.end:
                return
            words = ""


def _mark_paragraph(
    chars: Sequence[Char], start: int, end: int, words: str, writer: _Writer
) -> None:
    """Delete the characters from start to end and put the words behind them."""
    runs = list(_in_elements(chars[start:end]))
    if runs:
        deleted = [writer.delete(element, first, last) for element, first, last in runs]
        if not words and end - start == len(chars):
            writer.delete_end(deleted[-1])
        if words:
            writer.insert_after(deleted[-1], words)
    elif words:
        writer.insert_at(chars, start, words)


def _in_elements(chars: Sequence[Char]) -> Iterator[tuple[Element, int, int]]:
    """Text elements in which the characters stand, with first and last place, the last one first.

    From the end: taking a part out of an element keeps the places before it.
    """
    found: dict[int, tuple[Element, int, int]] = {}
    for char in chars:
        if char.element is None:
            continue
        key = id(char.element)
        _element, first, last = found.get(key, (None, char.at, char.end))
        found[key] = (char.element, min(first, char.at), max(last, char.end))
    yield from found.values()


class _Writer:
    """Writes deletions and insertions, each with a number of its own."""

    def __init__(self, author: str, at: datetime) -> None:
        self._author = author
        self._at = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._number = 90_000

    def delete(self, text: Element, first: int, last: int) -> Element:
        """Mark a part of a text element as deleted; the mark, which stands in its place."""
        run = _alone(text, first, last)
        mark = self._made("del")
        run.addprevious(mark)
        mark.append(run)
        for one in run.iter(f"{_W}t"):
            one.tag = f"{_W}delText"
        return mark

    def delete_end(self, mark: Element) -> None:
        """Mark the end of a paragraph of the text as deleted, so that no empty line is left."""
        paragraph = next(mark.iterancestors(f"{_W}p"))
        if paragraph.getparent().tag != f"{_W}body" or paragraph.getnext() is None:
            return  # a cell needs its last paragraph
        look = paragraph.get_or_add_pPr()
        ends = look.find(f"{_W}rPr")
        if ends is None:
            ends = look.makeelement(f"{_W}rPr", {})
            after = next((one for one in look if one.tag in _BEHIND_LOOK), None)
            look.append(ends) if after is None else after.addprevious(ends)
        ends.insert(0, self._made("del"))

    def insert_after(self, sibling: Element, words: str) -> None:
        """Mark words as inserted behind an element, in the look of the run in it."""
        mark = self._made("ins")
        run = next(sibling.iter(f"{_W}r"), None)
        mark.append(_run_like(run, words, sibling))
        sibling.addnext(mark)

    def insert_at(self, chars: Sequence[Char], at: int, words: str) -> None:
        """Mark words as inserted before the character `at`, behind the one before it."""
        before = next((one for one in reversed(chars[:at]) if one.element is not None), None)
        if before is not None:
            self.insert_after(_alone(before.element, before.at, before.end), words)
            return
        after = next((one for one in chars[at:] if one.element is not None), None)
        if after is not None:
            run = _alone(after.element, after.at, after.end)
            mark = self._made("ins")
            mark.append(_run_like(run, words, run))
            run.addprevious(mark)

    def _made(self, kind: str) -> Element:
        from docx.oxml import OxmlElement

        self._number += 1
        mark = OxmlElement(f"w:{kind}")
        mark.set(f"{_W}id", str(self._number))
        mark.set(f"{_W}author", self._author)
        mark.set(f"{_W}date", self._at)
        return mark


def _alone(text: Element, first: int, last: int) -> Element:
    """The run that holds exactly this part of a text element: others are split off before it."""
    run = text.getparent()
    words = text.text or ""
    if len(run) - (run.find(f"{_W}rPr") is not None) == 1 and not first and last >= len(words):
        return run
    middle = _copy_of(run, [])
    parts = [part for part in list(run) if part.tag != f"{_W}rPr"]
    place = parts.index(text)
    tail = _copy_of(run, parts[place + 1 :])
    _append_text(middle, words[first:last])
    run.addnext(middle)
    if words[last:]:
        behind = _copy_of(run, [])
        _append_text(behind, words[last:])
        middle.addnext(behind)
        behind.addnext(tail)
    else:
        middle.addnext(tail)
    if len(tail) == (tail.find(f"{_W}rPr") is not None):
        tail.getparent().remove(tail)
    text.text = words[:first]
    text.set(_SPACE, "preserve")
    return middle


def _copy_of(run: Element, parts: Sequence[Element]) -> Element:
    """An empty run in the same look, to which the given parts are moved."""
    made = run.makeelement(run.tag, dict(run.attrib), nsmap=run.nsmap)
    look = run.find(f"{_W}rPr")
    if look is not None:
        made.append(deepcopy(look))
    for part in parts:
        made.append(part)
    return made


def _append_text(run: Element, words: str) -> None:
    """Words at the end of a run; where they have lines, each begins on a line of its own."""
    for number, line in enumerate(_LINE_END.split(words)):
        if number:
            run.append(run.makeelement(f"{_W}br", {}))
        text = run.makeelement(f"{_W}t", {_SPACE: "preserve"})
        text.text = line
        run.append(text)


def _run_like(run: Element | None, words: str, beside: Element) -> Element:
    """A new run with these words, in the look of another."""
    like = run if run is not None else beside
    made = like.makeelement(f"{_W}r", {})
    look = run.find(f"{_W}rPr") if run is not None else None
    if look is not None:
        made.append(deepcopy(look))
    _append_text(made, words)
    return made
