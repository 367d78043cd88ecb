"""Days as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Order(StrEnum):
    """Which comes first where a day is written in numbers alone: 03/04/2026."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero ene jän jänner",
            "feb february februar février fev fév febrero",
            "mar march mär märz mars marzo mrz",
            "apr april avril avr abril abr",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet juil julio",
            "aug august août aou aoû agosto ago",
            "sep sept september septembre septiembre",
            "oct october okt oktober octobre octubre",
            "nov november novembre noviembre",
            "dec december dez dezember décembre déc diciembre dic",
        ),
        1,
    )
    for name in names.split()
}
# After the day an hour may stand, which is of no use here.
_HOUR = (
    r"(?:[T,\s]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?|uhr)?"
    r"\s*(?:z|utc|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(rf"(?i)(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_HOUR}$")
_NUMBERS = re.compile(rf"(?i)(\d{{1,2}})[-/.]\s?(\d{{1,2}})[-/.]\s?(\d{{4}}|\d{{2}}){_HOUR}$")
_DAY_NAMED = re.compile(
    rf"(?i)(?:[a-zäé]+\.?,?\s+)?(\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?([a-zéûäô]+)\.?,?"
    rf"[\s-]+(?:de\s+)?(\d{{4}}|\d{{2}}){_HOUR}$"
)
_MONTH_NAMED = re.compile(
    rf"(?i)(?:[a-zäé]+,\s+)?([a-zéûäô]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_HOUR}$"
)
_COUNTED = re.compile(r"(\d{5})(?:\.\d+)?$")
# What spreadsheets count days from, and the years in which anybody applied for anything here.
_FIRST_DAY = date(1899, 12, 30)
_EARLIEST, _LATEST = 1950, 2100


def read_day(cell: str, order: Order) -> date | None:
    """The day that a cell names; None where it names none that there is.

    12.03.2026, 03/12/2026, 2026-03-12, 12 Mar 2026, 7-Feb-22, March 12, 2026, a date with an hour
    behind it, or a spreadsheet's own number (46093).
    """
    return _read(cell, order is Order.MONTH_FIRST)


@lru_cache(maxsize=16_384)  # a column has each day often, over forty years and more
def _read(cell: str, month_first: bool) -> date | None:
    cell = " ".join(cell.split())[:60]
    if found := _YEAR_FIRST.match(cell):
        year, month, day = (int(part) for part in found.groups())
        return _day(year, month, day)
    if found := _NUMBERS.match(cell):
        first, second, year = (int(part) for part in found.groups())
        if month_first and "." not in cell[:5]:
            first, second = second, first
        return _day(year, second, first)
    if found := _DAY_NAMED.match(cell):
        return _day(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := _MONTH_NAMED.match(cell):
        return _day(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2]))
    if found := _COUNTED.match(cell):
        day_counted = _FIRST_DAY + timedelta(days=int(found[1]))
        return day_counted if 1990 <= day_counted.year < _LATEST else None
    return None


def looks_like_day(cell: str) -> bool:
    """Whether a cell can be read as a day at all."""
    return any(read_day(cell, order) is not None for order in Order)


def guess_order(cells: Iterable[str]) -> Order | None:
    """Which order the days of a column are in; None where every one of them could be either."""
    for cell in cells:
        found = _NUMBERS.match(" ".join(cell.split()))
        if found is None or "." in cell[:5]:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            return Order.DAY_FIRST
        if second > 12 >= first:
            return Order.MONTH_FIRST
    return None


def _day(year: int, month: int, day: int) -> date | None:
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    try:
        return date(year, month, day) if _EARLIEST <= year < _LATEST else None
    except ValueError:
        return None
