"""What kind of file it is, by what stands in it; its name says little."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from kindregards.core.resumes.version import Format
from kindregards.sources.documents.taken import LARGEST, NotADocument

_BEGINNINGS = (
    (
        b"{\\rtf",
        "This is an RTF file. Save it as DOCX or PDF in your word processor, and give that.",
    ),
    (b"\x89PNG", "This is a picture. Give the file it was made from: a PDF, DOCX or ODT."),
    (b"\xff\xd8\xff", "This is a picture. Give the file it was made from: a PDF, DOCX or ODT."),
    (b"GIF8", "This is a picture. Give the file it was made from: a PDF, DOCX or ODT."),
    (b"Rar!", "This is an archive. Unpack it first, and give the resume that is in it."),
    (b"7z\xbc\xaf", "This is an archive. Unpack it first, and give the resume that is in it."),
    (b"\x1f\x8b", "This is an archive. Unpack it first, and give the resume that is in it."),
)
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "This file is locked with a password. Save a copy without one, and give that."
_OLD_WORD = "This is a Word file of the old kind. Save it as DOCX or PDF, and give that."
_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
_HTML_TOLD = "This is a web page. Print it to PDF in your browser, and give that."
_ZIPPED = "This is a zip file, and no resume by itself. Unpack it, and give the resume in it."
_BROKEN_ZIP = "This file is broken: it ends too early, or was changed on its way. Save it anew."
_BROKEN_ZIPS = (
    BadZipFile, zlib.error, KeyError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
_UNKNOWN = "This is not a file that a resume can be read from. PDF, DOCX, ODT and text can be."
_BOMB = "This file unpacks to far more than a resume could hold, so it was not opened."
LARGEST_UNPACKED = 100 * 1024 * 1024
_MOST_MEMBERS = 2_000
_PACKED_MORE_THAN = 200
"""Times that a member of some size may be smaller packed; XML comes to about twenty."""
_WORTH_WEIGHING = 1024 * 1024
_HEAD = 4_096
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def format_of(raw: bytes, name: str = "") -> Format:
    """The kind of file; `name` only tells Markdown from plain text. Raises NotADocument."""
    if not raw.strip():
        raise NotADocument("This file is empty.")
    if len(raw) > LARGEST:
        raise NotADocument(
            f"This file is larger than {LARGEST // 1024 // 1024} MB, which is no resume."
        )
    head = raw[:_HEAD]
    for beginning, sentence in _BEGINNINGS:
        if head.startswith(beginning):
            raise NotADocument(sentence)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(_OLE):
        raise NotADocument(_LOCKED if _has_locked_package(raw) else _OLD_WORD)
    if head.startswith(b"PK"):
        return _zipped_format(raw)
    return _text_format(raw, name)


def _has_locked_package(raw: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in raw


def _zipped_format(raw: bytes) -> Format:
    try:
        with ZipFile(BytesIO(raw)) as packed:
            members = packed.infolist()
            names = {member.filename for member in members}
            if len(members) > _MOST_MEMBERS or any(map(_is_bomb, _sizes(packed))):
                raise NotADocument(_BOMB)
            if sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise NotADocument(_BOMB)
            if "word/document.xml" in names:
                return Format.DOCX
            if "content.xml" in names and b"opendocument.text" in packed.read("mimetype")[:200]:
                return Format.ODT
    except NotADocument:
        raise
    except (
        BadZipFile,
        zlib.error,
        KeyError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise NotADocument(_BROKEN_ZIP) from error
    raise NotADocument(_ZIPPED)


def _sizes(packed: ZipFile) -> list[tuple[int, int]]:
    return [(member.compress_size, member.file_size) for member in packed.infolist()]


def _is_bomb(sizes: tuple[int, int]) -> bool:
    packed, unpacked = sizes
    return unpacked > _WORTH_WEIGHING and unpacked > _PACKED_MORE_THAN * max(packed, 1)


def _text_format(raw: bytes, name: str) -> Format:
    if _HTML.match(raw[:_HEAD]):
        raise NotADocument(_HTML_TOLD)
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and len(_CONTROLS.findall(raw[:100_000])) > len(raw[:100_000]) // 1000:
        raise NotADocument(_UNKNOWN)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return Format.JSON
    if name.lower().endswith((".md", ".markdown")) or _looks_like_markdown(raw):
        return Format.MARKDOWN
    return Format.PLAIN


_MARKDOWN = re.compile(
    rb"^#{1,6} \S|\*\*[^*\s][^*\n]*\*\*|\[[^\]\n]+\]\((?:https?:|mailto:)", re.MULTILINE
)


def _looks_like_markdown(raw: bytes) -> bool:
    return bool(_MARKDOWN.search(raw))
