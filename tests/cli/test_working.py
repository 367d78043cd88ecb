"""The worker as a process: once for cron, for ever on a server, beside the pages on one's own."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import COMMAND, Person
from tests.mailboxes import SHOP, mbox_of, rejection_from

DONE = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'"
AT_FIRST = 4
"""Jobs that are due in a new data folder: forgetting finished jobs, old imports and recordings that
nothing belongs to, and working out when words to people are due."""
WORKERS = "SELECT count(*) FROM kindregards_worker"


def _count(person: Person, question: str) -> int:
    with closing(sqlite3.connect(person.database, timeout=20)) as opened:
        return int(opened.execute(question).fetchone()[0])


def _wait_for(person: Person, question: str, wanted: int) -> int:
    for _tenth in range(150):
        try:
            if _count(person, question) == wanted:
                break
        except sqlite3.OperationalError:  # not made yet
            pass
        time.sleep(0.1)
    return _count(person, question)


def test_tick_does_what_is_due_once_and_ends(person: Person) -> None:
    assert person.run("tick").returncode == 0
    assert _count(person, DONE) == AT_FIRST
    assert person.run("tick").returncode == 0
    assert _count(person, DONE) == AT_FIRST
    assert _count(person, WORKERS) == 0


def test_a_worker_runs_until_it_is_told_to_stop(person: Person) -> None:
    running = subprocess.Popen([*COMMAND, "worker"], cwd=person.current, env=person.environment)
    try:
        assert _wait_for(person, DONE, AT_FIRST) == AT_FIRST
        assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        assert running.wait(10) == 0
    finally:
        running.kill()
        running.wait()
    assert _count(person, WORKERS) == 0


def test_the_program_on_ones_own_machine_does_its_jobs_by_itself(person: Person) -> None:
    with person.start() as started:
        assert _wait_for(person, DONE, AT_FIRST) == AT_FIRST
        assert started.stop() == 0
        assert started.talk.read_text() == "Stopped. Everything is kept.\n"


LETTERS = "SELECT count(*) FROM kindregards_letter"
BEGIN = """
from datetime import datetime, timezone
from pathlib import Path
from kindregards.web.accounts.services import owner_of_this_machine
from kindregards.web.imports.services import begin_run
from kindregards.web.plan.taking_in import take_in_mail
now = datetime.now(timezone.utc)
run = begin_run(owner=owner_of_this_machine(), what="mail", now=now, paths=[Path({path!r})])
take_in_mail.enqueue(run=run.pk)
"""
COUNTS = (
    "SELECT letters || ' ' || new || ' ' || left_out || ' ' || state FROM kindregards_importrun"
)
MANY = 1200


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_an_import_in_a_worker_that_ends_is_gone_on_with_by_the_next(
    person: Person, tmp_path: Path, how: signal.Signals
) -> None:
    mailbox = tmp_path / "mail.mbox"
    mailbox.write_bytes(mbox_of([*map(rejection_from, range(MANY)), SHOP]))
    assert person.run("tick").returncode == 0
    assert person.run("manage", "shell", "-c", BEGIN.format(path=str(mailbox))).returncode == 0
    running = subprocess.Popen([*COMMAND, "worker"], cwd=person.current, env=person.environment)
    while _count(person, LETTERS) == 0 and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(how)
    running.wait(20)
    assert 0 < _count(person, LETTERS) < MANY
    assert person.run("tick").returncode == 0
    with closing(sqlite3.connect(person.database)) as opened:
        assert opened.execute(COUNTS).fetchone()[0] == f"{MANY} {MANY} 1 ended"
    assert _count(person, LETTERS) == MANY
