"""A message's structure, kept within what letters have: no header and no nesting without end."""

from __future__ import annotations

import re
from email.message import Message
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    _Message = Message[str, str]
else:
    _Message = Message

_LONGEST_HEADER = 21_000
"""Characters; a list of recipients is longest, and of it no more is looked at."""
_LONGEST_PARAMETERS = 2_000
"""Characters of a header that describes a part. Its parameters are cut one off the other, which
takes the square of its length."""
_MOST_WORK = 3_000_000
"""Lines times multiparts: each line is held against the boundaries of all that are open."""
_MULTIPART = re.compile(rb"(?i)\bboundary\s*(?:\*\d*\*?)?\s*=")


class ShortHeaded(_Message):
    """A message whose headers give no more than the beginning of what they hold."""

    def get(self, name: str, failobj: Any = None) -> Any:
        """The header of that name, cut to a length that can be taken apart."""
        value = super().get(name, failobj)
        if not isinstance(value, str):
            return value
        describes = name.lower().startswith("content-")
        return value[: _LONGEST_PARAMETERS if describes else _LONGEST_HEADER]


def is_tangled(raw: bytes) -> bool:
    """Whether so many parts are nested in it that taking them apart could take minutes."""
    multiparts = sum(1 for _ in _MULTIPART.finditer(raw))
    return multiparts * (raw.count(b"\n") + 1) > _MOST_WORK


_BLANK_LINE = re.compile(rb"\n\r?\n")


def taken_apart(raw: bytes) -> Message:
    """The message with its parts. Raises ValueError where it is tangled, and what the parser does.

    Of a message without parts only the header is parsed, which takes a fraction of the time; the
    result is the same.
    """
    import email

    blank = _BLANK_LINE.search(raw)
    head = raw[: blank.start() + 1] if blank else b""
    if blank and not _may_have_parts(head):
        message: Message = email.message_from_bytes(head + b"\n", ShortHeaded)
        if not message.get_payload():
            message.set_payload(raw[blank.end() :].decode("ascii", "surrogateescape"))
            return message
    if is_tangled(raw):
        raise ValueError("nested beyond any letter")
    return email.message_from_bytes(raw, ShortHeaded)


def _may_have_parts(head: bytes) -> bool:
    lowered = head.lower()
    odd_lines = head.count(b"\r") != head.count(b"\r\n")
    return b"multipart" in lowered or b"message/" in lowered or odd_lines
