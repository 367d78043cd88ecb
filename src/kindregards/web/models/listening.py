"""What was heard, and what the person keeps for such evenings."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.speeches.speech import Direction, SpeechKind
from kindregards.web.models.choices import one_of, only
from kindregards.web.models.contact import Contact
from kindregards.web.models.mood import Mood


class Listening(models.Model):
    """That something was begun to be heard, with the marks before and after where they were made.

    `key` names the Speech, whose kind, direction and title stand here too, for it may be gone one
    day. `text` holds the words of a speech about the person, which is another one each time.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=200)
    kind = one_of(SpeechKind)
    direction = one_of(Direction)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    before = models.ForeignKey(Mood, on_delete=models.SET_NULL, null=True, related_name="+")
    after = models.ForeignKey(Mood, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [only("kind", SpeechKind), only("direction", Direction)]
        indexes = [models.Index(fields=["owner", "-began_at"])]

    def __str__(self) -> str:
        return self.title


class KindWord(models.Model):
    """Kind words that the person put in by hand; those of letters are in their readings."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    quote = models.TextField()
    who = models.CharField(max_length=300, blank=True)
    on_date = models.DateField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "-added_at"])]

    def __str__(self) -> str:
        return self.quote


class Comfort(models.Model):
    """What the person chose for a bad evening: somebody to call, with a number, and music."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comfort"
    )
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")
    number = models.CharField(max_length=40, blank=True, default="")
    music = models.CharField(max_length=2000, blank=True, default="")

    def __str__(self) -> str:
        return self.number or self.music
