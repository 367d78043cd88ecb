"""Who may be here twice: two side by side, one question."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.web.models import Contact
from kindregards.web.network.merging import (
    keep_apart,
    pairs_of,
    sides_of,
    take_apart,
    take_together,
)
from kindregards.web.network.queries import contact_of
from kindregards.web.network.words import said_likeness
from kindregards.web.requests import owner_of

ROOM = {"room": "people"}


@require_safe
def doubles(request: HttpRequest) -> HttpResponse:
    """Two who may be one, side by side; `later` in the address says how many to leave for later."""
    owner, pairs = owner_of(request), pairs_of(owner_of(request))
    later = min(_number(request.GET.get("later", "")), len(pairs))
    context = {"later": later, "left": len(pairs) - later, **ROOM}
    if later < len(pairs):
        pair = pairs[later]
        context |= {"sides": sides_of(owner, pair), "why": said_likeness(pair.why)}
    merged = _number(request.GET.get("together", ""))
    context["together"] = Contact.everyone.filter(
        owner=owner, pk=merged, same_as__isnull=False
    ).first()
    return render(request, "network/doubles.html", context)


@require_POST
def same(request: HttpRequest, pk: int) -> HttpResponse:
    """Take another together with this one, or keep them apart; then the next two."""
    owner, given = owner_of(request), request.POST
    one = contact_of(owner, pk)
    other = Contact.objects.filter(owner=owner, pk=_number(given.get("other", ""))).first()
    address = f"{reverse('network-doubles')}?later={_number(given.get('later', ''))}"
    if other is None or other == one:
        return redirect(address)
    if given.get("they") == "one":
        take_together(kept=one, other=other, now=timezone.now())
        address += f"&together={other.pk}"
    elif given.get("they") == "two":
        keep_apart(owner=owner, one=one, other=other)
    return redirect(address)


@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Let two who were taken together be two again."""
    hidden = Contact.everyone.filter(owner=owner_of(request), same_as__isnull=False)
    other = get_object_or_404(hidden.select_related("same_as"), pk=pk)
    kept = take_apart(other=other, now=timezone.now())
    messages.info(request, f"{kept} and {other} are two people again, each with their own.")
    return redirect("network-page", pk=kept.pk)


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
