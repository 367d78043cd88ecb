"""Somebody who can tell: they hear an attempt, on this screen, without the person's own rating."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kindregards.core.practice.rubric import known_ratings
from kindregards.web.models import Critique
from kindregards.web.practice.forms import CritiqueForm
from kindregards.web.practice.queries import attempt_of
from kindregards.web.practice.recordings import is_there
from kindregards.web.practice.services import keep_critique
from kindregards.web.practice.showing import rating_of
from kindregards.web.requests import owner_of

ROOM = {"room": "practice"}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, the answer, and what to say of it; nothing of what the person made of it."""
    attempt = attempt_of(owner_of(request), pk)
    form = CritiqueForm(request.POST if request.method == "POST" else None)
    ratings = known_ratings(request.POST.dict())
    if form.is_bound and form.is_valid():
        keep_critique(attempt=attempt, told=form.cleaned_data, ratings=ratings, now=timezone.now())
        messages.info(request, "Kept, with thanks. What to try next brings the question back soon.")
        return redirect("practice-attempt", pk=pk)
    context = {
        "attempt": attempt,
        "question": attempt.question,
        "can_be_heard": is_there(attempt),
        "rubric": rating_of(ratings),
        "form": form,
        **ROOM,
    }
    return render(request, "practice/critique.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a critique; what to try next stays with the question."""
    critique = get_object_or_404(Critique, owner=owner_of(request), pk=pk)
    critique.delete()
    messages.info(request, "Removed.")
    return redirect("practice-attempt", pk=critique.attempt_id)
