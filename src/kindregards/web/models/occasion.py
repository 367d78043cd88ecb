"""Reasons to write to somebody."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.network.occasions import OccasionKind
from kindregards.web.models.choices import one_of, only
from kindregards.web.models.contact import Contact


class Occasion(models.Model):
    """A reason to write to somebody, until `ends_at`, or until the person puts it away.

    `words` are the title of what they wrote, or what the person noted; `link` is where it stands.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="occasions")
    kind = one_of(OccasionKind)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    years = models.SmallIntegerField(null=True)
    employer = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=300, blank=True, default="")
    link = models.CharField(max_length=2000, blank=True, default="")
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            only("kind", OccasionKind),
            models.UniqueConstraint(
                fields=["owner", "contact", "kind", "at"], name="occasion_once"
            ),
        ]
        indexes = [models.Index(fields=["owner", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
