"""System checks refuse what would open the program to others."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.checks import run_checks
from pytest_django import Settings


@pytest.fixture(name="own_settings")
def _own_settings(settings: Settings) -> Settings:
    return settings


def _ids() -> list[str | None]:
    return [message.id for message in run_checks(tags=["kindregards"])]


def test_the_settings_as_shipped_pass() -> None:
    assert _ids() == []


@pytest.mark.parametrize("pattern", ["*", ".example.org"])
def test_a_pattern_of_hosts_is_refused(own_settings: Settings, pattern: str) -> None:
    own_settings.ALLOWED_HOSTS = ["localhost", pattern]
    assert _ids() == ["kindregards.E001"]


def test_an_unknown_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES, "default", {"ENGINE": "django.db.backends.mysql"})
    assert _ids() == ["kindregards.E002"]


@pytest.mark.parametrize("guard", ["OwnHostOnly", "OwnerOnly"])
def test_a_missing_guard_is_refused(own_settings: Settings, guard: str) -> None:
    own_settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(guard)]
    assert _ids() == ["kindregards.E003"]


def test_a_guard_that_comes_late_is_refused(own_settings: Settings) -> None:
    own_settings.MIDDLEWARE = [*settings.MIDDLEWARE[1:], settings.MIDDLEWARE[0]]
    assert _ids() == ["kindregards.E003"]


@pytest.mark.parametrize("url", ["ada.example", "https://ada.example/app", "ftp://ada.example"])
def test_an_address_for_readers_that_is_none_is_refused(own_settings: Settings, url: str) -> None:
    own_settings.SHARE_URL = url
    assert _ids() == ["kindregards.E004"]


@pytest.mark.parametrize("url", ["", "https://ada.example", "http://127.0.0.1:8642"])
def test_an_address_for_readers_is_a_host(own_settings: Settings, url: str) -> None:
    own_settings.SHARE_URL = url
    assert _ids() == []
