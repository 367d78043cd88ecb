"""Asking people to read a version, and each of them: how they get it, what they gave back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kindregards.core.resumes.remarks import CarriedBy
from kindregards.core.resumes.review import ReviewError
from kindregards.web.models import Reviewer, ShareLink
from kindregards.web.requests import owner_of
from kindregards.web.resumes import asking
from kindregards.web.resumes.reader_forms import ReturnedForm
from kindregards.web.resumes.reader_queries import how_far, reader_of
from kindregards.web.resumes.reader_words import (
    SUBJECT,
    THANKS,
    invitation,
    mail_address,
    thanks,
)
from kindregards.web.reviews import take_returned
from kindregards.web.share_links import address_of, make_link, revoke_link

ROOM = {"room": "resume"}


@require_safe
def reader(request: HttpRequest, pk: int) -> HttpResponse:
    """One reader: what to send them, how far they are, and what to do about it."""
    return _reader_page(request, reader_of(owner_of(request), pk), ReturnedForm())


def _reader_page(request: HttpRequest, one: Reviewer, form: ReturnedForm) -> HttpResponse:
    now = timezone.now()
    comments = list(one.comments.order_by("start", "pk"))
    link: ShareLink | None = getattr(one, "link", None)
    is_open = one.closes_at > now
    address = address_of(link) if is_open and link and link.revoked_at is None else ""
    letter = invitation(one, address)
    context: dict[str, Any] = {
        "reader": one,
        "said": how_far(one, len(comments), now),
        "is_open": is_open,
        "by_link": one.carried_by == CarriedBy.LINK,
        "address": address,
        "letter": letter,
        "mailto": mail_address(one, SUBJECT, letter),
        "form": form,
        "answers": list(zip(one.questions, one.answers, strict=False)),
        "many": len(comments),
        **ROOM,
    }
    if one.submitted_at is not None:
        context["thanks"] = thanks(one, comments)
        context["thanks_mailto"] = mail_address(one, THANKS, context["thanks"])
    status = 422 if form.is_bound else 200
    return render(request, "resumes/reader.html", context, status=status)


@require_POST
def link_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Make another link; the one before opens nothing any more."""
    one = reader_of(owner_of(request), pk)
    make_link(reviewer=one, now=timezone.now())
    messages.info(request, "This is the new link. The one before opens nothing any more.")
    return redirect("resumes-reader", pk=pk)


@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the link open nothing any more."""
    revoke_link(reviewer=reader_of(owner_of(request), pk), now=timezone.now())
    messages.info(request, "The link opens nothing any more.")
    return redirect("resumes-reader", pk=pk)


@require_POST
def longer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the review open for two weeks from today."""
    asking.open_longer(reviewer=reader_of(owner_of(request), pk), now=timezone.now())
    messages.info(request, "It is open for two more weeks.")
    return redirect("resumes-reader", pk=pk)


@require_POST
def closed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take nothing more from this reader."""
    asking.close(reviewer=reader_of(owner_of(request), pk), now=timezone.now())
    messages.info(request, "It is closed. What came back stays.")
    return redirect("resumes-reader", pk=pk)


@require_POST
def removed(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a reader and what they said."""
    one = reader_of(owner_of(request), pk)
    asking.remove_reader(reviewer=one)
    messages.info(request, f"{one.name} and what they said are removed.")
    return redirect("plan-readers", pk=one.version_id)


@require_POST
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a review that came back as a file. It says itself whose it is."""
    one = reader_of(owner_of(request), pk)
    form = ReturnedForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            back = take_returned(owner=one.owner, raw=form.cleaned_data["raw"], now=timezone.now())
        except ReviewError as refused:
            form.add_error(None, str(refused))
        else:
            messages.info(request, f"The review by {back.name} is here.")
            return redirect("resumes-comments", pk=back.version_id)
    return _reader_page(request, one, form)


@require_POST
def thanked(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember that they were thanked."""
    asking.mark_thanked(reviewer=reader_of(owner_of(request), pk), now=timezone.now())
    messages.info(request, "Noted.")
    return redirect("resumes-reader", pk=pk)


@require_POST
def known(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep them among the person's people."""
    contact = asking.keep_as_contact(reviewer=reader_of(owner_of(request), pk))
    messages.info(request, f"{contact.name} is among your people.")
    return redirect("resumes-reader", pk=pk)
