"""Recorded answers as files: they grow while one speaks, and are there whatever happens then."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from kindregards.core.practice.sound import WIDTH, Sound, heard
from kindregards.core.practice.wav import HEADING_BYTES, MOST_BYTES, TOO_LONG, heading
from kindregards.web.data_folder import recordings_folder
from kindregards.web.models import Attempt, User

MOST_AT_ONCE = 1_000_000  # bytes of one piece: half a minute
NAME = re.compile(r"[0-9a-f]{32}")
STRAY_AFTER = timedelta(hours=1)


class NotKept(Exception):
    """A piece of sound was not kept; the message is a sentence for the person."""


def path_of(recording: str) -> Path:
    """The file of a recording by its name."""
    assert NAME.fullmatch(recording)
    return recordings_folder(settings.DATA_FOLDER) / f"{recording}.wav"


@transaction.atomic
def keep_piece(*, attempt: Attempt, at: int, piece: bytes) -> int:
    """Add a piece of sound that begins at byte `at`; gives how many bytes there are now.

    A piece that came before changes nothing, and neither does one that leaves a gap: the answer
    says from where to go on. Raises NotKept.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    if at != attempt.size or not attempt.recording:
        return attempt.size
    if len(piece) % WIDTH or len(piece) > MOST_AT_ONCE:
        raise NotKept("This is not a piece of a recording.")
    if attempt.size + len(piece) > MOST_BYTES:
        raise NotKept(TOO_LONG)
    _write(path_of(attempt.recording), at, piece)
    attempt.size = at + len(piece)
    attempt.heard = None
    attempt.save(update_fields=["size", "heard"])
    return attempt.size


def _write(file: Path, at: int, piece: bytes) -> None:
    """What stands behind `at` is of a piece that was never told to be kept, and is written over."""
    try:
        with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as out:
            out.write(heading(at + len(piece)))
            out.seek(HEADING_BYTES + at)
            out.write(piece)
            out.truncate()
    except OSError as problem:
        said = problem.strerror or "the disk does not take it"
        raise NotKept(f"It could not be kept: {said}. What came before is there.") from problem


def samples_in(attempt: Attempt) -> bytes:
    """The samples that were kept; none where the file is not there any more."""
    if not attempt.recording:
        return b""
    try:
        with path_of(attempt.recording).open("rb") as file:
            file.seek(HEADING_BYTES)
            return file.read(attempt.size)
    except FileNotFoundError:
        return b""


def sound_of(attempt: Attempt) -> Sound | None:
    """What the recording tells; looked at once and kept. None where there is none."""
    if attempt.heard is not None:
        return Sound(**attempt.heard)
    samples = samples_in(attempt)
    if not samples:
        return None
    sound = heard(samples)
    Attempt.objects.filter(pk=attempt.pk, size=attempt.size).update(heard=asdict(sound))
    return sound


def is_there(attempt: Attempt) -> bool:
    """Whether there is a recording to hear."""
    return bool(attempt.recording and attempt.size) and path_of(attempt.recording).exists()


def size_of_all(owner: User) -> int:
    """Bytes of the owner's recordings."""
    return Attempt.objects.filter(owner=owner).aggregate(all=Sum("size"))["all"] or 0


def remove_recordings(attempts: Iterable[Attempt]) -> None:
    """Remove the files, with what only they were for; ratings, words and figures stay."""
    for attempt in attempts:
        if not attempt.recording:
            continue
        path_of(attempt.recording).unlink(missing_ok=True)
        attempt.recording, attempt.size = "", 0
        attempt.save(update_fields=["recording", "size"])


def forget_stray_recordings(*, now: datetime) -> None:
    """Remove files whose attempt is gone, which a removed debrief or application leaves behind."""
    for file in recordings_folder(settings.DATA_FOLDER).glob("*.wav"):
        if not NAME.fullmatch(file.stem):  # somebody else put it there
            continue
        if now.timestamp() - file.stat().st_mtime < STRAY_AFTER.total_seconds():
            continue
        if not Attempt.objects.filter(recording=file.stem).exists():
            file.unlink(missing_ok=True)
