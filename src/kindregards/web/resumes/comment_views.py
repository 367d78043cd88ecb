"""All readers' comments on one page, and what is made of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.resumes.document import document_of
from kindregards.core.resumes.first_look import first_look
from kindregards.core.resumes.recall import recalled
from kindregards.core.resumes.remarks import Decision
from kindregards.core.resumes.version import Format
from kindregards.web.requests import owner_of
from kindregards.web.resumes.comments import board_of, comment_of
from kindregards.web.resumes.deciding import decide, has_tracked, make_next, tracked_copy
from kindregards.web.resumes.lineage import tracked_since
from kindregards.web.resumes.marked import marked
from kindregards.web.resumes.queries import version_of

LONGEST_BECAUSE = 300
NOTHING_TO_PUT = "There is nothing to put in yet: take a comment that proposes other words."


@require_safe
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """What the readers of a version say, what several say first."""
    board = board_of(version_of(owner_of(request), pk))
    look = first_look(document_of(board.version.markdown))
    context = {
        "board": board,
        "version": board.version,
        "blocks": marked(board.version, board.together),
        "readers": [
            (
                one,
                [*zip(one.questions, one.answers, strict=False)],
                recalled(look, one.remembered),
            )
            for one in board.readers
            if one.submitted_at is not None
        ],
        "room": "resume",
    }
    return render(request, "resumes/comments.html", context)


@require_POST
def decided(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the person makes of a comment."""
    comment = comment_of(owner_of(request), pk)
    try:
        decision = Decision(request.POST.get("decision", ""))
    except ValueError:
        raise Http404 from None
    others = [one for one in request.POST.getlist("instead_of") if _is_number(one)]
    decide(
        comment=comment,
        decision=decision,
        because=request.POST.get("because", "").replace("\x00", "").strip()[:LONGEST_BECAUSE],
        now=timezone.now(),
        instead_of=[int(one) for one in others],
    )
    page = reverse("resumes-comments", args=[comment.reviewer.version_id])
    return redirect(f"{page}#c{comment.pk}")


@require_POST
def made_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the next version of what was taken."""
    made = make_next(version=version_of(owner_of(request), pk), now=timezone.now())
    if made is None:
        messages.info(request, NOTHING_TO_PUT)
        return redirect("resumes-comments", pk=pk)
    messages.info(request, f"This is version {made.number}, with what you took.")
    return redirect("resumes-version", pk=made.pk)


@require_safe
def tracked(request: HttpRequest, pk: int) -> HttpResponse:
    """The DOCX as it came, with what was taken as tracked changes."""
    version = version_of(owner_of(request), pk)
    raw = tracked_copy(version) if has_tracked(version) else tracked_since(version)
    if raw is None:
        raise Http404
    kept = {"Content-Disposition": f'attachment; filename="version-{version.number}-tracked.docx"'}
    return HttpResponse(raw, content_type=Format.DOCX.value, headers=kept)


def _is_number(given: str) -> bool:
    return given.isascii() and given.isdecimal() and len(given) < 19
