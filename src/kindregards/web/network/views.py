"""The list of people, the page of one, and the ways in and out for them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindregards.sources.people import NoPeople, people_in
from kindregards.web.models import Blog, Contact, Reminder
from kindregards.web.network.due import describe
from kindregards.web.network.exporting import people_as_csv, people_as_vcards
from kindregards.web.network.forms import ContactForm, PeopleForm
from kindregards.web.network.listing import SHOWN, SORTS, Wanted, found, said_met_by
from kindregards.web.network.merging import others_of
from kindregards.web.network.noticing import occasions_now, put_away
from kindregards.web.network.queries import (
    applications_of,
    contact_of,
    letters_of,
    occasion_of,
    touches_of,
)
from kindregards.web.network.rhythm_views import decision_to_undo
from kindregards.web.network.services import (
    AlreadyHereError,
    change_contact,
    put_in,
    remove_contact,
)
from kindregards.web.network.taking import take_people
from kindregards.web.network.words import (
    CLOSENESS,
    REASONS,
    between,
    said_news,
    said_occasion,
    said_taken,
)
from kindregards.web.requests import owner_of
from kindregards.web.rhythm import local_day

ROOM = {"room": "people"}
SHOWN_NEWS = 12
EXPORTS = {"vcf": ("text/vcard", people_as_vcards), "csv": ("text/csv", people_as_csv)}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody, narrowed and sorted as the address says; 50 a page."""
    wanted = Wanted.of(request.GET)
    context = {
        "found": found(owner_of(request), wanted, timezone.now()),
        "wanted": wanted,
        "shown": SHOWN.items(),
        "sorts": SORTS.items(),
        **ROOM,
    }
    # A page that the browser goes back to is whole, though htmx asks for it.
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        return render(request, "network/_found.html", context)
    return render(request, "network/listing.html", context)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what went between you, their applications, what is known."""
    contact = contact_of(owner_of(request), pk)
    return _page(request, contact_pk=pk, form=ContactForm(initial=_known(contact)), status=200)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put somebody in by hand."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contact = put_in(owner=owner_of(request), card=form.card())
        except AlreadyHereError as problem:
            form.add_error(None, str(problem))
        else:
            messages.info(request, "Kept.")
            return redirect("network-page", pk=contact.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "network/new.html", {"form": form, **ROOM}, status=status)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the person says about somebody; no export changes it back."""
    contact, form = contact_of(owner_of(request), pk), ContactForm(request.POST)
    if form.is_valid():
        try:
            change_contact(contact=contact, card=form.card())
        except AlreadyHereError as problem:
            form.add_error(None, str(problem))
        else:
            messages.info(request, "Kept.")
            return redirect("network-page", pk=pk)
    return _page(request, contact_pk=pk, form=form, status=422)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out. Letters stay, and so does what was written."""
    remove_contact(contact=contact_of(owner_of(request), pk))
    messages.info(request, "Taken out. Letters of theirs stay.")
    return redirect("network-list")


@require_POST
def done_with(request: HttpRequest, pk: int) -> HttpResponse:
    """Be done with a reason to write."""
    occasion = occasion_of(owner_of(request), pk)
    put_away(occasion=occasion, now=timezone.now())
    return redirect("network-page", pk=occasion.contact_id)


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Take people in from a file, and say what came of it."""
    form = PeopleForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "network/take.html", {"form": form, **ROOM}, status=status)
    given = form.cleaned_data
    try:
        people = people_in(
            given["file"].file,
            name=given["file"].name or "",
            with_messages=given["with_messages"],
        )
    except NoPeople as problem:
        form.add_error(None, str(problem))
        return render(request, "network/take.html", {"form": form, **ROOM}, status=422)
    taken = take_people(owner=owner_of(request), people=people, now=timezone.now())
    context = {
        "taken": taken,
        "said": said_taken(taken),
        "news": [(one.contact, said_news(one)) for one in taken.news[:SHOWN_NEWS]],
        "more_news": max(0, len(taken.news) - SHOWN_NEWS),
        "unread": people.unread[:SHOWN_NEWS],
        "more_unread": max(0, len(people.unread) - SHOWN_NEWS),
        **ROOM,
    }
    return render(request, "network/taken.html", context)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Everybody as a file: vCard for an address book, CSV for a spreadsheet."""
    kind, written = EXPORTS[form]
    return HttpResponse(
        written(owner_of(request)),
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="people.{form}"'},
    )


def _page(request: HttpRequest, *, contact_pk: int, form: ContactForm, status: int) -> HttpResponse:
    owner, now = owner_of(request), timezone.now()
    contact = contact_of(owner, contact_pk)
    today = local_day(now)
    # A silence that will be a long one only in years is no news for today.
    told = Reminder.objects.filter(contact=contact).exclude(is_dormant=True, due_date__gt=today)
    reminder = told.select_related("contact__employer").first()
    context = {
        "contact": contact,
        "form": form,
        "between": between(touches_of(contact), letters_of(contact)),
        "applications": applications_of(contact)[:10],
        "others": others_of(contact),
        "feeds": Blog.objects.filter(contact=contact).order_by("pk"),
        "reasons": [(one.value, said) for one, said in REASONS.items()],
        "occasions": [
            (one, said_occasion(one)) for one in occasions_now(owner, now).filter(contact=contact)
        ],
        "due": describe(owner, reminder, now) if reminder else None,
        "is_due": reminder is not None and reminder.due_date <= today,
        "closeness": CLOSENESS.items(),
        "undo": decision_to_undo(request, now),
        "met_by": said_met_by(contact),
        **ROOM,
    }
    return render(request, "network/page.html", context, status=status)


def _known(contact: Contact) -> dict[str, str]:
    return {
        "name": contact.name,
        "email": contact.email,
        "role": contact.role,
        "works_at": contact.works_at,
        "profile": contact.profile,
        "note": contact.note,
    }
