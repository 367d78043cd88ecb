"""Resumes of one owner, and their versions."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet
from django.shortcuts import get_object_or_404

from kindregards.web.models import Resume, User, Version

_LARGE = ("original", "markdown", "text")


def resumes_of(owner: User) -> QuerySet[Resume]:
    """The owner's resumes, the one that changed last first, with how many versions each has."""
    counted = Resume.objects.filter(owner=owner).annotate(
        version_count=Count("versions"), changed_at=Max("versions__made_at")
    )
    return counted.order_by("-changed_at", "-pk")


def resume_of(owner: User, pk: int) -> Resume:
    """One resume of the owner; 404 for anybody else's."""
    return get_object_or_404(Resume.objects.filter(owner=owner), pk=pk)


def versions_of(resume: Resume) -> QuerySet[Version]:
    """The versions of a resume, the newest first, without their files and words."""
    return resume.versions.select_related("made_from").defer(*_LARGE).order_by("-number")


def version_of(owner: User, pk: int, *, with_file: bool = False) -> Version:
    """One version of the owner; 404 for anybody else's. Its file is loaded where it is needed."""
    mine = Version.objects.filter(owner=owner).select_related("resume")
    return get_object_or_404(mine if with_file else mine.defer("original"), pk=pk)
