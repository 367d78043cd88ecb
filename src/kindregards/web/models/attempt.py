"""One answer to a question, said aloud or written."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models

from kindregards.web.models.choices import one_of, only
from kindregards.web.models.question import Question


class WordsFrom(StrEnum):
    """Where the words of an attempt come from."""

    WRITTEN = "written"
    PASTED = "pasted"
    RECOGNIZED = "recognized"


class Attempt(models.Model):
    """An answer as it was given.

    `recording` names its file in the folder of recordings, "" for none, and `size` is that file's
    in bytes; it grows while one speaks, and `ended_at` is None until that is over. `heard` is what
    the sound tells (core/practice/sound.py), None until it was looked at. `ratings` are levels from
    1 to 5 by competency, and `level` what they come to.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="attempts")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    words_from = one_of(WordsFrom, blank=True, default="")
    recording = models.CharField(max_length=32, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    heard = models.JSONField(null=True)
    ratings = models.JSONField(default=dict)
    level = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            only("words_from", WordsFrom, blank=True),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=(1, 5)),
                name="attempt_level_from_1_to_5",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-began_at"]), models.Index(fields=["recording"])]

    def __str__(self) -> str:
        return f"Attempt of {self.began_at:%Y-%m-%d}"
