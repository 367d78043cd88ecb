"""What somebody else made of an attempt."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.web.models.attempt import Attempt


class Critique(models.Model):
    """What was said, what it did, and what to try instead; and how they rate it.

    `name` is whoever gave it. `ratings` are levels from 1 to 5 by competency, given without a look
    at the person's own. `moment` is the second of the recording that it is about, None for none.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="critiques")
    name = models.CharField(max_length=200, blank=True)
    said = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    to_try = models.TextField(blank=True)
    moment = models.PositiveIntegerField(null=True)
    ratings = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name or 'Somebody'}: {self.to_try[:40]}"
