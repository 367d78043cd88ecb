"""Questions from a pasted list or a table, one each, without doubles."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kindregards.core.practice import QuestionKind

MOST = 2_000
LONGEST = 1_000  # characters of one question
_BULLET = re.compile(r"^\s*(?:[-*•–·]|\(?\d{1,3}[.):]|[A-Za-z][.)])\s+")
_HEADINGS = {
    "text": ("question", "asked", "text"),
    "kind": ("kind", "type", "category"),
    "where": ("where", "employer", "company", "interview"),
    "went": ("went", "rating", "score"),
    "wants": ("wants", "why", "looks for", "finds out"),
}
_KINDS = {
    QuestionKind.BEHAVIOR: ("behav", "situational", "experience", "something you did"),
    QuestionKind.TECHNICAL: ("tech", "knowledge"),
    QuestionKind.CASE: ("case", "puzzle", "exercise"),
    QuestionKind.MOTIVATION: ("motiv", "why", "fit", "culture"),
    QuestionKind.LOGISTICS: ("logist", "salary", "notice", "dates"),
}


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """A question; "" and None for what is unknown. went: from 1 to 5."""

    text: str
    kind: QuestionKind | None = None
    where: str = ""
    went: int | None = None
    wants: str = ""


def questions_in(text: str) -> Sequence[AskedOnce]:
    """The questions of a list, a line each, or of a table with headings; at most 2,000."""
    text = text.lstrip("\ufeff")
    found = _from_table(text)
    if found is None:
        found = [AskedOnce(_plain(line)) for line in text.splitlines()]
    once: dict[str, AskedOnce] = {}
    for one in found:
        if one.text:
            once.setdefault(same(one.text), one)
    return list(once.values())[:MOST]


def same(text: str) -> str:
    """What two spellings of one question share."""
    return " ".join(text.split()).casefold().rstrip("?.! ")


def kind_named(said: str) -> QuestionKind | None:
    """The kind that a word in a table means; None where none is told."""
    said = said.strip().casefold()
    for kind, begins in _KINDS.items():
        if said and (said == kind or said.startswith(begins)):
            return kind
    return None


def _from_table(text: str) -> list[AskedOnce] | None:
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    names = [name.strip(' "\r').casefold() for name in first.split(mark)]
    if not any(name in _HEADINGS["text"] for name in names):
        return None
    rows = csv.DictReader(io.StringIO(text), fieldnames=None, delimiter=mark)
    try:
        return [_row(_told(row)) for row in rows]
    except csv.Error:  # a field longer than the reader takes, or a stray NUL
        return None


def _told(row: Mapping[str | None, object]) -> dict[str, str]:
    named = {str(name or "").strip().casefold(): str(said or "") for name, said in row.items()}
    return {field: _first(named, names) for field, names in _HEADINGS.items()}


def _first(row: Mapping[str, str], names: Iterable[str]) -> str:
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def _row(told: Mapping[str, str]) -> AskedOnce:
    went = told["went"]
    return AskedOnce(
        text=_plain(told["text"]),
        kind=kind_named(told["kind"]),
        where=told["where"][:300],
        went=int(went) if went in {"1", "2", "3", "4", "5"} else None,
        wants=told["wants"][:LONGEST],
    )


def _plain(line: str) -> str:
    return " ".join(_BULLET.sub("", line).split())[:LONGEST]
