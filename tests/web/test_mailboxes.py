"""A mailbox or a zip given to the page: its letters come in, the rest stays out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import rejection_bytes

from kindregards.web.models import ImportRun, LeftOut, Letter

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
    told = page.content.decode()
    assert "2 letters read, 2 of them new." in told or "rejections: 2 new." in told
    assert sorted(Letter.objects.values_list("message_id", flat=True)) == [
        "<one@brackwater.example>",
        "<two@brackwater.example>",
    ]


def test_a_mailbox_without_a_letter_says_so(client: Client) -> None:
    page = client.post(
        "/letters/new", {"files": SimpleUploadedFile("shop.mbox", mbox(SHOP))}, follow=True
    )
    assert "No letters about applications were found. 1 was not about" in page.content.decode()
    assert not Letter.objects.exists()


def test_what_a_small_mailbox_left_out_is_listed_and_can_be_brought_in(client: Client) -> None:
    raw = mbox(rejection_bytes("one"), SHOP)
    file = SimpleUploadedFile("inbox.mbox", raw)
    page = client.post("/letters/new", {"files": file}, follow=True)
    run = ImportRun.objects.get()
    assert page.redirect_chain[-1][0] == f"/imports/{run.pk}/"
    assert "1 was not about applications and was left out." in page.content.decode()
    left = LeftOut.objects.get()
    assert left.subject == "Buttons at half price"
    brought = client.post(reverse("imports-matters", args=[left.pk]), follow=True)
    assert "It is one of your letters now." in brought.content.decode()
    assert Letter.objects.count() == 2


def test_a_small_mailbox_that_leaves_nothing_out_leaves_no_import_behind(client: Client) -> None:
    raw = mbox(rejection_bytes("one"), rejection_bytes("two"))
    file = SimpleUploadedFile("inbox.mbox", raw)
    before = set(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())
    page = client.post("/letters/new", {"files": file}, follow=True)
    assert "2 letters read, 2 of them new." in page.content.decode()
    assert not ImportRun.objects.exists()
    assert set(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == before
