"""Questions as they were asked in interviews, or as they may be."""

from __future__ import annotations

from django.db import models

from kindregards.core.practice import QuestionKind
from kindregards.web.models.choices import one_of, only
from kindregards.web.models.debrief import Debrief, Written
from kindregards.web.models.story import Story


class Question(Written):
    """A question; how the answer `went` in an interview, from 1 to 5, and whether to practice it.

    What was said to it there is a note of its debrief, None where it was put in otherwise; then
    `asked_where` says in words where it was asked. `is_starter` tells that it is from the starter
    set. Questions stand in the order in which they were written down.

    The schedule (R33): `level` is the last rating, of `rated_date`; `stability` and `difficulty`
    are what FSRS makes of all of them, and `due_date` when it would bring the question back.
    `to_try` is what somebody, or the person, said to try next; `has_try` until it was tried.
    """

    debrief = models.ForeignKey(
        Debrief, on_delete=models.CASCADE, null=True, related_name="questions"
    )
    went = models.PositiveSmallIntegerField(null=True)
    to_practice = models.BooleanField(default=False)
    kind = one_of(QuestionKind, blank=True, default="")
    asked_where = models.CharField(max_length=300, blank=True)
    wants = models.TextField(blank=True)
    own_notes = models.TextField(blank=True)
    to_try = models.TextField(blank=True)
    has_try = models.BooleanField(default=False)
    is_starter = models.BooleanField(default=False)
    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, related_name="questions")
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    rated_date = models.DateField(null=True)
    due_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(went__isnull=True) | models.Q(went__range=(1, 5)),
                name="question_went_from_1_to_5",
            ),
            only("kind", QuestionKind, blank=True),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=(1, 5)),
                name="question_level_from_1_to_5",
            ),
        ]
        indexes = [models.Index(fields=["owner", "to_practice"])]
