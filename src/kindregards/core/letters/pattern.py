"""A wording written down compactly → places to fill, one after another, and how to find them.

The language, one wording a line:
    decided not to (move|go) forward     words, one of several
    [very] sorry                         words that may be missing
    application* your .. position        any ending; up to four words between; `...` up to ten
    NOT                                  a list of the language's file, by its name in capitals
Words are matched by tokens and not by characters: between two of them stand blanks and light
punctuation, never the end of a sentence. Most wordings are never looked at: a text must hold
their rarest words first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from kindregards.core.letters.known import small_words
from kindregards.core.letters.tokens import STEM

_LIST = re.compile(r"\b[A-Z][A-Z_]+\b")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*\*?")
_GAPS = {"..": 4, "...": 10}


@dataclass(frozen=True, slots=True)
class Place:
    """One place: a single word of `words`, a beginning of `stems`, or a phrase of `phrases`.

    Phrases are kept by their first words; what follows that word is what is held against a text.
    A `gap` is that many words at most, whatever they are.
    """

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    optional: bool = False
    gap: int = 0


def expanded(wording: str, lists: Mapping[str, str]) -> str:
    """The wording with the names of lists replaced by what they hold."""
    for _ in range(0 if wording.islower() else 3):
        if not _LIST.search(wording):
            break
        wording = _LIST.sub(lambda found: f"({lists[found.group()]})", wording)
    return wording


def places(wording: str) -> tuple[Place, ...]:
    """The places of an expanded wording, in order."""
    found = []
    for part in split(wording, " "):
        if part in _GAPS:
            found.append(Place(gap=_GAPS[part]))
        elif part[0] == "[":
            found.append(_place(part[1:-1], optional=True))
        else:
            found.append(_place(part, optional=False))
    return tuple(found)


@lru_cache(maxsize=4096)
def _place(part: str, *, optional: bool) -> Place:
    options = [words for option in split(part, "|") for words in _options(option)]
    singles = [words[0] for words in options if len(words) == 1]
    return Place(
        words=frozenset(word for word in singles if word[-1] != "*"),
        stems=tuple(word[:-1] for word in singles if word[-1] == "*"),
        phrases=_by_first(words for words in options if len(words) > 1),
        optional=optional,
    )


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for first, *rest in phrases:
        found[first] = (*found.get(first, ()), tuple(rest))
    return found


def _options(option: str) -> list[tuple[str, ...]]:
    """All ways to fill one option: brackets inside it multiplied out."""
    if "(" not in option and "[" not in option:
        words = tuple(_WORDS.findall(option))
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


def anchor(wording: str, lists: Mapping[str, str]) -> frozenset[str]:
    """Words of which a text must hold one to match, found with little work.

    They need not be the most telling ones. Empty where nothing of the wording can be looked up.
    """
    parts = _FLAT.findall(wording)
    told = [part for part in parts if part[0] not in "[."]
    if told and " ".join(parts) == wording:
        known = _known(min(told, key=_seems_common), lists)
        if known:
            return known[1]
    every = needed(wording, lists)
    return every[0] if every else frozenset()


def _seems_common(part: str) -> int:
    options = part.count("|") + 1
    return options - 2 * len(part) // options


def needed(wording: str, lists: Mapping[str, str]) -> list[frozenset[str]]:
    """For each place of a wording, words of which a text must hold one to match.

    The most telling place comes first: few long words, and no small ones.
    """
    told = (part for part in split(wording, " ") if part[0] not in "[.")
    found = [known for part in told if (known := _known(part, lists))]
    found.sort(key=_rank)
    return [words for _, words in found]


def _known(part: str, lists: Mapping[str, str]) -> _Ranked | None:
    key = (part, id(lists))
    if key not in _KNOWN:
        _KNOWN[key] = _ranked(_lookups(expanded(part, lists)))
    return _KNOWN[key]


# Places recur in hundreds of wordings, and laying one out costs more than finding it here. The
# lists live as long as the program, so that their ids are theirs alone.
_Ranked = tuple[int, frozenset[str]]
_KNOWN: dict[tuple[str, int], _Ranked | None] = {}
_rank = itemgetter(0)


def _ranked(words: frozenset[str] | None) -> _Ranked | None:
    if not words:
        return None
    return len(words) + _SMALL * len(words & small_words()) - 2 * min(map(len, words)), words


_SMALL = 15
"""How many rare words are as common as one small word: nearly every letter has it."""


@lru_cache(maxsize=4096)
def _lookups(part: str) -> frozenset[str] | None:
    """The lookup words of one place; None where it can be filled by something not looked up."""
    inner = part[1:-1] if part[0] == "(" and part[-1] == ")" else part
    if inner.replace("|", "").isalpha():  # single words, as most places are
        return frozenset(filter(None, inner.split("|")))
    flat = "(" not in inner and "[" not in inner
    options = filter(None, inner.split("|")) if flat else split(part, "|")
    words = [_longest(option) for option in options]
    return frozenset(words) if all(words) else None


def _longest(option: str) -> str:
    if option.isalpha():
        return option
    if "(" in option or "[" in option:
        option = re.sub(r"[(\[].*?[)\]]", " ", option)
    words = option.split(" ") if option.replace(" ", "").isalpha() else _WORDS.findall(option)
    looked_up = map(_lookup, words) if "*" in option else words
    return max(looked_up, key=len, default="")


def _lookup(word: str) -> str:
    """A word as a text's words are looked up: whole, or by its stem when any ending may follow."""
    if word[-1] == "*":
        return word[:STEM] + "*" if len(word) > STEM else ""
    return word


def end_of_match(items: Sequence[Place], number: int, words: Sequence[str], at: int) -> int:
    """The word after a match of the places from `number` on at word `at`, or -1.

    `words` are those of one run.
    """
    while number < len(items):
        item = items[number]
        if item.gap:
            return _after_gap(items, number, words, at)
        if item.optional or item.phrases:
            return _branched(items, number, words, at)
        # The commonest place, a single word, is checked here: this loop is the reader's hottest.
        if at >= len(words):
            return -1
        word = words[at]
        if word not in item.words and not (item.stems and word.startswith(item.stems)):
            return -1
        at += 1
        number += 1
    return at


def _after_gap(items: Sequence[Place], number: int, words: Sequence[str], at: int) -> int:
    for skipped in range(at, min(at + items[number].gap, len(words)) + 1):
        end = end_of_match(items, number + 1, words, skipped)
        if end >= 0:
            return end
    return -1


def _branched(items: Sequence[Place], number: int, words: Sequence[str], at: int) -> int:
    item = items[number]
    if at < len(words):
        word = words[at]
        if word in item.phrases:
            for rest in item.phrases[word]:
                after = at + 1 + len(rest)
                if tuple(words[at + 1 : after]) == rest:
                    end = end_of_match(items, number + 1, words, after)
                    if end >= 0:
                        return end
        if word in item.words or (item.stems and word.startswith(item.stems)):
            end = end_of_match(items, number + 1, words, at + 1)
            if end >= 0:
                return end
    return end_of_match(items, number + 1, words, at) if item.optional else -1
