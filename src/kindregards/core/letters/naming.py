"""Which employer and which role a letter speaks of, by votes of its text, subject and sender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kindregards.core.letters.known import known_words
from kindregards.core.letters.phrasebook import Phrasebook
from kindregards.core.letters.senders import sends_for_others, site_of
from kindregards.core.letters.signs import Page

_WORD = r"[A-ZÀ-Ý0-9][\w&'+/-]*(?:\.\w[\w&'+/-]*)*"
_EMPLOYER = (
    rf"(?P<name>{_WORD}(?:,? (?:(?:&|and|of|the|for|de|der|du|la|von|und|y|e|per|d') )?"
    rf"(?:{_WORD}|&(?= )|\| |\([A-Z][^)\n]{{1,40}}\))){{0,5}}(?:,? (?:Inc|LLC|Ltd|Corp|Co|GmbH|AG|SE|Plc|S\.A)\b\.?)?)"  # noqa: E501
)
_ROLE = r"(?P<name>[\w#+.(\[][^\n!?;:\"]{1,90}?)(?=(?i:\"|'(?!\w)|[.!?;:\n]|$| (?:at|with|in|here|within|on|and|position|role|opening|vacancy|because|but|has|have|we|which|is|was|for|as|that|by|to|from|this|bei|in der|am)\b|, | - | \||\)))"  # noqa: E501


@cache
def _role_nouns() -> re.Pattern[str]:
    nouns = "|".join(re.escape(noun) for noun in sorted(known_words("names", "role_nouns")))
    return re.compile(rf"(?i)\b\w*(?:{nouns})(?:s|:in|\*in|/in|_in|\(in\))?\b")


@cache
def _no_employers() -> frozenset[str]:
    return known_words("names", "no_employers")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a letter gives, with where it stands in the text (start < 0: not in it)."""

    name: str
    start: int = -1
    end: int = -1


def employer_of(page: Page, book: Phrasebook) -> Named | None:
    """The employer by most votes; a system's or job board's own domain has none."""
    return _most_voted(_employers(page, book))


def role_of(page: Page, book: Phrasebook, employer: str) -> Named | None:
    """The role by most votes."""
    return _most_voted(_roles(page, book, employer))


def _most_voted(votes: Iterator[tuple[float, Named]]) -> Named | None:
    totals: dict[str, float] = {}
    firsts: dict[str, Named] = {}
    for weight, named in votes:
        key = re.sub(r"[\W_]+", "", named.name.lower())
        if not key:
            continue
        totals[key] = totals.get(key, 0.0) + weight
        if key not in firsts or firsts[key].start < 0 <= named.start:
            firsts[key] = named
    if not totals:
        return None
    return firsts[max(totals, key=lambda key: (totals[key], -len(key)))]


@lru_cache(maxsize=32)
def _expressions(source: str) -> tuple[tuple[float, frozenset[str], str], ...]:
    rows = []
    for line in source.splitlines():
        if line.strip():
            weight, _, rest = line.partition(" | ")
            anchors, _, expression = rest.partition(" :: ")
            rows.append((float(weight), frozenset(anchors.split()), expression))
    return tuple(rows)


@lru_cache(maxsize=256)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression.replace("<E>", _EMPLOYER).replace("<R>", _ROLE))


def _matches(page: Page, source: str) -> Iterator[tuple[float, re.Match[str], int]]:
    """Each match with its weight, in the text and in the subject (offset then negative)."""
    letter = page.letter
    for weight, anchors, expression in _expressions(source):
        if page.words.isdisjoint(anchors):
            continue
        compiled = _compiled(expression)
        for found in compiled.finditer(letter.text):
            yield weight, found, 0
        if letter.subject:
            for found in compiled.finditer(letter.subject):
                yield weight, found, -page.offset


def _employers(page: Page, book: Phrasebook) -> Iterator[tuple[float, Named]]:
    letter = page.letter
    for weight, found, shift in _matches(page, book.names.get("employer", "")):
        name = tidy_employer(found["name"])
        if name:
            start = found.start("name") + shift
            yield weight, Named(name, start, start + len(name))
    for weight, name in _sender_names(letter.sender.name, letter.sender.email):
        cleaned = tidy_employer(name)
        if cleaned:
            place = letter.text.find(cleaned)
            yield weight, Named(cleaned, place, place + len(cleaned) if place >= 0 else -1)


_SENDER_TEAM = re.compile(
    r"(?i)^(?:the )?(?P<name>.+?)(?:'s)?[ ,|-]+"
    r"(?:(?:global|campus|university|technical|us|hr|early) )*"
    r"(?:talent(?: acquisition)?|recruit(?:ing|ment)?|hiring|people|hr|"
    r"human resources|careers?|jobs|staffing|team|no-?reply|notifications?|"
    r"personal(?:abteilung)?|bewerbermanagement|"
    r"karriere|recrutement|rh)(?: .*)?$"
)
_SENDER_AT = re.compile(
    r"(?i)(?: at | @ |\bfrom | von | bei | chez |\(| \| | - )(?P<name>[^()|]+?)\)?$"
)
_SENDER_VIA = re.compile(r"(?i) (?:via|über|through) .*$")


def _sender_names(name: str, email: str) -> Iterator[tuple[float, str]]:
    name = _SENDER_VIA.sub("", name)
    if found := _SENDER_TEAM.match(name):
        yield 5.0, found["name"]
    elif found := _SENDER_AT.search(name):
        yield 4.0, found["name"]
    elif name and not re.fullmatch(r"[A-ZÀ-Ý][\w'-]+ (?:[A-Z]\. )?[A-ZÀ-Ý][\w'-]+", name):
        yield 1.5, name
    if email and not sends_for_others(email):
        site = site_of(email)
        if site and site not in ("example", "home", "score"):
            yield 1.0, site.replace("-", " ").title()


def tidy_employer(name: str) -> str:
    """A found name without what is no part of it; empty where it is no employer's name."""
    name = re.sub(r"[\s,.;:|&-]+$", "", name.strip())
    name = re.sub(r"(?:'s?|\.)$", "", name)
    name = re.sub(
        r"(?i)\s+(?:team|recruiting|recruitment|hr|talent acquisition|talent|careers?|hiring)$",
        "",
        name,
    )
    words = name.lower().split()
    if (
        not words
        or len(name) < 2
        or len(name) > 60
        or all(word in _no_employers() for word in words)
    ):
        return ""
    if words[0] in _no_employers() - {
        "human",
        "people",
        "talent",
        "lever",
        "new",
        "all",
        "one",
        "two",
        "next",
        "here",
    }:
        return ""
    if _role_nouns().search(name) or name.isdigit():
        return ""
    return name


def _roles(page: Page, book: Phrasebook, employer: str) -> Iterator[tuple[float, Named]]:
    for weight, found, shift in _matches(page, book.names.get("role", "")):
        name, cut = tidy_role(found["name"], employer)
        if name:
            start = found.start("name") + cut + shift
            yield (
                weight + 2 * bool(_role_nouns().search(name)),
                Named(name, start, start + len(name)),
            )


_LEADING = re.compile(
    r"(?i)^(?:(?:the|our|an?|this|that|any|your|my|open|recent|position|role|job|of|as|for|opening|application|interest|in|to|"
    r"vacancy|post|opportunity|die|der|den|das|eine?|unsere?|stelle|als|position)\s+)+"
)


def tidy_role(name: str, employer: str) -> tuple[str, int]:
    """A found role without what is no part of it, and how much was cut from its start."""
    cut = found.end() if (found := _LEADING.match(name)) else 0
    kept = name[cut:]
    if employer and (at := kept.find(" at " + employer)) > 0:
        kept = kept[:at]
    kept = kept.rstrip(" ,.;:-|/")
    if kept.count("(") > kept.count(")"):
        kept = kept[: kept.rindex("(")].rstrip(" ,-")
    words = kept.split()
    if not words or len(kept) < 3 or len(words) > 12 or kept.lower() == employer.lower():
        return "", 0
    if _role_nouns().search(kept):
        return kept, cut
    capitals = sum(word[0].isupper() for word in words)
    if capitals * 2 < len(words) or words[0].lower() in _no_employers() or not kept[0].isupper():
        return "", 0
    return kept, cut
