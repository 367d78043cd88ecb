"""A letter saved as a web page → the bytes of a message, so that one reader reads both."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})")


def page_as_message(raw: bytes) -> bytes:
    """The page as the only part of a message, in the charset that it declares, else UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.decode("utf-16", "replace").encode()
        charset = "utf-8"
    else:
        charset = charset_of(raw) or "utf-8"
    head = f"MIME-Version: 1.0\nContent-Type: text/html; charset={charset}\n"
    return (
        head.encode() + b"Content-Transfer-Encoding: 8bit\n\n" + raw.removeprefix(b"\xef\xbb\xbf")
    )


def charset_of(raw: bytes) -> str:
    """The charset that a page declares, if Python knows it and bytes can be in it."""
    declared = _DECLARED.search(raw, 0, 4096)
    if not declared:
        return ""
    try:
        codec = codecs.lookup(declared.group(1).decode("ascii", "replace"))
        "".encode(codec.name)  # not one of Python's codecs between bytes and bytes
    except (LookupError, ValueError):
        return ""
    return "" if codec.name.startswith(("utf-16", "utf-32")) else codec.name
