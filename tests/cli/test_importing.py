"""Letters by the command line: once each, whole or not at all."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import COMMAND, Person
from tests.factories import rejection_bytes

MANY = 300  # letters, which are kept a hundred at a time
HALF_LETTERS = """
    SELECT count(*) FROM kindregards_letter AS letter
    LEFT JOIN kindregards_lettersource AS source ON source.letter_id = letter.id
    LEFT JOIN kindregards_application AS application ON application.id = letter.application_id
    LEFT JOIN kindregards_plan AS plan ON plan.application_id = application.id
    WHERE source.letter_id IS NULL OR application.id IS NULL OR plan.id IS NULL
"""


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder of many rejections."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:03}.eml").write_bytes(rejection_bytes(f"letter-{number}"))
    return folder


def _ask(database: Path, question: str) -> int:
    with closing(sqlite3.connect(database, timeout=20)) as opened:
        return int(opened.execute(question).fetchone()[0])


def _count(database: Path) -> int:
    try:
        return _ask(database, "SELECT count(*) FROM kindregards_letter")
    except sqlite3.OperationalError:  # not made yet
        return 0


def test_importing_twice_is_importing_once(person: Person, letters: Path) -> None:
    first = json.loads(person.run("import", "--json", letters).stdout)
    assert (first["letters"], first["new"], first["known"]) == (MANY, MANY, 0)
    again = json.loads(person.run("import", "--json", letters).stdout)
    assert (again["letters"], again["new"], again["known"]) == (MANY, 0, MANY)
    assert _count(person.database) == MANY


def test_an_import_that_is_killed_leaves_whole_letters_and_is_taken_up_again(
    person: Person, letters: Path
) -> None:
    assert person.run("today").returncode == 0
    running = subprocess.Popen(
        [*COMMAND, "import", str(letters)],
        cwd=person.current,
        env=person.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while _count(person.database) < 3 and running.poll() is None:
        time.sleep(0.005)
    running.kill()
    running.communicate()
    assert 3 <= _count(person.database) < MANY
    assert _ask(person.database, HALF_LETTERS) == 0
    assert person.run("import", letters).returncode == 0
    assert _count(person.database) == MANY
    assert _ask(person.database, HALF_LETTERS) == 0


def test_a_disk_that_fills_up_keeps_the_letters_so_far_and_says_so(
    person: Person, letters: Path
) -> None:
    assert person.run("today").returncode == 0
    done = person.run("import", letters, largest_file=person.database.stat().st_size + 60_000)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "disk" in done.stderr
    assert _ask(person.database, HALF_LETTERS) == 0
    assert person.run("import", letters).returncode == 0
    assert _count(person.database) == MANY


def test_a_file_that_is_no_letter_is_told_and_the_others_are_read(
    person: Person, letters: Path
) -> None:
    (letters / "000.eml").write_bytes(b"")
    done = person.run("import", "--json", letters)
    summary = json.loads(done.stdout)
    assert (done.returncode, summary["new"], summary["unreadable"]) == (1, MANY - 1, 1)
    assert summary["problems"][0]["source"].endswith("000.eml")
    assert summary["problems"][0]["error"]


def test_a_missing_path_is_told(person: Person, tmp_path: Path) -> None:
    done = person.run("import", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_worth_doing_is_told_after_an_import(person: Person, letters: Path) -> None:
    person.run("import", letters / "001.eml")
    told = json.loads(person.run("today", "--json").stdout)
    assert 1 <= len(told["worth_doing"]) <= 5
    assert {"title", "why", "application", "person", "idea"} <= set(told["worth_doing"][0])
    assert told["worth_doing"][0]["title"] in person.run("today").stdout


def test_a_file_that_looks_like_a_review_and_is_none_of_theirs_is_told(
    person: Person, tmp_path: Path
) -> None:
    file = tmp_path / "review-by-nobody.json"
    file.write_text('{\n "format": "kind-regards-review",\n "number": 1\n}')
    done = person.run("import", "--json", file)
    assert (done.returncode, json.loads(done.stdout)) == (1, {"reviews": 0})
    assert "review-by-nobody.json: This is not a review" in done.stderr
