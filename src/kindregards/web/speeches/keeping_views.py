"""What is kept for bad evenings: kind words, somebody to call, music."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kindregards.web.models import Contact, KindWord, User
from kindregards.web.requests import owner_of
from kindregards.web.speeches.forms import ComfortForm, KindWordForm
from kindregards.web.speeches.queries import comfort_of
from kindregards.web.speeches.record import words_of_letters
from kindregards.web.speeches.services import keep_comfort, keep_kind_word

ROOM = {"room": "hear"}
MOST_CONTACTS = 300


@require_http_methods(["GET", "HEAD", "POST"])
def kind_words(request: HttpRequest) -> HttpResponse:
    """The kind words: those of letters, and those that were put in by hand."""
    owner = owner_of(request)
    form = KindWordForm(request.POST) if request.method == "POST" else KindWordForm()
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        keep_kind_word(
            owner=owner,
            quote=told["quote"].strip(),
            who=told["who"].strip(),
            on=told["on_date"],
            now=timezone.now(),
        )
        messages.info(request, "Kept.")
        return redirect("speeches-kind")
    context = {
        "by_hand": KindWord.objects.filter(owner=owner).order_by("-added_at", "-pk"),
        "of_letters": words_of_letters(owner),
        "form": form,
        **ROOM,
    }
    return render(request, "speeches/kind_words.html", context, status=_status(form.is_bound))


@require_POST
def forget_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget kind words that were put in by hand."""
    deleted, _rows = KindWord.objects.filter(owner=owner_of(request), pk=pk).delete()
    if not deleted:
        raise Http404
    messages.info(request, "Forgotten.")
    return redirect("speeches-kind")


@require_http_methods(["GET", "HEAD", "POST"])
def small(request: HttpRequest) -> HttpResponse:
    """Choose whom to call on a bad evening, and what music."""
    owner = owner_of(request)
    form = ComfortForm(request.POST) if request.method == "POST" else ComfortForm()
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        contact = _contact(owner, told["contact"])
        keep_comfort(owner=owner, contact=contact, number=told["number"], music=told["music"])
        messages.info(request, "Kept. It stands under what there is to hear.")
        return redirect("speeches-page")
    context = {
        "comfort": comfort_of(owner),
        "contacts": _people(owner),
        "form": form,
        **ROOM,
    }
    return render(request, "speeches/small.html", context, status=_status(form.is_bound))


def _people(owner: User) -> list[Contact]:
    """Those who have a name, the latest heard of first."""
    named = Contact.objects.filter(owner=owner).exclude(name="")
    return list(named.order_by("-last_at", "name_key")[:MOST_CONTACTS])


def _contact(owner: User, pk: int | None) -> Contact | None:
    return Contact.objects.filter(owner=owner, pk=pk).first() if pk else None


def _status(is_refused: bool) -> int:
    return 422 if is_refused else 200
