"""How an answer reads once it is written down: pace, fillers, and what its sentences tell.

The usual ranges are conventions and company figures, not proven ideals (R34): pages say so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
FILLER = re.compile(
    r"(?<![\w'’-])(?:u+[hm]+|e+r+m*|h+m+|mhm|you know|i mean|sort of|kind of|, like,)(?![\w'’-])",
    re.I,
)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
FEWEST_WORDS = 20  # below it a pace or a share says nothing


class Part(StrEnum):
    """What a sentence of a story tells."""

    SITUATION = "situation"
    AIM = "aim"
    ACTION = "action"
    RESULT = "result"


# The later one wins where a sentence fits several: a result is often told with an action.
_CUES = (
    (
        Part.AIM,
        re.compile(
            r"\b(?:my (?:job|task|part|role) was|i (?:had|needed|was asked|was supposed) to"
            r"|i was (?:responsible|in charge)|the (?:goal|aim|task|plan) was"
            r"|we (?:had|needed) to)\b",
            re.I,
        ),
    ),
    (
        Part.ACTION,
        re.compile(
            r"\b(?:(?:so|then|first|next|after that|instead|also|and)?,? ?i (?:also |then |first |"
            r"quickly |personally |finally )?(?!(?:was|had|needed|felt|thought|knew|liked)\b)"
            r"(?:[a-z]+ed|went|took|made|built|wrote|met|spoke|told|gave|set|began|drew|found|cut|"
            r"ran|led|kept|put|sat|brought|chose|taught|sent|got|did|held|saw to|broke))\b",
            re.I,
        ),
    ),
    (
        Part.RESULT,
        re.compile(
            r"\b(?:as a result|in the end|the result|since then|ever since|that (?:way|meant|led)"
            r"|which (?:meant|led|saved|cut|brought)|from then on|afterwards|(?:it|this|that) "
            r"(?:worked|saved|helped|cut|doubled|halved|paid)|went (?:up|down)|(?:rose|fell|"
            r"dropped|grew|went) (?:from|by|to)|we (?:delivered|finished|kept|won|saved|opened on)"
            r"|i learned|today i|per ?cent)\b|\d ?%",
            re.I,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Speaking:
    """What the words of an answer tell.

    a_minute, fillers: words and fillers a minute, None where the time is unknown or there are too
    few words. parts: each sentence with what it tells; share: that of the words which tell action
    or result, from 0 to 1, None for too few words.
    """

    words: int
    a_minute: int | None
    fillers: float | None
    parts: Sequence[tuple[Part, str]]
    share: float | None


def spoken(text: str, seconds: float | None) -> Speaking:
    """What the words tell; `seconds` from the first word to the last, None where none was heard."""
    words = len(WORD.findall(text))
    parts = _parts(text)
    if words < FEWEST_WORDS:
        return Speaking(words, None, None, parts, None)
    told = sum(_length(said) for part, said in parts if part in {Part.ACTION, Part.RESULT})
    minutes = seconds / 60 if seconds else None
    return Speaking(
        words,
        round(words / minutes) if minutes else None,
        round(len(FILLER.findall(text)) / minutes, 1) if minutes else None,
        parts,
        told / words,
    )


def _parts(text: str) -> list[tuple[Part, str]]:
    """Each sentence with what it tells; one without a sign of its own goes on with the last."""
    found: list[tuple[Part, str]] = []
    part = Part.SITUATION
    for match in SENTENCE.finditer(text):
        said = match.group().strip()
        if not WORD.search(said):
            continue
        for cue, pattern in _CUES:
            if pattern.search(said):
                part = cue
        found.append((part, said))
    return found


def _length(text: str) -> int:
    return len(WORD.findall(text))
