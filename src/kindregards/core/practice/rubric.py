"""The rubric: what an answer is rated by, with words for each level (R35).

Each competency weighs the same; the level of an answer is their mean, rounded.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Competency:
    """One thing to rate; `anchors` say what each level from 1 to 5 sounds like."""

    name: str
    title: str
    asks: str
    anchors: tuple[str, ...]


@cache
def rubric() -> Sequence[Competency]:
    """The competencies, in the order in which they are asked for."""
    text = (resources.files(__package__) / "rubric.toml").read_text("utf-8")
    return tuple(
        Competency(name, one["title"], one["asks"], tuple(one["anchors"]))
        for name, one in tomllib.loads(text).items()
    )


def level_of(ratings: Mapping[str, int]) -> int | None:
    """The level of an answer from 1 to 5; None while nothing is rated."""
    if not ratings:
        return None
    return int(sum(ratings.values()) / len(ratings) + 0.5)


def known_ratings(given: Mapping[str, object]) -> dict[str, int]:
    """What of it is a level of a competency that there is."""
    found = {}
    for one in rubric():
        said = str(given.get(one.name) or "")
        if said in {"1", "2", "3", "4", "5"}:
            found[one.name] = int(said)
    return found
