"""Asking for readers, with what all applications say of the resume first (R22)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kindregards.core.diagnosis import wrong_fix
from kindregards.web.diagnosis.queries import diagnosis_of
from kindregards.web.requests import owner_of
from kindregards.web.resumes.asking import FEWEST, MOST, OFFERED, ask
from kindregards.web.resumes.queries import version_of
from kindregards.web.resumes.reader_forms import AskForm
from kindregards.web.resumes.reader_queries import readings_of
from kindregards.web.share_links import can_be_reached


@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reads a version, and the form that asks one more."""
    owner, now = owner_of(request), timezone.now()
    version = version_of(owner, pk)
    form = AskForm(request.POST) if request.method == "POST" else AskForm()
    if form.is_bound and form.is_valid():
        reviewer = ask(version=version, now=now, **form.asked())
        return redirect("resumes-reader", pk=reviewer.pk)
    found = diagnosis_of(owner, now)
    readings = readings_of(version, now)
    context = {
        "version": version,
        "readings": readings,
        "given_back": sum(one.reviewer.submitted_at is not None for one in readings),
        "form": form,
        "offered": OFFERED,
        "can_be_reached": can_be_reached(),
        "fewest": FEWEST,
        "most": MOST,
        "wrong_fix": wrong_fix(found) if found.on_paper.works else "",
        "room": "resume",
    }
    status = 422 if form.is_bound else 200
    return render(request, "resumes/readers.html", context, status=status)
