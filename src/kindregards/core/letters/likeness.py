"""Whether two letters are the same form, sent to different people or for different roles."""

from __future__ import annotations

import re

# Shared runs of three words out of those of the shorter letter: two fillings of one form keep well
# over half of them even with long names, two forms of one sender hardly a quarter. [design]
SAME_FORM_FROM = 0.5
_HALF = 0.5
_RUN = 3
_MOST_WORDS = 4000


def same_form(one: str, other: str) -> bool:
    """Whether the cleaned texts of two letters are one form with other names and days in it."""
    return likeness(one, other) >= SAME_FORM_FROM


def likeness(one: str, other: str) -> float:
    """How many runs of three words two texts share, from 0 to 1; numbers count as alike.

    Texts of which one is not half as long as the other have nothing in common.
    """
    shorter, longer = sorted((_runs(one), _runs(other)), key=len)
    if not shorter or len(shorter) < _HALF * len(longer):
        return 0.0
    return len(shorter & longer) / len(shorter)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.sub(r"\d+", "0", text.casefold())
    kept = re.findall(r"\w+", words)[:_MOST_WORDS]
    if len(kept) < _RUN:
        return frozenset([tuple(kept)] if kept else [])
    return frozenset(tuple(kept[at : at + _RUN]) for at in range(len(kept) - _RUN + 1))
