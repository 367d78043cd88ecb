"""The two meters of a letter, kept apart: courtesy and neediness (R10)."""

from __future__ import annotations

from collections.abc import Sequence

from kindregards.core.outreach.cues import Lexicon
from kindregards.core.outreach.prose import Prose
from kindregards.core.outreach.signs import sign_need
from kindregards.core.outreach.wording import Hit

# Mean politeness of requests that contain the marker, in standard units
# (Danescu-Niculescu-Mizil et al., ACL 2013). An ordering, not a measure; one count a marker.
MARKERS = {
    "gratitude": 0.87,
    "deference": 0.78,
    "by_the_way": 0.63,
    "please": 0.49,
    "could_you": 0.47,
    "greeting": 0.43,
    "apologising": 0.36,
    "hedges": 0.14,
    "positive": 0.12,
    "first_person_start": 0.12,
    "can_you": 0.09,
    "first_plural": 0.08,
    "first_person": 0.08,
    "second_person": 0.05,
    "negative": -0.13,
    "direct_question": -0.27,
    "please_start": -0.30,
    "second_person_start": -0.30,
    "factuality": -0.38,
    "direct_start": -0.43,
}


def courtesy(prose: Prose, lexicon: Lexicon) -> float:
    """How courteous the letter is, by the markers it has: an ordering, about -2 to 5."""
    shown = {name for name, pattern in lexicon.markers.items() if pattern.search(prose.folded)}
    if prose.greeting:
        shown.add("greeting")
    for told in prose.sentences:
        shown |= _starts(told.text, lexicon)
    return round(sum(MARKERS[name] for name in shown if name in MARKERS), 2)


def _starts(sentence: str, lexicon: Lexicon) -> set[str]:
    starts = {
        "first_person_start": "first_person",
        "second_person_start": "second_person",
        "please_start": "please",
        "direct_question": "question_word",
        "direct_start": "direct_word",
    }
    return {name for name, marker in starts.items() if lexicon.markers[marker].match(sentence)}


def neediness(prose: Prose, found: Sequence[Hit], lexicon: Lexicon) -> int:
    """How much the letter pleads and presses: the points of its cues and signs (F2), from 0 up.

    A rule counts once a sentence, with its heaviest wording; each apology after the first is one.
    """
    heaviest: dict[tuple[int, str], int] = {}
    for hit in found:
        place = (hit.sentence.start, hit.cue.rule)
        heaviest[place] = max(hit.cue.need, heaviest.get(place, 0))
    return sum(heaviest.values()) + _apologies(found) + sign_need(prose, lexicon)


def _apologies(found: Sequence[Hit]) -> int:
    return max(0, sum(hit.cue.rule == "apology" for hit in found) - 1)
