"""The page of one reader. Its address is all that opens it, so there is no cookie and no session.

A wrong, an expired and a revoked address, and one whose review has closed, get the same answer.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kindregards.core.resumes.review import BROKEN, MOST_BYTES, TOO_LARGE, ReviewError
from kindregards.web.models import Reviewer, ShareLink
from kindregards.web.requests import owner_of
from kindregards.web.reviews import keep_review, kept_by
from kindregards.web.share_links import count_opened, is_in_time, link_at
from kindregards.web.sharing.packet_page import packet_name, packet_of
from kindregards.web.sharing.page import data_of_link, page_of
from kindregards.web.zones import zone_named

View = Callable[[HttpRequest, str], HttpResponse]
LinkView = Callable[[HttpRequest, ShareLink, str], HttpResponse]

CLOSED = "This link opens nothing, or nothing any more. Ask whoever sent it to you for a new one."
TOO_OFTEN = "That was very often in one minute. Wait a minute; what was kept is kept."
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
TOLD = {
    "said": "Kept. Choose the next words, or give it back below.",
    "unsaid": "Taken back.",
    "kept": "Kept. You can come back and go on.",
    "done": "It is given back. You can come back and add to it until it closes.",
}


def for_reader(view: LinkView) -> View:
    """Let in whoever has the link of a review that is open, and say nothing to others."""

    @login_not_required
    @csrf_exempt  # no cookie opens anything here: who can name the address may ask
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def _guarded(request: HttpRequest, token: str) -> HttpResponse:
        answer = _answer(request, token, view)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        return answer

    return _guarded


def _answer(request: HttpRequest, token: str, view: LinkView) -> HttpResponse:
    now = timezone.now()
    link = link_at(token, now)
    if link is None:
        return _refused(request, CLOSED, 404)
    if not is_in_time(link=link, now=now):
        return _refused(request, TOO_OFTEN, 429)
    if _is_too_large(request):
        return _refused(request, TOO_LARGE, 413)
    with timezone.override(zone_named(link.owner.time_zone)):
        return view(request, link, token)


@for_reader
def review(request: HttpRequest, link: ShareLink, token: str) -> HttpResponse:
    """The resume, and what its reader says of it. Without scripts, a form does all of it."""
    reviewer = link.reviewer
    if request.method == "POST":
        return _form(request, reviewer, token)
    if request.method == "GET":
        count_opened(link=link)
    told = TOLD.get(request.GET.get("told", ""), "")
    return _page(request, reviewer, token, {"told": told})


@for_reader
def keep(request: HttpRequest, link: ShareLink, token: str) -> HttpResponse:
    """Keep what the page's script sends, or take it as given back."""
    if request.method != "POST":
        return redirect("sharing-review", token=token)
    try:
        record = json.loads(request.body)
        done = keep_review(reviewer=link.reviewer, record=record, now=timezone.now()).is_done
    except ReviewError as refused:
        return JsonResponse({"why": str(refused)}, status=422)
    except (ValueError, RecursionError):
        return JsonResponse({"why": BROKEN}, status=422)
    page = reverse("sharing-review", args=[token])
    return JsonResponse({"next": f"{page}?told=done"} if done else {})


@login_not_required
@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """What stands at every other address below the readers' one."""
    answer = _refused(request, CLOSED, 404)
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


def _form(request: HttpRequest, reviewer: Reviewer, token: str) -> HttpResponse:
    """What the page's forms send where there are no scripts."""
    what, _, key = request.POST.get("do", "").partition(":")
    record = {**kept_by(reviewer), "done": what == "done"}
    if what == "say":
        record["comments"] = [*record["comments"], _comment(request)]
    elif what == "unsay":
        record["comments"] = [one for one in record["comments"] if one["key"] != key]
    else:
        record |= _rest(request, reviewer)
    try:
        keep_review(reviewer=reviewer, record=record, now=timezone.now())
    except ReviewError as refused:
        more = {"told": str(refused), "written": request.POST}
        return _page(request, reviewer, token, more, status=422)
    told = {"say": "said", "unsay": "unsaid", "done": "done"}.get(what, "kept")
    return redirect(f"{reverse('sharing-review', args=[token])}?told={told}#told")


def _comment(request: HttpRequest) -> dict[str, Any]:
    names = ("exact", "kind", "text", "replacement")
    given = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in names}
    return {**given, "key": secrets.token_hex(8)}


def _rest(request: HttpRequest, reviewer: Reviewer) -> dict[str, Any]:
    return {
        "remembered": request.POST.get("remembered", ""),
        "remarks": request.POST.get("remarks", ""),
        "answers": [
            request.POST.get(f"answer{number}", "") for number in range(len(reviewer.questions))
        ],
    }


def _page(
    request: HttpRequest,
    reviewer: Reviewer,
    token: str,
    more: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    page = page_of(reviewer)
    context = {**page, "data": data_of_link(page, token), "token": token, **more}
    return render(request, "sharing/review.html", context, status=status)


def _is_too_large(request: HttpRequest) -> bool:
    told = request.headers.get("Content-Length") or "0"
    return not told.isdecimal() or int(told) > 2 * MOST_BYTES


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    if request.content_type == "application/json":
        return JsonResponse({"why": sentence}, status=status)
    return render(request, "sharing/closed.html", {"sentence": sentence}, status=status)


@require_safe
def packet(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner takes along the file that they mail to a reader."""
    mine = Reviewer.objects.select_related("version__resume", "owner")
    reviewer = get_object_or_404(mine, owner=owner_of(request), pk=pk)
    kept = {"Content-Disposition": f'attachment; filename="{packet_name(reviewer)}"'}
    return HttpResponse(packet_of(reviewer), content_type="text/html; charset=utf-8", headers=kept)
