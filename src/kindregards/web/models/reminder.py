"""The next word to somebody, worked out whenever something about them changes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.network.rhythm import Why
from kindregards.web.models.choices import one_of, only
from kindregards.web.models.contact import Contact


class Reminder(models.Model):
    """From which day a word to somebody is due, and why; nobody has more than one.

    It is due until `until_date`, where there is such a day. `changed_at` is when it last became
    another. It can be worked out anew at any time by `work_out` of web/rhythm.py, and holds nothing
    that the person said.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="reminder")
    due_date = models.DateField()
    until_date = models.DateField(null=True)
    why = one_of(Why)
    is_dormant = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [only("why", Why)]
        indexes = [
            models.Index(fields=["owner", "is_dormant", "due_date"]),
            models.Index(fields=["owner", "until_date"]),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.due_date}"
