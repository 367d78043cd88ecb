"""The Django app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class KindRegardsConfig(AppConfig):
    """One app, so that one chain of migrations holds everything."""

    name = "kindregards.web"
    label = "kindregards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        from kindregards.web import checks  # noqa: F401 - importing registers them
