"""Sound: sentences spoken by the program of this computer, and files of the owner's own."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kindregards.core.speeches.aloud import sentence
from kindregards.sources.voice import NotSpokenError, installed_voice, spoken
from kindregards.web.requests import owner_of
from kindregards.web.speeches.bringing import sound_between
from kindregards.web.speeches.opening import may_speak
from kindregards.web.speeches.queries import found_speech, listening_of, own_speech

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@require_safe
def voice(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One sentence, spoken by the speech program of this computer, as a WAV file."""
    owner = owner_of(request)
    listening = listening_of(owner, pk)
    speech = found_speech(owner, listening.key)
    told = sentence(listening.text or (speech.text if speech else ""), number)
    program = installed_voice() if may_speak() else None
    if told is None or program is None:
        raise Http404
    try:
        raw = spoken(program, told, language=speech.language if speech else "en")
    except NotSpokenError as problem:
        return HttpResponse(str(problem), status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(raw, content_type="audio/wav")


@require_safe
def sound(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of sound of the owner's, whole or the range that was asked for (RFC 9110, 14)."""
    speech = own_speech(owner_of(request), pk)
    if not speech.size:
        raise Http404
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    first, last = asked_range(asked.group(1), asked.group(2), speech.size) if asked else (0, -1)
    if asked and first > last:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{speech.size}"
        return refused
    if not asked:
        last = speech.size - 1
    answer = StreamingHttpResponse(
        sound_between(speech, first, last),
        status=206 if asked else 200,
        content_type=speech.media_type,
    )
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(last - first + 1)
    if asked:
        answer["Content-Range"] = f"bytes {first}-{last}/{speech.size}"
    return answer


def asked_range(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and last byte of `bytes=first-last`; the first is behind the last for none."""
    if not first:
        return (max(0, size - int(last)), size - 1) if last and int(last) else (1, 0)
    ends = min(int(last), size - 1) if last else size - 1
    return int(first), ends
