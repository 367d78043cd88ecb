"""At a terminal where things are closed, full, endless or made up: a sentence each time."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import COMMAND, Person
from tests.factories import rejection_bytes


def shell(person: Person, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line in which `kindregards` is the command, as a shell does."""
    return subprocess.run(
        ["bash", "-c", line.replace("kindregards ", f"{' '.join(COMMAND)} ")],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=person.current,
        env=person.environment,
        check=False,
    )


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A rejection in a file."""
    file = tmp_path / "no.eml"
    file.write_bytes(rejection_bytes())
    return file


# What the command is connected to -------------------------------------------------------------


@pytest.mark.parametrize("line", ["read {letter} >&-", "read {letter} >&- 2>&-", "--version >&-"])
def test_where_standard_output_is_closed_nothing_breaks(
    person: Person, letter: Path, line: str
) -> None:
    done = shell(person, f"kindregards {line.format(letter=letter)}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["read -", "check -"])
def test_where_standard_input_is_closed_there_is_nothing_in_it(
    person: Person, command: str
) -> None:
    done = shell(person, f"kindregards {command} <&-")
    assert done.returncode in (1, 2)
    assert "There is nothing in it." in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["read {letter}", "check {letter}", "today", "--version"])
def test_an_answer_that_a_full_disk_does_not_take_is_told(
    person: Person, letter: Path, command: str
) -> None:
    done = shell(person, f"kindregards {command.format(letter=letter)} >/dev/full")
    assert done.returncode == 1
    assert done.stderr == "The answer could not be written: No space left on device.\n"


def test_an_import_goes_through_where_standard_error_is_closed(
    person: Person, letter: Path
) -> None:
    done = shell(person, f"kindregards import {letter} 2>&-")
    assert (done.returncode, done.stdout[:8]) == (0, "1 letter")


def test_a_terminal_that_knows_few_characters_gets_the_others_replaced(
    person: Person, tmp_path: Path
) -> None:
    file = tmp_path / "nö.txt"
    file.write_bytes(b"")
    person.variables = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = person.run("import", "--json", file)
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["source"].endswith("n?.txt")


# What is named ---------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["/dev/zero", "{pipe}"])
def test_a_restore_from_what_never_ends_is_refused(
    person: Person, tmp_path: Path, given: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = person.run("restore", given.format(pipe=tmp_path / "pipe"))
    assert done.returncode == 1
    assert "is not a backup of Kind Regards" in done.stderr


def test_a_history_that_never_ends_is_refused(person: Person, letter: Path) -> None:
    done = person.run("check", letter, "--history", "/dev/zero")
    assert done.returncode == 2
    assert "/dev/zero is too large" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KINDREGARDS_DATA_DIR", "~nobody-of-that-name/letters"),
        ("KINDREGARDS_TIME_ZONE", "x" * 5000),
        ("KINDREGARDS_PORT", "1" * 5000),
        ("KINDREGARDS_DATABASE_URL", "sqlite:////dev/null/x"),
        ("KINDREGARDS_DATABASE_URL", "postgres://"),
        ("KINDREGARDS_DATABASE_URL", f"postgres://127.0.0.1:1/{'x' * 200}"),
    ],
)
def test_a_variable_that_makes_no_sense_is_told(person: Person, name: str, value: str) -> None:
    person.variables = {name: value}
    done = person.run("serve")
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


# Backups ---------------------------------------------------------------------------------------


def _ask(database: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute(question).fetchall()


SIGNED_IN = (
    "INSERT INTO django_session VALUES ('known-to-somebody', 'x', '2999-01-01');"
    "INSERT INTO kindregards_signinlink (owner_id, token_hash, created_at)"
    " VALUES (1, 'hash-known-to-somebody', '2999-01-01')"
)
WHO_IS_SIGNED_IN = (
    "SELECT session_key FROM django_session UNION SELECT token_hash FROM kindregards_signinlink"
)


@pytest.fixture
def signed_in(person: Person, letter: Path) -> Person:
    """Somebody with a letter, a session and a link that was not used yet."""
    person.run("import", letter)
    with closing(sqlite3.connect(person.database)) as opened:
        opened.executescript(SIGNED_IN)
    assert len(_ask(person.database, WHO_IS_SIGNED_IN)) == 2
    return person


def test_a_backup_holds_no_sign_in(signed_in: Person, tmp_path: Path) -> None:
    assert signed_in.run("backup", tmp_path / "kept.zip").returncode == 0
    with zipfile.ZipFile(tmp_path / "kept.zip") as pack:
        content = pack.read("kindregards.sqlite3")
    assert b"known-to-somebody" not in content
    assert b"Pattern Cutter" in content


def test_a_sign_in_that_somebody_put_into_a_backup_opens_nothing(
    signed_in: Person, tmp_path: Path
) -> None:
    made_up = tmp_path / "made-up.sqlite3"
    with closing(sqlite3.connect(signed_in.database)) as opened:
        opened.execute("VACUUM INTO ?", [str(made_up)])
    assert signed_in.run("restore", made_up).returncode == 0
    assert _ask(signed_in.database, WHO_IS_SIGNED_IN) == []
    assert _ask(signed_in.database, "SELECT count(*) FROM kindregards_letter") == [(1,)]


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER t AFTER INSERT ON kindregards_letter BEGIN DELETE FROM"
        " kindregards_letter; END",
        "CREATE VIEW v AS SELECT * FROM kindregards_letter",
        "CREATE VIRTUAL TABLE f USING fts5(a)",
        "DROP TABLE kindregards_correction",
        "ALTER TABLE kindregards_draft DROP COLUMN later",
    ],
)
def test_a_backup_whose_tables_are_not_ours_is_refused(
    signed_in: Person, tmp_path: Path, change: str
) -> None:
    made_up = tmp_path / "made-up.sqlite3"
    with closing(sqlite3.connect(signed_in.database)) as opened:
        opened.execute("VACUUM INTO ?", [str(made_up)])
    with closing(sqlite3.connect(made_up, isolation_level=None)) as opened:
        opened.execute(change)
    done = signed_in.run("restore", made_up)
    assert done.returncode == 1
    assert "is not a backup of Kind Regards; nothing was changed." in done.stderr
    assert len(_ask(signed_in.database, WHO_IS_SIGNED_IN)) == 2


def test_what_a_killed_backup_left_behind_is_in_nobodys_way(
    signed_in: Person, tmp_path: Path
) -> None:
    for end in (".sqlite3", ".zip"):
        (tmp_path / f".new-kept.zip{end}").write_text("half")
    assert signed_in.run("backup", tmp_path / "kept.zip").returncode == 0
    assert list(tmp_path.glob(".new-*")) == []


def test_what_a_killed_restore_left_behind_is_not_played_back(
    signed_in: Person, letter: Path, tmp_path: Path
) -> None:
    signed_in.run("backup", tmp_path / "kept.zip")
    aside = signed_in.folder / ".new-restore.sqlite3"
    with closing(sqlite3.connect(signed_in.database)) as opened:
        opened.execute("VACUUM INTO ?", [str(aside)])
    left = sqlite3.connect(aside, isolation_level=None)
    left.execute("PRAGMA journal_mode=WAL")
    left.execute("DELETE FROM kindregards_lettersource")
    left.execute("DELETE FROM kindregards_letter")
    log = Path(f"{aside}-wal").read_bytes()
    left.close()
    Path(f"{aside}-wal").write_bytes(log)
    assert signed_in.run("restore", tmp_path / "kept.zip").returncode == 0
    assert _ask(signed_in.database, "SELECT count(*) FROM kindregards_letter") == [(1,)]


# Names of files --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [b"\xff\xfe.eml", b"\xffm.mbox", b"a\nb\x1b[31m.eml"])
def test_a_file_whose_name_is_no_unicode_is_taken_in(
    person: Person, tmp_path: Path, name: bytes
) -> None:
    file = tmp_path / os.fsdecode(name)
    lunch = b"From: Jo <jo@mill.example>\nSubject: Lunch\n\nAt one.\n"
    mark = b"From ines@mill.example Mon Nov 23 09:00:00 2026\n"
    many = mark + rejection_bytes() + b"\n" + mark + lunch
    file.write_bytes(many if name.endswith(b".mbox") else rejection_bytes())
    done = person.run("import", "--json", file)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new"] == 1


def test_a_file_whose_name_is_no_unicode_and_that_is_not_there_is_told(person: Person) -> None:
    done = person.run("import", os.fsdecode(b"nowhere\xff.mbox"))
    assert done.returncode == 1
    assert "There is no such file." in done.stderr
    assert "Traceback" not in done.stderr


def test_of_two_imports_of_the_same_file_at_once_none_claims_to_have_found_nothing(
    person: Person, tmp_path: Path
) -> None:
    mark = b"From ines@mill.example Mon Nov 23 09:00:00 2026\n"
    file = tmp_path / "all.mbox"
    file.write_bytes(b"".join(mark + rejection_bytes(f"m{n}") + b"\n" for n in range(400)))
    person.run("today")  # the database is made
    begun = [
        subprocess.Popen(
            [*COMMAND, "import", "--json", str(file)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=person.current,
            env=person.environment,
        )
        for _ in range(2)
    ]
    ended = [(one.communicate(timeout=60), one.returncode) for one in begun]
    for (said, told), status in ended:
        if status == 0:
            counts = json.loads(said)
            assert counts["new"] + counts["known"] >= 400
        else:
            assert "Another import of the same files was begun meanwhile" in told
    assert 0 in [status for _, status in ended]
    assert _ask(person.database, "SELECT count(*) FROM kindregards_letter") == [(400,)]
