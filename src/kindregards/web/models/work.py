"""Who does the work beside the pages, and when a job that repeats is next due.

These rows are the program's own: they say nothing of any person, so they have no owner.
"""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """A process that runs jobs. What one leaves behind that is seen no more, another takes up."""

    name = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    process = models.BigIntegerField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Schedule(models.Model):
    """When a job that repeats is next due; `name` is the one in web/schedule.py."""

    name = models.CharField(max_length=64, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.due_at:%Y-%m-%d %H:%M}"
