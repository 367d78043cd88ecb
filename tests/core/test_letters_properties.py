"""What holds for every text: nothing raises, cleaning rests, evidence is a slice."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.letters import (
    NotALetter,
    as_record,
    clean,
    from_record,
    not_told,
    parse_letter,
    pasted_letter,
    read_letter,
    told,
)

LINES = st.sampled_from(
    [
        "Dear Mara,",
        "Unfortunately we will not be moving forward with your application.",
        "Leider müssen wir Ihnen mitteilen, dass die Stelle besetzt ist.",
        "We will keep your resume on file, and",
        "> We have received your application.",
        "On Mon, 5 Oct 2026 at 10:00, Ida wrote:",
        "From: Ida Brenner <ida@halden.example>",
        "Sent: Monday",
        "-----Original Message-----",
        "Begin forwarded message:",
        "“Kind” regards,\u00a0",
        "Ida Brenner",
        "",
        "İstanbul ﬁnal round",
    ]
)
LETTERS = st.lists(LINES | st.text(max_size=60), max_size=14).map("\n".join)
HEADERS = st.sampled_from(
    [
        b"From: a@b.example\n",
        b"Subject: =?utf-8?q?no=\n",
        b"Content-Type: multipart/mixed; boundary=x\n",
        b"Content-Type: text/html; charset=x\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Date: yesterday\n",
    ]
)
MESSAGES = st.tuples(st.lists(HEADERS, max_size=4).map(b"".join), st.binary(max_size=300)).map(
    lambda parts: parts[0] + b"\n" + parts[1]
)


@given(st.binary(max_size=400) | MESSAGES)
@settings(deadline=None, max_examples=250)
def test_no_bytes_raise_anything_but_that_they_are_no_letter(raw: bytes) -> None:
    try:
        letter = parse_letter(raw)
    except NotALetter:
        return
    assert letter.text
    read_letter(letter)


@given(LETTERS)
@settings(deadline=None, max_examples=250)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(LETTERS, st.text(max_size=40))
@settings(deadline=None, max_examples=150)
def test_evidence_is_a_slice_and_stands_in_order(text: str, subject: str) -> None:
    try:
        letter = pasted_letter(text, subject=subject)
    except NotALetter:
        return
    reading = read_letter(letter)
    places = [(shown.start, shown.end) for shown in reading.evidence]
    assert [letter.text[start:end] for start, end in places] == [
        shown.quote for shown in reading.evidence
    ]
    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert all(shown.why.endswith(".") for shown in reading.evidence)


@given(LETTERS)
@settings(deadline=None, max_examples=100)
def test_a_record_gives_the_reading_back_and_can_be_told(text: str) -> None:
    try:
        reading = read_letter(pasted_letter(text))
    except NotALetter:
        return
    assert from_record(as_record(reading)) == reading
    assert told(reading).endswith(".")
    assert all(line.endswith(".") for line in not_told(reading))
    assert 0 < reading.probability <= 1
