"""Bytes of a file → what a resume says. Runs where a bad file may do harm: see `reader.py`."""

from __future__ import annotations

from collections.abc import Callable

from kindregards.core.resumes.document import document_of
from kindregards.core.resumes.version import Format
from kindregards.core.resumes.writing import markdown_of
from kindregards.sources.documents.docx import read_docx
from kindregards.sources.documents.json_resume import read_json_resume
from kindregards.sources.documents.odt import read_odt
from kindregards.sources.documents.pdf import read_pdf
from kindregards.sources.documents.plain import read_markdown, read_plain
from kindregards.sources.documents.shape import format_of
from kindregards.sources.documents.taken import LONGEST, Contents, NotADocument, Taken

_READERS: dict[Format, Callable[[bytes], Contents]] = {
    Format.PDF: read_pdf,
    Format.DOCX: read_docx,
    Format.ODT: read_odt,
    Format.MARKDOWN: read_markdown,
    Format.PLAIN: read_plain,
    Format.JSON: read_json_resume,
}
_NO_WORDS = "There are no words in this file that could be read."
_TOO_LONG = f"This holds more than {LONGEST:,} characters, which is no resume."


def take(raw: bytes, name: str = "") -> Taken:
    """What a file says. Raises NotADocument with a sentence where it is no resume."""
    form = format_of(raw, name)
    found = _READERS[form](raw)
    if sum(len(line.text) for line in found.lines) + len(found.markdown) > LONGEST:
        raise NotADocument(_TOO_LONG)
    markdown = found.markdown or markdown_of(found.lines)
    if not found.lines and not document_of(markdown).text:
        raise NotADocument(_NO_WORDS)
    return Taken(form, markdown, found.page_count, list(found.lost))
