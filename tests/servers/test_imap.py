"""Mail comes from a real server whole, once, and stays there as it was."""

from __future__ import annotations

import imaplib
import socket
import time
from datetime import date

import pytest
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.scissors import cutting
from tests.sources.made import letter

from kindregards.core.letters import parse_letter
from kindregards.sources.connection import is_outside
from kindregards.sources.imap import (
    Account,
    Fetched,
    Folder,
    fetch,
    folders_of,
)
from kindregards.sources.imap_errors import (
    AppPasswordWanted,
    ConnectionCut,
    HostNotFound,
    ImapSwitchedOff,
    MailAccountError,
    NotEncrypted,
    NotOutside,
    NotReachable,
    NotVerified,
    PasswordsNotTaken,
    TookTooLong,
    WrongPassword,
)

MANY = 10_000


def account(dovecot: Dovecot, user: str) -> Account:
    return Account("127.0.0.1", dovecot.plain, user, "none")


def subjects(fetched: list[Fetched]) -> list[str]:
    return [parse_letter(one.source.raw).subject for one in fetched]


@pytest.fixture(scope="session")
def many(dovecot: Dovecot) -> Account:
    words = "we have chosen somebody else. " * 100
    dovecot.deliver("many", (letter(number, words) for number in range(MANY)))
    return account(dovecot, "many")


def test_ten_thousand_messages_come_once_and_beside_the_bare_download(
    many: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    bare_download(many)  # so that the server has made its index
    began = time.monotonic()
    fetched = list(fetch(many, PASSWORD, ["INBOX"]))
    ours = time.monotonic() - began
    bare = bare_download(many)
    with capsys.disabled():
        told = f"\nfetched {MANY} in {ours:.1f} s, the bare download of the same {bare:.1f} s"
        print(told)  # noqa: T201 - the figure is to be seen
    assert len({one.source.raw for one in fetched}) == MANY
    assert [one.done for one in fetched] == list(range(1, MANY + 1))
    assert {one.of for one in fetched} == {MANY}
    assert ours < 3 * bare + 3


def bare_download(account: Account) -> float:
    began = time.monotonic()
    with imaplib.IMAP4(account.host, account.port) as client:
        client.login(account.user, PASSWORD)
        client.select("INBOX", readonly=True)
        client.uid("FETCH", "1:*", "(BODY.PEEK[])")
    return time.monotonic() - began


def test_a_connection_cut_in_the_middle_costs_nothing(many: Account) -> None:
    came: list[Fetched] = []
    for after in (5_000_000, 8_000_000):
        before = len(came)
        with cutting(many.port, after) as port, pytest.raises(ConnectionCut) as told:
            take_all(Account("127.0.0.1", port, "many", "none"), came)
        assert "broke off" in str(told.value)
        assert len(came) > before + 500
    assert len(came) < MANY
    take_all(many, came)
    assert len(came) == MANY
    assert len({one.source.name for one in came}) == MANY


def take_all(account: Account, came: list[Fetched]) -> None:
    """Fetch what has not come yet, and keep what comes also where it breaks off."""
    for one in fetch(account, PASSWORD, ["INBOX"], states=[one.state for one in came[-1:]]):
        came.append(one)


def test_a_consumer_may_stop_at_any_message_and_go_on_from_it(many: Account) -> None:
    fetching = fetch(many, PASSWORD, ["INBOX"])
    first = [next(fetching) for _ in range(333)]
    fetching.close()
    second = next(fetch(many, PASSWORD, ["INBOX"], states=[first[-1].state]))
    assert second.state.last_uid == first[-1].state.last_uid + 1
    assert second.of == MANY - 333


def test_only_what_is_new_comes_the_next_time(dovecot: Dovecot) -> None:
    dovecot.deliver("bela", [letter(1), letter(2)])
    mine = account(dovecot, "bela")
    state = list(fetch(mine, PASSWORD, ["INBOX"]))[-1].state
    assert list(fetch(mine, PASSWORD, ["INBOX"], states=[state])) == []
    dovecot.deliver("bela", [letter(3)])
    assert subjects(list(fetch(mine, PASSWORD, ["INBOX"], states=[state]))) == ["Letter 3"]


def test_a_renumbered_folder_is_gone_through_again(dovecot: Dovecot) -> None:
    dovecot.deliver("carla", [letter(number) for number in range(5)])
    mine = account(dovecot, "carla")
    old = list(fetch(mine, PASSWORD, ["INBOX"]))[-1].state
    dovecot.renumber("carla")
    again = list(fetch(mine, PASSWORD, ["INBOX"], states=[old]))
    assert len(again) == 5
    assert again[-1].state.uidvalidity != old.uidvalidity
    assert list(fetch(mine, PASSWORD, ["INBOX"], states=[again[-1].state])) == []


def test_nothing_is_marked_as_read_or_moved(dovecot: Dovecot) -> None:
    dovecot.deliver("dario", [letter(1), letter(2, "x" * 200_000)])
    before = dovecot.names("dario")
    assert len(list(fetch(account(dovecot, "dario"), PASSWORD, ["INBOX"]))) == 2
    folders_of(account(dovecot, "dario"), PASSWORD)
    assert dovecot.names("dario") == before
    with imaplib.IMAP4("127.0.0.1", dovecot.plain) as client:
        client.login("dario", PASSWORD)
        client.select("INBOX", readonly=True)
        assert client.uid("SEARCH", "UNSEEN")[1] == [b"1 2"]


def test_broken_messages_come_as_they_are_and_stop_nothing(dovecot: Dovecot) -> None:
    broken = [
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; a=\xff\n",
        b"\x00\x01\x02 no headers at all \xff\xfe",
        b"Subject: =?utf-8?b?////?=\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Subject: " + b"a" * 20_000 + b"\n\nlong line\n",
        b"",
    ]
    dovecot.deliver("edith", [letter(0), *broken, letter(9)])
    fetched = list(fetch(account(dovecot, "edith"), PASSWORD, ["INBOX"]))
    assert len(fetched) == len(broken) + 2
    assert parse_letter(fetched[0].source.raw).subject == "Letter 0"
    assert parse_letter(fetched[-1].source.raw).subject == "Letter 9"
    assert all(bool(one.source.raw) != bool(one.source.error) for one in fetched)


def test_large_messages_come_whole_only_where_they_are_wanted(dovecot: Dovecot) -> None:
    large = letter(1, ("y" * 76 + "\n") * 4000)
    vast = letter(2, ("z" * 76 + "\n") * 50_000)
    dovecot.deliver("farid", [large, vast])
    mine = account(dovecot, "farid")
    whole = [len(one.source.raw) for one in fetch(mine, PASSWORD, ["INBOX"])]
    begun = fetch(mine, PASSWORD, ["INBOX"], wanted=lambda beginning: b"zzz" in beginning)
    assert whole[0] == len(large.replace(b"\n", b"\r\n"))
    assert whole[1] == 3_000_001
    assert [len(one.source.raw) for one in begun] == [65_536, 3_000_001]


def test_folders_are_told_with_what_they_are_for(dovecot: Dovecot) -> None:
    for name in ("Trash", "Spam", "Bewerbungen", "Entw&APw-rfe"):
        dovecot.deliver("greta", [letter(1)], folder=name)
    assert set(folders_of(account(dovecot, "greta"), PASSWORD)) == {
        Folder("INBOX", "inbox", messages=0),
        Folder("Bewerbungen", messages=1),
        Folder("Entwürfe", "drafts", suggested=False, messages=1),
        Folder("Spam", "junk", suggested=False, messages=1),
        Folder("Trash", "trash", suggested=False, messages=1),
    }


def test_several_folders_are_read_and_a_missing_one_is_told(dovecot: Dovecot) -> None:
    dovecot.deliver("hanno", [letter(1)])
    dovecot.deliver("hanno", [letter(2)], folder="Entw&APw-rfe")
    mine = account(dovecot, "hanno")
    one, gone, two = fetch(mine, PASSWORD, ["INBOX", "Gone", "Entwürfe"])
    assert subjects([one, two]) == ["Letter 1", "Letter 2"]
    assert gone.source.error.startswith("The folder Gone is no longer in this account.")
    assert [entry.done for entry in (one, gone, two)] == [1, 2, 3]


def test_a_first_day_holds_and_an_earlier_one_goes_back(dovecot: Dovecot) -> None:
    dovecot.deliver("ines", [letter(1)])
    mine = account(dovecot, "ines")
    late = date(2030, 1, 1)
    assert list(fetch(mine, PASSWORD, ["INBOX"], since=late)) == []
    [one] = fetch(mine, PASSWORD, ["INBOX"], since=date(2001, 1, 1))
    assert one.state.since == date(2001, 1, 1)
    [again] = fetch(mine, PASSWORD, ["INBOX"], since=date(2000, 1, 1), states=[one.state])
    assert again.source == one.source


def test_a_wrong_password_is_told_with_what_to_do(dovecot: Dovecot) -> None:
    for password in ("wrong", "", "größer", 'quote"\\', "line\r\nA1 LOGOUT"):
        with pytest.raises(WrongPassword) as told:
            folders_of(account(dovecot, "jarl"), password)
        assert str(told.value).startswith("The password for jarl was not accepted.")
        assert "app password" in str(told.value)


@pytest.mark.parametrize(
    ("user", "expected", "words"),
    [
        ("off", ImapSwitchedOff, "IMAP is switched off for this account"),
        ("two-step", AppPasswordWanted, "made for this one program"),
        ("microsoft", PasswordsNotTaken, "no password would help"),
    ],
)
def test_a_refusal_that_the_server_explains_is_told_in_plain_words(
    dovecot: Dovecot, user: str, expected: type[MailAccountError], words: str
) -> None:
    with pytest.raises(expected) as told:
        folders_of(account(dovecot, user), PASSWORD)
    assert words in str(told.value)
    assert told.value.needs_person


def test_a_server_that_says_nothing_is_not_waited_for_without_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mute = Account("127.0.0.1", silent.getsockname()[1], "nele", "none", patience=0.2)
        with pytest.raises(TookTooLong) as told:
            folders_of(mute, PASSWORD)
    assert not told.value.needs_person


def test_where_others_use_this_computer_its_own_network_is_out_of_reach(dovecot: Dovecot) -> None:
    for host, port in (("localhost", 993), ("127.0.0.1", 143), ("10.0.0.1", 993), ("::1", 993)):
        with pytest.raises(NotOutside):
            folders_of(Account(host, port, "ole", outside_only=True), PASSWORD)
    with pytest.raises(NotOutside):
        folders_of(Account("localhost", dovecot.tls, "ole", outside_only=True), PASSWORD)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "fe80::1%eth0", "fd00::1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::10.0.0.1", "ff02::1", "nonsense",
        "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::10.0.0.1", "fec0::1", "192.0.0.8",
    ],
)  # fmt: skip
def test_an_address_of_ones_own_network_is_known_as_such(address: str) -> None:
    assert not is_outside(address)


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe", "64:ff9b::9.9.9.9"])
def test_an_address_of_the_open_internet_is_known_as_such(address: str) -> None:
    assert is_outside(address)


def test_a_server_that_cannot_prove_itself_is_refused(dovecot: Dovecot) -> None:
    for untrusted in (
        Account("localhost", dovecot.tls, "kaja"),
        Account("localhost", dovecot.plain, "kaja", "starttls"),
        Account("127.0.0.1", dovecot.tls, "kaja", ca_file=dovecot.certificate),
    ):
        with pytest.raises(NotVerified) as told:
            list(fetch(untrusted, PASSWORD, ["INBOX"]))
        assert "nothing was sent to it" in str(told.value)


def test_a_verified_connection_is_taken(dovecot: Dovecot) -> None:
    dovecot.deliver("lou", [letter(1)])
    trusted = dovecot.certificate
    for verified in (
        Account("localhost", dovecot.tls, "lou", ca_file=trusted),
        Account("localhost", dovecot.plain, "lou", "starttls", ca_file=trusted),
    ):
        assert subjects(list(fetch(verified, PASSWORD, ["INBOX"]))) == ["Letter 1"]


def test_tls_where_there_is_none_is_told(dovecot: Dovecot) -> None:
    with pytest.raises(NotEncrypted):
        folders_of(Account("localhost", dovecot.plain, "mira"), PASSWORD)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Account("mail.hazelwick.example", 143, "a", "none"), NotEncrypted),
        (Account("127.0.0.1.hazelwick.example", 143, "a", "none"), NotEncrypted),
        (Account("nowhere.invalid", 993, "a"), HostNotFound),
        (Account("127.0.0.1", 1, "a"), NotReachable),
        (Account("127.0.0.1", 1, "a", "none"), NotReachable),
    ],
)
def test_what_cannot_be_reached_is_told(where: Account, expected: type[MailAccountError]) -> None:
    with pytest.raises(expected) as told:
        folders_of(where, "x")
    assert str(told.value).endswith(".")
