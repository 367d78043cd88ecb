"""Sound: sentences spoken by the program of this computer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kindregards.core.speeches.aloud import sentence
from kindregards.sources.voice import NotSpokenError, installed_voice, spoken
from kindregards.web.requests import owner_of
from kindregards.web.speeches.opening import may_speak
from kindregards.web.speeches.queries import found_speech, listening_of


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
