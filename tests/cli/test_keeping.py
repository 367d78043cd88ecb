"""Nothing is lost: older databases, backups, restores, and whatever breaks off in between."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Person
from tests.factories import rejection_bytes

LETTERS = "SELECT count(*) FROM kindregards_letter"


def _ask(database: Path, question: str) -> Any:
    with closing(sqlite3.connect(database)) as opened, opened:
        return opened.execute(question).fetchone()


def _import(person: Person, letters: Path, *ids: str) -> None:
    letters.mkdir(exist_ok=True)
    for name in ids:
        (letters / f"{name}.eml").write_bytes(rejection_bytes(name))
    assert person.run("import", letters).returncode == 0


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder of letters outside the current one."""
    return tmp_path / "letters"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one letter in it."""
    place = tmp_path_factory.mktemp("good")
    (place / "current").mkdir()
    somebody = Person(place / "data", place / "current")
    _import(somebody, place / "letters", "one")
    return somebody.database


@pytest.fixture
def has_one(person: Person, good: Path) -> Person:
    """Somebody who has one letter."""
    person.folder.mkdir(mode=0o700)
    person.database.write_bytes(good.read_bytes())
    return person


# An older or a newer database --------------------------------------------------------------------


def test_an_older_database_is_copied_and_then_brought_up_to_date(
    person: Person, letters: Path
) -> None:
    _import(person, letters, "one", "two")
    assert person.run("manage", "migrate", "sessions", "zero").returncode == 0
    done = person.run("today")
    assert done.returncode == 0
    [copy] = person.folder.glob("before-*.sqlite3")
    assert f"The old one is kept as {copy}" in done.stderr
    with closing(sqlite3.connect(copy)) as old:
        names = {name for (name,) in old.execute("SELECT name FROM sqlite_master")}
        assert "django_session" not in names
        assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert _ask(copy, LETTERS) == _ask(person.database, LETTERS) == (2,)
    assert _ask(person.database, "SELECT count(*) FROM django_session") == (0,)


def test_a_database_that_is_up_to_date_is_not_copied(person: Person) -> None:
    person.run("today")
    assert person.run("today").stderr == ""
    assert list(person.folder.glob("before-*")) == []


def test_the_newest_five_copies_are_kept(person: Person) -> None:
    person.run("manage", "migrate", "sessions", "zero")
    for number in range(7):
        (person.folder / f"before-0.0.{number}-20260101T000000.sqlite3").write_bytes(b"")
    kept_for_good = person.folder / "before-restore-20260101T000000.sqlite3"
    kept_for_good.write_bytes(b"")
    person.run("manage", "migrate")
    person.run("manage", "migrate", "sessions", "zero")
    person.run("today")
    assert len(list(person.folder.glob("before-[0-9]*"))) == 5
    assert len([file for file in person.folder.glob("before-[0-9]*") if file.stat().st_size]) == 1
    assert kept_for_good.exists()


def test_a_newer_database_is_refused_and_left_as_it_is(person: Person) -> None:
    person.run("today")
    with closing(sqlite3.connect(person.database)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('kindregards', '9999_later', '2026-11-23')"
        )
    before = hashlib.sha256(person.database.read_bytes()).digest()
    done = person.run("serve")
    assert done.returncode == 1
    assert "made by a newer Kind Regards" in done.stderr
    assert hashlib.sha256(person.database.read_bytes()).digest() == before


def test_a_disk_too_full_for_the_copy_leaves_the_older_database_as_it_is(has_one: Person) -> None:
    has_one.run("manage", "migrate", "sessions", "zero")
    done = has_one.run("today", largest_file=50_000)
    assert done.returncode == 1
    assert "disk" in done.stderr
    assert list(has_one.folder.glob("*before-*")) == []
    assert has_one.run("today").returncode == 0
    assert _ask(has_one.database, LETTERS) == (1,)


# Backup and restore ------------------------------------------------------------------------------


def test_a_backup_is_one_private_file_that_brings_everything_back(
    person: Person, letters: Path, tmp_path: Path
) -> None:
    _import(person, letters, "one", "two")
    kept = tmp_path / "kept.zip"
    done = person.run("backup", kept)
    assert (done.returncode, done.stdout) == (0, "")
    assert str(kept) in done.stderr
    assert kept.stat().st_mode & 0o777 == 0o600
    person.folder = tmp_path / "another-machine"
    assert person.run("restore", kept).returncode == 0
    assert _ask(person.database, LETTERS) == (2,)
    with person.start() as started:
        assert started.link


def test_a_backup_is_taken_while_the_program_runs(has_one: Person, tmp_path: Path) -> None:
    with has_one.start():
        assert has_one.run("backup", tmp_path / "kept.zip").returncode == 0
    with zipfile.ZipFile(tmp_path / "kept.zip") as pack:
        assert pack.testzip() is None
        manifest = json.loads(pack.read("manifest.json"))
    assert (manifest["program"], manifest["format"]) == ("Kind Regards", 1)


def test_a_backup_never_takes_the_place_of_another_file(person: Person, tmp_path: Path) -> None:
    person.run("today")
    there = tmp_path / "there.zip"
    there.write_text("mine")
    done = person.run("backup", there)
    assert done.returncode == 1
    assert "is there already" in done.stderr
    assert there.read_text() == "mine"


def test_there_is_no_backup_of_nothing(person: Person, tmp_path: Path) -> None:
    done = person.run("backup", tmp_path / "kept.zip")
    assert done.returncode == 1
    assert "nothing to back up" in done.stderr
    assert not (tmp_path / "kept.zip").exists()


@pytest.mark.parametrize("name", ["missing/kept.zip", "file/kept.zip"])
def test_a_place_that_cannot_be_written_is_told(person: Person, tmp_path: Path, name: str) -> None:
    person.run("today")
    (tmp_path / "file").write_text("")
    done = person.run("backup", tmp_path / name)
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_leaves_no_half_backup(person: Person, tmp_path: Path) -> None:
    person.run("today")
    outside = tmp_path / "outside"
    outside.mkdir()
    done = person.run("backup", outside / "kept.zip", largest_file=100_000)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert list(outside.iterdir()) == []


def test_a_backup_says_that_recordings_are_not_in_it(has_one: Person, tmp_path: Path) -> None:
    told = "kindregards export takes those along"
    assert told not in has_one.run("backup", tmp_path / "one.zip").stderr
    (has_one.folder / "recordings").mkdir(mode=0o700)
    (has_one.folder / "recordings" / f"{'a' * 32}.wav").write_bytes(b"RIFF")
    assert told in has_one.run("backup", tmp_path / "two.zip").stderr


def test_a_restore_keeps_what_was_there(has_one: Person, letters: Path, tmp_path: Path) -> None:
    has_one.run("backup", tmp_path / "kept.zip")
    _import(has_one, letters, "two", "three")
    done = has_one.run("restore", tmp_path / "kept.zip")
    assert done.returncode == 0
    [aside] = has_one.folder.glob("before-restore-*.sqlite3")
    assert str(aside) in done.stderr
    assert _ask(has_one.database, LETTERS) == (1,)
    assert _ask(aside, LETTERS) == (3,)
    assert has_one.run("restore", aside).returncode == 0
    assert _ask(has_one.database, LETTERS) == (3,)


def test_a_restore_is_seen_by_the_program_that_runs(
    has_one: Person, letters: Path, tmp_path: Path
) -> None:
    has_one.run("backup", tmp_path / "kept.zip")
    _import(has_one, letters, "two")
    with has_one.start() as started, closing(sqlite3.connect(has_one.database)) as watching:
        assert watching.execute(LETTERS).fetchone() == (2,)
        assert has_one.run("restore", tmp_path / "kept.zip").returncode == 0
        assert watching.execute(LETTERS).fetchone() == (1,)
        assert watching.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert started.stop() == 0


def test_an_older_backup_is_brought_up_to_date(has_one: Person, tmp_path: Path) -> None:
    has_one.run("manage", "migrate", "sessions", "zero")
    has_one.run("backup", tmp_path / "old.zip")
    has_one.folder = tmp_path / "new"
    assert has_one.run("restore", tmp_path / "old.zip").returncode == 0
    assert _ask(has_one.database, LETTERS) == (1,)
    assert _ask(has_one.database, "SELECT count(*) FROM django_session") == (0,)


def test_a_damaged_database_is_kept_aside_and_replaced(has_one: Person, tmp_path: Path) -> None:
    has_one.run("backup", tmp_path / "kept.zip")
    has_one.database.write_bytes(b"not a database any more" * 1000)
    assert has_one.run("restore", tmp_path / "kept.zip").returncode == 0
    assert _ask(has_one.database, LETTERS) == (1,)
    [aside] = has_one.folder.glob("before-restore-*.sqlite3")
    assert aside.read_bytes() == b"not a database any more" * 1000


# What is no backup -------------------------------------------------------------------------------


def _zip(file: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name, content)


def _pack(file: Path, database: bytes, **changed: Any) -> None:
    manifest = {
        "program": "Kind Regards",
        "format": 1,
        "bytes": len(database),
        "sha256": hashlib.sha256(database).hexdigest(),
    }
    members = {"manifest.json": json.dumps(manifest | changed).encode()}
    _zip(file, members | {"kindregards.sqlite3": database})


def _foreign_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE recipes (name)")


def _newer(file: Path, good: Path) -> None:
    newer = file.with_suffix(".newer")
    newer.write_bytes(good.read_bytes())
    with closing(sqlite3.connect(newer)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('kindregards', '9999_later', '2026-11-23')"
        )
    _pack(file, newer.read_bytes())


def _bitten(good: Path) -> bytes:
    content = bytearray(good.read_bytes())
    content[9000:60000] = bytes(51000)
    return bytes(content)


def _bomb(file: Path, _good: Path) -> None:
    zeros = bytes(1 << 20)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("manifest.json", json.dumps({"program": "Kind Regards", "format": 1}))
        with pack.open("kindregards.sqlite3", "w", force_zip64=True) as member:
            for _piece in range(300):
                member.write(zeros)


BAD: dict[str, Callable[[Path, Path], object]] = {
    "nothing": lambda file, good: file.write_bytes(b""),
    "text": lambda file, good: file.write_text("Dear Ada"),
    "a zip of other things": lambda file, good: _zip(file, {"photo.jpg": b"x"}),
    "a path outside": lambda file, good: _zip(
        file, {"manifest.json": b"{}", "../kindregards.sqlite3": b"x"}
    ),
    "more than there should be": lambda file, good: _zip(
        file, {"manifest.json": b"{}", "kindregards.sqlite3": b"x", "and.txt": b"x"}
    ),
    "a manifest of nothing": lambda file, good: _zip(
        file, {"manifest.json": b"[" * 100_000, "kindregards.sqlite3": b"x"}
    ),
    "a manifest too long": lambda file, good: _zip(
        file, {"manifest.json": b" " * 2_000_000, "kindregards.sqlite3": b"x"}
    ),
    "another program's": lambda file, good: _pack(file, good.read_bytes(), program="Recipes"),
    "a later format": lambda file, good: _pack(file, good.read_bytes(), format=2),
    "a wrong length": lambda file, good: _pack(file, good.read_bytes(), bytes=17),
    "a wrong sum": lambda file, good: _pack(file, good.read_bytes(), sha256="0"),
    "a bomb": _bomb,
    "a newer database": _newer,
    "a damaged database": lambda file, good: _pack(file, _bitten(good)),
    "text as a database": lambda file, good: _pack(file, b"Dear Ada" * 1000),
    "another program's database": lambda file, good: _foreign_database(file),
    "a folder": lambda file, good: file.mkdir(),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_backup_is_refused_and_changes_nothing(
    has_one: Person, tmp_path: Path, good: Path, kind: str
) -> None:
    BAD[kind](tmp_path / "bad.zip", good)
    done = has_one.run("restore", tmp_path / "bad.zip")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert has_one.database.read_bytes() == good.read_bytes()
    assert not list(has_one.folder.glob("before-*"))
    assert not list(has_one.folder.glob(".new-*"))
    assert sorted(file.name for file in tmp_path.glob("*.sqlite3")) == []


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_backup_that_was_cut_short_is_refused(
    has_one: Person, tmp_path: Path, share: float
) -> None:
    has_one.run("backup", tmp_path / "whole.zip")
    whole = (tmp_path / "whole.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: int(len(whole) * share)])
    done = has_one.run("restore", tmp_path / "cut.zip")
    assert done.returncode == 1
    assert "damaged or cut short" in done.stderr
    assert _ask(has_one.database, LETTERS) == (1,)


def test_a_full_disk_restores_nothing(has_one: Person, letters: Path, tmp_path: Path) -> None:
    has_one.run("backup", tmp_path / "kept.zip")
    _import(has_one, letters, "two")
    done = has_one.run("restore", tmp_path / "kept.zip", largest_file=100_000)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert _ask(has_one.database, LETTERS) == (2,)
