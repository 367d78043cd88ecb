"""Imports of one owner, and what they left out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from kindregards.web.models import ImportRun, ImportState, LeftOut, User

A_PAGE = 50
QUIET = timedelta(seconds=90)
"""A running import that was not heard of for so long was left in the middle."""


def run_of(owner: User, pk: int) -> ImportRun:
    """One import of the owner; 404 for anybody else's."""
    return get_object_or_404(ImportRun, owner=owner, pk=pk)


def page_of_runs(owner: User, number: str | None) -> Page[ImportRun]:
    """All imports, newest first."""
    runs = ImportRun.objects.filter(owner=owner).order_by("-created_at", "-pk")
    return Paginator(runs, A_PAGE).get_page(number)


def open_runs(owner: User) -> QuerySet[ImportRun]:
    """Imports that are under way or were stopped, newest first."""
    mine = ImportRun.objects.filter(owner=owner).exclude(state=ImportState.ENDED)
    return mine.order_by("-created_at", "-pk")


def was_left(run: ImportRun, now: datetime) -> bool:
    """Whether a run says that it is running while nobody works at it."""
    return run.state == ImportState.RUNNING and run.seen_at < now - QUIET


def page_of_senders(run: ImportRun, sought: str, number: str | None) -> Page[Any]:
    """Those whose messages were left out, the latest first; `sought` stands in name or subject."""
    senders = (
        _found(run, sought)
        .values("key")
        .annotate(name=Max("sender"), count=Count("pk"), latest_at=Max("sent_at"))
        .order_by(F("latest_at").desc(nulls_last=True), "key")
    )
    return Paginator(senders, A_PAGE).get_page(number)


def page_of_messages(run: ImportRun, key: str, sought: str, number: str | None) -> Page[LeftOut]:
    """What one sender's messages were about, the latest first."""
    messages = _found(run, sought).filter(key=key)
    return Paginator(messages.order_by(F("sent_at").desc(nulls_last=True), "-pk"), A_PAGE).get_page(
        number
    )


def left_of(owner: User, pk: int) -> LeftOut:
    """One message that was left out; 404 for anybody else's."""
    return get_object_or_404(LeftOut.objects.select_related("run"), owner=owner, pk=pk)


def _found(run: ImportRun, sought: str) -> QuerySet[LeftOut]:
    words = sought.split()[:8]
    found = run.left.all()
    for word in words:
        found = found.filter(Q(sender__icontains=word) | Q(subject__icontains=word))
    return found
