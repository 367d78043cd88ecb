"""A letter out by a real server, and by servers that fail at each point of the way."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.servers.dovecot import PASSWORD, make_certificate
from tests.servers.hostile_smtp import DRIPPING, FOR_EVER, HANG_UP, SILENCE, saying
from tests.servers.postbox import REFUSED, postbox

from kindregards.sources import smtp_errors as errors
from kindregards.sources.connection import Account
from kindregards.sources.smtp import Post, check_sign_in, send

RAW = (
    b"Message-ID: <a1@home.example>\r\nFrom: ada@home.example\r\nSubject: Thank you\r\n\r\n"
    b"Dear Ines,\r\n.one dot begins this line\r\n..\r\nAda\r\n"
)
POST = Post(RAW, "ada@home.example", "ines@brackwater.example")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that only the tests vouch for, its key beside it."""
    folder = tmp_path_factory.mktemp("certificate")
    make_certificate(folder)
    return folder / "certificate.pem"


def account(port: int, security: str = "none", **more: object) -> Account:
    host = "127.0.0.1" if security == "none" else "localhost"
    given = Account(host, port, "ada", security, patience=5, longest=10)  # type: ignore[arg-type]
    return replace(given, **more)  # type: ignore[arg-type]


def yes() -> bool:
    return True


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_letter_arrives_as_it_is(certificate: Path, security: str) -> None:
    given = None if security == "none" else certificate
    with postbox(given, from_the_start=security == "tls") as box:
        reached = account(box.port, security, ca_file=given)
        send(reached, PASSWORD, POST, may_leave=yes)
    (taken,) = box.taken
    assert taken.content == RAW
    assert (taken.mail_from, taken.rcpt_tos) == (POST.sender, [POST.recipient])
    assert box.signed_in == ["ada"]


def test_lines_with_bare_ends_and_dots_arrive_whole() -> None:
    with postbox() as box:
        raw = b"Subject: Dots\n\n.\n..x\nlast line without an end"
        send(account(box.port), PASSWORD, replace(POST, raw=raw), may_leave=yes)
    assert box.taken[0].content == b"Subject: Dots\r\n\r\n.\r\n..x\r\nlast line without an end\r\n"


def test_the_computer_does_not_tell_its_own_name() -> None:
    with saying() as (port, heard):
        send(account(port), PASSWORD, POST, may_leave=yes)
    assert heard[0] == "ehlo [127.0.0.1]"
    assert socket.gethostname() not in " ".join(heard)


def test_a_sign_in_alone_sends_nothing() -> None:
    with postbox() as box:
        check_sign_in(account(box.port), PASSWORD)
    assert (box.signed_in, box.taken) == (["ada"], [])


@pytest.mark.parametrize("password", ["wrong", "pässwörd", "a b\tc", ""])
def test_a_wrong_password_is_given_once_and_told(password: str) -> None:
    with postbox() as box, pytest.raises(errors.SmtpWrongPassword) as told:
        send(account(box.port), password, POST, may_leave=yes)
    assert box.signed_in == ["ada"]
    assert str(told.value).startswith("The letter was not sent. The password for ada was not")


def test_an_old_server_is_signed_in_to_by_its_own_way() -> None:
    with (
        saying(EHLO=b"250-hello\r\n250 AUTH LOGIN\r\n", AUTH=b"334 name\r\n") as (port, heard),
        pytest.raises(errors.SmtpRefused),
    ):
        check_sign_in(account(port), PASSWORD)
    assert heard[1:3] == ["AUTH LOGIN YWRh", "Y29ycmVjdC1ob3JzZQ=="]


def test_a_server_that_takes_no_password_is_told_as_such() -> None:
    with (
        saying(EHLO=b"250-hello\r\n250 AUTH GSSAPI\r\n") as (port, heard),
        pytest.raises(errors.SmtpPasswordsNotTaken),
    ):
        check_sign_in(account(port), PASSWORD)
    assert not [line for line in heard if PASSWORD in line]


def test_a_refused_recipient_is_told_in_the_server_s_words() -> None:
    with postbox() as box, pytest.raises(errors.RecipientRefused) as told:
        send(account(box.port), PASSWORD, replace(POST, recipient=REFUSED), may_leave=yes)
    assert f"takes no letters to {REFUSED}: “5.1.1 No such mailbox”" in str(told.value)
    assert box.taken == []


def test_a_letter_that_is_refused_whole_is_not_sent() -> None:
    with postbox() as box:
        box.says_after_letter = "554 5.7.1 This looks like spam"
        with pytest.raises(errors.SmtpRefused) as told:
            send(account(box.port), PASSWORD, POST, may_leave=yes)
    assert "The letter was not sent. 127.0.0.1 would not take it" in str(told.value)
    assert "This looks like spam" in str(told.value)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_cannot_show_who_it_is_gets_nothing(certificate: Path, security: str) -> None:
    with (
        postbox(certificate, from_the_start=security == "tls") as box,
        pytest.raises(errors.SmtpNotVerified),
    ):
        send(account(box.port, security), PASSWORD, POST, may_leave=yes)
    assert (box.signed_in, box.taken) == ([], [])


def test_a_certificate_of_another_name_is_refused(certificate: Path) -> None:
    with postbox(certificate, from_the_start=True) as box:
        reached = account(box.port, "tls", ca_file=certificate, host="127.0.0.1")
        with pytest.raises(errors.SmtpNotVerified):
            send(reached, PASSWORD, POST, may_leave=yes)
    assert box.signed_in == []


def test_encryption_that_somebody_took_out_of_the_way_is_missed() -> None:
    with (
        saying() as (port, heard),
        pytest.raises(errors.SmtpNotEncrypted),
    ):
        send(account(port, "starttls"), PASSWORD, POST, may_leave=yes)
    assert heard[:1] == ["ehlo [127.0.0.1]"]
    assert not any(line.startswith(("AUTH", "MAIL")) for line in heard)


@pytest.mark.parametrize("answer", [b"454 not now\r\n", b"220 go on\r\n250 injected\r\n"])
def test_encryption_that_does_not_begin_is_missed(answer: bytes) -> None:
    with (
        saying(EHLO=b"250-hello\r\n250 STARTTLS\r\n", STARTTLS=answer) as (port, heard),
        pytest.raises(errors.SendingError) as told,
    ):
        send(account(port, "starttls", patience=1), PASSWORD, POST, may_leave=yes)
    assert "not sent" in str(told.value)
    assert not any(line.startswith(("AUTH", "MAIL")) for line in heard)


def test_a_plain_connection_to_another_computer_is_refused() -> None:
    with pytest.raises(errors.SmtpNotEncrypted):
        send(account(25, "none", host="mail.brackwater.example"), PASSWORD, POST, may_leave=yes)


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 587), ("localhost", 465), ("10.0.0.7", 465), ("8.8.8.8", 25)]
)
def test_servers_of_the_inside_are_refused_where_others_name_them(host: str, port: int) -> None:
    reached = account(port, "tls", host=host, outside_only=True)
    with pytest.raises(errors.SmtpNotOutside):
        check_sign_in(reached, PASSWORD)


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(errors.SmtpNotReachable):
        check_sign_in(account(port), PASSWORD)


BEFORE = {
    "greeting": "greeting",
    "introducing": "EHLO",
    "signing in": "AUTH",
    "the sender": "MAIL",
    "the recipient": "RCPT",
    "the letter announced": "DATA",
}


@pytest.mark.parametrize("point", BEFORE)
@pytest.mark.parametrize("answer", [SILENCE, HANG_UP, b"421 going down\r\n", b"x\r\n"])
def test_what_fails_before_the_letter_went_is_certain_not_to_be_sent(
    point: str, answer: bytes
) -> None:
    with (
        saying(**{BEFORE[point]: answer}) as (port, heard),
        pytest.raises(errors.SendingError) as told,
    ):
        send(account(port, patience=0.3), PASSWORD, POST, may_leave=yes)
    assert not isinstance(told.value, errors.MaybeSent)
    assert str(told.value).startswith("The letter was not sent.")
    assert "Dear Ines," not in heard


@pytest.mark.parametrize("answer", [SILENCE, HANG_UP, b"what\r\n", DRIPPING + b"2" * 400])
def test_what_fails_after_the_letter_went_may_have_been_sent(answer: bytes) -> None:
    with (
        saying(letter=answer) as (port, heard),
        pytest.raises(errors.MaybeSent) as told,
    ):
        send(account(port, patience=0.3, longest=2), PASSWORD, POST, may_leave=yes)
    assert "it may have been sent" in str(told.value)
    assert heard.count("Dear Ines,") == 1


@pytest.mark.parametrize("answer", [FOR_EVER + b"250-on\r\n", DRIPPING + b"250-on and on\r\n" * 99])
def test_a_server_that_talks_without_end_is_left(answer: bytes) -> None:
    with (
        saying(EHLO=answer) as (port, _heard),
        pytest.raises(errors.SendingError) as told,
    ):
        send(account(port, patience=1, longest=2), PASSWORD, POST, may_leave=yes)
    assert str(told.value).startswith("The letter was not sent.")


def test_the_last_word_is_with_who_keeps_book() -> None:
    asked: Iterator[bool] = iter([False])
    with postbox() as box, pytest.raises(errors.StoppedElsewhere):
        send(account(box.port), PASSWORD, POST, may_leave=lambda: next(asked))
    assert box.taken == []


def test_a_server_that_goes_after_it_has_taken_the_letter_took_it() -> None:
    with saying(QUIT=HANG_UP) as (port, heard):
        send(account(port), PASSWORD, POST, may_leave=yes)
    assert heard.count(".") == 1
