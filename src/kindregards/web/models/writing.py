"""Private writing: the track, the lock on what is kept of it, and the pages under that lock.

No column here holds words in clear. What a page says can be read only with the passphrase, which
is kept nowhere; see web/writing/sealing.py.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class WritingTrack(models.Model):
    """A few sittings of writing for oneself, a day apart (R14). At most one is open.

    `is_kept` says whether pages are locked and kept or thrown away on closing. Of those that are
    thrown away nothing is known but that a sitting was held.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    begun_at = models.DateTimeField()
    is_kept = models.BooleanField()
    minutes = models.PositiveSmallIntegerField()
    sittings = models.PositiveSmallIntegerField()
    held = models.PositiveSmallIntegerField(default=0)
    held_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=models.Q(ended_at=None),
                name="writing_track_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held} of {self.sittings}"


class WritingLock(models.Model):
    """The key of an owner's pages, itself encrypted with a key that the passphrase gives.

    `cost`, `block` and `lanes` are scrypt's N, r and p. `wrong_tries` and `wait_until` slow down
    whoever guesses.
    """

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    salt = models.BinaryField()
    cost = models.PositiveIntegerField()
    block = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    wrong_tries = models.PositiveIntegerField(default=0)
    wait_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Lock of {self.made_at:%Y-%m-%d}"


class PrivatePage(models.Model):
    """One sitting's words, encrypted, with `name` bound in: no page passes for another."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.UUIDField()
    written_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="private_page_once"),
        ]

    def __str__(self) -> str:
        return f"Page of {self.written_at:%Y-%m-%d}"
