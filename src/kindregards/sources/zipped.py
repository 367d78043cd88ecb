"""A zip of letters, mail folders or a whole export, read without writing a file anywhere."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from kindregards.sources.doors import Ahead, letters_in
from kindregards.sources.folder import Worth, maildirs_of, worth_after_look, worth_in_zip
from kindregards.sources.mbox import Readable
from kindregards.sources.shape import DOCUMENT, OUTLOOK_MAC
from kindregards.sources.source import LARGEST_LETTER, Place, Source

MOST_MEMBERS = 200_000
LARGEST_INDEX = 40 * 1024 * 1024
MOST_UNPACKED = 100 * 1024**3
STEEPEST = 200
"""How many times larger than the zip its contents may be; mail shrinks to a tenth at best."""
_STEP = 1 << 16
"""Bytes unpacked at once, so that damage costs no more than what stands so close before it."""
FREE = 50 * 1024 * 1024
"""Bytes that may always come out, however steep."""

TOO_MANY = (
    f"This zip holds more than {MOST_MEMBERS:,} files. Unpack it and give the folders one by one."
)
SWOLLEN = (
    "This zip would unpack to something far larger than any mailbox, so it was not opened further. "
    "If it is your own export, unpack it and give the folder that comes out."
)
LOCKED = "This is locked with a password. Unpack it with the password and give what comes out."
DAMAGED = "This zip is damaged here, so what follows could not be read. Download or make it again."
UNKNOWN = (
    "This was packed in a way that is not known here. Unpack it and give the folder that comes out."
)
EMPTY = "This zip holds no letters and no mail folders."


class _Swollen(Exception):
    """More came out of the zip than a mailbox would hold."""


def letters_in_zip(
    name: str, stream: BinaryIO, *, size: int, largest: int = LARGEST_LETTER, after: int = 0
) -> Iterator[Source]:
    """The letters in a zip of `size` bytes, in its own order, `after` so many Sources.

    The names in it are only shown and never used as paths. Whatever is wrong with the zip is
    told in a Source; only errors of the disk are raised.
    """
    for number, found in enumerate(_all(name, stream, size, largest), 1):
        if number > after:
            place = Place(name, number, number)
            yield Source(found.name, found.raw, found.error, place, min(found.done, size))


def _all(name: str, stream: BinaryIO, size: int, largest: int) -> Iterator[Source]:
    try:
        if _index_size(stream, size) > LARGEST_INDEX:
            yield Source(name, error=TOO_MANY, done=size)
            return
        stream.seek(0)
        with zipfile.ZipFile(stream) as packed:
            refusal = _refusal(packed, size)
            if refusal:
                yield Source(name, error=refusal, done=size)
                return
            yield from _Contents(name, packed, size, largest).letters()
    except OSError:
        raise
    except Exception:  # a zip can be wrong in more ways than its reader has names for
        yield Source(name, error=DAMAGED, done=size)


def _index_size(stream: BinaryIO, size: int) -> int:
    """Bytes of the list of members, told at the end of the file; it is read whole, so it counts."""
    stream.seek(max(0, size - 65_557))
    tail = stream.read(65_557)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 20 > len(tail):
        return 0
    told = int(struct.unpack_from("<I", tail, at + 12)[0])
    return told if told != 0xFFFFFFFF else min(size, LARGEST_INDEX)


def _refusal(packed: zipfile.ZipFile, size: int) -> str:
    """Why this zip is not gone through at all; empty where nothing is wrong with it."""
    members = packed.infolist()
    names = {member.filename for member in members[:1000]}
    if "[Content_Types].xml" in names or ("mimetype" in names and "content.xml" in names):
        return DOCUMENT
    if any("com.microsoft.__" in one for one in names):
        return OUTLOOK_MAC
    if len(members) > MOST_MEMBERS:
        return TOO_MANY
    told = sum(member.file_size for member in members)
    # Members that lie over one another in the file are how a small bomb tells large contents.
    overlapping = sum(member.compress_size for member in members) > size
    return SWOLLEN if overlapping or told > max(FREE, min(size * STEEPEST, MOST_UNPACKED)) else ""


class _Contents:
    """The members of one zip as they are gone through, and how much has come out so far."""

    def __init__(self, name: str, packed: zipfile.ZipFile, size: int, largest: int) -> None:
        self.name = name
        self.packed = packed
        self.largest = largest
        self.left = max(FREE, min(size * STEEPEST, MOST_UNPACKED))

    def letters(self) -> Iterator[Source]:
        """The Sources of every member worth opening."""
        members = [one for one in self.packed.infolist() if not one.is_dir()]
        maildirs = maildirs_of(member.filename for member in members)
        done, found = 0, False
        for member in members:
            answer = worth_in_zip(member.filename, maildirs)
            if answer is not Worth.NO:
                for source in self._member(member, answer):
                    found = True
                    share = source.done / max(member.file_size, 1)
                    at = done + round(min(share, 1) * member.compress_size)
                    yield Source(source.name, source.raw, source.error, done=at)
            done += member.compress_size
        if not found:
            yield Source(self.name, error=EMPTY, done=done)

    def _member(self, member: zipfile.ZipInfo, answer: Worth) -> Iterator[Source]:
        name = f"{self.name}, {shown(member.filename)}"
        if member.flag_bits & 1:
            yield Source(name, error=LOCKED)
            return
        try:
            with self.packed.open(member) as opened:
                ahead = Ahead(_Counted(opened, self))
                if answer is Worth.YES or worth_after_look(ahead.head):
                    yield from letters_in(name, ahead, largest=self.largest)
        except _Swollen:
            yield Source(name, error=SWOLLEN)
        except NotImplementedError:
            yield Source(name, error=UNKNOWN)
        except (
            Exception
        ):  # damage shows as a dozen kinds of exception; the next member may be whole
            yield Source(name, error=DAMAGED)


class _Counted:
    """A member being read; it stops where more comes out than any mailbox holds."""

    def __init__(self, opened: Readable, contents: _Contents) -> None:
        self.opened = opened
        self.contents = contents

    def read(self, size: int, /) -> bytes:
        """The next bytes of the member."""
        given = bytes(self.opened.read(min(size, _STEP, self.contents.left + 1)))
        self.contents.left -= len(given)
        if self.contents.left < 0:
            raise _Swollen
        return given


def shown(name: str) -> str:
    """The name of a member for people: on one line, of a bearable length, without odd signs."""
    line = "".join(char if char.isprintable() else "\ufffd" for char in name)
    return line if len(line) <= 200 else "…" + line[-199:]
