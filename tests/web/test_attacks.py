"""What is given to the pages to break them: a sentence each time, and nothing half done."""

from __future__ import annotations

import io
import resource
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import a_letter, an_owner, received, rejection_bytes, things_of

from kindregards.web.models import Application, ImportRun, Letter, User

pytestmark = pytest.mark.django_db
FROM_LINE = b"From ines@mill.example Mon Nov 23 09:00:00 2026\n"


def a_mailbox(size: int) -> bytes:
    """An mbox of at least so many bytes with one rejection in it."""
    rest = b"From: Jo <jo@mill.example>\nSubject: Lunch\n\n" + b"words " * (size // 6) + b"\n"
    return FROM_LINE + rejection_bytes() + b"\n" + FROM_LINE + rest


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _uploads_go_again() -> Iterator[None]:
    yield
    for folder in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        rmtree(folder, ignore_errors=True)


def kept_uploads() -> list[Path]:
    return list(Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*/*"))


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file may grow larger, as where a disk or a quota is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


# Uploads ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["漢" * 120, "😀" * 200, "é" * 130, "..", "a\nb", "\u202egnp", "-"]
)
def test_a_mailbox_of_any_name_is_taken_in(client: Client, name: str) -> None:
    file = SimpleUploadedFile("x", a_mailbox(600_000))
    file._name = f"{name}.mbox"
    answer = client.post(reverse("plan-put"), {"text": "", "files": [file, file]})
    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("imports-page", args=[run.pk])
    assert all(Path(path).is_file() and len(Path(path).name) < 200 for path in run.paths)


def test_a_mailbox_that_the_disk_does_not_take_is_told_and_nothing_of_it_stays(
    client: Client,
) -> None:
    before = kept_uploads()
    file = SimpleUploadedFile("mail.mbox", a_mailbox(4_000_000))
    with files_up_to(2_000_000):
        answer = client.post(reverse("plan-put"), {"text": "", "files": file})
    assert answer.status_code == 422
    assert ImportRun.objects.count() == 0
    assert kept_uploads() == before


def test_a_small_zip_of_very_many_messages_keeps_no_page_waiting(client: Client) -> None:
    packed = io.BytesIO()
    lunch = FROM_LINE + b"From: Jo <jo@mill.example>\nSubject: Lunch\n\nAt one.\n\n"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("all.mbox", lunch * 20_000)
    file = SimpleUploadedFile("mail.zip", packed.getvalue())
    answer = client.post(reverse("plan-put"), {"text": "", "files": file})
    assert len(packed.getvalue()) < 50_000
    assert answer["Location"] == reverse("imports-page", args=[ImportRun.objects.get().pk])


# Words and marks in addresses -------------------------------------------------------------------

MARKS = ['"', "'", "*", "AND", "NEAR(a b)", "a:b", "{a}", "^a", "-a", "(", "²", "\u0301", "\x00",
         "a\x00b", "&|!<->", "a & b", "%", "\\", "漢", "😀", "\uffff", "-1", "9" * 5000,
         "w" * 100_000]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS, ids=range(len(MARKS)))
def test_no_mark_in_an_address_breaks_a_list(owner: User, client: Client, mark: str) -> None:
    run = things_of(owner).run
    given = dict.fromkeys(("q", "from", "page", "stage", "standing", "age", "sort"), mark)
    for name in ("letters-list", "applications-list", "imports-list"):
        assert client.get(reverse(name), given).status_code == 200
    assert client.get(reverse("imports-left", args=[run.pk]), given).status_code == 200
    back = client.post(reverse("applications-sight"), {"rejected": mark, "back": mark})
    assert back["Location"].startswith(reverse("applications-list"))
    all_matter = client.post(reverse("imports-all-matter", args=[run.pk]), {"key": mark})
    assert all_matter.status_code == 302


def test_nobody_finds_the_letters_of_another(client: Client) -> None:
    received(an_owner("ben"), a_letter(employer="Corvel Foundry"))
    for sought in ("Corvel", "Foundry", "ines", "interview", "corv"):
        page = words(client.get(reverse("letters-list"), {"q": sought}))
        assert "Corvel" not in page.replace(f'value="{sought}"', "")
        assert "Halloran" not in page


# What is named in forms -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "field"),
    [("letters-move", "to"), ("applications-join", "other"), ("applications-split", "letter")],
)
def test_what_belongs_to_another_cannot_be_named_in_a_form(
    owner: User, client: Client, name: str, field: str
) -> None:
    mine, theirs = things_of(owner), things_of(an_owner("ben"))
    of_theirs = theirs.letter.pk if field == "letter" else theirs.application.pk
    pk = mine.letter.pk if name == "letters-move" else mine.application.pk
    client.post(reverse(name, args=[pk]), {field: str(of_theirs)})
    for things in (mine, theirs):
        letter = Letter.objects.get(pk=things.letter.pk)
        assert (letter.owner, letter.application) == (things.owner, things.application)
    assert Application.objects.count() == 2


def test_nothing_of_another_is_corrected_as_alike(owner: User, client: Client) -> None:
    mine, theirs = things_of(owner).letter, things_of(an_owner("ben")).letter
    client.post(reverse("letters-answer", args=[mine.pk]), {"kind": "offer"})
    client.post(reverse("letters-alike", args=[mine.pk]), {"letter": [str(theirs.pk)]})
    assert Letter.objects.get(pk=theirs.pk).kind == "rejection"


@pytest.mark.parametrize("back", ["//mill.example/x", "https://mill.example", "/\\mill.example"])
def test_no_form_leads_to_another_site(owner: User, client: Client, back: str) -> None:
    from tests.web.test_every_url import TABLE

    things = things_of(owner)
    path = reverse("outreach-advice", kwargs=TABLE["outreach-advice"].arguments(things))
    answer = client.post(path, {"choice": "take", "back": back, "next": back})
    assert answer["Location"] == reverse("outreach-draft", args=[things.draft.pk])
