"""Reminders where people look anyway: in their calendar, and in their mailbox in the morning."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.web.models import CalendarFeed, Digest, MailAccount, User
from kindregards.web.plan.digest import turn_off, turn_on
from kindregards.web.plan.feed import (
    calendar_of,
    feed_at,
    make_feed,
    name_in_feed,
    revoke_feed,
)
from kindregards.web.requests import owner_of
from kindregards.web.zones import zone_named

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """The calendar's address and the morning mail: on, off, and how the last one went."""
    owner = owner_of(request)
    feed = CalendarFeed.objects.filter(owner=owner).first()
    context = {
        "feed": feed,
        "address": _address(request, feed) if feed else "",
        "digest": Digest.objects.filter(owner=owner).select_related("account").first(),
        "accounts": _accounts(owner),
        "room": "settings",
    }
    return render(request, "plan/reminders.html", context)


@require_POST
def feed_make(request: HttpRequest) -> HttpResponse:
    """Make an address, in place of the one before."""
    make_feed(owner=owner_of(request), now=timezone.now())
    messages.info(request, "This is the address. Another one from before shows nothing any more.")
    return redirect("plan-reminders")


@require_POST
def feed_names(request: HttpRequest) -> HttpResponse:
    """Keep whether names are told in the calendar."""
    name_in_feed(owner=owner_of(request), shows_names=bool(request.POST.get("shows_names")))
    messages.info(request, "Kept.")
    return redirect("plan-reminders")


@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """Let the address show nothing any more."""
    revoke_feed(owner=owner_of(request))
    messages.info(request, "The address shows nothing any more.")
    return redirect("plan-reminders")


@require_safe
def feed_file(request: HttpRequest) -> HttpResponse:
    """The same as a file, with names only as the person ticks."""
    shows_names = bool(request.GET.get("names"))
    told = calendar_of(owner_of(request), timezone.now(), shows_names=shows_names)
    kept = {"Content-Disposition": 'attachment; filename="reminders.ics"'}
    return HttpResponse(told, content_type=CALENDAR, headers=kept)


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of a private address. To a guesser it is an address with nothing at it."""
    found = feed_at(token)
    if found is None:
        raise Http404
    with timezone.override(zone_named(found.owner.time_zone)):
        told = calendar_of(found.owner, timezone.now(), shows_names=found.shows_names)
    return HttpResponse(told, content_type=CALENDAR)


@require_POST
def digest_on(request: HttpRequest) -> HttpResponse:
    """Send a mail in the morning, from an account that is set up for sending."""
    owner, chosen = owner_of(request), request.POST.get("account", "")
    number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19 else 0
    account = get_object_or_404(MailAccount, owner=owner, pk=number, sending_server__isnull=False)
    turn_on(owner=owner, account=account, now=timezone.now())
    messages.info(request, "Kept. The first one comes tomorrow at the latest.")
    return redirect("plan-reminders")


@require_POST
def digest_off(request: HttpRequest) -> HttpResponse:
    """Send none any more."""
    turn_off(owner=owner_of(request))
    messages.info(request, "No more mail in the morning.")
    return redirect("plan-reminders")


def _accounts(owner: User) -> list[MailAccount]:
    """The accounts from which a mail can go by itself."""
    ready = MailAccount.objects.filter(owner=owner, sending_server__isnull=False)
    return list(ready.order_by("added_at", "pk"))


def _address(request: HttpRequest, feed: CalendarFeed) -> str:
    return request.build_absolute_uri(reverse("plan-feed", args=[feed.token]))
