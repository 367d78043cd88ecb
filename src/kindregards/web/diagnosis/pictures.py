"""Small drawings beside the flow: each rate beside the usual one, days at a stage, answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kindregards.core.debriefs.words import WENT
from kindregards.core.diagnosis import (
    ComesBack,
    Diagnosis,
    Pace,
    Passing,
    Remembered,
    Route,
    Share,
    Split,
)
from kindregards.core.diagnosis.differences import TITLES, group_title, told
from kindregards.core.diagnosis.saying import hundreds, titled
from kindregards.core.diagnosis.told import by_talks
from kindregards.core.letters.reading import Stage
from kindregards.web.diagnosis.queries import Asked

DOTS_DRAWN = 60
LONGEST_DAYS = 30
MOST_IN_A_ROW = 12
BEST = 5  # of 5 an answer can go
_ROOMS = (25, 50, 100)
STAGES = {
    Stage.APPLICATION: "After applying",
    Stage.SCREEN: "After a first call",
    Stage.INTERVIEW: "After an interview",
    Stage.FINAL: "After the final interview",
}


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate as two bars, one's own and the usual one, in percent of the room that all share.

    One's own is solid as far as it is at least, and pale to where it is at most.
    """

    title: str
    counts: str
    at_least: str
    at_most: str
    usual_width: str
    said: str
    usual: str
    means: str
    is_weak: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One split as lines beside one another, and what is told of them."""

    title: str
    passage: str
    said: str
    differs: bool
    lines: list[RateLine]


@dataclass(frozen=True, slots=True)
class DaysLine:
    """The days at one stage, as bars in percent of the longest."""

    title: str
    on: str
    on_width: str
    on_many: int
    no: str
    no_width: str
    no_many: int


@dataclass(frozen=True, slots=True)
class Dot:
    """One request for advice at its place, and whether it was answered."""

    x: int
    y: int
    is_yes: bool


@dataclass(frozen=True, slots=True)
class DotRow:
    """Some dots beside one another, and how wide they are together."""

    width: int
    dots: list[Dot]


Time = tuple[Remembered, str, DotRow]


def rate_lines(found: Diagnosis) -> list[RateLine]:
    """Every passage beside its usual rate."""
    room = _room(passing.whole for passing in found.passings)
    lines = []
    for passing in found.passings:
        title = titled(passing.passage, by_talks=by_talks(found.market))
        is_weak = passing is found.weak
        means = means_of(passing, is_weak=is_weak)
        lines.append(_rate_line(title, passing.whole, means, room, is_weak=is_weak))
    return lines


def split_parts(found: Diagnosis) -> list[SplitPart]:
    """The splits of the first passage, and of later ones where they differ; those first."""
    shown = [one for one in found.splits if one.differs or _is_first(one)]
    return [_split_part(one, found) for one in sorted(shown, key=lambda one: not one.differs)]


def _is_first(split: Split) -> bool:
    return split.passage.start is Stage.APPLICATION


def _split_part(split: Split, found: Diagnosis) -> SplitPart:
    talks = by_talks(found.market)
    room = _room(group.share for group in split.groups)
    passage = titled(split.passage, by_talks=talks)
    return SplitPart(
        title=TITLES[split.by],
        passage="" if _is_first(split) else passage,
        said=told(split, by_talks=talks),
        differs=split.differs,
        lines=[
            _rate_line(group_title(split, group), group.share, "", room) for group in split.groups
        ],
    )


def _room(shares: Iterable[Share]) -> int:
    """Up to how many in 100 the bars of some rates reach, so that they can be laid side by side."""
    most = max((max(one.high if one.is_shown else 0, one.usual) for one in shares), default=1)
    return next(room for room in _ROOMS if 100 * most <= room)


def means_of(passing: Passing, *, is_weak: bool) -> str:
    """What a rate says, in a few words."""
    share = passing.whole
    if not share.is_shown:
        return ""
    if is_weak:
        return "Below the usual: this is where to look."
    if share.low >= share.usual:
        return "Above the usual."
    if passing.works:
        return "As usual, or better."
    return "Nothing stands out."


def _rate_line(
    title: str, share: Share, means: str, room: int, *, is_weak: bool = False
) -> RateLine:
    return RateLine(
        title=title,
        counts=f"{share.passed:,} of {share.tried:,}",
        at_least=_part(share.low, room),
        at_most=_part(share.high, room),
        usual_width=_part(share.usual, room),
        said=f"{hundreds(share.low)} to {hundreds(share.high)} in 100",
        usual=f"{hundreds(share.usual)} in 100",
        means=means,
        is_weak=is_weak,
        is_shown=share.is_shown,
    )


def _part(share: float, room: int) -> str:
    return f"{100 * 100 * share / room:.1f}"


def days_lines(found: Sequence[Pace]) -> list[DaysLine]:
    """The stages of which any day is known."""
    known = [one for one in found if one.until_next or one.until_no]
    longest = max(
        (days for one in known for days in (one.median_until_next, one.median_until_no) if days),
        default=0,
    )
    return [_days_line(one, max(longest, LONGEST_DAYS)) for one in known]


def _days_line(pace: Pace, longest: float) -> DaysLine:
    on, no = pace.median_until_next, pace.median_until_no
    return DaysLine(
        title=STAGES[pace.stage],
        on=_days(on),
        on_width=_width(on, longest),
        on_many=len(pace.until_next),
        no=_days(no),
        no_width=_width(no, longest),
        no_many=len(pace.until_no),
    )


def _days(days: float | None) -> str:
    if days is None:
        return ""
    whole = round(days)
    return "the same day" if not whole else f"{whole} day{'s' if whole > 1 else ''}"


def _width(days: float | None, longest: float) -> str:
    return f"{max(1.0, 100 * days / longest):.1f}" if days is not None else "0"


def dots(asked: Sequence[Asked]) -> list[Dot]:
    """A dot a request, the answered first, ten in a row; none where they would be too many."""
    if len(asked) > DOTS_DRAWN:
        return []
    answered = sum(one.answer is not None for one in asked)
    return [
        Dot(6 + 16 * (place % 10), 10 + 18 * (place // 10), place < answered)
        for place in range(len(asked))
    ]


def row_of_dots(full: int, of: int | None = None) -> DotRow:
    """Full dots in one row, and empty ones up to `of`; none where they would be too many."""
    many = full if of is None else of
    many = many if many <= MOST_IN_A_ROW else 0
    return DotRow(14 * many, [Dot(6 + 14 * place, 6, place < full) for place in range(many)])


def returned(found: tuple[ComesBack, ...]) -> list[tuple[ComesBack, list[Time]]]:
    """Questions that come back, each time with how it went, in words and as dots."""
    return [
        (
            one,
            [
                (time, WENT[time.went] if time.went else "", row_of_dots(time.went or 0, BEST))
                for time in one.times
            ],
        )
        for one in found
    ]


def routes_known(found: Diagnosis) -> tuple[Route, ...]:
    """The routes by which anything was decided."""
    return tuple(found.on_paper.by_route) or (Route.DIRECT,)
