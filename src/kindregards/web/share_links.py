"""The address of a review: made, found again by its owner, opened by its reader, revoked.

Whoever asks for readers (web/resumes) and whoever lets them in (web/sharing) both need it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from kindregards.core.resumes.packet import digest_of
from kindregards.web.models import Reviewer, ShareLink

LASTS = timedelta(days=14)  # R40
A_MINUTE = timedelta(minutes=1)
MOST_IN_A_MINUTE = 90  # a page keeps what is written every few seconds
SALT = "kindregards.web.share_links"


def can_be_reached() -> bool:
    """Whether readers can reach this program: its address for them is set."""
    return bool(settings.SHARE_URL)


@transaction.atomic
def make_link(*, reviewer: Reviewer, now: datetime) -> ShareLink:
    """Give a reader a new address; the one before opens nothing from now on."""
    nonce = secrets.token_hex(32)
    told = {
        "owner": reviewer.owner,
        "nonce": nonce,
        "token_hash": digest_of(_token(reviewer, nonce)),
        "made_at": now,
        "expires_at": reviewer.closes_at,
        "revoked_at": None,
        "minute_at": None,
    }
    link, _made = ShareLink.objects.update_or_create(reviewer=reviewer, defaults=told)
    return link


def revoke_link(*, reviewer: Reviewer, now: datetime) -> None:
    """Let a reader's address open nothing any more."""
    ShareLink.objects.filter(reviewer=reviewer, revoked_at=None).update(revoked_at=now)


def address_of(link: ShareLink) -> str:
    """The address to send to the reader; "" where the program's own secret is another by now."""
    token = _token(link.reviewer, link.nonce)
    if digest_of(token) != link.token_hash:
        return ""
    return settings.SHARE_URL + reverse("sharing-review", args=[token])


def link_at(token: str, now: datetime) -> ShareLink | None:
    """The link of that token; None for a wrong, an expired and a revoked one alike."""
    return (
        ShareLink.objects.filter(
            token_hash=digest_of(token),
            revoked_at=None,
            expires_at__gt=now,
            reviewer__closes_at__gt=now,
            owner__is_active=True,
        )
        .select_related("reviewer__version__resume", "owner")
        .first()
    )


def is_in_time(*, link: ShareLink, now: datetime) -> bool:
    """Count one request; whether it is within what a reader may ask in a minute."""
    mine = ShareLink.objects.filter(pk=link.pk)
    is_new = Q(minute_at=None) | Q(minute_at__lte=now - A_MINUTE)
    if mine.filter(is_new).update(minute_at=now, in_minute=1):
        return True
    counted = mine.filter(in_minute__lt=MOST_IN_A_MINUTE)
    return bool(counted.update(in_minute=F("in_minute") + 1))


def count_opened(*, link: ShareLink) -> None:
    """Remember that the reader opened the page."""
    ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)


def _token(reviewer: Reviewer, nonce: str) -> str:
    """The secret part: 256 bits that follow from the program's secret and the nonce."""
    return salted_hmac(SALT, f"{reviewer.uid}/{nonce}", algorithm="sha256").hexdigest()
