"""Reasons told as a story: weighed by words, and by what they are about, a sentence at a time.

No list of wordings holds "on Friday we do 140 covers and you were behind at sixty". What such
sentences share is what their words are about, and in which order; `reasons.json` holds what that
weighs, fitted by `benchmarks/fit_reasons.py` on letters of which is known whether they state a
reason, not where: a letter states one if one of its sentences does (noisy-or, as
Maron and Lozano-Pérez 1998 learn from such bags).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

from kindregards.core.letters.page import Page
from kindregards.core.letters.reading import Reason
from kindregards.core.letters.tokens import ByRun, Run

SURE = 2.0
"""Log odds from which on a sentence is told as a reason: rather missed than invented."""
FEWEST = 3
"""Words that a sentence must have to tell a reason."""
_NEAR = 6
"""So many words back one sense is looked for before another."""

Senses = Mapping[str, tuple[str, ...]]
"""By word, what it is about."""


def reason_in(page: Page, language: str) -> tuple[int, Reason] | None:
    """The number of the sentence that most likely tells a reason, if one does, and what about."""
    senses = senses_of(language)
    if not senses:
        return None
    best, start, words = max(_told(page, language), default=(SURE, 0, ()))
    return (page.sentence_at(start), _about(words, senses)) if best > SURE else None


def _told(page: Page, language: str) -> Iterator[tuple[float, int, tuple[str, ...]]]:
    weights = _weights_in(language)
    for edge, run in zip(page.tokens.edges, page.tokens.runs, strict=False):
        if edge >= page.offset and len(run.words) >= FEWEST:
            yield weights[run], edge + run.starts()[0], run.words


@cache
def _weights_in(language: str) -> ByRun[float]:
    """What each run weighs, of one language."""
    return ByRun(partial(_weight_of, senses_of(language)))


def _weight_of(senses: Senses, run: Run) -> float:
    weights = fitted_reasons()
    words, pairs = _weights_of_words()
    names = _senses_in(run.words, senses)
    return (
        weights.get("always", 0.0)
        + sum([words[word] for word in words.keys() & run.words])
        + sum([pairs[pair] for pair in pairs.keys() & pairwise(run.words)])
        + sum([weights[name] for name in names if name in weights])
    )


@cache
def _weights_of_words() -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """What words and pairs of words weigh, by themselves: no names are made of a letter's words."""
    words: dict[str, float] = {}
    pairs: dict[tuple[str, str], float] = {}
    for name, weight in fitted_reasons().items():
        first, _, second = name.removeprefix("w:").partition(" ")
        if name[:2] == "w:" and second:
            pairs[first, second] = weight
        elif name[:2] == "w:":
            words[first] = weight
    return words, pairs


def names_in(words: Sequence[str], senses: Senses) -> set[str]:
    """The words of a run, pairs of words, senses, and senses one after another, by their names."""
    pairs = map(" ".join, pairwise(words))
    return {f"w:{told}" for told in (*words, *pairs)} | _senses_in(words, senses)


def _senses_in(words: Sequence[str], senses: Senses) -> set[str]:
    names: set[str] = set()
    before: list[tuple[int, str]] = []
    for place, word in enumerate(words):
        here = senses.get(word) or (("number",) if word[0].isdigit() else ())
        for sense in here:
            names.add(f"s:{sense}")
            names.update(f"s:{other} {sense}" for at, other in before if place - at <= _NEAR)
        before += [(place, sense) for sense in here]
    return names


_ABOUT = {
    "money": Reason.SALARY,
    "place": Reason.PLACE_OR_VISA,
    "time": Reason.TIMING,
}


def _about(words: Sequence[str], senses: Senses) -> Reason:
    """What a reason is about: pay, place or time where two words speak of it, else a skill."""
    told = [sense for word in words for sense in senses.get(word, ())]
    most = max(_ABOUT, key=told.count)
    return _ABOUT[most] if told.count(most) >= 2 else Reason.SKILL


@cache
def senses_of(language: str) -> Senses:
    """The senses of a language's words; none where nobody has written them down yet."""
    import tomllib

    file = Path(__file__).parent / "senses.toml"
    senses: dict[str, list[str]] = {}
    for sense, words in tomllib.loads(file.read_text("utf-8")).get(language, {}).items():
        for word in words.split():
            senses.setdefault(word, []).append(sense)
    return {word: tuple(told) for word, told in senses.items()}


@cache
def fitted_reasons() -> Mapping[str, float]:
    """What each name weighs, in log odds; `always` is what every sentence begins with."""
    import json

    file = Path(__file__).parent / "reasons.json"
    weights: dict[str, float] = json.loads(file.read_text("utf-8"))
    return weights
