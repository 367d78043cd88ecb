"""Contact data out of sight: what a stranger with a link need not know (R40).

Every masked character has one in its place, so that an anchor in the masked text is an anchor in
the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FILL = "•"
FEWEST_DIGITS = 7  # of a telephone number; fewer are years, amounts and post codes
MOST_DIGITS = 15  # E.164

_MAIL = re.compile(r"[^\s@<>()\[\]|,;:]+@[^\s@<>()\[\]|,;:]+\.\w{2,}")
_ENDING = (
    r"(?:com|org|net|io|dev|me|de|at|ch|eu|uk|fr|es|it|nl|pl|pt|fi|us|ca"
    r"|info|example|app|xyz|page|site|tech|online|ac|edu|gov)"
)
# Without a path, only small letters: ASP.NET is no address.
_LINK = re.compile(
    r"(?i:https?://|www\.)[^\s<>()|]+"
    rf"|(?<![\w@.-])(?:[\w-]+\.)+(?i:{_ENDING})/[^\s<>()|]*"
    rf"|(?<![\w@.-])(?:[a-z0-9-]+\.)+{_ENDING}(?![\w@])"
)
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|\(|00)?\d[\d\s().\-\u2010-\u2013/\u00a0]{5,22}\d(?!\w)")
_YEARS = re.compile(r"(?:19|20)\d\d")
_SPAN_OF_MONTHS = re.compile(r"\d{1,2}[/.]\s?(?:19|20)\d\d\s*\D?\s*\d{1,2}[/.]\s?(?:19|20)\d\d")
_DAY = (
    r"(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?[^\W\d]{3,10}\.?,?\s+(?:19|20)\d\d"
    r"|[^\W\d]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d)"
)
_BORN = re.compile(
    r"\b(?:date of birth|birth ?date|birthday|born|d\.?o\.?b\.?|geburtsdatum|geboren|geb\."
    r"|né(?:e)? le|date de naissance|fecha de nacimiento|nacid[oa]|data di nascita|nat[oa]"
    r"|geboortedatum|data de nascimento|data urodzenia|syntymäaika)"
    r"(?:\s+(?:am|on|le|el|il|op))?\s*:?\s*(" + _DAY + ")",
    re.IGNORECASE,
)
_NAMED = r"[A-ZÀ-ÖØ-ÞŁŚŻŹ][\w'.-]*"
_STREET = re.compile(
    rf"\b\d{{1,5}}[a-z]?,?\s+(?:{_NAMED}[ ]+){{1,4}}"
    r"(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Close|Way|Court"
    r"|Boulevard|Blvd\.?|Place|Square|Terrace|Crescent|Gardens|Mews|Row)(?!\w)"
    rf"|\b(?:{_NAMED}[ -]){{0,3}}(?:{_NAMED})?"
    r"(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Ww]eg|[Gg]asse|[Aa]llee|[Pp]latz|[Uu]fer|[Dd]amm"
    r"|[Ss]traat|[Ll]aan|[Kk]atu)[ ]+\d{1,4}[ ]?[a-z]?\b"
    r"|\b\d{1,4},?[ ]+(?:rue|avenue|boulevard|place|impasse|chemin|quai)[ ]+[^\n,|·]{3,40}"
    r"|\b(?:Calle|Avenida|Plaza|Via|Viale|Piazza|Corso|Rua|Travessa|[Uu]l\.|[Uu]lica|Aleja),?[ ]+"
    r"(?:\w[\w'.-]*,?[ ]+){1,4}\d{1,4}\b"
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A piece of contact data: `what` is mail, link, birthday, street or phone."""

    start: int
    end: int
    what: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as a stranger sees it, as long as the text itself, and what is hidden in it."""

    text: str
    hidden: tuple[Hidden, ...]


def mask(text: str) -> Masked:
    """Hide contact data: mail addresses, telephone numbers, streets, birthdays, links."""
    hidden = tuple(contact_data(text))
    shown = list(text)
    for one in hidden:
        shown[one.start : one.end] = _placeholder(text[one.start : one.end], one.what)
    return Masked("".join(shown), hidden)


def contact_data(text: str) -> list[Hidden]:
    """The pieces of contact data of a text, in its order; none overlaps another."""
    found: list[Hidden] = []
    taken: set[int] = set()
    for one in _found(text):
        places = set(range(one.start, one.end))
        if not taken & places:
            taken |= places
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _found(text: str) -> Iterator[Hidden]:
    """Everything that looks like contact data; what is surest comes first."""
    for pattern, what in ((_MAIL, "mail"), (_LINK, "link")):
        for match in pattern.finditer(text):
            end = match.end() - (len(match[0]) - len(match[0].rstrip(".,;:!?")))
            yield Hidden(match.start(), end, what)
    for match in _BORN.finditer(text):
        yield Hidden(match.start(1), match.end(1), "birthday")
    for match in _STREET.finditer(text):
        yield Hidden(match.start(), match.start() + len(match[0].rstrip()), "street")
    for match in _PHONE.finditer(text):
        if _is_phone(match[0]):
            yield Hidden(*match.span(), "phone")


def _is_phone(found: str) -> bool:
    """Whether digits are a telephone number and not a span of years or a day."""
    digits = sum(letter.isdigit() for letter in found)
    if "\n" in found or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        return False
    if re.fullmatch(_DAY, found) or _SPAN_OF_MONTHS.fullmatch(found):
        return False
    if found.startswith(("+", "(", "0")):
        return True
    return not _YEARS.search(found) and not re.fullmatch(r"\d+(?:[.,]\d{3})+|\d+", found)


def _placeholder(words: str, what: str) -> str:
    """As many characters as there were, with line breaks left where they are."""
    size = len(words)
    label = f"[{what}{FILL * (size - len(what) - 2)}]" if size > len(what) + 2 else FILL * size
    return "".join(old if old == "\n" else new for old, new in zip(words, label, strict=True))
