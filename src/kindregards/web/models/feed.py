"""The private address under which a calendar reads a person's reminders."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """An address that nobody can guess; whoever has it reads the reminders, so it can be revoked.

    `token` is its secret part and `token_hash` what it is found by. `shows_names` is whether people
    and employers are named there.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    shows_names = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.made_at:%Y-%m-%d}"
