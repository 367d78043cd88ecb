"""Which draft a letter from the sent mail is, by its heading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.letters.letter import Address
from kindregards.core.outreach.sent import SentLetter, Written, draft_of_sent, read_heading

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DRAFT = Written(
    key=1,
    email="ines@brackwater.example",
    subject="Re: Your application",
    made_at=NOW,
    message_id="<own@home.example>",
    in_reply_to="<one@brackwater.example>",
)
LETTER = SentLetter(
    message_id="<theirs@home.example>",
    sent_at=NOW + timedelta(hours=1),
    to=(Address("Ines", "Ines@Brackwater.example"),),
    subject="AW: RE: Your  application",
)


def test_a_heading_is_read_with_everybody_it_went_to() -> None:
    raw = (
        b"From: ada@home.example\r\nTo: =?utf-8?q?J=C3=B6rg?= <joerg@brackwater.example>\r\n"
        b"Cc: Ines <ines@brackwater.example>\r\nSubject: =?utf-8?q?Gru=C3=9F?=\r\n"
        b"Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <a@home.example>\r\n"
        b"In-Reply-To: <b@x.example>\r\nReferences: <c@x.example>\r\n <b@x.example>\r\n\r\n"
    )
    read = read_heading(raw)
    assert read == SentLetter(
        "<a@home.example>",
        NOW,
        (Address("Jörg", "joerg@brackwater.example"), Address("Ines", "ines@brackwater.example")),
        "Gruß",
        frozenset({"<b@x.example>", "<c@x.example>"}),
    )


@pytest.mark.parametrize(
    ("letter", "draft"),
    [
        (LETTER, DRAFT),
        (replace(LETTER, subject="Hello", thread=frozenset({DRAFT.in_reply_to})), DRAFT),
        (SentLetter("<own@home.example>", NOW - timedelta(days=90)), DRAFT),
        (replace(LETTER, subject="Hello"), replace(DRAFT, noted_at=NOW + timedelta(days=2))),
        (replace(LETTER, sent_at=NOW - timedelta(minutes=5)), DRAFT),
    ],
)
def test_a_letter_is_the_draft(letter: SentLetter, draft: Written) -> None:
    assert draft_of_sent(letter, [draft]) == draft


@pytest.mark.parametrize(
    ("letter", "draft"),
    [
        (replace(LETTER, to=(Address("", "jobs@brackwater.example"),)), DRAFT),
        (replace(LETTER, subject="Hello"), DRAFT),
        (replace(LETTER, subject=""), replace(DRAFT, subject="", in_reply_to="")),
        (LETTER, replace(DRAFT, email="")),
        (replace(LETTER, sent_at=NOW - timedelta(hours=1)), DRAFT),
        (replace(LETTER, sent_at=NOW + timedelta(days=31)), DRAFT),
        (LETTER, replace(DRAFT, noted_at=NOW + timedelta(days=9))),
    ],
)
def test_a_letter_is_another_one(letter: SentLetter, draft: Written) -> None:
    assert draft_of_sent(letter, [draft]) is None


def test_the_one_that_the_person_noted_comes_first_then_the_one_of_the_same_subject() -> None:
    noted = replace(DRAFT, key=2, subject="Thanks", noted_at=NOW)
    thanks = replace(DRAFT, key=3, subject="Thanks")
    letter = replace(LETTER, thread=frozenset({DRAFT.in_reply_to}))
    assert draft_of_sent(letter, [thanks, noted, DRAFT]) == noted
    assert draft_of_sent(letter, [thanks, DRAFT]) == DRAFT


@given(st.binary(max_size=400))
def test_no_bytes_stop_it(raw: bytes) -> None:
    read = read_heading(b"Message-ID: <a@b>\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n" + raw)
    assert read is None or read.message_id
