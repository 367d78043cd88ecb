"""The grid of nine by nine: where a mark can be made, and what each place is called."""

from __future__ import annotations

from dataclasses import dataclass

from kindregards.core.mood import GRID
from kindregards.web.models import Mood

MIDDLE = (GRID + 1) // 2


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: 1 to 9 from unpleasant to pleasant, 1 to 9 from sleepy to wide awake."""

    pleasure: int
    energy: int
    is_marked: bool = False

    @property
    def value(self) -> str:
        """As a form sends it."""
        return f"{self.pleasure}-{self.energy}"

    @property
    def label(self) -> str:
        """As it is read aloud."""
        return f"pleasant {self.pleasure} of {GRID}, awake {self.energy} of {GRID}"

    @property
    def is_middle(self) -> bool:
        """Whether keys begin here."""
        return self.pleasure == self.energy == MIDDLE


def spots(marked: Mood | None = None) -> list[Spot]:
    """Every place in reading order: wide awake on top, unpleasant on the left."""
    at = (marked.pleasure, marked.energy) if marked else None
    return [
        Spot(pleasure, energy, at == (pleasure, energy))
        for energy in range(GRID, 0, -1)
        for pleasure in range(1, GRID + 1)
    ]
