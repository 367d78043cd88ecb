"""The worker as a process: once for cron, for ever on a server, beside the pages on one's own."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from contextlib import closing

from tests.cli.conftest import COMMAND, Person

DONE = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'"
AT_FIRST = 2
"""Jobs that are due in a new data folder: forgetting finished jobs, and old imports."""
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
