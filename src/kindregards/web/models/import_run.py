"""Mail taken in from files, as it goes on, and what of it was left out."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models

from kindregards.web.models.choices import one_of, only


class ImportState(StrEnum):
    """How an import stands."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    FAILED = "failed"
    ENDED = "ended"


class ImportRun(models.Model):
    """One taking-in of mail: of files, or from an account.

    `paths` are the files and folders; `is_upload` marks files of ours in the data folder. `chosen`
    are names of Sources that the person picked by hand and that are kept whatever they say.
    `place` is where to go on (`sources.Place`), together with the counts in one transaction;
    `token` is whose turn it is, so that two workers never count the same message.
    `done_bytes` of `total_bytes` were gone through in `worked_seconds`.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    what = models.CharField(max_length=300)
    paths = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    is_upload = models.BooleanField(default=False)
    state = one_of(ImportState)
    trouble = models.TextField(blank=True)
    token = models.CharField(max_length=32, blank=True)
    place = models.JSONField(null=True)
    done_bytes = models.BigIntegerField(default=0)
    total_bytes = models.BigIntegerField(default=0)
    worked_seconds = models.FloatField(default=0)
    letters = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    rejections = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [only("state", ImportState)]
        indexes = [models.Index(fields=["owner", "-created_at"])]

    def __str__(self) -> str:
        return self.what

    @property
    def looked_at(self) -> int:
        """Messages gone through so far."""
        return self.letters + self.left_out + self.unreadable

    @property
    def is_open(self) -> bool:
        """Whether it goes on by itself or can be made to."""
        return self.state != ImportState.ENDED


class LeftOut(models.Model):
    """A message that was left out of an import: who sent it, what about, and where it stands.

    No words of it are kept. `file`, `offset` and `number` are the Place before it, to read it again
    from; `key` is the address of its sender in small letters, else the sender's name.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="left")
    key = models.CharField(max_length=320)
    sender = models.CharField(max_length=300)
    subject = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    file = models.TextField()
    offset = models.BigIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["run", "key"])]

    def __str__(self) -> str:
        return f"{self.sender}: {self.subject}"
