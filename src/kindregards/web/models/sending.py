"""Each attempt to bring a letter out, so that none goes twice."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models

from kindregards.web.models.choices import one_of, only
from kindregards.web.models.draft import Draft
from kindregards.web.models.mail_account import MailAccount


class Way(StrEnum):
    """How a letter goes: by the person's mail server, or into their drafts folder."""

    SMTP = "smtp"
    DRAFTS = "drafts"


class SendingState(StrEnum):
    """How an attempt stands. `unknown`: the server had the letter and did not say what it did."""

    TRYING = "trying"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Sending(models.Model):
    """One attempt to bring a draft out. `left_at` is set just before its bytes go, so that one that
    broke off before is certain not to be out; `trouble` is the sentence of what went wrong.

    There is one at most that is under way, unknown, or out by the mail server: the constraint is
    what keeps a letter from going twice.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="sendings")
    account = models.ForeignKey(MailAccount, on_delete=models.SET_NULL, null=True)
    way = one_of(Way)
    state = one_of(SendingState)
    begun_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = [
            only("way", Way),
            only("state", SendingState),
            models.UniqueConstraint(
                fields=["draft"],
                condition=models.Q(state__in=["trying", "unknown"])
                | models.Q(way="smtp", state="done"),
                name="sending_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way}: {self.state}"
