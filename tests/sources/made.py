"""Files of every kind that people keep mail in, made for the tests."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable
from datetime import datetime

ENVELOPE = b"From robin@hazelwick.example Tue Mar  4 09:12:00 2025\n"
LETTER = (
    b"From: Robin Ahmadi <robin@hazelwick.example>\n"
    b"To: Sam Ortega <sam@ortega.example>\n"
    b"Subject: Your application\n"
    b"Message-ID: <1@hazelwick.example>\n"
    b"Date: Tue, 4 Mar 2025 09:12:00 +0000\n"
    b"\n"
    b"Dear Sam,\n\nwe have chosen somebody else for the post of archivist.\n\nRobin Ahmadi\n"
)


def letter(number: int, words: str = "we have chosen somebody else.") -> bytes:
    """One of many letters, each with a subject and an id of its own."""
    return (
        f"From: Robin Ahmadi <robin@hazelwick.example>\nSubject: Letter {number}\n"
        f"Message-ID: <{number}@hazelwick.example>\n\nDear Sam,\n\n{words}\n"
    ).encode()


def mbox(messages: Iterable[bytes], envelope: bytes = ENVELOPE) -> bytes:
    """The messages as a mail program writes them, "From " in them marked (mboxrd)."""
    return b"".join(envelope + quoted(message) + b"\n" for message in messages)


def quoted(message: bytes) -> bytes:
    """The message with one more mark before each line that begins like an envelope."""
    lines = message.split(b"\n")
    return b"\n".join(
        b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines
    )


def zipped(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these names and contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name), content, compress_type=packing)
    return out.getvalue()


# Outlook ---------------------------------------------------------------------------------------

_SECTOR, _SMALL, _CUT = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def outlook(
    texts: dict[int, str],
    *,
    raws: dict[int, bytes] | None = None,
    moments: dict[int, datetime] | None = None,
    numbers: dict[int, int] | None = None,
    wide: bool = True,
    charset: str = "utf-8",
) -> bytes:
    """A .msg file with these properties, by number."""
    kind, encoding = (0x001F, "utf-16-le") if wide else (0x001E, charset)
    streams = {
        f"__substg1.0_{number:04X}{kind:04X}": text.encode(encoding)
        for number, text in texts.items()
    }
    for number, raw in (raws or {}).items():
        streams[f"__substg1.0_{number:04X}0102"] = raw
    fixed = b"\0" * 32
    for number, moment in (moments or {}).items():
        ticks = int((moment - datetime(1601, 1, 1, tzinfo=moment.tzinfo)).total_seconds()) * 10**7
        fixed += struct.pack("<HHIQ", 0x0040, number, 6, ticks)
    for number, value in (numbers or {}).items():
        fixed += struct.pack("<HHIQ", 0x0003, number, 6, value)
    streams["__properties_version1.0"] = fixed
    return compound(streams)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB, version 3) with these streams in its root."""
    sectors: list[bytes] = []
    chain: list[int] = []
    small = b""
    small_chain: list[int] = []
    entries: list[bytes] = []

    def store(raw: bytes) -> int:
        count = -(-len(raw) // _SECTOR)
        first = len(sectors)
        padded = raw.ljust(count * _SECTOR, b"\0")
        sectors.extend(padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR))
        chain.extend([first + step + 1 for step in range(count - 1)] + [_END] * bool(count))
        return first if count else _END

    for place, (name, raw) in enumerate(sorted(streams.items()), 1):
        if len(raw) >= _CUT:
            start = store(raw)
        else:
            count = -(-len(raw) // _SMALL)
            start = len(small_chain) if count else _END
            small_chain.extend(
                [start + step + 1 for step in range(count - 1)] + [_END] * bool(count)
            )
            small += raw.ljust(count * _SMALL, b"\0")
        following = place + 1 if place < len(streams) else _FREE
        entries.append(_entry(name, 2, following, _FREE, start, len(raw)))
    root = _entry("Root Entry", 5, _FREE, 1 if streams else _FREE, store(small), len(small))
    small_fat = store(_table(small_chain)) if small_chain else _END
    listing = store(b"".join([root, *entries]))
    fat_at = len(sectors)
    fat_count = 1
    while fat_count * 128 < fat_at + fat_count:
        fat_count += 1
    fat = _table(chain + [_FAT] * fat_count).ljust(fat_count * _SECTOR, b"\xff")
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_count, listing, 0, _CUT, small_fat, -(-len(small_chain) // 128), _END, 0,
    )  # fmt: skip
    places = [fat_at + step for step in range(fat_count)]
    head += struct.pack("<109I", *places, *[_FREE] * (109 - fat_count))
    return head + b"".join(sectors) + fat


def _table(numbers: list[int]) -> bytes:
    raw = struct.pack(f"<{len(numbers)}I", *numbers)
    return raw.ljust(-(-len(raw) // _SECTOR) * _SECTOR, b"\xff")


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xIQQIQ",
        encoded, len(encoded), kind, 1, _FREE, right, child, 0, 0, 0, start, size,
    )  # fmt: skip
