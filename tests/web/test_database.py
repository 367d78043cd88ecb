"""The database of this run, and the sentences about one that cannot be used."""

from __future__ import annotations

import errno
import os
import sqlite3
import zipfile
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from kindregards.web.backup import ON_POSTGRESQL, backup
from kindregards.web.database import (
    applied_migrations,
    prepare_database,
    shipped_migrations,
    what_is_wrong,
)

SENTENCES = [
    (OperationalError("database is locked"), "in use by another program"),
    (OperationalError("database table is locked: x"), "in use by another program"),
    (OperationalError("attempt to write a readonly database"), "cannot be written"),
    (sqlite3.OperationalError("database or disk is full"), "The disk is full."),
    (sqlite3.OperationalError("disk I/O error"), "may be full or failing"),
    (DatabaseError("database disk image is malformed"), "kindregards restore FILE"),
    (DatabaseError("file is not a database"), "kindregards restore FILE"),
    (sqlite3.OperationalError("unable to open database file"), "cannot be opened"),
    (OperationalError("connection refused\nmore"), "cannot be used: connection refused"),
    (OSError(errno.ENOSPC, "No space left on device"), "the disk is full. Free some space"),
    (OSError(errno.EROFS, "Read-only file system"), "the disk is read-only."),
    (OSError(errno.EIO, "Input/output error"), "Input/output error."),
]
on_postgresql = "KINDREGARDS_TEST_POSTGRES" in os.environ


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    assert connection.vendor == ("postgresql" if on_postgresql else "sqlite")


@pytest.mark.parametrize(("problem", "words"), SENTENCES, ids=lambda one: str(one)[:40])
def test_each_trouble_has_a_sentence(problem: Exception, words: str) -> None:
    sentence = what_is_wrong(problem)
    assert words in sentence
    assert sentence[0].isupper()
    assert "\n" not in sentence


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_ready_without_a_word() -> None:
    said: list[str] = []
    assert applied_migrations() >= shipped_migrations()
    assert ("kindregards", "0001_first") in shipped_migrations()
    assert prepare_database(say=said.append) == 0
    assert said == []


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_made_of_sqlite_and_explained_on_postgresql(tmp_path: Path) -> None:
    said: list[str] = []
    status = backup(tmp_path / "kept.zip", say=said.append)
    if on_postgresql:
        assert (status, said) == (1, [ON_POSTGRESQL])
        return
    assert status == 0
    with zipfile.ZipFile(tmp_path / "kept.zip") as pack:
        assert pack.namelist() == ["manifest.json", "kindregards.sqlite3"]


def test_a_new_database_is_what_the_migrations_it_stands_for_make() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    [at_once] = [one for one in loader.disk_migrations.values() if one.replaces]
    step_by_step = loader.project_state(at_once.replaces[-1])
    made = at_once.mutate_state(loader.project_state(at_once.dependencies))
    found = MigrationAutodetector(step_by_step, made).changes(loader.graph)
    assert "kindregards" not in found
    assert {name for app, name in made.models if app == "kindregards"} == {
        name for app, name in step_by_step.models if app == "kindregards"
    }
