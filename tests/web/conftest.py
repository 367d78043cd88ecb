"""An owner and the browser in which they have signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import NOW, Put, a_letter, an_owner, received
from tests.web.drafting import CALM, at, save

from kindregards.web.models import Draft, Letter, User
from kindregards.web.plan.queries import plan_for_letter


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


@pytest.fixture
def put(owner: User) -> Put:
    """Let letters come in, one after the other."""
    count = iter(range(1000))

    def _put(words: str, *, days: int = 0, **known: str) -> Letter:
        sent_at = NOW + timedelta(days=days)
        raw = a_letter(words, sent_at=sent_at, message_id=f"n{next(count)}", **known)
        return received(owner, raw, now=sent_at)

    return _put


@pytest.fixture
def letter(owner: User) -> Letter:
    """A rejection of two days ago by the real clock: the best time to ask."""
    now = timezone.now()
    return received(owner, a_letter(sent_at=now - timedelta(days=2)), now=now)


@pytest.fixture
def draft(letter: Letter, client: Client) -> Draft:
    """The draft as its button opens it."""
    plan = plan_for_letter(letter.owner, letter)
    assert plan is not None
    client.post(f"/plans/{plan.pk}/draft")
    return Draft.objects.get()


@pytest.fixture
def sent(draft: Draft, client: Client) -> Draft:
    """The draft after "I have sent it"."""
    save(client, draft, CALM)
    client.post(at(draft, "sent"))
    draft.refresh_from_db()
    return draft
