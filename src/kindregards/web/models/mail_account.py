"""Mail accounts that letters are fetched from, and how far each of their folders was read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from kindregards.sources.imap_hosts import PORTS, SMTP_PORTS
from kindregards.web.models.import_run import ImportRun

GIVEN_UP_AFTER = timedelta(minutes=10)
"""Without a sign of it for so long, a fetch has died and another may begin."""


class MailAccount(models.Model):
    """A mailbox of the person. It is read; only where they press for it, a letter of theirs is put
    into its drafts or its sent mail.

    `secret` is the password, encrypted, or "" where the system's keyring has it under
    `secret_name`; see web/mail/passwords.py. `begun_at` is when its folders were chosen, `next_at`
    when it is due, `letter_count` how many new letters came from it; `busy_at` is the last sign of
    a fetch that is under way since `busy_since_at`, which has looked at `done_count` messages of
    `of_count`. `run` is where what comes is counted and what is left out is listed. `trouble` is
    the sentence of the last failure, and `needs_person` whether trying again is of no use.
    `reads_sent` is whether letters that the person sent are noticed in its sent mail.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    address = models.CharField(max_length=320)
    user = models.CharField(max_length=320)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=8, choices=[(name, name) for name in PORTS])
    secret_name = models.CharField(max_length=64, blank=True)
    secret = models.TextField(blank=True)
    since_date = models.DateField(null=True)
    is_paused = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    busy_at = models.DateTimeField(null=True)
    busy_since_at = models.DateTimeField(null=True)
    done_count = models.PositiveIntegerField(default=0)
    of_count = models.PositiveIntegerField(default=0)
    letter_count = models.PositiveIntegerField(default=0)
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True)
    trouble = models.TextField(blank=True)
    needs_person = models.BooleanField(default=False)
    reads_sent = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "user", "host"], name="mail_account_once_a_server"
            ),
            models.CheckConstraint(
                condition=models.Q(security__in=list(PORTS)), name="mail_account_security_known"
            ),
        ]
        indexes = [models.Index(fields=["next_at"])]

    def __str__(self) -> str:
        return self.address

    def is_busy(self, now: datetime) -> bool:
        """Whether a fetch is under way."""
        return self.busy_at is not None and self.busy_at >= now - GIVEN_UP_AFTER


class MailFolder(models.Model):
    """A folder of an account, and how far it was read (RFC 3501: UID under a UIDVALIDITY).

    `messages` is how many it held when the server was last asked; None where it did not say.
    `noted_uid` is up to where letters that the person sent were noticed in it, under
    `noted_uidvalidity`: of sent mail only who, when and what about, so that is kept apart.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    account = models.ForeignKey(MailAccount, on_delete=models.CASCADE, related_name="folders")
    name = models.CharField(max_length=1000)
    role = models.CharField(max_length=16, blank=True)
    messages = models.PositiveIntegerField(null=True)
    is_chosen = models.BooleanField(default=False)
    uidvalidity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    since_date = models.DateField(null=True)
    noted_uidvalidity = models.BigIntegerField(default=0)
    noted_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="mail_folder_once_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SendingServer(models.Model):
    """The server that takes out the letters of an account, where the person has set one up.

    `secret` and `secret_name` are as those of the account; `keeps_copy` is whether a copy of each
    letter is put into the account's sent mail from here, because the server does not do it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    account = models.OneToOneField(
        MailAccount, on_delete=models.CASCADE, related_name="sending_server"
    )
    user = models.CharField(max_length=320)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=8, choices=[(name, name) for name in SMTP_PORTS])
    secret_name = models.CharField(max_length=64, blank=True)
    secret = models.TextField(blank=True)
    keeps_copy = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(security__in=list(SMTP_PORTS)),
                name="sending_server_security_known",
            ),
        ]

    def __str__(self) -> str:
        return self.host
