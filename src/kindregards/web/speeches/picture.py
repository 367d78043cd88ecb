"""The picture of one's own marks over time: a line for each listening, from before to after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kindregards.core.mood import GRID
from kindregards.web.models import Listening

MOST = 40
"""Listenings in the picture, the latest ones."""
STEP, MARGIN, TOP, ROW = 26, 34, 16, 22  # of the drawing's own units


@dataclass(frozen=True, slots=True)
class Point:
    """One listening: where it stands in the drawing, and what was marked."""

    x: int
    before_y: int | None
    after_y: int
    before: int | None
    after: int
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing: its points from the earliest on, its size and its lines."""

    points: list[Point]
    width: int
    height: int
    lines: list[tuple[int, int]]


def of(latest_first: Sequence[Listening]) -> Picture | None:
    """The picture of listenings that have a mark after; None where there is none."""
    points = [
        _point(at, one, one.after.pleasure)
        for at, one in enumerate(reversed(latest_first))
        if one.after is not None and one.after.pleasure is not None
    ]
    if not points:
        return None
    width = max(320, MARGIN + STEP * len(points) + 10)
    return Picture(points, width, _y(1) + TOP, [(mark, _y(mark)) for mark in (1, 5, GRID)])


def _point(at: int, one: Listening, after: int) -> Point:
    before = one.before.pleasure if one.before else None
    return Point(
        x=MARGIN + STEP // 2 + STEP * at,
        before_y=_y(before) if before else None,
        after_y=_y(after),
        before=before,
        after=after,
        title=one.title,
        at=one.began_at,
    )


def _y(mark: int) -> int:
    return TOP + (GRID - mark) * ROW
