"""Home, where letters come in, and the plan as one line down the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.debriefs import Intention
from kindregards.core.plan import TODAY_AT_MOST, Facts, State, Step, steps
from kindregards.core.plan_words import Words, lead, said_day, words_for
from kindregards.web.applications.queries import offer_lately
from kindregards.web.database import what_is_wrong
from kindregards.web.debriefs.queries import (
    conversation_to_recall,
    intention_due,
    intention_of,
    latest_debrief,
)
from kindregards.web.letters.forms import PutForm
from kindregards.web.letters.queries import latest_letters
from kindregards.web.letters.review import unsure_letters
from kindregards.web.network.due import people_due
from kindregards.web.network.rhythm_views import decision_to_undo
from kindregards.web.outreach.queries import letters_kept
from kindregards.web.plan.advice import advice_on, with_advice
from kindregards.web.plan.at_once import take_in_at_once
from kindregards.web.plan.digest import digest_in_trouble
from kindregards.web.plan.greeting import greeting
from kindregards.web.plan.queries import (
    at_home,
    facts_of,
    latest_at_rest,
    plan_of,
    rejection_of,
    seen_together,
)
from kindregards.web.plan.receiving import receive_sources
from kindregards.web.plan.resting import strip_at_home
from kindregards.web.plan.returning import is_review, take_given
from kindregards.web.plan.services import Received, receive_paste
from kindregards.web.plan.uploads import (
    Upload,
    begin_upload,
    is_large,
    is_mailbox,
    sources_in_upload,
)
from kindregards.web.requests import owner_of

LETTERS_AT_HOME = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is worth doing now, a place for the next letter, and the latest letters."""
    return _home(request, PutForm(), status=200)


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """Take in a paste or files. One letter leads to its page, several to the list."""
    form = PutForm(request.POST, request.FILES)
    if not form.is_valid():
        return _home(request, form, status=422)
    reviews = [file for file in form.cleaned_data["files"] if is_review(file)]
    files = [file for file in form.cleaned_data["files"] if file not in reviews]
    if reviews and not files and not form.cleaned_data["text"].strip():
        return _take_reviews(request, reviews)
    take_given(owner=owner_of(request), files=reviews, now=timezone.now())
    return _put_letters(request, form, files)


def _put_letters(request: HttpRequest, form: PutForm, files: list[Upload]) -> HttpResponse:
    mailboxes = [file for file in files if is_mailbox(file)]
    large = [file for file in mailboxes if is_large(file)]
    small = [file for file in mailboxes if file not in large]
    owner, now = owner_of(request), timezone.now()
    received = _receive(request, form, [file for file in files if file not in mailboxes])
    try:
        taken = take_in_at_once(owner=owner, files=small, now=now)
        run = begin_upload(owner=owner, files=large, now=now) if large else taken.run
    except OSError as problem:
        messages.warning(request, what_is_wrong(problem))
        return _home(request, form, status=422)
    received += taken.received
    refused = [one for one in received if one.error]
    for one in refused:
        messages.warning(request, f"{one.name}: {one.error}" if one.name else one.error)
    if run is not None:
        return redirect("imports-page", pk=run.pk)
    kept = [one for one in received if one.letter]
    if not kept and not refused:
        messages.info(request, "There was nothing about applications in it, so nothing was kept.")
    if not kept:
        return _home(request, form, status=422)
    if len(kept) > 1:
        new = sum(one.is_new for one in kept)
        messages.info(request, f"{len(kept)} letters read, {new} of them new.")
        return redirect("letters-list")
    if kept[0].is_completed:
        messages.info(request, "This letter was here already. What it lacked was added to it.")
    elif not kept[0].is_new:
        messages.info(request, "This letter was here already. Nothing was changed.")
    return redirect("letters-page", pk=kept[0].letter.pk)  # type: ignore[union-attr]


@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as one line down the page."""
    owner = owner_of(request)
    plan = plan_of(owner, pk)
    advice = advice_on(plan)
    facts = with_advice(seen_together(facts_of(plan, timezone.now()), owner), advice)
    all_steps = steps(facts)
    letter = rejection_of(plan)
    debrief = latest_debrief(plan.application)
    intention = intention_of(debrief) if debrief else None
    context = {
        "plan": plan,
        "letter": letter,
        "debrief": debrief,
        "advice_taken_up": advice,
        "intention": intention,
        "steps": _line(all_steps, facts, intention),
        "lead": lead(all_steps, today=facts.today),
        "asked": facts.asked_at is not None,
        "kind_words": letter.reading["kind_words"][:1] if letter else [],
        "room": "letters",
    }
    return render(request, "plan/page.html", context)


def _line(
    all_steps: Sequence[Step], facts: Facts, intention: Intention | None
) -> list[tuple[Step | None, Words | None]]:
    """The steps with their words; None stands for the plan for next time, at its day."""
    line: list[tuple[Step | None, Words | None]] = [
        (step, words_for(step.kind, facts)) for step in all_steps
    ]
    if intention is not None and intention.on is not None and intention.said:
        later = (
            at
            for at, step in enumerate(all_steps)
            if step.state is State.LATER and step.on > intention.on
        )
        line.insert(next(later, len(line)), (None, None))
    return line


def _home(request: HttpRequest, form: PutForm, *, status: int) -> HttpResponse:
    owner, now = owner_of(request), timezone.now()
    letters = list(latest_letters(owner)[: LETTERS_AT_HOME + 1])
    kept = letters_kept(owner, now)[:TODAY_AT_MOST]
    if not letters and not kept and not people_due(owner, now, room=1):
        return render(request, "plan/begin.html", {"form": form}, status=status)
    due, coming = at_home(owner, now)
    due = due[: TODAY_AT_MOST - len(kept)]
    people = people_due(owner, now, room=TODAY_AT_MOST - len(due) - len(kept))
    context = {
        "kept": kept,
        "people": people,
        "undo": decision_to_undo(request, now),
        "digest": digest_in_trouble(owner),
        "form": form,
        "due": due,
        "first": due[0] if due else None,
        "rest": due[1:],
        "coming": coming,
        "coming_said": _said_next(coming.step.on, timezone.localdate(now)) if coming else "",
        "at_rest": None if due or coming else latest_at_rest(owner),
        "intended": intention_due(owner, timezone.localdate(now)),
        "conversation": conversation_to_recall(owner, now),
        "unsure": unsure_letters(owner).count(),
        "letters": letters[:LETTERS_AT_HOME],
        "has_more": len(letters) > LETTERS_AT_HOME,
        "greeting": greeting(owner.first_name, timezone.localtime(now)),
        "today": timezone.localtime(now),
        "strip": strip_at_home(owner, now),
        "offer": offer_lately(owner, now),
        "room": "today",
    }
    return render(request, "plan/home.html", context, status=status)


def _take_reviews(request: HttpRequest, reviews: Sequence[Upload]) -> HttpResponse:
    """Take in reviews of a resume that were given here."""
    taken, refused = take_given(owner=owner_of(request), files=reviews, now=timezone.now())
    for sentence in refused:
        messages.warning(request, sentence)
    for one in taken:
        messages.info(request, f"The review by {one.name} is here.")
    if not taken:
        return _home(request, PutForm(), status=422)
    return redirect("resumes-comments", pk=taken[-1].version_id)


def _said_next(day: date, today: date) -> str:
    """The day of the next thing: tomorrow, on Thursday, on 2 March."""
    said = said_day(day, today=today)
    return said if abs((day - today).days) <= 1 else f"on {said}"


def _receive(request: HttpRequest, form: PutForm, small: Sequence[Upload]) -> list[Received]:
    owner, now, given = owner_of(request), timezone.now(), form.cleaned_data
    sources = [source for file in small for source in sources_in_upload(file)]
    chosen = {str(file.name) for file in small}
    received = receive_sources(owner=owner, sources=sources, chosen=chosen, now=now)
    if given["text"].strip():
        day = given["sent_date"]
        received.append(
            receive_paste(
                owner=owner,
                text=given["text"],
                subject=given["subject"],
                sender=given["sender"],
                sent_at=_noon(day) if day else None,
                now=now,
            )
        )
    return received


def _noon(day: date) -> datetime:
    """A day that the person named, as a moment in the middle of it on their own clock."""
    return timezone.make_aware(datetime.combine(day, time(12)))
