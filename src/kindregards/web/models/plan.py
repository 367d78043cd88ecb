"""The plan that a rejection opens, and what the person decided about its steps."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.plan import Choice, StepKind
from kindregards.web.models.application import Application
from kindregards.web.models.choices import one_of, only


class Plan(models.Model):
    """Opened by a Rejection. Its dates and words are worked out, not stored."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="plan")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Plan of {self.opened_at:%Y-%m-%d}"


class PlanStep(models.Model):
    """What the person decided about one step, and the few lines they kept there."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    kind = one_of(StepKind)
    choice = one_of(Choice, blank=True)
    put_off_until_date = models.DateField(null=True)
    note = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind"], name="plan_step_once"),
            only("kind", StepKind),
        ]

    def __str__(self) -> str:
        return self.kind
