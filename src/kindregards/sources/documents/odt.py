"""ODT: the words of an OpenDocument text, from its XML."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from kindregards.core.resumes.document import CELL_BETWEEN, BlockKind
from kindregards.core.resumes.writing import Line
from kindregards.sources.documents.bullets import without_bullet
from kindregards.sources.documents.characters import plain_words
from kindregards.sources.documents.taken import Contents, NotADocument

_LOCKED = "This file is locked with a password. Save a copy without one, and give that."
_BROKEN = "This ODT file is broken, so nothing could be read from it. Save it anew, and give that."
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_NOT_READ = {
    f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}note",
    f"{_TEXT}sequence-decls", f"{_OFFICE}forms",
}  # fmt: skip
_MOST_SPACES = 1_000
_DEEPEST = 60


def read_odt(raw: bytes) -> Contents:
    """The lines of an ODT: header, text with its tables and frames, footer. Raises NotADocument."""
    try:
        with ZipFile(BytesIO(raw)) as packed:
            names = set(packed.namelist())
            if b"encryption-data" in _member(packed, "META-INF/manifest.xml", names):
                raise NotADocument(_LOCKED)
            content = fromstring(packed.read("content.xml"))
            styles = _member(packed, "styles.xml", names)
            around = fromstring(styles) if styles else None
    except NotADocument:
        raise
    except (BadZipFile, zlib.error, ParseError, DefusedXmlException, KeyError, OSError, ValueError,
            RuntimeError, NotImplementedError) as error:  # fmt: skip
        raise NotADocument(_BROKEN) from error
    return Contents(lines=list(_all_lines(content, around)))


def _member(packed: ZipFile, name: str, names: set[str]) -> bytes:
    return packed.read(name) if name in names else b""


def _all_lines(content: Element, around: Element | None) -> Iterator[Line]:
    if around is not None:
        for header in around.iter(f"{_STYLE}header"):
            yield from _lines(header)
    for body in content.iter(f"{_OFFICE}text"):
        yield from _lines(body)
    if around is not None:
        for footer in around.iter(f"{_STYLE}footer"):
            yield from (line for line in _lines(footer) if not line.text.strip().isdigit())


def _lines(element: Element, *, depth: int = 0, nested: int = 0) -> Iterator[Line]:
    """The lines below an element; `depth` counts the lists around it."""
    if nested > _DEEPEST:
        return
    for child in element:
        if child.tag in _NOT_READ:
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield from _paragraph(child, depth, nested)
        elif child.tag == f"{_TABLE}table-row":
            yield from _row(child, nested)
        else:
            deeper = depth + (child.tag == f"{_TEXT}list")
            yield from _lines(child, depth=deeper, nested=nested + 1)


def _paragraph(element: Element, depth: int, nested: int) -> Iterator[Line]:
    words, was_item = without_bullet(_words(element))
    if words and element.tag == f"{_TEXT}h":
        level = element.get(f"{_TEXT}outline-level", "1")
        yield Line(BlockKind.HEADING, words, int(level) if level.isdecimal() else 1)
    elif words:
        is_item = depth > 0 or was_item
        yield Line(BlockKind.ITEM if is_item else BlockKind.PARAGRAPH, words, max(depth, 1))
    for frame in element.iter(f"{_DRAW}text-box"):
        yield from _lines(frame, nested=nested + 1)


def _row(row: Element, nested: int) -> Iterator[Line]:
    """A row on one line where each cell has one; else its cells, one after the other."""
    cells = [list(_lines(cell, nested=nested + 1)) for cell in row]
    cells = [cell for cell in cells if cell]
    if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
        yield Line(BlockKind.PARAGRAPH, CELL_BETWEEN.join(cell[0].text for cell in cells))
        return
    for cell in cells:
        yield from cell


def _words(element: Element) -> str:
    return "\n".join(" ".join(part.split()) for part in "".join(_pieces(element)).split("\n"))


def _pieces(element: Element, nested: int = 0) -> Iterator[str]:
    yield plain_words(element.text or "").replace("\n", " ")
    for child in element if nested < _DEEPEST else ():
        if child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES)
        elif child.tag == f"{_TEXT}tab":
            yield " "
        elif child.tag not in _NOT_READ and not child.tag.startswith(_DRAW):
            yield from _pieces(child, nested + 1)
        yield plain_words(child.tail or "").replace("\n", " ")
