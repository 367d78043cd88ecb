"""Applications and the employers they went to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Stage
from kindregards.web.models.choices import one_of, only


class Employer(models.Model):
    """Somebody who hires. `key` is what spellings of the name share."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="employer_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Application(models.Model):
    """One try for one role at one Employer.

    `stage` is the furthest reached and is never lowered by the outcome; `own_stage` is what the
    person said, and holds against the letters.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    role = models.CharField(max_length=300, blank=True)
    role_key = models.CharField(max_length=300, blank=True)
    stage = one_of(Stage)
    own_stage = one_of(Stage, blank=True)
    outcome = one_of(Outcome)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [only("stage", Stage), only("outcome", Outcome)]
        indexes = [models.Index(fields=["owner", "employer", "role_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Employer and role as one reads them; the employer must be loaded."""
        named = [self.employer.name if self.employer else "", self.role]
        return ", ".join(part for part in named if part) or "An employer that is not named"
