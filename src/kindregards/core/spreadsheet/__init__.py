"""Applications from a spreadsheet: bytes → Table → columns guessed → entries, row by row."""

from kindregards.core.spreadsheet.columns import (
    Column,
    guess_columns,
    is_from_linkedin,
    known_headings,
)
from kindregards.core.spreadsheet.days import Order, guess_order, read_day
from kindregards.core.spreadsheet.entries import Entry, RowError, entries_of
from kindregards.core.spreadsheet.table import NotATable, Table, read_table
from kindregards.core.spreadsheet.writing import as_csv, as_json

__all__ = [
    "Column",
    "Entry",
    "NotATable",
    "Order",
    "RowError",
    "Table",
    "as_csv",
    "as_json",
    "entries_of",
    "guess_columns",
    "guess_order",
    "is_from_linkedin",
    "known_headings",
    "read_day",
    "read_table",
]
