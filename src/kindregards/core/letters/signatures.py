"""Employers' names where letters carry them: the sender, the domain, the lines below the words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kindregards.core.letters.known import known_words
from kindregards.core.letters.page import Page
from kindregards.core.letters.senders import sends_for_others, site_of

# No name ends inside a word, which is said so that none is tried there.
_WORD = r"[A-ZÀ-Ý0-9][\w&'+/-]*(?!\w)(?:\.\w[\w&'+/-]*(?!\w))*"
EMPLOYER = (
    rf"(?P<name>{_WORD}(?: (?:(?:&|and|of|the|for|de|der|du|la|von|und|y|e|per|d') )?"
    rf"(?:{_WORD}|&(?= )|\| |\([A-Z][^)\n]{{1,40}}\))){{0,5}}(?:,? (?:Inc|LLC|Ltd|Corp|Co|GmbH|AG|SE|Plc|S\.A)\b\.?)?)"  # noqa: E501
)


@cache
def _role_nouns() -> tuple[frozenset[str], frozenset[str]]:
    """All nouns, and the long ones, which also end longer words (Softwareentwicklerin)."""
    nouns = known_words("names", "role_nouns")
    return nouns, frozenset(noun for noun in nouns if len(noun) >= _LONG)


_LONG = 7
_ROLE_WORDS = re.compile(r"[^\W\d_]+")


class _RoleNouns(dict[str, bool]):
    """Whether a lower-case word is a noun that roles end in, or ends in a long one."""

    def __missing__(self, word: str) -> bool:
        nouns, endings = _role_nouns()
        parts = [word] if word.isalpha() else _ROLE_WORDS.findall(word)
        found = any(
            part in nouns or any(part[at:] in endings for at in range(1, len(part) - _LONG + 1))
            for part in parts
        )
        if len(self) < 65536:
            self[word] = found
        return found


ROLE_NOUNS = _RoleNouns()


@lru_cache(maxsize=8192)
def names_role(name: str) -> bool:
    """Whether a name holds a noun that roles end in ("engineer", "Sachbearbeiterin"), singular."""
    return any(map(ROLE_NOUNS.__getitem__, _ROLE_WORDS.findall(name.lower())))


@cache
def no_employers() -> frozenset[str]:
    """Words that are no employer's name alone."""
    return known_words("names", "no_employers")


_LOOKED_AT = 20_000
"""Characters of a letter in which names that fit the sender's domain are looked for."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a letter gives, with where it stands in the text (start < 0: not in it)."""

    name: str
    start: int = -1
    end: int = -1


@lru_cache(maxsize=4096)
def tidy_employer(name: str) -> str:
    """A found name without what is no part of it; empty where it is no employer's name."""
    name = _MARKS_AFTER.sub("", name.strip())
    name = _OWNER.sub("", name)
    name = _TEAM_AFTER.sub("", name)
    words = name.lower().split()
    if (
        not words
        or len(name) < 2
        or len(name) > 60
        or all(word in no_employers() for word in words)
    ):
        return ""
    if words[0] in no_employers() and words[0] not in _ALSO_FIRST:
        return ""
    if names_role(name) or name.isdigit():
        return ""
    return name


_MARKS_AFTER = re.compile(r"[\s,.;:|&-]+$")
_OWNER = re.compile(r"(?:'s?|\.)$")
_TEAM_AFTER = re.compile(
    r"(?i)\s+(?:team|recruiting|recruitment|hr|talent acquisition|talent|careers?|hiring)$"
)
_ALSO_FIRST = frozenset(
    ["human", "people", "talent", "lever", "new", "all", "one", "two", "next", "here"]
)
"""Words that are no employer's name alone, but begin some."""

_SENDER_TEAM = re.compile(
    r"(?i)^(?:the )?(?P<name>.+?)(?:'s)?[ ,|-]+"
    r"(?:(?:driver|global|campus|university|technical|us|hr|early) )*"
    r"(?:talent(?: acquisition)?|recruit(?:ing|ment)?|hiring|people|hr|human resources|careers?|"
    r"jobs|staffing|team|no-?reply|notifications?|personal(?:abteilung)?|bewerbermanagement|karriere|"
    r"recrutement|rh|campus|selección|admissions)(?: .*)?$"
)
_TEAM_SENDER = re.compile(
    r"(?i)^(?:recrutamento|recrutement|convocatorias|selección|selezione|werving|team|équipe|"
    r"equipe|karriere|personal|careers at|jobs at|recruiting at|rh|hr|"
    r"personalabteilung|bewerbermanagement|bewerbung|human resources|risorse umane|empleo)"
    r"(?: de| da| do| di| von| bei)? (?P<name>.+)$"
)
_SENDER_AT = re.compile(
    r"(?i)(?: at | @ |\bfrom | von | bei | chez |\(| \| | - )(?P<name>[^()|]+?)\)?$"
)
_SENDER_VIA = re.compile(r"(?i) (?:via|über|through) .*$")
_PERSON_TITLE = re.compile(
    r"(?i)^(?:dr|prof|mr|mrs|ms|rev|sr|sra|rag|dott|me|cllr|chef|coach|herr|frau)\b"
)
_CAPITALS = re.compile(EMPLOYER)


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name by its letters alone, as domains write it."""
    name = name.lower()
    if not name.isascii():
        for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
            name = name.replace(umlaut, letters)
        name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _NO_LETTERS.sub("", name)


_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def sender_votes(page: Page) -> Iterator[tuple[float, Named]]:
    """Votes of the sender's name and domain and of the lines below the words."""
    letter = page.letter
    for weight, name in (
        *_of_name(page),
        *_of_domain(page),
        *_of_last_lines(page),
        *_of_subject(page),
    ):
        cleaned = tidy_employer(name)
        if cleaned:
            place = letter.text.find(cleaned)
            yield weight, Named(cleaned, place, place + len(cleaned) if place >= 0 else -1)


def _of_name(page: Page) -> Iterator[tuple[float, str]]:
    sender = page.letter.sender
    name = _SENDER_VIA.sub("", sender.name)
    if not name or _PERSON_TITLE.match(name):
        return
    if found := _TEAM_SENDER.match(name):
        yield 4.0, found["name"]
    elif found := _SENDER_TEAM.match(name):
        yield 5.0, found["name"]
    elif found := _SENDER_AT.search(name):
        yield 4.0, found["name"]
    elif not is_person(name, sender.email):
        yield 3.0 if " " in name else 1.0, name


def is_person(name: str, email: str) -> bool:
    """Whether the sender's name is a person's: the address holds a part of it before the @."""
    local = plain(email.partition("@")[0])
    words = [plain(word) for word in name.split()]
    return any(len(word) > 2 and word in local for word in words) and len(words) < 5


def _of_domain(page: Page) -> Iterator[tuple[float, str]]:
    """The domain's own name, and the names in the letter that it abbreviates or repeats."""
    letter = page.letter
    email = letter.sender.email
    site = plain(site_of(email))
    if not email or len(site) < 3 or site in ("example", "home", "score", "mail"):
        return
    if sends_for_others(email):
        return
    yield 0.6, site_of(email).replace("-", " ").title()
    for text in (letter.sender.name, letter.subject, letter.text[:_LOOKED_AT]):
        for line in text.split("\n"):
            for name in _capitals_in(line):
                likeness = _likeness(name, site)
                if likeness:
                    yield 2.0 + 4.0 * likeness, name


@lru_cache(maxsize=4096)
def _capitals_in(line: str) -> tuple[str, ...]:
    """The runs of capitalised words in a line that could be an employer's name."""
    return tuple(found["name"] for found in _CAPITALS.finditer(line))


def _likeness(name: str, site: str) -> float:
    """How well a name and a domain fit, from 0 to 1: one holds the other, by their letters."""
    letters = plain(name)
    if len(letters) < 3:
        return 0.0
    if letters in site or site in letters:
        return min(len(letters), len(site)) / max(len(letters), len(site))
    if len(site) > _MOST_INITIALS:
        return 0.0
    words = [plain(word) for word in name.split() if word[0].isupper()]
    initials = "".join(word[:1] for word in words)
    return 0.5 if len(initials) > 2 and initials == site else 0.0


_MOST_INITIALS = 6


_PIECES = re.compile(r", | \| | - | – |\n")
_ORGANISED = re.compile(
    r"(?i)\b(?:ltd|inc|llc|llp|gmbh|ag|kg|e\. ?v|s\.?r\.?l|s\.?p\.?a|s\.?a|bv|plc|co|group|"
    r"hospital|hospice|clinic|"
    r"school|academy|college|university|trust|council|museum|hotel|studio|partners|foundation|bakery|"
    r"association|institute|agency|society|church|library|theatre|theater|press|labs?|games|systems|"
    r"solutions|services|technologies|logistics|foods?|farm|station|house|union|bank|insurance|"
    r"chambers|solicitors|architects|dental|garage|restaurant|kitchen|café|cafe|praxis|bäckerei|"
    r"tischlerei|weingut|hof|stadt|amt|verein|kita|krankenhaus|schule|verlag|kanzlei|autohaus|"
    r"cabinet|société|mairie|ville|librairie|maison|fundación|clínica|taller|colegio|bodegas|"
    r"estudio|hospital|câmara|padaria|estúdio|escola|studio|officine|libreria|azienda|"
    r"stichting|gemeente|drukkerij|brouwerij|bedrijf)\b"
)


def _of_last_lines(page: Page) -> Iterator[tuple[float, str]]:
    letter = page.letter
    lines = [line for line in letter.text.split("\n") if line.strip()][-6:]
    for number, line in enumerate(lines):
        if len(line) > 90 and number < len(lines) - 1:
            continue
        for piece in _PIECES.split(line[-90:]):
            found = _CAPITALS.fullmatch(piece.strip(" .*_"))
            if found and not signs(found["name"], letter.sender.name):
                yield (3.5 if _ORGANISED.search(found["name"]) else 1.2), found["name"]


def signs(name: str, sender: str) -> bool:
    """Whether a line is the sender's own name or a part of it."""
    mine, theirs = plain(name), plain(sender)
    return bool(theirs) and (mine in theirs or theirs in mine)


_SUBJECT_PIECES = re.compile(r" [-–|@] |[:|(–,!?]|\)")
_SUBJECT_TAIL = re.compile(
    r"(?i)\s+(?:next steps?|opportunity|interview|phone|technical|application|update|coding|onsite|"
    r"on-site|reach out|recruiting|careers?|software|availability|assessment|online|hiring|job|"
    r"status|offer|open position|summer|internship|graduate|talent|digest|team).*$"
)


def _of_subject(page: Page) -> Iterator[tuple[float, str]]:
    """Names that a piece of the subject consists of or begins with."""
    for piece in _SUBJECT_PIECES.split(page.letter.subject):
        short = _SUBJECT_TAIL.sub("", piece.strip())
        found = _CAPITALS.fullmatch(short)
        if found:
            repeated = page.letter.text.count(short)
            yield 1.0 + 0.4 * min(repeated, 3) + 0.5 * (short != piece.strip()), short
