"""The list of people: what is asked for in its address, and one page of what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from kindregards.core.applications import name_key
from kindregards.core.network.card import person_key
from kindregards.web.models import Application, Contact, Employer, MetBy, User
from kindregards.web.network.noticing import occasions_now

A_PAGE = 50
# Somebody not heard of for three years is a dormant tie, whose advice is often the best (R27).
DORMANT_AFTER = timedelta(days=3 * 365)
SHOWN = {
    "reason": "with a reason to write",
    "met": "from your applications",
    "inside": "where you applied",
    "dormant": "not in touch for three years",
    "left": "no longer connected",
}
SORTS = {"latest": "latest word first", "name": "by name", "employer": "by employer"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; what it says wrongly counts as not said."""

    words: str = ""
    shown: str = ""
    sort: str = "latest"
    page: str = "1"

    @classmethod
    def of(cls, given: QueryDict) -> Wanted:
        """Take what is known from the part of an address behind its question mark."""
        shown, sort = given.get("shown", ""), given.get("sort", "")
        return cls(
            words=given.get("q", "").replace("\x00", "").strip()[:200],
            shown=shown if shown in SHOWN else "",
            sort=sort if sort in SORTS else "latest",
            page=given.get("page", "1"),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything but the order is asked for."""
        return bool(self.words or self.shown)

    @property
    def narrows_further(self) -> bool:
        """Whether more than words is asked for."""
        return bool(self.shown or self.sort != "latest")

    @property
    def address(self) -> str:
        """The same as the part of an address, without the page; "" for everything."""
        query = QueryDict(mutable=True)
        named = {"q": self.words, "shown": self.shown}
        named |= {"sort": self.sort if self.sort != "latest" else ""}
        query.update({name: value for name, value in named.items() if value})
        return query.urlencode()


def found(owner: User, wanted: Wanted, now: datetime) -> Page[Contact]:
    """One page of the people asked for. Asks the database as often for many as for few.

    Who is on it is found by key alone, within the index: the last page is as quick as the first.
    For words everybody must be looked at, so that is done once and not to count them, too.
    """
    some = _sorted(_matching(owner, wanted, now), wanted.sort).values_list("pk", flat=True)
    keys = list(some) if wanted.words else some
    page: Page[Any] = Paginator(keys, A_PAGE).get_page(wanted.page)
    there = Contact.objects.select_related("employer").in_bulk(list(page.object_list))
    page.object_list = [there[key] for key in page.object_list if key in there]
    return page


def _matching(owner: User, wanted: Wanted, now: datetime) -> QuerySet[Contact]:
    some = Contact.objects.filter(owner=owner)
    for word in name_key(wanted.words).split():
        employers = Employer.objects.filter(owner=owner, key__contains=word).values("pk")
        some = some.filter(
            Q(name_key__contains=person_key(word) or word)
            | Q(works_at_key__contains=word)
            | Q(email__contains=word)
            | Q(employer__in=employers)
        )
    if wanted.shown == "reason":
        some = some.filter(pk__in=occasions_now(owner, now).values("contact"))
    elif wanted.shown == "met":
        some = some.filter(employer__isnull=False)
    elif wanted.shown == "inside":
        there = Application.objects.filter(owner=owner).exclude(employer__key="")
        some = some.filter(works_at_key__in=there.values("employer__key"))
    elif wanted.shown == "dormant":
        some = some.filter(_silent_since(now - DORMANT_AFTER))
    elif wanted.shown == "left":
        some = some.filter(gone_at__isnull=False)
    return some


def _silent_since(moment: datetime) -> Q:
    """In touch at that time or before, by a word or by being connected, and not since."""
    by_word = Q(last_at__lte=moment)
    return by_word | Q(last_at__isnull=True, connected_date__lte=moment.date())


def _sorted(some: QuerySet[Contact], sort: str) -> QuerySet[Contact]:
    if sort == "name":
        return some.order_by("name_key", "pk")
    if sort == "employer":
        return some.order_by("works_at_key", "name_key", "pk")
    return some.order_by(F("last_at").desc(nulls_last=True), "name_key", "pk")


def said_met_by(contact: Contact) -> str:
    """How somebody came here, in a few words."""
    return {
        MetBy.LETTER: "from a letter",
        MetBy.LINKEDIN: "from LinkedIn",
        MetBy.ADDRESS_BOOK: "from your address book",
        MetBy.HAND: "put in by you",
    }[MetBy(contact.met_by)]
