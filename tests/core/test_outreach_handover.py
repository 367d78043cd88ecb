"""A draft handed over: message file and mailto address, read back by the standard library."""

from __future__ import annotations

import email
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.outreach import Draft, as_eml, as_post, mailto

DATE = datetime(2026, 10, 15, 9, tzinfo=UTC)
DRAFT = Draft(
    "Hallo Ines,\n\nvielen Dank für Ihre Zeit & die Führung.\n\nViele Grüße\nMara\n",
    subject="Re: Ihre Bewerbung als Plänerin",
    to=("ines.okafor@tidewell.example",),
)


def opened(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def eml(draft: Draft = DRAFT, **changes: object) -> bytes:
    values: dict[str, object] = {
        "sender_name": "Mara Lindqvist",
        "sender_email": "mara@home.example",
        "date": DATE,
        **changes,
    }
    return as_eml(draft, **values)  # type: ignore[arg-type]


def test_a_message_file_opens_as_an_unsent_draft() -> None:
    raw = eml()
    message = opened(raw)
    assert message["X-Unsent"] == "1"
    assert message["From"] == "Mara Lindqvist <mara@home.example>"
    assert message["To"] == "ines.okafor@tidewell.example"
    assert message["Subject"] == DRAFT.subject
    assert message["Date"].datetime == DATE
    assert message.get_content().replace("\r\n", "\n") == DRAFT.text
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_readers_name_stands_beside_the_address() -> None:
    known = Draft("text", to=("Inés Okafor, PhD <ines@tidewell.example>", "desk@tidewell.example"))
    message = opened(eml(known))
    named, desk = message["To"].addresses
    assert (named.display_name, named.addr_spec) == ("Inés Okafor, PhD", "ines@tidewell.example")
    assert (desk.display_name, desk.addr_spec) == ("", "desk@tidewell.example")


def test_it_stays_in_the_thread_of_the_letter() -> None:
    message = opened(eml(in_reply_to="<b@x.example>", references=["<a@x.example> <b@x.example>"]))
    assert message["In-Reply-To"] == "<b@x.example>"
    assert message["References"] == "<a@x.example> <b@x.example>"
    assert opened(eml(in_reply_to="b@x.example"))["In-Reply-To"] == "<b@x.example>"
    assert opened(eml())["In-Reply-To"] is None


def test_no_value_can_add_a_header() -> None:
    evil = "x\r\nBcc: everybody@evil.example\r\n\r\nbody"
    draft = Draft("text", subject=evil, to=(evil, f"{evil}@x.example"), cc=(evil,))
    message = opened(eml(draft, sender_name=evil, sender_email=evil, in_reply_to=evil))
    assert message["Bcc"] is None
    assert "everybody@evil.example" not in str(message["In-Reply-To"])
    assert set(message.keys()) <= {
        "X-Unsent",
        "Date",
        "From",
        "To",
        "Cc",
        "Subject",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }


any_text = st.text(max_size=60)


@settings(deadline=None, max_examples=100)
@given(any_text, any_text, any_text, any_text, any_text)
def test_a_message_file_is_made_of_anything(
    text: str, subject: str, name: str, address: str, parent: str
) -> None:
    draft = Draft(text, subject, (address, f"{name}@tidewell.example"))
    raw = eml(draft, sender_name=name, sender_email=address, in_reply_to=parent)
    message = opened(raw)
    assert message["X-Unsent"] == "1"
    assert message["Bcc"] is None


def test_a_mailto_address_carries_the_letter() -> None:
    address = urlsplit(mailto(DRAFT, "<b@x.example>"))
    fields = parse_qs(address.query)
    assert unquote(address.path) == "ines.okafor@tidewell.example"
    assert fields["subject"] == [DRAFT.subject]
    assert fields["body"] == [DRAFT.text.replace("\n", "\r\n")]
    assert fields["In-Reply-To"] == ["<b@x.example>"]
    assert "%0D%0A" in address.query
    assert "+" not in address.query


def test_a_long_letter_leaves_its_body_to_be_copied() -> None:
    address = mailto(Draft("word " * 1000, subject="Thanks", to=DRAFT.to))
    assert address == "mailto:ines.okafor@tidewell.example?subject=Thanks"


@settings(deadline=None)
@given(st.text(max_size=3000), st.text(max_size=3000), any_text)
def test_a_mailto_address_is_plain_and_not_too_long(text: str, subject: str, to: str) -> None:
    address = mailto(Draft(text, subject, (to,)))
    assert address.startswith("mailto:")
    assert address.isascii()
    assert len(address) <= 2000
    assert not set(address) & set(' "<>\r\n')


def test_a_letter_that_goes_out_has_its_own_name_and_is_ascii_throughout() -> None:
    raw = as_post(
        Draft("Liebe Grüße\n.\nAda", "Ä" * 200, DRAFT.to),
        sender_name="Ada Bärg",
        sender_email="ada@home.example",
        message_id="<a1@home.example>",
        in_reply_to="<b@x.example>",
        date=DATE,
    )
    message = opened(raw)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert (message["Message-ID"], message["X-Unsent"]) == ("<a1@home.example>", None)
    assert message["In-Reply-To"] == "<b@x.example>"
    assert message["Subject"] == "Ä" * 200
    assert message.get_content() == "Liebe Grüße\r\n.\r\nAda\r\n"
