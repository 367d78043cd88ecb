"""Taking everything elsewhere, and leaving nothing here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Person
from tests.factories import rejection_bytes


@pytest.fixture
def has_one(person: Person, tmp_path: Path) -> Person:
    """Somebody who has one letter."""
    letter = tmp_path / "one.eml"
    letter.write_bytes(rejection_bytes("one"))
    assert person.run("import", letter).returncode == 0
    return person


def test_an_export_has_the_letter_as_it_came_and_everything_beside_it(
    has_one: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    done = has_one.run("export", folder)
    assert (done.returncode, done.stdout) == (0, "")
    [letter] = (folder / "letters").iterdir()
    assert letter.read_bytes() == rejection_bytes("one")
    assert letter.name.startswith("2026-11-20-your-application-for-pattern-cutter")
    assert "Ines Halloran" in (folder / "people.vcf").read_text()
    assert "Brackwater Mills" in (folder / "applications.csv").read_text()
    [told] = (folder / "records/letter.jsonl").read_text().splitlines()
    assert json.loads(told)["kind"] == "rejection"
    assert folder.stat().st_mode & 0o077 == 0


def test_an_export_never_writes_into_a_folder_that_holds_something(
    has_one: Person, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/diary.txt").write_text("Monday")
    done = has_one.run("export", tmp_path / "mine")
    assert done.returncode == 1
    assert "is there already" in done.stderr
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["diary.txt"]


def test_an_export_that_the_disk_does_not_take_leaves_nothing(
    has_one: Person, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    done = has_one.run("export", tmp_path / "file/out")
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert sorted(path.name for path in tmp_path.glob("*out*")) == []


def test_erasing_leaves_nothing_here(has_one: Person) -> None:
    done = has_one.run("erase", given=b"erase\n")
    assert done.returncode == 0
    assert str(has_one.folder) in done.stderr
    assert not has_one.folder.exists()


@pytest.mark.parametrize("said", [b"", b"\n", b"yes\n", b"no\n"])
def test_erasing_asks_first(has_one: Person, said: bytes) -> None:
    done = has_one.run("erase", given=said)
    assert done.returncode == 1
    assert "Nothing was erased." in done.stderr
    assert has_one.database.exists()


def test_erasing_leaves_the_files_of_others(has_one: Person) -> None:
    (has_one.folder / "diary.txt").write_text("Monday")
    done = has_one.run("erase", "--yes")
    assert done.returncode == 0
    assert "diary.txt" in done.stderr
    assert [file.name for file in has_one.folder.iterdir()] == ["diary.txt"]


def test_where_nothing_is_there_is_nothing_to_erase(person: Person) -> None:
    done = person.run("erase", "--yes")
    assert done.returncode == 1
    assert "There is nothing to erase" in done.stderr
    assert not person.folder.exists()


def test_a_damaged_database_is_erased_too(has_one: Person) -> None:
    has_one.database.write_bytes(b"no database at all")
    assert has_one.run("erase", "--yes").returncode == 0
    assert not has_one.folder.exists()


def test_a_program_that_runs_shows_nothing_of_it_any_more(has_one: Person) -> None:
    with has_one.start() as started:
        assert has_one.run("erase", "--yes").returncode == 0
        assert not has_one.folder.exists()
        assert started.process.poll() is None
    fresh = has_one.run("today", "--json")
    assert fresh.returncode == 0
    assert "Brackwater" not in fresh.stdout


def test_erasing_leaves_folders_of_others_that_have_names_like_ours(has_one: Person) -> None:
    song = has_one.folder / "recordings/lullaby.wav"
    mine = song.with_name(f"{'a' * 32}.wav")
    diary = has_one.folder / "before-summer/diary.txt"
    diary.parent.mkdir()
    for file in (song, mine, diary):
        file.parent.mkdir(exist_ok=True)
        file.write_text("")
    done = has_one.run("erase", "--yes")
    assert done.returncode == 0
    assert song.exists()
    assert diary.exists()
    assert not mine.exists()


def test_a_folder_that_is_a_link_is_erased_too(has_one: Person) -> None:
    elsewhere = has_one.folder.rename(has_one.folder.with_name("elsewhere"))
    has_one.folder.symlink_to(elsewhere)
    done = has_one.run("erase", "--yes")
    assert (done.returncode, list(elsewhere.iterdir())) == (0, [])
