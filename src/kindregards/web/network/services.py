"""Keeping what the person says of somebody."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from kindregards.core.network.card import Card
from kindregards.web.contacts import card_of, lay
from kindregards.web.models import Contact, MetBy, User

SAID = ("name", "email", "role", "employer", "profile", "note")
_NAMED = {"email": "address", "profile": "profile"}


class AlreadyHereError(ValueError):
    """Raised where somebody else here has this address or profile; a sentence for a person."""


@transaction.atomic
def put_in(*, owner: User, card: Card) -> Contact:
    """Keep somebody whom the person names. Raises AlreadyHereError with a sentence."""
    _refuse_doubles(owner, card, but=None)
    contact = lay(card, Contact(owner=owner, met_by=MetBy.HAND))
    contact.save()
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, card: Card) -> None:
    """Keep what the person says of somebody. What they changed, no export changes back.

    Raises AlreadyHereError with a sentence.
    """
    _refuse_doubles(contact.owner, card, but=contact)
    before = card_of(contact)
    changed = [name for name in SAID if getattr(before, name) != getattr(card, name)]
    contact.own = sorted({*contact.own, *changed})
    kept = replace(card, connected_date=before.connected_date, birthday=before.birthday)
    lay(kept, contact).save()


def remove_contact(*, contact: Contact) -> None:
    """Take somebody out. What was written stays with its application."""
    contact.delete()


def _refuse_doubles(owner: User, card: Card, *, but: Contact | None) -> None:
    others = Contact.everyone.filter(owner=owner).select_related("same_as")
    if but is not None:
        others = others.exclude(pk=but.pk)
    for name in ("email", "profile"):
        value = getattr(card, name)
        there = others.filter(**{name: value}).first() if value else None
        if there is not None:
            raise AlreadyHereError(
                f"{there.same_as or there} is here already with this {_NAMED[name]}."
            )
