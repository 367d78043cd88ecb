"""Text as received → the text that is read and shown: folded, and without quoted history."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

LONGEST = 120_000
"""Characters of one letter that are looked at; a job letter has a few thousand."""
_MOST_ROUNDS = 10
"""Times that a text is cleaned until nothing changes; two or three are usual."""

_FOLDED = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"',
    "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u3000": " ", "\t": " ",
    "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n",
    "\u2010": "-", "\u2011": "-",
}  # fmt: skip
_GONE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u034f\u061c\u180e"


@cache
def _table() -> dict[int, str]:
    table = {ord(char): plain for char, plain in _FOLDED.items()}
    gone = [*map(ord, _GONE), *range(0x09), *range(0x0E, 0x20), 0x7F]
    gone += [*range(0x80, 0x85), *range(0x86, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    return table | dict.fromkeys(gone, "")


_SURROGATE = re.compile("[\ud800-\udfff]")
_UNUSUAL = re.compile(r"[^\n -~\u00a1-\u00ac\u00ae-\u02ff]")
_BLANKS = re.compile(r" {2,}| (?=\n)|(?<=\n) ")
_GAPS = re.compile(r"\n{3,}")
_RULE_LINES = re.compile(r"(?m)^[-_=*~#. ]{5,}$")


def folded(text: str) -> str:
    """Curly quotes, odd blanks and invisible characters made plain; no line joined or dropped."""
    text = text.replace("\r\n", "\n")
    if not _is_usual(text):
        text = _thinned(_SURROGATE.sub("", text))
        text = unicodedata.normalize("NFC", text).translate(_table())
    return _with_few_blanks(text)


def _with_few_blanks(text: str) -> str:
    if "  " in text or " \n" in text or "\n " in text:
        text = _BLANKS.sub(_one_blank, text)
        text = re.sub(r" *\n *", "\n", text)
    return text.strip()


_CROWD = re.compile(r"[^\x00-\u02ff\u2000-\u206f]{31}")
_MOST_MARKS = 30
"""Accents on one letter that are kept, as in Unicode's own format for streams (UAX 15).

Putting accents into their order takes the square of how many there are.
"""


def _thinned(text: str) -> str:
    if not _CROWD.search(text):
        return text
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _is_usual(text: str) -> bool:
    """Whether no character of the text needs to be looked at."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return True
    return _UNUSUAL.search(text) is None


def _one_blank(found: re.Match[str]) -> str:
    return " " if len(found.group()) > 1 else ""


def clean(text: str, *, is_folded: bool = False) -> str:
    """What this sender wrote, folded and without quoted history. Cleaning twice changes nothing.

    A text that `is_folded` already is not looked at character by character again.
    """
    from kindregards.core.letters.history import own_words

    text = text[:LONGEST]
    fold = _with_few_blanks if is_folded else folded
    for _ in range(_MOST_ROUNDS):
        again = _GAPS.sub("\n\n", _joined(own_words(fold(text)).strip()))
        again = _RULE_LINES.sub("", again).strip() if "-----" in again or "___" in again else again
        if again == text:
            break
        text, fold = again, _with_few_blanks
    return text


_LISTED = re.compile(r"[-*•·–>|]|\d{1,2}[.)] ")


def _joined(text: str) -> str:
    """Lines that were wrapped to a width are joined again; short lines stay as they are.

    A line counts as wrapped when the next line's first word would not have fitted within the
    longest line of the letter, as far as that is a width people wrap at.
    """
    lines = text.split("\n")
    width = max(map(len, lines), default=0)
    if len(lines) < 2 or not 50 <= width <= 100:
        return text
    joined = [lines[0]]
    for above, line in pairwise(lines):
        if _wrapped(above, line, width):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return "\n".join(joined)


def _wrapped(above: str, line: str, width: int) -> bool:
    if len(above) < 40 or not line or _LISTED.match(line):
        return False
    return len(above) + 1 + len(line.split(" ", 1)[0]) > width - 2
