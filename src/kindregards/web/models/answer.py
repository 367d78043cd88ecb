"""What came back after a letter of the person's, and the advice in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.outreach.answers import About, AnswerKind
from kindregards.web.models.choices import one_of, only
from kindregards.web.models.contact import Touch
from kindregards.web.models.draft import Draft
from kindregards.web.models.letter import Letter


class Answer(models.Model):
    """A letter that answers a sent draft. An automatic reply is kept too and has no `touch`.

    `reasons` are those that it states: a list of pairs of a sentence, word for word, and what it is
    about, a `Reason`, or "" where the person said that it is none.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="answers")
    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="answer")
    touch = models.OneToOneField(Touch, on_delete=models.SET_NULL, null=True, related_name="answer")
    kind = one_of(AnswerKind)
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = [only("kind", AnswerKind)]

    def __str__(self) -> str:
        return f"{self.kind}: {self.letter}"


class Advice(models.Model):
    """A sentence that advises, word for word, and what the person makes of it.

    `is_wanted` is None until they have decided; `done_at` is when they had done it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="advice")
    quote = models.TextField()
    about = one_of(About)
    is_wanted = models.BooleanField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [only("about", About)]
        ordering = ["pk"]
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return self.quote
