"""People in the network and each contact with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.web.models.application import Application, Employer
from kindregards.web.models.choices import one_of, only


class Contact(models.Model):
    """A person in the network."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    employer = models.ForeignKey(
        Employer, on_delete=models.SET_NULL, null=True, related_name="contacts"
    )
    name = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=320, blank=True)
    role = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "email"],
                condition=~models.Q(email=""),
                name="contact_once_by_email",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") | ~models.Q(email=""), name="contact_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Touch(models.Model):
    """One contact with somebody, either way, dated.

    `message_id` is the letter's own, where it is known. `in_process` says that the person was asked
    for it, or that it is the application itself: it takes nothing from the contact budget.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, related_name="touches"
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.SET_NULL, null=True, related_name="touches"
    )
    application = models.ForeignKey(
        Application, on_delete=models.SET_NULL, null=True, related_name="touches"
    )
    direction = one_of(Direction)
    channel = one_of(Channel)
    kind = one_of(DraftKind)
    at = models.DateTimeField()
    message_id = models.CharField(max_length=998, blank=True)
    in_process = models.BooleanField(default=False)

    class Meta:
        constraints = [
            only("direction", Direction),
            models.UniqueConstraint(
                fields=["owner", "message_id"],
                condition=~models.Q(message_id=""),
                name="touch_once_a_message",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-at"])]

    def __str__(self) -> str:
        return f"{self.direction} {self.at:%Y-%m-%d}"
