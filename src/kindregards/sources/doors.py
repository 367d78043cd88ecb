"""One open file → the letters in it, whatever kind of file it is.

What reads one kind of file is loaded when such a file comes: most are single messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kindregards.core.letters import NotALetter
from kindregards.sources.shape import HEAD, Shape, is_message, shape_of
from kindregards.sources.source import LARGEST_LETTER, Place, Source, too_large, within

if TYPE_CHECKING:
    from kindregards.sources.mbox import Readable

NOTHING = "There is nothing in it. Please paste the words of the letter or choose another file."
NO_MESSAGES = "There are no messages in this mail folder."


@dataclass
class Ahead:
    """A stream whose beginning was looked at and is still to be read."""

    stream: Readable
    head: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.head = self.stream.read(HEAD)
        while len(self.head) < HEAD and (more := self.stream.read(HEAD - len(self.head))):
            self.head += more

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        if self.head:
            given, self.head = self.head[:size], self.head[size:]
            return given
        return self.stream.read(size)


def letters_in(
    name: str, ahead: Ahead, *, largest: int = LARGEST_LETTER, start: Place | None = None
) -> Iterator[Source]:
    """The Sources in one open file that is no zip; what it is instead is told in one Source.

    `start` says where in an mbox the stream stands, when that is not its beginning. What the
    stream itself raises is passed on.
    """
    try:
        shape = Shape.MBOX if start else shape_of(ahead.head, name)
    except NotALetter as refusal:
        yield Source(name, error=str(refusal), done=len(ahead.head))
        return
    if shape is Shape.MBOX:
        yield from _many(name, ahead, largest, start or Place(name))
    elif shape is Shape.ZIP:
        yield Source(name, error=NESTED, done=len(ahead.head))
    else:
        yield _one(name, ahead, shape, largest)


NESTED = (
    "This is a zip inside another. Unpack the outer one and give the folder that comes out, "
    "or give this one by itself."
)


def _many(name: str, ahead: Ahead, largest: int, start: Place) -> Iterator[Source]:
    from kindregards.sources.mbox import messages_in

    number = start.number
    for piece in messages_in(ahead, at=start.offset, largest=largest):
        number += 1
        place = Place(start.file, piece.end, number)
        yield Source(f"{name}, message {number}", piece.raw, place=place, done=piece.end)
    if not number:
        yield Source(name, error=NO_MESSAGES)


def _one(name: str, ahead: Ahead, shape: Shape, largest: int) -> Source:
    raw = _all_of(ahead, largest)
    done = len(raw)
    try:
        if shape is Shape.APPLE:
            from kindregards.sources.apple import message_of

            raw = message_of(raw)
        if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
            return Source(name, error=NOTHING, done=done)
        if len(raw) > largest and not (shape is Shape.APPLE or is_message(raw[:HEAD])):
            return Source(name, error=too_large(largest), done=done)
        return Source(name, _as_message(raw, shape, largest), done=done)
    except NotALetter as refusal:
        return Source(name, error=str(refusal), done=done)


def _as_message(raw: bytes, shape: Shape, largest: int) -> bytes:
    if shape is Shape.OUTLOOK:
        from kindregards.sources.outlook import outlook_message  # slow to load, and rare

        return outlook_message(raw)
    if shape is Shape.PAGE:
        from kindregards.sources.page import page_as_message

        return page_as_message(raw)
    return within(raw, largest)


def _all_of(ahead: Ahead, largest: int) -> bytes:
    """All bytes, or one more than `largest`."""
    pieces = []
    left = largest + 1
    while left > 0 and (piece := ahead.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
