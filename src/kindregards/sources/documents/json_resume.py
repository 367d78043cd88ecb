"""JSON Resume (jsonresume.org, version 1): a resume as data, written out in its usual order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kindregards.core.letters.charsets import decoded
from kindregards.core.resumes.document import BlockKind
from kindregards.core.resumes.writing import Line
from kindregards.sources.documents.taken import Contents, NotADocument

_NO_RESUME = "This JSON file is no JSON Resume: it has neither “basics” nor “work”."
_BROKEN = "This JSON file is broken, so nothing could be read from it."
_PARTS = (
    ("work", "Experience", "position", "name"),
    ("volunteer", "Volunteering", "position", "organization"),
    ("education", "Education", "studyType", "institution"),
    ("projects", "Projects", "name", "entity"),
    ("awards", "Awards", "title", "awarder"),
    ("certificates", "Certificates", "name", "issuer"),
    ("publications", "Publications", "name", "publisher"),
    ("skills", "Skills", "name", "level"),
    ("languages", "Languages", "language", "fluency"),
    ("interests", "Interests", "name", ""),
    ("references", "References", "name", ""),
)
_TEXTS = ("summary", "description", "reference")
_LISTS = ("highlights", "courses", "keywords", "roles")


def read_json_resume(raw: bytes) -> Contents:
    """The lines of a JSON Resume. Raises NotADocument where it is none."""
    try:
        given = json.loads(decoded(raw, None, []))
    except (ValueError, RecursionError) as error:
        raise NotADocument(_BROKEN) from error
    if not isinstance(given, dict) or not ({"basics", "work"} & given.keys()):
        raise NotADocument(_NO_RESUME)
    return Contents(lines=[line for line in _lines(given) if line.text.strip()])


def _lines(given: dict[str, Any]) -> Iterator[Line]:
    yield from _basics(_mapping(given.get("basics")))
    for key, heading, title, where in _PARTS:
        entries = [_mapping(entry) for entry in _sequence(given.get(key))]
        if any(entries):
            yield Line(BlockKind.HEADING, heading, 2)
        for entry in entries:
            yield from _entry(entry, title, where)


def _basics(basics: dict[str, Any]) -> Iterator[Line]:
    yield Line(BlockKind.HEADING, _text(basics.get("name")), 1)
    yield Line(BlockKind.PARAGRAPH, _text(basics.get("label")))
    place = _mapping(basics.get("location"))
    reached = [_text(basics.get(key)) for key in ("email", "phone", "url")]
    reached += [_text(place.get(key)) for key in ("city", "region", "countryCode")]
    reached += [_text(_mapping(one).get("url")) for one in _sequence(basics.get("profiles"))]
    yield Line(BlockKind.PARAGRAPH, "\n".join(filter(None, reached)))
    yield Line(BlockKind.PARAGRAPH, _text(basics.get("summary")))


def _entry(entry: dict[str, Any], title: str, where: str) -> Iterator[Line]:
    named = [_text(entry.get(title)), _text(entry.get("area")), _text(entry.get(where))]
    days = _days(entry)
    head = ", ".join(filter(None, named)) + (f" ({days})" if days else "")
    yield Line(BlockKind.PARAGRAPH, head)
    for key in _TEXTS:
        yield Line(BlockKind.PARAGRAPH, _text(entry.get(key)))
    for key in _LISTS:
        for one in _sequence(entry.get(key)):
            yield Line(BlockKind.ITEM, _text(one))


def _days(entry: dict[str, Any]) -> str:
    begun, ended = _text(entry.get("startDate")), _text(entry.get("endDate"))
    alone = _text(entry.get("date") or entry.get("releaseDate"))
    return f"{begun} – {ended or 'today'}" if begun else ended or alone


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
