"""The Django app's configuration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _keep_words(using: str, **_more: Any) -> None:
    from kindregards.web.word_index import keep_words

    keep_words(using=using)


class KindRegardsConfig(AppConfig):
    """One app, so that one chain of migrations holds everything."""

    name = "kindregards.web"
    label = "kindregards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, and what has to be there after every migration."""
        from kindregards.web import checks  # noqa: F401 - importing registers them

        # The one signal: a migration that remakes a table in SQLite drops its triggers.
        post_migrate.connect(_keep_words, sender=self)
