"""Questions as they were asked in interviews."""

from __future__ import annotations

from django.db import models

from kindregards.web.models.debrief import Debrief, Written


class Question(Written):
    """A question that was asked; how the answer `went`, from 1 to 5, and whether to practice it.

    What was said to it is a note. Questions stand in the order in which they were written down.
    """

    debrief = models.ForeignKey(Debrief, on_delete=models.CASCADE, related_name="questions")
    went = models.PositiveSmallIntegerField(null=True)
    to_practice = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(went__isnull=True) | models.Q(went__range=(1, 5)),
                name="question_went_from_1_to_5",
            ),
        ]
        indexes = [models.Index(fields=["owner", "to_practice"])]
