"""Text as received → the text that is read and shown: folded, and without quoted history."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from kindregards.core.letters.late import Late

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
# Blanks, line ends and ASCII that can be printed; bytes, so that they are taken out in one go.
_PLAIN = bytes([0x0A, *range(0x20, 0x7F)])
_ACCENTED = frozenset(map(chr, [*range(0xA1, 0xAD), *range(0xAE, 0x300)]))
# Marks that are folded, or left, where they stand: they join with no letter before them.
_STEADY = frozenset([*_FOLDED, *"\u2013\u2014\u2026\u2022\u20ac\u2122\u200b\u200c\u200d\ufeff\xad"])
_RUN = re.compile("  +")
_RULE_LINES = Late(r"(?m)^[-_=*~#. ]{5,}$")


def folded(text: str) -> str:
    """Curly quotes, odd blanks and invisible characters made plain; no line joined or dropped."""
    text = text.replace("\r\n", "\n")
    unusual = _unusual(text)
    if unusual:
        text = _made_plain(text, unusual)
    return _with_few_blanks(text)


def _unusual(text: str) -> set[str]:
    """The characters that need to be looked at."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return set(rest.decode("utf-8", "surrogatepass")) - _ACCENTED if rest else set()


def _made_plain(text: str, unusual: set[str]) -> str:
    if not unusual <= _STEADY:
        text = _thinned(_SURROGATE.sub("", text))
        return unicodedata.normalize("NFC", text).translate(_table())
    table = _table()
    for char in (*unusual, "\u00b4"):
        text = text.replace(char, table.get(ord(char), char))
    return text


def _with_few_blanks(text: str) -> str:
    if "  " in text:
        text = _RUN.sub(" ", text)
    return text.replace(" \n", "\n").replace("\n ", "\n").strip()


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


def clean(text: str, *, is_folded: bool = False, is_own: bool = False) -> str:
    """What this sender wrote, folded and without quoted history. Cleaning twice changes nothing.

    A text that `is_folded` already is not looked at character by character again, and in one that
    `is_own`, as `own_part` tells, no history is looked for.
    """
    from kindregards.core.letters.history import own_words

    if is_own and len(text) <= LONGEST and not _has_rules(text):
        # Nothing was found that a second look could find, whatever gaps are closed.
        stripped = text.strip()
        if _joined(stripped) == stripped:
            return _without_gaps(stripped)
    text = text[:LONGEST]
    fold = _with_few_blanks if is_folded else folded
    for _ in range(_MOST_ROUNDS):
        again = _without_gaps(_joined(own_words(fold(text)).strip()))
        again = _RULE_LINES.compiled.sub("", again).strip() if _has_rules(again) else again
        if again == text:
            break
        text, fold = again, _with_few_blanks
    return text


def _without_gaps(text: str) -> str:
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def _has_rules(text: str) -> bool:
    return "-----" in text or "___" in text


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
    if len(above) < 40 or not line:
        return False
    return len(above) + 1 + len(line.split(" ", 1)[0]) > width - 2 and not _LISTED.match(line)
