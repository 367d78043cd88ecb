"""A mail server that breaks every rule costs a sentence: no memory, no thread, no other account."""

from __future__ import annotations

import resource

import pytest
from tests.servers.hostile import DRIPPING, FOR_EVER, saying

from kindregards.sources.imap import Account, Fetched, Folder, fetch, folders_of
from kindregards.sources.imap_errors import MailAccountError, NotUnderstood, TookTooLong

DIGITS = b"9" * 5000


def reached(port: int) -> Account:
    return Account("127.0.0.1", port, "ole", "none", patience=5, longest=5)


def fetched(**answers: bytes) -> list[Fetched]:
    with saying(**answers) as port:
        return list(fetch(reached(port), "tulip", ["INBOX"]))


def listed(**answers: bytes) -> tuple[Folder, ...]:
    with saying(**answers) as port:
        return folders_of(reached(port), "tulip")


@pytest.mark.parametrize(
    "answers",
    [
        {"EXAMINE": b"* OK [UIDVALIDITY abc] fine\r\n"},
        {"EXAMINE": b"* OK [UIDVALIDITY " + DIGITS + b"] fine\r\n"},
        {"EXAMINE": b"* OK [UIDVALIDITY 99999999999999999999] fine\r\n"},
        {"SEARCH": b"* SEARCH one two -3\r\n"},
        {"SEARCH": b"* SEARCH 1 99999999999999999999\r\n"},
        {"SEARCH": b"* SEARCH \xff\xfe\r\n"},
        {"FETCH": b"* 1 FETCH (UID 1 BODY[] {4294967295}\r\n"},
        {"FETCH": FOR_EVER + b"* 1 FETCH (UID 1 BODY[] {300000}\r\n" + b"a" * 300_000 + b")\r\n"},
    ],
)
def test_an_answer_that_makes_no_sense_is_told(answers: dict[str, bytes]) -> None:
    with pytest.raises(NotUnderstood) as told:
        fetched(**answers)
    assert "cannot be understood as mail" in str(told.value)
    assert not told.value.needs_person


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (UID 1 RFC822.SIZE " + DIGITS + b" BODY[] {3}\r\nabc)\r\n",
        b"* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n* 2 FETCH (UID " + DIGITS + b" BODY[] NIL)\r\n",
        b"* 7 FETCH (UID 7 BODY[] {3}\r\nxyz)\r\n* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n",
    ],
)
def test_what_was_not_asked_for_is_passed_over(answer: bytes) -> None:
    came = fetched(FETCH=answer)
    assert [one.source.raw for one in came] == [b"abc", b"", b""]
    assert [one.state.last_uid for one in came] == [1, 2, 3]


@pytest.mark.parametrize(
    "name", [b'"&a"', b'"R&D"', b'"&2AA-"', b'"a\x00b"', b'"a\x1b[31m"', b'""', b""]
)
def test_a_folder_whose_name_is_none_hides_no_other(name: bytes) -> None:
    found = listed(LIST=b'* LIST () "/" ' + name + b'\r\n* LIST () "/" "Jobs \\"new\\""\r\n')
    assert [one.name for one in found] == ['Jobs "new"']


@pytest.mark.parametrize(
    "answer",
    [b"(MESSAGES \xff)", "(MESSAGES ²)".encode(), b"(MESSAGES)", b"", b"(MESSAGES " + DIGITS + b")",
     b"(MESSAGES 4000000000)"],
)  # fmt: skip
def test_a_folder_whose_count_is_none_is_listed_all_the_same(answer: bytes) -> None:
    found = listed(STATUS=b'* STATUS "INBOX" ' + answer + b"\r\n")
    assert [(one.name, one.messages) for one in found] == [("INBOX", None)]


@pytest.mark.parametrize(
    "answers",
    [
        {"LIST": FOR_EVER + b'* LIST () "/" "a"\r\n'},
        {"LIST": b'* LIST () "/" {4294967295}\r\n'},
        {"LIST": b'* LIST () "/" {99999999999999999999}\r\n'},
        {"LIST": b"".join(b'* LIST () "/" "f%d"\r\n' % number for number in range(200_000))},
        {"LOGIN": FOR_EVER + b"+ go on\r\n"},
        {"greeting": FOR_EVER + b"a" * 65_536},
        {"greeting": b"HTTP/1.1 400 Bad Request\r\n\r\n"},
        {"greeting": b"\x00\xff\x80\r\n"},
    ],
)
def test_what_never_ends_is_broken_off(answers: dict[str, bytes]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(MailAccountError):
        listed(**answers)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB


def test_a_server_that_says_a_little_all_the_time_is_not_listened_to_for_ever() -> None:
    with saying(LIST=DRIPPING + b"a" * 1000) as port, pytest.raises(TookTooLong):
        folders_of(Account("127.0.0.1", port, "ole", "none", patience=1, longest=1), "tulip")


def test_of_very_many_folders_the_inbox_is_among_those_that_are_kept() -> None:
    many = b"".join(b'* LIST () "/" "f%d"\r\n' % number for number in range(5000))
    found = listed(LIST=many + b'* LIST () "/" "INBOX"\r\n')
    assert len(found) == 1000
    assert found[0].name == "INBOX"
