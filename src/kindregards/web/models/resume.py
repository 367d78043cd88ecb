"""Resumes, and the versions they went through."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.core.resumes.version import Format, Made
from kindregards.web.models.choices import one_of, only


class Resume(models.Model):
    """A resume of the person's, whatever its wording; its Versions hold the words."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=300)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at"])]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """A resume as it once was. Frozen: no column changes after it was made.

    `markdown` is what can be edited, and `text` its words alone, which follow from it: every place
    in a version counts characters of `text`. `original` is the file as it came, None where there
    was none; `lost` holds a sentence for each thing in it that could not be read. `page_count` is
    0 where the file has no pages.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="made_of_it"
    )
    how = one_of(Made)
    original = models.BinaryField(null=True)
    file_name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(
        max_length=120, choices=[(one.value, one.value) for one in Format]
    )
    markdown = models.TextField()
    text = models.TextField()
    page_count = models.PositiveSmallIntegerField(default=0)
    lost = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            only("how", Made),
            models.UniqueConstraint(fields=["resume", "number"], name="version_once_a_number"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class Rewrite(models.Model):
    """What the person is making of a version, until it becomes the next one.

    `revision` counts what was kept, so that two windows cannot overwrite one another. `earlier`
    holds the wordings that can be taken back, the last one last, and `later` those taken back.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="rewrite")
    markdown = models.TextField(blank=True)
    earlier = models.JSONField(default=list, blank=True)
    later = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Rewrite of {self.version}"
