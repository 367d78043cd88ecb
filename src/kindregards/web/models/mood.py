"""How the person felt, when they said so."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from kindregards.core.mood import BEST, GRID


class Mood(models.Model):
    """A mark the person made: "right now I feel", from 0, very bad, to 10, very good.

    One that was made on the grid of nine by nine has `pleasure` and `energy`, 1 to 9, and `felt`
    is worked out from it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    felt = models.PositiveSmallIntegerField(validators=[MaxValueValidator(BEST)])
    pleasure = models.PositiveSmallIntegerField(null=True)
    energy = models.PositiveSmallIntegerField(null=True)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["-marked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(felt__lte=BEST), name="mood_felt_on_scale"),
            models.CheckConstraint(
                condition=models.Q(pleasure=None, energy=None)
                | models.Q(pleasure__range=(1, GRID), energy__range=(1, GRID)),
                name="mood_on_grid",
            ),
        ]
        indexes = [models.Index(fields=["owner", "marked_at"])]

    def __str__(self) -> str:
        return str(self.felt)
