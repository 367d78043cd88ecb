"""Whatever is put in: a sentence that says what happened, never a failure, nothing lost."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import FORM, NOW, a_letter, received

from kindregards.web.models import Letter, User
from kindregards.web.plan.services import receive_file, receive_paste

MB = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"
PICTURE_ONLY = (
    b"From: a@mill.example\r\nMIME-Version: 1.0\r\nContent-Type: image/png; name=no.png\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ\r\n"
)
WORDS = FORM.format(role="Data Analyst", employer="Brackwater Mills")


def words_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def told(page: Any) -> list[str]:
    """The sentences in the boxes on top of the page or of the form."""
    boxes = re.findall(r'<div class="told[^>]*>(.*?)</div>', page.content.decode(), re.S)
    return [
        " ".join(one.split()) for box in boxes for one in re.findall(r"<p>(.*?)</p>", box, re.S)
    ]


def put(client: Client, *files: tuple[str, bytes], **given: Any) -> Any:
    uploads = [SimpleUploadedFile(name, raw) for name, raw in files]
    return client.post("/letters/new", {"files": uploads, **given}, follow=True)


# Nothing to keep ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x00", "\u200b"])
def test_an_empty_paste_asks_for_the_words(client: Client, text: str) -> None:
    page = put(client, text=text)
    assert page.status_code == 422
    assert re.search(r"[Pp]aste the words of the letter", told(page)[0])
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("empty.eml", b"", "There is nothing in it."),
        ("no.eml", PDF, "This is a PDF. Open it, copy the words of the letter and paste them."),
        ("no.eml", PICTURE_ONLY, "This message holds only a picture."),
        ("mail.zip", b"PK\x03\x04" + b"\0" * 40, "This zip is damaged here"),
        ("bytes.txt", bytes(range(256)) * 20, "not a letter"),
        ("nul.txt", b"\0" * 5000, "There is nothing in it."),
        ("a\x00b</p><b>.eml", PDF, "This is a PDF."),
    ],
)
def test_what_is_no_letter_is_refused_by_name(
    client: Client, name: str, raw: bytes, sentence: str
) -> None:
    page = put(client, (name, raw))
    assert page.status_code == 422
    assert len(told(page)) == 1
    assert sentence in told(page)[0]
    assert Letter.objects.count() == 0
    assert "<b>" not in told(page)[0]


def test_a_file_that_is_too_large_costs_nothing_of_the_others(client: Client) -> None:
    page = put(client, ("big.eml", b"x" * (50 * MB)), ("good.eml", a_letter()), text=WORDS)
    assert told(page)[0].startswith("big.eml: This file is larger than 25 MB")
    assert "2 letters read, 2 of them new." in told(page)
    assert Letter.objects.count() == 2


def test_a_bad_file_costs_nothing_of_the_others_and_the_paste_stays(client: Client) -> None:
    page = put(client, ("a.eml", PDF), ("b.eml", a_letter()))
    assert told(page) == [
        "a.eml: This is a PDF. Open it, copy the words of the letter and paste them."
    ]
    assert Letter.objects.count() == 1
    page = put(client, ("a.eml", PDF), text="\u200b\u200b notes only \x00")
    assert Letter.objects.count() == 2


def test_a_paste_longer_than_any_letter_stays_on_the_page(client: Client) -> None:
    long = "no " * 700_000
    page = put(client, text=long)
    assert page.status_code == 422
    assert told(page) == [
        "That is longer than any letter. Paste the one message, or give its file."
    ]
    assert page.content.decode().count("no no no") > 200_000


def test_what_else_was_known_stays_on_the_page_too(client: Client) -> None:
    given = {"subject": "Ihre Bewerbung", "sender": "Ines", "sent_date": "soon"}
    page = put(client, text=WORDS, **given)
    assert page.status_code == 422
    assert told(page)
    for word in (*given.values(), "careful consideration"):
        assert word in words_of(page)


# Too much at once -----------------------------------------------------------------------------


def test_three_hundred_files_are_told_another_way_in(client: Client) -> None:
    files = [(f"{number}.eml", a_letter(message_id=str(number))) for number in range(300)]
    page = put(client, *files)
    assert page.status_code == 400
    assert "Up to 200 letters go in at once" in words_of(page)
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({f"field{n}": "x" for n in range(3000)}, id="too many fields"),
        pytest.param({"text": "x" * (31 * MB)}, id="more than a request may hold"),
    ],
)
def test_too_much_at_once_is_a_sentence(client: Client, given: dict[str, str]) -> None:
    page = client.post("/letters/new", given)
    assert page.status_code == 400
    assert "larger than any letter" in words_of(page)


def test_a_request_that_broke_off_is_a_sentence(client: Client) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.eml"\r\n\r\nDear A'
    page = client.generic("POST", "/letters/new", body, "multipart/form-data; boundary=b")
    assert page.status_code in (400, 422)
    assert "<p" in words_of(page)
    page = client.generic("POST", "/letters/new", b"text=no", "multipart/form-data")
    assert page.status_code == 400
    assert "broke off on the way" in words_of(page)


# Broken letters are read as far as they go ----------------------------------------------------


def mime(kind: str, body: bytes, *, head: bytes = b"") -> bytes:
    return (
        b"From: Ines <ines@mill.example>\r\nSubject: Your application\r\nMessage-ID: <b@x>\r\n"
        + head
        + b"MIME-Version: 1.0\r\nContent-Type: "
        + kind.encode()
        + b"\r\n\r\n"
        + body
    )


RAW = WORDS.encode()
MANY = b", ".join(b"P%d <p%d@mill.example>" % (n, n) for n in range(10_000))
BROKEN = {
    "a part that never ends": mime(
        "multipart/mixed; boundary=x", b"--x\r\nContent-Type: text/plain\r\n\r\n" + RAW
    ),
    "parts that are not there": mime("multipart/mixed; boundary=x", RAW),
    "an unknown charset": mime("text/plain; charset=klingon-8", RAW + b"Gr\xfc\xdfe"),
    "a charset that is no charset": mime("text/plain; charset=unicode_escape", RAW + rb"\ud800"),
    "utf-7 with half a pair": mime("text/plain; charset=utf-7", RAW + b" +2AA- "),
    "utf-16 cut in half": mime("text/plain; charset=utf-16", WORDS.encode("utf-16")[:-1]),
    "bytes that fit nothing": mime("text/plain; charset=utf-8", RAW + b"\xff\xfe\xed\xa0\x80"),
    "ten thousand recipients": mime("text/plain", RAW, head=b"To: " + MANY + b"\r\n"),
    "a NUL byte everywhere": a_letter(FORM, Subject="no\x00thing", sender="I\x00 <i@mill.example>")
    .replace(b"careful", b"care\x00ful")
    .replace(b"Brackwater", b"Brack\x00water"),
    "surrogates in its headers": mime("text/plain", RAW).replace(b"Your", b"Y\xed\xa0\x80ur"),
    "half a pair in an encoded word": mime("text/plain", RAW).replace(
        b"Your application", b"=?utf-7?Q?+2AA-?= =?utf-16-be?B?2AA=?= =?unicode_escape?Q?=5Cud800?="
    ),
    "an address beyond ascii": a_letter(FORM, sender="Jörg <jörg@straße.example>"),
    "very long headers": a_letter(
        FORM,
        message_id="i" * 3000,
        Subject="s" * 9000,
        sender=f"{'n' * 900} <{'e' * 900}@x.example>",
    ),
    "a thousand nested parts": mime(
        "multipart/mixed; boundary=b0",
        b"".join(
            b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1)
            for n in range(1000)
        )
        + RAW,
    ),
    "html of many open tags": mime("text/html", b"<div>" * 5_000 + RAW),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_letter_never_fails_and_its_page_can_be_read(
    owner: User, client: Client, name: str
) -> None:
    page = put(client, ("broken.eml", BROKEN[name]))
    if not Letter.objects.exists():
        assert page.status_code == 422
        assert told(page)[0].startswith("broken.eml: ")
        return
    assert page.status_code == 200
    letter = Letter.objects.get()
    assert bytes(letter.source.raw) == BROKEN[name]
    for path in (f"/letters/{letter.pk}/", "/letters/", "/"):
        assert client.get(path).status_code == 200
    for end in ("again", "correct"):
        assert client.post(f"/letters/{letter.pk}/{end}", {"stage": "final"}).status_code == 302


READABLE = sorted(set(BROKEN) - {"parts that are not there", "a thousand nested parts"})


@pytest.mark.parametrize("name", READABLE)
def test_the_words_of_a_broken_letter_are_read(owner: User, name: str) -> None:
    letter = received(owner, BROKEN[name])
    assert "decided to move forward with other candidates" in " ".join(letter.text.split())
    assert "\x00" not in letter.text + letter.subject + letter.sender_name
    (letter.text + letter.subject + letter.sender_name).encode()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ten thousand recipients", "very many people"),
        ("an unknown charset", "character set"),
    ],
)
def test_what_was_lost_is_told_on_the_page(
    owner: User, client: Client, name: str, sentence: str
) -> None:
    letter = received(owner, BROKEN[name])
    assert sentence in words_of(client.get(f"/letters/{letter.pk}/"))


@pytest.mark.parametrize("odd", ["\ud800", "\udfff\ud800", "\x00", "\ufffe", "\u202e", "\x1b[31m"])
def test_odd_characters_in_a_paste_cost_nothing(owner: User, odd: str) -> None:
    kept = receive_paste(
        owner=owner,
        text=WORDS.replace("careful", f"care{odd}ful"),
        subject=f"Your{odd}application",
        sender=f"Ines{odd} <ines{odd}@mill.example>",
        sent_at=None,
        now=NOW,
    )
    assert kept.error == ""
    letter = Letter.objects.get()
    assert "move forward with other candidates" in letter.text
    assert letter.kind == "rejection"


def test_form_fields_of_any_bytes_are_taken(client: Client) -> None:
    body = b"text=" + b"%ED%A0%80%00%FF%FE" + WORDS.replace("\n", "%0D%0A").encode()
    kind = "application/x-www-form-urlencoded"
    page = client.generic("POST", "/letters/new", body, kind)
    assert page.status_code == 302
    assert Letter.objects.get().kind == "rejection"


def test_whatever_is_received_nothing_is_raised(owner: User) -> None:
    stream = io.BytesIO(a_letter())
    cut = [stream.getvalue()[:end] for end in range(0, len(stream.getvalue()), 97)]
    kept = [receive_file(owner=owner, name="cut.eml", raw=raw, now=NOW) for raw in cut]
    assert all(bool(one.letter) != bool(one.error) for one in kept)
