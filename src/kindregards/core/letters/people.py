"""The people a letter names: who signed it, and who sent it."""

from __future__ import annotations

import re

from kindregards.core.letters.known import known_words
from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import Phrasebook
from kindregards.core.letters.reading import Person
from kindregards.core.letters.senders import takes_no_replies
from kindregards.core.letters.signatures import is_person

_NAME = re.compile(
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Herr|Frau)\.? )*[A-ZÀ-Ý][\w'’-]+"
    r"(?: (?:[A-Z]\.|van|von|de|der|da|di|del|la|le|zu|el|bin|al)){0,2}(?: [A-ZÀ-Ý][\w'’-]+){0,2}"
)
_WORDS = re.compile(r"\w+")


def _holds(text: str, which: str) -> bool:
    """Whether a word of a list stands in a text, or one that begins as another list says."""
    words = known_words("people", which)
    begins = tuple(known_words("people", f"{which}_begin"))
    return any(word in words or word.startswith(begins) for word in _WORDS.findall(text.lower()))


def people_of(
    page: Page, book: Phrasebook, employer: str
) -> tuple[tuple[Person, ...], list[tuple[int, int]]]:
    """The people, the one who signed first, and where their names stand in the text."""
    letter = page.letter
    people: list[Person] = []
    places: list[tuple[int, int]] = []
    signed = _signed(letter.text, book.names.get("signoff", ""), employer)
    signed = signed or _repeated(letter.text, letter.sender.name, employer)
    if signed:
        person, start, end = signed
        email = letter.sender.email if _same(person.name, letter.sender.name) else ""
        people.append(Person(person.name, email, person.role))
        places.append((start, end))
    sender = letter.sender
    if (
        is_person(sender.name, sender.email)
        and _is_name(sender.name, employer)
        and not any(_same(p.name, sender.name) for p in people)
    ):
        people.append(Person(sender.name, "" if takes_no_replies(sender.email) else sender.email))
    return tuple(people), places


def _signed(text: str, signoff: str, employer: str) -> tuple[Person, int, int] | None:
    if not signoff:
        return None
    position, lines = 0, text.split("\n")
    starts = []
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    expression = re.compile(signoff)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if len(line) < 60 and expression.match(line):
            return _name_below(lines, starts, number, employer)
    return None


def _repeated(text: str, sender: str, employer: str) -> tuple[Person, int, int] | None:
    """The sender's name on a line of its own near the end, for want of a closing phrase."""
    place = text.rfind("\n" + sender)
    if not sender or place < 0 or not _is_name(sender, employer):
        return None
    start, end = place + 1, place + 1 + len(sender)
    rest = text[end:].lstrip(", \n").split("\n", 1)[0]
    title = rest if rest and len(rest) < 80 and _holds(rest, "titles") else ""
    return Person(sender, role=title), start, end


def _name_below(
    lines: list[str], starts: list[int], number: int, employer: str
) -> tuple[Person, int, int] | None:
    below = [n for n in range(number + 1, min(number + 5, len(lines))) if lines[n]]
    if not below:
        return None
    first, *rest = below
    name, _, title = lines[first].partition(", ")
    if not _is_name(name, employer):
        return None
    if not title and rest and _holds(lines[rest[0]], "titles") and len(lines[rest[0]]) < 80:
        title = lines[rest[0]]
    return Person(name, role=title), starts[first], starts[first] + len(name)


def _is_name(name: str, employer: str) -> bool:
    return (
        bool(name)
        and _NAME.fullmatch(name) is not None
        and not _holds(name, "no_names")
        and name.lower() != employer.lower()
    )


def _same(one: str, other: str) -> bool:
    a, b = one.lower().split(), other.lower().split()
    return bool(a and b) and (a[0] == b[0] or a[-1] == b[-1])
