"""The letter on its way: taken along as a file, sent, answered, and what may follow it."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.letters.reading import Person, Reason
from kindregards.core.outreach import About, DraftKind, as_eml, takes_no_replies
from kindregards.core.outreach.draft import ANSWERS_TO_THEM
from kindregards.web.models import Draft, Letter
from kindregards.web.outreach.answering import correct_reason, decide_about, decide_advice
from kindregards.web.outreach.matter import matter_of
from kindregards.web.outreach.queries import (
    advice_of,
    answer_of,
    desk_for,
    draft_of,
    is_kept,
    latest_answer,
    letter_answered,
    letters_next,
    thread_of,
    wording_of,
)
from kindregards.web.outreach.sending import KEPT
from kindregards.web.outreach.services import (
    answer_to,
    open_letter,
    record_answer,
    record_no_answer,
    record_not_sent,
    record_sent,
)
from kindregards.web.outreach.words import ASKING, OFFERS, barrier_in
from kindregards.web.requests import owner_of

QUIET = "Noted. Now a quiet week; silence is usual and says nothing about you."
NO_REASON = "none"
ADVICE_CHOICES = {"take": True, "leave": False, "done": True, "open": None}


@require_safe
def eml(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a file that a mail program opens as a draft, once nothing is left blank."""
    draft = draft_of(owner_of(request), pk)
    if draft.touch is None and _is_not_ready(request, draft):
        return redirect("outreach-draft", pk=pk)
    owner = draft.owner
    raw = as_eml(
        wording_of(draft),
        sender_name=owner.called,
        sender_email=owner.email,
        in_reply_to=draft.in_reply_to,
        references=thread_of(draft),
        date=timezone.localtime(),
    )
    return HttpResponse(
        raw,
        content_type="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="{_file_name(draft)}"'},
    )


def _is_not_ready(request: HttpRequest, draft: Draft) -> bool:
    """Whether words are left that only the person knows, or it is kept; then the page says so.

    A kept letter is looked at as of its day, and may be one too many until then.
    """
    now = timezone.now()
    barrier = KEPT if is_kept(draft, now) else barrier_in(desk_for(draft, now).guarded)
    if barrier:
        messages.warning(request, barrier)
    return bool(barrier)


def _file_name(draft: Draft) -> str:
    """A name that tells the file among others in a folder of downloads."""
    matter = matter_of(draft)
    whom = slugify(str(matter.contact) if matter.contact else matter.house)[:60]
    return f"letter-to-{whom}.eml" if whom else f"letter-{draft.pk}.eml"


@require_POST
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the person sent it."""
    draft = draft_of(owner_of(request), pk)
    if draft.touch is None and _is_not_ready(request, draft):
        return redirect("outreach-draft", pk=pk)
    record_sent(draft=draft, now=timezone.now())
    messages.info(request, said_after_sending(draft))
    return onward_from(draft)


@require_POST
def not_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that it was sent."""
    record_not_sent(draft=draft_of(owner_of(request), pk), now=timezone.now())
    return redirect("outreach-draft", pk=pk)


@require_POST
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that they answered."""
    draft = draft_of(owner_of(request), pk)
    record_answer(draft=draft, now=timezone.now())
    messages.info(request, "Good. Their answer can be put in like any letter, and is kept here.")
    return onward_from(draft)


@require_POST
def following(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the letter that follows this one, to the same person."""
    draft = draft_of(owner_of(request), pk)
    kind = next((one for one in OFFERS if one == request.POST.get("kind")), None)
    if kind not in letters_next(draft, answer_to(draft), timezone.now()):
        messages.info(request, "That letter has its time later, or was sent already.")
        return redirect("outreach-draft", pk=pk)
    answer = latest_answer(draft) if kind in ANSWERS_TO_THEM else None
    opened = open_letter(
        matter=replace(matter_of(draft), occasion=None),
        letter=answer or letter_answered(draft),
        to=_reader(draft, answer),
        now=timezone.now(),
        kind=kind,
    )
    return redirect("outreach-draft", pk=opened.pk)


def _reader(draft: Draft, answer: Letter | None) -> Person:
    """Whoever answered, where a letter can reach them; else who was written to."""
    if answer is not None:
        email = answer.reply_to_email or answer.sender_email
        if email and not takes_no_replies(email):
            return Person(answer.sender_name, email)
    return Person(draft.recipient_name, draft.recipient_email)


@require_POST
def advice_decided(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a piece of advice up, leave it, say that it is done, or what it is to become."""
    advice = advice_of(owner_of(request), pk)
    choice = request.POST.get("choice", "")
    if choice in ADVICE_CHOICES:
        decide_advice(
            advice=advice,
            is_wanted=ADVICE_CHOICES[choice],
            done_at=timezone.now() if choice == "done" else None,
        )
    about = next((one for one in About if one == request.POST.get("about")), None)
    if about is not None:
        decide_about(advice=advice, about=about)
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return redirect(back)
    return redirect("outreach-draft", pk=advice.answer.draft_id)


@require_POST
def reason_corrected(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a reason in an answer is about, or that it is none."""
    answer = answer_of(owner_of(request), pk)
    given, number = request.POST.get("reason", ""), request.POST.get("number", "")
    is_known = given == NO_REASON or given in set(Reason)
    if is_known and number.isdecimal() and len(number) < 4:
        reason = None if given == NO_REASON else Reason(given)
        correct_reason(answer=answer, number=int(number), reason=reason)
    return redirect("outreach-draft", pk=answer.draft_id)


def said_after_sending(draft: Draft) -> str:
    """What is said once a letter is out."""
    whom = matter_of(draft).contact
    if whom is not None:
        return f"Noted: you wrote to {whom}."
    return QUIET if DraftKind(draft.kind) in ASKING else "Noted."


def onward_from(draft: Draft) -> HttpResponse:
    """Lead back to the plan, where one is open."""
    matter = matter_of(draft)
    if matter.plan:
        return redirect("plan-page", pk=matter.plan.pk)
    if matter.contact:
        return redirect(matter.address)
    return redirect("outreach-draft", pk=draft.pk)


@require_POST
def not_answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that they answered."""
    record_no_answer(draft=draft_of(owner_of(request), pk), now=timezone.now())
    return redirect("outreach-draft", pk=pk)
