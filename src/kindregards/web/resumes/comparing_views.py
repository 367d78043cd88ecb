"""Two versions beside one another, and to which applications a version went."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.resumes.comparing import compare
from kindregards.web.models import Application, Resume, Version
from kindregards.web.requests import owner_of
from kindregards.web.resumes.queries import resume_of, version_of, versions_of
from kindregards.web.resumes.services import note_version


@require_safe
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from one version to another, by words: in line, or side by side."""
    resume = resume_of(owner_of(request), pk)
    numbers = [one.number for one in versions_of(resume)]
    to = _number(request.GET.get("to"), numbers, numbers[0])
    default = next((one for one in numbers if one < to), to)
    begun = _number(request.GET.get("from"), numbers, default)
    before, after = _numbered(resume, begun), _numbered(resume, to)
    context = {
        "resume": resume,
        "numbers": numbers[::-1],
        "before": before,
        "after": after,
        "rows": compare(before.text, after.text),
        "is_side": request.GET.get("show") == "side",
        "room": "resume",
    }
    return render(request, "resumes/compare.html", context)


@require_POST
def went_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep that a version went to an application, or that it did not after all."""
    owner = owner_of(request)
    version = version_of(owner, pk)
    given = request.POST.get("application", "")
    mine = Application.objects.filter(owner=owner)
    if given.isdecimal() and len(given) < 18:
        application = get_object_or_404(mine, pk=int(given))
        is_taken_back = request.POST.get("do") == "not"
        note_version(application=application, version=None if is_taken_back else version)
        messages.info(request, "Kept.")
    return redirect("resumes-version", pk=pk)


@require_POST
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep which version went to an application; none where it is not known."""
    owner = owner_of(request)
    application = get_object_or_404(Application.objects.filter(owner=owner), pk=pk)
    given = request.POST.get("version", "")
    is_told = given.isdecimal() and len(given) < 18
    note_version(
        application=application, version=version_of(owner, int(given)) if is_told else None
    )
    messages.info(request, "Kept.")
    return redirect("applications-page", pk=pk)


def _number(given: str | None, among: list[int], default: int) -> int:
    told = int(given) if given and given.isdecimal() and len(given) < 9 else default
    return told if told in among else default


def _numbered(resume: Resume, number: int) -> Version:
    return resume.versions.defer("original", "markdown").get(number=number)
