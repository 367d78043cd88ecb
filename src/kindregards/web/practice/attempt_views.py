"""One attempt: the screen, the pieces of a recording, listening, its words, and the rating."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindregards.core.practice.rubric import known_ratings
from kindregards.core.practice.wav import LONGEST_MINUTES
from kindregards.web.models import Attempt, Critique, WordsFrom
from kindregards.web.practice.forms import SoundForm, WordsForm
from kindregards.web.practice.queries import attempt_of, interview_date, question_of
from kindregards.web.practice.recordings import (
    MOST_AT_ONCE,
    NotKept,
    is_there,
    keep_piece,
    remove_recordings,
    samples_in,
)
from kindregards.web.practice.services import (
    begin_recording,
    end_attempt,
    keep_recording,
    keep_transcript,
    keep_written,
    rate_attempt,
    remove_attempt,
)
from kindregards.web.practice.showing import critiques_of, measured, origin_of, rating_of, said_of
from kindregards.web.practice.sounding import as_wav
from kindregards.web.practice.words import facts_of
from kindregards.web.requests import owner_of

ROOM = {"room": "practice"}
# The microphone is closed on every page but this one.
OPEN_MICROPHONE = "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The question and a quiet clock; notes come after (R34). A written answer is kept."""
    question = question_of(owner_of(request), pk)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.cleaned_data["words"]:
        words = form.cleaned_data["words"]
        attempt = keep_written(question=question, words=words, now=timezone.now())
        return redirect("practice-attempt", pk=attempt.pk)
    context = {
        "question": question,
        "origin": origin_of(question),
        "is_empty": form.is_bound,
        "sound_form": SoundForm(),
        "most_seconds": LONGEST_MINUTES * 60,
        **ROOM,
    }
    answer = render(request, "practice/try.html", context, status=422 if form.is_bound else 200)
    answer["Permissions-Policy"] = OPEN_MICROPHONE
    return answer


@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a recording; the answer tells where its pieces go."""
    question = question_of(owner_of(request), pk)
    attempt = begin_recording(question=question, now=timezone.now())
    return JsonResponse(
        {
            "piece": reverse("practice-piece", args=[attempt.pk]),
            "done": reverse("practice-done", args=[attempt.pk]),
        }
    )


@require_POST
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a piece of a recording: 16-bit samples; the answer tells how many bytes there are."""
    attempt = attempt_of(owner_of(request), pk)
    at = request.GET.get("at", "")
    try:
        size = int(request.headers.get("Content-Length") or 0)
        if not at.isdecimal() or len(at) > 12 or size > MOST_AT_ONCE:
            raise NotKept("This is not a piece of a recording.")
        kept = keep_piece(attempt=attempt, at=int(at), piece=request.body)
    except NotKept as problem:
        return JsonResponse({"said": str(problem)}, status=422)
    return JsonResponse({"size": kept})


@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """The recording is over."""
    attempt = attempt_of(owner_of(request), pk)
    end_attempt(attempt=attempt, now=timezone.now())
    return redirect("practice-attempt", pk=pk)


@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer that was recorded elsewhere."""
    question = question_of(owner_of(request), pk)
    form = SoundForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"question": question, "sound_form": form, "origin": origin_of(question), **ROOM}
        return render(request, "practice/try.html", context, status=422)
    try:
        attempt = keep_recording(question=question, samples=form.samples, now=timezone.now())
    except NotKept as problem:
        messages.warning(request, str(problem))
        return redirect("practice-try", pk=pk)
    return redirect("practice-attempt", pk=attempt.pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """After an attempt: hear it, rate it, and only then what was written down before."""
    owner, today = owner_of(request), timezone.localdate()
    attempt = attempt_of(owner, pk)
    sound, speaking = measured(attempt)
    question = attempt.question
    context = {
        "attempt": attempt,
        "question": question,
        "origin": origin_of(question),
        "said": said_of(question, interview_date(owner, today), today),
        "can_be_heard": is_there(attempt),
        "sound": sound,
        "speaking": speaking,
        "facts": facts_of(sound, speaking),
        "rubric": rating_of(attempt.ratings),
        # Whoever has not said how it was sees nobody else's view yet (R35).
        "critiques": critiques_of(attempt) if attempt.level else [],
        "waits": not attempt.level and Critique.objects.filter(attempt=attempt).exists(),
        "notes": question.notes.exclude(text=""),
        **ROOM,
    }
    return render(request, "practice/attempt.html", context)


@require_safe
def sound(request: HttpRequest, pk: int) -> HttpResponse:
    """The recording, to its owner."""
    samples = samples_in(attempt_of(owner_of(request), pk))
    if not samples:
        raise Http404
    return as_wav(request, samples)


@require_POST
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was said, as words; the figures follow."""
    attempt = attempt_of(owner_of(request), pk)
    form = WordsForm(request.POST)
    if form.is_valid():
        source = WordsFrom(attempt.words_from or WordsFrom.PASTED)
        keep_transcript(attempt=attempt, words=form.cleaned_data["words"], source=source)
    else:
        messages.warning(request, "That is longer than an answer is.")
    return redirect("practice-attempt", pk=pk)


@require_POST
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep how the person rates the attempt."""
    attempt = attempt_of(owner_of(request), pk)
    ratings = known_ratings(request.POST.dict())
    if not ratings:
        messages.warning(request, "Choose a sentence for at least one of them.")
        return redirect("practice-attempt", pk=pk)
    rate_attempt(attempt=attempt, ratings=ratings, today=timezone.localdate(), now=timezone.now())
    return redirect("practice-attempt", pk=pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the recording alone, or the whole attempt."""
    attempt = attempt_of(owner_of(request), pk)
    if request.POST.get("what") == "recording":
        remove_recordings([attempt])
        messages.info(request, "The recording is gone. Its figures stay.")
        return redirect("practice-attempt", pk=pk)
    remove_attempt(attempt=attempt)
    messages.info(request, "Removed.")
    return redirect("practice-question", pk=attempt.question_id)


@require_POST
def remove_all(request: HttpRequest) -> HttpResponse:
    """Remove every recording; words, figures and ratings stay."""
    mine = Attempt.objects.filter(owner=owner_of(request)).exclude(recording="")
    remove_recordings(mine)
    messages.info(request, "All recordings are gone. Their figures stay.")
    return redirect("practice-page")
