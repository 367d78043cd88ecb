"""Days for the calendar a person uses, as iCalendar (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # bytes without the line end (RFC 5545, 3.1)
_COUNTED_FROM = datetime(2026, 1, 1, tzinfo=UTC)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day with something on it.

    `uid` stays the same for the same thing, so that a calendar moves what it has and doubles
    nothing. `changed_at`, aware, is when it last became another.
    """

    uid: str
    on: date
    title: str
    note: str
    changed_at: datetime


def as_calendar(days: Iterable[Day], name: str) -> bytes:
    """The days as a calendar of that name: UTF-8, lines folded and ended as RFC 5545 says.

    The same days give the same bytes. A later change has a higher SEQUENCE and a later DTSTAMP and
    LAST-MODIFIED, by which calendars tell the newer of two.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kind Regards//Reminders//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for one in days:
        lines += _lines_of(one)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _lines_of(one: Day) -> list[str]:
    changed_at = one.changed_at.astimezone(UTC).replace(microsecond=0)
    stamp = f"{changed_at:%Y%m%dT%H%M%SZ}"
    minutes = max(0, (changed_at - _COUNTED_FROM) // timedelta(minutes=1))
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"SEQUENCE:{minutes}",
        f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(one.title)}",
        *([f"DESCRIPTION:{_text(one.note)}"] if one.note else []),
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """A value as TEXT (3.3.11): no character of it can begin a line or another value."""
    plain = "\n".join(_CONTROL.sub("", value.replace("\r\n", "\n")).splitlines())
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, none of which cuts a character in two."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += width
    return "\r\n".join([*pieces, piece])
