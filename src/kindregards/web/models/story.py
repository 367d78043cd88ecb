"""Experiences of the person's own, told in four parts."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Story(models.Model):
    """One experience that can answer several questions."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    title = models.CharField(max_length=300)
    situation = models.TextField(blank=True)
    aim = models.TextField(blank=True)
    action = models.TextField(blank=True)
    result = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.title
