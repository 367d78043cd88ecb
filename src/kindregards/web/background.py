"""Work done beside the pages: what makes a function a job, and how a long job is asked to stop.

A job is called with `enqueue` and plain values, runs in another process, and may run twice: it
may be killed at any moment and is then run again with the same values. What a long job has done
it keeps in rows of its own, in transactions, and goes on from there.
"""

from __future__ import annotations

import threading
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING or not find_spec("django.tasks"):
    from django_tasks import task as job
else:  # from Django 6 on it is Django's own
    from django.tasks import task as job

__all__ = ["ask_to_stop", "is_stopping", "job"]

_stopping = threading.Event()


def is_stopping() -> bool:
    """Whether the process is about to end; a long job then enqueues itself again and returns."""
    return _stopping.is_set()


def ask_to_stop() -> None:
    """Let the jobs of this process come to an end soon."""
    _stopping.set()
