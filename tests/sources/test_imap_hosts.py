"""The server of an address is guessed, and what its provider wants is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.sources.imap_hosts import (
    sending_server_at,
    sending_server_for,
    server_at,
    server_for,
)


def test_the_common_providers_are_known_with_what_they_want() -> None:
    gmail, outlook, web = (
        server_for(f"Ada@{domain}") for domain in ("Gmail.com", "outlook.com", "web.de")
    )
    assert gmail is not None
    assert outlook is not None
    assert web is not None
    assert (gmail.host, gmail.port, gmail.security, gmail.sure) == (
        "imap.gmail.com", 993, "tls", True,
    )  # fmt: skip
    assert "app password" in gmail.hint
    assert "no longer lets other programs in" in outlook.hint
    assert "switched on" in web.hint
    assert (gmail.wants_app_password, gmail.lets_in, outlook.lets_in) == (True, True, False)


def test_a_provider_is_known_by_its_server_whatever_the_address() -> None:
    server = server_at("IMAP.fastmail.com.", 993)
    assert server is not None
    assert server.name == "Fastmail"
    assert server_at("imap.brackwater.example", 993) is None


def test_an_unknown_address_gives_a_guess_that_says_so() -> None:
    server = server_for("ada@brackwater.example")
    assert server is not None
    assert (server.host, server.port, server.sure, server.hint) == (
        "imap.brackwater.example", 993, False, "",
    )  # fmt: skip


def test_only_a_server_on_this_computer_may_be_plain() -> None:
    server = server_for("ada@proton.me")
    assert server is not None
    assert (server.host, server.security) == ("127.0.0.1", "none")


@given(st.text(max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    server = server_for(text)
    assert server is None or server.host


@pytest.mark.parametrize(
    ("address", "host", "port", "security", "keeps_sent"),
    [
        ("ada@gmail.com", "smtp.gmail.com", 465, "tls", True),
        ("ada@web.de", "smtp.web.de", 587, "starttls", False),
        ("ada@proton.me", "127.0.0.1", 1025, "none", True),
        ("ada@home.example", "smtp.home.example", 465, "tls", False),
    ],
)
def test_letters_go_out_by_the_server_of_the_address(
    address: str, host: str, port: int, security: str, keeps_sent: bool
) -> None:
    server = sending_server_for(address)
    assert server is not None
    told = (server.host, server.port, server.security, server.keeps_sent)
    assert told == (host, port, security, keeps_sent)
    assert server.sure == (sending_server_at(host, port) is not None)


def test_no_address_has_no_server_for_sending() -> None:
    assert sending_server_for("ada") is None
