"""Letters of the person's own from which habits are taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Sample(models.Model):
    """A letter that the person wrote, kept to see how they greet, close and put things."""

    MOST = 5

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    text = models.TextField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
