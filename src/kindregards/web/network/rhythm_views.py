"""What the person says of a word that is due, and of how close somebody is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kindregards.core.network.rhythm import Closeness
from kindregards.web.models import Contact
from kindregards.web.network.deciding import Before, Decision, decide, keep_closeness, take_back
from kindregards.web.network.forms import ClosenessForm, DecisionForm
from kindregards.web.network.queries import contact_of
from kindregards.web.requests import owner_of

UNDO = "word_decided"
UNDO_WITHIN = timedelta(minutes=30)
SAID = {
    Decision.DONE: "Noted: you wrote to {}.",
    Decision.LATER: "{} can wait a week.",
    Decision.NOT_THIS: "Not this one. {} stays here.",
    Decision.REST: "{} rests. No reminder comes until you say otherwise.",
}


@require_POST
def decided(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the person says of a word that is due; it can be taken back."""
    contact, form = contact_of(owner_of(request), pk), DecisionForm(request.POST)
    if form.is_valid():
        now = timezone.now()
        before = decide(contact=contact, decision=Decision(form.cleaned_data["decision"]), now=now)
        if not before.is_of_nothing:  # pressed twice, what can be taken back is the first
            request.session[UNDO] = {"at": now.isoformat(), "before": before.told()}
    return _back(request, contact)


@require_POST
def undone(request: HttpRequest) -> HttpResponse:
    """Take the last decision back."""
    kept = request.session.pop(UNDO, None)
    contact = None
    if kept is not None:
        before, now = Before.of(kept["before"]), timezone.now()
        contact = take_back(owner=owner_of(request), before=before, now=now)
    if contact is not None:
        messages.info(request, f"Taken back. {contact} is as before.")
    return _back(request, contact)


@require_POST
def closeness(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep how close somebody is, and what was promised."""
    contact, form = contact_of(owner_of(request), pk), ClosenessForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        keep_closeness(
            contact=contact,
            closeness=Closeness(told["closeness"]) if told["closeness"] else None,
            promised=told["promised"].strip(),
            now=timezone.now(),
        )
        messages.info(request, "Kept.")
    else:
        messages.warning(request, "That was too long to keep. A few lines are enough.")
    return redirect("network-page", pk=pk)


def decision_to_undo(request: HttpRequest, now: datetime) -> dict[str, Any] | None:
    """The decision of the last half hour that can be taken back, in words for a page."""
    kept = request.session.get(UNDO)
    if kept is None or datetime.fromisoformat(kept["at"]) < now - UNDO_WITHIN:
        return None
    before = Before.of(kept["before"])
    contact = Contact.objects.filter(owner=owner_of(request), pk=before.contact).first()
    if contact is None:
        return None
    return {"said": SAID[Decision(before.decision)].format(contact), "contact": contact}


def _back(request: HttpRequest, contact: Contact | None) -> HttpResponse:
    if contact is None or request.POST.get("home"):
        return redirect("plan-home")
    return redirect("network-page", pk=contact.pk)
