"""Reviews of a resume that come in among letters: in mail, in an import, dropped at home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from kindregards.core.resumes.packet import looks_returned
from kindregards.core.resumes.review import MOST_BYTES, ReviewError
from kindregards.web.models import Reviewer, User
from kindregards.web.reviews import take_returned

Upload = UploadedFile[Any]
HEAD = 300  # bytes by which a review file is known


def keep_reviews(*, owner: User, files: Iterable[bytes], now: datetime) -> list[Reviewer]:
    """Take in the reviews that mail carried. What was not asked for is nobody's, and is left."""
    taken = []
    for raw in files:
        try:
            taken.append(take_returned(owner=owner, raw=raw, now=now))
        except ReviewError:
            continue
    return taken


def is_review(file: Upload) -> bool:
    """Whether a file that was given is a review."""
    head = file.read(HEAD)
    file.seek(0)
    return looks_returned(head)


def take_given(
    *, owner: User, files: Sequence[Upload], now: datetime
) -> tuple[list[Reviewer], list[str]]:
    """Take in reviews that the person gave; those taken, and a sentence for each that was not."""
    return _taken(owner, ((str(file.name), file.read(MOST_BYTES + 1)) for file in files), now)


def take_at_paths(
    *, owner: User, paths: Sequence[Path], now: datetime
) -> tuple[list[Path], list[Reviewer], list[str]]:
    """Take in those files at the paths that are reviews.

    Gives the other paths, the reviews taken, and a sentence for each that was not.
    """
    mine = [path for path in paths if _is_review_at(path)]
    taken, refused = _taken(owner, ((path.name, _read(path)) for path in mine), now)
    return [path for path in paths if path not in mine], taken, refused


def _taken(
    owner: User, files: Iterable[tuple[str, bytes]], now: datetime
) -> tuple[list[Reviewer], list[str]]:
    taken, refused = [], []
    for name, raw in files:
        try:
            taken.append(take_returned(owner=owner, raw=raw, now=now))
        except ReviewError as why:
            refused.append(f"{name}: {why}")
    return taken, refused


def _is_review_at(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return looks_returned(file.read(HEAD))
    except OSError:  # the import says what is wrong with it
        return False


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)
