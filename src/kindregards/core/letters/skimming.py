"""The words of a message, found without taking it apart: quick, and good for a first look."""

from __future__ import annotations

import re
from binascii import Error as BadBase64
from binascii import a2b_base64, a2b_qp
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

WINDOW = 200_000
"""Bytes of a message that are looked at."""
LONGEST_PART = 8_000
"""Bytes of words that are looked at; what stands around them is counted apart."""
STEM = 7
"""Letters of a word that are looked at, so that its endings do not matter."""


# Words --------------------------------------------------------------------------------------


def _letters() -> bytes:
    """A table from bytes to small letters without accents, blanks for everything else.

    It serves Latin-1 and UTF-8 alike: there an accented letter is C3 and the Latin-1 byte less
    40, and C3 is dropped.
    """
    table = bytearray(b" " * 256)
    for lower in range(0x61, 0x7B):
        table[lower] = table[lower - 0x20] = lower
    plain = "aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y"
    for step, letter in enumerate(plain.encode()):
        table[0xC0 + step] = letter
        table[0x80 + step] = letter
    table[0xC3] = 0x20
    return bytes(table)


_LETTERS = _letters()


def words_of(text: bytes) -> set[bytes]:
    """The words of a text in any common coding: small letters, no accents, each once."""
    # A curly apostrophe in UTF-8 would look like three letters of Latin-1.
    return set(text.replace(b"\xe2\x80\x99", b" ").translate(_LETTERS, b"\xc3").split())


def stems_of(text: bytes) -> frozenset[bytes]:
    """The beginnings of the words of a list."""
    return frozenset(word[:STEM] for word in text.replace(b"_", b" ").split())


# The message --------------------------------------------------------------------------------

_FIELDS = (
    "from", "subject", "list-unsubscribe", "list-id", "precedence", "auto-submitted",
    "in-reply-to", "references", "content-type", "x-gmail-labels", "content-transfer-encoding",
    "date", "message-id",
)  # fmt: skip
_SOUGHT = tuple((name, b"\n" + name.encode() + b":") for name in _FIELDS)
_CODING = tuple(one for one in _SOUGHT if one[0] == "content-transfer-encoding")
_TEXT_PART = re.compile(rb"(?im)^content-type:[ \t]*text/(plain|html)")
_BLANK = re.compile(rb"\n\r?\n")
_UNSEEN = re.compile(rb"(?is)<(style|script|title)\b.{0,100000}?</\1|<!--.{0,20000}?-->")
_TAG = re.compile(rb"<[^>]{0,5000}>?")
_MOST_PARTS = 6
_SHORT = 200


def parted(raw: bytes) -> tuple[bytes, bytes]:
    """The header with an empty line before it, and the body; all is body where none is a header."""
    start = raw[:WINDOW].lstrip(b"\xef\xbb\xbf \t\r\n")
    cuts = [at for at in (start.find(b"\n\n"), start.find(b"\n\r\n")) if at >= 0]
    end = min(cuts, default=len(start))
    if b":" not in start[: start.find(b"\n") + 1 or 1000]:
        return b"", start
    return b"\n" + start[:end], start[end:]


def fields_of(head: bytes, sought: tuple[tuple[str, bytes], ...] = _SOUGHT) -> dict[str, bytes]:
    """The first of each header that is sought, by its name in small letters, as it stands."""
    lower = head.lower()
    found: dict[str, bytes] = {}
    for name, start in sought:
        at = lower.find(start)
        if at >= 0:
            begin = at + len(start)
            end = lower.find(b"\n", begin)
            while end >= 0 and lower[end + 1 : end + 2] in (b" ", b"\t"):
                end = lower.find(b"\n", end + 1)
            found[name] = head[begin : end if end >= 0 else len(head)].strip()
    return found


def text_of(fields: dict[str, bytes], body: bytes) -> bytes:
    """The words of the message: of its plain text where that is long enough, else of all parts."""
    kind = fields.get("content-type", b"").lower()
    if not kind.startswith(b"multipart/") and not kind.startswith(b"message/"):
        encoding = fields.get("content-transfer-encoding", b"")
        return _decoded(body, encoding, html=b"html" in kind[:20])
    said = b""
    for number, part in enumerate(_TEXT_PART.finditer(body)):
        if number >= _MOST_PARTS or len(said) > _SHORT:
            break
        said += b" " + _part(body, part)
    return said or body[:LONGEST_PART]


def _part(body: bytes, part: re.Match[bytes]) -> bytes:
    begin = max(body.rfind(b"\n--", 0, part.start()), 0)
    blank = _BLANK.search(body, part.end())
    if not blank:
        return b""
    end = body.find(b"\n--", blank.end())
    coding = fields_of(body[begin : blank.start() + 1], _CODING)
    encoding = coding.get("content-transfer-encoding", b"")
    inside = body[blank.end() : end if end >= 0 else len(body)]
    return _decoded(inside, encoding, html=part.group(1).lower() == b"html")


def _decoded(body: bytes, encoding: bytes, *, html: bool) -> bytes:
    encoding = encoding.strip().lower()
    most = LONGEST_PART * (8 if html else 1)
    if encoding == b"base64":
        body = _from_base64(body[: most * 4 // 3])
    elif encoding == b"quoted-printable":
        body = a2b_qp(body[: most * 2])
    if b"\0" in body[:200]:
        body = body.replace(b"\0", b"")  # UTF-16: its Latin letters are enough for a first look
    if html or b"</" in body[:5000]:
        body = _TAG.sub(b" ", _UNSEEN.sub(b" ", body[:most]))
    return body[:LONGEST_PART]


def _from_base64(body: bytes) -> bytes:
    packed = body.translate(None, b"\r\n \t")
    try:
        return a2b_base64(packed[: len(packed) // 4 * 4])
    except BadBase64:
        return b""


def shown(value: bytes) -> str:
    """A header as people see it, at most 300 characters."""
    from kindregards.core.letters.headers import unfolded

    if value.isascii() and b"=?" not in value and b"\0" not in value:
        return " ".join(value[:2000].decode("ascii").split())[:300]
    text = value[:2000].decode("utf-8", "surrogateescape")
    if "=?" in text or not text.isascii():
        try:
            text = unfolded(" ".join(text.split()))
        except Exception:  # a broken header costs its own words only
            text = value[:300].decode("utf-8", "replace")
        text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.replace("\0", "").split())[:300]


def address_in(sender: str) -> str:
    """The first e-mail address in a header, in small letters; empty where there is none."""
    found = re.search(r"[^\s<>\"',;:]+@[^\s<>\"',;:]+", sender)
    return found.group().lower().strip(".") if found else ""


# Dates --------------------------------------------------------------------------------------

_DATE = re.compile(
    rb"(?:[A-Za-z]{3},?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})\s+(\d\d):(\d\d)"
    rb"(?::(\d\d))?(?:\s*([+-]\d{4}))?"
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name.encode(): number for number, name in enumerate(_MONTH_NAMES, 1)}


def moment_in(date: bytes) -> datetime | None:
    """When a Date header says that it was sent; None where that cannot be told."""
    found = _DATE.match(date.strip())
    month = _MONTHS.get(found.group(2).lower()) if found else None
    if found is None or month is None:
        return None
    day, _name, year, hour, minute, second, zone = found.groups()
    try:
        return datetime(
            int(year), month, int(day), int(hour), int(minute), min(int(second or 0), 59),
            tzinfo=_zone(zone),
        )  # fmt: skip
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _zone(told: bytes | None) -> timezone:
    if not told:
        return UTC
    away = timedelta(hours=int(told[1:3]), minutes=int(told[3:5]))
    return timezone(-away if told.startswith(b"-") else away)
