"""Reviews that a mail carries: as an attachment, or as text in it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from kindregards.core.resumes.packet import MARK, looks_returned
from kindregards.core.resumes.review import MOST_BYTES

MOST = 10  # reviews of one mail
# A packet writes its file always in the same way, so that its beginning is known as base64 too.
_BEGINS = f'{{\n "format": "{MARK}",'.encode()
_ENCODED = base64.b64encode(_BEGINS[: len(_BEGINS) // 3 * 3])
_SIGNS = (MARK.encode(), _ENCODED)


def may_carry(raw: bytes) -> bool:
    """Whether a mail, or its beginning, shows signs of a review."""
    return any(sign in raw for sign in _SIGNS)


def reviews_in(raw: bytes) -> list[bytes]:
    """The review files that a mail carries, at most ten; a review file itself is one.

    None is believed yet. Nothing is raised whatever the bytes are.
    """
    if not may_carry(raw):
        return []
    if looks_returned(raw):
        return [raw]
    try:
        message = message_from_bytes(raw, policy=policy.default)
        return list(dict.fromkeys(_carried(message)))[:MOST]
    except Exception:  # a mail that nobody can take apart carries nothing
        return []


def _carried(message: Message) -> Iterator[bytes]:
    for part in message.walk():
        if part.is_multipart() or not isinstance(part, EmailMessage):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        if looks_returned(payload):
            yield payload[: MOST_BYTES + 1]
        elif part.get_content_type() == "text/plain" and MARK.encode() in payload:
            yield from _in_text(payload)


def _in_text(text: bytes) -> Iterator[bytes]:
    """A review that was copied into the mail, from its first brace to its last."""
    start, end = text.find(b"{"), text.rfind(b"}")
    if 0 <= start < end and looks_returned(text[start : end + 1]):
        yield text[start : end + 1]
