"""An mbox, split into its messages: any size, read once, little of it in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from kindregards.sources.source import CUT_AT, LARGEST_LETTER

CHUNK = 1 << 20
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_LONGEST_LINE = 1000

_STRICT = re.compile(
    rb"From [^\n]{0,400}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +"
    rb"(?:[A-Z][a-z]{2} +\d|\d{1,2} [A-Z][a-z]{2})"
    rb"[^\n]{0,60}\d:\d\d[^\n]*\r?\n"
)
"""An envelope line with its date, as every mail program writes it."""
_HEADER = re.compile(
    rb"(?i)>?(?:from[ :]|received:|return-path:|message-id:|mime-version:|delivered-to:|subject:|"
    rb"date:|to:|content-type:|status:|x-[\w-]+:|dkim-signature:|authentication-results:|"
    rb"reply-to:|sender:|arc-[\w-]+:|list-[\w-]+:|return-receipt-to:|envelope-to:|cc:)"
)
_ESCAPED = re.compile(rb"(?m)^>(>*From )")
_DELETED = re.compile(rb"(?mi)^X-Mozilla-Status: *([0-9a-f]{4})")


class Readable(Protocol):
    """Anything that gives its next bytes: a file, a member of a zip, standard input."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Piece(NamedTuple):
    """One message of an mbox as it was before it was put there, and where it ends in the file."""

    raw: bytes
    end: int


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox, and not a letter whose first word is "From"."""
    start = head.lstrip(_BLANKS)
    return start.startswith(b"From ") and bool(
        _STRICT.match(start) or _HEADER.match(start[start.find(b"\n") + 1 :])
    )


def messages_in(stream: Readable, *, at: int = 0, largest: int = LARGEST_LETTER) -> Iterator[Piece]:
    """The messages of an mbox in order, from the envelope line that `stream` stands before.

    `at` is where in the file that is. A message longer than `largest` bytes comes with its
    first 3 MB only. Messages that a mail program has marked as deleted are left out.
    """
    window = _Window(stream, at)
    more = True
    while more:
        more = window.advance(largest)
        raw = window.message()
        if raw and not raw.isspace() and not _was_deleted(raw):
            yield Piece(raw, window.offset + window.end)


@dataclass(slots=True)
class _Window:
    """The part of the file that is in memory: one message, from `begin` to `end`, and more."""

    stream: Readable
    offset: int
    held: bytes = b""
    begin: int = 0
    end: int = 0
    look: int = 0
    ended: bool = False
    head: bytes = b""

    def advance(self, largest: int) -> bool:
        """Go on to the next message; whether there is another after it."""
        self.begin, self.head = self.end, b""
        self.look = max(self.begin, self.look)
        while (found := self._envelope()) < 0:
            if self.ended:
                self.end = len(self.held)
                return False
            self._read_on(largest)
        self.end = self.look = found
        return True

    def message(self) -> bytes:
        """The message as it was, or the beginning of a very long one."""
        if self.head:
            return _unpacked(self.head + self.held[self.begin : self.end])[:CUT_AT]
        return _unpacked(self.held, self.begin, self.end)

    def _read_on(self, largest: int) -> None:
        gone = self.begin
        if len(self.held) - self.begin > largest:
            self.head = self.head or self.held[self.begin : self.begin + CUT_AT + _LONGEST_LINE]
            gone = max(self.look - 2, self.begin)
        chunk = self.stream.read(CHUNK)
        self.ended = not chunk
        self.held = self.held[gone:] + chunk
        self.offset += gone
        self.begin, self.look = self.begin - gone, self.look - gone
        self.begin = max(self.begin, 0)

    def _envelope(self) -> int:
        """Where the next envelope line begins in what is held; -1 where none is seen yet."""
        held = self.held
        at = held.find(b"\nFrom ", self.look)
        while at >= 0:
            if not self.ended and len(held) < at + 2 * _LONGEST_LINE:
                self.look = at
                return -1
            if _begins_message(held, at):
                return at + 1
            at = held.find(b"\nFrom ", at + 1)
        self.look = max(self.look, len(held) - 6)
        return -1


def _begins_message(held: bytes, at: int) -> bool:
    """Of a date in the line, an empty line before it and a header after it, any two."""
    following = held.find(b"\n", at + 1, at + _LONGEST_LINE) + 1
    dated = bool(_STRICT.match(held, at + 1))
    apart = held[max(at - 2, 0) : at].endswith((b"\n", b"\n\r"))
    headed = following > 0 and bool(_HEADER.match(held, following))
    return dated + apart + headed >= 2


def _unpacked(held: bytes, begin: int = 0, end: int | None = None) -> bytes:
    """Without the envelope line, the empty line that ends it, and the marks before "From "."""
    end = len(held) if end is None else end
    if held.startswith(b"From ", begin):
        begin = held.find(b"\n", begin, end) + 1 or end
    elif begin == 0:
        begin = end - len(held[:end].lstrip(_BLANKS))
        if held.startswith(b"From ", begin):
            return _unpacked(held, begin, end)
    if held.endswith(b"\r\n\r\n", begin, end):
        end -= 2
    elif held.endswith(b"\n\n", begin, end):
        end -= 1
    raw = held[begin:end]
    return _ESCAPED.sub(rb"\1", raw) if b">From " in raw else raw


def _was_deleted(raw: bytes) -> bool:
    """Whether Thunderbird keeps this message only until it next compacts the folder."""
    mark = _DELETED.search(raw, 0, 2000) if b"X-Mozilla-Status" in raw[:2000] else None
    return bool(mark and int(mark.group(1), 16) & 8)
