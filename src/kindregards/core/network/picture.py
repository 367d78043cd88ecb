"""The network at a glance: who was met where, how warm it is, and who is due a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_PLACES = 8
MOST_DOTS = 2_400  # in one cell; of more people a dot stands for several


class Warmth(StrEnum):
    """How long ago the last word was."""

    SEASON = "season"
    YEAR = "year"
    YEARS = "years"
    LONG = "long"
    NEVER = "never"


# In days. After three years a tie is dormant (R27); the others are our own judgement.
_WITHIN = ((90, Warmth.SEASON), (365, Warmth.YEAR), (3 * 365, Warmth.YEARS))


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody as the picture needs them: where met, days since the last word, whether due."""

    where: str
    days: int | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """How many were met there with whom the last word is as long ago, and how many are due."""

    people: int = 0
    due: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where people were met, with a Cell for each Warmth in its order."""

    where: str
    cells: tuple[Cell, ...]

    @property
    def people(self) -> int:
        """How many were met there."""
        return sum(cell.people for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Picture:
    """All places, the ones with most people first; each dot is `a_dot` people."""

    places: tuple[Place, ...]
    a_dot: int

    @property
    def most(self) -> int:
        """How many dots the fullest cell has."""
        fullest = max((cell.people for place in self.places for cell in place.cells), default=0)
        return -(-fullest // self.a_dot)


def warmth_of(days: int | None) -> Warmth:
    """How warm it is, by the days since the last word; None where there was none."""
    if days is None:
        return Warmth.NEVER
    return next((warmth for within, warmth in _WITHIN if days <= within), Warmth.LONG)


def picture_of(people: Iterable[Seen], *, the_rest: str, last: tuple[str, ...] = ()) -> Picture:
    """The picture of some people.

    At most eight places have a row of their own; further ones are told together as `the_rest`.
    Those in `last` always have one, at the end and in that order.
    """
    counted: defaultdict[str, Counter[tuple[Warmth, bool]]] = defaultdict(Counter)
    for one in people:
        counted[one.where][warmth_of(one.days), one.is_due] += 1
    named = [where for where in counted if where not in last]
    named.sort(key=lambda where: (-counted[where].total(), where.casefold()))
    if len(named) > MOST_PLACES:
        for where in named[MOST_PLACES - 1 :]:
            counted[the_rest].update(counted.pop(where))
        named = [*named[: MOST_PLACES - 1], the_rest]
    rows = [*named, *(where for where in last if where in counted)]
    places = tuple(Place(where, _cells(counted[where])) for where in rows)
    fullest = max((cell.people for place in places for cell in place.cells), default=0)
    return Picture(places, max(1, -(-fullest // MOST_DOTS)))


def _cells(counted: Counter[tuple[Warmth, bool]]) -> tuple[Cell, ...]:
    return tuple(
        Cell(counted[warmth, True] + counted[warmth, False], counted[warmth, True])
        for warmth in Warmth
    )
