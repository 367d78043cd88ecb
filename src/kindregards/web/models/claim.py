"""Causes as the person sees them."""

from __future__ import annotations

from django.db import models

from kindregards.web.models.debrief import Debrief, Written


class Claim(Written):
    """What the person takes for a cause of a rejection, and how sure they are, 0 to 100.

    `confidence` is None until they said; what counts of it is held under a cap by what is known.
    `is_borne_out` is None until the person judged it by what they heard later, at `judged_at`.
    """

    debrief = models.ForeignKey(Debrief, on_delete=models.CASCADE, related_name="claims")
    confidence = models.PositiveSmallIntegerField(null=True)
    is_borne_out = models.BooleanField(null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__lte=100),
                name="claim_confidence_to_100",
            ),
        ]
