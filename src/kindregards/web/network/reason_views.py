"""Reasons to write that the person gives: by hand, or the address of a blog."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kindregards.core.network.feeds import NotAFeed
from kindregards.sources.feed_connection import NotFetchedError
from kindregards.web.models import Blog
from kindregards.web.network.blogs import TooManyFeedsError, add_feed, look
from kindregards.web.network.forms import ReasonForm
from kindregards.web.network.noticing import OnceAYearError, note_reason
from kindregards.web.network.queries import contact_of
from kindregards.web.requests import owner_of


@require_POST
def reason(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a reason to write to somebody."""
    contact, form = contact_of(owner_of(request), pk), ReasonForm(request.POST)
    if not form.is_valid():
        messages.info(request, form.sentence())
        return redirect("network-page", pk=pk)
    try:
        note_reason(contact=contact, **form.cleaned_data, now=timezone.now())
    except OnceAYearError as problem:
        messages.info(request, str(problem))
    else:
        messages.info(request, "Noted as a reason to write.")
    return redirect("network-page", pk=pk)


@require_POST
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a blog now, and keep its address."""
    contact = contact_of(owner_of(request), pk)
    told = request.POST.get("address", "").replace("\x00", "")[:2000]
    try:
        kept = add_feed(contact=contact, told=told, now=timezone.now())
    except (NotFetchedError, NotAFeed, TooManyFeedsError) as problem:
        messages.info(request, str(problem))
    else:
        messages.info(request, f"{kept} is read from now on, once a day.")
    return redirect("network-page", pk=pk)


@require_POST
def look_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a blog now."""
    kept = _feed_of(request, pk)
    look(feed=kept, now=timezone.now())
    return redirect("network-page", pk=kept.contact_id)


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a blog no more."""
    kept = _feed_of(request, pk)
    kept.delete()
    messages.info(request, "That blog is read no more.")
    return redirect("network-page", pk=kept.contact_id)


def _feed_of(request: HttpRequest, pk: int) -> Blog:
    return get_object_or_404(Blog.objects.filter(owner=owner_of(request)), pk=pk)
