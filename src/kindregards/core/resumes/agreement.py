"""Where readers agree: what two or more say of the same words comes first (R37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kindregards.core.resumes.remarks import Kind, Remark, fits

SHARED = 0.5  # of the shorter words lie in the longer ones [design]


@dataclass(frozen=True, slots=True)
class Group:
    """Comments on much the same words that say much the same, in the order of the text.

    `readers` counts those who say it; `others_like_it` those who marked these words as good.
    """

    remarks: tuple[Remark, ...]
    readers: int
    others_like_it: int = 0

    @property
    def start(self) -> int:
        """Where the words begin."""
        return min(one.start for one in self.remarks)

    @property
    def end(self) -> int:
        """Where the words end."""
        return max(one.end for one in self.remarks)

    @property
    def agrees(self) -> bool:
        """Whether two readers or more say it."""
        return self.readers > 1

    @property
    def is_praise(self) -> bool:
        """Whether it says that the words are good."""
        return self.remarks[0].kind is Kind.GOOD


def groups(remarks: Sequence[Remark]) -> list[Group]:
    """Put comments together that agree, and give those first which most readers share.

    Praise that readers share comes after what they would change. Comments of one reader on the same
    words are no agreement. The same in whatever order they are given.
    """
    ordered = sorted(remarks, key=lambda one: (one.start, one.end, one.key))
    praise = [one for one in ordered if one.kind is Kind.GOOD]
    others = [one for one in ordered if one.kind is not Kind.GOOD]
    told = [
        *(_told(together, praise) for together in _together(others)),
        *(_told(together, others) for together in _together(praise)),
    ]
    return sorted(told, key=lambda one: (one.is_praise, -one.readers, one.start, one.end))


def _told(together: list[Remark], opposed: Sequence[Remark]) -> Group:
    """The comments as one; `opposed` are those of the other sort, praise or not."""
    start, end = min(one.start for one in together), max(one.end for one in together)
    near = [other for other in opposed if other.start < end and other.end > start]
    against = {other.reader for other in near if any(_share(one, other) for one in together)}
    return Group(tuple(together), len({one.reader for one in together}), len(against))


def _together(ordered: Sequence[Remark]) -> list[list[Remark]]:
    """Each comment with those that it agrees with, so that nothing stands twice."""
    found: list[list[Remark]] = []
    reached: list[list[Remark]] = []  # those that a later comment can still belong to
    for one in ordered:
        reached = [group for group in reached if max(two.end for two in group) > one.start]
        fitting = (group for group in reached if all(_agrees(one, two) for two in group))
        group = next(fitting, None)
        if group is None:
            group = []
            found.append(group)
            reached.append(group)
        group.append(one)
    return found


def _agrees(one: Remark, other: Remark) -> bool:
    return fits(one.kind, other.kind) and _share(one, other)


def _share(one: Remark, other: Remark) -> bool:
    """Whether two spans are about the same words."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return shared > 0 and shared >= SHARED * shorter
