"""DOCX: the words of a Word document, and the runs in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from kindregards.core.resumes.document import CELL_BETWEEN, BlockKind
from kindregards.core.resumes.writing import Line
from kindregards.sources.documents.bullets import without_bullet
from kindregards.sources.documents.characters import plain_char
from kindregards.sources.documents.taken import Contents, NotADocument

Element = Any  # lxml's, which has no types of its own
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BROKEN = "This DOCX file is broken, so nothing could be read from it. Save it anew, and give that."
# A text box is there twice: as it is drawn now, and for old programs. Deleted words are gone.
_NOT_READ = {f"{_MC}Fallback", f"{_W}del", f"{_W}moveFrom", f"{_W}footnoteReference", f"{_W}rPr"}
_DEEPEST = 60


class Char(NamedTuple):
    """One character of a paragraph, and the text element and place in it from which it comes."""

    char: str
    element: Element
    at: int
    end: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph or the row of a table, as a line of the resume."""

    kind: BlockKind
    level: int
    chars: list[Char] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(char.char for char in self.chars)


def read_docx(raw: bytes) -> Contents:
    """The lines of a DOCX: header, text with its tables and boxes, footer. Raises NotADocument."""
    return Contents(
        lines=[Line(one.kind, one.text, one.level) for one in paragraphs_of(open_docx(raw))]
    )


def open_docx(raw: bytes) -> Any:
    """The document as python-docx opens it. Raises NotADocument where it cannot."""
    from docx import Document

    try:
        return Document(BytesIO(raw))
    except Exception as error:  # zipfile, lxml and python-docx each raise their own
        raise NotADocument(_BROKEN) from error


def paragraphs_of(document: Any) -> list[Paragraph]:
    """All that a document says, in reading order: headers, text with tables and boxes, footers."""
    styles = _Styles(document)
    around = [list(_around(document, part)) for part in ("header", "footer")]
    found = [one for element in around[0] for one in styles.below(element)]
    found += styles.below(document.element.body)
    found += [one for element in around[1] for one in styles.below(element) if not _is_number(one)]
    return [one for one in found if one.text]


def _is_number(paragraph: Paragraph) -> bool:
    return paragraph.text.strip().isdigit()


def _around(document: Any, part: str) -> Iterator[Element]:
    """The headers or footers of all sections, each once."""
    seen = set[str]()
    for section in document.sections:
        for name in (f"first_page_{part}", part):
            one = getattr(section, name)
            if one.is_linked_to_previous:
                continue
            words = "".join(node.text or "" for node in one._element.iter(f"{_W}t"))
            if words not in seen:
                seen.add(words)
                yield one._element


class _Styles:
    """What the styles of a document say a paragraph is."""

    def __init__(self, document: Any) -> None:
        self._kinds = {
            style.style_id: _kind_of_style(style)
            for style in document.styles
            if style.style_id and style.type is not None and style.type.name == "PARAGRAPH"
        }

    def below(self, element: Element, nested: int = 0) -> Iterator[Paragraph]:
        """The paragraphs below an element, in reading order."""
        for child in element if nested <= _DEEPEST else ():
            if child.tag == f"{_W}p":
                yield self._paragraph(child)
                yield from self._boxes(child, nested)
            elif child.tag == f"{_W}tr":
                yield from self._row(child, nested)
            elif child.tag not in _NOT_READ:
                yield from self.below(child, nested + 1)

    def _boxes(self, paragraph: Element, nested: int) -> Iterator[Paragraph]:
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors()):
                yield from self.below(box, nested + 1)

    def _row(self, row: Element, nested: int) -> Iterator[Paragraph]:
        """A row on one line where each cell has one; else its cells, one after the other."""
        cells = [[one for one in self.below(cell, nested + 1) if one.text] for cell in row]
        cells = [cell for cell in cells if cell]
        if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
            yield _joined([cell[0] for cell in cells])
            return
        for cell in cells:
            yield from cell

    def _paragraph(self, element: Element) -> Paragraph:
        chars = _tidied(_chars(element, 0))
        kind, level = self._kind(element)
        text = "".join(char.char for char in chars)
        words, was_item = without_bullet(text)
        if was_item and kind is not BlockKind.HEADING:
            kind, chars = BlockKind.ITEM, chars[len(text) - len(words) :]
        if kind is BlockKind.HEADING:
            chars = [one._replace(char=" ") if one.char == "\n" else one for one in chars]
        return Paragraph(kind, level, chars)

    def _kind(self, element: Element) -> tuple[BlockKind, int]:
        said = element.find(f"{_W}pPr")
        if said is None:
            return BlockKind.PARAGRAPH, 1
        style = said.find(f"{_W}pStyle")
        kind, level = self._kinds.get(
            style.get(f"{_W}val") if style is not None else "", (BlockKind.PARAGRAPH, 1)
        )
        number = said.find(f"{_W}numPr")
        if number is None or kind is BlockKind.HEADING:
            return kind, level
        deep = number.find(f"{_W}ilvl")
        told = deep.get(f"{_W}val", "0") if deep is not None else "0"
        return BlockKind.ITEM, (int(told) if told.isdecimal() else 0) + 1


def _kind_of_style(style: Any) -> tuple[BlockKind, int]:
    """What a style's name says, which Word keeps in English for its own styles."""
    name = (style.name or "").lower()
    heading = re.match(r"heading (\d)", name)
    if heading:
        return BlockKind.HEADING, min(int(heading.group(1)) + 1, 6)
    if name == "title":
        return BlockKind.HEADING, 1
    listed = re.match(r"list (?:bullet|number)(?: (\d))?", name)
    if listed:
        return BlockKind.ITEM, int(listed.group(1) or 1)
    return BlockKind.PARAGRAPH, 1


def _joined(cells: list[Paragraph]) -> Paragraph:
    chars = list(cells[0].chars)
    for cell in cells[1:]:
        chars += [Char(char, None, 0, 0) for char in CELL_BETWEEN]
        chars += cell.chars
    return Paragraph(BlockKind.PARAGRAPH, 1, chars)


def _chars(element: Element, nested: int) -> Iterator[Char]:
    """The characters of a paragraph, without those of the boxes that hang on it."""
    for child in element if nested <= _DEEPEST else ():
        if child.tag == f"{_W}t":
            for at, char in enumerate(child.text or ""):
                yield from (Char(plain, child, at, at + 1) for plain in plain_char(char))
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield Char("\n" if child.get(f"{_W}type") != "page" else " ", None, 0, 0)
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            yield Char(" ", None, 0, 0)
        elif child.tag == f"{_W}noBreakHyphen":
            yield Char("-", None, 0, 0)
        elif child.tag not in _NOT_READ and child.tag not in (f"{_W}txbxContent", f"{_W}pPr"):
            yield from _chars(child, nested + 1)


def _tidied(chars: Iterator[Char]) -> list[Char]:
    """Without spaces at either end, and one where there are more, as Markdown reads them."""
    kept: list[Char] = []
    for one in chars:
        if kept and combining(one.char):
            kept[-1:] = _composed(kept[-1], one)
        elif not one.char.isspace():
            kept.append(one)
        elif kept and one.char == "\n":
            while kept and kept[-1].char.isspace():
                kept.pop()
            kept.append(one)
        elif kept and not kept[-1].char.isspace():
            kept.append(one._replace(char=" "))
    while kept and kept[-1].char.isspace():
        kept.pop()
    return kept


def _composed(base: Char, mark: Char) -> list[Char]:
    """A letter and the accent that was written after it, as one character where there is one."""
    both = normalize("NFC", base.char + mark.char)
    if len(both) > 1 or base.element is not mark.element:
        return [base, mark]
    return [base._replace(char=both, end=mark.end)]
