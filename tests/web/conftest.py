"""An owner and the browser in which they have signed in."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import an_owner

from kindregards.web.models import User


@pytest.fixture
def owner(db: None) -> User:
    """A person with nothing yet."""
    return an_owner()


@pytest.fixture
def client(owner: User) -> Client:
    """The owner's browser."""
    browser = Client()
    browser.force_login(owner)
    return browser
