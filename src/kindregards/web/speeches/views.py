"""Something to hear: the one for now, what there is, listening, and the marks around it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.mood import LOW, weighs_heavily
from kindregards.core.speeches.aloud import paragraphs
from kindregards.core.speeches.lift import ENOUGH, lifts, said_change, said_lift
from kindregards.core.speeches.speech import SpeechKind
from kindregards.sources.voice import installed_voice
from kindregards.web.models import Listening, User
from kindregards.web.moods import marks_of
from kindregards.web.requests import owner_of
from kindregards.web.speeches import picture
from kindregards.web.speeches.forms import MarkForm, WishForm
from kindregards.web.speeches.grid import spots
from kindregards.web.speeches.offering import chosen_now
from kindregards.web.speeches.opening import allow_media, may_speak
from kindregards.web.speeches.queries import (
    comfort_of,
    found_speech,
    heard_of,
    is_kindness_due,
    listening_of,
    speeches_for,
)
from kindregards.web.speeches.services import begin_listening, end_listening, mark

ROOM = {"room": "hear"}
GONE = "That is not here any more. Here is something else."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The one for now, why this one, and the way to all others."""
    owner, now = owner_of(request), timezone.now()
    form = WishForm(request.GET)
    form.is_valid()
    heard = heard_of(owner)
    chosen, turn = chosen_now(owner, heard, form.cleaned_data, now)
    context = {
        "chosen": chosen,
        "turn": turn + 1,
        "wished": {name: form.cleaned_data.get(name, "") for name in ("direction", "length")},
        "directions": DIRECTIONS,
        "lengths": LENGTH_NAMES,
        "just_heard": _just_heard(owner, request.GET.get("after", "")),
        "is_kindness_due": is_kindness_due(owner, now),
        "comfort": comfort_of(owner),
        "has_marks": any(one.change is not None for one in heard),
        **ROOM,
    }
    return render(request, "speeches/page.html", context)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """All there is to hear, by where it comes from."""
    groups: dict[SpeechKind, list[Any]] = {kind: [] for kind in SpeechKind}
    for one in speeches_for(owner_of(request)):
        groups[one.kind].append(one)
    own = groups[SpeechKind.OWN]
    context = {
        "pieces": [one for one in own if one.language == "en"],
        "german": [one for one in own if one.language == "de"],
        "talks": groups[SpeechKind.TALK],
        "texts": groups[SpeechKind.TEXT],
        "mine": [*groups[SpeechKind.AUDIO], *groups[SpeechKind.EPISODE]],
        **ROOM,
    }
    return render(request, "speeches/everything.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin to listen to one of them."""
    owner = owner_of(request)
    speech = found_speech(owner, request.POST.get("speech", "")[:200])
    if speech is None:
        messages.info(request, GONE)
        return redirect("speeches-page")
    listening = begin_listening(owner=owner, speech=speech, now=timezone.now())
    return redirect("speeches-listening", pk=listening.pk)


@require_safe
def listening_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The words, the talk's address or the sound, with the marks around it."""
    owner = owner_of(request)
    listening = listening_of(owner, pk)
    speech = found_speech(owner, listening.key)
    text = listening.text or (speech.text if speech else "")
    plays = speech is not None and speech.kind is SpeechKind.EPISODE and "play" in request.GET
    voice = installed_voice() if text and may_speak() else None
    context = {
        "listening": listening,
        "speech": speech,
        "paragraphs": paragraphs(text),
        "language": speech.language if speech else "en",
        "voice": voice,
        "plays": plays,
        "own_number": listening.key.partition(":")[2],
        "spots": spots(),
        "is_low": bool(listening.before and listening.before.felt <= LOW),
        **ROOM,
    }
    response = render(request, "speeches/listening.html", context)
    if plays and speech is not None:
        allow_media(response, speech.address)
    return response


@require_POST
def make_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a mark; after three very low days the way leads to somebody to talk to (R17)."""
    owner, now = owner_of(request), timezone.now()
    listening = listening_of(owner, pk)
    form, is_after = MarkForm(request.POST), request.POST.get("when") == "after"
    if not form.is_valid():
        messages.info(request, "That was no mark. It can be left out, too.")
        return redirect("speeches-listening", pk=pk)
    mark(
        listening=listening,
        is_after=is_after,
        pleasure=form.cleaned_data["pleasure"],
        energy=form.cleaned_data["energy"],
        now=now,
    )
    if weighs_heavily(marks_of(owner, now), today=timezone.localtime(now).date()):
        return redirect("accounts-somebody")
    if is_after:
        return redirect(f"{reverse('speeches-page')}?after={pk}")
    return redirect("speeches-listening", pk=pk)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """It is over, without a mark."""
    end_listening(listening=listening_of(owner_of(request), pk), now=timezone.now())
    return redirect("speeches-page")


@require_safe
def as_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The words as a file of text."""
    owner = owner_of(request)
    listening = listening_of(owner, pk)
    speech = found_speech(owner, listening.key)
    text = listening.text or (speech.text if speech else "")
    if not text:
        raise Http404
    answer = HttpResponse(
        f"{listening.title}\n\n{text}\n", content_type="text/plain; charset=utf-8"
    )
    named = content_disposition_header(as_attachment=True, filename=f"{listening.title}.txt")
    answer["Content-Disposition"] = named or "attachment"
    return answer


@require_safe
def marks(request: HttpRequest) -> HttpResponse:
    """The person's own marks over time, and from six uses on what they come to (R32)."""
    owner = owner_of(request)
    heard = heard_of(owner)
    changes = [one for one in heard if one.change is not None]
    rows = (
        Listening.objects.filter(owner=owner, after__pleasure__isnull=False)
        .select_related("before", "after")
        .order_by("-began_at", "-pk")[: picture.MOST]
    )
    context = {
        "said": [said_lift(name, lift) for name, lift in lifts(heard)],
        "uses": len(changes),
        "enough": ENOUGH,
        "picture": picture.of(list(rows)),
        **ROOM,
    }
    return render(request, "speeches/marks.html", context)


@require_safe
def walk(request: HttpRequest) -> HttpResponse:
    """Five minutes on foot, without any talk."""
    return render(request, "speeches/walk.html", {"minutes": 5, **ROOM})


DIRECTIONS = (("", "Whichever"), ("calm", "Calm"), ("story", "A story"), ("fire", "Fire"))
LENGTH_NAMES = (("", "Any length"), ("short", "A few minutes"), ("medium", "Ten or so"))


def _just_heard(owner: User, told: str) -> dict[str, Any] | None:
    """What was just heard, with its two marks in words."""
    if not (told.isascii() and told.isdigit() and len(told) < 18):
        return None
    row = Listening.objects.filter(owner=owner, pk=int(told)).select_related("before", "after")
    one = row.first()
    if one is None or one.after is None or one.after.pleasure is None:
        return None
    before = one.before.pleasure if one.before else None
    change = said_change(one.after.pleasure - before) if before else ""
    return {"title": one.title, "change": change}
