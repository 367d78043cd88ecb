"""Applications and the employers they went to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.applications import Outcome
from kindregards.core.diagnosis import Route
from kindregards.core.letters.reading import Stage
from kindregards.web.models.choices import one_of, only


def said_name(employer: str, role: str) -> str:
    """Employer and role of an application as one reads them; either may be empty."""
    return ", ".join(part for part in (employer, role) if part) or "An employer that is not named"


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
    person said, and holds against the letters. `own_outcome` is what they said on
    `own_outcome_at` (None for some day): it holds until a later letter says something else.
    `listed_stage` is how far a list told that it came, which letters may go beyond. `route` is how
    it came to the employer, as the person says. `version` is that of the resume which went there,
    and `interview_date` the day of the next conversation, both as the person says.

    What the letters tell is worked out anew by `settle`: `stage`, `rounds` (interviews they invited
    to), `outcome`, `decided_at`, `began_at` and `last_heard_at` (None while nothing came).
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    role = models.CharField(max_length=300, blank=True)
    role_key = models.CharField(max_length=300, blank=True)
    stage = one_of(Stage)
    own_stage = one_of(Stage, blank=True)
    listed_stage = one_of(Stage, blank=True)
    rounds = models.PositiveSmallIntegerField(default=0)
    outcome = one_of(Outcome)
    own_outcome = one_of(Outcome, blank=True)
    own_outcome_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    applied_date = models.DateField(null=True)
    interview_date = models.DateField(null=True)
    began_at = models.DateTimeField()
    last_heard_at = models.DateTimeField(null=True)
    route = one_of(Route, default=Route.DIRECT)
    found_through = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=2000, blank=True)
    note = models.TextField(blank=True)
    version = models.ForeignKey(
        "kindregards.Version", on_delete=models.SET_NULL, null=True, related_name="applications"
    )
    put_in_by_hand = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [only("stage", Stage), only("outcome", Outcome), only("route", Route)]
        indexes = [
            models.Index(fields=["owner", "employer", "role_key"]),
            models.Index(fields=["owner", "-began_at"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Employer and role as one reads them; the employer must be loaded."""
        return said_name(self.employer.name if self.employer else "", self.role)

    @property
    def lives_alone(self) -> bool:
        """Whether it stays without letters, for the person put something of it in by hand."""
        return bool(
            self.put_in_by_hand or self.applied_date or self.own_outcome or self.link or self.note
        )


class Rearrangement(models.Model):
    """Letters moved, an application split or two joined: what it was before, to put it back.

    `before` holds the rows as they were and `after` a digest of those same rows when it was done;
    where they are not the same any more, it is not put back.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="rearrangements"
    )
    said = models.CharField(max_length=1000)
    before = models.JSONField()
    after = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.said
