"""Moving a letter, splitting and joining applications, and undoing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kindregards.web.applications.queries import application_of
from kindregards.web.applications.rearranging import ChangedSinceError
from kindregards.web.letters.queries import letter_of
from kindregards.web.models import Application, Rearrangement, User
from kindregards.web.plan.moving import (
    NothingLeftError,
    join,
    move_letter,
    split_application,
    undo,
)
from kindregards.web.requests import owner_of

NEW = "new"
CHOOSE = "Choose an application from the list first."


@require_POST
def letter_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a letter to another application, or to a new one, in one step."""
    owner = owner_of(request)
    letter = letter_of(owner, pk)
    chosen = request.POST.get("to", "")
    to = None if chosen == NEW else _chosen(owner, chosen)
    if chosen != NEW and to is None:
        messages.warning(request, CHOOSE)
        return redirect("letters-page", pk=pk)
    if to is not None and to.pk == letter.application_id:
        messages.info(request, "It is in that application already.")
        return redirect("letters-page", pk=pk)
    there = move_letter(letter=letter, to=to, now=timezone.now())
    return redirect("applications-page", pk=there.pk)


@require_POST
def application_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the ticked letters an application of their own."""
    application = application_of(owner_of(request), pk)
    ticked = {value for value in request.POST.getlist("letter") if value.isdecimal()}
    letters = [
        one for one in application.letters.order_by("sent_at", "pk") if str(one.pk) in ticked
    ]
    if not letters:
        messages.warning(request, "Tick the letters that belong to another application.")
        return redirect("applications-page", pk=pk)
    try:
        there = split_application(application=application, letters=letters, now=timezone.now())
    except NothingLeftError as problem:
        messages.warning(request, str(problem))
        return redirect("applications-page", pk=pk)
    return redirect("applications-page", pk=there.pk)


@require_POST
def application_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another application into this one."""
    owner = owner_of(request)
    application = application_of(owner, pk)
    other = _chosen(owner, request.POST.get("other", ""))
    if other is None or other == application:
        messages.warning(request, CHOOSE)
    else:
        join(application=application, other=other, now=timezone.now())
    return redirect("applications-page", pk=pk)


@require_POST
def application_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what was rearranged last."""
    mine = Rearrangement.objects.filter(owner=owner_of(request))
    done = get_object_or_404(mine.select_related("application", "owner"), pk=pk)
    application = done.application
    try:
        application = undo(done=done, now=timezone.now())
    except ChangedSinceError as problem:
        messages.warning(request, str(problem))
    else:
        messages.info(request, "Everything is back where it was.")
    return redirect("applications-page", pk=application.pk)


def _chosen(owner: User, value: str) -> Application | None:
    """The application that a form names; None where it names none. 404 for anybody else's."""
    if not value.isdecimal() or len(value) > 18:
        return None
    try:
        return application_of(owner, int(value))
    except Http404:
        return None
