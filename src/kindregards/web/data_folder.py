"""Where everything of one person is kept: one folder that nobody else can look into."""

from __future__ import annotations

import base64
import errno
import os
import re
import secrets
import tempfile
from pathlib import Path

import platformdirs

DATABASE_NAME = "kindregards.sqlite3"
SECRET_KEY_NAME = "secret-key"  # noqa: S105 - the name of the file
MAIL_KEY_NAME = "mail-key"
INCOMING_NAME = "incoming"
RECORDINGS_NAME = "recordings"
KEY_BYTES = 50
MAIL_KEY_BYTES = 32
"""What Fernet takes, in URL-safe base64."""

# Only a folder that holds nothing but these is ours to close to others: somebody may have
# pointed KINDREGARDS_DATA_DIR at a folder that other people use as well.
OUR_NAMES = re.compile(
    r"kindregards\.sqlite3.*|secret-key.*|mail-key.*|before-.*|starting\.lock.*|incoming|recordings"
    r"|\.new-.*"
)

REASONS = {
    errno.ENOSPC: "the disk is full. Free some space and start again.",
    errno.EDQUOT: "your share of the disk is used up. Free some space and start again.",
    errno.EROFS: "the disk is read-only.",
    errno.EACCES: "this user may not write there.",
    errno.EPERM: "this user may not write there.",
    errno.ENOTDIR: "a file is in the way.",
    errno.EEXIST: "a file is in the way.",
}
ELSEWHERE = "Set KINDREGARDS_DATA_DIR to a folder that can be written."


class DataFolderError(Exception):
    """The data folder cannot be used; the message is a sentence for the person."""


def data_folder() -> Path:
    """Give the folder, made with mode 0700 where it is missing.

    `KINDREGARDS_DATA_DIR` overrides the place that the system suggests. Raises DataFolderError
    when the folder cannot be made or written.
    """
    folder = chosen_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _close_to_others(folder)
    except OSError as problem:
        raise DataFolderError(why_not(folder, problem)) from problem
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DataFolderError(f"The data folder {folder} cannot be written. {ELSEWHERE}")
    return folder


def incoming_folder(folder: Path) -> Path:
    """Give the folder for mailboxes that are being taken in, made where it is missing.

    Raises DataFolderError.
    """
    return _within(folder, INCOMING_NAME)


def recordings_folder(folder: Path) -> Path:
    """Give the folder for recorded answers, made where it is missing. Raises DataFolderError."""
    return _within(folder, RECORDINGS_NAME)


def _within(folder: Path, name: str) -> Path:
    inner = folder / name
    try:
        inner.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise DataFolderError(why_not(folder, problem)) from problem
    return inner


def chosen_folder() -> Path:
    """Give the place of the folder, whether it exists or not."""
    given = os.environ.get("KINDREGARDS_DATA_DIR", "")
    if given:
        try:
            return Path(given).expanduser().absolute()
        except RuntimeError as problem:  # ~somebody who is nobody here
            sentence = f"KINDREGARDS_DATA_DIR names the home of nobody: {given}. {ELSEWHERE}"
            raise DataFolderError(sentence) from problem
    return platformdirs.user_data_path("kindregards", appauthor=False)


def why_not(path: Path, problem: OSError) -> str:
    """Say in a sentence why `path` could not be made or written, and what to do."""
    reason = REASONS.get(problem.errno or 0)
    if reason is None:
        reason = f"{problem.strerror or 'the system does not say why'}."
    advice = "" if "start again" in reason else f" {ELSEWHERE}"
    return f"The data folder {path} cannot be used: {reason}{advice}"


def _close_to_others(folder: Path) -> None:
    state = folder.stat()
    if os.name != "posix" or state.st_mode & 0o077 == 0 or state.st_uid != os.geteuid():
        return
    if all(OUR_NAMES.fullmatch(entry.name) for entry in folder.iterdir()):
        folder.chmod(0o700)


def secret_key(folder: Path) -> str:
    """Give the random key of this installation; the first call makes its file, mode 0600.

    Of several programs that start at once, all get the same key. Raises DataFolderError when
    the file cannot be read or written.
    """
    return _key_at(folder / SECRET_KEY_NAME, secrets.token_urlsafe(KEY_BYTES))


def mail_key(folder: Path) -> str:
    """Give the random key that the passwords of mail accounts are encrypted with, as `secret_key`.

    It is 32 bytes in URL-safe base64, and goes into no backup.
    """
    fresh = base64.urlsafe_b64encode(secrets.token_bytes(MAIL_KEY_BYTES)).decode("ascii")
    return _key_at(folder / MAIL_KEY_NAME, fresh)


def _key_at(path: Path, fresh: str) -> str:
    """The key in the file, which is written with the fresh one where there is none."""
    folder = path.parent
    try:
        key = _key_in(path)
        if not key:
            _write_once(path, fresh)
            key = _key_in(path)
    except OSError as problem:
        raise DataFolderError(why_not(folder, problem)) from problem
    if not key:
        raise DataFolderError(f"The key in {path} is empty. Remove that file and start again.")
    return key


def _key_in(path: Path) -> str:
    try:
        return path.read_text("ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""


def _write_once(path: Path, text: str) -> None:
    """Put the text at `path`, whole, unless another program was there first."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # mode 0600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        _move_if_absent(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def _move_if_absent(new: Path, path: Path) -> None:
    try:
        os.link(new, path)
    except FileExistsError:
        return
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}:
            raise
        if not path.exists():  # a file system without links: FAT on a stick, for one
            new.replace(path)
