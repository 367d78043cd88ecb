"""People in the network and each contact with them."""

from __future__ import annotations

import os
from enum import StrEnum

from django.conf import settings
from django.db import models

from kindregards.core.network.rhythm import Closeness
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.web.models.application import Application, Employer
from kindregards.web.models.choices import one_of, only


def new_uid() -> str:
    """A mark that stays with somebody in every address book: `urn:uuid:…`."""
    # As uuid4().urn, which for everybody in an export takes as long as reading them.
    drawn = os.urandom(16).hex()
    variant = "89ab"[int(drawn[16], 16) & 3]
    return (
        f"urn:uuid:{drawn[:8]}-{drawn[8:12]}-4{drawn[13:16]}-{variant}{drawn[17:20]}-{drawn[20:]}"
    )


class MetBy(StrEnum):
    """How somebody came into the network."""

    LETTER = "letter"
    LINKEDIN = "linkedin"
    ADDRESS_BOOK = "address_book"
    HAND = "hand"


class People(models.Manager["Contact"]):
    """Everybody once: without the rows that were taken together with another."""

    def get_queryset(self) -> models.QuerySet[Contact]:
        """All but those who are the same as another."""
        return super().get_queryset().filter(same_as=None)


class Contact(models.Model):
    """A person in the network.

    `employer` is the one whose process they belong to, `works_at` where they are now, as their
    own card says. The columns that end in `_key` are made by the core's keys for finding;
    `profile` is a `profile_key`. `last_at` repeats when the last Touch was, either way.
    `gone_at` is when an export no longer had them. `own` names what the person changed by hand,
    which no later export changes back. `promised` is what the person promised them.

    `closeness` is as the person chose it; `passed_date` is when they last passed over a reminder,
    and before `put_off_until_date` they want none.

    A row that was taken together with another stays, hidden, with `same_as`: so its address and
    profile go on to mean that person, and it can be taken apart again. `went_along` is what was
    moved or filled in for it; web/network/merging.py writes and reads it.
    """

    # Every index of its own begins with the owner.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    employer = models.ForeignKey(
        Employer, on_delete=models.SET_NULL, null=True, related_name="contacts"
    )
    name = models.CharField(max_length=300, blank=True)
    name_key = models.CharField(max_length=300, blank=True, default="")
    email = models.CharField(max_length=320, blank=True)
    role = models.CharField(max_length=300, blank=True)
    works_at = models.CharField(max_length=300, blank=True, default="")
    works_at_key = models.CharField(max_length=300, blank=True, default="")
    profile = models.CharField(max_length=300, blank=True, default="")
    uid = models.CharField(max_length=300, default=new_uid)
    met_by = one_of(MetBy, default=MetBy.LETTER)
    connected_date = models.DateField(null=True)
    birth_year = models.SmallIntegerField(null=True)
    birth_month = models.SmallIntegerField(null=True)
    birth_day = models.SmallIntegerField(null=True)
    note = models.TextField(blank=True, default="")
    own = models.JSONField(default=list)
    last_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    promised = models.TextField(blank=True, default="")
    closeness = one_of(Closeness, blank=True, default="")
    passed_date = models.DateField(null=True)
    put_off_until_date = models.DateField(null=True)
    same_as = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    went_along = models.JSONField(default=dict)

    everyone: models.Manager[Contact] = models.Manager()
    objects = People()

    class Meta:
        default_manager_name = "objects"
        indexes = [
            models.Index(fields=["owner", "name_key"]),
            models.Index(fields=["owner", "works_at_key", "name_key"]),
            models.Index(
                fields=["owner", "-last_at", "name_key"],
                condition=models.Q(same_as=None),
                name="contact_latest_first",
            ),
        ]
        constraints = [
            only("met_by", MetBy),
            only("closeness", Closeness, blank=True),
            models.UniqueConstraint(
                fields=["owner", "profile"],
                condition=~models.Q(profile=""),
                name="contact_once_by_profile",
            ),
            models.UniqueConstraint(fields=["owner", "uid"], name="contact_once_by_uid"),
            models.UniqueConstraint(
                fields=["owner", "email"],
                condition=~models.Q(email=""),
                name="contact_once_by_email",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") | ~models.Q(email="") | ~models.Q(profile=""),
                name="contact_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.profile

    @property
    def where(self) -> str:
        """Where they work, else the employer of their process; the latter must be loaded."""
        return self.works_at or (self.employer.name if self.employer else "")


class Apart(models.Model):
    """That two are not the same person, as the person said. `one` is the row with the lower key."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    one = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="apart_once")]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class Touch(models.Model):
    """One contact with somebody, either way, dated.

    `words` is what was said and `message_id` the letter's own id, where they are known.
    `in_process` says that the person was asked for it, or that it is the application itself: it
    takes nothing from the contact budget.
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
    words = models.TextField(blank=True, default="")

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
