"""Cards, vCards, and who is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.network.book import (
    Book,
    Change,
    ChangeKind,
    changes_between,
    completed,
)
from kindregards.core.network.card import Birthday, Card, person_key, plain_address, profile_key
from kindregards.core.network.linkedin import connections
from kindregards.core.network.vcard import NotCards, as_vcards, cards_of


@pytest.mark.parametrize(
    ("link", "key"),
    [
        (
            "https://www.linkedin.com/in/Ines-Okafor/?trk=x&midToken=y",
            "linkedin.com/in/ines-okafor",
        ),
        ("de.linkedin.com/in/j%C3%B6rg", "linkedin.com/in/jörg"),
        ("https://www.linkedin.com/comm/in/ada?otpToken=secret", "linkedin.com/in/ada"),
        ("https://linkedin.com.evil.example/in/ada", ""),
        ("https://www.linkedin.com/jobs/view/7", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_a_profile_is_kept_without_what_tracks(link: str, key: str) -> None:
    assert profile_key(link) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Ines Okafor", "ines okafor"),
        ("Okafor, Ines", "Ines Okafor"),
        ("José Álvarez, PhD", "jose alvarez"),
        ("Jörg Groß 🚀", "Jorg Gross"),
        ("Ada (she/her) Berg", "Ada Berg"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert person_key(one) == person_key(other)


def test_two_names_have_two_keys() -> None:
    assert person_key("Ines Okafor") != person_key("Ines Okoro")


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert person_key(person_key(name)) == person_key(name)


CARDS = """\
BEGIN:VCARD
VERSION:4.0
FN:Ines Okafor
N:Okafor;Ines;;;
EMAIL;TYPE=work:Ines@tidewell.example
ORG:Tidewell;Planning
TITLE:Head of Planning
BDAY:--0412
URL:https://www.linkedin.com/in/ines-okafor?trk=x
NOTE:Met in the\\nlast round
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
PHOTO;ENCODING=b:AAAA
 BBBB
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg
EMAIL;INTERNET:j@x.example
END:VCARD
BEGIN:VCARD
this is no card
END:VCARD
"""
INES = Card(
    name="Ines Okafor",
    email="ines@tidewell.example",
    role="Head of Planning",
    employer="Tidewell",
    profile="linkedin.com/in/ines-okafor",
    birthday=Birthday(4, 12),
    note="Met in the\nlast round",
    uid="urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_cards_of_every_version_are_read_and_a_broken_one_is_counted(ends: str) -> None:
    cards, unread = cards_of(CARDS.replace("\n", ends).encode())
    assert cards == [INES, Card(name="Jörg Müller", email="j@x.example")]
    assert unread == 1


def test_what_is_written_is_read_again() -> None:
    cards = [
        INES,
        Card(name="Cher", email="c@x.example"),
        Card(name="Ana de la Cruz", role="a;b,c"),
    ]
    assert cards_of(as_vcards(cards).encode()) == (cards, 0)


@pytest.mark.parametrize("raw", [b"", b"BEGIN:VCARD", b"BEGIN:VCARD\nEND:VCARD\n", b"\xff\xfe\x00"])
def test_a_file_of_nobody_is_an_error(raw: bytes) -> None:
    with pytest.raises(NotCards, match="Nobody is in this file"):
        cards_of(raw)


@given(st.lists(st.sampled_from(CARDS.splitlines()), max_size=30), st.text(max_size=40))
def test_no_lines_make_reading_cards_raise_anything_else(lines: list[str], odd: str) -> None:
    try:
        cards, _unread = cards_of("\n".join([*lines, odd]).encode("utf-8", "replace"))
    except NotCards:
        return
    assert all(card.is_somebody for card in cards)


def a_book(*cards: Card) -> Book[int]:
    book: Book[int] = Book()
    for key, card in enumerate(cards):
        book.put(key, card)
    return book


@pytest.mark.parametrize(
    ("card", "who"),
    [
        (Card(name="I. Okafor", profile="linkedin.com/in/ines-okafor"), 0),
        (Card(name="Ines O.", email="ines@tidewell.example"), 0),
        (Card(name="Okafor, Ines", employer="Tidewell Ltd"), 0),
        (Card(name="Ines Okafor", employer="Elsewhere"), None),
        (Card(name="Ines Okafor", employer="Tidewell", profile="linkedin.com/in/another"), None),
        (Card(name="Ines", employer="Tidewell"), None),
    ],
    ids=["profile", "address", "name and employer", "another employer", "another profile", "half"],
)
def test_who_is_the_same(card: Card, who: int | None) -> None:
    assert a_book(INES).same(card) == who


def test_two_of_one_name_are_only_likely_the_same() -> None:
    home = Card(name="Ines Okafor", email="ines@home.example")
    other = Card(name="Ines Okafor", employer="Elsewhere")
    assert a_book(INES, home, other).likely(0) == [1]


def test_an_address_that_somebody_has_is_not_given_to_another() -> None:
    book = a_book(INES)
    assert book.free(Card(name="Ada", email=INES.email), 7).email == ""
    assert book.free(INES, 0) == INES


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (
            Card(employer="Quayside", role="Director"),
            (Change(ChangeKind.NEW_EMPLOYER, "Tidewell", "Quayside"),),
        ),
        (
            Card(employer="Tidewell GmbH", role="Director"),
            (Change(ChangeKind.NEW_ROLE, "Head of Planning", "Director"),),
        ),
        (Card(employer="", role=""), ()),
        (Card(employer="TIDEWELL", role="head of planning"), ()),
    ],
)
def test_what_is_new_about_somebody(after: Card, changes: tuple[Change, ...]) -> None:
    assert changes_between(INES, after) == changes


def test_a_role_of_the_old_employer_does_not_go_along_to_the_new() -> None:
    assert completed(INES, Card(employer="Quayside")).role == ""
    assert completed(INES, Card(role="Director")).role == "Director"
    assert completed(INES, Card()) == INES


TWO_AT_ONCE = "a@b.example bcc: evil@x.example"


@pytest.mark.parametrize("told", [TWO_AT_ONCE, "<a@b.example>", "a b@c.example", "@"])
def test_what_is_not_one_plain_address_is_not_kept_as_one(told: str) -> None:
    assert plain_address(told) == ""
    book = f"BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nEMAIL:{told}\nEND:VCARD\n".encode()
    assert [card.email for card in cards_of(book)[0]] == [""]
    listed = f'First Name,Last Name,Email Address\nAda,Moss,"{told}"\n'.encode()
    assert [card.email for card in connections(listed)[0]] == [""]


def test_a_plain_address_is_kept_in_lower_case() -> None:
    assert plain_address(" Ines.O'Hara+work@Brackwater.example ") == (
        "ines.o'hara+work@brackwater.example"
    )
