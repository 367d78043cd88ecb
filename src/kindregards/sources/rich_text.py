"""The rich text of an Outlook message, for messages that have nothing else.

Packed as MS-OXRTFCP says: runs of bytes copied from a ring of 4,096 that begins with the words
commonest in rich text.
"""

from __future__ import annotations

import re
import struct

_RING = 4096
_LONGEST = 3_000_000
_BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)

_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.I,
)
_ASIDE = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "themedata", "datastore", "generator"}
    | {"listtable", "listoverridetable", "rsidtbl", "xmlnstbl", "latentstyles", "mmathpr"}
)
_BREAKS = {"par": "\n", "line": "\n", "row": "\n", "tab": "\t", "cell": "\t"}
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•",
}  # fmt: skip


def unpacked_rich_text(packed: bytes) -> bytes:
    """The rich text in the packed property, as far as it goes; never more than 3 MB."""
    if len(packed) < 16:
        return b""
    size, _whole, kind = struct.unpack_from("<II4s", packed)
    if kind == b"MELA":
        return packed[16 : 16 + _LONGEST]
    return _inflated(packed[16 : size + 4]) if kind == b"LZFu" else b""


def _inflated(packed: bytes) -> bytes:
    ring = bytearray(_BEGINNING.ljust(_RING, b"\0"))
    at, out, read = len(_BEGINNING), bytearray(), 0
    while read < len(packed) and len(out) < _LONGEST:
        control = packed[read]
        read += 1
        for bit in range(8):
            if not control >> bit & 1:
                run, read = packed[read : read + 1], read + 1
            else:
                place, run, read = *_reference(packed, read), read + 2
                if place == at or not run:
                    return bytes(out)
                run = bytes(_copied(ring, place, at, len(run)))
            for byte in run:
                ring[at] = byte
                at = (at + 1) % _RING
            out += run
    return bytes(out)


def _reference(packed: bytes, read: int) -> tuple[int, bytes]:
    """Where in the ring to copy from, and as many bytes as there are to copy."""
    if read + 2 > len(packed):
        return 0, b""
    told = struct.unpack_from(">H", packed, read)[0]
    return told >> 4, b"\0" * ((told & 15) + 2)


def _copied(ring: bytearray, place: int, at: int, length: int) -> list[int]:
    """A run may reach into what it writes itself."""
    run: list[int] = []
    for step in range(length):
        source = (place + step) % _RING
        ahead = (source - at) % _RING
        run.append(run[ahead] if ahead < step else ring[source])
    return run


def words_of_rich_text(raw: bytes) -> str:
    """The words of a rich text document, lines kept, everything else left out."""
    text = raw.decode("cp1252", "replace")
    said: list[str] = []
    aside = [False]
    skip = 0
    for token in _TOKEN.finditer(text):
        word, number, code, sign, brace, plain = token.groups()
        if brace:
            aside = [*aside, aside[-1]] if brace == "{" else aside[:-1] or [False]
        elif sign == "*" or word in _ASIDE:
            aside[-1] = True
        elif word == "htmlrtf":
            aside[-1] = number != "0"
        elif not aside[-1]:
            piece = plain or _said(word, number, code, sign)
            said.append(piece[skip:] if skip and piece else piece)
            skip = 1 if word == "u" else 0
    return "".join(said)


def _said(word: str | None, number: str | None, code: str | None, sign: str | None) -> str:
    if code:
        return bytes([int(code, 16)]).decode("cp1252", "replace")
    if word == "u" and number:
        return chr(int(number) % 65536)
    if word:
        return _BREAKS.get(word) or _SIGNS.get(word, "")
    return {"~": "\u00a0", "\\": "\\", "{": "{", "}": "}"}.get(sign or "", "")
