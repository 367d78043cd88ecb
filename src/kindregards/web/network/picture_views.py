"""A picture of the network: a table whose cells are drawn as dots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindregards.core.network.picture import Cell, Picture, Seen, Warmth, picture_of
from kindregards.web.models import Contact, MetBy, Reminder, User
from kindregards.web.requests import owner_of
from kindregards.web.rhythm import local_day

MOST_NAMED = 12
WIDE = 100.0  # units of a drawing; a page makes them as wide as there is room
# How many dots stand beside one another, by how many the fullest cell has.
_A_ROW = ((24, 6), (80, 10), (300, 16), (900, 24))
_SMALLEST = 32
_FROM = {
    MetBy.LETTER: "From letters",
    MetBy.LINKEDIN: "From LinkedIn",
    MetBy.ADDRESS_BOOK: "From your address book",
    MetBy.HAND: "Put in by you",
}
_SINCE = {
    Warmth.SEASON: "within three months",
    Warmth.YEAR: "within a year",
    Warmth.YEARS: "within three years",
    Warmth.LONG: "longer ago",
    Warmth.NEVER: "no word yet",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell as dots: paths of round strokes, so that 2,000 people are a few kilobytes."""

    cell: Cell
    height: float
    width: float
    ring: float
    core: float
    due: str
    others: str


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """Who was met where, how long ago the last word was, and who is due."""
    owner, now = owner_of(request), timezone.now()
    told = picture_of(_seen(owner, now), the_rest="Other employers", last=tuple(_FROM.values()))
    due = Reminder.objects.filter(owner=owner, due_date__lte=local_day(now))
    context = {
        "places": [(place, [_drawn(told, cell) for cell in place.cells]) for place in told.places],
        "since": list(_SINCE.values()),
        "a_dot": told.a_dot,
        "people": sum(place.people for place in told.places),
        "many_due": sum(cell.due for place in told.places for cell in place.cells),
        "due": due.select_related("contact__employer").order_by("due_date", "pk")[:MOST_NAMED],
        "room": "people",
    }
    return render(request, "network/picture.html", context)


def _seen(owner: User, now: datetime) -> Iterator[Seen]:
    due = Reminder.objects.filter(owner=owner, due_date__lte=local_day(now))
    keys = set(due.values_list("contact_id", flat=True))
    people = Contact.objects.filter(owner=owner, gone_at=None)
    for key, employer, met_by, last_at in people.values_list(
        "pk", "employer__name", "met_by", "last_at"
    ):
        days = None if last_at is None else max(0, (now - last_at).days)
        yield Seen(employer or _FROM[MetBy(met_by)], days, key in keys)


def _drawn(told: Picture, cell: Cell) -> Drawn:
    a_row = next((many for most, many in _A_ROW if told.most <= most), _SMALLEST)
    pitch = WIDE / a_row
    due = -(-cell.due // told.a_dot)
    dots = -(-cell.people // told.a_dot)
    at = [
        f"M{pitch * (n % a_row + 0.5):.4g} {pitch * (n // a_row + 0.5):.4g}h0" for n in range(dots)
    ]
    rows = -(-dots // a_row)
    return Drawn(
        cell=cell,
        height=round(pitch * rows, 2),
        width=round(pitch * 0.72, 2),
        ring=round(pitch * 0.96, 2),
        core=round(pitch * 0.6, 2),
        due="".join(at[:due]),
        others="".join(at[due:]),
    )
