"""For yourself: the exercises a screen at a time, the mark of mood, and the suggestion to rest."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.diagnosis import Market
from kindregards.core.exercises import Coming, Exercise, Screen, before, kindness
from kindregards.core.mood import weighs_heavily
from kindregards.core.self_harm import speaks_of_self_harm
from kindregards.web.care.forms import LONGEST_LINE, LineForm, MoodForm, RestForm
from kindregards.web.care.services import (
    forget_lines,
    forget_marks,
    keep_line,
    mark_mood,
    offer_rest,
)
from kindregards.web.models import KeptLine, Mood, User
from kindregards.web.moods import marks_of
from kindregards.web.requests import owner_of
from kindregards.web.resting import forget_openings, rest_later

COMING = (
    (Coming.APPLICATION, "An application goes out"),
    (Coming.TALK, "A first talk, on the telephone or online"),
    (Coming.INTERVIEW, "An interview"),
    (Coming.FINAL, "The last round"),
    (Coming.LETTER, "A letter that asks for advice"),
)
TITLES = {Exercise.BEFORE: "Before the next step", Exercise.KINDNESS: "Five kind minutes"}
LINE_TOO_LONG = f"That is longer than {LONGEST_LINE:,} characters, so it was not kept yet."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is for oneself, one line each."""
    owner = owner_of(request)
    context = {
        "has_marks": Mood.objects.filter(owner=owner).exists(),
        "kept": {line.exercise for line in KeptLine.objects.filter(owner=owner).only("exercise")},
        "offers_rest": owner.offers_rest,
        "room": "care",
    }
    return render(request, "care/page.html", context)


@require_safe
def before_next(request: HttpRequest) -> HttpResponse:
    """Inoculation: what comes next, what a no would mean there, and three setbacks."""
    coming = _coming(request)
    if coming is None:
        return render(request, "care/coming.html", {"choices": COMING, "room": "care"})
    return _screen_page(request, Exercise.BEFORE, coming)


@require_safe
def kind_minutes(request: HttpRequest) -> HttpResponse:
    """The self-compassion exercise (R15)."""
    return _screen_page(request, Exercise.KINDNESS, None)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was written on a screen, and go on to the next."""
    form = LineForm(request.POST)
    exercise = _exercise(request)
    coming = _coming(request)
    screens = _screens(owner_of(request), exercise, coming)
    number = _number(request, screens)
    if number > len(screens):
        return redirect("care-page")
    if not form.is_valid():
        messages.warning(request, LINE_TOO_LONG)
        text = request.POST.get("text", "")
        return _screen_page(request, exercise, coming, text=text, status=422)
    text = form.cleaned_data["text"]
    keep_line(
        owner=owner_of(request),
        exercise=exercise,
        screen=screens[number - 1].key,
        text=text,
        now=timezone.now(),
    )
    if speaks_of_self_harm(text):
        return redirect("accounts-somebody")
    return redirect(_address(exercise, coming, number + 1))


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget the kept lines of one exercise, or the marks of mood."""
    if request.POST.get("what") == "marks":
        forget_marks(owner=owner_of(request))
    else:
        forget_lines(owner=owner_of(request), exercise=_exercise(request))
    messages.info(request, "Forgotten.")
    return redirect("care-page")


@require_POST
def mood(request: HttpRequest) -> HttpResponse:
    """Keep one mark; after three very low days the way leads to somebody to talk to (R17)."""
    form, owner, now = MoodForm(request.POST), owner_of(request), timezone.now()
    if not form.is_valid():
        return redirect("care-page")
    mark_mood(owner=owner, felt=form.cleaned_data["felt"], now=now)
    if weighs_heavily(marks_of(owner, now), today=timezone.localtime(now).date()):
        return redirect("accounts-somebody")
    messages.info(request, "Noted.")
    return redirect("plan-home")


@require_POST
def rest(request: HttpRequest) -> HttpResponse:
    """Take the suggestion to rest, or never see it again, or again after all."""
    form, owner = RestForm(request.POST), owner_of(request)
    choice = form.cleaned_data["choice"] if form.is_valid() else "later"
    if choice == "later":
        application = form.cleaned_data.get("application") or 0
        rest_later(request, application=application, now=timezone.now())
        return redirect("plan-home")
    offer_rest(owner=owner, offers=choice == "again")
    forget_openings(request)
    said = "It may be suggested again." if choice == "again" else "It will not be suggested again."
    messages.info(request, said)
    return redirect("care-page")


def _screen_page(
    request: HttpRequest,
    exercise: Exercise,
    coming: Coming | None,
    *,
    text: str | None = None,
    status: int = 200,
) -> HttpResponse:
    owner = owner_of(request)
    screens = _screens(owner, exercise, coming)
    number = _number(request, screens)
    context: dict[str, object] = {
        "exercise": exercise,
        "title": TITLES[exercise],
        "coming": coming,
        "room": "care",
    }
    if number > len(screens):
        return render(request, "care/end.html", context)
    screen = screens[number - 1]
    kept = KeptLine.objects.filter(owner=owner, exercise=exercise, screen=screen.key).first()
    context |= {
        "screen": screen,
        "number": number,
        "of": len(screens),
        "on": _address(exercise, coming, number + 1),
        "back": _address(exercise, coming, number - 1) if number > 1 else "",
        "kept": kept,
        "text": (kept.text if kept else "") if text is None else text,
    }
    return render(request, "care/screen.html", context, status=status)


def _screens(owner: User, exercise: Exercise, coming: Coming | None) -> tuple[Screen, ...]:
    if exercise is Exercise.KINDNESS:
        return kindness(owner.first_name)
    return before(coming or Coming.APPLICATION, Market(owner.market))


def _number(request: HttpRequest, screens: Sequence[Screen]) -> int:
    """Which screen, from 1; one more than there are stands for the end."""
    given = request.POST.get("screen") or request.GET.get("screen") or "1"
    number = int(given) if given.isdecimal() and len(given) < 4 else 1
    return max(1, min(number, len(screens) + 1))


def _exercise(request: HttpRequest) -> Exercise:
    is_before = request.POST.get("exercise") == Exercise.BEFORE
    return Exercise.BEFORE if is_before else Exercise.KINDNESS


def _coming(request: HttpRequest) -> Coming | None:
    given = request.POST.get("coming") or request.GET.get("coming") or ""
    return next((coming for coming in Coming if coming == given), None)


def _address(exercise: Exercise, coming: Coming | None, number: int) -> str:
    if exercise is Exercise.KINDNESS:
        return f"{reverse('care-kindness')}?screen={number}"
    return f"{reverse('care-before')}?coming={coming or Coming.APPLICATION}&screen={number}"
