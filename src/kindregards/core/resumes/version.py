"""How a version of a resume came to be, and what kind of file a resume may be."""

from __future__ import annotations

from enum import StrEnum


class Made(StrEnum):
    """How a version was made: from a file, by the person's own editing, from readers' comments."""

    UPLOADED = "uploaded"
    EDITED = "edited"
    COMMENTS = "comments"


class Format(StrEnum):
    """A kind of file that a resume can be read from; the values are media types."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    MARKDOWN = "text/markdown"
    PLAIN = "text/plain"
    JSON = "application/json"
