"""Rows of numbers, each row as one whole number, so that many rows are added up at once."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence

Row = Sequence[float]

_LANE = 64
_ONE = 1 << 32
_MIDDLE = 1 << _LANE - 1


class Lanes:
    """How rows of so many numbers stand in a whole number, in steps of 2**-32.

    Packed rows may be added; sums reach as far as 2**31 to either side.
    """

    def __init__(self, count: int) -> None:
        self._bytes = count * _LANE // 8
        self._middles = sum(_MIDDLE << lane * _LANE for lane in range(count))
        self._lanes = struct.Struct(f"<{count}Q")

    @staticmethod
    def packed(row: Row) -> int:
        """A row as one whole number."""
        return sum(round(number * _ONE) << lane * _LANE for lane, number in enumerate(row))

    def unpacked(self, packed: int) -> list[float]:
        """The row that a whole number, or the sum of some, stands for."""
        lanes = self._lanes.unpack((packed + self._middles).to_bytes(self._bytes, "little"))
        return [(lane - _MIDDLE) / _ONE for lane in lanes]


class Added(dict[tuple[str, float], int]):
    """What features, each of some value, add: `row_of` tells it, and it is packed.

    It is remembered: most features are there or not, or come in a few sizes.
    """

    def __init__(self, row_of: Callable[[str, float], Row]) -> None:
        self._row_of = row_of

    def __missing__(self, feature: tuple[str, float]) -> int:
        added = Lanes.packed(self._row_of(*feature))
        if feature[0] not in _SELDOM_ALIKE:
            self[feature] = added
        return added

    def by(self, features: Mapping[str, float]) -> int:
        """What all features add together."""
        return sum(map(self.__getitem__, features.items()))


_SELDOM_ALIKE = ("shape.length", "shape.lines")
