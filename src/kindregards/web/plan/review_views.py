"""Looking at letters whose reading is in doubt, one at a time, and at those like one corrected."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindregards.core.letters.reading import Kind
from kindregards.web.letters.queries import letter_of, sender_doubt_of, sheet_of
from kindregards.web.letters.review import letters_like, next_unsure, unsure_letters
from kindregards.web.letters.words import KINDS
from kindregards.web.plan.services import correct_alike, correct_letter
from kindregards.web.requests import owner_of

PUT_OFF = "review_put_off"
MOST_PUT_OFF = 500


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """The letter that is most useful to look at, and what it could be, each with its key."""
    owner = owner_of(request)
    letter = next_unsure(owner, request.session.get(PUT_OFF, []))
    sheet = sheet_of(letter) if letter else None
    shown = sheet.reading.evidence if sheet else ()
    context = {
        "letter": letter,
        "sheet": sheet,
        "because": next((one.quote for one in shown if one.field == "kind"), ""),
        "doubt": sender_doubt_of(letter) if letter else None,
        "said": KINDS[Kind(letter.kind)] if letter else "",
        "kinds": [
            (str(key), kind.value, said) for key, (kind, said) in enumerate(KINDS.items(), 1)
        ],
        "left": unsure_letters(owner).count(),
        "room": "letters",
    }
    return render(request, "letters/review.html", context)


@require_POST
def review_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the person says the letter is; what is like it is offered next."""
    owner = owner_of(request)
    letter = letter_of(owner, pk)
    kind = request.POST.get("kind", "")
    if kind == "later":
        put_off = [*request.session.get(PUT_OFF, []), pk][-MOST_PUT_OFF:]
        some_left = unsure_letters(owner).exclude(pk__in=put_off).exists()
        request.session[PUT_OFF] = put_off if some_left else [pk]  # round again
        return redirect("letters-review")
    if kind not in [known.value for known in Kind]:
        messages.warning(request, "Choose one of the kinds.")
        return redirect("letters-review")
    correct_letter(letter=letter, changes={"kind": kind}, now=timezone.now())
    return redirect("letters-alike", pk=pk) if letters_like(letter) else redirect("letters-review")


@require_http_methods(["GET", "HEAD", "POST"])
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters of the same form by the same sender, offered the same correction."""
    letter = letter_of(owner_of(request), pk)
    others = letters_like(letter)
    if request.method == "POST":
        ticked = set(request.POST.getlist("letter"))
        chosen = [other for other in others if str(other.pk) in ticked]
        correct_alike(letter=letter, others=chosen, now=timezone.now())
        if chosen:
            messages.info(request, f"{len(chosen)} more corrected.")
        return redirect(
            "letters-review" if unsure_letters(letter.owner).exists() else "letters-list"
        )
    context = {
        "letter": letter,
        "others": others,
        "said": KINDS[Kind(letter.kind)],
        "room": "letters",
    }
    return render(request, "letters/alike.html", context)
