"""Reasons that employers stated, and which of them come back (R24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kindregards.core.letters.reading import Reason

RECURS_FROM = 2
"""From so many employers on a reason is said to come back."""
NOT_ABOUT_YOU = frozenset({Reason.TIMING, Reason.INTERNAL_CANDIDATE, Reason.ROLE_CHANGED})
# These say that somebody else was chosen, or nothing that could be counted with others.
NOT_TOLD_APART = frozenset({Reason.STRONGER_CANDIDATE, Reason.OTHER})


@dataclass(frozen=True, slots=True)
class Stated:
    """One reason as one letter states it, word for word. `letter` is the letter's number."""

    reason: Reason
    quote: str
    employer: str
    letter: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Recurring:
    """One reason and everybody who stated it, the latest first."""

    reason: Reason
    stated: tuple[Stated, ...]

    @property
    def employers(self) -> int:
        """How many different employers stated it; those without a name count as one."""
        return len({one.employer.casefold() for one in self.stated})

    @property
    def recurs(self) -> bool:
        """Whether two employers or more stated the same."""
        return self.employers >= RECURS_FROM and self.reason not in NOT_TOLD_APART

    @property
    def is_about_you(self) -> bool:
        """Whether anything could be done about it."""
        return self.reason not in NOT_ABOUT_YOU


def reasons_given(stated: Iterable[Stated]) -> tuple[Recurring, ...]:
    """The stated reasons, those of most employers first; in any order the same."""
    found: dict[Reason, list[Stated]] = {}
    for one in sorted(stated, key=lambda one: (one.at, one.letter, one.quote), reverse=True):
        found.setdefault(one.reason, []).append(one)
    grouped = [Recurring(reason, tuple(all_of_it)) for reason, all_of_it in found.items()]
    return tuple(sorted(grouped, key=lambda one: (-one.employers, list(Reason).index(one.reason))))
