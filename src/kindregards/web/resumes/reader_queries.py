"""Readers of one owner, and how far each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.shortcuts import get_object_or_404

from kindregards.core.resumes.remarks import CarriedBy
from kindregards.web.models import Reviewer, User, Version


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader, and a line that says how far they are."""

    reviewer: Reviewer
    said: str


def reader_of(owner: User, pk: int) -> Reviewer:
    """One reader of the owner; 404 for anybody else's."""
    mine = Reviewer.objects.filter(owner=owner).select_related(
        "version__resume", "link", "contact", "owner"
    )
    return get_object_or_404(mine.defer("version__original"), pk=pk)


def readings_of(version: Version, now: datetime) -> list[Reading]:
    """Who was asked, each with how far they are."""
    asked = (
        Reviewer.objects.filter(version=version)
        .select_related("link")
        .annotate(many=Count("comments"))
    )
    return [Reading(one, how_far(one, one.many, now)) for one in asked.order_by("asked_at", "pk")]


def how_far(reviewer: Reviewer, many: int, now: datetime) -> str:
    """How far a reader is, as a line says it; `many` is how many comments they gave back."""
    if reviewer.submitted_at is not None:
        comments = "one comment" if many == 1 else f"{many} comments"
        return f"Gave it back with {comments}"
    if reviewer.closes_at <= now:
        return "Closed, and nothing came back"
    if reviewer.kept_at is not None:
        return "Is writing"
    link = getattr(reviewer, "link", None)
    if link is not None and link.opened:
        return "Has opened it"
    if reviewer.carried_by == CarriedBy.PACKET:
        return "Has a file to read"
    return "Has a link, not opened yet"
