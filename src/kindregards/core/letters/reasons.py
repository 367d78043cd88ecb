"""Reasons told as a story: weighed by words, and by what they are about, a sentence at a time.

No list of wordings holds "on Friday we do 140 covers and you were behind at sixty". What such
sentences share is what their words are about, and in which order; `reasons.json` holds what that
weighs, fitted by `benchmarks/fit_reasons.py` on letters of which is known whether they state a
reason, not where: a letter states one if one of its sentences does (noisy-or, as
Maron and Lozano-Pérez 1998 learn from such bags).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from kindregards.core.letters.page import Page
from kindregards.core.letters.reading import Reason

SURE = 1.5
"""Log odds from which on a sentence is told as a reason: rather missed than invented."""
_FEWEST = 3
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
    best = max(_told(page, language), default=(SURE, 0, ()))
    if best[0] <= SURE:
        return None
    _, start, run = best
    return page.sentence_at(start), _about(run, senses)


def _told(page: Page, language: str) -> Iterator[tuple[float, int, tuple[str, ...]]]:
    for number, run in page.tokens.runs:
        if len(run) >= _FEWEST and (weight := _weight_of(run, language)) > SURE:
            start = page.tokens.starts_in(number)[0]
            if start >= page.offset:
                yield weight, start, run


@lru_cache(maxsize=16384)  # forms, footers and greetings come again
def _weight_of(run: tuple[str, ...], language: str) -> float:
    weights = fitted_reasons()
    names = names_in(run, senses_of(language))
    return weights.get("always", 0.0) + sum(map(weights.get, names & weights.keys()))


def names_in(run: tuple[str, ...], senses: Senses) -> set[str]:
    """The words of a run, pairs of words, senses, and senses one after another, by their names."""
    names = {f"w:{word}" for word in run}
    names.update(f"w:{first} {second}" for first, second in pairwise(run))
    before: list[tuple[int, str]] = []
    for place, word in enumerate(run):
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


def _about(run: tuple[str, ...], senses: Senses) -> Reason:
    """What a reason is about: pay, place or time where two words speak of it, else a skill."""
    told = [sense for word in run for sense in senses.get(word, ())]
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
