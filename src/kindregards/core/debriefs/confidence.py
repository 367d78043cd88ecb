"""How sure somebody may be of a cause, given what is known."""

from __future__ import annotations

from dataclasses import dataclass

# Appendix E, B8: while nobody but a form letter has spoken, no cause is held surer than this.
CAP_OF_A_FORM = 60
CERTAIN = 100


@dataclass(frozen=True, slots=True)
class Level:
    """One answer to "how sure": a figure from 0 to 100, and the words for it."""

    confidence: int
    said: str


_OPEN = (
    Level(10, "a guess"),
    Level(30, "possible"),
    Level(50, "half and half"),
    Level(70, "likely"),
    Level(90, "nearly sure"),
)
_CAPPED = (*_OPEN[:3], Level(CAP_OF_A_FORM, "rather likely"))


def cap(*, is_personal: bool, gives_reason: bool, was_answered: bool) -> int:
    """The most that a cause can be held for, 0 to 100 (appendix E, B8).

    A letter that was written to the person, one that states a reason, and an answer with advice
    each tell more than a form. With no letter at all even less is known than with one.
    """
    return CERTAIN if is_personal or gives_reason or was_answered else CAP_OF_A_FORM


def held(confidence: int, highest: int) -> int:
    """What a cause counts for under a cap; lifting the cap gives back what was said."""
    return max(0, min(confidence, highest))


def levels(highest: int) -> tuple[Level, ...]:
    """The answers offered to "how sure", none of them above the cap."""
    return _OPEN if highest >= CERTAIN else _CAPPED


def said(confidence: int, highest: int) -> str:
    """A confidence in words: those of the level that is nearest to it."""
    counted = held(confidence, highest)
    return min(levels(highest), key=lambda level: abs(level.confidence - counted)).said
