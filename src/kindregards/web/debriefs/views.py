"""A debrief as a whole, its questions, its claims, its plan; notes in and out."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindregards.core.debriefs import as_markdown, read_notes
from kindregards.web.debriefs.forms import NotesForm
from kindregards.web.debriefs.importing import preview_of, take_in
from kindregards.web.debriefs.keeping import FARTHEST
from kindregards.web.debriefs.overview import overview
from kindregards.web.debriefs.queries import (
    claim_of,
    debrief_of,
    is_heavy,
    question_of,
)
from kindregards.web.debriefs.recording import record_of
from kindregards.web.debriefs.resting import rest_in
from kindregards.web.debriefs.services import (
    judge_claim,
    move_intention,
    practice_badly_answered,
    practice_question,
    remove_debrief,
    settle_intention,
)
from kindregards.web.requests import owner_of

JUDGEMENTS = {"yes": True, "no": False, "open": None}
ROOM = {"room": "applications"}


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written, what came of it, and what is next."""
    debrief = debrief_of(owner_of(request), pk)
    context = {
        "debrief": debrief,
        "over": overview(debrief, timezone.localdate()),
        "rest": rest_in(request, debrief, timezone.now()),
        "is_heavy": is_heavy(debrief),
        **ROOM,
    }
    return render(request, "debriefs/page.html", context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the debrief for good; the page said what goes with it."""
    debrief = debrief_of(owner_of(request), pk)
    remove_debrief(debrief=debrief)
    messages.info(request, "It was removed.")
    return redirect("applications-page", pk=debrief.application_id)


@require_POST
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the badly answered questions of a debrief into practice, with one press."""
    debrief = debrief_of(owner_of(request), pk)
    number = practice_badly_answered(debrief=debrief)
    if not number:
        messages.info(request, "There is none that went badly. You can choose one yourself below.")
        return redirect("debriefs-page", pk=pk)
    return redirect("practice-page")


@require_POST
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one question into practice, or take it out."""
    chosen = question_of(owner_of(request), pk)
    assert chosen.debrief_id is not None  # by the query
    practice_question(question=chosen, is_wanted=request.POST.get("practice") == "yes")
    return _back(request, "debriefs-page", chosen.debrief_id)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep whether what was heard later bears a cause out."""
    claim = claim_of(owner_of(request), pk)
    said = request.POST.get("borne_out", "")
    if said in JUDGEMENTS:
        judge_claim(claim=claim, is_borne_out=JUDGEMENTS[said], now=timezone.now())
    return _back(request, "debriefs-page", claim.debrief_id)


@require_POST
def intention(request: HttpRequest, pk: int) -> HttpResponse:
    """The one plan: tried, or moved to another day."""
    debrief = debrief_of(owner_of(request), pk)
    today = timezone.localdate()
    said = request.POST.get("said", "")
    if said == "tried":
        settle_intention(debrief=debrief, now=timezone.now())
        messages.info(request, "Good. That was the hardest part of it.")
    elif said == "open":
        settle_intention(debrief=debrief, now=None)
    elif said == "later":
        day = _day(request.POST.get("day", "")) or today + timedelta(days=1)
        if today <= day <= today + FARTHEST:
            move_intention(debrief=debrief, on=day)
        else:
            messages.warning(request, "Choose a day from today on, within two years.")
    return _back(request, "debriefs-page", pk)


@require_safe
def markdown(request: HttpRequest, pk: int) -> HttpResponse:
    """The debrief as a Markdown file."""
    debrief = debrief_of(owner_of(request), pk)
    employer = debrief.application.employer
    whom = slugify(employer.name)[:60] if employer else ""
    name = f"debrief-{whom}.md" if whom else f"debrief-{debrief.pk}.md"
    return HttpResponse(
        as_markdown(record_of(debrief), name=debrief.application.name),
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Take notes in: what is understood of them is shown first, and nothing is written yet."""
    debrief = debrief_of(owner_of(request), pk)
    form = NotesForm(request.POST, request.FILES) if request.method == "POST" else NotesForm()
    context = {"debrief": debrief, "form": form, **ROOM}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "debriefs/notes.html", context, status=status)
    text = form.notes()
    record = read_notes(text)
    if request.POST.get("do") == "take":
        take_in(debrief=debrief, record=record, now=timezone.now())
        messages.info(request, "Taken in. What stood there before is still there.")
        return redirect("debriefs-page", pk=pk)
    context |= {"text": text, "preview": preview_of(record)}
    return render(request, "debriefs/notes_preview.html", context)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _back(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return redirect(back)
    return redirect(name, pk=pk)
