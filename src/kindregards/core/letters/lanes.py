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

    def packed(self, row: Row) -> int:
        """A row as one whole number."""
        lanes = self._lanes.pack(*[round(number * _ONE) + _MIDDLE for number in row])
        return int.from_bytes(lanes, "little") - self._middles

    def unpacked(self, packed: int) -> list[float]:
        """The row that a whole number, or the sum of some, stands for."""
        lanes = self._lanes.unpack((packed + self._middles).to_bytes(self._bytes, "little"))
        return [(lane - _MIDDLE) / _ONE for lane in lanes]


class Added(dict[tuple[str, float], int]):
    """What features, each of some value, add: `row_of` tells it, and it is packed.

    It is remembered: most features are there or not, or come in a few sizes. Those of any size
    add as much more as they are greater.
    """

    def __init__(self, lanes: Lanes, row_of: Callable[[str, float], Row]) -> None:
        self._lanes = lanes
        self._row_of = row_of
        self._of_any_size = {name: row_of(name, 1.0) for name in _OF_ANY_SIZE}

    def __missing__(self, feature: tuple[str, float]) -> int:
        self[feature] = added = self._lanes.packed(self._row_of(*feature))
        return added

    def by(self, features: Mapping[str, float], start: int = 0) -> list[float]:
        """What all features add together to a packed row, as a row."""
        sized = [one for one in features.items() if one[0] not in _OF_ANY_SIZE]
        totals = self._lanes.unpacked(sum(map(self.__getitem__, sized), start))
        for name, row in self._of_any_size.items():
            if value := features.get(name):
                totals = [total + value * each for total, each in zip(totals, row, strict=True)]
        return totals


_OF_ANY_SIZE = ("shape.length", "shape.lines")
