"""Whom to call, by country (R17); the numbers and where to look them up: `help_lines.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A line that people answer. `note` is "" where it is there at any hour and costs nothing;
    `texts` says that a text message reaches it too."""

    country: str
    name: str
    numbers: tuple[str, ...]
    site: str
    note: str = ""
    texts: bool = False
    zones: tuple[str, ...] = ()

    @property
    def calls(self) -> list[tuple[str, str]]:
        """Each number as it is read, and as a telephone takes it."""
        return [(number, number.replace(" ", "")) for number in self.numbers]


def help_lines() -> tuple[HelpLine, ...]:
    """Every line, in the order to show them."""
    return tuple(
        HelpLine(
            country=one["country"],
            name=one["name"],
            numbers=tuple(one["numbers"]),
            site=one["site"],
            note=one.get("note", ""),
            texts=one.get("texts", False),
            zones=tuple(one["zones"]),
        )
        for one in _told()["line"]
    )


def lines_near(zone: str) -> tuple[HelpLine, ...]:
    """The lines of the country that a time zone, such as Europe/Berlin, belongs to; often none."""
    return tuple(line for line in help_lines() if zone in line.zones)


def compared_on() -> date:
    """The day on which the numbers were last compared with public lists."""
    day = _told()["compared"]
    assert isinstance(day, date)
    return day


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((files("kindregards.core") / "help_lines.toml").read_text("utf-8"))
