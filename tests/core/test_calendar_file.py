"""Days as iCalendar, read back by a library that calendar programs are made with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.calendar_file import Day, as_calendar

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=120)


def days_in(raw: bytes) -> list[icalendar.Event]:
    """The events of a calendar."""
    read = icalendar.Calendar.from_ical(raw)
    assert not read.errors
    return list(read.walk("VEVENT"))


def test_a_day_is_read_as_it_was_written() -> None:
    day = Day("one@here", date(2026, 12, 31), "A word to Ines; soon, \\ so", "First\nSecond", NOW)
    (read,) = days_in(as_calendar([day], "Kind Regards"))
    assert read.decoded("UID") == "one@here"
    assert (read.decoded("DTSTART"), read.decoded("DTEND")) == (
        date(2026, 12, 31),
        date(2027, 1, 1),
    )
    assert (read["SUMMARY"], read["DESCRIPTION"]) == (day.title, day.note)
    assert read.decoded("DTSTAMP") == read.decoded("LAST-MODIFIED") == NOW


@given(TEXT, TEXT)
def test_any_text_survives_and_no_line_is_too_long(title: str, note: str) -> None:
    raw = as_calendar([Day("one", date(2026, 12, 1), title, note, NOW)], "Kind Regards")
    (read,) = days_in(raw)
    assert (str(read["SUMMARY"]), str(read.get("DESCRIPTION", ""))) == (title, note)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_what_is_said_cannot_begin_a_line_of_its_own() -> None:
    said = "x\r\nEND:VEVENT\nBEGIN:VEVENT\rUID:two\u2028ATTACH:http\x85z\x0b"
    (read,) = days_in(as_calendar([Day("one", date(2026, 12, 1), said, said, NOW)], said))
    assert (read["UID"], "ATTACH" in read) == ("one", False)


def test_a_later_change_counts_higher() -> None:
    day = Day("one", date(2026, 12, 1), "A word", "", NOW)
    later = Day("one", date(2026, 12, 8), "A word", "", NOW + timedelta(minutes=1))
    (first,), (second,) = (days_in(as_calendar([one], "K")) for one in (day, later))
    assert second["SEQUENCE"] > first["SEQUENCE"] > 0
    assert second.decoded("LAST-MODIFIED") > first.decoded("LAST-MODIFIED")
