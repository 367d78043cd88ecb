"""Whether it goes differently by source, by family of roles, and by time.

Whoever looks at enough groups finds one that looks weak. So what is told here is only a difference
between a group and all others, by an exact test that knows how many tests are made beside it and
how often the person looks. A difference names no weakness: that is done for all together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kindregards.core.diagnosis.boundary import SEARCH
from kindregards.core.diagnosis.funnel import Past, Trial, in_order, passed, trials
from kindregards.core.diagnosis.passing import SHOWN_FROM, Share, share_of
from kindregards.core.diagnosis.shares import chance_of_so_few
from kindregards.core.diagnosis.usual import Market, Passage, passages, usual_rate

MADE_UP = 0.05
"""In how many of all lives a difference that is not there may ever be told, in one search."""
SETTLED = timedelta(days=45)
"""Younger applications are left out: first calls come sooner than silence ends, so that what is
new would look better than it is."""
# Looking after each result finds more than looking once. So strict each look has to be that the
# promise holds over a search; found with benchmarks/diagnosis.py. [design]
_EACH_LOOK = 0.015


class By(StrEnum):
    """What applications are told apart by."""

    ROUTE = "route"
    FAMILY = "family"
    TIME = "time"


class Half(StrEnum):
    """The two halves of a search, by the days on which its applications began."""

    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one route, family or half; `since` is when the first of them began.

    `fewer` and `more` say that fewer, or more, passed than chance explains beside all others.
    """

    name: str
    share: Share
    since: datetime
    fewer: bool
    more: bool


@dataclass(frozen=True, slots=True)
class Split:
    """One passage by one thing: its groups with enough results, the largest first; two or more."""

    by: By
    passage: Passage
    groups: tuple[Group, ...]

    @property
    def differs(self) -> bool:
        """Whether any difference is more than chance."""
        return any(group.fewer or group.more for group in self.groups)


_Named = tuple[str, list[Trial]]


@dataclass(frozen=True, slots=True)
class Compared:
    """The groups of one split, and of each whether fewer or more passed than chance explains."""

    by: By
    passage: Passage
    groups: tuple[_Named, ...]
    told: tuple[tuple[bool, bool], ...]


def splits(pasts: Iterable[Past], market: Market, now: datetime) -> tuple[Split, ...]:
    """Every split that has at least two groups of five or more. In any order the same."""
    settled = [past for past in in_order(pasts) if past.began_at <= now - SETTLED]
    tried = {way: trials(settled, way, now) for way in passages(market)}
    return tuple(
        Split(
            one.by,
            one.passage,
            tuple(
                Group(name, _share(group, one.passage, market), group[0].began_at, *differs)
                for (name, group), differs in zip(one.groups, one.told, strict=True)
            ),
        )
        for one in compared(tried, market, len(settled))
    )


def compared(
    tried: Mapping[Passage, Sequence[Trial]], market: Market, applications: int
) -> list[Compared]:
    """Every split of the tries at each passage, in the order in which they began."""
    found = {
        (by, way): groups
        for way in tried
        for by in By
        if len(groups := _groups(by, tried[way])) > 1
    }
    level = each_level(sum(_tests(len(groups)) for groups in found.values()), applications)
    return [
        Compared(by, way, groups, _told(groups, way, market, level))
        for (by, way), groups in found.items()
    ]


def each_level(tests: int, applications: int) -> float:
    """The chance below which one test tells: shared by all, and smaller the longer one looks."""
    return _EACH_LOOK / max(1, tests) * min(1.0, SEARCH / max(1, applications))


def _groups(by: By, tried: Sequence[Trial]) -> tuple[_Named, ...]:
    """The groups with enough results, the largest first. What has no name belongs to none."""
    middle = tried[len(tried) // 2].began_at if tried else None
    told: dict[str, list[Trial]] = {}
    for trial in tried:
        if name := _name(by, trial, middle):
            told.setdefault(name, []).append(trial)
    enough = [(name, group) for name, group in told.items() if len(group) >= SHOWN_FROM]
    return tuple(sorted(enough, key=lambda one: (-len(one[1]), one[0])))


def _name(by: By, trial: Trial, middle: datetime | None) -> str:
    if by is By.TIME:
        return Half.EARLIER if middle is None or trial.began_at < middle else Half.LATER
    return str(trial.route) if by is By.ROUTE else trial.family


def _tests(groups: int) -> int:
    """How many tests a split makes: each group for fewer and for more; of two, one is the other."""
    return 2 if groups == 2 else 2 * groups


def _rates(group: Iterable[Trial], way: Passage, market: Market) -> list[float]:
    return [usual_rate(way, market, trial.route).mean for trial in group]


def _share(group: Sequence[Trial], way: Passage, market: Market) -> Share:
    return share_of(group, _rates(group, way, market))


def _told(
    groups: Sequence[_Named], way: Passage, market: Market, level: float
) -> tuple[tuple[bool, bool], ...]:
    """Of each group, whether fewer passed than of the others, and whether more."""
    rates = [_rates(group, way, market) for _name, group in groups]
    all_won = sum(passed(group) for _name, group in groups)
    found = []
    for place, (_name, group) in enumerate(groups):
        others = [rate for other, some in enumerate(rates) if other != place for rate in some]
        own, won = rates[place], passed(group)
        fewer = chance_of_so_few(own, others, won, all_won) <= level
        more = chance_of_so_few(others, own, all_won - won, all_won) <= level
        found.append((fewer, more))
    return tuple(found)
