"""The open track and the pages of an owner."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from kindregards.web.models import PrivatePage, User, WritingTrack


def open_track(owner: User) -> WritingTrack | None:
    """The track that is under way; None where there is none."""
    return WritingTrack.objects.filter(owner=owner, ended_at=None).select_related("owner").first()


def pages_of(owner: User) -> QuerySet[PrivatePage]:
    """The owner's pages, the latest first, without what is in them."""
    return PrivatePage.objects.filter(owner=owner).defer("sealed")


def page_of(owner: User, pk: int) -> PrivatePage:
    """One page of the owner; 404 for anybody else's."""
    return get_object_or_404(PrivatePage.objects.select_related("owner"), owner=owner, pk=pk)


def was_held_today(track: WritingTrack, now: datetime) -> bool:
    """Whether today's sitting is over; the next is for another day (R14)."""
    if track.held_at is None:
        return False
    return timezone.localtime(track.held_at).date() == timezone.localtime(now).date()
