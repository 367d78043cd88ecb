"""What is told where the words are few: receipts, roles on hold, and letters that break off."""

from __future__ import annotations

from kindregards.core.letters import parse_letter, read_letter
from kindregards.core.letters.circumstances import facts_of
from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import phrasebook
from kindregards.core.letters.reading import Kind
from kindregards.core.letters.signs import signs_of
from kindregards.core.letters.weighing import likeliest


def test_a_receipt_that_refuses_in_no_words_is_no_refusal_on_a_guess() -> None:
    page = Page(parse_letter(b"From: a@b.example\n\nWe have received your application.\n"))
    signs = signs_of(page, phrasebook("en"))
    unsure = {Kind.REJECTION: 0.4, Kind.ACKNOWLEDGEMENT: 0.35, Kind.OTHER: 0.25}
    surer = {Kind.REJECTION: 0.6, Kind.ACKNOWLEDGEMENT: 0.3, Kind.OTHER: 0.1}

    assert likeliest(unsure, signs) is Kind.ACKNOWLEDGEMENT
    assert likeliest(surer, signs) is Kind.REJECTION
    assert likeliest(unsure, []) is Kind.REJECTION


def test_a_position_put_on_hold_is_not_refused_however_sorry_they_are() -> None:
    text = (
        "From: Talent <talent@orrery.example>\nSubject: Update\n\nDear Ana,\n\nThank you for the "
        "time you took to speak to us. Unfortunately we are putting this position on hold while we "
        "rethink the team. We would love to stay connected and know that this is disappointing to "
        "read.\n\nThe Orrery team\n"
    )

    assert read_letter(parse_letter(text.encode())).kind is Kind.ON_HOLD


def test_a_refusal_that_nothing_follows_is_told_from_one_that_takes_leave() -> None:
    start = "From: a@b.example\n\nThank you for applying. We will not be moving forward with you."
    ends, leaves = (
        facts_of(page, signs_of(page, phrasebook("en")), "en", signed=False)
        for page in map(Page, map(parse_letter, (start.encode(), f"{start}\n\nBye!".encode())))
    )

    assert "letter.ends_with_no" in ends
    assert "letter.ends_with_no" not in leaves
