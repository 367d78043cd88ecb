"""Coming in by a one-time link, and the page for those who have none."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kindregards.web.accounts.services import use_sign_in_link


@login_not_required
@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in whoever brings an unused link. A used one, opened again, leads home."""
    owner = use_sign_in_link(token=token, now=timezone.now())
    if owner is not None:
        login(request, owner)
    elif not request.user.is_authenticated:
        return stranger(request)
    return redirect("/")


def stranger(request: HttpRequest) -> HttpResponse:
    """Say how to come in."""
    return render(request, "accounts/stranger.html", status=403)
