"""Whom to call, by country: whole, once each, and found by the clock (R17)."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

import pytest

from kindregards.core.help_lines import HelpLine, compared_on, help_lines, lines_near


@pytest.mark.parametrize("line", help_lines(), ids=lambda line: line.country)
def test_each_line_has_a_number_to_dial_and_a_place_to_look_it_up(line: HelpLine) -> None:
    assert line.numbers
    for number, dialed in line.calls:
        assert re.fullmatch(r"[0-9 ]+", number)
        assert re.fullmatch(r"[0-9]{3,11}", dialed)
    assert re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,3}", line.site)
    assert line.zones
    assert set(line.zones) <= available_timezones()


def test_no_country_stands_twice() -> None:
    countries = [line.country for line in help_lines()]
    assert len(countries) == len(set(countries))


@pytest.mark.parametrize(
    ("zone", "countries"),
    [
        ("Europe/Berlin", ["Germany"]),
        ("Europe/Brussels", ["Belgium, in Dutch", "Belgium, in French"]),
        ("America/Toronto", ["Canada"]),
        ("America/Chicago", ["United States"]),
        ("Europe/Lisbon", ["Portugal"]),
        ("UTC", []),
        ("", []),
    ],
)
def test_the_country_is_guessed_by_the_clock(zone: str, countries: list[str]) -> None:
    assert [line.country for line in lines_near(zone)] == countries


def test_the_day_of_the_comparison_is_told() -> None:
    assert compared_on().year >= 2026
