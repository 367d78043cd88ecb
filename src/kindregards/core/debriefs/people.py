"""People as one writes them down: a name a line, with a part in it and perhaps an address."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.)])\s+")
_ADDRESS = re.compile(r"[<(]?\b([^\s<>(),;]+@[^\s<>(),;]+\.[^\s<>(),;]+)[>)]?")
_APART = re.compile(r"\s*(?:,|;|:|\(|\s[-–—]\s|\t)\s*")
# Between two people on one line: behind what stands in brackets, or before a name with its part.
_NEXT = re.compile(r"(?<=\))\s*[,;]\s+|\s*;\s+(?=[^\W\d_a-z][^,;(]*[,(])")
_NAME_AT_MOST = 80
_WORDS_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who was there: a name, what they do there, an address; the last two may be empty."""

    name: str
    role: str = ""
    email: str = ""


def people_in(text: str) -> tuple[Named, ...]:
    """The people in lines such as "Ines Halloran, head of studio", each name once.

    A line that reads as a sentence names nobody: it stays what it is, words.
    """
    found: dict[str, Named] = {}
    for line in text.splitlines():
        for part in _NEXT.split(line):
            named = _named(part)
            if named is not None:
                found.setdefault(named.name.casefold(), named)
    return tuple(found.values())


def _named(line: str) -> Named | None:
    line = _BULLET.sub("", line).strip()
    address = _ADDRESS.search(line)
    email = address.group(1).rstrip(".") if address else ""
    if address:
        line = f"{line[: address.start()]} {line[address.end() :]}"
    name, *rest = _APART.split(line.strip(" ,;:-–—"), maxsplit=1)
    name = " ".join(name.split())
    if not _is_name(name):
        return None
    role = " ".join(" ".join(rest).strip(" ,;:)-–—").split())
    return Named(name, role[:300], email[:320].lower())


def _is_name(name: str) -> bool:
    """Whether it begins like a name, is short, and does not end like a sentence."""
    words = name.split()
    if not words or len(words) > _WORDS_AT_MOST or len(name) > _NAME_AT_MOST:
        return False
    is_title = name[0].isupper() or not (name[0].isascii() and name[0].isalpha())
    return is_title and name[0].isalpha() and name[-1] not in "?!" and not name.endswith("..")
