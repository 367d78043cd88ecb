"""A message that is oddly written, taken apart by the standard library, within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import TYPE_CHECKING, Any

from kindregards.core.letters.charsets import decoded
from kindregards.core.letters.headers import LOOKED_AT
from kindregards.core.letters.parts import (
    BLANK_LINE,
    LONGEST_HEADER,
    LONGEST_PARAMETERS,
    as_described,
    is_tangled,
    kind_without_words,
    may_have_parts,
)

if TYPE_CHECKING:
    _Message = Message[str, str]
else:
    _Message = Message

_WHOLE = "message/rfc822"


class ShortHeaded(_Message):
    """A message whose headers give no more than the beginning of what they hold."""

    def get(self, name: str, failobj: Any = None) -> Any:
        """The header of that name, cut to a length that can be taken apart."""
        value = super().get(name, failobj)
        if not isinstance(value, str):
            return value
        describes = name.lower().startswith("content-")
        return value[: LONGEST_PARAMETERS if describes else LONGEST_HEADER]


class OddPart:
    """A message or one of its parts as the standard library understands it; see `parts.Part`."""

    __slots__ = ("_message",)

    def __init__(self, message: Message) -> None:
        self._message = message

    @property
    def headers(self) -> dict[str, str]:
        """The headers that are looked at, by lower-case name; of several of a name the first."""
        names = LOOKED_AT.intersection(map(str.lower, self._message.keys()))
        return {name: self._header(name) for name in names}

    def _header(self, name: str) -> str:
        try:
            return str(self._message.get(name) or "")
        except Exception:  # one broken header must not cost the others
            return ""

    def leaves(self) -> Iterator[OddPart]:
        """The leaves in order, without those of a letter that is attached whole."""
        return map(OddPart, _leaves(self._message))

    def attached(self) -> OddPart | None:
        """The first letter attached whole, for a forward without words above it."""
        for part in self._message.walk():
            if part.get_content_type() == _WHOLE and part.is_multipart():
                inner = part.get_payload(0)
                return OddPart(inner) if isinstance(inner, Message) else None
        return None

    def words(self, losses: list[str]) -> tuple[str, str]:
        """The kind of content, and its text where it has words to be read."""
        part = self._message
        kind = part.get_content_type()
        if kind.startswith("multipart/") and not part.is_multipart():
            # A boundary that never comes: what follows the header is all there is.
            kind = "text/plain"
        other = kind_without_words(kind, part.get_content_disposition() or "")
        if other:
            return other, ""
        text = decoded(_content(part), _charset(part), losses)
        return kind, as_described(text, str(part.get("content-type", "")))


def _leaves(message: Message) -> Iterator[Message]:
    for child in message.get_payload() if message.is_multipart() else ():
        if isinstance(child, Message) and child.get_content_type() != _WHOLE:
            yield from _leaves(child)
    if not message.is_multipart() or message.get_content_type() == _WHOLE:
        yield message


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else str(payload or "").encode("utf-8", "replace")


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except Exception:  # the standard library raises TypeError on mixed RFC 2231 parameters
        return None


def content_of(body: bytes, coding: str) -> bytes:
    """The bytes that `body` stands for, by its Content-Transfer-Encoding, as far as it goes."""
    message = ShortHeaded()
    message["content-transfer-encoding"] = coding
    message.set_payload(body.decode("ascii", "surrogateescape"))
    return _content(message)


def taken_apart(raw: bytes) -> Message:
    """The message with its parts. Raises ValueError where it is tangled, and what the parser does.

    Of a message without parts only the header is parsed, which takes a fraction of the time; the
    result is the same.
    """
    import email

    blank = BLANK_LINE.search(raw)
    head = raw[: blank.start() + 1] if blank else b""
    if blank and not may_have_parts(head):
        message: Message = email.message_from_bytes(head + b"\n", ShortHeaded)
        if not message.get_payload():
            message.set_payload(raw[blank.end() :].decode("ascii", "surrogateescape"))
            return message
    if is_tangled(raw):
        raise ValueError("nested beyond any letter")
    return email.message_from_bytes(raw, ShortHeaded)
