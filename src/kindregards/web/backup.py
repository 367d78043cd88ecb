"""Everything in one file, and back again: whole or not at all.

A backup is a zip of two members: a manifest, and a copy of the SQLite database that SQLite itself
made while others may have been writing.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import shutil
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps as django_apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from kindregards.web import database
from kindregards.web.data_folder import DATABASE_NAME, REASONS, RECORDINGS_NAME
from kindregards.web.database import Say
from kindregards.web.start import set_up
from kindregards.web.word_index import drop_words, keep_words

MANIFEST_NAME = "manifest.json"
FORMAT = 1
LARGEST_MANIFEST = 1_000_000  # bytes
# A database of letters packs to a third or a tenth. Above this it is no backup of ours.
LARGEST_RATIO = 200
SMALL = 100_000_000  # bytes; below it the ratio is not looked at
SPARE_DISK = 50_000_000  # bytes that stay free after unpacking
SQLITE_HEADER = b"SQLite format 3\0"
CHUNK = 1 << 20
BUSY_TRIES = 80  # of a quarter second each

ON_POSTGRESQL = "The letters are in PostgreSQL; keep and restore them with pg_dump and pg_restore."
NO_BACKUP = "{file} is not a backup of Kind Regards; nothing was changed."
DAMAGED = "{file} is damaged or cut short; nothing was changed. Try another copy of it."
UNSAFE = "{file} would unpack to more than a backup holds; nothing was changed."
# What Python's reader of zips raises on those that are broken in some way; OSError is a disk's.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError,
    ValueError, OverflowError, MemoryError,
)  # fmt: skip
# Ours has none but the index of words, which is taken out before it is looked for; in somebody
# else's they could change letters whenever one is written.
ACTING = (
    "SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'"
)
SIGNED_IN = ("django_session", "kindregards_signinlink")
# A job names code that is run; one that somebody else made up must not be.
WAITING = ("django_tasks_database_dbtaskresult", "kindregards_worker", "kindregards_schedule")


class BackupError(Exception):
    """The backup cannot be made or used; the message is a sentence for the person."""


# Making one ----------------------------------------------------------------------------------


def backup(file: Path, *, say: Say) -> int:
    """Copy everything into one new file, mode 0600; 1 and a sentence where it cannot be done."""
    os.umask(0o077)
    if set_up(say=say):
        return 1
    try:
        _back_up(file)
    except BackupError as trouble:
        say(str(trouble))
        return 1
    except OSError as problem:
        reason = REASONS.get(problem.errno or 0, f"{problem.strerror}.")
        say(f"The backup {file} could not be written: {reason}")
        return 1
    except sqlite3.Error as problem:
        say(f"No backup was made. {database.what_is_wrong(problem)}")
        return 1
    say(f"Everything is in {file}. It holds your letters as they are; keep it in a safe place.")
    if any((settings.DATA_FOLDER / RECORDINGS_NAME).glob("*.wav")):
        say("But for the recordings of practice: kindregards export takes those along.")
    return 0


def _back_up(file: Path) -> None:
    present = _sqlite_file()
    if not present.exists():
        raise BackupError("There is nothing to back up yet.")
    if file.exists():
        raise BackupError(f"{file} is there already. Give another name, or remove it first.")
    copy, packed = (file.with_name(f".new-{file.name}{end}") for end in (".sqlite3", ".zip"))
    copy.unlink(missing_ok=True)  # what a backup that was killed left behind
    packed.unlink(missing_ok=True)
    try:
        database.copy_sqlite(present, copy)
        _forget_who_is_signed_in(copy)
        with closing(sqlite3.connect(copy, isolation_level=None)) as opened:
            drop_words(opened)  # it is made anew where the backup is put back
        with packed.open("xb") as out:
            _pack(copy, out)
            os.fsync(out.fileno())
        packed.replace(file)
    finally:
        copy.unlink(missing_ok=True)
        packed.unlink(missing_ok=True)


def _pack(copy: Path, out: Any) -> None:
    manifest = {
        "program": "Kind Regards",
        "format": FORMAT,
        "version": version("kindregards"),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "bytes": copy.stat().st_size,
        "sha256": _sha256(copy),
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        with pack.open(_member(MANIFEST_NAME), "w") as member:
            member.write(json.dumps(manifest, indent=2).encode())
        with (
            copy.open("rb") as database_file,
            pack.open(_member(DATABASE_NAME), "w", force_zip64=True) as member,
        ):
            shutil.copyfileobj(database_file, member, CHUNK)


def _member(name: str) -> zipfile.ZipInfo:
    """A member without a time of its own: a zip knows none before 1980, and some clocks do."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


def _forget_who_is_signed_in(copy: Path) -> None:
    """Take sessions, sign-in links and jobs out of a copy: they are no letters.

    In a backup they would let in whoever finds it, or let whoever made it up run something.
    """
    with closing(sqlite3.connect(copy, isolation_level=None)) as opened:
        opened.execute("PRAGMA secure_delete=ON")  # not only from sight
        for table in SIGNED_IN + WAITING:
            if opened.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
                opened.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sqlite_file() -> Path:
    if connection.vendor != "sqlite":
        raise BackupError(ON_POSTGRESQL)
    return Path(connection.settings_dict["NAME"])


# Putting one back ----------------------------------------------------------------------------


def restore(file: Path, *, say: Say) -> int:
    """Put a backup, or a copy named `before-…`, in place of the present database.

    It is checked and brought up to date aside first. What was there is kept as
    `before-restore-TIME.sqlite3`. Gives 1 and a sentence where it cannot be done; then nothing
    was changed.
    """
    os.umask(0o077)
    if set_up(say=say):
        return 1
    try:
        kept = _restore(file)
    except (BackupError, database.DatabaseTrouble) as trouble:
        say(str(trouble))
        return 1
    except database.TROUBLES as problem:
        say(f"Nothing was restored. {database.what_is_wrong(problem)}")
        return 1
    say(f"{file} is in place. Start the program again to see it.")
    if kept:
        say(f"What was there before is kept as {kept}")
    return 0


def _restore(file: Path) -> Path | None:
    present = _sqlite_file()
    aside = settings.DATA_FOLDER / ".new-restore.sqlite3"
    with database.alone(settings.DATA_FOLDER):
        _remove_database(aside)  # of a restore that was killed: its log would be played back
        try:
            _unpack(file, aside)
            _check_database(file, aside)
            _bring_up_to_date(aside)
            _check_tables(file, aside)
            _forget_who_is_signed_in(aside)
            kept = _keep_present(present)
            _put_in_place(aside, present)
        finally:
            _remove_database(aside)
    return kept


def _unpack(file: Path, aside: Path) -> None:
    """Write the database that the file holds to `aside`. Raises BackupError."""
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):  # a pipe or a device
            raise BackupError(NO_BACKUP.format(file=file))
        with file.open("rb") as opened:
            is_plain_copy = opened.read(len(SQLITE_HEADER)) == SQLITE_HEADER
    except OSError as problem:
        raise BackupError(f"{file} cannot be read: {problem.strerror}.") from problem
    if is_plain_copy:
        database.copy_sqlite(file, aside)
        return
    try:
        with zipfile.ZipFile(file) as pack:
            _unpack_zip(file, pack, aside)
    except UNREADABLE as problem:
        sentence = DAMAGED if _begins_like_a_zip(file) else NO_BACKUP
        raise BackupError(sentence.format(file=file)) from problem


def _begins_like_a_zip(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(2) == b"PK"


def _unpack_zip(file: Path, pack: zipfile.ZipFile, aside: Path) -> None:
    members = {member.filename: member for member in pack.infolist()}
    if sorted(members) != sorted([DATABASE_NAME, MANIFEST_NAME]) or len(pack.infolist()) != 2:
        raise BackupError(NO_BACKUP.format(file=file))
    manifest = _manifest(file, pack, members[MANIFEST_NAME])
    member = members[DATABASE_NAME]
    free = shutil.disk_usage(aside.parent).free - SPARE_DISK
    is_bomb = member.file_size > max(SMALL, LARGEST_RATIO * member.compress_size)
    if is_bomb or member.file_size != manifest.get("bytes"):
        raise BackupError(UNSAFE.format(file=file))
    if member.file_size > free:
        raise BackupError("The disk has too little room to unpack the backup; free some space.")
    with pack.open(member) as packed, aside.open("wb") as out:
        shutil.copyfileobj(packed, out, CHUNK)
    if _sha256(aside) != manifest.get("sha256"):
        raise BackupError(DAMAGED.format(file=file))


def _manifest(file: Path, pack: zipfile.ZipFile, member: zipfile.ZipInfo) -> dict[str, Any]:
    """Give the manifest of a backup that this version can read. Raises BackupError."""
    if member.file_size > LARGEST_MANIFEST:
        raise BackupError(UNSAFE.format(file=file))
    try:
        manifest = json.loads(pack.read(member))
    except (ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict) or manifest.get("program") != "Kind Regards":
        raise BackupError(NO_BACKUP.format(file=file))
    if manifest.get("format") != FORMAT:
        raise BackupError(database.NEWER)
    return manifest


def _check_database(file: Path, aside: Path) -> None:
    """Raise BackupError unless `aside` is a whole database of this program."""
    try:
        with closing(sqlite3.connect(aside, isolation_level=None)) as opened:
            is_whole = opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if is_whole:
                drop_words(opened)
            apps = {app for (app,) in opened.execute("SELECT app FROM django_migrations")}
            acts = opened.execute(ACTING).fetchone()
    except sqlite3.OperationalError as problem:
        raise BackupError(NO_BACKUP.format(file=file)) from problem
    except sqlite3.DatabaseError as problem:
        raise BackupError(DAMAGED.format(file=file)) from problem
    if not is_whole:
        raise BackupError(DAMAGED.format(file=file))
    if "kindregards" not in apps or acts:
        raise BackupError(NO_BACKUP.format(file=file))


def _check_tables(file: Path, aside: Path) -> None:
    """Raise BackupError where a table or a column is missing that some page would ask for."""
    with closing(sqlite3.connect(aside)) as opened:
        for model in django_apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            known = {name for _n, name, *_rest in opened.execute(f'PRAGMA table_info("{table}")')}
            if not known >= {field.column for field in model._meta.local_concrete_fields}:
                raise BackupError(NO_BACKUP.format(file=file))


def _bring_up_to_date(aside: Path) -> None:
    """Migrate the database at `aside`; the present one stays as it is meanwhile."""
    connection.close()
    present = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = aside
    try:
        if database.waiting_migrations():
            call_command("migrate", interactive=False, verbosity=0)
        keep_words()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = present


def _keep_present(present: Path) -> Path | None:
    """Keep the present database aside. A damaged one cannot be copied and is moved."""
    if not present.exists():
        return None
    try:
        return database.keep_copy("before-restore")
    except sqlite3.DatabaseError as problem:
        if isinstance(problem, sqlite3.OperationalError):  # in use, or no room: not damaged
            raise
    kept = present.with_name(f"before-restore-{timezone.now():%Y%m%dT%H%M%S%f}.sqlite3")
    for end in ("-wal", "-shm"):
        log = present.with_name(present.name + end)
        if log.exists():
            log.replace(kept.with_name(kept.name + end))
    return present.replace(kept)


def _put_in_place(aside: Path, present: Path) -> None:
    """Let SQLite write the database in one transaction: a program that runs sees all or nothing."""
    tries = 0

    def _give_up(*_progress: int) -> None:
        nonlocal tries
        tries += 1
        if tries > BUSY_TRIES:
            raise sqlite3.OperationalError("database is locked")

    with closing(sqlite3.connect(aside)) as source, closing(sqlite3.connect(present)) as target:
        source.backup(target, progress=_give_up)


def _remove_database(file: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + end).unlink(missing_ok=True)
