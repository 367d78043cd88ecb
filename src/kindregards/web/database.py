"""The database at start: made, copied, brought up to date; or a sentence that says why not."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from kindregards.web.data_folder import why_not

Say = Callable[[str], None]

COPIES_KEPT = 5
TROUBLES = (DatabaseError, sqlite3.Error, OSError, ImproperlyConfigured)
SECONDS_FOR_ANOTHER_START = 60

# What SQLite says, and what a person can do about it.
ADVICE = {
    "locked": "The database is in use by another program. Wait a moment and try again.",
    "readonly": "The database cannot be written. Allow this user to write {path} and try again.",
    "full": "The disk is full. Free some space and try again.",
    "i/o error": "The disk did not take what was written: it may be full or failing.",
    "malformed": "The database {path} is damaged. {copies}",
    "not a database": "The database {path} is damaged. {copies}",
    "improperly configured": "KINDREGARDS_DATABASE_URL names no database. "
    "Write postgres://user:password@host:port/name.",
    "supply a shorter name": "The name of the database in KINDREGARDS_DATABASE_URL is too long.",
    "unable to open": "The database {path} cannot be opened. Allow this user to read and write it.",
}
COPIES = "kindregards restore FILE puts a backup back, or a copy named before-… in that folder."
NEWER = (
    "The database was made by a newer Kind Regards than this one. "
    "Install the newest version and start again; nothing was changed."
)


class DatabaseTrouble(Exception):
    """The database cannot be used; the message is a sentence for the person."""


def prepare_database(*, say: Say) -> int:
    """Make the database or bring it up to date; 1 and a sentence where that cannot be done.

    An older SQLite database is copied first, to `before-VERSION-TIME.sqlite3` beside it.
    """
    os.umask(0o077)
    try:
        _bring_up_to_date(say)
    except DatabaseTrouble as trouble:
        say(str(trouble))
        return 1
    except TROUBLES as problem:
        say(what_is_wrong(problem))
        return 1
    return 0


def what_is_wrong(problem: Exception) -> str:
    """Turn an error of the database or the disk into a sentence that says what to do."""
    if isinstance(problem, OSError):
        return why_not(Path(settings.DATA_FOLDER), problem)
    told = str(problem).strip()
    for sign, sentence in ADVICE.items():
        if sign in told.lower():
            return sentence.format(path=connection.settings_dict["NAME"], copies=COPIES)
    first_line = told.partition("\n")[0]
    return f"The database cannot be used: {first_line}"


def _bring_up_to_date(say: Say) -> None:
    if not waiting_migrations():
        return
    with alone(settings.DATA_FOLDER):
        if not waiting_migrations():  # another start was faster
            return
        for half in settings.DATA_FOLDER.glob(".new-before-*"):  # of a start that was killed
            half.unlink()
        if applied_migrations() and connection.vendor == "sqlite":
            copy = keep_copy(f"before-{version('kindregards')}")
            say(f"Bringing the database up to date. The old one is kept as {copy}")
        call_command("migrate", interactive=False, verbosity=0)


def waiting_migrations() -> set[tuple[str, str]]:
    """Give the migrations that the database lacks.

    Compares names with file names and imports no migration, for this is done at every start.
    Raises DatabaseTrouble where the database has migrations that the program does not know.
    """
    applied, shipped = applied_migrations(), shipped_migrations()
    ours = {label for label, _name in shipped}
    if any(label in ours for label, _name in applied - shipped):
        raise DatabaseTrouble(NEWER)
    return shipped - applied


def applied_migrations() -> set[tuple[str, str]]:
    """Give app and name of each migration that the database has had; none for a new one."""
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return set()
        cursor.execute("SELECT app, name FROM django_migrations")
        return {(app, name) for app, name in cursor.fetchall()}


def shipped_migrations() -> set[tuple[str, str]]:
    """Give app and name of each migration that the installed program brings."""
    return {
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("[0-9]*.py")
    }


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other programs from changing the same folder's tables meanwhile.

    SQLite's own lock is used, since it works on every system and ends with its program.
    """
    lock = sqlite3.connect(
        folder / "starting.lock", timeout=SECONDS_FOR_ANOTHER_START, isolation_level=None
    )
    with closing(lock):
        lock.execute("BEGIN EXCLUSIVE")
        yield


def keep_copy(name: str) -> Path:
    """Copy the SQLite database to `NAME-TIME.sqlite3` beside it, and remove the oldest copies."""
    database = Path(connection.settings_dict["NAME"])
    copy = database.with_name(f"{name}-{timezone.now():%Y%m%dT%H%M%S%f}.sqlite3")
    copy_sqlite(database, copy)
    for old in sorted(database.parent.glob("before-[0-9]*.sqlite3"), key=_age)[COPIES_KEPT:]:
        old.unlink()
    return copy


def _age(file: Path) -> float:
    return -file.stat().st_mtime


def copy_sqlite(database: Path, copy: Path) -> None:
    """Copy a database that may be in use, whole or not at all.

    Raises OSError or sqlite3.Error, and leaves no half file.
    """
    new = copy.with_name(f".new-{copy.name}")
    new.touch(mode=0o600)  # says better than SQLite why it cannot be made
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(new)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
        new.replace(copy)
    finally:
        new.unlink(missing_ok=True)
