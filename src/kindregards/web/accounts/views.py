"""Coming in by a one-time link, and the page for those who have none."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from kindregards.core.help_lines import compared_on, help_lines, lines_near
from kindregards.web.accounts.forms import SettingsForm
from kindregards.web.accounts.services import use_sign_in_link
from kindregards.web.requests import owner_of
from kindregards.web.settings import DATA_FOLDER

STRANGER = {
    "title": "This door opens with a link",
    "sentence": "Kind Regards opens only for the person who started it on this computer. Open the "
    "link that the program printed; starting it again prints a new one.",
}


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
    return render(request, "accounts/stranger.html", STRANGER, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The person's name, address and time zone: what their letters are signed with."""
    owner = owner_of(request)
    form = SettingsForm(request.POST or None, instance=owner)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.info(request, "Kept.")
        return redirect("accounts-settings")
    status = 422 if form.errors else 200
    context = {"form": form, "data_folder": DATA_FOLDER, "room": "settings"}
    return render(request, "accounts/settings.html", context, status=status)


@require_safe
def somebody(request: HttpRequest) -> HttpResponse:
    """Whom to talk to when it is too much (R17), the lines of the country by the clock first."""
    near = lines_near(timezone.get_current_timezone_name())
    context = {
        "near": near,
        "others": [line for line in help_lines() if line not in near],
        "compared_on": compared_on(),
        "room": "somebody",
    }
    return render(request, "accounts/somebody.html", context)
