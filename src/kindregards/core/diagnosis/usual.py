"""The usual rates, by market and route, each with its year and where it comes from (R18)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from kindregards.core.letters.reading import Stage

PRIOR_WEIGHT = 10
"""How many applications a usual rate weighs as much as, before the person's own (R18)."""


class Market(StrEnum):
    """Where somebody applies, as far as usual rates differ by it."""

    GENERAL = "general"
    TECH_REMOTE = "tech_remote"
    SMALL_FIRMS = "small_firms"
    CAMPUS = "campus"


class Route(StrEnum):
    """How an Application came to the employer."""

    DIRECT = "direct"
    REFERRAL = "referral"
    SOURCED = "sourced"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Passage:
    """The way from one stage to a later one."""

    start: Stage
    to: Stage


@dataclass(frozen=True, slots=True)
class UsualRate:
    """How many usually pass, as a share from 0 to 1, with its year and source.

    `route` is None where it is the same for all routes.
    """

    passage: Passage
    mean: float
    year: int
    source: str
    note: str = ""
    route: Route | None = None


_TALKS = Passage(Stage.APPLICATION, Stage.SCREEN)
_BY_ROUNDS = (
    _TALKS,
    Passage(Stage.SCREEN, Stage.INTERVIEW),
    Passage(Stage.INTERVIEW, Stage.OFFER),
)
# These sources count any conversation alike, from the first call to the last round.
_BY_TALKS = (_TALKS, Passage(Stage.SCREEN, Stage.OFFER))
_ANY = "any"


def passages(market: Market) -> tuple[Passage, ...]:
    """The passages that usual rates are known for in a market, in order."""
    return _BY_TALKS if market in (Market.CAMPUS, Market.SMALL_FIRMS) else _BY_ROUNDS


@cache
def usual_rate(passage: Passage, market: Market, route: Route = Route.DIRECT) -> UsualRate:
    """The usual rate of a passage in a market by a route. Raises KeyError for no such passage."""
    rates = _rates()
    for which in ((market, route), (market, _ANY), (_ANY, route), (_ANY, _ANY)):
        if (found := rates.get((passage, *which))) is not None:
            return found
    raise KeyError(passage)


def usual_rates(market: Market, routes: Iterable[Route]) -> tuple[UsualRate, ...]:
    """Every usual rate that matters in a market for somebody who applied by these routes."""
    found = (usual_rate(passage, market, route) for passage in passages(market) for route in routes)
    return tuple(dict.fromkeys(found))


@cache
def _rates() -> dict[tuple[Passage, str, str], UsualRate]:
    text = files("kindregards.core.diagnosis").joinpath("usual.toml").read_text("utf-8")
    return {
        (passage, told["market"], told["route"]): UsualRate(
            passage=passage,
            mean=told["mean"],
            year=told["year"],
            source=told["source"],
            note=told.get("note", ""),
            route=None if told["route"] == _ANY else Route(told["route"]),
        )
        for told in tomllib.loads(text)["rate"]
        for passage in [Passage(Stage(told["from"]), Stage(told["to"]))]
    }
