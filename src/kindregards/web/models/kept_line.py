"""Lines of the short exercises that the person chose to keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.exercises import Exercise
from kindregards.web.models.choices import one_of, only


class KeptLine(models.Model):
    """What was written on one screen of an exercise, kept by its own button only."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    exercise = one_of(Exercise)
    screen = models.CharField(max_length=32)
    text = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "exercise", "screen"], name="kept_line_once_a_screen"
            ),
            only("exercise", Exercise),
        ]

    def __str__(self) -> str:
        return f"{self.exercise}, {self.screen}"
