"""Letters, what was read in them, and what the person corrected."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime

from kindregards.core.letters.reading import Door, Kind, Stage, Style
from kindregards.web.models.application import Application
from kindregards.web.models.choices import one_of, only


class Letter(models.Model):
    """A message as received, with its cleaned text and its Reading.

    `as_read` is what the reader told, as `core.letters.reading.as_record` writes it, and `reading`
    the same with the person's corrections laid over it. The columns from `kind` to `told` repeat
    the corrected reading for queries and lists. `sender_key` is what letters of one sender share,
    "" where the sender speaks for many, and `sender_headers` the headers that speak for or against
    the sender, None where it was kept before they were. `moved_by_person` says that the person put
    it into its application, so that no reading takes it out again.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    message_id = models.CharField(max_length=998, blank=True)
    digest = models.CharField(max_length=64)
    in_reply_to = models.CharField(max_length=998, blank=True)
    sender_name = models.CharField(max_length=300, blank=True)
    sender_email = models.CharField(max_length=320, blank=True)
    sender_key = models.CharField(max_length=320, blank=True)
    reply_to_email = models.CharField(max_length=320, blank=True)
    sender_headers = models.JSONField(null=True)
    subject = models.CharField(max_length=998, blank=True)
    text = models.TextField()
    losses = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    sent_offset_minutes = models.SmallIntegerField(null=True)
    arrived_at = models.DateTimeField()

    as_read = models.JSONField()
    reading = models.JSONField()
    kind = one_of(Kind)
    style = one_of(Style, blank=True)
    stage = one_of(Stage, blank=True)
    door = one_of(Door, blank=True)
    employer_name = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=300, blank=True)
    told = models.TextField()
    probability = models.FloatField()
    moved_by_person = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "message_id"],
                condition=~models.Q(message_id=""),
                name="letter_once_by_message_id",
            ),
            models.UniqueConstraint(
                fields=["owner", "digest"],
                condition=models.Q(message_id=""),
                name="letter_once_by_content",
            ),
            only("kind", Kind),
        ]
        indexes = [
            models.Index(fields=["owner", "-sent_at"]),
            models.Index(fields=["owner", "digest"]),
            models.Index(fields=["owner", "sender_key"]),
            models.Index(fields=["owner", "probability"]),
        ]

    def __str__(self) -> str:
        return self.subject or self.told

    @property
    def sent_there_at(self) -> datetime:
        """When it was sent, by the sender's own clock where the letter told its offset.

        Else by the person's own. An offset of 0 tells no place: servers that know none write it.
        """
        if not self.sent_offset_minutes:
            return localtime(self.sent_at)
        return self.sent_at.astimezone(timezone(timedelta(minutes=self.sent_offset_minutes)))


class LetterSource(models.Model):
    """The bytes of a letter exactly as they came, apart so that lists stay light."""

    letter = models.OneToOneField(
        Letter, on_delete=models.CASCADE, primary_key=True, related_name="source"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    raw = models.BinaryField()
    pasted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{len(self.raw)} bytes"


class ThreadId(models.Model):
    """An earlier message that a letter answers or continues, by its id; kept here or not."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="thread_ids")
    identifier = models.CharField(max_length=998)

    class Meta:
        indexes = [models.Index(fields=["owner", "identifier"])]

    def __str__(self) -> str:
        return self.identifier


class Correction(models.Model):
    """What the person says a field of a Reading is. It outlives every new reading."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=32)
    value = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "field"], name="correction_once_a_field"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"
