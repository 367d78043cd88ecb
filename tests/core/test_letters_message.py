"""Bytes become a Letter, as far as they go; what is none gets a sentence."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest

from kindregards.core.letters import NotALetter, parse_letter, pasted_letter
from kindregards.core.letters.letter import Address
from kindregards.core.letters.sentences import sentence_starts

WORDS = "Dear Mara,\n\nwe will not be moving forward with your application.\n\nIda Brenner"


def message(body: str = WORDS, **headers: str) -> bytes:
    """A plain message with the usual headers and those given."""
    lines = {"From": "Ida Brenner <ida@halden.example>", "Subject": "Your application"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    top = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return f"{top}\n{body}".encode()


NO_LETTERS = {
    "nothing": b"",
    "blanks": b" \r\n\t\n",
    "a NUL byte": b"\x00",
    "a PDF named eml": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "a zip": b"PK\x03\x04\x14\x00\x06\x00",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "random bytes": bytes(range(256)) * 20,
    "digits only": b"12345 67890",
    "headers without words": b"From: a@b.example\nSubject: hello\n\n",
    "only a picture inside": (
        b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: image/png\n"
        b"Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    ),
}


@pytest.mark.parametrize("raw", NO_LETTERS.values(), ids=NO_LETTERS.keys())
def test_what_is_no_letter_gets_a_sentence(raw: bytes) -> None:
    with pytest.raises(NotALetter) as raised:
        parse_letter(raw)
    assert str(raised.value).endswith(".")


def test_a_message_gives_its_headers_and_its_words() -> None:
    raw = message(
        To='"Lindqvist, Mara" <mara@home.example>, tom@home.example',
        Date="Wed, 14 Oct 2026 16:42:00 +0100",
        Message_ID="<1@halden.example>",
        In_Reply_To="<0@home.example>",
        List_Unsubscribe="<mailto:stop@halden.example>",
    )
    letter = parse_letter(raw)
    assert letter.text == WORDS
    assert letter.sender == Address("Ida Brenner", "ida@halden.example")
    assert letter.recipients == (
        Address("Lindqvist, Mara", "mara@home.example"),
        Address("", "tom@home.example"),
    )
    assert letter.sent_at == datetime(2026, 10, 14, 16, 42, tzinfo=timezone(timedelta(hours=1)))
    assert (letter.message_id, letter.in_reply_to) == ("<1@halden.example>", "<0@home.example>")
    assert letter.headers == {"list-unsubscribe": "<mailto:stop@halden.example>"}
    assert letter.losses == ()


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        ("=?utf-8?q?Ihre_Bewerbung_als_K=C3=B6chin?=", "Ihre Bewerbung als Köchin"),
        ("=?iso-8859-1?b?R3L832U=?=", "Grüße"),
        ("=?nonsense?q?Hello?=", "Hello"),
        ("=?utf-8?b?broken", "=?utf-8?b?broken"),
        ("Two\n lines", "Two lines"),
    ],
)
def test_a_subject_is_decoded(subject: str, read: str) -> None:
    assert parse_letter(message(Subject=subject)).subject == read


def encoded(charset: str, encoding: str, body: bytes) -> bytes:
    top = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n"
    return (top + f"Content-Transfer-Encoding: {encoding}\n\n").encode() + body


CHARSETS = {
    "latin-1": encoded("iso-8859-1", "8bit", "Grüße aus Köln".encode("latin-1")),
    "utf-8 told as ascii": encoded("us-ascii", "8bit", "Grüße aus Köln".encode()),
    "unknown charset": encoded("x-martian", "8bit", "Grüße aus Köln".encode()),
    "latin-1 told as utf-8": encoded("utf-8", "8bit", "Grüße aus Köln".encode("latin-1")),
    "base64": encoded("utf-8", "base64", base64.b64encode("Grüße aus Köln".encode())),
    "quoted-printable": encoded("utf-8", "quoted-printable", b"Gr=C3=BC=C3=9Fe aus =\nK=C3=B6ln"),
    "NUL bytes": encoded("utf-8", "8bit", "Grü\x00ße aus\x00 Köln".encode()),
    "no charset": "From: a@b.example\n\nGrüße aus Köln".encode(),
}


@pytest.mark.parametrize("raw", CHARSETS.values(), ids=CHARSETS.keys())
def test_words_are_read_whatever_the_charset(raw: bytes) -> None:
    assert parse_letter(raw).text == "Grüße aus Köln"


def test_good_plain_text_is_preferred_to_html() -> None:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content(WORDS)
    mail.add_alternative("<p>Something else entirely, in colour</p>", subtype="html")
    assert parse_letter(mail.as_bytes()).text == WORDS


def test_html_is_read_where_the_plain_part_is_a_stub() -> None:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content("Please view this message in a browser.")
    mail.add_alternative("<p>Dear Mara,</p><p>the role is filled.</p>", subtype="html")
    assert parse_letter(mail.as_bytes()).text == "Dear Mara,\n\nthe role is filled."


def test_html_gives_words_without_what_nobody_sees() -> None:
    html = (
        "<html><head><title>t</title><style>p{color:red}</style></head><body>"
        "<div style='display:none'>preheader</div><span style='font-size:0px'>tiny</span>"
        "<script>alert(1)</script><p>Dear <b>Mara</b>,</p>"
        "<table><tr><td>Role</td><td>Planner</td></tr><tr><td>City</td><td>Hull</td></tr></table>"
        "one<br>two<br><br>three <a href='https://x.example/track'>our page</a></body></html>"
    )
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content(html, subtype="html")
    expected = "Dear Mara,\n\nRole Planner\nCity Hull\n\none\ntwo\n\nthree our page"
    assert parse_letter(mail.as_bytes()).text == expected


def test_format_flowed_lines_are_joined() -> None:
    body = "We have decided to \ngo on with somebody \nelse.\n\nIda"
    raw = message(body, Content_Type="text/plain; format=flowed")
    assert parse_letter(raw).text == "We have decided to go on with somebody else.\n\nIda"


def test_a_letter_attached_whole_is_read_where_nothing_is_written_above() -> None:
    inner = EmailMessage()
    inner["From"] = "Ida Brenner <ida@halden.example>"
    inner["Subject"] = "Your application"
    inner.set_content(WORDS)
    outer = EmailMessage()
    outer["From"] = "mara@home.example"
    outer["Subject"] = "Fwd"
    outer.add_attachment(inner)
    letter = parse_letter(outer.as_bytes())
    assert (letter.text, letter.subject) == (WORDS, "Your application")


def test_an_attached_letter_does_not_speak_for_the_one_that_carries_it() -> None:
    inner = EmailMessage()
    inner["From"] = "x@old.example"
    inner.set_content("We regret to inform you that you were not selected.")
    outer = EmailMessage()
    outer["From"] = "Ida Brenner <ida@halden.example>"
    outer.set_content("Could you come in on Friday?")
    outer.add_attachment(inner)
    assert parse_letter(outer.as_bytes()).text == "Could you come in on Friday?"


def test_fifty_megabytes_are_cut_and_said_so() -> None:
    letter = parse_letter(message("Dear Mara,\n" + "no " * 17_000_000))
    assert len(letter.text) <= 120_000
    assert any("very large" in loss for loss in letter.losses)


def test_ten_thousand_recipients_are_fine() -> None:
    everybody = ", ".join(f"p{n}@many.example" for n in range(10_000))
    letter = parse_letter(message(To=everybody))
    assert letter.text == WORDS
    assert len(letter.recipients) == 50
    assert any("very many people" in loss for loss in letter.losses)


def test_mixed_rfc_2231_parameters_cost_only_their_part() -> None:
    raw = message(Content_Type='text/plain; charset*0*="utf-8"; charset*;charset*0=x')
    assert "not be moving forward" in parse_letter(raw).text


def test_a_boundary_that_never_comes_is_read_as_far_as_it_goes() -> None:
    raw = (
        b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=none\n\n"
        b"Dear Mara, the role has been filled."
    )
    assert parse_letter(raw).text == "Dear Mara, the role has been filled."


def test_a_naive_date_is_taken_as_utc() -> None:
    letter = parse_letter(message(Date="Wed, 14 Oct 2026 16:42:00 -0000"))
    assert letter.sent_at == datetime(2026, 10, 14, 16, 42, tzinfo=UTC)


PASTES = {
    "English": "From: Ida Brenner <ida@halden.example>\nSent: Mon\nSubject: Your application\n\n",
    "English bold": "*From:* Ida Brenner <ida@halden.example>\n*Subject:* Your application\n\n",
    "German": "Von: Ida Brenner <ida@halden.example>\nAn: Mara\nBetreff: Your application\n\n",
    "French": "De : Ida Brenner <ida@halden.example>\nObjet : Your application\n\n",
}


@pytest.mark.parametrize("top", PASTES.values(), ids=PASTES.keys())
def test_header_lines_on_top_of_a_paste_are_taken(top: str) -> None:
    letter = pasted_letter(top + WORDS)
    assert letter.text == WORDS
    assert letter.subject == "Your application"
    assert letter.sender == Address("Ida Brenner", "ida@halden.example")


def test_what_is_given_wins_over_what_the_lines_say() -> None:
    letter = pasted_letter("Subject: A\n\n" + WORDS, subject="B", sender="Tom <t@x.example>")
    assert (letter.subject, letter.sender) == ("B", Address("Tom", "t@x.example"))


def test_a_paste_keeps_no_surrogate_and_no_nul() -> None:
    assert pasted_letter("Dear \ud800Mara,\x00 no.").text == "Dear Mara, no."


def test_an_empty_paste_says_what_to_do() -> None:
    with pytest.raises(NotALetter, match="paste the words"):
        pasted_letter(" \n ")


def test_plain_text_is_recognised_without_being_told() -> None:
    assert parse_letter(WORDS.encode()).text == WORDS
    assert parse_letter(WORDS.encode("utf-16")).text == WORDS
    assert parse_letter(b"Note: this is no header\n\nbut a letter").sender == Address()


def test_tags_nested_without_end_cost_the_formatting_and_not_the_words() -> None:
    html = "<div>" * 20_000 + "We chose somebody else for the post." + "</div>" * 20_000
    letter = parse_letter(message(html, Content_Type="text/html"))
    assert letter.text == "We chose somebody else for the post."
    assert letter.losses == ("The letter's formatting is tangled; its words were read without it.",)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_message_without_parts_is_the_same_taken_apart_in_short(line_end: str) -> None:
    import email

    from kindregards.core.letters.envelope import taken_apart

    head = ["From a@b.example Mon Jan 5", "Subject: one", " folded", "X: \udce4", "Subject: two"]
    for body in ("", "words", "line\n\nline", "not: a header\n\n>From here"):
        for lines in (head, [*head, "no header at all"], head[1:]):
            text = line_end.join([*lines, "", body])
            raw = text.encode("utf-8", "surrogateescape")
            whole, short = email.message_from_bytes(raw), taken_apart(raw)
            assert short.items() == whole.items()
            assert short.get_payload() == whole.get_payload()


@pytest.mark.parametrize(
    "line",
    [
        "Spett. Candidata, la ringraziamo.",
        "Geachte mevr. Jansen, dank voor de brief.",
        "Beste dhr. Peters en mw. Bakker.",
        "Stanowisko: specjalista ds. logistyki.",
        "Umowa, np. na rok, jest gotowa.",
        "Exma. Senhora, obrigado.",
    ],
)
def test_an_abbreviation_ends_no_sentence(line: str) -> None:
    assert sentence_starts(line) == [0]
