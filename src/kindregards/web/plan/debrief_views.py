"""The screens of a debrief, one thing each, with the letter beside; the plan's step 0 follows."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kindregards.core.debriefs import SITTING_OF, Known, Prompt, Screen, Sitting, after, before
from kindregards.core.debriefs.prompts import screens
from kindregards.core.plan import Choice, StepKind
from kindregards.web.applications.queries import application_of
from kindregards.web.debriefs.forms import LONGEST, ScreenForm
from kindregards.web.debriefs.keeping import drop_empty, keep_screen, screen_at, settle_asides
from kindregards.web.debriefs.queries import debrief_of, is_heavy, known_of, rejection_in
from kindregards.web.debriefs.resting import rest_in
from kindregards.web.debriefs.services import (
    begin_debrief,
    finish_sitting,
    keep_people,
    place_in,
    remember_place,
)
from kindregards.web.debriefs.showing import Shown, looked_back, shown
from kindregards.web.letters.queries import sheet_of
from kindregards.web.models import Debrief
from kindregards.web.plan.queries import notes_at_step_0
from kindregards.web.plan.services import decide_step
from kindregards.web.requests import owner_of

TOO_LONG = (
    f"These lines are longer than {LONGEST:,} characters, so they were not kept yet. "
    "They stand below; make them shorter, or keep them in a file of your own."
)
CHANGED = "Another window wrote here meanwhile. Both texts are kept."
STEPS = {Sitting.FACTS: StepKind.FACTS, Sitting.MEANING: StepKind.MEANING}
KEPT = "The facts are kept. When they answer, only what the letter adds is asked."
DONE = {
    Sitting.FACTS: "The facts are kept. The rest is better after a night's sleep.",
    Sitting.MEANING: "That was the whole of it. You have one plan now.",
}


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the debrief of an application, or go on where it was left."""
    application = application_of(owner_of(request), pk)
    debrief = begin_debrief(
        application=application, now=timezone.now(), note=notes_at_step_0(application)
    )
    debrief = debrief_of(owner_of(request), debrief.pk)
    asked_for = request.POST.get("sitting", "")
    sitting = next((one for one in Sitting if one == asked_for), None)
    place = place_in(debrief, known_of(debrief), sitting)
    return redirect(address_of(debrief, place))


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest, pk: int, prompt: str, of: int | None = None) -> HttpResponse:
    """One screen; a form of it is kept, and leads on or back."""
    debrief = debrief_of(owner_of(request), pk)
    known, wanted = known_of(debrief), _prompt(prompt)
    if request.method != "POST":
        here = Screen(wanted, of)
        if here not in screens(SITTING_OF[wanted], known):
            raise Http404
        return _show(request, debrief, known, here)
    form = ScreenForm(request.POST)
    number = form.data.get("of", "")
    here = screen_at(known, wanted, int(number) if number.isdecimal() and len(number) < 19 else of)
    if here not in screens(SITTING_OF[wanted], known):
        raise Http404
    if not form.is_valid():
        return _refused(request, debrief, known, here, form)
    return _keep(request, debrief, here, form)


def address_of(debrief: Debrief, place: Screen) -> str:
    """The address of one screen."""
    arguments: dict[str, Any] = {"pk": debrief.pk, "prompt": place.prompt.value}
    if place.of is None:
        return reverse("debriefs-screen", kwargs=arguments)
    return reverse("debriefs-numbered", kwargs={**arguments, "of": place.of})


def _keep(request: HttpRequest, debrief: Debrief, here: Screen, form: ScreenForm) -> HttpResponse:
    now = timezone.now()
    kept = keep_screen(
        debrief=debrief, screen=here, given=form.cleaned_data, today=timezone.localdate(now)
    )
    remember_place(debrief=debrief, screen=kept.screen, now=now)
    if request.headers.get("HX-Request"):
        return _saved(request, debrief, kept.screen, changed=kept.was_changed_elsewhere)
    go = request.POST.get("go", "")
    if go in ("together", "drop"):
        settle_asides(debrief=debrief, screen=kept.screen, put_together=go == "together")
        return redirect(address_of(debrief, kept.screen))
    if kept.was_changed_elsewhere:
        return _show(request, debrief, known_of(debrief), kept.screen, told=CHANGED, status=409)
    return _lead(request, debrief, kept.screen, go)


def _lead(request: HttpRequest, debrief: Debrief, here: Screen, go: str) -> HttpResponse:
    """On, back, or away, with what follows from the words."""
    sitting = SITTING_OF[here.prompt]
    here_all = screens(sitting, known_of(debrief))
    there = before(here_all, here) if go == "back" else after(here_all, here)
    drop_empty(debrief=debrief, screen=here)
    if here.prompt is Prompt.PEOPLE:
        keep_people(debrief=debrief, now=timezone.now())
    if go == "leave":
        return redirect("debriefs-page", pk=debrief.pk)
    if go == "back":
        return redirect(address_of(debrief, there) if there else _outside(debrief))
    if there is None:
        return _finish(request, debrief, sitting)
    remember_place(debrief=debrief, screen=there, now=timezone.now())
    return redirect(address_of(debrief, there))


def _finish(request: HttpRequest, debrief: Debrief, sitting: Sitting) -> HttpResponse:
    now = timezone.now()
    finish_sitting(debrief=debrief, sitting=sitting, now=now)
    plan = getattr(debrief.application, "plan", None)
    if plan is not None:
        decide_step(plan=plan, kind=STEPS[sitting], choice=Choice.DONE, now=now)
    messages.info(request, DONE[sitting] if plan is not None else KEPT)
    return redirect("debriefs-page", pk=debrief.pk)


def _outside(debrief: Debrief) -> str:
    return reverse("debriefs-page", kwargs={"pk": debrief.pk})


def _saved(request: HttpRequest, debrief: Debrief, here: Screen, *, changed: bool) -> HttpResponse:
    """What an autosave answers: when it was kept, and the number of what it made."""
    context = {
        "shown": _shown(debrief, here),
        "debrief": debrief,
        "saved_at": timezone.localtime(),
        "changed": CHANGED if changed else "",
        # A window that wrote over another's words keeps what it began with: the next pause must
        # not pass for an answer to them.
        "swaps": not changed,
    }
    status = 409 if changed else 200
    answer = render(request, "debriefs/_saved.html", context, status=status)
    if not changed:
        answer["HX-Replace-Url"] = address_of(debrief, here)
    return answer


def _refused(
    request: HttpRequest, debrief: Debrief, known: Known, here: Screen, form: ScreenForm
) -> HttpResponse:
    """What cannot be kept stays on the page, with the sentence that says why."""
    if request.headers.get("HX-Request"):
        context = {"changed": TOO_LONG, "debrief": debrief, "shown": _shown(debrief, here)}
        return render(request, "debriefs/_saved.html", context, status=422)
    is_long = form.has_error("text") or form.has_error("then")
    told = TOO_LONG if is_long else "That could not be kept. Choose one of what is offered."
    typed = {name: request.POST.get(name, "") for name in ("text", "then")}
    return _show(request, debrief, known, here, told=told, typed=typed, status=422)


def _show(
    request: HttpRequest,
    debrief: Debrief,
    known: Known,
    here: Screen,
    *,
    told: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    one = shown(debrief, known, here, today=timezone.localdate())
    letter = rejection_in(debrief.application) if here.prompt is Prompt.LETTER else None
    is_meaning = SITTING_OF[here.prompt] is Sitting.MEANING
    rest = rest_in(request, debrief, timezone.now(), is_meaning=True) if is_meaning else None
    context = {
        "debrief": debrief,
        "shown": one,
        "window": request.POST.get("window") or secrets.token_hex(8),
        "told": told,
        "typed": typed or {"text": one.text, "then": one.then},
        "sheet": sheet_of(letter) if letter else None,
        "letter": letter,
        "facts": looked_back(debrief) if one.looks_back else [],
        "questions": debrief.questions.all() if one.looks_back else [],
        "rest": rest,
        "is_heavy": is_heavy(debrief),
        "room": "applications",
    }
    return render(request, "debriefs/screen.html", context, status=status)


def _shown(debrief: Debrief, here: Screen) -> Shown:
    return shown(debrief, known_of(debrief), here, today=timezone.localdate())


def _prompt(name: str) -> Prompt:
    found = next((one for one in SITTING_OF if one.value == name), None)
    if found is None:
        raise Http404
    return found
