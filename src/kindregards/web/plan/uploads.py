"""Files given to the page: a letter is read at once, a large mailbox by an import of its own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Any, BinaryIO, cast
from zipfile import ZipFile

from django.core.files.uploadedfile import UploadedFile

from kindregards.core.letters import NotALetter
from kindregards.sources.files import LARGEST_LETTER, Source, letters_from, too_large
from kindregards.sources.shape import HEAD, Shape, shape_of
from kindregards.web.imports.services import begin_run
from kindregards.web.incoming import folder_for
from kindregards.web.models import ImportRun, User
from kindregards.web.plan.taking_in import take_in_mail

AT_ONCE = 500_000
"""Bytes of a mailbox that are read while the page waits; a larger one is read beside it."""
LONGEST_NAME = 120
"""Bytes of the name that a file keeps; file systems take 255, and a number may come in front."""
Upload = UploadedFile[Any]


def is_mailbox(file: Upload) -> bool:
    """Whether a file holds many messages: a mail folder, or a zip."""
    if getattr(file, "trouble", ""):
        return False
    return _shape(file) in (Shape.ZIP, Shape.MBOX)


def is_large(mailbox: Upload) -> bool:
    """Whether a mailbox holds too many messages for a page to wait for."""
    size = _unpacked(mailbox) if _shape(mailbox) is Shape.ZIP else mailbox.size or 0
    return size > AT_ONCE


def _shape(file: Upload) -> Shape | None:
    head = file.read(HEAD)
    file.seek(0)
    try:
        return shape_of(head, str(file.name))
    except NotALetter:
        return None


def _unpacked(file: Upload) -> int:
    """Bytes that a zip says to hold, and never gives more of; its own where it cannot say."""
    size = file.size or 0
    if size > AT_ONCE:
        return size
    try:
        with ZipFile(cast(BinaryIO, file.file)) as packed:
            return max(size, sum(member.file_size for member in packed.infolist()))
    except Exception:  # what is wrong with it is told where it is read
        return size
    finally:
        file.seek(0)


def sources_in_upload(file: Upload) -> Iterator[Source]:
    """The letter in an upload that is no mailbox, or a sentence why there is none."""
    name = str(file.name)
    trouble = str(getattr(file, "trouble", ""))
    if trouble:
        return iter([Source(name, error=trouble)])
    if file.size is None or file.size > LARGEST_LETTER:
        return iter([Source(name, error=too_large())])
    return letters_from(cast(BinaryIO, file.file), name=name)


def begin_upload(*, owner: User, files: Sequence[Upload], now: datetime) -> ImportRun:
    """Keep mailboxes in the data folder and put their import in line.

    Raises OSError, and then keeps nothing.
    """
    run = keep_upload(owner=owner, files=files, now=now)
    take_in_mail.enqueue(run=run.pk)
    return run


def keep_upload(*, owner: User, files: Sequence[Upload], now: datetime) -> ImportRun:
    """Keep mailboxes in the data folder as an import that waits.

    Raises OSError, and then keeps nothing.
    """
    folder = folder_for(secrets.token_hex(16))
    try:
        paths = [_kept(file, folder, number) for number, file in enumerate(files, 1)]
    except OSError:
        rmtree(folder, ignore_errors=True)
        raise
    what = str(files[0].name) if len(files) == 1 else f"{len(files)} mailboxes"
    size = sum(file.size or 0 for file in files)
    return begin_run(owner=owner, what=what, now=now, paths=paths, is_upload=True, total_bytes=size)


def _kept(file: Upload, folder: Path, number: int) -> Path:
    name = "".join(char if char.isprintable() else "_" for char in Path(str(file.name)).name)
    end = name.encode("utf-8", "replace")[-LONGEST_NAME:].decode("utf-8", "ignore")
    path = folder / (end or "mail")
    if path.exists():
        path = folder / f"{number} {path.name}"
    written = getattr(file, "temporary_file_path", None)
    if written is not None:  # it is in the data folder already
        Path(written()).replace(path)
        return path
    with path.open("xb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return path
