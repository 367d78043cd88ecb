"""What a person's own marks say: after, never because; nothing under six uses (R32).

Marks are the person's own notes and open to what one expects (Westermann and others 1996), so they
are shown as such and prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from kindregards.core.speeches.about_you import number
from kindregards.core.speeches.choosing import Heard
from kindregards.core.speeches.speech import Direction

ENOUGH = 6
ALL = "all of it"


@dataclass(frozen=True, slots=True)
class Lift:
    """How marks changed over some uses: the middle one, the lowest and the highest, in steps of
    the grid of nine."""

    uses: int
    middle: float
    lowest: float
    highest: float


def lift_of(changes: Iterable[float]) -> Lift | None:
    """What these changes come to; None under six of them."""
    known = sorted(changes)
    if len(known) < ENOUGH:
        return None
    return Lift(len(known), median(known), known[0], known[-1])


def lifts(heard: Sequence[Heard]) -> list[tuple[str, Lift]]:
    """The words for all of it, and for each direction that was marked six times, with its Lift."""
    told = [(ALL, lift_of(one.change for one in heard if one.change is not None))]
    for direction in Direction:
        changes = [
            one.change for one in heard if one.direction is direction and one.change is not None
        ]
        told.append((NAMES[direction], lift_of(changes)))
    return [(name, lift) for name, lift in told if lift is not None]


NAMES = {Direction.CALM: "calm", Direction.STORY: "a story", Direction.FIRE: "fire"}


def said_lift(name: str, lift: Lift) -> str:
    """Two sentences: how often, the middle and the range."""
    after = "" if name == ALL else f" around {_AROUND[name]}"
    middle = f"{_said(lift.middle)} afterwards" if lift.middle else "where it had been before"
    return (
        f"{number(lift.uses).capitalize()} times you marked before and after{after}. In the middle "
        f"your mark was {middle}; {_range(lift)}."
    )


_AROUND = {"calm": "something calm", "a story": "a story", "fire": "something with fire"}


def said_change(change: float) -> str:
    """A change of a mark as one says it: two steps higher."""
    return f"{_said(change)} than before" if change else "where it was before"


def _range(lift: Lift) -> str:
    if lift.lowest == lift.highest:
        return "each time the same"
    return f"it lay between {_end(lift.lowest)} and {_end(lift.highest)}"


def _end(change: float) -> str:
    return _said(change) if change else "the same"


def _said(change: float) -> str:
    steps = abs(change)
    whole, half = divmod(steps, 1)
    half_said = " and a half" if half else ""
    said = f"{number(int(whole))}{half_said} {'step' if steps == 1 else 'steps'}"
    if not whole:
        said = "half a step"
    return f"{said} {'higher' if change > 0 else 'lower'}"
