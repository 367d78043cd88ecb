"""Mail accounts of one owner, and which ones are due."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from kindregards.web.models import MailAccount, User
from kindregards.web.models.mail_account import GIVEN_UP_AFTER


def accounts_of(owner: User) -> QuerySet[MailAccount]:
    """The accounts of the owner, in the order in which they were added."""
    return MailAccount.objects.filter(owner=owner).order_by("added_at", "pk")


def account_of(owner: User, pk: int) -> MailAccount:
    """One account of the owner; 404 for anybody else's."""
    return get_object_or_404(MailAccount, owner=owner, pk=pk)


def due_accounts(now: datetime) -> QuerySet[MailAccount]:
    """The accounts of all owners that are to be fetched by themselves now."""
    resting = Q(busy_at=None) | Q(busy_at__lt=now - GIVEN_UP_AFTER)
    return MailAccount.objects.filter(
        resting, is_paused=False, needs_person=False, begun_at__isnull=False, next_at__lte=now
    ).order_by("next_at", "pk")
