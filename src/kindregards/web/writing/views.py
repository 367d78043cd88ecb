"""Private writing. What is thrown away is never sent here; what is kept is kept locked.

No page here is remembered by the browser (every answer says no-store), and no text goes into the
session, a message or a log line.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindregards.core.mood import is_too_low_to_write
from kindregards.web.models import PrivatePage, User, WritingTrack
from kindregards.web.moods import marks_of
from kindregards.web.requests import owner_of
from kindregards.web.writing.forms import (
    LENGTHS,
    LONGEST_PAGE,
    SHORTEST_PASSPHRASE,
    BeginForm,
    OpenForm,
    PageForm,
)
from kindregards.web.writing.queries import (
    open_track,
    page_of,
    pages_of,
    was_held_today,
)
from kindregards.web.writing.sealing import DamagedPageError, WrongPassphraseError
from kindregards.web.writing.services import (
    WaitError,
    begin_track,
    delete_everything,
    has_lock,
    hold_sitting,
    keep_page,
    leave_track,
    words_of,
)

WRONG = (
    "That is not the passphrase of your pages. It happens to everybody; try once more, as you "
    "typed it the first time."
)
WAIT = (
    "That was not it several times in a row, so the lock rests until {until}. It keeps whoever "
    "else sits here from guessing."
)
DAMAGED = "This page can no longer be read: what is kept of it is not what was locked away."
TOO_LONG = (
    f"A page holds {LONGEST_PAGE:,} characters, and this is longer. Nothing was kept yet; your "
    "words are below."
)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is and how to begin; while a track is open, its next sitting."""
    owner = owner_of(request)
    track = open_track(owner)
    if track is None:
        return _begin_page(request, owner, BeginForm(has_lock=has_lock(owner)), status=200)
    now = timezone.now()
    context = {
        "track": track,
        "number": track.held + 1,
        "is_for_another_day": was_held_today(track, now),
        "is_too_low": _is_too_low(owner, now),
        "pages": pages_of(owner).count(),
        "room": "care",
    }
    return render(request, "writing/track.html", context)


@sensitive_post_parameters()
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open the track as the person chose it."""
    owner = owner_of(request)
    form = BeginForm(request.POST, has_lock=has_lock(owner))
    if not form.is_valid():
        return _begin_page(request, owner, form, status=422)
    minutes, sittings = LENGTHS[form.cleaned_data["length"]]
    begin_track(
        owner=owner,
        is_kept=form.is_kept,
        minutes=minutes,
        sittings=sittings,
        passphrase=form.cleaned_data["passphrase"],
        now=timezone.now(),
    )
    return redirect("writing-start")


@require_safe
def sitting(request: HttpRequest) -> HttpResponse:
    """The empty page, and when to stop."""
    track = open_track(owner_of(request))
    if track is None:
        return redirect("writing-start")
    return _sitting_page(request, track, PageForm(), status=200)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Lock the page of this sitting away. On any doubt the words come back as they are."""
    track = open_track(owner_of(request))
    if track is None or not track.is_kept:
        return redirect("writing-start")
    form = PageForm(request.POST)
    if not form.is_valid():
        return _sitting_page(request, track, form, status=422, trouble=TOO_LONG)
    given, now = form.cleaned_data, timezone.now()
    try:
        keep_page(
            track=track,
            name=given["name"],
            words=given["words"],
            passphrase=given["passphrase"],
            now=now,
        )
    except (WrongPassphraseError, WaitError) as trouble:
        said = f"{_said(trouble)} Your words are still below."
        return _sitting_page(request, track, form, status=422, trouble=said)
    return redirect("writing-after")


@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """Count a sitting whose page was thrown away. Nothing that was written comes here."""
    track = open_track(owner_of(request))
    if track is not None:
        hold_sitting(track=track, now=timezone.now())
    return redirect("writing-after")


@require_safe
def after(request: HttpRequest) -> HttpResponse:
    """The page after a sitting: what one may feel now, and one mark if one likes."""
    owner = owner_of(request)
    latest = WritingTrack.objects.filter(owner=owner).order_by("-begun_at", "-pk").first()
    if latest is None or latest.held == 0:
        return redirect("writing-start")
    return render(request, "writing/after.html", {"track": latest, "room": "care"})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Stop before the last sitting."""
    leave_track(owner=owner_of(request), now=timezone.now())
    messages.info(request, "That is fine. You can begin again on any day.")
    return redirect("care-page")


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """The kept pages by their days."""
    owner = owner_of(request)
    context = {"pages": pages_of(owner), "has_lock": has_lock(owner), "room": "care"}
    return render(request, "writing/pages.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A kept page: closed, or opened once with the passphrase."""
    found = page_of(owner_of(request), pk)
    if request.method != "POST":
        return _one_page(request, found, status=200)
    form = OpenForm(request.POST)
    passphrase = form.cleaned_data["passphrase"] if form.is_valid() else ""
    try:
        words = words_of(page=found, passphrase=passphrase, now=timezone.now())
    except (WrongPassphraseError, WaitError, DamagedPageError) as trouble:
        return _one_page(request, found, status=422, trouble=_said(trouble))
    return _one_page(request, found, status=200, words=words, is_open=True)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one page for good."""
    page_of(owner_of(request), pk).delete()
    messages.info(request, "The page is gone.")
    return redirect("writing-pages")


@require_POST
def delete_all(request: HttpRequest) -> HttpResponse:
    """Remove every page and the passphrase with them."""
    delete_everything(owner=owner_of(request))
    messages.info(request, "All of it is gone, and the passphrase with it.")
    return redirect("writing-start")


def _begin_page(request: HttpRequest, owner: User, form: BeginForm, *, status: int) -> HttpResponse:
    context = {
        "form": form,
        "is_too_low": _is_too_low(owner, timezone.now()),
        "has_lock": form.has_lock,
        "shortest": SHORTEST_PASSPHRASE,
        "pages": pages_of(owner).count(),
        "room": "care",
    }
    return render(request, "writing/begin.html", context, status=status)


def _sitting_page(
    request: HttpRequest, track: WritingTrack, form: PageForm, *, status: int, trouble: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "track": track,
        "number": track.held + 1,
        "form": form,
        "name": (form.is_bound and form.cleaned_data.get("name")) or uuid4(),
        "until": timezone.now() + timedelta(minutes=track.minutes),
        "seconds": track.minutes * 60,
        "longest": LONGEST_PAGE,
        "trouble": trouble,
        "is_returned": bool(trouble),
        "room": "care",
    }
    return render(request, "writing/sitting.html", context, status=status)


def _one_page(
    request: HttpRequest, found: PrivatePage, *, status: int, **more: object
) -> HttpResponse:
    return render(
        request, "writing/page.html", {"page": found, "room": "care", **more}, status=status
    )


def _is_too_low(owner: User, now: datetime) -> bool:
    today = timezone.localtime(now).date()
    return is_too_low_to_write(marks_of(owner, now), today=today)


def _said(trouble: Exception) -> str:
    if isinstance(trouble, WaitError):
        return WAIT.format(until=f"{timezone.localtime(trouble.until):%H:%M}")
    return DAMAGED if isinstance(trouble, DamagedPageError) else WRONG
