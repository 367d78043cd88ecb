"""Work beside the pages: run once, run again when its worker was killed, repeated when due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.factories import NOW, an_owner

from kindregards.web import schedule, worker
from kindregards.web.background import job
from kindregards.web.models import Schedule, User, Worker

pytestmark = pytest.mark.django_db


@job
def name_the_owner(pk: int, name: str) -> None:
    """A job that leaves a trace."""
    owner = User.objects.get(pk=pk)
    owner.first_name += name
    owner.save(update_fields=["first_name"])


@job
def stumble() -> None:
    """A job with a fault in it."""
    raise ValueError("There is a stone in the way.")


def _name(owner: User) -> str:
    return User.objects.get(pk=owner.pk).first_name


def _left_by(name: str) -> DBTaskResult:
    """A job in the hands of a worker of that name."""
    owner = an_owner(f"owner-of-{name}")
    name_the_owner.enqueue(pk=owner.pk, name="Ada")
    left = DBTaskResult.objects.get(args_kwargs__kwargs__pk=owner.pk)
    left.claim(name)
    return left


def _worker(name: str, *, unseen: timedelta) -> Worker:
    seen_at = timezone.now() - unseen
    return Worker.objects.create(name=name, host="elsewhere", process=1, seen_at=seen_at)


def test_a_job_is_run_once() -> None:
    owner = an_owner()
    name_the_owner.enqueue(pk=owner.pk, name="Ada")
    assert _name(owner) == ""
    assert worker.run_what_is_due("one", now=timezone.now())
    assert not worker.run_what_is_due("one", now=timezone.now())
    assert _name(owner) == "Ada"


def test_a_job_with_a_fault_does_not_keep_the_next_from_its_turn() -> None:
    owner = an_owner()
    stumble.enqueue()
    name_the_owner.enqueue(pk=owner.pk, name="Ada")
    worker.run_what_is_due("one", now=timezone.now())
    assert _name(owner) == "Ada"
    assert "a stone in the way" in DBTaskResult.objects.failed().get().traceback


def test_a_job_whose_worker_is_seen_no_more_is_run_again() -> None:
    left = _left_by("gone")
    _worker("gone", unseen=worker.LEASE + timedelta(seconds=1))
    worker.run_what_is_due("next", now=timezone.now())
    left.refresh_from_db()
    assert (left.status, left.worker_ids) == ("SUCCESSFUL", ["gone", "next"])


def test_a_job_that_a_living_worker_has_is_left_to_it() -> None:
    left = _left_by("busy")
    _worker("busy", unseen=timedelta(seconds=10))
    assert worker.take_up_what_was_left(now=timezone.now()) == 0
    left.refresh_from_db()
    assert left.status == "RUNNING"


def test_a_job_whose_workers_were_all_killed_is_given_up() -> None:
    left = _left_by("gone")
    for number in range(worker.TRIES - 1):
        assert worker.take_up_what_was_left(now=timezone.now()) == 1
        left.refresh_from_db()
        left.claim(f"gone-{number}")
    assert worker.take_up_what_was_left(now=timezone.now()) == 0
    left.refresh_from_db()
    assert left.status == "FAILED"
    assert left.exception_class_path.endswith("KilledTooOftenError")


def test_what_repeats_is_enqueued_when_it_is_due_and_not_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    daily = schedule.Repeated("stumble daily", timedelta(days=1), stumble)
    monkeypatch.setattr(schedule, "SCHEDULE", (daily,))
    assert schedule.enqueue_due(now=NOW) == 1
    DBTaskResult.objects.all().delete()
    assert schedule.enqueue_due(now=NOW + timedelta(hours=23)) == 0
    assert schedule.enqueue_due(now=NOW + timedelta(hours=24)) == 1
    assert Schedule.objects.get().due_at == NOW + timedelta(hours=48)


def test_what_repeats_is_not_piled_up_while_the_last_one_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    daily = schedule.Repeated("stumble daily", timedelta(days=1), stumble)
    monkeypatch.setattr(schedule, "SCHEDULE", (daily,))
    schedule.enqueue_due(now=NOW)
    assert schedule.enqueue_due(now=NOW + timedelta(days=2)) == 0
    assert DBTaskResult.objects.count() == 1


def test_jobs_that_ended_a_week_ago_are_forgotten() -> None:
    old, young = _left_by("one"), _left_by("two")
    for one in (old, young):
        one.set_successful(None)
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=8))
    schedule.forget_finished_jobs.call()
    assert [one.pk for one in DBTaskResult.objects.all()] == [young.pk]
