"""Tables as people keep them: encodings, delimiters, headings, days, and what their cells say."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Stage
from kindregards.core.spreadsheet import (
    Column,
    Entry,
    NotATable,
    Order,
    RowError,
    Table,
    as_csv,
    as_json,
    entries_of,
    guess_columns,
    guess_order,
    is_from_linkedin,
    known_headings,
    read_day,
    read_table,
)
from kindregards.core.spreadsheet.standing import Standing, standing_in
from kindregards.core.spreadsheet.writing import defused, undefused

TODAY = date(2026, 11, 23)
PLAIN = "Company,Role,Date applied,Status\nHarrow,Planner,2026-03-12,Rejected\n"
LINKEDIN = (
    '\ufeffNotes:\r\n"These are the jobs that you applied to, with a comma."\r\n,,,\r\n\r\n'
    "Application Date,Contact Email,Company Name,Job Title,Job Url\r\n"
    '"11/20/24, 8:15 AM",ada@home.example,"Harrow, Inc.",Planner,https://www.example.com/1\r\n'
    ",,,,\r\n"
    "12 Mar 2024,,Larkfield,Data Analyst,\r\n7-Feb-22,,Norwick,,\r\n"
)


def table_of(raw: bytes | str) -> Table:
    return read_table(raw, known_headings=known_headings())


def entries(raw: bytes | str, order: Order = Order.DAY_FIRST) -> list[Entry]:
    table = table_of(raw)
    found, errors = entries_of(table, guess_columns(table), order=order, today=TODAY)
    assert errors == []
    return found


def errors(raw: str) -> list[RowError]:
    table = table_of(raw)
    return entries_of(table, guess_columns(table), order=Order.DAY_FIRST, today=TODAY)[1]


# Tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding_is_read(delimiter: str, encoding: str) -> None:
    rows = [["Firma", "Rolle", "Notiz"], ["Müller & Söhne", "Köchin", "schön, sagte sie; ja"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    table = table_of(out.getvalue().encode(encoding))
    assert table.heading == ("Firma", "Rolle", "Notiz")
    assert table.rows == (("Müller & Söhne", "Köchin", "schön, sagte sie; ja"),)


def test_the_line_of_each_row_is_known() -> None:
    table = table_of('Company,Note\n\nHarrow,"two\nlines"\nLarkfield,\n')
    assert (table.rows, table.lines) == (
        (("Harrow", "two\nlines"), ("Larkfield", "")),
        (4, 5),
    )


def test_rows_that_are_too_short_or_too_long_are_as_wide_as_the_heading() -> None:
    assert table_of("Company,Role,Link\nHarrow\nLarkfield,Planner,,more,more\n").rows == (
        ("Harrow", "", ""),
        ("Larkfield", "Planner", ""),
    )


def test_excels_own_line_names_the_delimiter() -> None:
    assert entries("sep=;\nCompany;Role\nHarrow;Planner, Cook\n")[0].role == "Planner, Cook"


def test_a_table_without_a_heading_is_told_by_its_cells() -> None:
    found = entries("Harrow\tPlanner\t12.03.2026\tAbsage\thttps://harrow.example/1\n")
    assert found == [
        Entry(
            line=1,
            employer="Harrow",
            role="Planner",
            applied_date=date(2026, 3, 12),
            outcome=Outcome.REJECTED,
            link="https://harrow.example/1",
        )
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "There is nothing in it"),
        (b" \r\n \n", "There is nothing in it"),
        (b"Company,Role\r\n", "no row below it"),
        (b"PK\x03\x04 and more", "Save as"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\x00\x01" * 400, "not text"),
        (b"Company,Role\n" + b"Harrow,Planner\n" * 20_001, "more than 20,000 rows"),
        (b",".join(b"c%d" % one for one in range(70)) + b"\n", "more than 60 columns"),
    ],
)
def test_what_is_no_table_gets_a_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(NotATable, match=said):
        table_of(raw)


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(raw: bytes) -> None:
    try:
        table = table_of(raw)
    except NotATable:
        return
    found, wrong = entries_of(table, guess_columns(table), order=Order.DAY_FIRST, today=TODAY)
    assert len(found) + len(wrong) == len(table.rows)


# LinkedIn -------------------------------------------------------------------------------------


def test_the_linkedin_list_is_read_with_its_preamble_and_three_forms_of_days() -> None:
    assert is_from_linkedin(table_of(LINKEDIN))
    assert entries(LINKEDIN.encode(), Order.MONTH_FIRST) == [
        Entry(
            line=6,
            employer="Harrow, Inc.",
            role="Planner",
            applied_date=date(2024, 11, 20),
            link="https://www.example.com/1",
        ),
        Entry(8, "Larkfield", "Data Analyst", applied_date=date(2024, 3, 12)),
        Entry(9, "Norwick", applied_date=date(2022, 2, 7)),
    ]


def test_the_linkedin_list_may_lack_a_column() -> None:
    table = table_of("Application Date,Company Name,Job Title\n03/15/2024,Harrow,Planner\n")
    assert is_from_linkedin(table)
    assert not is_from_linkedin(table_of(PLAIN))


# Days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-12", date(2026, 3, 12)),
        ("2026-03-12T10:00:00Z", date(2026, 3, 12)),
        ("2026/3/2", date(2026, 3, 2)),
        ("12.03.2026", date(2026, 3, 12)),
        ("12.3.26", date(2026, 3, 12)),
        ("12/03/2026", date(2026, 3, 12)),
        ("12 Mar 2026", date(2026, 3, 12)),
        ("12th March 2026", date(2026, 3, 12)),
        ("Thursday, 12 March 2026", date(2026, 3, 12)),
        ("12. März 2026", date(2026, 3, 12)),
        ("7-Feb-22", date(2022, 2, 7)),
        ("March 12, 2026", date(2026, 3, 12)),
        ("Mar 12 2026, 8:15 AM", date(2026, 3, 12)),
        ("12 de marzo de 2026", date(2026, 3, 12)),
        ("46093", date(2026, 3, 12)),
        ("31/02/2026", None),
        ("12 Smarch 2026", None),
        ("soon", None),
        ("99999", None),
        ("", None),
    ],
)
def test_days_are_read_in_many_forms(cell: str, expected: date | None) -> None:
    assert read_day(cell, Order.DAY_FIRST) == expected


def test_the_order_of_day_and_month_is_taken_from_where_it_shows() -> None:
    assert read_day("03/04/2026", Order.MONTH_FIRST) == date(2026, 3, 4)
    assert guess_order(["03/04/2026", "03/15/2026"]) is Order.MONTH_FIRST
    assert guess_order(["03/04/2026", "15/03/2026"]) is Order.DAY_FIRST
    assert guess_order(["03/04/2026", "15.03.2026", "soon"]) is None


@given(st.dates(date(1970, 1, 1), date(2090, 1, 1)), st.sampled_from(Order))
def test_every_day_is_read_as_it_was_written(day: date, order: Order) -> None:
    numbers = f"{day:%d/%m/%Y}" if order is Order.DAY_FIRST else f"{day:%m/%d/%Y}"
    written = (day.isoformat(), numbers, f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}")
    assert {read_day(cell, order) for cell in written} == {day}


# What cells say -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Applied", Standing(Stage.APPLICATION)),
        ("Phone screen", Standing(Stage.SCREEN)),
        ("First interview", Standing(Stage.SCREEN)),
        ("Interview 2", Standing(Stage.INTERVIEW)),
        ("Final round", Standing(Stage.FINAL)),
        ("Offer", Standing(Stage.OFFER, Outcome.OFFERED)),
        ("Rejected", Standing(None, Outcome.REJECTED)),
        ("Rejected after final interview", Standing(Stage.FINAL, Outcome.REJECTED)),
        ("Absage nach Gespräch", Standing(Stage.INTERVIEW, Outcome.REJECTED)),
        ("Withdrawn", Standing(None, Outcome.WITHDRAWN)),
        ("Ghosted", Standing()),
        ("Pending", Standing()),
        ("with a kiss", None),
    ],
)
def test_a_status_is_understood(cell: str, expected: Standing | None) -> None:
    assert standing_in(cell) == expected


def test_a_status_that_is_not_known_goes_to_the_note() -> None:
    (entry,) = entries("Company,Status,Notes\nHarrow,with a kiss,call them\n")
    assert entry.note == "with a kiss\ncall them"


def test_words_in_the_place_of_a_day_go_to_the_note() -> None:
    found = entries("Company,Date applied\nHarrow,last summer\nLarkfield,n/a\n")
    assert [(entry.applied_date, entry.note) for entry in found] == [
        (None, "last summer"),
        (None, ""),
    ]


def test_a_link_that_is_none_goes_to_the_note() -> None:
    (entry,) = entries("Company,Link\nHarrow,javascript:alert(1)\n")
    assert (entry.link, entry.note) == ("", "javascript:alert(1)")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",Planner,,", "No employer is named in this row."),
        ("Harrow,,31/02/2026,", "“31/02/2026” is not a day that could be read."),
        ("Harrow,,24/12/2026,", "24 December 2026 is still to come."),
        ("Harrow,,02/03/2026,01/03/2026", "It ended on 1 March 2026, before it began"),
    ],
)
def test_a_row_that_cannot_be_right_says_why(row: str, said: str) -> None:
    (wrong,) = errors(f"Company,Role,Date applied,Rejected on\nLarkfield,,,\n{row}\n")
    assert wrong.line == 3
    assert wrong.why.startswith(said)


def test_a_heading_that_comes_twice_counts_once_but_for_the_status() -> None:
    table = table_of("Company,Company,Stage,Outcome\nHarrow,Mill,Final round,Rejected\n")
    assert guess_columns(table) == (
        Column.EMPLOYER,
        Column.NOTHING,
        Column.STATUS,
        Column.STATUS,
    )
    (entry,) = entries("Company,Stage,Outcome\nHarrow,Final round,Rejected\n")
    assert (entry.stage, entry.outcome) == (Stage.FINAL, Outcome.REJECTED)


# Writing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+49 30 1", "-none", "@home", "\t=1", "\r=1"])
def test_no_cell_is_run_by_a_spreadsheet(cell: str) -> None:
    (row,) = list(csv.reader(io.StringIO(as_csv([{"note": cell}]).decode("utf-8-sig"))))[1:]
    assert row[11] == f"'{cell}"


@given(st.text())
def test_what_was_defused_comes_back_as_it_was(cell: str) -> None:
    assert undefused(defused(cell)) == cell or cell.startswith("'")


def test_the_csv_is_marked_for_spreadsheets_and_can_be_read_again() -> None:
    record = {
        "employer": "=Müller",
        "role": "Köchin, zweite",
        "applied": "2026-03-12",
        "stage": "final",
        "status": "rejected",
        "decided": "2026-04-01",
        "link": "https://mueller.example/1",
        "note": 'she said "no"',
    }
    raw = as_csv([record])
    assert raw.startswith(b"\xef\xbb\xbfemployer,")
    assert entries(raw) == [
        Entry(
            line=2,
            employer="=Müller",
            role="Köchin, zweite",
            applied_date=date(2026, 3, 12),
            stage=Stage.FINAL,
            outcome=Outcome.REJECTED,
            decided_date=date(2026, 4, 1),
            link="https://mueller.example/1",
            note='she said "no"',
        )
    ]


def test_the_json_has_every_field() -> None:
    (record,) = json.loads(as_json([{"employer": "Müller", "found through": "a friend"}]))
    assert (record["employer"], record["found_through"], record["decided"]) == (
        "Müller",
        "a friend",
        None,
    )


@pytest.mark.parametrize("named", ["", '"', "\x07", "\r"])
def test_a_delimiter_that_is_named_and_is_none_is_guessed(named: str) -> None:
    text = f"sep={named}\nEmployer,Role\nBrackwater Mills,Pattern Cutter\n"
    table = read_table(text, known_headings=known_headings())
    assert table.rows == (("Brackwater Mills", "Pattern Cutter"),)


def test_a_delimiter_that_is_named_above_nothing_is_no_table() -> None:
    with pytest.raises(NotATable):
        read_table("sep=", known_headings=known_headings())
