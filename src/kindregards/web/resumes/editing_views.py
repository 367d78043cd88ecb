"""Editing a version: its words with what was noticed in them, kept while one types."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.web.models import Rewrite, Version
from kindregards.web.requests import owner_of
from kindregards.web.resumes.forms import RewriteForm
from kindregards.web.resumes.looking import look_over
from kindregards.web.resumes.queries import version_of
from kindregards.web.resumes.rewriting import (
    ChangedElsewhereError,
    drop,
    finish,
    keep,
    make_again,
    rewrite_of,
    take_back,
    take_instead,
)
from kindregards.web.resumes.showing import rendered

CHANGED = "This was changed in another window, and what you wrote here was not kept yet."
TOO_LONG = "This is longer than any resume, so it was not kept yet."
NO_REVISION = -1


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as it can be edited, or as it was edited last."""
    version = version_of(owner_of(request), pk)
    return _page(request, version, rewrite_of(version))


@require_POST
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed: the fragment for a page that is open, else what was pressed."""
    version = version_of(owner_of(request), pk)
    refusal = _keep(request, version)
    if refusal is not None:
        return refusal
    rewrite = rewrite_of(version)
    if request.headers.get("HX-Request"):
        return render(request, "resumes/_look.html", _context(version, rewrite))
    take = request.POST.get("take", "")
    if take.isdecimal() and len(take) < 4:
        _take(request, version, rewrite, int(take))
    return redirect("resumes-edit", pk=pk)


@require_POST
def undone(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last change back."""
    return _changed(request, pk, take_back)


@require_POST
def redone(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the change again that was taken back last."""
    return _changed(request, pk, make_again)


@require_POST
def finished(request: HttpRequest, pk: int) -> HttpResponse:
    """Make what was written the next version."""
    version = version_of(owner_of(request), pk)
    refusal = _keep(request, version)
    if refusal is not None:
        return refusal
    made = finish(version=version, now=timezone.now())
    if made is None:
        messages.info(request, "Nothing is different yet, so there is no new version.")
        return redirect("resumes-edit", pk=pk)
    messages.info(request, f"This is {made} now. {version} stays as it was.".replace("V", "v", 1))
    return redirect("resumes-version", pk=made.pk)


@require_POST
def dropped(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the edited words go."""
    version = version_of(owner_of(request), pk)
    drop(version=version)
    messages.info(request, f"What you wrote is gone. {version} is as it was.")
    return redirect("resumes-version", pk=pk)


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """A version on a page that the browser prints, or saves as PDF."""
    version = version_of(owner_of(request), pk)
    context = {"version": version, "words": rendered(version.markdown)}
    return render(request, "resumes/print.html", context)


def _changed(request: HttpRequest, pk: int, change: Callable[..., Rewrite]) -> HttpResponse:
    version = version_of(owner_of(request), pk)
    refusal = _keep(request, version)
    if refusal is not None:
        return refusal
    rewrite = rewrite_of(version)
    try:
        if rewrite.pk:
            change(rewrite=rewrite, now=timezone.now())
    except ChangedElsewhereError:
        return _page(request, version, rewrite_of(version), status=409, problem=CHANGED)
    return redirect("resumes-edit", pk=pk)


def _take(request: HttpRequest, version: Version, rewrite: Rewrite, number: int) -> None:
    for remark in look_over(version, rewrite.markdown).remarks:
        if remark.number == number and remark.can_be_taken:
            take_instead(rewrite=rewrite, finding=remark.finding, now=timezone.now())
            messages.info(request, "Changed. You can take it back below the text.")


def _keep(request: HttpRequest, version: Version) -> HttpResponse | None:
    """Keep what was typed; where that cannot be, the page that says so with the words on it."""
    if "markdown" not in request.POST:
        return None
    form = RewriteForm(request.POST)
    typed = request.POST["markdown"]
    if "markdown" in form.errors:
        return _page(
            request, version, rewrite_of(version), status=422, problem=TOO_LONG, unkept=typed
        )
    now, revision = timezone.now(), form.cleaned_data.get("revision", NO_REVISION)
    try:
        keep(version=version, revision=revision, markdown=form.cleaned_data["markdown"], now=now)
    except ChangedElsewhereError:
        return _page(
            request, version, rewrite_of(version), status=409, problem=CHANGED, unkept=typed
        )
    return None


def _page(
    request: HttpRequest,
    version: Version,
    rewrite: Rewrite,
    *,
    status: int = 200,
    problem: str = "",
    unkept: str = "",
) -> HttpResponse:
    context = _context(version, rewrite) | {"problem": problem, "unkept": unkept}
    if request.headers.get("HX-Request"):
        # The open page keeps its old revision: the next key must not overwrite the other window.
        context["revision"] = request.POST.get("revision", "")
        return render(request, "resumes/_look.html", context, status=status)
    return render(request, "resumes/edit.html", context, status=status)


def _context(version: Version, rewrite: Rewrite) -> dict[str, object]:
    looked = look_over(version, rewrite.markdown)
    return {
        "version": version,
        "rewrite": rewrite,
        "revision": rewrite.revision,
        "looked": looked,
        "remarks": looked.remarks,
        "pieces": looked.pieces,
        "room": "resume",
    }
