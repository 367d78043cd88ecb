"""Making and using sign-in links."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from kindregards.core.letters.letter import Address
from kindregards.web.models import SignInLink, User

OWNER_NAME = "owner"
TOKEN_BYTES = 32  # 256 bits: no guess will find it
LINK_LASTS = timedelta(hours=1)
LINKS_ARE_KEPT = timedelta(days=1)


def owner_of_this_machine() -> User:
    """Give the one person of this installation, made on the first start."""
    owner = User.objects.filter(is_active=True).order_by("pk").first()
    if owner is not None:
        return owner
    owner, made = User.objects.get_or_create(username=OWNER_NAME)
    if made:
        owner.set_unusable_password()
        owner.save(update_fields=["password"])
    return owner


def introduce_owner(*, owner: User, recipients: Sequence[Address]) -> None:
    """Learn the owner's name and address from a letter to them alone, unless they gave any.

    Settings show what was learned, and there it can be changed.
    """
    if owner.called or owner.email or len(recipients) != 1:
        return
    first, _, last = recipients[0].name.strip().partition(" ")
    owner.first_name, owner.last_name = first[:150], last.strip()[:150]
    owner.email = recipients[0].email[:254]
    owner.save(update_fields=["first_name", "last_name", "email"])


def make_sign_in_link(*, owner: User, now: datetime) -> str:
    """Make a link for the owner; gives its token, which is kept nowhere."""
    SignInLink.objects.filter(created_at__lt=now - LINKS_ARE_KEPT).delete()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    SignInLink.objects.create(owner=owner, token_hash=hash_of(token), created_at=now)
    return token


def use_sign_in_link(*, token: str, now: datetime) -> User | None:
    """Give the owner of an unused link of the last hour, once; None for any other token."""
    link = SignInLink.objects.filter(token_hash=hash_of(token))
    fresh = link.filter(used_at=None, created_at__gt=now - LINK_LASTS)
    if not fresh.update(used_at=now):
        return None
    return link.select_related("owner").get().owner


def hash_of(token: str) -> str:
    """Give the SHA-256 of a token, in hex. The token is random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
