"""The pages of an import: how far it is, what it found, and what it left out."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from kindregards.web.imports.queries import (
    left_of,
    page_of_messages,
    page_of_runs,
    page_of_senders,
    run_of,
    was_left,
)
from kindregards.web.imports.services import (
    forget_left_out,
    in_unicode,
    let_run_go_on,
    stop_run,
)
from kindregards.web.imports.words import progress_of, so_far, what_came_of
from kindregards.web.models import ImportRun, ImportState
from kindregards.web.plan.bringing_in import bring_in
from kindregards.web.plan.services import Received
from kindregards.web.plan.taking_in import take_in_mail
from kindregards.web.requests import owner_of

GOING_ON = (ImportState.WAITING, ImportState.RUNNING)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All imports, newest first."""
    page = page_of_runs(owner_of(request), request.GET.get("page"))
    rows = [(run, " ".join(what_came_of(run))) for run in page.object_list]
    return render(request, "imports/listing.html", {"page": page, "rows": rows, "room": "letters"})


@require_safe
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is, or what it found; while it goes on, only the piece that changes."""
    run = run_of(owner_of(request), pk)
    template = "imports/_state.html" if request.headers.get("HX-Request") else "imports/page.html"
    return render(request, template, _context(run))


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an import where it stands."""
    run = run_of(owner_of(request), pk)
    stop_run(run=run, now=timezone.now())
    return redirect("imports-page", pk=pk)


@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with an import that was stopped, failed, or was left in the middle."""
    run, now = run_of(owner_of(request), pk), timezone.now()
    if let_run_go_on(run=run, now=now) or was_left(run, now):
        take_in_mail.enqueue(run=run.pk)
    return redirect("imports-page", pk=pk)


@require_safe
def left(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sent what was left out, or with `from` what one sender's messages were about."""
    run = run_of(owner_of(request), pk)
    sought = in_unicode(request.GET.get("q", ""))[:200]
    key = in_unicode(request.GET.get("from", ""))
    number = request.GET.get("page")
    context = {"run": run, "sought": sought, "key": key, "room": "letters"}
    if key:
        context["page"] = page_of_messages(run, key, sought, number)
        return render(request, "imports/sender.html", context)
    context["page"] = page_of_senders(run, sought, number)
    return render(request, "imports/left.html", context)


@require_POST
def matters(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in one message that was left out; it is read again from where it came."""
    left_one = left_of(owner_of(request), pk)
    run, key = left_one.run, left_one.key
    received = bring_in(run=run, left=[left_one], now=timezone.now())
    _say(request, received)
    letter = received[0].letter
    if letter is not None:
        return redirect("letters-page", pk=letter.pk)
    return redirect(f"{reverse('imports-left', args=[run.pk])}?{urlencode({'from': key})}")


@require_POST
def all_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in every message of one sender."""
    run = run_of(owner_of(request), pk)
    key = in_unicode(request.POST.get("key", ""))
    of_sender = list(run.left.filter(key=key).order_by("file", "offset"))
    received = bring_in(run=run, left=of_sender, now=timezone.now())
    _say(request, received)
    return redirect("imports-left", pk=pk)


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the list of what was left out, and an uploaded file with it."""
    run = run_of(owner_of(request), pk)
    if run.state not in GOING_ON:
        forget_left_out(run=run)
        messages.info(request, "The list is dropped. Your letters stay.")
    return redirect("imports-page", pk=pk)


def _context(run: ImportRun) -> dict[str, object]:
    now = timezone.now()
    is_left = was_left(run, now)
    return {
        "run": run,
        "progress": progress_of(run),
        "came": list(what_came_of(run)),
        "so_far": so_far(run),
        "is_going_on": run.state in GOING_ON and not is_left,
        "is_waiting": run.state == ImportState.WAITING,
        "can_go_on": is_left or run.state in (ImportState.STOPPED, ImportState.FAILED),
        "has_ended": run.state == ImportState.ENDED,
        "left_count": run.left.count() if run.state not in GOING_ON else 0,
        "room": "letters",
    }


def _say(request: HttpRequest, received: Sequence[Received]) -> None:
    for sentence in dict.fromkeys(one.error for one in received if one.error):
        messages.warning(request, sentence)
    kept = sum(one.letter is not None for one in received)
    if kept:
        messages.info(
            request,
            "It is one of your letters now."
            if kept == 1
            else f"{kept} messages are among your letters now.",
        )
