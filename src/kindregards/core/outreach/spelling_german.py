"""Spelling of a German letter, by the word list of pyspellchecker, which works without a network.

German builds words that no list has. So a word counts as misspelled only where it is neither
known, nor built of known ones, and where a frequent word is one slip away: then that one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING

from kindregards.core.outreach.draft import Draft, Finding, Severity
from kindregards.core.outreach.prose import Prose

if TYPE_CHECKING:
    from spellchecker import SpellChecker

SHORTEST = 4
"""Letters of a word that is looked at; shorter ones are one slip away from too many."""
SHORTEST_PART = 3
# Words of the list have a count of 50 where nothing but their spelling is known.
COMMON = 50

_WORD = re.compile(r"[^\W\d_]+")
_PREFIXES = re.compile(
    r"(?:ab|an|auf|aus|be|bei|dar|durch|ein|ent|er|fest|ge|her|hin|los|mit|nach|über|um|un|unter|ver"
    r"|vor|weg|weiter|wieder|zer|zu|zurück|zusammen)+(?:ge|zu)?"
)
_LINKS = ("", "s", "n", "en", "es")
# Coarse words that stand one slip from decent ones: nobody is to find them in a letter of theirs.
_COARSE = re.compile(r"fick|fotz|arsch|sch[ei]+ß|nutte|hure|wichs|piss|kack|titte|schlampe|furz")


def german_spelling_findings(draft: Draft, known: Collection[str]) -> Iterator[Finding]:
    """Words of the letter's sentences that are one slip from a common one; each is minor.

    `known` are words, folded in case, that are right as they are. Greeting and signature are left
    alone. Nothing where pyspellchecker is not installed. The first call takes half a second.
    """
    checker = _checker()
    if checker is None:
        return
    count = checker.word_frequency.dictionary.get
    prose = Prose(draft.text)
    for told in prose.sentences:
        for word in _WORD.finditer(told.text):
            meant = _meant(word.group(), checker, known, lambda one: count(one, 0))
            if meant:
                start, end = told.start + word.start(), told.start + word.end()
                yield _finding(draft.text[start:end], start, end, meant)


@cache
def _checker() -> SpellChecker | None:
    try:
        from spellchecker import SpellChecker
    except ImportError:  # left out on purpose: the browser checks in its stead
        return None
    return SpellChecker(language="de", distance=1)


def _meant(
    word: str, checker: SpellChecker, known: Collection[str], count: Callable[[str], int]
) -> str | None:
    """The word that was meant, in the case of the one that stands there; None where it is right."""
    lower = word.lower()
    if len(word) < SHORTEST or word.isupper() or word.casefold() in known:
        return None
    if _is_right(lower, count):
        return None
    spelled_out = _with_umlauts(lower)
    if spelled_out != lower and count(spelled_out):
        return spelled_out.capitalize() if word[0].isupper() else spelled_out
    near = [
        one for one in _near(lower, checker) if count(one) >= COMMON and not _COARSE.search(one)
    ]
    if not near:
        return None
    best = max(near, key=lambda one: (_is_swap(one, lower), _ease(one, lower) * count(one)))
    return best.capitalize() if word[0].isupper() else best


def _near(lower: str, checker: SpellChecker) -> Iterator[str]:
    """Words one slip away that begin alike; few get the first letter wrong."""
    today = lower.replace("ß", "ss")
    yield from (one for one in (today,) if one != lower)
    yield from (one for one in checker.edit_distance_1(lower) if one[:1] == lower[:1])


def _with_umlauts(lower: str) -> str:
    """ "fuer" as "für", for keyboards without umlauts."""
    return re.sub(r"[aou]e", lambda pair: "äöü"["aou".index(pair.group()[0])], lower)


def _ease(one: str, typed: str) -> int:
    """How easily one is typed as the other: a letter left out more easily than one put in. Ours."""
    return 10 if len(one) > len(typed) else 1


def _is_swap(one: str, other: str) -> bool:
    return sorted(one) == sorted(other)


def _is_right(lower: str, count: Callable[[str], int]) -> bool:
    """Whether the list has the word, in Swiss spelling too, or it is built of common ones."""
    if count(lower) or count(lower.replace("ss", "ß")):
        return True
    prefix = _PREFIXES.match(lower)
    if prefix and len(lower) - prefix.end() >= SHORTEST_PART and count(lower[prefix.end() :]):
        return True
    return any(
        count(lower[at:]) >= COMMON and _begins(lower[:at], count)
        for at in range(SHORTEST_PART, len(lower) - SHORTEST_PART + 1)
    )


def _begins(part: str, count: Callable[[str], int]) -> bool:
    """Whether it can be the first part of a compound: with a linking letter, or without its e."""
    bare = (part.removesuffix(link) for link in _LINKS)
    forms = [one for one in (*bare, f"{part}e", f"{part}en") if len(one) >= SHORTEST_PART]
    return any(count(one) >= COMMON for one in forms) or _is_compound(part, count)


def _is_compound(part: str, count: Callable[[str], int]) -> bool:
    halves = ((part[:at], part[at:]) for at in range(4, len(part) - 3))
    return any(
        count(first.removesuffix("s")) >= COMMON and count(second.removesuffix("s")) >= COMMON
        for first, second in halves
    )


def _finding(quote: str, start: int, end: int, meant: str) -> Finding:
    return Finding(
        rule="spelling",
        severity=Severity.SOFTEN,
        title="Is this spelled as you mean it?",
        why=f"The word list does not know it; \u201c{meant}\u201d is one letter away.",
        quote=quote,
        start=start,
        end=end,
        instead=meant,
        minor=True,
    )
