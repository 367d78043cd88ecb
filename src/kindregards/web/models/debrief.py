"""Thinking an application through: a debrief, what was written in it, and who was there."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.debriefs import Prompt
from kindregards.web.models.application import Application
from kindregards.web.models.choices import one_of, only
from kindregards.web.models.contact import Contact


class Written(models.Model):
    """Words that two windows may write at once without losing one another's.

    `window` is the window that wrote `text` last. What another one wrote over the same words is
    kept in `aside`, until the person has put both together or let it go.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    text = models.TextField(blank=True)
    window = models.CharField(max_length=32, blank=True)
    aside = models.TextField(blank=True)
    aside_window = models.CharField(max_length=32, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text


class Debrief(models.Model):
    """What the person recollects of one application, in two sittings, and makes of it.

    `place` and `place_of` are the screen to come back to, "" before the first and after the last.
    `practice_date` is the day of the one plan, whose words are notes; `practiced_at` when the
    person was done with it. `meaning_began_at` is when the second sitting was begun.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="debriefs")
    began_at = models.DateTimeField()
    place = one_of(Prompt, blank=True)
    place_of = models.BigIntegerField(null=True)
    facts_done_at = models.DateTimeField(null=True)
    meaning_began_at = models.DateTimeField(null=True)
    meaning_done_at = models.DateTimeField(null=True)
    practice_date = models.DateField(null=True)
    practiced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [only("place", Prompt, blank=True)]
        indexes = [models.Index(fields=["owner", "practice_date"])]

    def __str__(self) -> str:
        return f"Debrief of {self.began_at:%Y-%m-%d}"


class Note(Written):
    """What was written at one prompt of a debrief; of `question` where it is what was said to it.

    `ticked` holds what was ticked beside the words.
    """

    debrief = models.ForeignKey(Debrief, on_delete=models.CASCADE, related_name="notes")
    prompt = one_of(Prompt)
    question = models.ForeignKey(
        "kindregards.Question", on_delete=models.CASCADE, null=True, related_name="notes"
    )
    ticked = models.JSONField(default=list)

    class Meta:
        constraints = [
            only("prompt", Prompt),
            models.UniqueConstraint(
                fields=["debrief", "prompt"],
                condition=models.Q(question__isnull=True),
                name="note_once_a_prompt",
            ),
            models.UniqueConstraint(
                fields=["question", "prompt"],
                condition=models.Q(question__isnull=False),
                name="note_once_a_question",
            ),
        ]


class Meeting(models.Model):
    """That somebody was there. `made_contact` says that they became a contact by it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    debrief = models.ForeignKey(Debrief, on_delete=models.CASCADE, related_name="meetings")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="meetings")
    made_contact = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["debrief", "contact"], name="meeting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.debrief_id}"
