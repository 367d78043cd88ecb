"""A mailbox or a zip given to the page: its letters come in, the rest stays out."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import rejection_bytes

from kindregards.web.models import Letter

SHOP = b"""From: Haberdash <offers@haberdash.example>
Subject: Buttons at half price
List-Unsubscribe: <https://haberdash.example/leave>
Message-ID: <buttons@haberdash.example>

This week all horn buttons cost half. Come in and have a look.
"""


def mbox(*messages: bytes) -> bytes:
    return b"".join(b"From mail Fri Nov 20 15:10:00 2026\n" + one + b"\n" for one in messages)


def zipped(*messages: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number, message in enumerate(messages):
            archive.writestr(f"mail/{number}.eml", message)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("inbox.mbox", mbox(rejection_bytes("one"), SHOP, rejection_bytes("two"))),
        ("mail.zip", zipped(rejection_bytes("one"), rejection_bytes("two"))),
    ],
)
def test_the_letters_of_a_mailbox_come_in_and_the_shop_stays_out(
    client: Client, name: str, raw: bytes
) -> None:
    page = client.post("/letters/new", {"files": SimpleUploadedFile(name, raw)}, follow=True)
    assert "2 letters read, 2 of them new." in page.content.decode()
    assert sorted(Letter.objects.values_list("message_id", flat=True)) == [
        "<one@brackwater.example>",
        "<two@brackwater.example>",
    ]


def test_a_mailbox_without_a_letter_says_so(client: Client) -> None:
    page = client.post(
        "/letters/new", {"files": SimpleUploadedFile("shop.mbox", mbox(SHOP))}, follow=True
    )
    assert "nothing about applications in it" in page.content.decode()
    assert not Letter.objects.exists()
