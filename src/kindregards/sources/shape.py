"""What a file is, by its first bytes; its name decides only where the bytes leave it open."""

from __future__ import annotations

import re
from enum import Enum

from kindregards.core.letters import NotALetter

HEAD = 8192
"""Bytes from the beginning of a file that `shape_of` wants to see."""


class Shape(Enum):
    """The ways a file can hold letters."""

    MESSAGE = "a message with headers, or plain words"
    PAGE = "a web page"
    MBOX = "many messages, one after another"
    APPLE = "one message as Apple Mail keeps it"
    OUTLOOK = "one message as Outlook saves it"
    ZIP = "a zip with any of these in it"


PACKED = (
    "This is a packed file of a kind that is not opened here. "
    "Unpack it and give the folder that comes out."
)
_PASTE = "Open it, copy the words of the letter and paste them."
_PICTURE = f"This is a picture, and only words can be read. {_PASTE}"
_STORE = (
    "This is Outlook's own data file, which only Outlook can open well. Add the account to "
    "Thunderbird, or drag the messages out of Outlook into a folder, and give that folder."
)
DOCUMENT = f"This is a Word or other office document, not a message. {_PASTE}"
OUTLOOK_MAC = (
    "This is an archive of Outlook for Mac. Drag its folders from Outlook onto the desktop: "
    "that makes .mbox files, and those can be given here."
)
_TABLE = "This holds data, not a letter."

_BY_BEGINNING = (
    (b"%PDF", f"This is a PDF. {_PASTE}"),
    (b"!BDN", _STORE),
    (b"{\\rtf", f"This is a rich text document. {_PASTE}"),
    (b"\x1f\x8b", PACKED),
    (b"BZh", PACKED),
    (b"\xfd7zXZ", PACKED),
    (b"7z\xbc\xaf\x27\x1c", PACKED),
    (b"Rar!\x1a", PACKED),
    (b"(\xb5/\xfd", PACKED),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"SQLite format 3", "This is a database, not a letter. Give the mail folder itself."),
    (b"\x7fELF", "This is a program, not a letter."),
    (b"MZ\x90", "This is a program, not a letter."),
    (b"ID3\x03", "This is a recording, not a letter."),
)
_BY_MIDDLE = (
    (4, b"ftyp", "This is a video or a picture, not a letter."),
    (8, b"WEBP", _PICTURE),
    (8, b"WAVE", "This is a recording, not a letter."),
    (257, b"ustar", PACKED),
)
_BY_NAME = {
    ".pst": _STORE,
    ".ost": _STORE,
    ".olm": OUTLOOK_MAC,
    ".csv": _TABLE,
    ".json": _TABLE,
    ".xml": _TABLE,
    ".vcf": "This holds addresses, not a letter.",
    ".ics": "This is a calendar entry, not a letter.",
    ".msf": "This is Thunderbird's index of a folder. Give the file of the same name without .msf.",
}
_PAGE = re.compile(
    rb"(?i)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype html|html|head|body)\b", re.S
)
_APPLE = re.compile(rb"\d{1,10}[ \t]*\r?\n")
_MESSAGE = re.compile(
    rb"(?im)^(?:from|received|return-path|message-id|mime-version|delivered-to|dkim-signature|"
    rb"content-type|subject|date|to):"
)
_HEADER = re.compile(rb"[!-9;-~]+:")


def shape_of(head: bytes, name: str = "") -> Shape:
    """What a file is that begins with `head` (HEAD bytes or all of it).

    Raises NotALetter with a sentence that says what it is instead and what to do.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _refuse_by_name(name, only=(".olm",))
        return Shape.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Shape.OUTLOOK
    _refuse_by_beginning(head)
    if _is_mbox(head) or name.lower().endswith((".mbox", ".mbx", ".mbs")):
        return Shape.MBOX
    if name.lower().endswith(".emlx") and _APPLE.match(head):
        return Shape.APPLE
    if is_message(head):
        return Shape.MESSAGE
    _refuse_by_name(name)
    return Shape.PAGE if _PAGE.match(_readable(head)) else Shape.MESSAGE


def _is_mbox(head: bytes) -> bool:
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"From "):
        return False
    from kindregards.sources.mbox import is_mbox  # slow to load

    return is_mbox(head)


def is_message(head: bytes) -> bool:
    """Whether a file begins with the headers of a message."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    block = re.split(rb"\r?\n\r?\n", start[:4000], maxsplit=1)[0]
    return bool(_HEADER.match(start) and _MESSAGE.search(block))


def suffix_of(name: str) -> str:
    """The suffix of a file name in lower case, with its dot; empty where it has none."""
    last = re.split(r"[/\\]", name)[-1]
    return last[last.rfind(".") :].lower() if "." in last[1:] else ""


def _readable(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").encode()
    return head.removeprefix(b"\xef\xbb\xbf")


def _refuse_by_beginning(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginning, sentence in _BY_BEGINNING:
        if start.startswith(beginning):
            raise NotALetter(sentence)
    for place, middle, sentence in _BY_MIDDLE:
        if head[place : place + len(middle)] == middle and not is_message(head):
            raise NotALetter(sentence)


def _refuse_by_name(name: str, *, only: tuple[str, ...] = ()) -> None:
    suffix = suffix_of(name)
    if suffix in _BY_NAME and (not only or suffix in only):
        raise NotALetter(_BY_NAME[suffix])
