"""How the person writes: letters of their own, and what is taken from them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kindregards.web.models import Sample
from kindregards.web.outreach.forms import SampleForm
from kindregards.web.outreach.words import habits_said
from kindregards.web.outreach.writing import own_habits
from kindregards.web.requests import owner_of

LANGUAGES = (("en", "In English"), ("de", "In German"))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The samples, what they show, and room for one more."""
    owner = owner_of(request)
    samples = Sample.objects.filter(owner=owner)
    form = SampleForm(request.POST or None)
    if request.method == "POST" and samples.count() >= Sample.MOST:
        messages.info(request, f"{Sample.MOST} letters are enough. Remove one to add another.")
        return redirect("outreach-samples")
    if request.method == "POST" and form.is_valid():
        Sample.objects.create(owner=owner, text=form.cleaned_data["text"], added_at=timezone.now())
        messages.info(request, "Kept. Letters written from now on follow it.")
        return redirect("outreach-samples")
    context = {
        "form": form,
        "samples": samples,
        "is_full": samples.count() >= Sample.MOST,
        "shown": [
            (title, said)
            for language, title in LANGUAGES
            if (said := habits_said(own_habits(owner.pk, language)))
        ],
        "room": "settings",
    }
    return render(request, "outreach/samples.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a sample."""
    get_object_or_404(Sample, owner=owner_of(request), pk=pk).delete()
    messages.info(request, "Removed.")
    return redirect("outreach-samples")
