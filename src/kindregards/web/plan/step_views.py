"""The steps of a plan: what to do, what was decided, the lines kept there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.diagnosis import practice_first, wrong_fix
from kindregards.core.outreach import DraftKind
from kindregards.core.plan import (
    Choice,
    Facts,
    Step,
    StepKind,
    reminder_dates,
    steps,
    touch_dates,
)
from kindregards.core.plan_words import said_day, words_for
from kindregards.core.self_harm import speaks_of_self_harm
from kindregards.web.debriefs.queries import questions_to_practice
from kindregards.web.diagnosis.queries import diagnosis_of
from kindregards.web.models import Plan
from kindregards.web.outreach.services import open_draft
from kindregards.web.plan.advice import advice_taken_up, with_advice
from kindregards.web.plan.forms import DecisionForm, NoteForm, step_kind
from kindregards.web.plan.queries import (
    facts_of,
    local_date,
    plan_of,
    recipient_of,
    rejection_of,
)
from kindregards.web.plan.resting import rest_from
from kindregards.web.plan.services import NoteChangedError, decide_step, keep_note
from kindregards.web.requests import owner_of
from kindregards.web.speeches.offering import offered_now

PUT_OFF_DAYS = 3
FIRST_LETTERS = (DraftKind.ADVICE_REQUEST, DraftKind.THANKS, DraftKind.ON_FILE, DraftKind.CALL)
FARTHEST = timedelta(days=731)  # two years; a mistyped year is the usual reason for more
NOTE_TOO_LONG = (
    f"These lines are longer than {NoteForm.LONGEST:,} characters, so they were not kept yet. "
    "They stand below; make them shorter, or keep them in a file of your own."
)
# Steps at which one writes something down.
NOTED = frozenset({StepKind.FACTS, StepKind.MEANING, StepKind.NETWORK, StepKind.IMPROVE})
# Steps at which one goes over the rejection itself (R16).
GONE_OVER = frozenset({StepKind.FACTS, StepKind.MEANING})


@require_safe
def step_page(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What to do at one step."""
    plan, step, facts = _step(request, pk, kind)
    return _step_page(
        request, plan, step, facts, note=step.decision.note, was=step.decision.note, status=200
    )


@require_POST
def step_decide(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Mark a step done or skipped, put it off, or take it up again."""
    plan, step, _facts = _step(request, pk, kind)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Choose a day, or one of the buttons.")
        return redirect("plan-step", pk=pk, kind=kind)
    decision, now = form.cleaned_data["decision"], timezone.now()
    today = local_date(now)
    until = form.cleaned_data["until"] or today + timedelta(days=PUT_OFF_DAYS)
    if decision == "later" and until <= today:
        messages.warning(request, "That day has come already. Choose one that is still to come.")
        return redirect("plan-step", pk=pk, kind=kind)
    if decision == "later" and until - today > FARTHEST:
        messages.warning(request, "That day is very far off. Choose one within the next two years.")
        return redirect("plan-step", pk=pk, kind=kind)
    decide_step(
        plan=plan,
        kind=step.kind,
        choice=Choice(decision) if decision in ("done", "skipped") else None,
        until=until if decision == "later" else None,
        now=now,
    )
    if decision == "later":
        messages.info(request, f"Put off until {said_day(until, today=today)}.")
    return redirect("plan-home") if "home" in request.POST else redirect("plan-page", pk=pk)


@require_POST
def step_note(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Keep the lines written at a step; two windows never overwrite one another."""
    plan, step, facts = _step(request, pk, kind)
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.warning(request, NOTE_TOO_LONG)
        given = request.POST.get("note", ""), request.POST.get("was", "")
        return _step_page(request, plan, step, facts, note=given[0], was=given[1], status=422)
    note, now = form.cleaned_data["note"], timezone.now()
    try:
        keep_note(plan=plan, kind=step.kind, note=note, was=form.cleaned_data["was"], now=now)
    except NoteChangedError as changed:
        messages.warning(request, f"{changed} Both are below; keep what you need.")
        both = f"{note}\n\n{changed.note}"
        return _step_page(request, plan, step, facts, note=both, was=changed.note, status=409)
    if "done" in request.POST:
        decide_step(plan=plan, kind=step.kind, choice=Choice.DONE, now=now)
        return redirect("plan-page", pk=pk)
    messages.info(request, "Kept.")
    return redirect("plan-step", pk=pk, kind=kind)


@require_POST
def begin_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the draft that asks for advice, or another that answers the letter."""
    owner = owner_of(request)
    plan = plan_of(owner, pk)
    asked_for = request.POST.get("kind", "")
    kind = next((one for one in FIRST_LETTERS if one == asked_for), DraftKind.ADVICE_REQUEST)
    draft = open_draft(
        owner=owner,
        application=plan.application,
        letter=rejection_of(plan),
        to=recipient_of(plan),
        now=timezone.now(),
        kind=kind,
    )
    return redirect("outreach-draft", pk=draft.pk)


def _step(request: HttpRequest, pk: int, kind: str) -> tuple[Plan, Step, Facts]:
    plan = plan_of(owner_of(request), pk)
    wanted = step_kind(kind)
    facts = facts_of(plan, timezone.now())
    for step in steps(facts):
        if step.kind is wanted:
            return plan, step, facts
    raise Http404


def _for_improving(plan: Plan, facts: Facts) -> dict[str, Any]:
    """The advice that was taken up, and what all applications together say against a wrong fix."""
    found = diagnosis_of(plan.owner, facts.now)
    advice = advice_taken_up(plan)
    facts = with_advice(replace(facts, practice_first=practice_first(found.passings)), advice)
    return {
        "facts": facts,
        "words": words_for(StepKind.IMPROVE, facts),
        "advice_taken_up": advice,
        "wrong_fix": wrong_fix(found),
        "to_practice": questions_to_practice(plan.owner).count(),
    }


def _for_hearing(plan: Plan, facts: Facts) -> dict[str, Any]:
    """The one thing to hear that is offered now."""
    return {"chosen": offered_now(plan.owner, facts.now)}


def _step_page(
    request: HttpRequest,
    plan: Plan,
    step: Step,
    facts: Facts,
    *,
    status: int,
    **more: Any,
) -> HttpResponse:
    first_reminder, last_reminder = reminder_dates(facts)
    context = {
        "plan": plan,
        "step": step,
        "facts": facts,
        "words": words_for(step.kind, facts),
        "letter": rejection_of(plan),
        "first_reminder": first_reminder,
        "last_reminder": last_reminder,
        "touch_dates": [day for day in touch_dates(facts) if day > facts.today],
        "has_note": step.kind in NOTED,
        "rest": rest_from(request, plan, facts.now) if step.kind in GONE_OVER else None,
        "is_heavy": speaks_of_self_harm(str(more.get("note", ""))),
        **(_for_improving(plan, facts) if step.kind is StepKind.IMPROVE else {}),
        **(_for_hearing(plan, facts) if step.kind is StepKind.ENCOURAGEMENT else {}),
        "room": "letters",
        **more,
    }
    return render(request, f"plan/steps/{step.kind}.html", context, status=status)
