"""Letters that the person is writing."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.outreach.draft import DraftKind
from kindregards.web.models.application import Application
from kindregards.web.models.choices import one_of, only
from kindregards.web.models.contact import Contact, Touch
from kindregards.web.models.occasion import Occasion


class Draft(models.Model):
    """A letter to be sent by the person, about an application, or to a contact without one, then
    perhaps on an `occasion`. Pages and services ask `web.outreach.matter` which it is.

    `own_words` is a record of `web.outreach.voices`. `revision` counts saves, so that two tabs
    cannot overwrite one another; `touch` is the record that it was sent. `message_id` is given
    once, before the first attempt to send it, and stays. `more_readers` are addresses beside the
    first. `earlier` holds the wordings that can be taken back, the last one last, and `later` those
    that were taken back; each is a record of `web.outreach.steps`. `kept_until` is the moment to
    which the person keeps it, or None."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, null=True, related_name="drafts"
    )
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="drafts")
    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, null=True, related_name="drafts"
    )
    kind = one_of(DraftKind)
    language = models.CharField(max_length=8)
    recipient_name = models.CharField(max_length=300, blank=True)
    recipient_email = models.CharField(max_length=320, blank=True)
    more_readers = models.CharField(max_length=620, blank=True)
    subject = models.CharField(max_length=998, blank=True)
    text = models.TextField(blank=True)
    earlier = models.JSONField(default=list, blank=True)
    later = models.JSONField(default=list, blank=True)
    message_id = models.CharField(max_length=998, blank=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    own_words = models.JSONField(default=dict, blank=True)
    seed = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=0)
    overruled_because = models.CharField(max_length=500, blank=True)
    kept_until = models.DateTimeField(null=True, blank=True)
    is_posted_again = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    touch = models.OneToOneField(Touch, on_delete=models.SET_NULL, null=True, related_name="draft")

    class Meta:
        constraints = [
            only("kind", DraftKind),
            models.CheckConstraint(
                condition=models.Q(application__isnull=False) | models.Q(contact__isnull=False),
                name="draft_is_to_somebody",
            ),
            models.UniqueConstraint(
                fields=["application", "kind"],
                condition=models.Q(touch__isnull=True),
                name="draft_one_open_a_kind",
            ),
            models.UniqueConstraint(
                fields=["contact", "kind"],
                condition=models.Q(touch=None, application=None, occasion=None),
                name="draft_one_open_a_kind_to_them",
            ),
            models.UniqueConstraint(
                fields=["occasion"],
                condition=models.Q(touch__isnull=True),
                name="draft_one_open_an_occasion",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.kind
