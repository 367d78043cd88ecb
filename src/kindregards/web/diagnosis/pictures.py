"""Small drawings beside the flow: each rate beside the usual one, days at a stage, answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kindregards.core.diagnosis import Diagnosis, Pace, Passing, Route, Share
from kindregards.core.diagnosis.saying import ROUTES, capital, hundreds, titled
from kindregards.core.diagnosis.told import by_talks
from kindregards.core.letters.reading import Stage
from kindregards.web.diagnosis.queries import Asked

DOTS_DRAWN = 60
LONGEST_DAYS = 30
ROOM_FOR_WORDS = 12  # percent of the line, so that two words stand apart on a phone
STAGES = {
    Stage.APPLICATION: "After applying",
    Stage.SCREEN: "After a first call",
    Stage.INTERVIEW: "After an interview",
    Stage.FINAL: "After the final interview",
}


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate beside the usual; places are in percent. Without `place` only counts are shown."""

    title: str
    counts: str
    place: str
    width: str
    usual_at: str
    yours_at: str
    said: str
    usual: str
    means: str
    is_weak: bool
    is_part: bool = False
    is_shown: bool = True


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


def rate_lines(found: Diagnosis) -> list[RateLine]:
    """Every passage; the first also by route, where there are several."""
    lines = []
    for passing in found.passings:
        title = titled(passing.passage, by_talks=by_talks(found.market))
        is_weak = passing is found.weak
        lines.append(_rate_line(title, passing.whole, means_of(passing, is_weak=is_weak), is_weak))
        if len(passing.by_route) > 1:
            lines += [
                _rate_line(capital(ROUTES[route]), share, "", False, is_part=True)
                for route, share in passing.by_route.items()
            ]
    return lines


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
    title: str, share: Share, means: str, is_weak: bool, *, is_part: bool = False
) -> RateLine:
    middle = 50 * (share.low + share.high)
    width = max(100 * (share.high - share.low), 1.0)
    return RateLine(
        title=title,
        counts=f"{share.passed:,} of {share.tried:,}",
        place=f"{100 * share.low:.1f}",
        width=f"{width:.1f}",
        usual_at=f"{100 * share.usual:.1f}",
        yours_at=f"{middle:.1f}" if abs(middle - 100 * share.usual) > ROOM_FOR_WORDS else "",
        said=f"{hundreds(share.low)} to {hundreds(share.high)} in 100",
        usual=f"usual {hundreds(share.usual)}",
        means=means,
        is_weak=is_weak,
        is_part=is_part,
        is_shown=share.is_shown,
    )


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


def routes_known(found: Diagnosis) -> tuple[Route, ...]:
    """The routes by which anything was decided."""
    return tuple(found.on_paper.by_route) or (Route.DIRECT,)
