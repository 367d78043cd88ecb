"""Two who are one: taking them together, keeping them apart, and taking them apart again.

Of two rows one is hidden behind the other; nothing is copied over and nothing is lost, so that
every step can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q

from kindregards.core.network.doubles import Known, Pair, likely_doubles
from kindregards.web.models import (
    Apart,
    Blog,
    Contact,
    Draft,
    Meeting,
    Occasion,
    Reminder,
    Touch,
    User,
)
from kindregards.web.rhythm import work_out

# What is filled in where the one who is kept lacks it. Two that must not be on two rows are moved.
_FILLED = (
    "role", "works_at", "works_at_key", "connected_date", "birth_year", "birth_month", "birth_day",
    "note", "promised", "closeness", "employer_id", "email", "profile",
)  # fmt: skip
_MOVED = ("email", "profile")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two: who it is, and how many words there are between you."""

    contact: Contact
    words: int


def pairs_of(owner: User) -> list[Pair[int]]:
    """Who may be here twice, the likeliest first, by keys. Asks the database twice."""
    people = Contact.objects.filter(owner=owner).order_by("pk")
    told = people.values_list("pk", "name_key", "works_at_key", "profile")
    apart = Apart.objects.filter(owner=owner).values_list("one", "other")
    return likely_doubles((Known(*one) for one in told), {frozenset(both) for both in apart})


def sides_of(owner: User, pair: Pair[int]) -> list[Side]:
    """The two of a pair, the one who would be kept first."""
    both = Contact.objects.filter(owner=owner, pk__in=(pair.one, pair.other))
    counted = both.select_related("employer").annotate(words=models.Count("touches"))
    return sorted((Side(one, one.words) for one in counted), key=_place)


def _place(side: Side) -> tuple[object, ...]:
    """Who is kept: whom a process belongs to, with whom there were most words, who came first."""
    one = side.contact
    return (one.employer_id is None, -side.words, not one.profile, one.pk)


def others_of(contact: Contact) -> Sequence[Contact]:
    """As whom else they are here."""
    return list(Contact.everyone.filter(same_as=contact).order_by("pk"))


@transaction.atomic
def keep_apart(*, owner: User, one: Contact, other: Contact) -> None:
    """Remember that two are not the same person."""
    low, high = sorted((one, other), key=lambda each: each.pk)
    Apart.objects.get_or_create(owner=owner, one=low, other=high)


@transaction.atomic
def take_together(*, kept: Contact, other: Contact, now: datetime) -> None:
    """Let two be one person: what went between you and the other belongs to the one kept."""
    went: dict[str, Any] = {
        "touches": _moved(Touch.objects.filter(contact=other), kept),
        "occasions": _moved(_not_twice(other, kept), kept),
        "meetings": _moved(
            Meeting.objects.filter(contact=other).exclude(
                debrief__in=Meeting.objects.filter(contact=kept).values("debrief")
            ),
            kept,
        ),
        "feeds": _moved(
            Blog.objects.filter(contact=other).exclude(
                address__in=Blog.objects.filter(contact=kept).values("address")
            ),
            kept,
        ),
        "drafts": _moved(_not_open_twice(other, kept), kept),
        "people": [one.pk for one in others_of(other)],
        "filled": {},
    }
    Contact.everyone.filter(same_as=other).update(same_as=kept)
    Reminder.objects.filter(contact=other).delete()
    _fill(kept, other, went["filled"])
    other.same_as, other.went_along = kept, went
    other.save()
    kept.save()  # after the other, which gives up its address first
    work_out(owner_id=kept.owner_id, contacts=[kept.pk], now=now)


def _not_twice(other: Contact, kept: Contact) -> models.QuerySet[Occasion]:
    """Reasons to write that the one kept has not."""
    there = Q(pk=None)
    for kind, at in kept.occasions.values_list("kind", "at"):
        there |= Q(kind=kind, at=at)
    return Occasion.objects.filter(contact=other).exclude(there)


def _not_open_twice(other: Contact, kept: Contact) -> models.QuerySet[Draft]:
    """Letters but for those open ones of a kind of which one is open to the one kept."""
    open_there = kept.drafts.filter(touch=None, application=None, occasion=None)
    twice = Q(touch=None, occasion=None, kind__in=list(open_there.values_list("kind", flat=True)))
    return Draft.objects.filter(contact=other).exclude(twice)


def _moved(some: models.QuerySet[Any], kept: Contact) -> list[int]:
    pks = list(some.values_list("pk", flat=True))
    some.model.objects.filter(pk__in=pks).update(contact=kept)
    return pks


def _fill(kept: Contact, other: Contact, filled: dict[str, list[object]]) -> None:
    for name in _FILLED:
        mine, theirs = getattr(kept, name), getattr(other, name)
        if mine or not theirs or (name in _MOVED and not other.name):
            continue
        filled[name] = [_plain(mine), _plain(theirs)]
        setattr(kept, name, theirs)
        if name in _MOVED:
            setattr(other, name, "")
    if other.last_at and (kept.last_at is None or kept.last_at < other.last_at):
        filled["last_at"] = [_plain(kept.last_at), _plain(other.last_at)]
        kept.last_at = other.last_at


@transaction.atomic
def take_apart(*, other: Contact, now: datetime) -> Contact:
    """Let them be two again, as before, and remember it; gives the one who was kept.

    What the person has changed since then stays as they changed it.
    """
    kept, went = other.same_as, other.went_along
    assert kept is not None
    for name, model in (
        ("touches", Touch),
        ("occasions", Occasion),
        ("meetings", Meeting),
        ("feeds", Blog),
        ("drafts", Draft),
    ):
        rows: models.QuerySet[Any] = model.objects.filter(pk__in=went.get(name, ()), contact=kept)
        rows.update(contact=other)
    Contact.everyone.filter(pk__in=went["people"], same_as=kept).update(same_as=other)
    _empty(kept, other, went["filled"])
    other.same_as, other.went_along = None, {}
    kept.save()
    other.save()
    keep_apart(owner=kept.owner, one=kept, other=other)
    work_out(owner_id=kept.owner_id, contacts=[kept.pk, other.pk], now=now)
    return kept


def _empty(kept: Contact, other: Contact, filled: dict[str, list[Any]]) -> None:
    for name, (before, after) in filled.items():
        if name in _MOVED:
            setattr(other, name, after)
        if name == "last_at":
            last = kept.touches.aggregate(at=Max("at"))["at"]
            kept.last_at = max(filter(None, (_read(name, before), last)), default=None)
        elif _plain(getattr(kept, name)) == after:
            setattr(kept, name, _read(name, before))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, value: object) -> Any:
    if name == "employer_id":
        return value
    column: models.Field[Any, Any] = Contact._meta.get_field(name)  # type: ignore[assignment]
    return column.to_python(value)
