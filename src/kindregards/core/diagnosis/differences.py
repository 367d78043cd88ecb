"""Splits in words: what is told of a difference, and that there is none."""

from __future__ import annotations

from datetime import datetime

from kindregards.core.diagnosis import saying
from kindregards.core.diagnosis.splits import By, Group, Half, Split
from kindregards.core.diagnosis.usual import Route
from kindregards.core.letters.reading import Stage

TITLES = {
    By.ROUTE: "By how they came to the employer",
    By.FAMILY: "By kind of role",
    By.TIME: "By time",
}


def group_title(split: Split, group: Group) -> str:
    """What a group is called: "Analyst roles", "Begun since 3 May 2026"."""
    if split.by is By.ROUTE:
        return saying.capital(saying.ROUTES[Route(group.name)])
    if split.by is By.FAMILY:
        return f"{saying.capital(group.name)} roles"
    before = "since" if group.name == Half.LATER else "before"
    return f"Begun {before} {_day(_turn(split))}"


def told(split: Split, *, by_talks: bool) -> str:
    """A sentence on the difference, or that it is none: what chance explains is told as chance."""
    if not split.differs:
        return "They differ no more than chance would make them."
    group = next((one for one in split.groups if one.more), None)
    group = group or next(one for one in split.groups if one.fewer)
    return f"{_counted(split, group, by_talks=by_talks)} {_meant(split, group)}"


def worth_work(found: tuple[Split, ...], *, by_talks: bool) -> tuple[str, ...]:
    """The told differences as things to work on."""
    return tuple(told(split, by_talks=by_talks) for split in found if split.differs)


def _counted(split: Split, group: Group, *, by_talks: bool) -> str:
    to = saying.end_of(split.passage, by_talks=by_talks)
    others = [one.share for one in split.groups if one is not group]
    won, tried = sum(one.passed for one in others), sum(one.tried for one in others)
    own = f"{saying.number(group.share.passed)} of {saying.number(group.share.tried)}"
    rest = f"{saying.number(won)} of {saying.number(tried)}"
    return f"{group_title(split, group)}: {own} led to {to}; of the others, {rest}."


def _meant(split: Split, group: Group) -> str:
    if split.by is By.ROUTE:
        return "That is more than the usual difference between these ways, and than chance."
    hardly = "Chance hardly explains that."
    on_paper = split.passage.start is Stage.APPLICATION
    if split.by is By.FAMILY and on_paper:
        return f"{hardly} More of the kind that is answered may be the shortest way."
    if split.by is By.TIME:
        better = group.more is (group.name == Half.LATER)
        then = "Whatever you changed then, keep it." if better else "Look at what changed then."
        return f"{hardly} {then}"
    return hardly


def _turn(split: Split) -> datetime:
    return max(group.since for group in split.groups)


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
