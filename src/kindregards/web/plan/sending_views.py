"""The last look at a letter, and the one press that brings it out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.web.mail.queries import account_of
from kindregards.web.mail.sending import accounts_that_send
from kindregards.web.models import Draft, MailAccount, Sending, SendingState, Way
from kindregards.web.outreach.matter import matter_of
from kindregards.web.outreach.queries import draft_of
from kindregards.web.outreach.sending import (
    NotNowError,
    last_sending,
    obstacle_to,
    sending_at,
    settle_sending,
)
from kindregards.web.outreach.sent_views import onward_from, said_after_sending
from kindregards.web.plan.sending import bring_out
from kindregards.web.requests import owner_of

NO_REVISION = -1


@require_safe
def last_look(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it would go, or how the attempt to send it stands."""
    draft = draft_of(owner_of(request), pk)
    if draft.touch is not None:
        return redirect("outreach-draft", pk=pk)
    under_way = sending_at(draft, timezone.now())
    context = {
        "draft": draft,
        "matter": matter_of(draft),
        "room": "letters",
        "sending": under_way,
    }
    if under_way is not None:
        return render(request, "outreach/sending.html", context)
    accounts = accounts_that_send(owner_of(request))
    context |= _ways(accounts, request.GET.get("from", ""))
    last = last_sending(draft)
    return render(
        request,
        "outreach/last_look.html",
        context
        | {
            "obstacle": obstacle_to(draft, timezone.now()),
            "failed": last if last and last.state == SendingState.FAILED else None,
            "laid": _laid(draft),
        },
    )


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the letter that was looked at, or lay it into the drafts folder; once."""
    owner = owner_of(request)
    draft = draft_of(owner, pk)
    account = account_of(owner, _number(request.POST.get("account", "")))
    revision = _number(request.POST.get("revision", ""))
    way = Way.DRAFTS if request.POST.get("way") == Way.DRAFTS else Way.SMTP
    try:
        sending = bring_out(
            draft=draft, account=account, way=way, revision=revision, clock=timezone.now
        )
    except NotNowError as reason:
        messages.warning(request, str(reason))
        return redirect("outreach-look", pk=pk)
    return _told(request, sending)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the person found in their sent mail about an attempt that nobody can tell of."""
    draft = draft_of(owner_of(request), pk)
    was_sent = request.POST.get("was_sent") == "yes"
    settle_sending(draft=draft, was_sent=was_sent, now=timezone.now())
    draft = draft_of(owner_of(request), pk)
    if draft.touch is None:
        return redirect("outreach-look", pk=pk)
    messages.info(request, said_after_sending(draft))
    return onward_from(draft)


def _told(request: HttpRequest, sending: Sending) -> HttpResponse:
    if sending.state != SendingState.DONE or sending.way == Way.DRAFTS:
        return redirect("outreach-look", pk=sending.draft_id)
    draft = draft_of(owner_of(request), sending.draft_id)
    if sending.trouble:
        messages.warning(request, sending.trouble)
    messages.info(request, f"Sent. {said_after_sending(draft)}")
    return onward_from(draft)


def _ways(accounts: list[MailAccount], chosen: str) -> dict[str, Any]:
    """From where it can go; the one that was chosen, else the first."""
    account = next((one for one in accounts if str(one.pk) == chosen), None)
    account = account or next(iter(accounts), None)
    return {
        "account": account,
        "others": [one for one in accounts if one != account],
        "can_send": account is not None and hasattr(account, "sending_server"),
        "can_lay": account is not None and account.begun_at is not None,
    }


def _laid(draft: Draft) -> Sending | None:
    """When it was laid into the drafts folder last."""
    laid = draft.sendings.filter(way=Way.DRAFTS, state=SendingState.DONE)
    return laid.order_by("-ended_at").first()


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 10 else NO_REVISION
