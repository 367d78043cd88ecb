"""Which next: by what followed for this person, by their wish, and with something new now and then.

A bandit. How far a mark rises is taken for a sum of what everything does for this person, what its
kind does and what its direction does, each with a normal prior around nothing: before anything is
known, nothing is promised of anything. One sample of that belief is drawn (Thompson sampling), so
what lifted them is offered more and more, and what is hardly known is tried now and then. What
suits the evening is preferred, which is no belief about what it does.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kindregards.core.speeches.speech import Direction, Evening, Speech, SpeechKind

NOISE = 1.5
"""Steps on the grid of nine by which two marks differ for no reason of the Speech. [design]"""
PRIOR_ALL, PRIOR_KIND, PRIOR_DIRECTION, PRIOR_ITSELF = 1.0, 0.7, 0.7, 0.4
SUITS, SUITS_LOW, BEGINS = 1.0, 0.6, 0.5
"""How much is added for an evening it was written for, for a quiet one at a low mark (Hunter 2011),
and for what suits a first time."""
NEW_EACH = 5
"""About every fifth choice is something not heard yet."""
NIGHT_FROM, NIGHT_TO = 22, 6
_KINDS = tuple(SpeechKind)
_DIRECTIONS = tuple(Direction)


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that was heard. `change` is the mark after minus the mark before, in steps of the
    grid, None where one of them was left out: that counts for nothing and against nothing."""

    key: str
    kind: SpeechKind
    direction: Direction
    at: datetime
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants of this choice, and the evening it is.

    `hour` is that of their own clock. `longest` is in minutes. `not_this` is what was offered just
    now and not wanted.
    """

    hour: int
    direction: Direction | None = None
    longest: float | None = None
    evenings: frozenset[Evening] = frozenset()
    is_low: bool = False
    not_this: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to hear next, and why this one, in a line."""

    speech: Speech
    why: str


def choose(
    speeches: Iterable[Speech], heard: Sequence[Heard], wish: Wish, *, seed: int
) -> Chosen | None:
    """One of them; None where nothing fits the wish. `heard` comes with the latest first.

    The same arguments give the same answer.
    """
    chance = random.Random(seed)  # noqa: S311 - for variety, not for secrets
    fitting = [one for one in speeches if _fits(one, wish)]
    put_aside = {wish.not_this, *(one.key for one in heard[:1])}
    others = [one for one in fitting if one.key not in put_aside] or fitting
    known = {one.key for one in heard}
    new = [one for one in others if one.key not in known]
    is_for_new = bool(new and heard) and chance.randrange(NEW_EACH) == 0
    if not others:
        return None
    belief = Belief(heard)
    drawn = belief.draw(chance)
    best = max(
        new if is_for_new else others,
        key=lambda one: drawn.worth(one, chance) + _preferred(one, wish, is_begun=bool(heard)),
    )
    return Chosen(best, _why(best, wish, is_new=best.key not in known, is_first=not heard))


def _fits(one: Speech, wish: Wish) -> bool:
    if wish.direction is not None and one.direction is not wish.direction:
        return False
    is_loud = one.direction is Direction.FIRE and wish.direction is None
    if is_loud and (wish.hour >= NIGHT_FROM or wish.hour < NIGHT_TO or wish.is_low):
        return False
    return wish.longest is None or (one.minutes is not None and one.minutes <= wish.longest)


def _preferred(one: Speech, wish: Wish, *, is_begun: bool) -> float:
    suits = SUITS if one.evenings & wish.evenings else 0.0
    quiet = SUITS_LOW if wish.is_low and one.direction is Direction.CALM else 0.0
    return suits + quiet + (BEGINS if one.is_first and not is_begun else 0.0)


def _why(one: Speech, wish: Wish, *, is_new: bool, is_first: bool) -> str:
    """No word of what it does: that is said from six uses on, and apart."""
    if one.evenings & wish.evenings:
        said = "It is for an evening like this one"
    elif wish.direction is not None:
        said = f"You wanted {_WANTED[wish.direction]}"
    elif wish.is_low and one.direction is Direction.CALM:
        said = "It is a quiet one"
    elif is_first:
        said = "It is a good one to begin with"
    elif is_new:
        return "You have not heard it yet."
    else:
        said = "You have heard it before, and it came up again"
    return f"{said}, and new to you." if is_new and not is_first else f"{said}."


_WANTED = {
    Direction.CALM: "something calm",
    Direction.STORY: "a story",
    Direction.FIRE: "something with fire",
}


class Belief:
    """What is believed of how far each kind and direction lifts this person, from their marks."""

    def __init__(self, heard: Sequence[Heard]) -> None:
        self._marked = [(one, one.change) for one in heard if one.change is not None]
        priors = [PRIOR_ALL, *[PRIOR_KIND] * len(_KINDS), *[PRIOR_DIRECTION] * len(_DIRECTIONS)]
        size = len(priors)
        precision = [[0.0] * size for _row in range(size)]
        weighed = [0.0] * size
        for at, prior in enumerate(priors):
            precision[at][at] = prior**-2
        for one, change in self._marked:
            shows = _shows(one.kind, one.direction)
            for row in shows:
                weighed[row] += change / NOISE**2
                for column in shows:
                    precision[row][column] += NOISE**-2
        self._root = _cholesky(precision)
        self._means = _solve_up(self._root, _solve_down(self._root, weighed))

    def lift(self, kind: SpeechKind, direction: Direction) -> float:
        """How far a mark is believed to rise after such a Speech, in steps of the grid."""
        return sum(self._means[at] for at in _shows(kind, direction))

    def draw(self, chance: random.Random) -> Drawn:
        """One sample of the belief: what it may be, as often as that is thought."""
        noise = _solve_up(self._root, [chance.gauss(0, 1) for _one in self._means])
        sampled = [mean + off for mean, off in zip(self._means, noise, strict=True)]
        return Drawn(sampled, self._of_themselves())

    def _of_themselves(self) -> dict[str, tuple[float, float]]:
        """Of each Speech that was marked: how far it differs from its like; mean, deviation."""
        off: dict[str, list[float]] = {}
        for one, change in self._marked:
            off.setdefault(one.key, []).append(change - self.lift(one.kind, one.direction))
        told = {}
        for key, each in off.items():
            precision = PRIOR_ITSELF**-2 + len(each) / NOISE**2
            told[key] = (sum(each) / NOISE**2 / precision, precision**-0.5)
        return told


@dataclass(frozen=True, slots=True)
class Drawn:
    """One sample: `sampled` in the order of `_shows`, `itself` as mean and deviation by key."""

    sampled: Sequence[float]
    itself: dict[str, tuple[float, float]]

    def worth(self, one: Speech, chance: random.Random) -> float:
        """What this Speech does in this sample."""
        mean, deviation = self.itself.get(one.key, (0.0, PRIOR_ITSELF))
        shared = sum(self.sampled[at] for at in _shows(one.kind, one.direction))
        return shared + chance.gauss(mean, deviation)


def _shows(kind: SpeechKind, direction: Direction) -> tuple[int, int, int]:
    return 0, 1 + _KINDS.index(kind), 1 + len(_KINDS) + _DIRECTIONS.index(direction)


def _cholesky(matrix: list[list[float]]) -> list[list[float]]:
    """The lower root of a positive definite matrix."""
    size = len(matrix)
    root = [[0.0] * size for _row in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - sum(
                root[row][at] * root[column][at] for at in range(column)
            )
            root[row][column] = math.sqrt(rest) if row == column else rest / root[column][column]
    return root


def _solve_down(root: list[list[float]], right: Sequence[float]) -> list[float]:
    solved: list[float] = []
    for row, wanted in enumerate(right):
        known = sum(root[row][at] * solved[at] for at in range(row))
        solved.append((wanted - known) / root[row][row])
    return solved


def _solve_up(root: list[list[float]], right: Sequence[float]) -> list[float]:
    size = len(root)
    solved = [0.0] * size
    for row in reversed(range(size)):
        known = sum(root[at][row] * solved[at] for at in range(row + 1, size))
        solved[row] = (right[row] - known) / root[row][row]
    return solved
