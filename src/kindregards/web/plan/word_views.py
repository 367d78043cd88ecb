"""From a word that is due, or a reason to write, to its letter: one press."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kindregards.web.network.queries import contact_of
from kindregards.web.plan.words_out import wanted_word
from kindregards.web.requests import owner_of


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the letter to somebody: on an occasion, of progress, or a note of invitation."""
    contact = contact_of(owner_of(request), pk)
    draft = wanted_word(
        contact=contact,
        kind=request.POST.get("kind", ""),
        occasion=request.POST.get("occasion", ""),
        now=timezone.now(),
    )
    return redirect("outreach-draft", pk=draft.pk)
