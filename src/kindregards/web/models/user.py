"""The person whose rows these are."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from kindregards.core.diagnosis import Market
from kindregards.web.models.choices import one_of


class User(AbstractUser):
    """An owner. On one's own machine there is exactly one.

    `market` is where they apply: whose usual rates theirs are laid beside. `offers_rest` is whether
    pages may suggest to put a rejection away for today.
    """

    time_zone = models.CharField(max_length=64, blank=True)
    hides_rejected = models.BooleanField(default=False)
    market = one_of(Market, default=Market.GENERAL)
    offers_rest = models.BooleanField(default=True)

    @property
    def called(self) -> str:
        """The name that letters are signed with; "" until the person has given one."""
        return self.get_full_name()
