"""How questions stood at the end of each week, by the last rating they had by then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

GOOD = 4  # of 5: a level from which an answer is called good
WEEKS = 8
FEWEST = 5  # questions, below which there is no picture: two or three show nothing but chance


@dataclass(frozen=True, slots=True)
class Week:
    """Questions by level on the last day of a week, and how many ratings there were in it."""

    last: date
    good: int
    halfway: int
    shaky: int
    rated: int

    @property
    def tried(self) -> int:
        """Questions that were rated by then."""
        return self.good + self.halfway + self.shaky


def weeks_of(ratings: Iterable[tuple[int, date, int]], today: date) -> Sequence[Week]:
    """The last eight weeks, or as many as there are, the current one last.

    ratings: question, day and level from 1 to 5, in the order in which they were given.
    """
    last = today + timedelta(days=6 - today.weekday())
    ends = [last - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    levels: dict[int, int] = {}
    told = list(ratings)
    found, place = [], 0
    for end in ends:
        begin = place
        while place < len(told) and told[place][1] <= end:
            levels[told[place][0]] = told[place][2]
            place += 1
        since = end - timedelta(weeks=1)
        rated = sum(1 for _question, day, _level in told[begin:place] if day > since)
        found.append(_week(end, levels, rated))
    return [week for week in found if week.tried]


def _week(end: date, levels: dict[int, int], rated: int) -> Week:
    counts = Counter(_standing(level) for level in levels.values())
    return Week(end, counts["good"], counts["halfway"], counts["shaky"], rated)


def _standing(level: int) -> str:
    if level >= GOOD:
        return "good"
    return "halfway" if level == GOOD - 1 else "shaky"
