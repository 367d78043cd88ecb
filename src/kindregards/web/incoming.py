"""Files that are given to a page: streamed to the data folder, up to a limit, whatever they are."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Container
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopFutureHandlers, TemporaryFileUploadHandler

LARGEST_UPLOAD = 4 * 1024**3
"""Bytes of one file: twice the parts in which Gmail's export comes."""
A_DAY = 24 * 60 * 60  # seconds
TOO_LARGE = (
    f"This file is larger than {LARGEST_UPLOAD // 1024**3} GB, which is too much for a page. "
    "In a terminal there is no limit: kindregards import FILE"
)
NO_ROOM = (
    "The disk filled up while this file came in, so it was not kept. "
    "Free some space and give it again."
)
NOT_TAKEN = "This file could not be kept while it came in: {reason}. Give it again."


class Incoming(TemporaryFileUploadHandler):
    """Writes a large upload into the data folder; of one that does not fit, only a sentence stays.

    The sentence is the `trouble` of the file that the form gets.
    """

    trouble = ""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Make the file that the upload is written to."""
        self.trouble = ""
        try:
            super().new_file(*args, **kwargs)
        except OSError as problem:
            self.trouble = _sentence(problem)
            raise StopFutureHandlers from problem

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write the next bytes; after a failure the rest is let go by."""
        if self.trouble:
            return None
        if start + len(raw_data) > LARGEST_UPLOAD:
            self._let_go(TOO_LARGE)
            return None
        try:
            self.file.write(raw_data)
        except OSError as problem:
            self._let_go(_sentence(problem))
        return None

    def file_complete(self, file_size: int) -> Any:
        """The file as it was written, or an empty one with the sentence."""
        if not self.trouble:
            return super().file_complete(file_size)
        empty = SimpleUploadedFile(str(self.file_name), b"")
        empty.trouble = self.trouble  # type: ignore[attr-defined]  # ours, for the view
        return empty

    def _let_go(self, trouble: str) -> None:
        self.trouble = trouble
        self.file.close()  # which removes it


def forget_strays(*, known: Container[Path], now: datetime) -> None:
    """Remove what an upload that was cut off left behind a day ago; `known` folders stay."""
    for entry in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        with suppress(OSError):  # another process removed it just now
            if now.timestamp() - entry.stat().st_mtime < A_DAY or entry in known:
                continue
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()


def _sentence(problem: OSError) -> str:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return NO_ROOM
    return NOT_TAKEN.format(reason=problem.strerror or "the system does not say why")


def folder_for(token: str) -> Path:
    """A new folder of our own for the files of one import."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR) / token
    folder.mkdir(mode=0o700)
    return folder
