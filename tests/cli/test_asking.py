"""The command's manners: help, exit statuses, and no Django where none is needed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.cli.conftest import Person
from tests.factories import rejection_bytes

COMMANDS = ["read", "check", "import", "today", "serve", "backup", "restore"]
DRAFT = (
    b"Subject: Thank you\nTo: ines.halloran@brackwater.example\n\nDear Ms Halloran,\n\n"
    b"Thank you for the conversation last week.\n\nKind regards,\nAda\n"
)


def test_help_names_every_command(person: Person) -> None:
    done = person.run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert [name for name in COMMANDS if f"\n    {name}" not in done.stdout] == []
    assert max(len(line) for line in done.stdout.splitlines()) <= 100
    assert "nothing is ever sent for you" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_is_for(person: Person, command: str) -> None:
    done = person.run(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: kindregards {command}")
    assert len(done.stdout.splitlines()) > 3


def test_the_version_is_told(person: Person) -> None:
    done = person.run("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("kindregards 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["reed"],
        ["read"],
        ["check"],
        ["import"],
        ["backup"],
        ["serve", "--port", "x"],
        ["read", ""],
        ["check", ""],
        ["import", ""],
        ["restore", ""],
    ],
)
def test_what_is_used_wrongly_gets_status_two_and_a_sentence(
    person: Person, arguments: list[str]
) -> None:
    done = person.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: kindregards" in done.stderr


@pytest.mark.parametrize(("command", "given"), [("read", rejection_bytes()), ("check", DRAFT)])
def test_no_django_no_database_and_no_folder_is_needed(
    person: Person, command: str, given: bytes
) -> None:
    seen = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kindregards", command, "--json", "-"],
        input=given,
        capture_output=True,
        cwd=person.current,
        env=person.environment,
        check=False,
    )
    assert seen.returncode in (0, 1)
    json.loads(seen.stdout)
    imported = {line.rpartition(b"|")[2].strip() for line in seen.stderr.splitlines()}
    assert b"kindregards.cli" in imported or b"kindregards" in imported
    heavy = (b"django", b"sqlite3", b"urllib.request", b"waitress")
    assert [name for name in imported if name.startswith(heavy)] == []
    assert not person.folder.exists()


def test_a_letter_is_read_from_standard_input(person: Person) -> None:
    done = person.run("read", "--json", "-", given=rejection_bytes())
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert (record["source"], record["kind"]) == ("-", "rejection")
    assert record["message_id"] == "<one@brackwater.example>"
    for evidence in record["evidence"]:
        assert record["text"][evidence["start"] : evidence["end"]] == evidence["quote"]


def test_an_answer_that_nobody_reads_to_its_end_is_no_failure(person: Person) -> None:
    shell = f"'{sys.executable}' -m kindregards read - - - - | head -c 1"
    done = subprocess.run(
        ["/bin/sh", "-c", shell],
        input=rejection_bytes(),
        capture_output=True,
        cwd=person.current,
        env=person.environment,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
