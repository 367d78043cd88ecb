"""The list of applications and the page of one."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.letters.reading import Stage
from kindregards.core.spreadsheet import as_csv, as_json
from kindregards.web.applications.exporting import records
from kindregards.web.applications.forms import ApplicationForm
from kindregards.web.applications.listing import AGES, SORTS, Wanted, found, row_of
from kindregards.web.applications.queries import (
    application_of,
    last_rearrangement,
    others_than,
    versions_known,
)
from kindregards.web.applications.services import put_out_of_sight, remove_application
from kindregards.web.applications.words import STAGES, STANDINGS
from kindregards.web.contacts import people_at
from kindregards.web.requests import owner_of
from kindregards.web.told_here import with_told_here

EXPORTS = {"csv": ("text/csv; charset=utf-8", as_csv), "json": ("application/json", as_json)}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All applications, narrowed and sorted as the address says; 50 a page."""
    owner, wanted = owner_of(request), Wanted.of(request.GET)
    context = {
        "found": found(owner, wanted, timezone.now()),
        "wanted": wanted,
        "hides_rejected": owner.hides_rejected,
        "stages": [(stage.value, STAGES[stage]) for stage in Stage],
        "standings": [(one.value, said) for one, said in STANDINGS.items()],
        "ages": AGES.items(),
        "sorts": SORTS.items(),
        "room": "applications",
    }
    # A page that the browser goes back to is whole, though htmx asks for it.
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        return render(request, "applications/_found.html", context)
    return render(request, "applications/listing.html", context)


@require_POST
def sight(request: HttpRequest) -> HttpResponse:
    """Put rejected applications out of sight, or back; remembered until it is changed."""
    put_out_of_sight(owner=owner_of(request), rejected=request.POST.get("rejected") == "hide")
    wanted = Wanted.of(QueryDict(request.POST.get("back", "")[:2000]))
    return redirect(f"{reverse('applications-list')}?{wanted.address}".rstrip("?"))


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """All applications as a file: CSV for a spreadsheet, JSON for a program."""
    kind, written = EXPORTS[form]
    return HttpResponse(
        written(records(owner_of(request))),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="applications.{form}"'},
    )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an application that has no letters, for good."""
    application = application_of(owner_of(request), pk)
    if not remove_application(application=application):
        messages.warning(request, "It has letters. Move or remove them first.")
        return redirect("applications-page", pk=pk)
    messages.info(request, "The application was removed.")
    return redirect("applications-list")


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it came, how it stands, and the letters that say so."""
    owner = owner_of(request)
    application = application_of(owner, pk)
    form = ApplicationForm(
        initial={
            "employer": application.employer.name if application.employer else "",
            "role": application.role,
            "stage": application.own_stage,
            "outcome": application.own_outcome,
            "outcome_date": _day(application.own_outcome_at),
            "applied_date": application.applied_date,
            "route": application.route,
            "found_through": application.found_through,
            "link": application.link,
            "note": application.note,
        }
    )
    now = timezone.now()
    context = {
        "application": application,
        "row": row_of(application, now),
        "people": people_at(owner, application.employer, now),
        "letters": with_told_here(application.letters.order_by("sent_at", "pk")),
        "versions": versions_known(owner),
        "debriefs": application.debriefs.order_by("pk"),
        "others": others_than(owner, application),
        "rearranged": last_rearrangement(application),
        "form": form,
        "room": "applications",
    }
    return render(request, "applications/page.html", context)


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
