"""The list of letters and the bytes of one. Its page, where it meets its plan, is in plan/."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindregards.web.letters.queries import example_sheet, hits_on, letter_of, page_of_letters
from kindregards.web.letters.review import unsure_letters
from kindregards.web.requests import owner_of

LONGEST_SEARCH = 200


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All letters, newest first, or those with the words in the address."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    owner = owner_of(request)
    page = page_of_letters(owner, request.GET.get("page"), words)
    context = {
        "page": page,
        "words": words,
        "unsure": unsure_letters(owner).count(),
        "hits": hits_on(page, words) if words else [],
        "room": "letters",
    }
    # A page that the browser goes back to is whole, though htmx asks for it.
    is_piece = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, "letters/_found.html" if is_piece else "letters/listing.html", context)


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """An invented letter, read as any other; nothing of it is kept."""
    return render(request, "letters/example.html", {"sheet": example_sheet(timezone.now())})


@require_safe
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter exactly as it came, to keep; a download, never shown."""
    letter = letter_of(owner_of(request), pk)
    suffix = "txt" if letter.source.pasted else "eml"
    return HttpResponse(
        bytes(letter.source.raw),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="letter-{letter.pk}.{suffix}"'},
    )
