"""Applications as CSV for a spreadsheet, and as JSON for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

FIELDS = (
    "employer", "role", "applied", "began", "last heard", "stage", "interviews", "status",
    "decided", "found through", "link", "note", "letters", "route",
)  # fmt: skip
# A spreadsheet takes a cell that begins with one of these for a formula and would run it.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(records: Iterable[Mapping[str, object]], fields: Sequence[str] = FIELDS) -> bytes:
    """The records as CSV, a column for each field, under a heading.

    It is UTF-8 with a mark that spreadsheets know it by, and commas.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front, which shows it as
    text; it is taken away again when such a file is read here.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(fields)
    for record in records:
        writer.writerow([defused(_plain(record.get(name))) for name in fields])
    return out.getvalue().encode("utf-8-sig")


def as_json(records: Iterable[Mapping[str, object]]) -> bytes:
    """The records as a JSON list; days as YYYY-MM-DD, null where something is not known."""
    kept = [{name.replace(" ", "_"): one.get(name) for name in FIELDS} for one in records]
    return json.dumps(kept, ensure_ascii=False, indent=2).encode()


def defused(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell


def undefused(cell: str) -> str:
    """The cell as it was before `defused`."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_STARTS_FORMULA) else cell


def _plain(value: object) -> str:
    return "" if value is None else str(value)
