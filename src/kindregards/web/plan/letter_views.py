"""A letter with its next step, and what the person says of it and of its application."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.applications import Outcome
from kindregards.core.exercises import Coming
from kindregards.core.letters.reading import Kind, Stage
from kindregards.core.plan import State, StepKind, next_step, steps
from kindregards.core.plan_words import said_day, words_for
from kindregards.web.applications.queries import others_than
from kindregards.web.applications.services import remove_letter
from kindregards.web.claims import claims_spoken_to
from kindregards.web.letters.forms import ReadingForm, values_of
from kindregards.web.letters.queries import (
    corrected_fields,
    draft_it_answers,
    letter_of,
    sender_doubt_of,
    sheet_of,
)
from kindregards.web.letters.review import UNSURE_BELOW, letters_like
from kindregards.web.models import Letter, Plan
from kindregards.web.plan.queries import facts_of, local_date, plan_for_letter, seen_together
from kindregards.web.plan.resting import is_of_the_day, rest_from
from kindregards.web.plan.services import (
    correct_day,
    correct_letter,
    read_letter_again,
    take_correction_back,
)
from kindregards.web.requests import owner_of

# An invitation is often for one or two weeks later.
COMING_FOR = timedelta(days=21)
_COMING = {Stage.SCREEN.value: Coming.TALK, Stage.FINAL.value: Coming.FINAL}


@require_safe
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the letter says, what it does not, and the next step."""
    owner = owner_of(request)
    letter = letter_of(owner, pk)
    sheet = sheet_of(letter, corrected_fields(letter))
    plan = plan_for_letter(owner, letter)
    application = letter.application
    context = {
        "letter": letter,
        "answered": draft_it_answers(letter),
        "sheet": sheet,
        "doubt": sender_doubt_of(letter),
        "is_unsure": letter.probability < UNSURE_BELOW,
        "form": ReadingForm(initial=values_of(sheet.reading)),
        "after_reason": " as the reason." if sheet.reading.feedback else ".",
        "is_last_letter": application is not None and application.letters.count() == 1,
        "others": others_than(owner, application),
        "plan": plan,
        "next": _next(plan) if plan else None,
        "coming": None if plan else _coming(letter),
        "claims": claims_spoken_to(owner, letter),
        "rest": rest_from(request, plan, timezone.now()) if plan else None,
        "hear_first": bool(plan) and is_of_the_day(letter, timezone.now()),
        "room": "letters",
    }
    return render(request, "letters/page.html", context)


@require_POST
def letter_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the person says of fields of the reading."""
    letter = letter_of(owner_of(request), pk)
    form = ReadingForm(request.POST)
    reading = sheet_of(letter).reading
    if not form.is_valid():
        messages.warning(request, "That could not be kept. Choose one of the words offered.")
        return redirect("letters-page", pk=pk)
    changes = form.changes(reading)
    day = form.cleaned_data["sent_date"]
    moved = day is not None and day != local_date(letter.sent_at)
    if moved:
        correct_day(letter=letter, day=day, now=timezone.now())
    if changes:
        correct_letter(letter=letter, changes=changes, now=timezone.now())
    if changes or moved:
        messages.info(request, "Kept. It stays, even when the letter is read again.")
    if "kind" in changes and letters_like(letter):
        return redirect("letters-alike", pk=pk)
    return redirect("letters-page", pk=pk)


@require_POST
def letter_undo(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """Take a correction back."""
    letter = letter_of(owner_of(request), pk)
    take_correction_back(letter=letter, field=field, now=timezone.now())
    return redirect("letters-page", pk=pk)


@require_POST
def letter_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the letter anew; corrections stay."""
    letter = letter_of(owner_of(request), pk)
    read_letter_again(letter=letter, now=timezone.now())
    messages.info(request, "Read again. What you corrected stayed as you said.")
    return redirect("letters-page", pk=pk)


@require_POST
def letter_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the letter for good; the page said what goes with it."""
    remove_letter(letter=letter_of(owner_of(request), pk))
    messages.info(request, "The letter was removed.")
    return redirect("letters-list")


def _coming(letter: Letter) -> Coming | None:
    """What an invitation of late invites to, while its application is open (R15)."""
    application = letter.application
    is_late = timezone.now() - letter.sent_at > COMING_FOR
    is_open = application is not None and application.outcome == Outcome.OPEN
    if letter.kind != Kind.INTERVIEW_INVITATION or is_late or not is_open:
        return None
    return _COMING.get(letter.stage, Coming.INTERVIEW)


def _next(plan: Plan) -> dict[str, object] | None:
    facts = facts_of(plan, timezone.now())
    step = next_step(steps(facts))
    if step is None:
        return None
    if step.kind is StepKind.IMPROVE:
        facts = seen_together(facts, plan.owner)
    words = words_for(step.kind, facts)
    return {
        "step": step,
        "words": words,
        "title": words.title[0].lower() + words.title[1:],
        "day": said_day(step.on, today=facts.today),
        "is_now": step.state is State.NOW,
    }
