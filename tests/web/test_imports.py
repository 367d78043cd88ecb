"""Whole mailboxes: what comes in, what is left out, stopping, going on, and bringing one in."""

from __future__ import annotations

import html
import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone
from tests.factories import NOW, a_letter, rejection_bytes
from tests.mailboxes import ODD, SHOP, bulk_mail, mbox_of, rejection_from

from kindregards.sources.source import Source
from kindregards.web import worker
from kindregards.web.imports.services import (
    NotOursError,
    begin_or_go_on,
    claim_run,
    forget_old_runs,
    stop_run,
)
from kindregards.web.models import (
    Answer,
    Application,
    Draft,
    ImportRun,
    ImportState,
    LeftOut,
    Letter,
    LetterSource,
    Plan,
    Touch,
    User,
)
from kindregards.web.plan.receiving import receive_sources
from kindregards.web.plan.taking_in import (
    MOST_LETTERS_AT_ONCE,
    forget_old_imports,
    take_in,
    take_in_files,
)

pytestmark = pytest.mark.django_db
REJECTIONS = 2 * MOST_LETTERS_AT_ONCE + 20


class Interrupted(Exception):
    """The machine went off."""


def _clock() -> object:
    return timezone.now()


def _begun(owner: User, *paths: Path) -> ImportRun:
    waiting = begin_or_go_on(owner=owner, paths=list(paths), now=NOW)
    run = claim_run(pk=waiting.pk, now=NOW)
    assert run is not None
    return run


def _taken_in(owner: User, *paths: Path) -> ImportRun:
    run = _begun(owner, *paths)
    assert take_in_files(run=run, clock=timezone.now)
    return ImportRun.objects.get(pk=run.pk)


def _counts(run: ImportRun) -> tuple[int, ...]:
    run = ImportRun.objects.get(pk=run.pk)
    return (run.letters, run.new, run.known, run.rejections, run.left_out, run.unreadable)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two rejections and two messages about buttons."""
    path = tmp_path / "inbox"
    path.write_bytes(mbox_of([SHOP, rejection_from(1), ODD, rejection_from(2)]))
    return path


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """So many rejections that they are kept in three steps, with shops between them."""
    messages = []
    for number, shop in enumerate(bulk_mail(REJECTIONS)):
        messages += [shop, rejection_from(number)]
    path = tmp_path / "archive.mbox"
    path.write_bytes(mbox_of(messages))
    return path


def test_letters_come_in_with_their_plans_and_the_rest_is_counted(owner: User, small: Path) -> None:
    run = _taken_in(owner, small)
    assert _counts(run) == (2, 2, 0, 2, 2, 0)
    assert (run.state, run.trouble) == (ImportState.ENDED, "")
    assert run.done_bytes == run.total_bytes == small.stat().st_size
    assert Plan.objects.filter(application__letters__isnull=False).count() == 2
    assert LetterSource.objects.count() == 2


def test_the_same_mailbox_again_changes_nothing(owner: User, small: Path) -> None:
    _taken_in(owner, small)
    assert _counts(_taken_in(owner, small)) == (2, 0, 2, 2, 2, 0)
    assert (Letter.objects.count(), Application.objects.count()) == (2, 2)
    assert LeftOut.objects.count() == 2


def test_the_same_letter_twice_in_a_mailbox_is_one(owner: User, tmp_path: Path) -> None:
    path = tmp_path / "inbox"
    path.write_bytes(mbox_of([rejection_from(1), SHOP, rejection_from(1)]))
    assert _counts(_taken_in(owner, path)) == (2, 1, 1, 2, 1, 0)
    assert Letter.objects.count() == 1


def test_an_import_that_was_cut_off_goes_on_and_counts_nothing_twice(
    owner: User, large: Path
) -> None:
    def _cut(run: ImportRun) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        take_in_files(run=_begun(owner, large), clock=timezone.now, watch=_cut)
    kept = Letter.objects.count()
    assert 0 < kept < REJECTIONS
    assert Letter.objects.filter(application__plan=None).count() == 0
    run = _taken_in(owner, large)
    assert ImportRun.objects.count() == 1
    assert _counts(run) == (REJECTIONS, REJECTIONS, 0, REJECTIONS, REJECTIONS, 0)
    assert Letter.objects.count() == REJECTIONS
    assert LeftOut.objects.count() == REJECTIONS


def test_an_import_that_is_stopped_stands_still_until_it_is_to_go_on(
    owner: User, client: Client, large: Path
) -> None:
    def _stop(run: ImportRun) -> None:
        stop_run(run=run, now=NOW)

    run = _begun(owner, large)
    take_in_files(run=run, clock=timezone.now, watch=_stop)
    run.refresh_from_db()
    assert run.state == ImportState.STOPPED
    assert 0 < run.letters < REJECTIONS
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert "This stands still" in page
    client.post(f"/imports/{run.pk}/go-on")
    worker.run_what_is_due("one", now=timezone.now())
    run.refresh_from_db()
    assert (run.state, run.letters, run.new) == (ImportState.ENDED, REJECTIONS, REJECTIONS)


def test_of_two_workers_with_one_import_the_later_one_has_it(owner: User, large: Path) -> None:
    first = _begun(owner, large)
    seen = []

    def _another_comes(run: ImportRun) -> None:
        if not seen:
            seen.append(claim_run(pk=run.pk, now=NOW))

    from kindregards.sources.files import sources_in

    with pytest.raises(NotOursError):
        take_in(run=first, sources=sources_in([large]), clock=timezone.now, watch=_another_comes)
    assert take_in_files(run=seen[0], clock=timezone.now)
    assert _counts(first) == (REJECTIONS, REJECTIONS, 0, REJECTIONS, REJECTIONS, 0)


def test_many_letters_at_once_are_as_one_after_another(owner: User) -> None:
    sources = [Source(str(number), rejection_from(number)) for number in range(3)]
    sources += [Source("again", rejection_from(1)), Source("no letter", b""), Source("shop", SHOP)]
    received = receive_sources(owner=owner, sources=sources, now=NOW)
    assert [one.is_new for one in received] == [True, True, True, False, False, False]
    assert received[3].letter == received[1].letter
    assert received[4].error
    assert received[5].left_out
    assert Plan.objects.count() == 3


def test_an_answer_to_a_letter_that_is_here_comes_in_whatever_it_says(owner: User) -> None:
    receive_sources(owner=owner, sources=[Source("no", rejection_bytes("one"))], now=NOW)
    answer = a_letter(
        "Hello Ada, the blue ones are fine. See you on Sunday for soup and bread.",
        message_id="answer",
        sender="Lou <lou@home.example>",
        In_Reply_To="<one@brackwater.example>",
        List_Id="<x>",
        Subject="Re: soup",
    )
    alone = answer.replace(b"<one@", b"<other@").replace(b"<answer@", b"<second@")
    sources = [Source("answer", answer), Source("alone", alone)]
    received = receive_sources(owner=owner, sources=sources, now=NOW)
    assert received[0].is_new
    assert received[1].left_out


# What was left out --------------------------------------------------------------------------


def test_what_was_left_out_is_shown_by_sender_and_can_be_searched(
    owner: User, client: Client, small: Path
) -> None:
    run = _taken_in(owner, small)
    page = client.get(f"/imports/{run.pk}/left-out").content.decode()
    assert page.index("Haberdash &lt;offers@") < page.index("Wren &lt;wren@")
    assert "Hazelwick" not in page
    found = client.get(f"/imports/{run.pk}/left-out", {"q": "about BUTTONS"}).content.decode()
    assert "Wren" in found
    assert "Haberdash &lt;offers@" not in found
    of_one = client.get(f"/imports/{run.pk}/left-out", {"from": "wren@haberdash.example"})
    assert "About the buttons" in of_one.content.decode()
    assert "19 November 2026" in of_one.content.decode()


def test_a_list_of_senders_asks_the_database_as_often_for_many_as_for_one(
    owner: User, client: Client, tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    path = tmp_path / "inbox"
    path.write_bytes(mbox_of(bulk_mail(60)))
    run = _taken_in(owner, path)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get(f"/imports/{run.pk}/left-out")


@pytest.mark.parametrize("way", ["mbox", "zip", "folder", "maildir"])
def test_this_one_matters_brings_it_in_from_where_it_came(
    owner: User, client: Client, tmp_path: Path, way: str
) -> None:
    run = _taken_in(owner, _mail_in(tmp_path, way))
    left = LeftOut.objects.get(subject="About the buttons")
    page = client.post(f"/left-out/{left.pk}/matters", follow=True)
    letter = Letter.objects.get(message_id="<odd@haberdash.example>")
    assert page.redirect_chain[-1][0] == f"/letters/{letter.pk}/"
    assert bytes(letter.source.raw) == ODD
    assert not LeftOut.objects.filter(pk=left.pk).exists()
    assert _counts(run)[:1] + _counts(run)[4:5] == (3, 1)


def _mail_in(tmp_path: Path, way: str) -> Path:
    messages = [SHOP, rejection_from(1), ODD, rejection_from(2)]
    if way == "mbox":
        (tmp_path / "inbox").write_bytes(mbox_of(messages))
        return tmp_path / "inbox"
    if way == "zip":
        with zipfile.ZipFile(tmp_path / "mail.zip", "w") as packed:
            packed.writestr("Takeout/Mail/All mail.mbox", mbox_of(messages[:2]))
            packed.writestr("Takeout/Mail/More.mbox", mbox_of(messages[2:]))
        return tmp_path / "mail.zip"
    folder = tmp_path / "mail"
    inside = folder if way == "folder" else folder / "cur"
    inside.mkdir(parents=True)
    for number, message in enumerate(messages):
        name = f"{number}.eml" if way == "folder" else f"{number}.host:2,S"
        (inside / name).write_bytes(message)
    return folder


def test_all_of_one_sender_come_in_at_once(owner: User, client: Client, tmp_path: Path) -> None:
    path = tmp_path / "inbox"
    two = ODD.replace(b"<odd@", b"<second@").replace(b"About the", b"Again the")
    path.write_bytes(mbox_of([ODD, SHOP, rejection_from(1), two]))
    run = _taken_in(owner, path)
    client.post(f"/imports/{run.pk}/all-matter", {"key": "wren@haberdash.example"})
    ids = set(Letter.objects.values_list("message_id", flat=True))
    assert {"<odd@haberdash.example>", "<second@haberdash.example>"} < ids
    assert [one.key for one in LeftOut.objects.all()] == ["offers@haberdash.example"]


@pytest.mark.parametrize("change", ["gone", "another"])
def test_a_mailbox_that_is_not_there_any_more_gets_a_sentence(
    owner: User, client: Client, small: Path, change: str
) -> None:
    _taken_in(owner, small)
    small.unlink()
    if change == "another":
        small.write_bytes(mbox_of([rejection_from(7), rejection_from(8)]))
    left = LeftOut.objects.get(subject="About the buttons")
    page = client.post(f"/left-out/{left.pk}/matters", follow=True).content.decode()
    assert "not there any more, or has changed" in page
    assert Letter.objects.count() == 2
    assert LeftOut.objects.count() == 2


def test_the_list_can_be_dropped_and_is_dropped_after_a_month(
    owner: User, client: Client, small: Path
) -> None:
    run = _taken_in(owner, small)
    client.post(f"/imports/{run.pk}/forget")
    assert (LeftOut.objects.count(), Letter.objects.count()) == (0, 2)
    again = _taken_in(owner, small)
    forget_old_runs(now=timezone.now() + timedelta(days=29))
    assert again.left.count() == 2
    forget_old_runs(now=timezone.now() + timedelta(days=31))
    assert again.left.count() == 0


# From the page ------------------------------------------------------------------------------


@pytest.fixture
def incoming() -> Iterator[Path]:
    """Where uploads are kept; empty before and after."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    _clear(folder)  # other tests share it
    yield folder
    _clear(folder)


def _clear(folder: Path) -> None:
    for left in folder.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def _upload(client: Client, raw: bytes, name: str = "archive.mbox") -> ImportRun:
    page = client.post("/letters/new", {"files": SimpleUploadedFile(name, raw)})
    run = ImportRun.objects.get()
    assert page["Location"] == f"/imports/{run.pk}/"
    return run


@pytest.mark.parametrize("packed", [False, True])
def test_a_large_mailbox_given_to_the_page_is_read_beside_it(
    client: Client, large: Path, incoming: Path, packed: bool
) -> None:
    raw = large.read_bytes() + mbox_of(bulk_mail(2000))
    if packed:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("mail/archive.mbox", raw)
        raw = held.getvalue()
    run = _upload(client, raw, "mail.zip" if packed else "archive.mbox")
    assert "This begins in a moment" in client.get(f"/imports/{run.pk}/").content.decode()
    worker.run_what_is_due("one", now=timezone.now())
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert f"{REJECTIONS} letters, {REJECTIONS} of them rejections: {REJECTIONS} new" in page
    assert f"{REJECTIONS + 2000:,} were not about applications" in page
    left = LeftOut.objects.filter(run=run).first()
    assert left is not None
    client.post(f"/left-out/{left.pk}/matters")
    assert Letter.objects.count() == REJECTIONS + 1
    client.post(f"/imports/{run.pk}/forget")
    assert list(incoming.iterdir()) == []


def test_a_zip_that_would_fill_the_disk_gets_a_sentence_on_its_page(
    client: Client, incoming: Path
) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mail.mbox", b"From a Fri Nov 20 15:10:00 2026\n" + b"\0" * 600_000_000)
    run = _upload(client, held.getvalue(), "mail.zip")
    worker.run_what_is_due("one", now=timezone.now())
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert "would unpack to something far larger than any mailbox" in page
    assert str(incoming) not in page


def test_an_upload_that_was_removed_meanwhile_gets_a_sentence(
    client: Client, large: Path, incoming: Path
) -> None:
    run = _upload(client, large.read_bytes() + mbox_of(bulk_mail(2000)))
    Path(run.paths[0]).unlink()
    worker.run_what_is_due("one", now=timezone.now())
    assert "There is no such file." in client.get(f"/imports/{run.pk}/").content.decode()


def test_an_answer_to_what_the_person_sent_is_found_in_a_mailbox(
    owner: User, sent: Draft, tmp_path: Path
) -> None:
    assert sent.touch is not None
    answer = a_letter(
        "Hello Ada, of course. Bring the blue ones on Sunday, and show how you sew them.",
        message_id="answer",
        sender=f"Ines <{sent.recipient_email}>",
        sent_at=sent.touch.at + timedelta(minutes=1),
        In_Reply_To="<what-was-sent@home.example>",
        Subject="Re: thanks",
    )
    path = tmp_path / "inbox"
    path.write_bytes(mbox_of([SHOP, answer, rejection_from(1)]))
    Touch.objects.filter(pk=sent.touch.pk).update(at=sent.touch.at - timedelta(days=1))
    _taken_in(owner, path)
    assert Answer.objects.get().draft == sent


def _words(page: HttpResponse) -> str:
    return html.unescape(page.content.decode())


def test_a_file_over_the_limit_of_the_page_is_told_and_the_others_are_read(
    client: Client, incoming: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kindregards.web.incoming.LARGEST_UPLOAD", 1_000_000)
    large = SimpleUploadedFile("all.mbox", mbox_of([SHOP]) * 30_000)
    letter = SimpleUploadedFile("no.eml", rejection_bytes())
    page = client.post("/letters/new", {"files": [large, letter]}, follow=True)
    assert "all.mbox: This file is larger than" in _words(page)
    assert Letter.objects.count() == 1
    assert list(incoming.iterdir()) == []


def test_a_disk_that_takes_no_upload_gets_a_sentence(client: Client, tmp_path: Path) -> None:
    large = SimpleUploadedFile("all.mbox", mbox_of([SHOP]) * 30_000)
    with override_settings(FILE_UPLOAD_TEMP_DIR=tmp_path / "gone"):
        page = client.post("/letters/new", {"files": large})
    assert page.status_code == 422
    assert "all.mbox: This file could not be kept while it came in" in _words(page)


def test_what_a_broken_upload_left_behind_is_removed_after_a_day(
    client: Client, large: Path, incoming: Path
) -> None:
    run = _upload(client, large.read_bytes() + mbox_of(bulk_mail(2000)))
    kept = Path(run.paths[0]).parent
    stray, young = incoming / "cut-off.upload", incoming / "just-now.upload"
    for one in (stray, young):
        one.write_bytes(b"From")
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for one in (stray, kept):
        os.utime(one, (long_ago, long_ago))
    forget_old_imports.call()
    assert set(incoming.iterdir()) == {young, kept}
