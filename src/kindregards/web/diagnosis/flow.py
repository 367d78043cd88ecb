"""The flow of applications as a drawing: how many came to each stage, and how the others ended.

It is drawn twice: across for wide pages, and downwards for phones, so that its words keep their
size. A place is in the drawing's own units.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kindregards.core.diagnosis import Diagnosis, End, StageCount
from kindregards.core.diagnosis.saying import PLURALS, SINGULARS, counted
from kindregards.core.letters.reading import Stage

ENDS = {
    End.SILENCE: "in silence",
    End.LETTER: "by letter",
    End.OPEN: "open",
    End.WITHDRAWN: "withdrawn",
}
# The colours of a picture to keep: what others see names no weakness.
PAINT = {
    "bar": "#1c5a4a", "bar-end": "#646b61", "bar-look": "#646b61",
    "on": "#b9cfc4", "end": "#d6d7cf", "look": "#d6d7cf",
}  # fmt: skip
LOST = frozenset({End.LETTER, End.SILENCE})
HERE = "This is where to look."
BAR = 6
THINNEST = 1.0
ONE_LINE = 100  # characters


@dataclass(frozen=True, slots=True)
class Shape:
    """A stream or a bar: its class in the style sheet and its outline."""

    kind: str
    path: str

    @property
    def fill(self) -> str:
        """Its colour in a picture to keep."""
        return PAINT[self.kind]


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place; `many` stands before them in bold. `is_here` marks where to look."""

    x: str
    y: str
    words: str
    many: str = ""
    is_here: bool = False


@dataclass(slots=True)
class Drawing:
    """Everything that is drawn, and what it says to those who cannot see it."""

    width: float
    height: float
    told: str
    shapes: list[Shape] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def bar(self, kind: str, x: float, y: float, width: float, height: float) -> None:
        """Add an upright or level bar."""
        self.shapes.append(Shape(kind, f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}Z"))

    def say(self, x: float, y: float, words: str, many: int | None = None) -> None:
        """Add words with a number before them."""
        told = f"{many:,}" if many is not None else ""
        self.labels.append(Label(f"{x:.1f}", f"{y:.1f}", words, told, is_here=many is None))


def told_of(found: Diagnosis) -> str:
    """The flow as a sentence."""
    reached = [counted(count.reached, count.stage) for count in found.stages if count.reached]
    silent = sum(count.of(End.SILENCE) for count in found.stages)
    letters = sum(count.of(End.LETTER) for count in found.stages)
    return (
        f"{', '.join(reached).capitalize()}. {letters:,} ended by letter and {silent:,} in silence."
    )


def is_looked_at(found: Diagnosis, stage: Stage) -> bool:
    """Whether this is a stage at which a weakness is named."""
    if found.weak is None:
        return False
    order = list(Stage)
    passage = found.weak.passage
    return order.index(passage.start) <= order.index(stage) < order.index(passage.to)


def drawn(found: Diagnosis) -> list[StageCount]:
    """The stages that somebody reached."""
    return [count for count in found.stages if count.reached]


def ends_of(count: StageCount) -> list[tuple[End, int]]:
    """How those ended that came no further, in the order in which they are drawn."""
    return [(end, count.of(end)) for end in ENDS if count.of(end)]


def kinds(found: Diagnosis, stage: Stage, end: End) -> tuple[str, str]:
    """The classes of a stream that ends and of its bar."""
    looked_at = is_looked_at(found, stage) and end in LOST
    return ("look", "bar-look") if looked_at else ("end", "bar-end")


def stage_words(count: StageCount) -> str:
    """What a stage is called beside its number."""
    return (SINGULARS if count.reached == 1 else PLURALS)[count.stage]


def shortened(words: str) -> str:
    """As many of the words as one line of a picture holds."""
    return words if len(words) <= ONE_LINE else f"{words[: ONE_LINE - 1].rstrip(' ,')}…"


# Across -----------------------------------------------------------------------------------------

_WIDE, _TALLEST, _THICKEST = 936.0, 200.0, 12.0
_TOP, _FIRST_GAP, _GAP, _WIDEST_STEP = 40.0, 38.0, 24.0, 300.0


def across(found: Diagnosis) -> Drawing:
    """The flow from left to right."""
    stages = drawn(found)
    drawing = Drawing(_WIDE, _TOP, told_of(found))
    if not stages:
        return drawing
    unit = min(_THICKEST, _TALLEST / stages[0].reached)
    columns = len(stages) if ends_of(stages[-1]) else len(stages) - 1
    step = min(_WIDEST_STEP, (_WIDE - 88) / max(1, columns))
    for place, count in enumerate(stages):
        after = stages[place + 1] if place + 1 < len(stages) else None
        _across_one(drawing, found, count, after, place * step, step, unit)
    return drawing


def _across_one(
    drawing: Drawing,
    found: Diagnosis,
    count: StageCount,
    after: StageCount | None,
    x: float,
    step: float,
    unit: float,
) -> None:
    drawing.bar("bar", x, _TOP, BAR, max(THINNEST, count.reached * unit))
    drawing.say(x, _TOP - 14, stage_words(count), count.reached)
    begin, y = x + BAR, _TOP
    if after is not None:
        thick = after.reached * unit
        drawing.shapes.append(Shape("on", _band(begin, y, x + step, y, thick)))
        y += thick
    there = max(y, _TOP + 4) + _FIRST_GAP
    for end, many in ends_of(count):
        stream, bar = kinds(found, count.stage, end)
        thick = max(THINNEST, many * unit)
        drawing.shapes.append(Shape(stream, _band(begin, y, x + step, there, thick)))
        drawing.bar(bar, x + step, there, BAR, max(3.0, thick))
        drawing.say(x + step + 16, there + thick / 2 + 5, ENDS[end], many)
        y += many * unit
        there += max(thick, 14) + _GAP
    drawing.height = max(drawing.height, there, _TOP + count.reached * unit + 8)
    if found.weak is not None and found.weak.passage.start is count.stage:
        drawing.say(x + step + 16, there + 4, HERE)
        drawing.height = max(drawing.height, there + 14)


def _band(x: float, y: float, to_x: float, to_y: float, thick: float) -> str:
    """A stream of one thickness from left to right."""
    middle = (x + to_x) / 2
    return (
        f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
        f"v{thick:.1f}C{middle:.1f} {to_y + thick:.1f} {middle:.1f} {y + thick:.1f} "
        f"{x:.1f} {y + thick:.1f}Z"
    )


# Downwards --------------------------------------------------------------------------------------

_NARROW, _TRUNK, _THICKEST_DOWN, _END_X = 328.0, 110.0, 12.0, 150.0
_BELOW_BAR, _BETWEEN, _BEFORE_NEXT, _TALL_ENOUGH = 18.0, 12.0, 22.0, 18.0


def downwards(found: Diagnosis) -> Drawing:
    """The flow from top to bottom: who goes on stays at the left, the others leave to the right."""
    stages = drawn(found)
    drawing = Drawing(_NARROW, 0, told_of(found))
    if not stages:
        return drawing
    unit = min(_THICKEST_DOWN, _TRUNK / stages[0].reached)
    y = 4.0
    for place, count in enumerate(stages):
        after = stages[place + 1] if place + 1 < len(stages) else None
        y = _down_one(drawing, found, count, after, y, unit)
    drawing.height = y
    return drawing


def _down_one(
    drawing: Drawing,
    found: Diagnosis,
    count: StageCount,
    after: StageCount | None,
    y: float,
    unit: float,
) -> float:
    """One stage and what leaves it; gives the height at which the next one begins."""
    wide = max(THINNEST, count.reached * unit)
    drawing.bar("bar", 0, y, wide, BAR)
    drawing.say(wide + 8, y + 8, stage_words(count), count.reached)
    begin, right, there = y + BAR, count.reached * unit, y + BAR + _BELOW_BAR
    for end, many in ends_of(count):
        stream, bar = kinds(found, count.stage, end)
        thick = max(THINNEST, many * unit)
        drawing.shapes.append(Shape(stream, _bend(right, begin, _END_X, there, thick)))
        drawing.bar(bar, _END_X, there, BAR, max(3.0, thick))
        drawing.say(_END_X + 14, there + thick / 2 + 5, ENDS[end], many)
        right -= many * unit
        there += max(thick, _TALL_ENOUGH) + _BETWEEN
    if found.weak is not None and found.weak.passage.start is count.stage:
        drawing.say(_END_X + 14, there + 6, HERE)
        there += 22
    if after is not None:
        there += _BEFORE_NEXT - _BETWEEN
        drawing.bar("on", 0, begin, max(THINNEST, after.reached * unit), there - begin)
    return there


def _bend(right: float, y: float, to_x: float, to_y: float, thick: float) -> str:
    """A stream that comes down and turns to the right."""
    left, low = right - thick, to_y + thick
    return (
        f"M{left:.1f} {y:.1f}C{left:.1f} {low:.1f} {left:.1f} {low:.1f} {to_x:.1f} {low:.1f}"
        f"v{-thick:.1f}C{right:.1f} {to_y:.1f} {right:.1f} {to_y:.1f} {right:.1f} {y:.1f}Z"
    )
