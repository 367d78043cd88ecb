"""Which employer and which role a letter speaks of, by votes of its text, subject and sender."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import compress, repeat

from kindregards.core.letters.known import known_words
from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import Phrasebook
from kindregards.core.letters.signatures import (
    EMPLOYER,
    ROLE_NOUNS,
    Named,
    is_person,
    names_role,
    no_employers,
    sender_votes,
    signs,
    tidy_employer,
)

_AFTER_ROLE = (
    "at|with|in|here|within|on|and|position|role|opening|vacancy|because|but|has|have|we|which|is|"
    "was|for|as|that|by|to|from|this|bei|am|verzögert|wird|wurde|ist|leider|und|auf|im|è|é|est|"
    "a été|foi|ha sido|werd|wordt"
)
"""What follows the name of a role in a sentence."""


def _one_of(words: str) -> str:
    """An expression for any of the words, in either case, that is quick to say no: by one letter.

    Alternatives without regard to case are tried one by one, letters in brackets are not.
    """
    rests: dict[str, list[str]] = {}
    for word in words.split("|"):
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"[{first}{first.upper()}](?i:{'|'.join(rest)})" for first, rest in rests.items()
    )


# A role's name can only end before a blank or a mark, so that it is tried word by word.
_ROLE = (
    r"(?P<name>[\w#+.(\[](?:[^\n!?;:\" ',.|)]++|[ ',.|)][^\n!?;:\" ',.|)]*+)"
    r"(?:[ ',.|)][^\n!?;:\" ',.|)]*+)*?)"
    rf"(?=[\".!?;:\n)]|'(?!\w)|$| (?:(?:{_one_of(_AFTER_ROLE)})\b|- |\| )|, )"
)
_LONGEST_ROLE = 91
"""Characters of a role's name."""

_LOOKED_AT = 20_000
"""Characters of a letter in which names are looked for by the words around them."""
_LONGEST_MATCH = 250
"""Characters from the first of those words to the end of the name."""


def names_of(page: Page, book: Phrasebook) -> tuple[Named | None, Named | None]:
    """The employer and the role by most votes; a system's own domain names no employer."""
    roles = list(_roles(page, book))
    role = _most_voted(roles)
    taken = role.name.lower() if role and names_role(role.name) else ""
    employer = _most_voted(
        (weight, named) for weight, named in _employers(page, book) if named.name.lower() != taken
    )
    if employer is not None:
        name = employer.name.lower()
        role = _most_voted(vote for vote in roles if vote[1].name.lower() != name)
    return employer, role


def _most_voted(votes: Iterable[tuple[float, Named]]) -> Named | None:
    totals: dict[str, float] = {}
    firsts: dict[str, Named] = {}
    for weight, named in votes:
        key = _letters_of(named.name)
        if not key:
            continue
        totals[key] = totals.get(key, 0.0) + weight
        if key not in firsts or firsts[key].start < 0 <= named.start:
            firsts[key] = named
    if not totals:
        return None
    return firsts[max(totals, key=lambda key: (totals[key], -len(key)))]


@lru_cache(maxsize=8192)
def _letters_of(name: str) -> str:
    return _NO_LETTERS.sub("", name.lower())


_NO_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=32)
def _expressions(source: str) -> tuple[tuple[float, bool, frozenset[str], str], ...]:
    rows = []
    for line in source.splitlines():
        if line.strip():
            weight, _, rest = line.partition(" | ")
            anchors, _, expression = rest.partition(" :: ")
            first = weight.endswith("@")
            rows.append((float(weight.rstrip("@")), first, frozenset(anchors.split()), expression))
    return tuple(rows)


@lru_cache(maxsize=256)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression.replace("<E>", EMPLOYER).replace("<R>", _ROLE))


def _matches(page: Page, source: str) -> Iterator[tuple[float, re.Match[str], int]]:
    """Each match with its weight and the shift from its offsets to those of the letter's text.

    An expression marked with @ begins with one of its anchor words and is tried only there.
    """
    whole, shift = page.whole[:_LOOKED_AT], -page.offset
    places = page.tokens.places_of(_anchors(source))
    for weight, first, anchors, expression in _expressions(source):
        here = anchors & places.keys()
        if not here:
            continue
        if first:
            compiled = _compiled(expression)
            starts = sorted(start for word in here for start in places[word])
            ends = [start + _LONGEST_MATCH for start in starts]
            tried = filter(None, map(compiled.match, repeat(whole), starts, ends))
            # Of matches that end at the same name only the shortest counts, and once.
            found = {match.end("name"): match for match in tried if _is_short(match)}.values()
            yield from zip(repeat(weight), found, repeat(shift))
        else:
            yield from zip(repeat(weight), _every(expression, whole), repeat(shift))


def _every(expression: str, text: str) -> Iterator[re.Match[str]]:
    """All matches, none overlapping. One that begins a line or a clause is tried only there."""
    compiled = _compiled(expression)
    beginning = _BEGINNING.match(expression)
    if beginning is None:
        yield from compiled.finditer(text)
        return
    after = 0
    for start in [0, *(found.end() for found in _after(beginning[1]).finditer(text))]:
        if start >= after and (match := compiled.match(text, start)):
            yield match
            after = max(match.end(), start + 1)


_BEGINNING = re.compile(r"\(\?m:\^\|\(\?<=(\[[^\]]*\] )\)\)")


@cache
def _after(marks: str) -> re.Pattern[str]:
    return re.compile(rf"\n|{marks}")


def _is_short(match: re.Match[str]) -> bool:
    start, end = match.span("name")
    return end - start <= _LONGEST_ROLE


@lru_cache(maxsize=32)
def _anchors(source: str) -> frozenset[str]:
    return frozenset().union(*(anchors for _, _, anchors, _ in _expressions(source)))


def _employers(page: Page, book: Phrasebook) -> Iterator[tuple[float, Named]]:
    sender = page.letter.sender
    writer = sender.name if is_person(sender.name, sender.email) else ""
    for weight, found, shift in _matches(page, book.names.get("employer", "")):
        name = tidy_employer(found["name"])
        if name and not signs(name, writer):
            start = found.start("name") + shift
            yield weight, Named(name, start, start + len(name))
    yield from sender_votes(page)


def _roles(page: Page, book: Phrasebook) -> Iterator[tuple[float, Named]]:
    for weight, found, shift in _matches(page, book.names.get("role", "")):
        name, cut = tidy_role(found["name"])
        if name:
            noun = names_role(name)
            start = found.start("name") + cut + shift
            yield (weight + 2 if noun else weight * 0.5), Named(name, start, start + len(name))
    yield from _of_subject(page)
    yield from _by_noun(page)
    yield from _in_small_letters(page)


_SUBJECT_PIECES = re.compile(
    r" [-–|@] |[:|(–,!?]|\)|^(?:(?:re|aw|fw|fwd|wg|tr|rv|res|enc|antw|r): *)+", re.I
)


def _of_subject(page: Page) -> Iterator[tuple[float, Named]]:
    """Pieces of the subject that hold a role's noun, or are a few words and nothing else."""
    for piece in _SUBJECT_PIECES.split(page.letter.subject):
        name, _ = tidy_role(_SUBJECT_WORDS.sub("", piece.strip()))
        if name and len(name.split()) < 7:
            place = page.letter.text.find(name)
            noun = names_role(name)
            yield (
                (3.5 if noun else 0.8),
                Named(name, place, place + len(name) if place >= 0 else -1),
            )


_SUBJECT_WORDS = re.compile(
    r"(?i)^(?:your |deine |ihre |the |uw |votre |su |tu )?"
    r"(?:application|bewerbung|interview|vacancy|job|position|role|update|status|outcome|result|"
    r"candidature|candidatura|sollicitatie|initiativbewerbung|selezione|job title|invitation|"
    r"rescheduled|einladung)(?: for| as| als| to| op| per| de| the| update| received)*\b *|"
    r" (?:vacancy|job|position|role|application|post|interview|opening|update|outcome|status|"
    r"bewerbung|opportunity)\b.*$"
)


def _by_noun(page: Page) -> Iterator[tuple[float, Named]]:
    """Capitalised words around a role's noun, wherever they stand above the signature."""
    text = page.letter.text
    last = max(int(len(text) * 0.85), len(text) - 150)
    for begin, end in _role_lines(page):
        for found in _CAPITALISED_ROLE.finditer(text, begin, min(end, last)):
            if names_role(found.group()) and found.group().count(" ") < 7:
                name, cut = tidy_role(found.group())
                if name and name != name.lower():
                    yield 1.0, Named(name, found.start() + cut, found.start() + cut + len(name))


def _role_lines(page: Page) -> Iterator[tuple[int, int]]:
    """Start and end of the lines of the text in which a role's noun stands."""
    text, offset, tokens = page.letter.text, page.offset, page.tokens
    after = offset
    for start in compress(tokens.starts, map(ROLE_NOUNS.__getitem__, tokens.words)):
        if start >= after:
            at = start - offset
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            after = end + offset
            yield text.rfind("\n", 0, at) + 1, end


_SMALL_ROLE = re.compile(
    r"\b(?:the|a|an|our|your|for|as|als|de|la|le|un|una|uma|een|di|il|come|como|um|der|die|den|"
    r"vaga de|puesto de|buscando|job|van) (?P<name>(?:[\w'-]+ ){0,2}[\w'-]{3,})"
    r"(?= (?:job|post|role|position|vacancy|opening|stelle|per|na)\b|[,.;:!?\n]|$)"
)


def _in_small_letters(page: Page) -> Iterator[tuple[float, Named]]:
    """A role in small letters, for want of a better one: few words that end in a role's noun."""
    text = page.letter.text
    for begin, end in _role_lines(page):
        for found in _SMALL_ROLE.finditer(text, begin, end):
            name = found["name"]
            if names_role(name.rsplit(" ", 1)[-1]) and name == name.lower():
                start = found.start("name")
                words = name.split()
                while len(words) > 1 and words[0] in no_employers():
                    start += len(words[0]) + 1
                    words = words[1:]
                yield 0.5, Named(" ".join(words), start, start + len(" ".join(words)))


_CAPITALISED_ROLE = re.compile(
    r"(?<![.!?\n] )\b[A-ZÀ-Ý][\w+#/&'-]*"
    r"(?:(?: of| and| &| -| de| to the| für| of the)? (?:[A-ZÀ-Ý][\w+#/&'-]*|I{1,3}\b)"
    r"|,? \([^)\n]{1,20}\))*"
)


_LEADING = re.compile(
    r"(?i)^(?:(?:the|our|an?|this|that|any|your|my|open|recent|position|role|job|of|as|for|opening|application|interest|in|to|"
    r"vacancy|post|opportunity|die|der|den|das|eine?|unsere?|stelle|als|position)\s+)+"
)


@cache
def no_roles() -> frozenset[str]:
    """Words that no role's name holds: a match that holds one has run into the sentence."""
    return known_words("names", "no_roles")


def tidy_role(name: str) -> tuple[str, int]:
    """A found role without what is no part of it, and how much was cut from its start."""
    cut = found.end() if (found := _LEADING.match(name)) else 0
    kept = name[cut:]
    if (at := kept.find(" at ")) > 0:
        kept = kept[:at]
    kept = kept.rstrip(" ,.;:-|/")
    if kept.count("(") > kept.count(")"):
        kept = kept[: kept.rindex("(")].rstrip(" ,-")
    words = kept.split()
    if any(word.strip(".,") in no_roles() for word in kept.lower().split()):
        return "", 0
    if not words or len(kept) < 3 or len(words) > 12:
        return "", 0
    if names_role(kept):
        return kept, cut
    capitals = sum(word[0].isupper() for word in words)
    if capitals * 2 < len(words) or words[0].lower() in no_employers() or not kept[0].isupper():
        return "", 0
    return kept, cut
