"""One version of a resume with what was noticed in it, its pages and files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.resumes.version import Format
from kindregards.sources.documents.reader import reader
from kindregards.sources.documents.taken import MOST_PAGES, NotADocument
from kindregards.web.models import Application, Version
from kindregards.web.requests import owner_of
from kindregards.web.resumes.forms import NameForm
from kindregards.web.resumes.lineage import origin_of
from kindregards.web.resumes.looking import look_over
from kindregards.web.resumes.queries import resume_of, version_of
from kindregards.web.resumes.services import remove, rename
from kindregards.web.resumes.showing import rendered
from kindregards.web.resumes.words import came_from, pages_said

ROOM = {"room": "resume"}
CHOSEN_FROM = 200  # applications; a longer list is no help


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
    owner = owner_of(request)
    one = version_of(owner, pk)
    looked = look_over(one, one.markdown, page_count=one.page_count)
    mine = Application.objects.filter(owner=owner).select_related("employer")
    pages = min(one.page_count, MOST_PAGES) if one.media_type == Format.PDF else 0
    context = {
        "version": one,
        "came_from": came_from(one),
        "pages_said": pages_said(one.page_count),
        "words": rendered(one.markdown, lowered=1),
        "pages": range(1, pages + 1),
        "looked": looked,
        "remarks": looked.remarks,
        "origin": origin_of(one),
        "went": mine.filter(version=one).order_by("-began_at"),
        "others": mine.exclude(version=one).order_by("-began_at", "-pk")[:CHOSEN_FROM],
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
