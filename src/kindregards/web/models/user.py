"""The person whose rows these are."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An owner. On one's own machine there is exactly one."""

    time_zone = models.CharField(max_length=64, blank=True)
    hides_rejected = models.BooleanField(default=False)

    @property
    def called(self) -> str:
        """The name that letters are signed with; "" until the person has given one."""
        return self.get_full_name()
