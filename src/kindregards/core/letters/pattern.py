"""A wording written down compactly → places to fill, one after another, and how to find them.

The language, one wording a line:
    decided not to (move|go) forward     words, one of several
    [very] sorry                         words that may be missing
    application* your .. position        any ending; up to four words between; `...` up to ten
    NOT                                  a list of the language's file, by its name in capitals
    (in* betracht|auswahl)               any ending inside of several words, too
Words are matched by tokens and not by characters: between two of them stand blanks and light
punctuation, never the end of a sentence. Most wordings are never looked at: a text must hold
something of each of their places first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kindregards.core.letters.tokens import STEM

_LIST = re.compile(r"\b[A-Z][A-Z_]+\b")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*\*?")
_GAPS = {"..": 4, "...": 10}


class Place(NamedTuple):
    """One place: a single word of `words`, a beginning of `stems`, or a phrase of `phrases`.

    Phrases are kept by their first words; what follows that word is what is held against a text.
    `loose` are the phrases in which some word may have any ending, with its `*`.
    A `gap` is that many words at most, whatever they are.
    """

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[tuple[str, ...], ...]] = {}
    loose: tuple[tuple[str, ...], ...] = ()
    optional: bool = False
    gap: int = 0


def expanded(wording: str, lists: Mapping[str, str]) -> str:
    """The wording with the names of lists replaced by what they hold."""
    for _ in range(0 if wording.islower() else 3):
        if not _LIST.search(wording):
            break
        wording = _LIST.sub(lambda found: f"({lists[found.group()]})", wording)
    return wording


def flat(wording: str, lists: Mapping[str, str]) -> str:
    """The wording as it is laid out from: without lists, and without brackets in brackets."""
    return " ".join(map(_flat_part, split(expanded(wording, lists), " ")))


@lru_cache(maxsize=8192)
def _flat_part(part: str) -> str:
    if part in _GAPS:
        return part
    optional = part[0] == "["
    options = split(part[1:-1] if optional else part, "|")
    ways = "|".join(" ".join(way) for option in options for way in _options(option))
    return f"[{ways}]" if optional else f"({ways})"


_FLAT_PARTS = re.compile(r"\.+|[(\[][^)\]]*")


def places(wording: str) -> tuple[Place, ...]:
    """The places of a flat wording, in order."""
    return tuple(map(_place, _FLAT_PARTS.findall(wording)))


@lru_cache(maxsize=4096)
def _place(part: str) -> Place:
    """The place that a part stands for, which is given without its closing bracket."""
    if part in _GAPS:
        return Place(gap=_GAPS[part])
    optional, told = part[0] == "[", part[1:]
    ways = told.split("|") if told else []
    if " " not in told and "*" not in told:  # as in most places
        return Place(frozenset(ways), optional=optional)
    fixed = [way for way in ways if "*" not in way]
    loose = [way for way in ways if "*" in way]
    return Place(
        words=frozenset(way for way in fixed if " " not in way),
        stems=tuple(way[:-1] for way in loose if " " not in way),
        phrases=_by_first(tuple(way.split(" ")) for way in fixed if " " in way),
        loose=tuple(tuple(way.split(" ")) for way in loose if " " in way),
        optional=optional,
    )


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase[1:])
    return found


def _options(option: str) -> list[tuple[str, ...]]:
    """All ways to fill one option: brackets inside it multiplied out."""
    if "(" not in option and "[" not in option:
        plain = option.replace(" ", "").isalpha()
        words = tuple(option.split() if plain else _WORDS.findall(option))
        return [words] if words else []
    ways: list[tuple[str, ...]] = [()]
    for part in split(option, " "):
        if part[0] in "([":
            inner = [way for one in split(part[1:-1], "|") for way in _options(one)]
            inner += [()] if part[0] == "[" else []
        else:
            inner = [tuple(_WORDS.findall(part))]
        ways = [way + more for way in ways for more in inner]
    return [way for way in ways if way]


@lru_cache(maxsize=8192)
def split(wording: str, at: str) -> tuple[str, ...]:
    """The parts between a character, outside of brackets."""
    if "(" not in wording and "[" not in wording:
        return tuple(part for part in wording.split(at) if part)
    if wording[0] == "(" and wording[-1] == ")" and _closes_last(wording):
        return split(wording[1:-1], at) if at == "|" else (wording,)
    if at == " ":
        flat = _FLAT.findall(wording)
        if " ".join(flat) == wording:
            return tuple(flat)
    parts, depth, current = [], 0, ""
    for piece in re.split(r"([()\[\] |])", wording):
        depth += (piece in ("(", "[")) - (piece in (")", "]"))
        if piece == at and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += piece
    return tuple(part for part in (*parts, current) if part)


# The places of a wording without brackets inside brackets, which most are.
_FLAT = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]|[^ ()\[\]]+")


def _closes_last(wording: str) -> bool:
    if wording.count("(") == 1:
        return True
    depth = 0
    for number, char in enumerate(wording):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return number == len(wording) - 1
    return False


def needed(place: Place) -> frozenset[str]:
    """What a text must hold one of to fill the place: words, stems, or pairs of words.

    Empty where the place can be filled by something that is not looked up.
    """
    told = [*map(_lookup, place.stems), *map(_looked_up_in, place.loose)]
    for first, rests in place.phrases.items():
        told += [_most_telling((first, *rest)) for rest in rests]
    return place.words.union(told) if all(told) else frozenset()


def _most_telling(phrase: Sequence[str]) -> str:
    """The two words of a phrase, one after another, that most other texts will not hold."""
    return max(map(" ".join, pairwise(phrase)), key=len)


def _looked_up_in(loose: Sequence[str]) -> str:
    """The most telling word of a phrase in which some words may have any ending."""
    return max((_lookup(word[:-1]) if word[-1] == "*" else word for word in loose), key=len)


def _lookup(stem: str) -> str:
    """A stem as a text's words are looked up; nothing for a short one."""
    return f"{stem[:STEM]}*" if len(stem) >= STEM else ""


Match = Callable[[Sequence[str], int], int]
"""Words of a run, with "" after the last, and where to begin → the word after a match, or -1."""


def match_of(places: Sequence[Place]) -> Match:
    """What matches some places, one after another: each tries its own, and then all that follow."""
    if not places:
        return _matched
    first, *rest = places
    if not first.gap:
        return _filled(first, match_of(rest))
    if rest and not (rest[0].optional or rest[0].loose or rest[0].phrases or rest[0].gap):
        return _behind_gap(first.gap, rest[0], match_of(rest[1:]))
    return _gap(first.gap, match_of(rest))


def _matched(_: Sequence[str], at: int) -> int:
    return at


def _gap(most: int, then: Match) -> Match:
    def match(words: Sequence[str], at: int) -> int:
        for after in range(at, min(at + most + 1, len(words))):
            end = then(words, after)
            if end >= 0:
                return end
        return -1

    return match


def _behind_gap(most: int, place: Place, then: Match) -> Match:
    """A gap and a place of single words behind it: looked for without a call for each word."""
    allowed, stems = place.words, place.stems

    def match(words: Sequence[str], at: int) -> int:
        for after, word in enumerate(words[at : at + most + 1], at + 1):
            if word in allowed or (stems and word.startswith(stems)):
                end = then(words, after)
                if end >= 0:
                    return end
        return -1

    return match


def _filled(place: Place, then: Match) -> Match:
    match = _single(place, then)
    if place.loose:
        match = _loose(place.loose, then, match)
    if place.phrases:
        match = _phrase(place.phrases, then, match)
    return _optional(then, match) if place.optional else match


def _single(place: Place, then: Match) -> Match:
    allowed, stems = place.words, place.stems

    def match(words: Sequence[str], at: int) -> int:
        return then(words, at + 1) if words[at] in allowed else -1

    def match_any_ending(words: Sequence[str], at: int) -> int:
        word = words[at]
        return then(words, at + 1) if word in allowed or word.startswith(stems) else -1

    return match_any_ending if stems else match


def _phrase(
    phrases: Mapping[str, tuple[tuple[str, ...], ...]], then: Match, otherwise: Match
) -> Match:
    def match(words: Sequence[str], at: int) -> int:
        for rest in phrases.get(words[at], ()):
            after = at + 1 + len(rest)
            if words[at + 1 : after] == rest:
                end = then(words, after)
                if end >= 0:
                    return end
        return otherwise(words, at)

    return match


def _loose(phrases: Sequence[tuple[str, ...]], then: Match, otherwise: Match) -> Match:
    def match(words: Sequence[str], at: int) -> int:
        for phrase in phrases:
            if _fits(phrase, words[at : at + len(phrase)]):
                end = then(words, at + len(phrase))
                if end >= 0:
                    return end
        return otherwise(words, at)

    return match


def _fits(phrase: Sequence[str], words: Sequence[str]) -> bool:
    return len(words) == len(phrase) and all(
        word.startswith(told[:-1]) if told[-1] == "*" else word == told
        for told, word in zip(phrase, words, strict=True)
    )


def _optional(then: Match, filled: Match) -> Match:
    def match(words: Sequence[str], at: int) -> int:
        end = filled(words, at)
        return end if end >= 0 else then(words, at)

    return match
