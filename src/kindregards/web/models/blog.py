"""Blogs that the person wants to hear from."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kindregards.web.models.contact import Contact


class Blog(models.Model):
    """The feed of somebody's blog, or of their employer's. `problem` is why it was not read last.

    It is asked for only because the person named it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=2000)
    title = models.CharField(max_length=300, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "contact", "address"], name="blog_once"),
        ]
        indexes = [models.Index(fields=["owner", "looked_at"])]

    def __str__(self) -> str:
        return self.title or self.address
