"""The sentence of a letter that holds the words somebody looks for, with those words marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kindregards.core.letters.sentences import sentence_starts

LONGEST_SENTENCE = 260
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text; `is_found` where it is one of the words looked for."""

    text: str
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    word: str


def found_sentence(text: str, words: Sequence[str]) -> tuple[Part, ...]:
    """The sentence of the text with most of the words, in parts; () where it has none of them.

    A word is found where one begins with it; case, accents and ß or ss do not matter. A long
    sentence is cut around the first word found, with "…" where it was cut.
    """
    hits = list(_hits(text, [_plain(word) for word in words if word]))
    if not hits:
        return ()
    starts = [*sentence_starts(text), len(text)]
    best = max(
        pairwise(starts),
        key=lambda span: len({one.word for one in hits if span[0] <= one.start < span[1]}),
    )
    within = [one for one in hits if best[0] <= one.start < best[1]]
    whole = _trimmed(text, *best)
    start, end = _cut(text, *whole, within[0])
    return tuple(_parts(text, start, end, within, was_cut=(start > whole[0], end < whole[1])))


def _hits(text: str, words: Sequence[str]) -> Iterator[_Hit]:
    for found in _WORD.finditer(text):
        plain = _plain(found.group())
        for word in words:
            if plain.startswith(word):
                yield _Hit(found.start(), found.end(), word)
                break


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int, first: _Hit) -> tuple[int, int]:
    if end - start <= LONGEST_SENTENCE:
        return start, end
    from_here = max(start, first.start - LONGEST_SENTENCE // 3)
    if from_here > start:
        blank = text.find(" ", from_here, first.start)
        from_here = blank + 1 if blank >= 0 else first.start
    until = min(end, max(from_here + LONGEST_SENTENCE, first.end))
    if until < end:
        blank = text.rfind(" ", first.end, until)
        until = blank if blank >= 0 else until
    return from_here, until


def _parts(
    text: str, start: int, end: int, hits: Sequence[_Hit], *, was_cut: tuple[bool, bool]
) -> Iterator[Part]:
    at = start
    if was_cut[0]:
        yield Part("… ")
    for hit in hits:
        if not start <= hit.start < hit.end <= end:
            continue
        if hit.start > at:
            yield Part(text[at : hit.start])
        yield Part(text[hit.start : hit.end], is_found=True)
        at = hit.end
    if at < end:
        yield Part(text[at:end])
    if was_cut[1]:
        yield Part(" …")


@lru_cache(maxsize=16384)
def _plain(word: str) -> str:
    """A word without case and accents: what is looked for and what stands there alike."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
