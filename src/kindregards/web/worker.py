"""The loop that runs jobs, in one process or in many, over SQLite or PostgreSQL.

While it runs, a row says that it lives. A job whose worker is seen no more is run again.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from kindregards.web.background import ask_to_stop, is_stopping
from kindregards.web.models import Worker
from kindregards.web.schedule import enqueue_due

BEAT = 5.0
"""Seconds between two signs of life."""
LEASE = timedelta(seconds=45)
"""Without a sign of life for so long, a worker is gone."""
IDLE = 1.0
"""Seconds to the next look, when there is nothing to do."""
TRIES = 5
"""A job that was killed so often is given up: it may be what kills its worker."""


class KilledTooOftenError(Exception):
    """Every worker that ran this job was gone before the job ended."""


def work(*, for_ever: bool) -> None:
    """Run what is due, and with `for_ever` what becomes due, until told to stop."""
    name = f"{socket.gethostname()[:40]}-{secrets.token_hex(8)}"
    with _stopped_by_signals(), _living(name):
        while not is_stopping():
            close_old_connections()
            did_something = run_what_is_due(name, now=timezone.now())
            if not did_something and not for_ever:
                return
            if not did_something:
                _wait(IDLE)


def run_what_is_due(name: str, *, now: datetime) -> bool:
    """One turn: take up what was left, enqueue what is due, run all that waits.

    Gives whether there was anything.
    """
    if not something_is_due(now=now):
        return False
    while not is_stopping() and (waiting := _claim(name)) is not None:
        _runner(name).run_task(waiting)
    return True


def _claim(name: str) -> DBTaskResult | None:  # type: ignore[type-arg]
    """The job that waits in front, now this worker's; None where there is none."""
    with exclusive_transaction():
        waiting = DBTaskResult.objects.ready().get_locked()
        if waiting is not None:
            waiting.claim(name)
    return waiting


def _runner(name: str) -> Runner:
    """The library's own worker: only its way to run one job and to keep what came of it."""
    return Runner(
        queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, startup_delay=False,
        backend_name="default", max_tasks=1, worker_id=name,
    )  # fmt: skip


def something_is_due(*, now: datetime) -> bool:
    """Whether a job waits, after what was left and what repeats has been put in line."""
    take_up_what_was_left(now=now)
    enqueue_due(now=now)
    return DBTaskResult.objects.ready().exists()


def take_up_what_was_left(*, now: datetime) -> int:
    """Put the jobs of workers that are gone in line again; gives how many."""
    running = list(DBTaskResult.objects.running())
    if not running:
        return 0
    gone = [one.name for one in Worker.objects.all() if _is_gone(one, now)]
    Worker.objects.filter(name__in=gone).delete()
    living = set(Worker.objects.values_list("name", flat=True))
    left = [one for one in running if not one.worker_ids or one.worker_ids[-1] not in living]
    return sum(_take_up(one) for one in left)


def _take_up(left: DBTaskResult) -> int:  # type: ignore[type-arg]
    same = DBTaskResult.objects.running().filter(pk=left.pk, started_at=left.started_at)
    if len(left.worker_ids) < TRIES:
        return same.update(status="READY")
    with transaction.atomic():
        for one in same.select_for_update():
            one.set_failed(KilledTooOftenError())
    return 0


def _is_gone(worker: Worker, now: datetime) -> bool:
    if worker.seen_at < now - LEASE:
        return True
    # A SQLite file has only workers of this machine, and the system knows whether they live.
    here = connection.vendor == "sqlite" and os.name == "posix"
    if not here or worker.host != socket.gethostname():
        return False
    try:
        os.kill(worker.process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


# Signs of life ------------------------------------------------------------------------------


@contextmanager
def _living(name: str) -> Iterator[None]:
    """Say every few seconds that this worker lives, until the block ends."""
    ended = threading.Event()
    _show(name)
    beating = threading.Thread(target=_beat, args=(name, ended), daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join(BEAT)
        Worker.objects.filter(name=name).delete()


def _beat(name: str, ended: threading.Event) -> None:
    while not ended.wait(BEAT):
        try:
            _show(name)
        except DatabaseError:  # busy or away for a moment; the next beat tries again
            connection.close()
    connection.close()


def _show(name: str) -> None:
    Worker.objects.update_or_create(
        name=name,
        defaults={
            "host": socket.gethostname()[:255],
            "process": os.getpid(),
            "seen_at": timezone.now(),
        },
    )


# Stopping -----------------------------------------------------------------------------------


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    before = {
        one: signal.signal(one, lambda *_: ask_to_stop()) for one in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    finally:
        for one, action in before.items():
            signal.signal(one, action)


def _wait(seconds: float) -> None:
    """Sleep, but not past a signal."""
    pause = threading.Event()
    for _tenth in range(int(seconds * 10)):
        if is_stopping():
            return
        pause.wait(0.1)
