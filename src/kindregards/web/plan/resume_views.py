"""Resumes as pages show them beside all applications: the list, and one resume."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kindregards.web.models import Resume
from kindregards.web.plan.resumes import fared, gate_of
from kindregards.web.requests import owner_of
from kindregards.web.resumes.forms import FileForm
from kindregards.web.resumes.queries import resume_of, resumes_of, versions_of
from kindregards.web.resumes.services import take_in
from kindregards.web.resumes.words import came_from, pages_said

ROOM = {"room": "resume"}


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The resumes; a file given here becomes the first version of another."""
    owner = owner_of(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        return _taken(request, form, None)
    context = {
        "resumes": resumes_of(owner),
        "form": form,
        "gate": gate_of(owner, timezone.now()),
        **ROOM,
    }
    return render(request, "resumes/listing.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One resume with its versions and how they fared; a file given here becomes the next one."""
    owner, now = owner_of(request), timezone.now()
    resume = resume_of(owner, pk)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        return _taken(request, form, resume)
    by_version = fared(resume, owner, now)
    rows = [
        (one, came_from(one), pages_said(one.page_count), by_version.get(one.pk))
        for one in versions_of(resume)
    ]
    context = {"resume": resume, "rows": rows, "form": form, "gate": gate_of(owner, now), **ROOM}
    return render(request, "resumes/page.html", context, status=422 if form.is_bound else 200)


def _taken(request: HttpRequest, form: FileForm, resume: Resume | None) -> HttpResponse:
    version = take_in(
        owner=owner_of(request),
        taken=form.taken,
        raw=form.raw,
        file_name=form.cleaned_data["file"],
        now=timezone.now(),
        resume=resume,
    )
    return redirect("resumes-version", pk=version.pk)
