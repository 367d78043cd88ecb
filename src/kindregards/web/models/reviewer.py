"""Who reads a version of a resume, what they say of it, and the link by which they reach it."""

from __future__ import annotations

import secrets
from uuid import uuid4

from django.conf import settings
from django.db import models

from kindregards.core.resumes.remarks import CarriedBy, Decision, Kind
from kindregards.web.models.choices import one_of, only
from kindregards.web.models.contact import Contact
from kindregards.web.models.resume import Version


def new_key() -> str:
    """A secret of 256 bits."""
    return secrets.token_hex(32)


class Reviewer(models.Model):
    """Somebody who was asked to read a version, and what they gave back.

    `uid` names the review in packets and in files that come back; `packet_key` signs them. `kept`
    is what they are writing, as their page keeps it; it is theirs alone until they give it back,
    which sets `submitted_at` and makes Comments of it. Nothing is taken after `closes_at`.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="reviewers")
    uid = models.UUIDField(default=uuid4, unique=True)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, related_name="reviews"
    )
    questions = models.JSONField(default=list, blank=True)
    carried_by = one_of(CarriedBy)
    is_masked = models.BooleanField(default=True)
    packet_key = models.CharField(max_length=64, default=new_key)
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    kept = models.JSONField(default=dict, blank=True)
    kept_at = models.DateTimeField(null=True)
    remembered = models.TextField(blank=True)
    answers = models.JSONField(default=list, blank=True)
    remarks = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [only("carried_by", CarriedBy)]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """What a reader says of some words of a version, and what the person decided about it.

    `start` and `end` count characters of the version's text; `exact`, `prefix` and `suffix` find
    the words in later versions. `key` is the same when a review comes once more. `put_in` is the
    version that has the proposed words.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="comments")
    key = models.CharField(max_length=40)
    kind = one_of(Kind)
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    replacement = models.TextField(blank=True)
    made_at = models.DateTimeField()
    decision = one_of(Decision, default=Decision.OPEN)
    declined_because = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    put_in = models.ForeignKey(
        Version, on_delete=models.SET_NULL, null=True, related_name="put_in_it"
    )

    class Meta:
        constraints = [
            only("kind", Kind),
            only("decision", Decision),
            models.UniqueConstraint(fields=["reviewer", "key"], name="comment_once_a_reviewer"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="comment_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.exact[:40]}"


class ShareLink(models.Model):
    """The address by which one reader reaches their review, and nothing else.

    Its secret part is worked out from `nonce` and the program's own secret, so that the owner can
    be shown it again and a copy of the database tells nobody; it is found by `token_hash`.
    `minute_at` and `in_minute` bound how often it may be asked.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    reviewer = models.OneToOneField(Reviewer, on_delete=models.CASCADE, related_name="link")
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)
    minute_at = models.DateTimeField(null=True)
    in_minute = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"Link for {self.reviewer}"
