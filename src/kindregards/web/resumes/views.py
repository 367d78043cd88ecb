"""Resumes: the list, one resume with its versions, and one version."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindregards.core.resumes.version import Format
from kindregards.sources.documents.reader import reader
from kindregards.sources.documents.taken import MOST_PAGES, NotADocument
from kindregards.web.models import Resume, Version
from kindregards.web.requests import owner_of
from kindregards.web.resumes.forms import FileForm, NameForm
from kindregards.web.resumes.queries import resume_of, resumes_of, version_of, versions_of
from kindregards.web.resumes.services import remove, rename, take_in
from kindregards.web.resumes.showing import rendered
from kindregards.web.resumes.words import came_from, pages_said

ROOM = {"room": "resume"}


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The resumes; a file given here becomes the first version of another."""
    owner = owner_of(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        return _taken(request, form, None)
    context = {"resumes": resumes_of(owner), "form": form, **ROOM}
    return render(request, "resumes/listing.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One resume with its versions; a file given here becomes its next version."""
    resume = resume_of(owner_of(request), pk)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        return _taken(request, form, resume)
    rows = [(one, came_from(one), pages_said(one.page_count)) for one in versions_of(resume)]
    context = {"resume": resume, "rows": rows, "form": form, **ROOM}
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


@require_POST
def named(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a resume is called."""
    resume = resume_of(owner_of(request), pk)
    form = NameForm(request.POST)
    if form.is_valid():
        rename(resume=resume, name=form.cleaned_data["name"])
        messages.info(request, "Kept.")
    else:
        messages.warning(request, "A name of a few words, please.")
    return redirect("resumes-page", pk=pk)


@require_POST
def removed(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a resume for good."""
    remove(resume=resume_of(owner_of(request), pk))
    messages.info(request, "Removed, with all its versions.")
    return redirect("resumes-list")


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its words, and the pages of its file where it has some."""
    one = version_of(owner_of(request), pk)
    pages = min(one.page_count, MOST_PAGES) if one.media_type == Format.PDF else 0
    context = {
        "version": one,
        "came_from": came_from(one),
        "pages_said": pages_said(one.page_count),
        "words": rendered(one.markdown, lowered=1),
        "pages": range(1, pages + 1),
        **ROOM,
    }
    return render(request, "resumes/version.html", context)


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page of a PDF as a picture. A version never changes, so the browser may keep it."""
    one = version_of(owner_of(request), pk, with_file=True)
    if one.media_type != Format.PDF or one.original is None:
        raise Http404
    try:
        drawn = reader.picture(bytes(one.original), number - 1)
    except NotADocument as problem:
        raise Http404 from problem
    answer = HttpResponse(drawn, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came, to be saved and never shown here."""
    one = version_of(owner_of(request), pk, with_file=True)
    if one.original is None:
        raise Http404
    return _file(one, bytes(one.original), one.media_type, one.file_name or "resume")


def _file(version: Version, raw: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(raw, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
def markdown(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as Markdown."""
    one = version_of(owner_of(request), pk)
    name = f"{one.resume.name} {one.number}.md"
    return _file(one, one.markdown.encode(), "text/markdown; charset=utf-8", name)
