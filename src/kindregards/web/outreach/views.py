"""The draft page: write, see what the guard noticed, take it along, say that it was sent."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.outreach import AnswerKind, DraftKind, Verdict, mailto
from kindregards.core.outreach.intake import language_written
from kindregards.core.self_harm import speaks_of_self_harm
from kindregards.web.claims import claims_about
from kindregards.web.models import Draft
from kindregards.web.outreach.forms import LONGEST, DraftForm, OverruleForm
from kindregards.web.outreach.happened import MOST, happenings, typed_in
from kindregards.web.outreach.matter import matter_of
from kindregards.web.outreach.pictures import dots, rest_line, when_line
from kindregards.web.outreach.queries import (
    answers_to,
    desk_for,
    draft_of,
    is_kept,
    is_rest,
    is_silent,
    letter_replied_to,
    letters_next,
    may_go_from_here,
    others_there,
    overruled_before,
    reader_of,
    reminder_from,
    wording_of,
)
from kindregards.web.outreach.sending import sending_at
from kindregards.web.outreach.services import (
    ChangedElsewhereError,
    answer_to,
    fill_blanks,
    keep_draft,
    make_again,
    overrule,
    say_posted_again,
    take_back,
    take_instead,
    take_up,
    tell,
    went_from_here,
    write_anew,
    write_to_another,
)
from kindregards.web.outreach.voices import Voice
from kindregards.web.outreach.words import (
    ASKING,
    OFFERS,
    REASONS_TO_CHOOSE,
    VOICES,
    barrier_in,
    blanks_in,
    courtesy_said,
    has_blank,
    heading_of,
    lead,
    length_said,
    need_said,
    note_said,
    reasons_said,
)
from kindregards.web.remarks import best_time, pieces_of, remarks_on
from kindregards.web.requests import owner_of

NO_REVISION = -1
LONGEST_WORDS = 500  # characters of one short field
CHANGED = "This letter was changed in another window, and what you wrote here was not kept yet."
CHANGED_HERE = "Changed. You can take it back below the letter."
KEPT = "Kept. It comes back to you on Today then."
TOO_LONG = f"Longer than {LONGEST:,} characters is no letter, so this was not kept yet."


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
    if "put" in request.POST:
        return _fill(request, draft)
    if "reader" in request.POST:
        return _to_another(request, draft)
    take = request.POST.get("take", "")
    if take.isdecimal() and len(take) < 4:
        return _take(request, draft, int(take))
    return redirect("outreach-draft", pk=pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last change back; the present text can be returned to."""
    draft = draft_of(owner_of(request), pk)
    return _keep(request, draft) or _reworded(draft, lambda: take_back(draft=draft))


@require_POST
def redo(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the change again that was taken back last."""
    draft = draft_of(owner_of(request), pk)
    return _keep(request, draft) or _reworded(draft, lambda: make_again(draft=draft))


@require_POST
def taken_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a letter that was kept for a day up again."""
    draft = draft_of(owner_of(request), pk)
    return _keep(request, draft) or _reworded(draft, lambda: take_up(draft=draft))


@require_POST
def posted_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep that the job is posted again, or is not after all."""
    draft = draft_of(owner_of(request), pk)
    say_posted_again(draft=draft, is_posted_again=request.POST.get("again") == "yes")
    return redirect("outreach-draft", pk=pk)


@require_POST
def anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it in other words."""
    draft = draft_of(owner_of(request), pk)
    voice = next((one for one in Voice if one == request.POST.get("voice")), None)
    if draft.application_id is not None:
        voice = None  # it answers a letter, in that letter's language
    return _keep(request, draft) or _reworded(
        draft, lambda: write_anew(draft=draft, letter=letter_replied_to(draft), voice=voice)
    )


@require_POST
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a word of progress with what was picked from the record, and what was typed."""
    draft, now = draft_of(owner_of(request), pk), timezone.now()
    picked = set(request.POST.getlist("happened")[:MOST])
    happened = [(one.what, one.words) for one in happenings(draft, now) if one.key in picked]
    typed = " ".join(request.POST.get("typed", "").replace("\x00", "").split())[:LONGEST_WORDS]
    if typed:
        happened.append(("typed", typed))
    if draft.kind != DraftKind.PROGRESS or draft.contact_id is None:
        return redirect("outreach-draft", pk=pk)
    return _reworded(draft, lambda: tell(draft=draft, happened=happened))


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


def _reworded(draft: Draft, change: Callable[[], None]) -> HttpResponse:
    """Change the text, unless another window was first: then its page shows what stands there."""
    with suppress(ChangedElsewhereError):
        change()
    return redirect("outreach-draft", pk=draft.pk)


def _take(request: HttpRequest, draft: Draft, number: int) -> HttpResponse:
    desk = desk_for(draft, timezone.now())
    for remark in remarks_on(desk.guarded.findings):
        if remark.number == number and remark.can_be_taken:
            take_instead(draft=draft, finding=remark.finding)
            messages.info(request, KEPT if remark.is_time else CHANGED_HERE)
    return redirect("outreach-draft", pk=draft.pk)


def _to_another(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Turn the letter to somebody else of this process."""
    chosen = [one for one in others_there(draft) if str(one.pk) == request.POST["reader"]]
    if not chosen:
        return redirect("outreach-draft", pk=draft.pk)
    return _reworded(draft, lambda: write_to_another(draft=draft, contact=chosen[0]))


def _fill(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Put the words of the short fields where the blanks stand."""
    blanks, words = request.POST.getlist("blank"), request.POST.getlist("words")
    given = [
        (one[:LONGEST_WORDS], own[:LONGEST_WORDS]) for one, own in zip(blanks, words, strict=False)
    ]
    return _reworded(draft, lambda: fill_blanks(draft=draft, given=given))


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
    context = _context(draft) | {"problem": problem, "unkept": unkept}
    context["room"] = "people" if draft.contact_id else "letters"
    if request.headers.get("HX-Request"):
        # The open page keeps its old revision: the next key must not overwrite the other window.
        context["revision"] = request.POST.get("revision", "")
        return render(request, "outreach/_guard.html", context, status=status)
    context["is_heavy"] = speaks_of_self_harm(draft.text)  # R17
    context["others_there"] = [] if draft.touch else others_there(draft)
    context |= {} if draft.touch else _choices(draft)
    return render(request, "outreach/page.html", context, status=status)


def _choices(draft: Draft) -> dict[str, object]:
    """What can be chosen of a word to somebody without an application: its voice, what it tells."""
    if draft.application_id is not None:
        return {}
    tells = draft.kind == DraftKind.PROGRESS
    return {
        "voices": VOICES,
        "tells": tells,
        "happenings": happenings(draft, timezone.now()) if tells else [],
        "typed": typed_in(draft),
    }


def _context(draft: Draft) -> dict[str, object]:
    now = timezone.now()
    desk = desk_for(draft, now)
    matter = matter_of(draft)
    remarks = remarks_on(desk.guarded.findings)
    asks = DraftKind(draft.kind) in ASKING
    is_held = desk.guarded.verdict is Verdict.HOLD and not draft.overruled_because
    rests = is_held and is_rest(desk)
    return {
        "draft": draft,
        "heading": heading_of(DraftKind(draft.kind), matter.occasion),
        "note": note_said(draft, desk.circumstances, timezone.now()),
        "profile": matter.contact.profile if matter.contact else "",
        "by_profile": draft.kind == DraftKind.INVITATION
        or (matter.by_linkedin and not draft.recipient_email),
        "asks": asks,
        "revision": draft.revision,
        "matter": matter,
        "desk": desk,
        "guarded": desk.guarded,
        "lead": lead(desk.guarded, unanswered=len(desk.exchange.unanswered) if rests else 0),
        "is_kept": is_kept(draft, now),
        "written_in": language_written(draft.text, draft.language),
        "rests": rests,
        "length_said": length_said(desk.guarded),
        "courtesy_said": courtesy_said(desk.guarded),
        "need_said": need_said(desk.guarded),
        "remarks": remarks,
        "pieces": pieces_of(draft.text, remarks),
        "has_blank": has_blank(desk.guarded),
        "barrier": barrier_in(desk.guarded),
        "blanks": blanks_in(desk.guarded),
        "appeals": any(found.rule == "second-chance" for found in desk.guarded.findings),
        "is_held": is_held,
        "best_time": best_time(remarks),
        "overruled_before": overruled_before(draft)
        if is_held and not has_blank(desk.guarded)
        else [],
        "to": ", ".join(filter(None, (reader_of(draft), draft.more_readers))),
        "mailto": mailto(wording_of(draft), draft.in_reply_to),
        **_after_sending(draft),
        "can_go_from_here": draft.touch is None and may_go_from_here(draft),
        "is_anchored": len(remarks) <= ANCHORED_AT_MOST,
        "when": when_line(desk.window, now) if desk.window and asks else None,
        "dots": dots(desk.chance),
        "rest": rest_line(desk.exchange, desk.welcome_from, now) if desk.welcome_from else None,
    }


def _after_sending(draft: Draft) -> dict[str, object]:
    now, answer = timezone.now(), answer_to(draft)
    offers = [(kind.value, OFFERS[kind]) for kind in letters_next(draft, answer, now)]
    waits = draft.touch is not None and draft.kind == DraftKind.ADVICE_REQUEST and not answer
    answers = answers_to(draft) if draft.touch else []
    return {
        "answer": answer,
        "is_silent": is_silent(draft, answer, now),
        "answers": [(one, reasons_said(one.reasons)) for one in answers],
        "reasons_to_choose": REASONS_TO_CHOOSE,
        "refused": any(one.kind == AnswerKind.REFUSED for one in answers),
        "claims": claims_about(draft.owner, draft.application_id)
        if draft.touch and draft.application_id
        else [],
        "went_from_here": draft.touch is not None and went_from_here(draft),
        "offers": offers,
        "reminder_from": reminder_from(draft) if waits and not offers else None,
    }
