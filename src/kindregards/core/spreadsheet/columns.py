"""What each column of a table is about, guessed by its heading, else by what stands in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from kindregards.core.spreadsheet.days import looks_like_day
from kindregards.core.spreadsheet.standing import standing_in
from kindregards.core.spreadsheet.table import Table, plain_heading


class Column(StrEnum):
    """What a column tells of an application."""

    EMPLOYER = "employer"
    ROLE = "role"
    APPLIED_DATE = "applied_date"
    STATUS = "status"
    DECIDED_DATE = "decided_date"
    FOUND_THROUGH = "found_through"
    LINK = "link"
    NOTE = "note"
    NOTHING = ""


@cache
def _headings() -> Mapping[str, frozenset[str]]:
    """The plain headings of each column, and under "nothing" those of no use."""
    listed = tomllib.loads((Path(__file__).parent / "headings.toml").read_text("utf-8"))
    return {
        name: frozenset(" ".join(one.split()) for one in names.split(";"))
        for name, names in listed.items()
    }


def known_headings() -> frozenset[str]:
    """Every heading that is known, for finding the line of headings in a table."""
    return frozenset().union(*_headings().values())


_LINKEDIN = {"application date", "company name", "job title", "job url"}
_LOOKED_AT = 60  # rows; enough to tell a column by


def guess_columns(table: Table) -> tuple[Column, ...]:
    """What each column is about; NOTHING where that cannot be told. Only STATUS comes twice."""
    guessed = [_by_heading(cell) for cell in table.heading]
    for place, column in enumerate(guessed):
        if column in guessed[:place] and column is not Column.STATUS:
            guessed[place] = Column.NOTHING
    for place, column in enumerate(guessed):
        if column is Column.NOTHING:
            told = _by_cells([row[place] for row in table.rows[:_LOOKED_AT]])
            guessed[place] = told if told not in guessed else Column.NOTHING
    if not table.has_heading:
        _fill_in(guessed, table)
    return tuple(guessed)


def is_from_linkedin(table: Table) -> bool:
    """Whether it is the list of applications from a LinkedIn export, if with columns missing."""
    headings = {plain_heading(cell) for cell in table.heading}
    return len(_LINKEDIN & headings) >= 3


def _by_heading(cell: str) -> Column:
    plain = plain_heading(cell)
    return next(
        (column for column in Column if plain in _headings().get(column.value, ())), Column.NOTHING
    )


def _by_cells(cells: Sequence[str]) -> Column:
    """By what most of the filled cells are; words alone tell nothing."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return Column.NOTHING
    for column, fits in (
        (Column.LINK, _is_link),
        (Column.APPLIED_DATE, looks_like_day),
        (Column.STATUS, lambda cell: standing_in(cell) is not None),
    ):
        if sum(map(fits, filled)) * 10 >= len(filled) * 7:
            return column
    return Column.NOTHING


def _is_link(cell: str) -> bool:
    return re.match(r"https?://\S+$|www\.\S+$", cell) is not None


def _fill_in(guessed: list[Column], table: Table) -> None:
    """Without a heading, the first two columns of words are the employer and the role."""
    for column in (Column.EMPLOYER, Column.ROLE):
        for place, known in enumerate(guessed):
            if known is Column.NOTHING and any(row[place] for row in table.rows[:_LOOKED_AT]):
                guessed[place] = column
                break
