"""A text as it is read aloud: its paragraphs, each as the sentences of it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from kindregards.core.letters.sentences import sentence_starts

LONGEST_SENTENCE = 600
"""Characters. A voice stumbles over more, and a mark over more shows nothing."""
_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")
_PAUSES = re.compile(r"(?<=[,;:–—]) ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its number in the whole text, from 0."""

    number: int
    text: str


def paragraphs(text: str) -> list[list[Sentence]]:
    """The paragraphs of a text; empty lines part them. All of its words are there, in order."""
    told: list[list[Sentence]] = []
    number = 0
    for paragraph in _PARAGRAPHS.split(text):
        sentences = _sentences(" ".join(paragraph.split()))
        if sentences:
            told.append([Sentence(number + at, one) for at, one in enumerate(sentences)])
            number += len(sentences)
    return told


def sentence(text: str, number: int) -> str | None:
    """The sentence of that number; None where there is none."""
    every = [one for paragraph in paragraphs(text) for one in paragraph]
    return every[number].text if 0 <= number < len(every) else None


def _sentences(paragraph: str) -> list[str]:
    starts = [*sentence_starts(paragraph), len(paragraph)]
    cut = (paragraph[begin:end].strip() for begin, end in itertools.pairwise(starts))
    return [piece for one in cut if one for piece in _of_bearable_length(one)]


def _of_bearable_length(one: str) -> list[str]:
    """A sentence, cut at its pauses where it is too long, else between words, else anywhere."""
    if len(one) <= LONGEST_SENTENCE:
        return [one]
    pieces = [""]
    for part in _PAUSES.split(one):
        for word in [part] if len(part) <= LONGEST_SENTENCE else part.split(" "):
            for at in range(0, len(word), LONGEST_SENTENCE):
                _add(pieces, word[at : at + LONGEST_SENTENCE])
    return [piece for piece in pieces if piece]


def _add(pieces: list[str], word: str) -> None:
    longer = f"{pieces[-1]} {word}".strip()
    if len(longer) <= LONGEST_SENTENCE:
        pieces[-1] = longer
    else:
        pieces.append(word)
