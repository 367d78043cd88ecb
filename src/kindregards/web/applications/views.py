"""The page of one application."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kindregards.web.applications.forms import STAGES, ApplicationForm
from kindregards.web.applications.queries import application_of
from kindregards.web.requests import owner_of


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it came, how it stands, and the letters that say so."""
    application = application_of(owner_of(request), pk)
    form = ApplicationForm(
        initial={
            "employer": application.employer.name if application.employer else "",
            "role": application.role,
            "stage": application.own_stage,
        }
    )
    context = {
        "application": application,
        "reached": STAGES[application.stage],  # type: ignore[index]
        "letters": application.letters.order_by("sent_at", "pk"),
        "form": form,
        "room": "letters",
    }
    return render(request, "applications/page.html", context)
