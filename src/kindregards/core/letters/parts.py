"""A message as it is usually written, taken apart: its headers, and its parts with their words.

This reads only what is written by the rules, which nearly all mail is, and several times as fast
as the standard library, with the same result. For anything else `parts_of` gives None, and the
standard library is asked (`envelope`).
"""

from __future__ import annotations

import re
from binascii import Error as BadBase64
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator
from functools import lru_cache

from kindregards.core.letters.charsets import decoded
from kindregards.core.letters.headers import LOOKED_AT

LONGEST_HEADER = 21_000
"""Characters; a list of recipients is longest, and of it no more is looked at."""
LONGEST_PARAMETERS = 2_000
"""Characters of a header that describes a part. Its parameters are cut one off the other, which
takes the square of its length."""
_MOST_WORK = 3_000_000
"""Lines times multiparts: each line is held against the boundaries of all that are open."""
_DEEPEST = 8
_DESCRIBING = frozenset({"content-type", "content-transfer-encoding", "content-disposition"})
_WANTED = LOOKED_AT | _DESCRIBING
_CODINGS = frozenset({"", "7bit", "8bit", "binary", "quoted-printable", "base64"})
_NO_WORDS = ("text/calendar", "text/x-vcard", "text/vcard", "text/csv", "text/rfc822-headers")

_MULTIPART = re.compile(rb"(?i)\bboundary\s*(?:\*\d*\*?)?\s*=")
BLANK_LINE = re.compile(rb"\n\r?\n")
_FIELD = re.compile(r"([!-9;-~]++):([^\n]*+(?:\n[ \t][^\n]*+)*+)\n")
_VALUE = r"\"[^\"\\<>\r\n]*\"|[^\x00-\x20;\"<>\\]+"
_TYPE = re.compile(
    rf"([\w.+-]+/[\w.+-]+)\s*((?:;\s*[\w-]+=(?:{_VALUE})\s*)*);?\s*", re.ASCII | re.IGNORECASE
)
_PARAMETER = re.compile(rf";\s*([\w-]+)=({_VALUE})", re.ASCII)


class Part:
    """A message or one of its parts: its headers, its bytes as they stand, the parts in it.

    Of `headers`, by lower-case name, only those are kept that something is asked of, of several
    of a name the first.
    """

    __slots__ = ("body", "headers", "parts")

    def __init__(self, headers: dict[str, str], body: bytes, parts: list[Part]) -> None:
        self.headers = headers
        self.body = body
        self.parts = parts

    def leaves(self) -> Iterator[Part]:
        """The parts that hold no others, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def words(self, losses: list[str]) -> tuple[str, str]:
        """The kind of content, and its text where it has words to be read."""
        kind, charset, _ = _described(self.headers.get("content-type", ""))
        disposition = self.headers.get("content-disposition", "").partition(";")[0].strip().lower()
        other = kind_without_words(kind, disposition)
        if other:
            return other, ""
        text = decoded(self._content(), charset, losses)
        return kind, as_described(text, self.headers.get("content-type", ""))

    def _content(self) -> bytes:
        coding = self.headers.get("content-transfer-encoding", "").lower()
        if coding == "quoted-printable":
            return a2b_qp(self.body)
        if coding != "base64":
            return self.body
        try:
            return a2b_base64(self.body.translate(None, b"\r\n"), strict_mode=True)
        except BadBase64:
            from kindregards.core.letters.envelope import content_of

            return content_of(self.body, coding)

    def attached(self) -> None:
        """No letter is attached whole: such messages are left to the standard library."""
        return


def kind_without_words(kind: str, disposition: str) -> str:
    """What to call a part that has no words of the letter; empty for one that has."""
    if not kind.startswith("text/"):
        return kind
    if kind in _NO_WORDS:
        return "attachment/" + kind[5:]
    return "attachment/text" if disposition == "attachment" else ""


def as_described(text: str, describes: str) -> str:
    """The text with its lines joined, where its Content-Type says that they flow."""
    lowered = describes.lower()
    if "flowed" not in lowered:
        return text
    return _unflowed(text, delsp="delsp=yes" in lowered)


def _unflowed(text: str, *, delsp: bool) -> str:
    """RFC 3676: a line that ends in a blank goes on in the next one."""
    pieces: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line[1:] if line.startswith(" ") else line
        if goes_on and not line.startswith(">"):
            pieces[-1] = pieces[-1][:-1] if delsp else pieces[-1]
        elif pieces:
            pieces.append("\n")
        pieces.append(line)
        goes_on = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "".join(pieces)


def is_tangled(raw: bytes) -> bool:
    """Whether so many parts are nested in it that taking them apart could take minutes."""
    lines = raw.count(b"\n") + 1
    if raw.lower().count(b"boundary") * lines <= _MOST_WORK:
        return False
    return sum(1 for _ in _MULTIPART.finditer(raw)) * lines > _MOST_WORK


def parts_of(raw: bytes) -> Part | None:
    """The message taken apart, or None where it is not written by the rules."""
    if raw.startswith(b"From "):  # the line that an mbox begins each message with
        end = raw.find(b"\n") + 1
        if _has_odd_lines(raw[:end]):
            return None
        raw = raw[end:]
    return _part_of(raw, 0)


def _has_odd_lines(raw: bytes) -> bool:
    return raw.count(b"\r") != raw.count(b"\r\n")


def _part_of(raw: bytes, depth: int) -> Part | None:
    blank = BLANK_LINE.search(raw)
    if blank is None:
        return None
    head = raw[: blank.start() + 1]
    headers = _headers_of(head)
    if headers is None:
        return None
    kind, _, boundary = _described(headers.get("content-type", ""))
    body = raw[blank.end() :]
    if kind.startswith("multipart/"):
        if kind == "multipart/digest" or (not depth and (is_tangled(raw) or _has_odd_lines(raw))):
            return None
        parts = _inside(body, boundary, depth)
        return Part(headers, b"", parts) if parts else None
    if not kind or kind.startswith("message/") or (not depth and may_have_parts(head)):
        return None
    if headers.get("content-transfer-encoding", "").lower() not in _CODINGS:
        return None
    return Part(headers, _without_line_end(body) if depth else body, [])


def may_have_parts(head: bytes) -> bool:
    """Whether a header could be that of a message with parts, or is too odd to tell."""
    lowered = head.lower()
    return b"multipart" in lowered or b"message/" in lowered or _has_odd_lines(head)


def _headers_of(head: bytes) -> dict[str, str] | None:
    """The first of each header that is wanted; None where a line is no header."""
    if not head.isascii() or _has_odd_lines(head):
        return None
    fields = _FIELD.findall(head.decode("ascii"))
    if sum(map(len, map("".join, fields))) + 2 * len(fields) != len(head):
        return None
    headers: dict[str, str] = {}
    for name, value in fields:
        name = name.lower()
        if name in _WANTED and name not in headers:
            longest = LONGEST_PARAMETERS if name in _DESCRIBING else LONGEST_HEADER
            headers[name] = value.lstrip(" \t").rstrip("\r\n")[:longest]
    return headers


@lru_cache(1024)
def _described(value: str) -> tuple[str, str | None, str]:
    """Kind, charset and boundary in a Content-Type; an empty kind where it is oddly written."""
    if not value:
        return "text/plain", None, ""
    found = _TYPE.fullmatch(value)
    if found is None:
        return "", None, ""
    said: dict[str, str] = {}
    for name, given in _PARAMETER.findall(found[2]):
        said.setdefault(name.lower(), given.strip('"') if given[0] == '"' else given)
    charset = said.get("charset")
    return found[1].lower(), charset and charset.lower(), said.get("boundary", "").rstrip()


def _inside(body: bytes, boundary: str, depth: int) -> list[Part] | None:
    """The parts between the boundaries; None where they do not stand as they should."""
    if not boundary or depth >= _DEEPEST:
        return None
    parts = []
    begin = -1
    for start, end, closes in _boundaries(body, b"--" + boundary.encode("ascii")):
        if begin == start or (begin < 0 and closes):
            return None
        if begin >= 0:
            parts.append(_part_of(body[begin:start], depth + 1))
        begin = end
        if closes:
            break
    else:
        if begin < 0:
            return None
        parts.append(_part_of(body[begin:], depth + 1))
    whole = [part for part in parts if part is not None]
    return whole if len(whole) == len(parts) else None


def _boundaries(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each line of a boundary begins and ends, and whether it is the last."""
    start = 0 if body.startswith(mark) else body.find(b"\n" + mark) + 1
    while start or body.startswith(mark):
        end = body.find(b"\n", start) + 1 or len(body)
        rest = body[start + len(mark) : end].rstrip(b"\r\n")
        closes = rest.startswith(b"--")
        if not (rest[2:] if closes else rest).strip(b" \t"):
            yield start, end, closes
        start = body.find(b"\n" + mark, end - 1) + 1
        if not start:
            return


def _without_line_end(body: bytes) -> bytes:
    """Without its last line end, which belongs to the boundary that follows."""
    return body[:-2] if body.endswith(b"\r\n") else body.removesuffix(b"\n")
