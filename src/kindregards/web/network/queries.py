"""People of one owner, and what is known around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from kindregards.core.network.card import Card
from kindregards.web.contacts import card_of
from kindregards.web.models import Application, Contact, Letter, Occasion, Touch, User
from kindregards.web.told_here import with_told_here

TOUCHES = 50


def contact_of(owner: User, pk: int) -> Contact:
    """One person of the owner's; 404 for anybody else's."""
    mine = Contact.objects.filter(owner=owner).select_related("employer")
    return get_object_or_404(mine, pk=pk)


def occasion_of(owner: User, pk: int) -> Occasion:
    """One of the owner's reasons to write; 404 for anybody else's."""
    return get_object_or_404(Occasion.objects.filter(owner=owner), pk=pk)


def touches_of(contact: Contact) -> Sequence[Touch]:
    """What was recorded between the person and them, the latest first, at most 50."""
    touches = Touch.objects.filter(owner_id=contact.owner_id, contact=contact)
    return list(touches.order_by("-at", "-pk")[:TOUCHES])


def addresses_of(contact: Contact) -> list[str]:
    """Every address that is known to be theirs."""
    also = Contact.everyone.filter(same_as=contact).order_by("pk").values_list("email", flat=True)
    return [one for one in (contact.email, *also) if one]


def letters_of(contact: Contact) -> Sequence[Letter]:
    """The letters that they wrote, the latest first, at most 50."""
    theirs = Letter.objects.none()
    for address in addresses_of(contact):
        theirs |= Letter.objects.filter(owner_id=contact.owner_id, sender_email__iexact=address)
    return list(with_told_here(theirs).order_by("-sent_at", "-pk")[:TOUCHES])


def applications_of(contact: Contact) -> QuerySet[Application]:
    """The applications that they have to do with: at the employer of their process, or where they
    work now."""
    near = Q(employer_id=contact.employer_id) if contact.employer_id else Q(pk=None)
    if contact.works_at_key:
        near |= Q(employer__key=contact.works_at_key)
    mine = Application.objects.filter(near, owner_id=contact.owner_id)
    return mine.select_related("employer").order_by("-began_at", "-pk")


def cards(owner: User) -> Iterator[Card]:
    """Everybody as a card, by name."""
    everybody: Iterable[Contact] = Contact.objects.filter(owner=owner).order_by("name_key", "pk")
    return (card_of(contact) for contact in everybody)
