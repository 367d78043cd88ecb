"""What the person says of applications: by hand, by correction, by a list. Plans follow."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kindregards.core.spreadsheet import NotATable
from kindregards.web.applications.forms import ApplicationForm, ListForm, NewApplicationForm
from kindregards.web.applications.lists import Preview, preview_of, text_of
from kindregards.web.applications.queries import application_of
from kindregards.web.applications.words import OUTCOMES, STAGES
from kindregards.web.plan.services import (
    correct_application,
    put_in_application,
    take_over_list,
)
from kindregards.web.requests import owner_of

ROOM = {"room": "applications"}
SHOWN = 8


@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: HttpRequest) -> HttpResponse:
    """Put in an application by hand."""
    form = NewApplicationForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "applications/new.html", {"form": form, **ROOM}, status=status)
    application = put_in_application(owner=owner_of(request), told=form.told(), now=timezone.now())
    messages.info(request, "Kept. Letters that come for it will join it.")
    return redirect("applications-page", pk=application.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def application_list(request: HttpRequest) -> HttpResponse:
    """Take in a list: what is understood of it is shown first, and nothing is written yet."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "applications/list.html", {"form": form, **ROOM})
    if not form.is_valid():
        return render(request, "applications/list.html", {"form": form, **ROOM}, status=422)
    try:
        text = text_of(form.cleaned_data)
        preview = preview_of(text, request.POST, today=timezone.localdate())
    except NotATable as problem:
        form.add_error(None, str(problem))
        return render(request, "applications/list.html", {"form": form, **ROOM}, status=422)
    if request.POST.get("do") == "take" and preview.entries:
        return _take(request, preview)
    return _show(request, preview)


@require_POST
def application_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the person says about an application."""
    application = application_of(owner_of(request), pk)
    form = ApplicationForm(request.POST)
    if form.is_valid():
        correct_application(application=application, told=form.told(), now=timezone.now())
        messages.info(request, "Kept.")
    else:
        for errors in form.errors.values():
            messages.warning(request, f"That could not be kept. {errors[0]}")
    return redirect("applications-page", pk=pk)


def _show(request: HttpRequest, preview: Preview) -> HttpResponse:
    context = {
        "preview": preview,
        "shown": [
            (
                entry,
                STAGES[entry.stage] if entry.stage else "",
                OUTCOMES[entry.outcome] if entry.outcome else "",
            )
            for entry in preview.entries[:SHOWN]
        ],
        "errors": preview.errors[:SHOWN],
        "more_errors": max(0, len(preview.errors) - SHOWN),
        **ROOM,
    }
    status = 200 if preview.entries else 422
    return render(request, "applications/list_preview.html", context, status=status)


def _take(request: HttpRequest, preview: Preview) -> HttpResponse:
    taken = take_over_list(owner=owner_of(request), entries=preview.entries, now=timezone.now())
    told = [f"{taken.new} new" if taken.new else ""]
    told.append(f"{taken.completed} completed" if taken.completed else "")
    told.append(f"{taken.known} here already" if taken.known else "")
    messages.info(request, f"Taken over: {', '.join(filter(None, told))}.")
    for one in preview.errors[:SHOWN]:
        messages.warning(request, f"Line {one.line} was left out: {one.why}")
    return redirect("applications-list")
