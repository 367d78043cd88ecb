"""What went between the person and one reader, and what a good rest looks like."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.outreach.cadence import count_said
from kindregards.core.outreach.draft import Channel, Direction
from kindregards.web.outreach.calendar import months
from kindregards.web.outreach.forms import TouchForm
from kindregards.web.outreach.matter import matter_of
from kindregards.web.outreach.queries import (
    desk_for,
    draft_of,
    is_rest,
    others_to_write_to,
    overruled_before,
    touch_by_hand,
    words_between,
)
from kindregards.web.outreach.services import record_by_hand, remove_touch
from kindregards.web.requests import owner_of

OLDEST = timedelta(days=3650)
CHANNELS = {
    Channel.MAIL: "a letter",
    Channel.LINKEDIN: "a message on LinkedIn",
    Channel.PHONE: "a call",
    Channel.IN_PERSON: "in person",
}


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The words between the two sides, the days of rest, and what to do in them."""
    return _page(request, pk)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a word that went another way: a call, a message, a meeting."""
    draft = draft_of(owner_of(request), pk)
    form, now = TouchForm(request.POST), timezone.now()
    today = timezone.localdate(now)
    if not form.is_valid() or not today - OLDEST <= form.cleaned_data["on"] <= today:
        messages.warning(request, "Choose the day it was: today, or one before.")
        return _page(request, pk, status=422)
    noon = timezone.make_aware(datetime.combine(form.cleaned_data["on"], time(12)))
    record_by_hand(
        draft=draft,
        direction=Direction(form.cleaned_data["direction"]),
        channel=Channel(form.cleaned_data["channel"]),
        at=min(noon, now),
        now=now,
    )
    return redirect("outreach-rest", pk=pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a word that was put in by hand."""
    remove_touch(touch=touch_by_hand(owner_of(request), pk), now=timezone.now())
    draft = request.POST.get("draft", "")[:9]
    if not (draft.isascii() and draft.isdecimal()):
        return redirect("plan-home")
    return redirect("outreach-rest", pk=draft_of(owner_of(request), int(draft)).pk)


def _page(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    draft, now = draft_of(owner_of(request), pk), timezone.now()
    desk = desk_for(draft, now)
    exchange = desk.exchange
    context = {
        "room": "letters",
        "draft": draft,
        "welcome_from": desk.welcome_from,
        "is_rest": is_rest(desk),
        "unanswered": count_said(len(exchange.unanswered)),
        "months": months(exchange, desk.welcome_from, now),
        "words": words_between(draft),
        "others": others_to_write_to(draft, now),
        "overruled": overruled_before(draft),
        "channels": [(one.value, said) for one, said in CHANNELS.items()],
        "today": timezone.localdate(now),
        "matter": matter_of(draft),
    }
    return render(request, "outreach/rest.html", context, status=status)
