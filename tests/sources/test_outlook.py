"""A message saved by Outlook becomes an ordinary message with its own headers."""

from __future__ import annotations

import contextlib
import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.made import compound, outlook

from kindregards.core.letters import NotALetter, parse_letter
from kindregards.sources import outlook as door
from kindregards.sources.outlook import outlook_message
from kindregards.sources.rich_text import unpacked_rich_text, words_of_rich_text

WORDS = "Liebe Samira,\r\nwir haben uns für jemand anderen entschieden.\r\n"


def test_the_properties_become_headers_where_outlook_kept_none() -> None:
    letter = parse_letter(
        outlook_message(
            outlook(
                {
                    door.SUBJECT: "Ihre Bewerbung – Absage",
                    door.PLAIN: WORDS,
                    door.SENDER_NAME: "Robin Ahmädi",
                    door.SENDER_SMTP: "robin@hazelwick.example",
                    door.MESSAGE_ID: "<7@hazelwick.example>",
                    door.IN_REPLY_TO: "<6@ortega.example>",
                    door.SHOWN_TO: "sam@ortega.example",
                },
                moments={door.SENT: datetime(2025, 3, 4, 9, 12, tzinfo=UTC)},
            )
        )
    )
    assert letter.subject == "Ihre Bewerbung – Absage"
    assert (letter.sender.name, letter.sender.email) == ("Robin Ahmädi", "robin@hazelwick.example")
    assert letter.message_id == "<7@hazelwick.example>"
    assert letter.in_reply_to == "<6@ortega.example>"
    assert [one.email for one in letter.recipients] == ["sam@ortega.example"]
    assert letter.sent_at == datetime(2025, 3, 4, 9, 12, tzinfo=UTC)
    assert letter.text == "Liebe Samira,\nwir haben uns für jemand anderen entschieden."


def test_the_headers_of_the_journey_are_kept_and_hold() -> None:
    transport = (
        "Received: from mx.example by mail.example; Tue, 4 Mar 2025 09:12:01 +0000\r\n"
        "From: Robin Ahmadi <robin@hazelwick.example>\r\nSubject: Your\r\n application\r\n"
        "Date: Tue, 4 Mar 2025 10:12:00 +0100\r\nMessage-ID: <8@hazelwick.example>\r\n"
        "Auto-Submitted: auto-generated\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    )
    raw = outlook_message(
        outlook({door.TRANSPORT: transport, door.SUBJECT: "other", door.PLAIN: WORDS})
    )
    letter = parse_letter(raw)
    assert letter.subject == "Your application"
    assert letter.message_id == "<8@hazelwick.example>"
    assert letter.headers["auto-submitted"] == "auto-generated"
    assert str(letter.sent_at) == "2025-03-04 10:12:00+01:00"
    assert raw.count(b"Subject:") == 1


def test_older_messages_are_read_in_their_code_page() -> None:
    raw = outlook(
        {door.SUBJECT: "Grüße", door.PLAIN: WORDS},
        numbers={door.CODE_PAGE: 1252}, wide=False, charset="cp1252",
    )  # fmt: skip
    letter = parse_letter(outlook_message(raw))
    assert (letter.subject, "für jemand" in letter.text) == ("Grüße", True)


def test_a_message_with_html_alone_is_read() -> None:
    page = "<html><meta charset=windows-1252><body><p>Wir wählten jemand anderen.</p></body></html>"
    raw = outlook({door.SUBJECT: "a"}, raws={door.HTML: page.encode("cp1252")})
    assert parse_letter(outlook_message(raw)).text == "Wir wählten jemand anderen."


def test_a_message_with_rich_text_alone_is_read() -> None:
    rich = (
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard We chose somebody\'a0else\u8230 ?\par "
        rb"{\*\htmltag64 <p>}Robin\par}"
    )
    packed = struct.pack("<II4sI", len(rich) + 12, len(rich), b"MELA", 0) + rich
    raw = outlook({door.SUBJECT: "a"}, raws={door.RICH: packed})
    assert parse_letter(outlook_message(raw)).text == "We chose somebody else…\nRobin"


def test_packed_rich_text_is_unpacked() -> None:
    """Eight literals; then a reference into the beginning of the ring; then the end."""
    body = bytes([0]) + b"We chose" + bytes([0b10]) + b"!" + struct.pack(">H", (0 << 4) | (6 - 2))
    end = len(b"We chose!") + 6 + 207
    body = body[:-2] + struct.pack(">H", (0 << 4) | (6 - 2))
    closed = body[:9] + bytes([0b110]) + body[10:] + struct.pack(">H", end << 4)
    packed = struct.pack("<II4sI", len(closed) + 12, 15, b"LZFu", 0) + closed
    assert unpacked_rich_text(packed) == b"We chose!{\\rtf1"


def test_a_run_that_reaches_into_itself_repeats() -> None:
    end = 207 + 1 + 10
    body = (
        bytes([0b110])
        + b"a"
        + struct.pack(">H", (207 << 4) | (10 - 2))
        + struct.pack(">H", end << 4)
    )
    packed = struct.pack("<II4sI", len(body) + 12, 11, b"LZFu", 0) + body
    assert unpacked_rich_text(packed) == b"a" * 11


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (compound({"WordDocument": b"words"}), door.NO_MESSAGE),
        (outlook({door.SUBJECT: "a"}), door.NO_WORDS),
        (outlook({door.PLAIN: WORDS})[:700], door.BROKEN),
    ],
)
def test_what_is_no_message_is_told(raw: bytes, said: str) -> None:
    with pytest.raises(NotALetter) as told:
        outlook_message(raw)
    assert str(told.value) == said


WHOLE = outlook(
    {door.SUBJECT: "a", door.PLAIN: WORDS * 100, door.TRANSPORT: "From: a@b.example\r\n"},
    moments={door.SENT: datetime(2025, 3, 4, tzinfo=UTC)},
)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_damage_raises_anything_else(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(WHOLE)
    for place, byte in changes:
        raw[place] = byte
    with contextlib.suppress(NotALetter):
        assert outlook_message(bytes(raw))


@given(st.dictionaries(st.integers(1, 0x6000), st.text(max_size=60), max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_property_raises_anything_else(texts: dict[int, str]) -> None:
    sound = {number: text.encode("utf-8", "replace").decode() for number, text in texts.items()}
    raw = outlook_message(outlook({**sound, door.PLAIN: WORDS}))
    assert parse_letter(raw).text


@given(st.binary(max_size=600))
@settings(max_examples=300, deadline=None)
def test_no_rich_text_raises(raw: bytes) -> None:
    head = struct.pack("<II4sI", len(raw) + 12, 0, b"LZFu", 0)
    assert isinstance(words_of_rich_text(unpacked_rich_text(head + raw)), str)
    assert isinstance(words_of_rich_text(raw), str)
