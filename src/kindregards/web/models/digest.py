"""The mail that tells a person in the morning what is worth doing."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.web.models.choices import one_of, only
from kindregards.web.models.mail_account import MailAccount
from kindregards.web.models.sending import SendingState


class Digest(models.Model):
    """A mail to the person's own address, once a day at most, where they turned it on.

    `next_at` is when the next one is due; it is moved to the next morning before one is begun, so
    that none goes twice. `state` and `trouble` tell how the last one ended, which began at
    `begun_at`; `left_at` is set just before its bytes go.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest"
    )
    account = models.ForeignKey(MailAccount, on_delete=models.CASCADE, related_name="digests")
    next_at = models.DateTimeField()
    state = one_of(SendingState, blank=True, default="")
    begun_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = [only("state", SendingState, blank=True)]
        indexes = [models.Index(fields=["next_at"])]

    def __str__(self) -> str:
        return f"{self.state} {self.next_at:%Y-%m-%d}"
