"""The commands `export` and `erase`: taking everything elsewhere, and leaving nothing here."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from django.conf import settings

from kindregards.web.data_folder import (
    OUR_NAMES,
    REASONS,
    RECORDINGS_NAME,
    DataFolderError,
    chosen_folder,
)
from kindregards.web.start import ready, set_up

Say = Callable[[str], None]
OUR_FOLDERS = re.compile(r"incoming|\.new-.*")
OUR_RECORDINGS = re.compile(r"[0-9a-f]{32}\.wav")
WORD = "erase"

ASKED_FIRST = """\
This removes every letter, application, person and note from this computer, and the passwords of
mail accounts. Nothing can bring them back but a backup that is kept somewhere else.
They are in: {folder}
Stop the program first, if it runs. To go on, type {word} and press Enter: """
ON_POSTGRESQL = "The letters are in PostgreSQL; erase them there with dropdb. Nothing was changed."
NOTHING_THERE = "There is nothing to erase: {folder} is not there."
KEPT = "Nothing was erased."


def export(folder: Path, *, say: Say) -> int:
    """Write everything into a new folder, mode 0700; 1 and a sentence where it cannot be done."""
    os.umask(0o077)
    if ready(say=say):
        return 1
    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.plan.exporting import ExportError, export_everything

    try:
        many = export_everything(owner_of_this_machine(), folder.absolute())
    except ExportError as trouble:
        say(str(trouble))
        return 1
    except OSError as problem:
        reason = REASONS.get(problem.errno or 0, f"{problem.strerror}.")
        say(f"The folder {folder} could not be written: {reason}")
        return 1
    say(f"Everything is in {folder}: {many} files. They hold your letters as they are.")
    return 0


def erase(*, is_sure: bool, say: Say) -> int:
    """Remove all that the program keeps; asks first unless `is_sure`. 1 where nothing was done."""
    try:
        folder = chosen_folder()
    except DataFolderError as problem:
        say(str(problem))
        return 1
    if not folder.is_dir():
        say(NOTHING_THERE.format(folder=folder))
        return 1
    if set_up(say=say):
        return 1
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        say(ON_POSTGRESQL)
        return 1
    if not is_sure and not _means_it(folder, say):
        say(KEPT)
        return 1
    return _erase(folder, say)


def _means_it(folder: Path, say: Say) -> bool:
    say(ASKED_FIRST.format(folder=folder, word=WORD))
    return sys.stdin is not None and sys.stdin.readline().strip().lower() == WORD


def _erase(folder: Path, say: Say) -> int:
    from django.db import connection

    _forget_passwords()
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    try:
        _empty(database)
        strangers = [entry for entry in folder.iterdir() if not _remove(entry)]
        for end in ("", "-wal", "-shm", "-journal"):  # it may be kept outside of the folder
            database.with_name(database.name + end).unlink(missing_ok=True)
        if not strangers and not folder.is_symlink():  # then the link, and where it leads, stay
            folder.rmdir()
    except (OSError, sqlite3.Error) as problem:
        say(f"Not everything could be erased: {problem}. Stop the program and try again.")
        return 1
    say("Everything is erased.")
    if strangers:
        names = ", ".join(sorted(entry.name for entry in strangers))
        say(f"In {folder} there are files that are not from Kind Regards; they stay: {names}")
    return 0


def _forget_passwords() -> None:
    """Take the passwords out of the system's keyring, where no file of ours would."""
    from django.db import DatabaseError

    from kindregards.web.mail.passwords import forget_password
    from kindregards.web.models import MailAccount, SendingServer

    with suppress(DatabaseError):  # a damaged database, or one before its first start
        for account in MailAccount.objects.all():
            forget_password(account=account)
        for server in SendingServer.objects.all():
            forget_password(account=server)


def _empty(database: Path) -> None:
    """Leave nothing in the database for a program that still has it open."""
    if not database.exists():
        return
    with (
        suppress(sqlite3.DatabaseError),  # a damaged one is removed all the same
        closing(sqlite3.connect(":memory:")) as nothing,
        closing(sqlite3.connect(database)) as target,
    ):
        nothing.backup(target)


def _remove_recordings(folder: Path) -> bool:
    """Whether the folder is gone: files that others put there stay, and so does it."""
    for file in folder.iterdir():
        if OUR_RECORDINGS.fullmatch(file.name):
            file.unlink()
    if any(folder.iterdir()):
        return False
    if folder.is_symlink():
        folder.unlink()
    else:
        folder.rmdir()
    return True


def _remove(entry: Path) -> bool:
    """Whether it was ours, and is gone."""
    if not OUR_NAMES.fullmatch(entry.name):
        return False
    if entry.name == RECORDINGS_NAME and entry.is_dir():
        return _remove_recordings(entry)
    if entry.is_dir() and not entry.is_symlink():
        if not OUR_FOLDERS.fullmatch(entry.name):
            return False
        shutil.rmtree(entry)
    else:
        entry.unlink()
    return True
