"""Lists of a LinkedIn export, as they are and as they are not supposed to be."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.network.card import Card
from kindregards.core.network.linkedin import connections, invitations, messages, own_name
from kindregards.core.outreach.draft import Direction
from kindregards.core.spreadsheet import NotATable

PREAMBLE = 'Notes:\n"When exporting, some ""addresses"" may be missing."\n\n'
HEADING = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
INES = (
    "Ines,Okafor,https://www.linkedin.com/in/Ines-Okafor?trk=contact,,Tidewell,Planner,12 Mar 2024"
)
INES_CARD = Card(
    name="Ines Okafor",
    role="Planner",
    employer="Tidewell",
    profile="linkedin.com/in/ines-okafor",
    connected_date=date(2024, 3, 12),
)


def test_a_connection_is_taken_from_below_the_notes() -> None:
    assert connections((PREAMBLE + HEADING + INES).encode()) == ([INES_CARD], [])


@pytest.mark.parametrize(
    "raw",
    [
        ("\ufeff" + PREAMBLE + HEADING + INES + "\n").encode(),
        (HEADING + INES).replace("\n", "\r\n").encode(),
        (",,,,,,\n" * 60 + HEADING + ",,,,,,\n" + INES + "\n,,,,,,\n").encode(),
        (PREAMBLE + HEADING + INES).encode("utf-16"),
        (HEADING.replace("First Name", "first name") + INES).encode(),
    ],
    ids=["byte-order mark", "CRLF", "blank rows", "UTF-16", "small letters"],
)
def test_odd_files_tell_the_same(raw: bytes) -> None:
    assert connections(raw) == ([INES_CARD], [])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 Mar 2024", date(2024, 3, 12)),
        ("7-Feb-22", date(2022, 2, 7)),
        ("03/15/2024", date(2024, 3, 15)),
        ("", None),
        ("soon", None),
    ],
)
def test_the_day_of_a_connection_comes_in_three_forms(written: str, day: date | None) -> None:
    cards, unread = connections((HEADING + f"Ada,Berg,,,,,{written}").encode())
    assert (cards[0].connected_date, unread) == (day, [])


def test_an_older_export_has_no_profiles() -> None:
    heading = b"First Name,Last Name,Email Address,Company,Position,Connected On\n"
    raw = heading + b"Ada,Berg,A@b.example,X,Y,1 Jan 2020\n"
    (card,), _unread = connections(raw)
    assert (card.profile, card.email) == ("", "a@b.example")


def test_a_row_without_anybody_is_told_with_its_line() -> None:
    cards, unread = connections((HEADING + INES + "\n,,,,Somewhere,,1 Jan 2020\n").encode())
    assert cards == [INES_CARD]
    assert [(one.line, one.why) for one in unread] == [(3, "It names nobody.")]


@pytest.mark.parametrize(
    "raw",
    [b"", HEADING.encode(), b"Name of dog,Breed\nRex,Collie\n", b"%PDF-1.7", b"\x00" * 500],
    ids=["nothing", "only a heading", "another list", "a PDF", "no text"],
)
def test_a_list_of_nobody_is_an_error(raw: bytes) -> None:
    with pytest.raises(NotATable):
        connections(raw)


def test_the_csv_of_an_address_book_is_taken_too() -> None:
    heading = b"Name,E-mail 1 - Value,Organization Name,Organization Title,Birthday\n"
    raw = heading + b"Ada Berg,ada@b.example,Bergwerk,Miner,--04-12\n"
    (card,), _unread = connections(raw)
    assert (card.name, card.email, card.employer, card.role) == (
        "Ada Berg",
        "ada@b.example",
        "Bergwerk",
        "Miner",
    )
    assert card.birthday is not None
    assert (card.birthday.month, card.birthday.day, card.birthday.year) == (4, 12, None)


INVITED = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    'Mara Lind,Ada Berg,"8/5/26, 1:57 PM",Hello,OUTGOING,https://www.linkedin.com/in/mara,'
    "https://www.linkedin.com/in/ada\n"
    'Joe Odd,Mara Lind,"12/31/25, 12:05 AM",,INCOMING,https://www.linkedin.com/in/joe,\n'
    "Joe Odd,Mara Lind,whenever,,INCOMING,,\n"
)


def test_invitations_say_which_way_they_went() -> None:
    words, unread = invitations(INVITED.encode())
    assert [(one.name, one.profile, one.direction, one.at) for one in words] == [
        (
            "Ada Berg",
            "linkedin.com/in/ada",
            Direction.OUT,
            datetime(2026, 8, 5, 13, 57, tzinfo=UTC),
        ),
        ("Joe Odd", "linkedin.com/in/joe", Direction.IN, datetime(2025, 12, 31, 0, 5, tzinfo=UTC)),
    ]
    assert [one.why for one in unread] == ["“whenever” is not a time."]


TALKED = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT\n"
    "1,,Ada Berg,https://www.linkedin.com/in/ada,Mara Lind,https://www.linkedin.com/in/mara,"
    '2024-01-15 14:30:00 UTC,,"Two lines,\nand a comma",INBOX,,No\n'
    "1,,Mara Lind,https://www.linkedin.com/in/mara,Ada Berg,https://www.linkedin.com/in/ada,"
    "2024-01-16 08:00:00 UTC,,Thank you,INBOX,,No\n"
    "2,,Joe Odd,https://www.linkedin.com/in/joe,Mara Lind,https://www.linkedin.com/in/mara,"
    "2024-02-01 08:00:00 UTC,,Buy now,SPAM,,No\n"
    "3,,Mara Lind,https://www.linkedin.com/in/mara,Joe Odd,https://www.linkedin.com/in/joe,"
    "2024-02-02 08:00:00 UTC,,Not yet,INBOX,,Yes\n"
    '4,,Ada Berg,https://www.linkedin.com/in/ada,"Mara Lind, Joe Odd",'
    '"https://www.linkedin.com/in/mara,https://www.linkedin.com/in/joe",'
    "2024-02-03 08:00:00 UTC,,All of you,INBOX,,No\n"
)


@pytest.mark.parametrize("own", [frozenset({"mara lind"}), frozenset()])
def test_messages_are_those_between_the_person_and_one_other(own: frozenset[str]) -> None:
    words, unread = messages(TALKED.encode(), own_names=own)
    assert [(one.name, one.direction, one.text) for one in words] == [
        ("Ada Berg", Direction.IN, "Two lines,\nand a comma"),
        ("Ada Berg", Direction.OUT, "Thank you"),
    ]
    assert unread == []


def test_who_the_person_is_stands_in_their_profile() -> None:
    assert own_name(b"First Name,Last Name,Maiden Name\nMara,Lind,\n") == "Mara Lind"
    assert own_name(b"nothing of the kind") == ""


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_no_bytes_make_it_raise_anything_else(raw: bytes) -> None:
    for read in (connections, invitations, lambda raw: messages(raw, own_names=frozenset())):
        with suppress(NotATable):
            rows, unread = read(raw)
            assert len(rows) + len(unread) > 0 or raw.strip()
    assert isinstance(own_name(raw), str)
