"""What speaks for a candidate being the employer or the role: features, and what they weigh.

Weights of both come as one complex number, the employer's real, the role's imaginary: they are
looked up and added together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from kindregards.core.letters.known import fitted, known
from kindregards.core.letters.lines import GIVEN, ORGANISATION, Line
from kindregards.core.letters.spans import Span

Features = Sequence[str]
Keys = tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]
"""Of the tables of sorts, of places and of forms."""


@cache
def _weights() -> dict[str, complex]:
    weights = fitted().get("weights", {})
    return {feature: complex(*pair) for feature, pair in weights.items()}


@cache
def _weights_of_words() -> tuple[dict[str, complex], ...]:
    """The weights of words, by the word alone: the name's own, before it, behind it, its last.

    They are most of what is looked up, and the words need not be written into features for it.
    """
    apart: dict[str, dict[str, complex]] = {sort: {} for sort in ("w", "b", "a")}
    for feature, weight in _weights().items():
        sort, _, word = feature.partition(" ")
        if sort in apart:
            apart[sort][word] = weight
    return (*apart.values(), _Endings())


class _Endings(dict[str, complex]):
    """What the ending of a name's last word weighs."""

    def __missing__(self, word: str) -> complex:
        weight = weight_of(_ending_features(word))
        if len(self) < 65536:
            self[word] = weight
        return weight


def _ending_features(word: str) -> Features:
    return f"e {word[-3:]}", f"e {word[-5:]}"


def weight_of(features: Iterable[str]) -> complex:
    """The log odds of features for an employer and for a role."""
    weights = _weights()
    return sum([weights[one] for one in features if one in weights], 0j)


class Table(dict[Any, complex]):
    """What some features weigh, by what they are made of; kept once summed."""

    def __init__(self, features: Callable[..., Features]) -> None:
        super().__init__()
        self.features = features

    def __missing__(self, key: Any) -> complex:
        weight = weight_of(self.features(*key))
        if len(self) < 65536:
            self[key] = weight
        return weight


@cache
def _beside() -> dict[str, str]:
    """What sort of word stands beside a name, for some words."""
    return {word: sort for sort, words in known()["beside"].items() for word in words.split()}


def _sorts_features(one: str, two: str, three: str, following: str) -> Features:
    """Of the sorts of the words beside a name."""
    return (f"bc {one}", f"bcc {two} {one}", f"b3c {three} {two} {one}", f"ac {following}")


def _place_features(source: str, shape: str, before: str, behind: str, place: str) -> Features:
    """Of how a candidate was found, between which signs, and whether its line is short."""
    shapes = [f"shape {source}{one}" for one in shape.split()]
    return (*shapes, f"g {before}_{behind}", f"short {source} {place}")


def _form_features(cases: str, sorts: str, marks: int, ends: int, one: str) -> Features:
    """Of how a name is written, of what sorts of words, behind which sort of word."""
    size = len(sorts)
    rare = [sort in "rR" for sort in sorts]
    part = "a" if all(rare) else "f" if rare[0] else "l" if rare[-1] else "m" if any(rare) else "-"
    some = "a" if all(rare) else "s" if any(rare) else "-"
    nouns = [sort in "RC" for sort in sorts]
    noun = "l" if nouns[-1] else "f" if nouns[0] else "m" if any(nouns) else "-"
    if noun == "l" and size == 1:
        noun = "1"
    capitals = cases.count("A")
    case = cases if len(cases) == 1 else "AA" if capitals == size else "Aa" if capitals else "aa"
    return (
        f"n {size}",
        f"rare {part}{min(size, 3)}",
        f"rarec {some} {one}",
        f"noun {noun}",
        f"case {case}",
        f"nc {noun} {case} {one}",
        f"given {'1' if marks & GIVEN else '-'}{min(size, 3)}",
        f"org {'l' if ends & ORGANISATION else 'f' if marks & ORGANISATION else '-'}",
    )


_TABLES = Table(_sorts_features), Table(_place_features), Table(_form_features)
_SORTS, _PLACES, _FORMS = _TABLES


def _evidence_of(line: Line, span: Span, source: str) -> tuple[Sequence[str], str, str, Keys]:
    """The words of a candidate, the one before and behind it, and keys of all else."""
    first, after, _, shape = span
    lowered, signs = line.lowered, line.signs
    last = second = third = following = place = ""
    if first:
        before = signs[first]
        if before[:1] not in _SENTENCE:
            last = lowered[first - 1]
            if first > 1 and not signs[first - 1]:
                second = lowered[first - 2]
                if first > 2 and not signs[first - 2]:
                    third = lowered[first - 3]
    else:
        before = "^" + signs[0]
    if after < len(lowered):
        behind = signs[after]
        if behind[:1] not in _SENTENCE:
            following = lowered[after]
    else:
        behind = signs[-1] + "$"
    if len(lowered) < 9:
        place = ("s" if not first else "") + ("e" if after == len(lowered) else "-")
    beside = _beside()
    one = beside.get(last, "")
    cases = line.cases[first:after]
    if "a" not in cases:
        cases = _capitals(line, first, after) or cases
    marks, ends = line.marks[first] & _TOLD, line.marks[after - 1] & ORGANISATION
    return (
        lowered[first:after],
        before + last,
        behind + following,
        (
            (one, beside.get(second, ""), beside.get(third, ""), beside.get(following, "")),
            (source, shape, before, behind, place),
            (cases, line.sorts[first:after], marks, ends, one),
        ),
    )


_TOLD = GIVEN | ORGANISATION


def _capitals(line: Line, first: int, after: int) -> str:
    """C for a name in capitals, X for one word with capitals inside, else nothing."""
    if line.words[first][1:].islower():
        return ""  # as nearly all names are
    name = line.name_of(first, after)
    if name.isupper():
        return "C" if len(name) > 1 else ""
    return "X" if first + 1 == after and not name[1:].islower() else ""


_SENTENCE = (".", "!", "?")


def weigh(line: Line, span: Span, source: str) -> complex:
    """The log odds of a candidate by its own words and those around it."""
    own, at_front, at_back, endings = _weights_of_words()
    words, before, behind, (sorts, place, form) = _evidence_of(line, span, source)
    weight = at_front.get(before, 0j) + at_back.get(behind, 0j) + endings[words[-1]]
    for word in words:
        if word in own:
            weight += own[word]
    return weight + _SORTS[sorts] + _PLACES[place] + _FORMS[form]


def features_of(line: Line, span: Span, source: str) -> Features:
    """The features that `weigh` sums."""
    words, before, behind, keys = _evidence_of(line, span, source)
    return (
        *(f"w {word}" for word in words),
        f"b {before}",
        f"a {behind}",
        *_ending_features(words[-1]),
        *(one for table, key in zip(_TABLES, keys, strict=True) for one in table.features(*key)),
    )
