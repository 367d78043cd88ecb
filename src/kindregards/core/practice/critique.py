"""A critique speaks of the answer: what was said, what it did, what to try instead (R35).

Words about the person instead of the answer do harm more often than good (evidence Q7.2); they are
sent back, gently, with the words that show it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kindregards.core.practice.rubric import Competency, rubric

_SPEAKING = (
    r"(?:say|tell|talk|speak|answer|describ|explain|giv|begin|start|end|mention|rush|paus|go)\w*ing"
)
_IS = r"\byou(?:['’]re|\s+(?:are|were|seem|sound|came across as))\s+"
_HOW = r"(?:(?:just|really|very|too|so|a bit)\s+)*"
_ABOUT_PERSON = re.compile(
    rf"{_IS}{_HOW}(?!{_SPEAKING}\b|not\b|asked\b|right\b)(?:(?:a|an)\s+)?[a-z'’-]+"
    r"|\byou\s+(?:always|never)\s+[a-z'’-]+"
    r"|\byour\s+(?:personality|character|attitude|looks|voice)\b"
    rf"|\b(?:s?he|they)(?:['’]s|['’]re|\s+(?:is|are|was|were))\s+{_HOW}"
    r"(?:shy|arrogant|boring|cold|nervous|weak|lazy|stupid|smart|great|brilliant|unlikable|nice)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A competency that two people rate apart: own and theirs, levels from 1 to 5."""

    competency: Competency
    own: int
    theirs: int


def about_person(text: str) -> str:
    """The first words that speak of the person instead of the answer; "" for none."""
    found = _ABOUT_PERSON.search(text)
    return " ".join(found.group().split()) if found else ""


def differences(own: Mapping[str, int], theirs: Mapping[str, int]) -> list[Difference]:
    """Where two ratings are apart, the widest first; what only one of them rated is left out."""
    both = [
        Difference(one, own[one.name], theirs[one.name])
        for one in rubric()
        if one.name in own and one.name in theirs and own[one.name] != theirs[one.name]
    ]
    return sorted(both, key=lambda one: -abs(one.own - one.theirs))
