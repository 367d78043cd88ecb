"""The draft page: write, see what the guard noticed, take it along, say that it was sent."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Person
from kindregards.core.outreach import DraftKind, Verdict, as_eml, mailto
from kindregards.core.self_harm import speaks_of_self_harm
from kindregards.web.models import Draft
from kindregards.web.outreach.answering import decide_advice
from kindregards.web.outreach.forms import LONGEST, DraftForm, OverruleForm
from kindregards.web.outreach.marking import pieces_of, remarks_on
from kindregards.web.outreach.pictures import dots, rest_line, when_line
from kindregards.web.outreach.queries import (
    advice_of,
    answers_to,
    desk_for,
    draft_of,
    is_silent,
    letter_answered,
    letters_next,
    may_go_from_here,
    reader_of,
    reminder_from,
    wording_of,
)
from kindregards.web.outreach.sending import sending_at
from kindregards.web.outreach.services import (
    ChangedElsewhereError,
    answer_to,
    keep_draft,
    open_draft,
    overrule,
    record_answer,
    record_no_answer,
    record_not_sent,
    record_sent,
    take_back,
    take_instead,
    went_from_here,
    write_anew,
)
from kindregards.web.outreach.words import (
    ASKING,
    HEADINGS,
    OFFERS,
    courtesy_said,
    has_blank,
    lead,
    length_said,
    need_said,
)
from kindregards.web.requests import owner_of

NO_REVISION = -1
CHANGED = "This letter was changed in another window, and what you wrote here was not kept yet."
TOO_LONG = f"Longer than {LONGEST:,} characters is no letter, so this was not kept yet."

QUIET = "Noted. Now a quiet week; silence is usual and says nothing about you."

ANCHORED_AT_MOST = 12  # notes.css has places for so many


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft with what the guard noticed; one that is going out has a page for that."""
    draft = draft_of(owner_of(request), pk)
    if draft.touch is None and sending_at(draft, timezone.now()) is not None:
        return redirect("outreach-look", pk=pk)
    return _page(request, draft)


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """What the law says about reasons, as information (R7)."""
    return render(request, "outreach/rights.html", {"room": "letters"})


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the text and look it over: the fragment for a page that is open, else the page."""
    draft = draft_of(owner_of(request), pk)
    refusal = _keep(request, draft)
    if refusal is not None:
        return refusal
    if request.headers.get("HX-Request"):
        return render(request, "outreach/_guard.html", _context(draft))
    take = request.POST.get("take", "")
    if take.isdecimal() and len(take) < 4:
        return _take(request, draft, int(take))
    return redirect("outreach-draft", pk=pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back the text from before the last replacement, and keep the present one to return to."""
    draft = draft_of(owner_of(request), pk)
    return _keep(request, draft) or _reworded(draft, lambda: take_back(draft=draft))


@require_POST
def anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it in other words."""
    draft = draft_of(owner_of(request), pk)
    return _keep(request, draft) or _reworded(
        draft, lambda: write_anew(draft=draft, letter=letter_answered(draft))
    )


@require_safe
def eml(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a file that a mail program opens as a draft."""
    draft = draft_of(owner_of(request), pk)
    application = draft.application
    owner = application.owner
    raw = as_eml(
        wording_of(draft),
        sender_name=owner.called,
        sender_email=owner.email,
        in_reply_to=draft.in_reply_to,
        date=timezone.localtime(),
    )
    return HttpResponse(
        raw,
        content_type="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="{_file_name(draft)}"'},
    )


def _file_name(draft: Draft) -> str:
    """A name that tells the file among others in a folder of downloads."""
    employer = draft.application.employer
    whom = slugify(employer.name)[:60] if employer else ""
    return f"letter-to-{whom}.eml" if whom else f"letter-{draft.pk}.eml"


@require_POST
def overruled(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep why the person sends it against the guard's advice."""
    draft = draft_of(owner_of(request), pk)
    form = OverruleForm(request.POST)
    if form.is_valid():
        overrule(draft=draft, because=form.cleaned_data["because"])
    else:
        messages.warning(request, "Say in a few words why, so that you can look back on it later.")
    return redirect("outreach-draft", pk=pk)


@require_POST
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the person sent it."""
    draft = draft_of(owner_of(request), pk)
    record_sent(draft=draft, now=timezone.now())
    messages.info(request, said_after_sending(draft))
    return onward_from(draft)


@require_POST
def not_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that it was sent."""
    record_not_sent(draft=draft_of(owner_of(request), pk))
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
    opened = open_draft(
        owner=owner_of(request),
        application=draft.application,
        letter=letter_answered(draft),
        to=Person(draft.recipient_name, draft.recipient_email),
        now=timezone.now(),
        kind=kind,
    )
    return redirect("outreach-draft", pk=opened.pk)


@require_POST
def advice_decided(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a piece of advice up, leave it, or say that it is done."""
    advice = advice_of(owner_of(request), pk)
    choice = request.POST.get("choice", "")
    if choice in ADVICE_CHOICES:
        decide_advice(
            advice=advice,
            is_wanted=ADVICE_CHOICES[choice],
            done_at=timezone.now() if choice == "done" else None,
        )
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return redirect(back)
    return redirect("outreach-draft", pk=advice.answer.draft_id)


ADVICE_CHOICES = {"take": True, "leave": False, "done": True, "open": None}


def said_after_sending(draft: Draft) -> str:
    """What is said once a letter is out."""
    return QUIET if DraftKind(draft.kind) in ASKING else "Noted."


def onward_from(draft: Draft) -> HttpResponse:
    """Lead back to the plan, where one is open."""
    if draft.application.outcome != Outcome.REJECTED:
        return redirect("outreach-draft", pk=draft.pk)
    return redirect("plan-page", pk=draft.application.plan.pk)


def _reworded(draft: Draft, change: Callable[[], None]) -> HttpResponse:
    """Change the text, unless another window was first: then its page shows what stands there."""
    with suppress(ChangedElsewhereError):
        change()
    return redirect("outreach-draft", pk=draft.pk)


@require_POST
def not_answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that they answered."""
    record_no_answer(draft=draft_of(owner_of(request), pk))
    return redirect("outreach-draft", pk=pk)


def _take(request: HttpRequest, draft: Draft, number: int) -> HttpResponse:
    desk = desk_for(draft, timezone.now())
    for remark in remarks_on(desk.guarded.findings):
        if remark.number == number and remark.can_be_taken:
            take_instead(draft=draft, finding=remark.finding)
            messages.info(request, "Changed. You can take it back below the letter.")
    return redirect("outreach-draft", pk=draft.pk)


def _keep(request: HttpRequest, draft: Draft) -> HttpResponse | None:
    """Keep what was typed; where that cannot be, the page that says so with the words on it."""
    if "text" not in request.POST:
        return None
    form = DraftForm(request.POST)
    typed = request.POST["text"]
    if not form.is_valid() and "revision" not in form.errors:
        return _page(request, draft, status=422, problem=TOO_LONG, unkept=typed)
    try:
        keep_draft(
            draft=draft,
            revision=form.cleaned_data.get("revision", NO_REVISION),
            text=form.cleaned_data.get("text", ""),
            subject=form.cleaned_data.get("subject", ""),
            to=form.cleaned_data.get("to", ("", "")),
        )
    except ChangedElsewhereError:
        return _page(request, draft, status=409, problem=CHANGED, unkept=typed)
    return None


def _page(
    request: HttpRequest, draft: Draft, *, status: int = 200, problem: str = "", unkept: str = ""
) -> HttpResponse:
    context = _context(draft) | {"problem": problem, "unkept": unkept, "room": "letters"}
    if request.headers.get("HX-Request"):
        # The open page keeps its old revision: the next key must not overwrite the other window.
        context["revision"] = request.POST.get("revision", "")
        return render(request, "outreach/_guard.html", context, status=status)
    context["is_heavy"] = speaks_of_self_harm(draft.text)  # R17
    return render(request, "outreach/page.html", context, status=status)


def _context(draft: Draft) -> dict[str, object]:
    desk = desk_for(draft, timezone.now())
    remarks = remarks_on(desk.guarded.findings)
    asks = DraftKind(draft.kind) in ASKING
    return {
        "draft": draft,
        "heading": HEADINGS.get(DraftKind(draft.kind), "A letter"),
        "asks": asks,
        "revision": draft.revision,
        "has_plan": draft.application.outcome == Outcome.REJECTED,
        "desk": desk,
        "guarded": desk.guarded,
        "lead": lead(desk.guarded),
        "length_said": length_said(desk.guarded),
        "courtesy_said": courtesy_said(desk.guarded),
        "need_said": need_said(desk.guarded),
        "remarks": remarks,
        "pieces": pieces_of(draft.text, remarks),
        "has_blank": has_blank(desk.guarded),
        "is_held": desk.guarded.verdict is Verdict.HOLD and not draft.overruled_because,
        "to": reader_of(draft),
        "mailto": mailto(wording_of(draft), draft.in_reply_to),
        **_after_sending(draft),
        "can_go_from_here": draft.touch is None and may_go_from_here(draft),
        "is_anchored": len(remarks) <= ANCHORED_AT_MOST,
        "when": when_line(desk.window, timezone.now()) if desk.window and asks else None,
        "dots": dots(desk.chance),
        "rest": rest_line(desk.exchange, desk.welcome_from, timezone.now())
        if desk.welcome_from
        else None,
    }


def _after_sending(draft: Draft) -> dict[str, object]:
    now, answer = timezone.now(), answer_to(draft)
    offers = [(kind.value, OFFERS[kind]) for kind in letters_next(draft, answer, now)]
    waits = draft.touch is not None and draft.kind == DraftKind.ADVICE_REQUEST and not answer
    return {
        "answer": answer,
        "is_silent": is_silent(draft, answer, now),
        "answers": answers_to(draft) if draft.touch else [],
        "went_from_here": draft.touch is not None and went_from_here(draft),
        "offers": offers,
        "reminder_from": reminder_from(draft) if waits and not offers else None,
    }
