"""A message as Outlook saves it (.msg) → the bytes of an ordinary message (RFC 5322).

The file is a small file system (MS-CFB) whose streams are the message's properties (MS-OXMSG),
each named by its number and type.
"""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import HeaderParser
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

from kindregards.core.letters import NotALetter
from kindregards.sources.rich_text import unpacked_rich_text, words_of_rich_text

if TYPE_CHECKING:
    from olefile import OleFileIO  # type: ignore[import-untyped]

CLASS, SUBJECT, CODE_PAGE = 0x001A, 0x0037, 0x3FFD
TRANSPORT, PLAIN, HTML, RICH = 0x007D, 0x1000, 0x1013, 0x1009
SENDER_NAME, SENDER_SMTP, SENDER_ADDRESS, SENDER_KIND = 0x0C1A, 0x5D01, 0x0C1F, 0x0C1E
AUTHOR_NAME, AUTHOR_SMTP = 0x0042, 0x5D02
SHOWN_TO, MESSAGE_ID, IN_REPLY_TO = 0x0E04, 0x1035, 0x1042
SENT, DELIVERED = 0x0039, 0x0E06
_TEXT, _TEXT_8BIT, _BYTES, _NUMBER, _TIME = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040

_LONGEST = 3_000_000
_OURS = ("content-type", "content-transfer-encoding", "mime-version", "content-disposition")

NO_MESSAGE = (
    "This is an older Word or Excel file, or another Office file, and not a message. "
    "Open it, copy the words of the letter and paste them."
)
BROKEN = (
    "This Outlook message is damaged and could not be opened. "
    "Open it in Outlook, copy its words and paste them."
)
NO_WORDS = "This Outlook message has no words of its own. Open it and paste what it shows."


def outlook_message(raw: bytes) -> bytes:
    """The message in a .msg file, its own headers first where Outlook kept them.

    Raises NotALetter, and nothing else, where there is no message in it.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as folder:
            return _message(_Properties(folder)).as_bytes()
    except NotALetter:
        raise
    except Exception as damage:  # the file is a file system that anybody may have broken
        raise NotALetter(BROKEN) from damage


class _Properties:
    """The properties of the message itself, those of its recipients and attachments aside."""

    def __init__(self, folder: OleFileIO) -> None:
        self.folder = folder
        if not folder.exists("__properties_version1.0"):
            raise NotALetter(NO_MESSAGE)
        self.fixed = _fixed(folder.openstream("__properties_version1.0").read(_LONGEST))
        page = struct.unpack("<I", self.fixed.get((CODE_PAGE, _NUMBER), b"")[:4].ljust(4, b"\0"))
        self.charset = f"cp{page[0]}" if page[0] and page[0] != 65001 else "utf-8"

    def text(self, *numbers: int) -> str:
        """The first of these properties that says something."""
        for number in numbers:
            wide = self._stream(number, _TEXT)
            if said := wide.decode("utf-16-le", "replace").rstrip("\0"):
                return said
            if said := self._decoded(self._stream(number, _TEXT_8BIT)).rstrip("\0"):
                return said
        return ""

    def raw(self, number: int) -> bytes:
        """A property of bytes; empty where there is none."""
        return self._stream(number, _BYTES)

    def moment(self, *numbers: int) -> datetime | None:
        """The first of these points in time: tenths of a microsecond since 1601, in UTC."""
        for number in numbers:
            value = self.fixed.get((number, _TIME), b"")
            if len(value) == 8 and (ticks := struct.unpack("<Q", value)[0]):
                try:
                    return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
                except OverflowError:
                    continue
        return None

    def _stream(self, number: int, kind: int) -> bytes:
        name = f"__substg1.0_{number:04X}{kind:04X}"
        if not self.folder.exists(name):
            return b""
        return bytes(self.folder.openstream(name).read(_LONGEST))

    def _decoded(self, raw: bytes) -> str:
        try:
            return raw.decode(self.charset)
        except (LookupError, UnicodeDecodeError):
            return raw.decode("cp1252", "replace")


def _fixed(stream: bytes) -> dict[tuple[int, int], bytes]:
    """The properties of fixed length, by number and type: 16 bytes each after 32 of a head."""
    found = {}
    for at in range(32, len(stream) - 15, 16):
        kind, number = struct.unpack_from("<HH", stream, at)
        found[number, kind] = stream[at + 8 : at + 16]
    return found


def _message(given: _Properties) -> Message:
    message = _body(given)
    headers = HeaderParser().parsestr(given.text(TRANSPORT).lstrip())
    for name, value in headers.items():
        if name.lower() not in _OURS:
            _add(message, name, value)
    for name, value in _own_headers(given):
        if value and name not in message:
            _add(message, name, value)
    return message


def _own_headers(given: _Properties) -> list[tuple[str, str]]:
    sent = given.moment(SENT, DELIVERED)
    return [
        ("From", _sender(given)),
        ("To", given.text(SHOWN_TO)),
        ("Subject", given.text(SUBJECT)),
        ("Date", format_datetime(sent) if sent else ""),
        ("Message-ID", given.text(MESSAGE_ID)),
        ("In-Reply-To", given.text(IN_REPLY_TO)),
    ]


def _sender(given: _Properties) -> str:
    address = given.text(SENDER_SMTP, AUTHOR_SMTP)
    if not address and given.text(SENDER_KIND).upper() in ("SMTP", ""):
        address = given.text(SENDER_ADDRESS)
    name = given.text(SENDER_NAME, AUTHOR_NAME)
    if not address:
        return name
    return formataddr((name, address)) if address.isascii() else f"{name} <{address}>"


def _add(message: Message, name: str, value: str) -> None:
    """One header, on one line, without what could begin another."""
    line = " ".join(value.replace("\0", "").split())
    if not line or not name.isascii() or not name.isprintable() or ":" in name or " " in name:
        return
    message[name] = line if line.isascii() else Header(_sound(line), "utf-8").encode(maxlinelen=0)


def _body(given: _Properties) -> Message:
    plain, html = _sound(given.text(PLAIN)), _html(given)
    if not plain.strip() and not html.strip():
        plain = _sound(words_of_rich_text(unpacked_rich_text(given.raw(RICH))))
    if not plain.strip() and not html.strip():
        raise NotALetter(NO_WORDS)
    parts = [MIMEText(plain, "plain", "utf-8")] if plain.strip() else []
    parts += [MIMEText(html, "html", "utf-8")] if html.strip() else []
    return parts[0] if len(parts) == 1 else MIMEMultipart("alternative", _subparts=parts)


def _html(given: _Properties) -> str:
    raw = given.raw(HTML)
    if not raw:
        return _sound(given.text(HTML))
    from kindregards.sources.page import charset_of

    return _sound(raw.decode(charset_of(raw) or given.charset, "replace"))


def _sound(text: str) -> str:
    """Without halves of characters, which no charset can write."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
