"""The jobs that repeat. A new one is a line here; what it does for whom, it finds out itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from kindregards.web.background import is_stopping, job
from kindregards.web.mail.queries import due_accounts
from kindregards.web.models import Schedule, User
from kindregards.web.network.blogs import due_feeds, look_at_due
from kindregards.web.plan.digest import send_due_digests, some_are_due
from kindregards.web.plan.taking_in import forget_old_imports
from kindregards.web.practice.recordings import forget_stray_recordings
from kindregards.web.rhythm import work_out_everybody

FINISHED_ARE_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A job without arguments and how often it is due. `name` is kept in the database.

    `has_work` is asked first, at every look, and must be quick; where it says no, nothing happens.
    """

    name: str
    every: timedelta
    job: Any
    has_work: Callable[[datetime], bool] = lambda now: True


@job
def forget_finished_jobs() -> None:
    """Remove the records of jobs that ended a week ago."""
    before = timezone.now() - FINISHED_ARE_KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()


@job
def forget_strays_of_practice() -> None:
    """Remove the recordings of what was removed with a debrief or an application."""
    forget_stray_recordings(now=timezone.now())


@job
def fetch_mail() -> None:
    """Fetch the mail accounts that are due."""
    from kindregards.web.plan.mail_fetching import fetch_due_accounts  # slow to load

    fetch_due_accounts(clock=timezone.now, stopping=is_stopping)


@job
def work_out_reminders() -> None:
    """Work out anew when the next word to everybody is due: days pass by themselves."""
    for owner in User.objects.filter(is_active=True):
        work_out_everybody(owner=owner, now=timezone.now())


@job
def send_digests() -> None:
    """Send the digests that are due."""
    send_due_digests(clock=timezone.now)


@job
def look_at_feeds() -> None:
    """Look at the blogs that people named and that were not looked at for a day."""
    look_at_due(now=timezone.now(), stopping=is_stopping)


def _feeds_are_due(now: datetime) -> bool:
    return due_feeds(now).exists()


def _mail_is_due(now: datetime) -> bool:
    return due_accounts(now).exists()


SCHEDULE = (
    Repeated("forget finished jobs", timedelta(days=1), forget_finished_jobs),
    Repeated("fetch mail", timedelta(seconds=5), fetch_mail, _mail_is_due),
    Repeated("look at feeds", timedelta(minutes=10), look_at_feeds, _feeds_are_due),
    Repeated("forget old imports", timedelta(days=1), forget_old_imports),
    Repeated("forget stray recordings", timedelta(hours=6), forget_strays_of_practice),
    Repeated("send digests", timedelta(minutes=1), send_digests, some_are_due),
    Repeated("work out reminders", timedelta(days=1), work_out_reminders),
)


def enqueue_due(*, now: datetime) -> int:
    """Enqueue each job that is due, and say how many; of several callers one does it."""
    due = {row.name: row.due_at for row in Schedule.objects.all()}
    return sum(
        _enqueue(one, due.get(one.name), now)
        for one in SCHEDULE
        if (one.name not in due or due[one.name] <= now) and one.has_work(now)
    )


@transaction.atomic
def _enqueue(one: Repeated, due_at: datetime | None, now: datetime) -> bool:
    if due_at is None:
        _row, claimed = Schedule.objects.get_or_create(
            name=one.name, defaults={"due_at": now + one.every}
        )
    else:
        row = Schedule.objects.filter(name=one.name, due_at=due_at)
        claimed = bool(row.update(due_at=now + one.every))
    if not claimed or _is_waiting(one):
        return False
    one.job.enqueue()
    return True


def _is_waiting(one: Repeated) -> bool:
    """Whether the last one has not ended: a slow job must not pile up."""
    unfinished = DBTaskResult.objects.filter(status__in=[Status.READY, Status.RUNNING])
    return unfinished.filter(task_path=one.job.module_path).exists()
