"""A list of applications as it is shown before anything is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile

from kindregards.core.spreadsheet import (
    Column,
    Entry,
    NotATable,
    Order,
    RowError,
    Table,
    entries_of,
    guess_columns,
    guess_order,
    is_from_linkedin,
    known_headings,
    read_table,
)
from kindregards.sources.linkedin import job_application_lists
from kindregards.web.applications.forms import LONGEST_LIST

COLUMNS = {
    Column.EMPLOYER: "employer",
    Column.ROLE: "role",
    Column.APPLIED_DATE: "day you applied",
    Column.STATUS: "how far it came, or how it ended",
    Column.DECIDED_DATE: "day it ended",
    Column.FOUND_THROUGH: "where you found it",
    Column.LINK: "link",
    Column.NOTE: "note",
    Column.NOTHING: "leave it out",
}
EXAMPLES = 3
DAYS = (Column.APPLIED_DATE, Column.DECIDED_DATE)


@dataclass(frozen=True, slots=True)
class Guess:
    """One column with some of its cells, and what it is taken for."""

    number: int
    heading: str
    examples: Sequence[str]
    column: Column


@dataclass(frozen=True, slots=True)
class Preview:
    """What is understood of a list. `text` is the list itself, to be sent along again.

    `asks_order` says that its days could be read in either order, or that the person chose one.
    """

    text: str
    guesses: Sequence[Guess]
    entries: Sequence[Entry]
    errors: Sequence[RowError]
    order: Order
    asks_order: bool
    is_from_linkedin: bool

    @property
    def names_employers(self) -> bool:
        """Whether some column is taken for the employer."""
        return any(guess.column is Column.EMPLOYER for guess in self.guesses)

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        """What a column can be."""
        return [(column.value, said) for column, said in COLUMNS.items()]


def text_of(given: Mapping[str, Any]) -> str:
    """The list as text, from what a form gave: pasted cells, a CSV file, or a LinkedIn export.

    Raises NotATable with a sentence where there is no list in it.
    """
    file = cast("UploadedFile[Any] | None", given["file"])
    if file is None:
        return str(given["text"])
    start = file.read(4)
    file.seek(0)
    if start == b"PK\x03\x04":
        lists = job_application_lists(file.file)  # type: ignore[arg-type]  # an open binary file
        return as_text(joined([_table(one) for one in lists]))
    if file.size is not None and file.size > LONGEST_LIST:
        raise NotATable("It is larger than any list of applications. Give it in parts.")
    return as_text(_table(file.read()))


def preview_of(text: str, chosen: Mapping[str, str], *, today: date) -> Preview:
    """What is understood of a list, by what the person chose of its columns, else by a guess."""
    table = _table(text)
    columns = _columns(table, chosen)
    order, asks = _order(table, columns, chosen)
    entries, errors = entries_of(table, columns, order=order, today=today)
    from_linkedin = is_from_linkedin(table)
    if from_linkedin:
        entries = [replace(one, found_through=one.found_through or "LinkedIn") for one in entries]
    guesses = [
        Guess(place, heading, _examples(table, place), columns[place])
        for place, heading in enumerate(table.heading)
    ]
    return Preview(text, guesses, entries, errors, order, asks, from_linkedin)


def joined(tables: Sequence[Table]) -> Table:
    """Several parts of one list as one, by the heading of the first."""
    first = tables[0]
    rows = list(first.rows)
    for other in tables[1:]:
        places = {heading: place for place, heading in enumerate(other.heading)}
        for row in other.rows:
            rows.append(
                tuple(row[places[name]] if name in places else "" for name in first.heading)
            )
    return replace(first, rows=tuple(rows), lines=tuple(range(2, len(rows) + 2)))


def as_text(table: Table) -> str:
    """The table as CSV with commas, each row on the line that it had where that can be."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if table.has_heading:
        writer.writerow(table.heading)
    writer.writerows(table.rows)
    return out.getvalue()


def _table(raw: bytes | str) -> Table:
    return read_table(raw, known_headings=known_headings())


def _columns(table: Table, chosen: Mapping[str, str]) -> list[Column]:
    columns = list(guess_columns(table))
    for place in range(len(columns)):
        value = chosen.get(f"column-{place}")
        if value is not None and value in [column.value for column in Column]:
            columns[place] = Column(value)
    return columns


def _order(
    table: Table, columns: Sequence[Column], chosen: Mapping[str, str]
) -> tuple[Order, bool]:
    """The order of day and month, and whether it is worth asking for."""
    if chosen.get("order") in [order.value for order in Order]:
        return Order(chosen["order"]), True
    if is_from_linkedin(table):
        return Order.MONTH_FIRST, False
    places = [place for place, column in enumerate(columns) if column in DAYS]
    cells = [row[place] for row in table.rows for place in places if row[place]]
    guessed = guess_order(cells)
    ambiguous = guessed is None and any("/" in cell or "-" in cell[:3] for cell in cells)
    return guessed or Order.DAY_FIRST, ambiguous


def _examples(table: Table, place: int) -> list[str]:
    filled = dict.fromkeys(row[place][:60] for row in table.rows[:200] if row[place])
    return list(filled)[:EXAMPLES]
