"""What the person brought to hear: texts that were fetched, files of sound, podcasts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.speeches.speech import Direction, SpeechKind
from kindregards.web.models.choices import one_of, only


class Podcast(models.Model):
    """A feed of episodes that the person named. `problem` is why it was not read last."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    address = models.CharField(max_length=2000)
    title = models.CharField(max_length=300, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "address"], name="podcast_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.address


class Speech(models.Model):
    """Something to hear that is the owner's alone: a text, a file of sound, an episode.

    `catalogue_key` is that of the old speech that a text is, "" for one of their own address.
    `text` holds a text; of a file of sound the bytes are in its parts, `size` says how many, and
    `media_type` is what its content shows. Of an episode nothing is here but its `address`.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = one_of(SpeechKind)
    direction = one_of(Direction)
    catalogue_key = models.CharField(max_length=200, blank=True, default="")
    title = models.CharField(max_length=300)
    speaker = models.CharField(max_length=300, blank=True, default="")
    address = models.CharField(max_length=2000, blank=True, default="")
    rights = models.CharField(max_length=1000, blank=True, default="")
    text = models.TextField(blank=True, default="")
    minutes = models.FloatField(null=True)
    media_type = models.CharField(max_length=32, blank=True, default="")
    size = models.BigIntegerField(default=0)
    podcast = models.ForeignKey(
        Podcast, on_delete=models.CASCADE, null=True, related_name="episodes"
    )
    said_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            only("kind", SpeechKind),
            only("direction", Direction),
            models.UniqueConstraint(
                fields=["owner", "catalogue_key"],
                condition=~models.Q(catalogue_key=""),
                name="speech_fetched_once",
            ),
            models.UniqueConstraint(
                fields=["podcast", "address"],
                condition=models.Q(podcast__isnull=False),
                name="episode_once",
            ),
        ]
        indexes = [models.Index(fields=["owner", "kind", "-added_at"])]

    def __str__(self) -> str:
        return self.title


class SoundPart(models.Model):
    """A piece of a file of sound, by its number from 0; all but the last are of one size."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    speech = models.ForeignKey(Speech, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    raw = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["speech", "number"], name="sound_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.speech_id}, {self.number}"
