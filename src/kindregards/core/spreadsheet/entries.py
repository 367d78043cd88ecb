"""The rows of a table as applications, each right or with a sentence that says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kindregards.core.applications import STAGES, Outcome
from kindregards.core.letters.reading import Stage
from kindregards.core.spreadsheet.columns import Column
from kindregards.core.spreadsheet.days import Order, read_day
from kindregards.core.spreadsheet.standing import standing_in
from kindregards.core.spreadsheet.table import Table
from kindregards.core.spreadsheet.writing import undefused

LONGEST_NAME = 300
LONGEST_LINK = 2000
LONGEST_NOTE = 20_000
_DAYS = (Column.APPLIED_DATE, Column.DECIDED_DATE)
_NO_DAY = frozenset({"-", "–", "?", "n/a", "na", "none", "tbd", "unknown", "x"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One application as a row tells it. `line` is where it stands in the file."""

    line: int
    employer: str
    role: str = ""
    applied_date: date | None = None
    stage: Stage | None = None
    outcome: Outcome | None = None
    decided_date: date | None = None
    found_through: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that cannot be taken over, and why, in a sentence."""

    line: int
    why: str


def entries_of(
    table: Table, columns: Sequence[Column], *, order: Order, today: date
) -> tuple[list[Entry], list[RowError]]:
    """What the rows tell, by what each column is about. No row is left out without an error.

    What a status cell says in words that are not known goes to the note, and so does what stands
    in words where a day should be.
    """
    entries, errors = [], []
    for line, row in zip(table.lines, table.rows, strict=True):
        cells: dict[Column, list[str]] = {}
        for column, cell in zip(columns, row, strict=False):
            if cell:
                cells.setdefault(column, []).append(undefused(cell))
        try:
            entries.append(_entry(line, cells, order, today))
        except ValueError as problem:
            errors.append(RowError(line, str(problem)))
    return entries, errors


def _entry(line: int, cells: dict[Column, list[str]], order: Order, today: date) -> Entry:
    def _text(column: Column, longest: int = LONGEST_NAME) -> str:
        return " ".join(" ".join(cells.get(column, ())).split())[:longest]

    employer = _text(Column.EMPLOYER)
    if not employer:
        raise ValueError("No employer is named in this row.")
    stage, outcome, unknown = _standing(cells.get(Column.STATUS, ()))
    link = _text(Column.LINK, LONGEST_LINK)
    is_link = link.lower().startswith(("http://", "https://"))
    applied = _day(_text(Column.APPLIED_DATE), order, today)
    decided = _day(_text(Column.DECIDED_DATE), order, today)
    if applied and decided and decided < applied:
        raise ValueError(f"It ended on {_said(decided)}, before it began on {_said(applied)}.")
    words = [cell for column in _DAYS for cell in cells.get(column, ()) if _is_words(cell)]
    notes = [*unknown, *words, *cells.get(Column.NOTE, ())]
    notes += [] if is_link or not link else [link]
    return Entry(
        line=line,
        employer=employer,
        role=_text(Column.ROLE),
        applied_date=applied,
        stage=stage,
        outcome=outcome,
        decided_date=decided if outcome is not None else None,
        found_through=_text(Column.FOUND_THROUGH),
        link=link if is_link else "",
        note="\n".join(notes)[:LONGEST_NOTE],
    )


def _standing(cells: Sequence[str]) -> tuple[Stage | None, Outcome | None, list[str]]:
    told = [(cell, standing_in(cell)) for cell in cells]
    stages = [one.stage for _cell, one in told if one and one.stage]
    outcomes = [one.outcome for _cell, one in told if one and one.outcome]
    stage = max(stages, key=STAGES.index, default=None)
    return stage, outcomes[-1] if outcomes else None, [cell for cell, one in told if one is None]


def _day(cell: str, order: Order, today: date) -> date | None:
    if not _has_digit(cell):
        return None
    day = read_day(cell, order)
    if day is None:
        raise ValueError(f"“{cell[:40]}” is not a day that could be read.")
    if day > today:
        raise ValueError(f"{_said(day)} is still to come. Is the order of day and month right?")
    return day


def _is_words(cell: str) -> bool:
    """Whether words stand where a day should be, and more than that there is none."""
    return cell.isprintable() and cell.casefold() not in _NO_DAY and not _has_digit(cell)


def _has_digit(cell: str) -> bool:
    return any(char.isdigit() for char in cell)


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
