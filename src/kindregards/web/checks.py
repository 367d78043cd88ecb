"""System checks: what would leave the owner's letters open to others, or never work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

TAG = "kindregards"
ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
GUARDS = (
    "kindregards.web.middleware.OwnHostOnly",
    "kindregards.web.middleware.OwnerOnly",
)


@register(TAG)
def hosts_are_named(app_configs: Sequence[Any] | None, **_rest: Any) -> list[CheckMessage]:
    """E001: any name in Host would let another site reach the program through its own name."""
    if not any(host.startswith((".", "*")) for host in settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            "ALLOWED_HOSTS has a pattern.",
            hint="Name each host; a pattern lets other sites reach this machine.",
            id="kindregards.E001",
        )
    ]


@register(TAG)
def database_is_known(app_configs: Sequence[Any] | None, **_rest: Any) -> list[CheckMessage]:
    """E002: the program is tested on SQLite and PostgreSQL and on nothing else."""
    if settings.DATABASES["default"].get("ENGINE") in ENGINES:
        return []
    return [
        Error(
            "KINDREGARDS_DATABASE_URL names neither SQLite nor PostgreSQL.",
            hint="Write postgres://user:password@host:port/name, or leave it out for SQLite.",
            id="kindregards.E002",
        )
    ]


@register(TAG)
def guards_are_in_place(app_configs: Sequence[Any] | None, **_rest: Any) -> list[CheckMessage]:
    """E003: without these every page is open; the first must come before anything that answers."""
    in_place = [name for name in settings.MIDDLEWARE if name in GUARDS]
    if in_place == list(GUARDS) and settings.MIDDLEWARE[0] == GUARDS[0]:
        return []
    return [
        Error(
            "MIDDLEWARE lacks OwnHostOnly at its beginning or OwnerOnly.",
            hint="Put both back; they keep other sites and other people out.",
            id="kindregards.E003",
        )
    ]


@register(TAG)
def share_url_is_an_address(app_configs: Sequence[Any] | None, **_rest: Any) -> list[CheckMessage]:
    """E004: readers get links that begin with it, and only its host is let in for them."""
    url = settings.SHARE_URL
    if not url or re.fullmatch(r"https?://[a-z0-9.-]+(?::\d{1,5})?", url):
        return []
    return [
        Error(
            "KINDREGARDS_SHARE_URL is no address of a host.",
            hint="Write it as https://ada.example, without a path, in small letters.",
            id="kindregards.E004",
        )
    ]
