"""PDF: its words in reading order by PDFium, and its pages as pictures."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from kindregards.sources.documents.characters import plain_words
from kindregards.sources.documents.page_lines import PageLine, lines_of
from kindregards.sources.documents.taken import MOST_PAGES, Contents, NotADocument

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_LOCKED = "This PDF is locked with a password. Save a copy without one, and give that."
_BROKEN = "This PDF is broken, so nothing could be read from it. Save it anew, and give that."
_SCANNED = (
    "This PDF holds pictures of pages and no words: it was scanned, or printed as a picture. "
    "Save it as PDF from the program it was written in, and give that."
)
_TOO_MANY = f"Only the first {MOST_PAGES} pages were read."
_SOME_WITHOUT = "A page of it holds no words that can be read, only a picture."
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_WIDEST = 1_600
"""Pixels of a picture's longer side, so that a page as large as a house stays small."""


def read_pdf(raw: bytes) -> Contents:
    """The lines of a PDF, its first 20 pages. Raises NotADocument where there are no words."""
    with _opened(raw) as pdf:
        count = len(pdf)
        pages = [_page_lines(pdf, number) for number in range(min(count, MOST_PAGES))]
    if not any(pages):
        raise NotADocument(_SCANNED)
    lost = [_TOO_MANY] if count > MOST_PAGES else []
    lost += [] if all(pages) else [_SOME_WITHOUT]
    return Contents(lines=lines_of(pages), page_count=count, lost=lost)


def picture_of(raw: bytes, number: int, *, scale: float = 2.0) -> bytes:
    """One page, counted from 0, as a PNG; `scale` 1 is 72 dots an inch. Raises NotADocument."""
    with _opened(raw) as pdf:
        if not 0 <= number < min(len(pdf), MOST_PAGES):
            raise NotADocument("There is no such page.")
        page = pdf[number]
        scale = min(scale, _WIDEST / max(*page.get_size(), 1.0))
        picture = page.render(scale=scale).to_pil()
        out = BytesIO()
        picture.save(out, "PNG", compress_level=6)
        return out.getvalue()


def _opened(raw: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(raw)
        if not len(pdf):
            raise NotADocument(_BROKEN)
    except PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        raise NotADocument(_LOCKED if locked else _BROKEN) from error
    return pdf


def _page_lines(pdf: PdfDocument, number: int) -> list[PageLine]:
    from pypdfium2 import PdfiumError

    try:
        page: PdfPage = pdf[number]
        words = page.get_textpage()
    except PdfiumError as error:
        raise NotADocument(_BROKEN) from error
    return list(_measured(words))


_LINE = re.compile(r"[^\r\n]+")


def _measured(page: PdfTextPage) -> Iterator[PageLine]:
    """Each line with its box and the size of its first character."""
    text = page.get_text_range()
    # PDFium counts characters it does not give; most pages have none, and need no asking.
    is_even = len(text) == page.count_chars()
    ruler = _Ruler(page)
    for found in _LINE.finditer(text):
        words = found.group()
        seen = words.strip()
        if not seen or not plain_words(seen).strip():
            continue
        first = found.start() + words.index(seen)
        last = first + len(seen) - 1
        places = (first, last) if is_even else _char_places(page, text, first, last)
        left, _right, bottom, top = ruler.box(places[0])
        _left, right, low, high = ruler.box(places[1])
        yield PageLine(seen, ruler.size(places[0]), left, right, min(bottom, low), max(top, high))


def _char_places(page: PdfTextPage, text: str, first: int, last: int) -> tuple[int, int]:
    from pypdfium2 import raw

    # Outside the basic plane a character counts twice there.
    before = [len(text[:at].encode("utf-16-le")) // 2 for at in (first, last)]
    places = [raw.FPDFText_GetCharIndexFromTextIndex(page.raw, at) for at in before]
    return max(places[0], 0), max(places[1], 0)


class _Ruler:
    """Measures characters of a page. One for a page, for each measure is a call into C."""

    def __init__(self, page: PdfTextPage) -> None:
        from pypdfium2 import raw

        self._page = page.raw
        self._ask_box, self._ask_size = raw.FPDFText_GetCharBox, raw.FPDFText_GetFontSize
        self._sides = [ctypes.c_double() for _ in range(4)]

    def box(self, at: int) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of a character, in points."""
        self._ask_box(self._page, at, *self._sides)
        left, right, bottom, top = self._sides
        return left.value, right.value, bottom.value, top.value

    def size(self, at: int) -> float:
        """The size of a character's font, in points."""
        return float(self._ask_size(self._page, at))
