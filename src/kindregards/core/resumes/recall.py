"""What stayed with a reader after the first seconds, beside what most look at then (R38)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kindregards.core.resumes.first_look import FirstLook

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SHORTEST = 4  # letters; shorter words stand in any sentence
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDING = 2  # letters that the forms of one word may differ in
_IN_ANY_RESUME = {
    "years", "work", "worked", "working", "company", "team", "with", "from", "their", "they",
    "were", "university", "college", "school", "degree", "senior", "junior", "present", "today",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recall:
    """Of the six things, those that the reader named, and those that they did not."""

    named: tuple[str, ...]
    not_named: tuple[str, ...]


def recalled(look: FirstLook, words: str) -> Recall | None:
    """Which of the things that a first look finds are named in what the reader remembers.

    A thing counts as named when one telling word of it, or one of its years, is there. Things that
    the resume does not show are left out. None where the reader remembers nothing, or the resume
    shows none of the six.
    """
    said = {word.casefold() for word in _WORD.findall(words)}
    shown = [one for one in look.seen if one.words]
    if not said or not shown:
        return None
    named = tuple(
        one.what for one in shown if any(_is_in(told, said) for told in _telling(one.words))
    )
    return Recall(named, tuple(one.what for one in shown if one.what not in named))


def _telling(words: str) -> Iterator[str]:
    for word in _WORD.findall(words):
        folded = word.casefold()
        is_telling = len(word) >= _SHORTEST and folded not in _IN_ANY_RESUME
        if _YEAR.fullmatch(word) or (word.isalpha() and is_telling):
            yield folded


def _is_in(told: str, said: set[str]) -> bool:
    if told in said or told.isdigit():
        return told in said
    stem = told[: max(_SHORTEST, len(told) - _ENDING)]
    return any(one.startswith(stem) and len(one) <= len(told) + _ENDING for one in said)
