"""Bytes of a text table → its rows: encoding, delimiter and heading guessed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LARGEST = 8_000_000  # bytes
LONGEST_CELL = 20_000
HEADING_WITHIN = 40  # lines; some exports begin with a page of notes
_DELIMITERS = ",;\t|"

_MAIL = "This is mail, not a list. Give it where letters go in, on the first page."
_NO_TABLES = (
    (
        b"PK\x03\x04",
        "This is a workbook. In the spreadsheet choose “Save as” and CSV, then give that.",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "This is an old workbook. Save it as CSV in the spreadsheet, then give that.",
    ),
    (b"%PDF", "This is a PDF. Only a table saved as CSV can be read."),
    *((start, _MAIL) for start in (b"From ", b"Return-Path:", b"Received:", b"Delivered-To:")),
)


class NotATable(ValueError):
    """Raised for bytes that hold no table; its message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all as wide as the heading. `first_line` is the line of the first row.

    `heading` is made of numbers ("1", "2") where the table has none of its own.
    """

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    has_heading: bool


def read_table(
    raw: bytes | str,
    *,
    known_headings: frozenset[str],
    most_rows: int = MOST_ROWS,
    largest: int = LARGEST,
) -> Table:
    """The table in a CSV file, or in what was copied out of a spreadsheet.

    `known_headings` are plain words of headings; the first line with two of them is the heading,
    and what stands above it is left out. Raises NotATable with a sentence where there is none.
    """
    text = raw if isinstance(raw, str) else _decoded(raw, largest)
    lines = _lines(text, most_rows)
    if not lines:
        raise NotATable("There is nothing in it. Give a table saved as CSV, or paste its cells.")
    at = _heading_at([cells for _number, cells in lines], known_headings)
    body = lines if at is None else lines[at + 1 :]
    if not body:
        raise NotATable("It has a heading, but no row below it, so nothing was read.")
    if len(body) > most_rows:
        raise NotATable(f"It has more than {most_rows:,} rows. Give it in parts.")
    first = lines[0 if at is None else at][1]
    width = max(len(cells) for _number, cells in body) if at is None else len(first)
    if max(width, len(first)) > MOST_COLUMNS:
        raise NotATable(f"It has more than {MOST_COLUMNS} columns. Take out what is not needed.")
    heading = first if at is not None else [str(number + 1) for number in range(width)]
    return Table(
        heading=tuple(cell.strip()[:200] for cell in heading),
        rows=tuple(
            tuple(cells) if len(cells) == width else tuple((cells + [""] * width)[:width])
            for _number, cells in body
        ),
        lines=tuple(number for number, _cells in body),
        has_heading=at is not None,
    )


def plain_heading(cell: str) -> str:
    """A heading without case, signs and doubled blanks, for comparing."""
    kept = "".join(char if char.isalnum() else " " for char in cell.casefold())
    return " ".join(kept.split())


def _decoded(raw: bytes, largest: int) -> str:
    for magic, sentence in _NO_TABLES:
        if raw.startswith(magic):
            raise NotATable(sentence)
    if len(raw) > largest:
        raise NotATable(f"It is larger than {largest // 1_000_000} MB. Give it in parts.")
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, "replace").lstrip("\ufeff")
    if raw[:400].count(b"\x00") > 20:
        raise NotATable("This is not a table: what it holds is not text.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _lines(text: str, most_rows: int) -> list[tuple[int, list[str]]]:
    """The lines that have anything in them, each with its number from 1."""
    text = text.lstrip("\ufeff").replace("\x00", "")
    if text[:4].lower() == "sep=":  # Excel's way to name the delimiter
        named, text = text[4:5], text.partition("\n")[2]
        delimiter = named if named == "\t" or (named.isprintable() and named != '"') else ""
    else:
        delimiter = ""
    delimiter = delimiter or _delimiter(text)
    csv.field_size_limit(max(csv.field_size_limit(), 1_000_000))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    found = []
    try:
        for cells in reader:
            plain = [cell.strip()[:LONGEST_CELL] for cell in cells]
            if any(plain):
                found.append((reader.line_num, plain))
            if len(found) > most_rows + HEADING_WITHIN:
                break
    except csv.Error as problem:
        raise NotATable(
            "Its quotation marks do not fit together. Save it as CSV again."
        ) from problem
    return found


def _delimiter(text: str) -> str:
    """The sign that parts the lines most evenly; quoted cells do not count."""
    counts: dict[str, Counter[int]] = {sign: Counter() for sign in _DELIMITERS}
    for line in _unquoted(text[:60_000]).splitlines()[:200]:
        for sign in _DELIMITERS:
            if sign in line:
                counts[sign][line.count(sign)] += 1

    def _evenness(sign: str) -> tuple[int, int]:
        common = counts[sign].most_common(1)
        return (common[0][1] * min(common[0][0], 6), -_DELIMITERS.index(sign)) if common else (0, 0)

    return max(_DELIMITERS, key=_evenness)


def _unquoted(text: str) -> str:
    return "".join(part for place, part in enumerate(text.split('"')) if place % 2 == 0)


def _heading_at(lines: Sequence[Sequence[str]], known: frozenset[str]) -> int | None:
    needed = 2 if any(len(cells) > 1 for cells in lines) else 1
    for at, cells in enumerate(lines[:HEADING_WITHIN]):
        if sum(plain_heading(cell) in known for cell in cells) >= needed:
            return at
    return None
