"""What the person brings: files of sound, texts from an address, podcasts; and a look at links."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kindregards.core.network.feeds import NotAFeed
from kindregards.core.speeches.catalogue import speech_of
from kindregards.core.speeches.old_text import NotAText
from kindregards.core.speeches.speech import Direction, SpeechKind
from kindregards.sources.feed_connection import NotFetchedError
from kindregards.web.models import Podcast, User
from kindregards.web.requests import owner_of
from kindregards.web.speeches.bringing import (
    NotTaken,
    bytes_kept,
    keep_listed_text,
    keep_own_text,
    keep_podcast,
    keep_sound,
    look_again,
    look_there,
)
from kindregards.web.speeches.forms import BringForm
from kindregards.web.speeches.queries import found_speech, own_speech, own_speeches

ROOM = {"room": "hear"}
REFUSED = (NotFetchedError, NotAFeed, NotAText, NotTaken)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """What was brought; what is given here is added."""
    owner = owner_of(request)
    form = BringForm(request.POST) if request.method == "POST" else BringForm()
    status = 200
    if form.is_bound:
        if _brought(request, owner, form):
            return redirect("speeches-own")
        status = 422
    mine = own_speeches(owner).select_related("podcast")
    context = {
        "sounds": mine.filter(kind=SpeechKind.AUDIO),
        "texts": mine.filter(kind=SpeechKind.TEXT),
        "podcasts": Podcast.objects.filter(owner=owner).order_by("title", "pk"),
        "megabytes": round(bytes_kept(owner) / 10**6),
        "form": form,
        **ROOM,
    }
    return render(request, "speeches/own.html", context, status=status)


@require_POST
def fetch(request: HttpRequest) -> HttpResponse:
    """Fetch the words of an old speech of the catalogue, once."""
    listed = speech_of(request.POST.get("speech", "")[:200])
    if listed is None or listed.kind is not SpeechKind.TEXT:
        raise Http404
    kept = _tried(
        request,
        lambda: keep_listed_text(owner=owner_of(request), listed=listed, now=timezone.now()),
        "Fetched. It stays on this computer.",
    )
    back = request.POST.get("listening", "")
    if kept and back.isascii() and back.isdigit() and len(back) < 18:
        return redirect("speeches-listening", pk=int(back))
    return redirect("speeches-everything" if kept else "speeches-page")


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """See whether the address of one speech still answers. Only ever on a press."""
    speech = found_speech(owner_of(request), request.POST.get("speech", "")[:200])
    if speech is None or not speech.address:
        raise Http404
    try:
        look_there(speech.address)
    except NotFetchedError as problem:
        messages.warning(request, f"{problem} Something else is offered here.")
    else:
        messages.info(request, f"“{speech.title}” is there, at {speech.site}.")
    return redirect("speeches-page")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a text or a file of sound for good."""
    speech = own_speech(owner_of(request), pk)
    with transaction.atomic():
        speech.delete()
    messages.info(request, "Removed.")
    return redirect("speeches-own")


@require_POST
def podcast(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the feed of a podcast again, or let it go."""
    found = Podcast.objects.filter(owner=owner_of(request), pk=pk).first()
    if found is None:
        raise Http404
    if request.POST.get("choice") == "remove":
        found.delete()
        messages.info(request, "Removed.")
        return redirect("speeches-own")
    look_again(podcast=found, now=timezone.now())
    found.refresh_from_db()
    if found.problem:
        messages.warning(request, found.problem)
    else:
        messages.info(request, "Read again.")
    return redirect("speeches-own")


def _brought(request: HttpRequest, owner: User, form: BringForm) -> bool:
    """Whether everything that was given could be kept; what could not is said."""
    if not form.is_valid():
        messages.warning(request, "Choose a file, or give an address.")
        return False
    told, now = form.cleaned_data, timezone.now()
    direction = Direction(told["direction"] or Direction.STORY)
    if told["what"] == "podcast":
        return _tried(
            request, lambda: keep_podcast(owner=owner, told=told["address"], now=now), "Kept."
        )
    if told["what"] == "text":
        return _tried(
            request,
            lambda: keep_own_text(
                owner=owner,
                told=told["address"],
                title=told["title"],
                direction=direction,
                now=now,
            ),
            "Fetched. It stays on this computer.",
        )
    return _sounds_kept(request, owner, direction)


def _sounds_kept(request: HttpRequest, owner: User, direction: Direction) -> bool:
    files = request.FILES.getlist("files")
    if not files:
        messages.warning(request, "Choose a file with sound first.")
        return False
    kept = 0
    for file in files:
        trouble = getattr(file, "trouble", "")
        try:
            if trouble:
                raise NotTaken(trouble)
            keep_sound(
                owner=owner,
                file=file,
                name=str(file.name),
                size=file.size or 0,
                direction=direction,
                now=timezone.now(),
            )
            kept += 1
        except NotTaken as problem:
            messages.warning(request, str(problem))
    if kept:
        messages.info(request, "Kept." if kept == 1 else f"{kept} files are kept.")
    return kept == len(files)


def _tried(request: HttpRequest, bring: Callable[[], object], said: str) -> bool:
    """Whether it was kept; else the sentence why not, with the way to something else."""
    try:
        bring()
    except REFUSED as problem:
        messages.warning(request, f"{problem} There is enough else to hear.")
        return False
    messages.info(request, said)
    return True
