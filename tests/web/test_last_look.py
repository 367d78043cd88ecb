"""The page of a last look, and what others can do there: nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import a_mail_account, an_owner, things_of
from tests.web.drafting import CALM, at, save, words_of

from kindregards.web.models import Draft, MailAccount, Sending, Touch, User


@pytest.fixture
def ready(draft: Draft, client: Client) -> Draft:
    save(client, draft, CALM)
    client.post(at(draft, "overrule"), {"because": "She asked me to."})
    draft.refresh_from_db()
    return draft


def test_without_a_mail_account_it_says_what_is_needed(ready: Draft, client: Client) -> None:
    assert "Send it from my own address" not in words_of(client.get(at(ready)))
    assert "once a mail account is set up" in words_of(client.get(at(ready, "last-look")))


def test_it_shows_the_letter_exactly_as_it_goes(ready: Draft, owner: User, client: Client) -> None:
    a_mail_account(owner)
    MailAccount.objects.update(begun_at=timezone.now())
    assert "Send it from my own address" in words_of(client.get(at(ready)))
    page = client.get(at(ready, "last-look"))
    assert page.context["draft"].text == ready.text
    assert "Lay it into my drafts folder" in words_of(page)
    assert "Send it now" not in words_of(page)


def test_an_account_of_somebody_else_sends_nothing(ready: Draft, client: Client) -> None:
    theirs = a_mail_account(an_owner("somebody"))
    given = {"revision": ready.revision, "account": theirs.pk, "way": "smtp"}
    assert client.post(at(ready, "send"), given).status_code == 404
    assert not Sending.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 500])
def test_numbers_that_are_none_send_nothing(ready: Draft, client: Client, number: str) -> None:
    given = {"revision": number, "account": number, "way": "smtp"}
    assert client.post(at(ready, "send"), given).status_code == 404
    assert not Sending.objects.exists()


def test_an_account_without_a_server_for_sending_says_so(
    ready: Draft, owner: User, client: Client
) -> None:
    account = a_mail_account(owner)
    given = {"revision": ready.revision, "account": account.pk, "way": "smtp"}
    client.post(at(ready, "send"), given)
    assert Sending.objects.get().trouble.startswith("The letter was not sent: no server")


def test_settling_what_is_in_no_doubt_does_nothing(ready: Draft, client: Client) -> None:
    client.post(at(ready, "settle"), {"was_sent": "yes"})
    assert not Touch.objects.filter(direction="out").exists()


def test_a_letter_that_was_sent_has_no_last_look(ready: Draft, client: Client) -> None:
    client.post(at(ready, "sent"))
    assert client.get(at(ready, "last-look")).headers["Location"] == at(ready)


def test_a_week_of_silence_is_told_without_blame(ready: Draft, client: Client) -> None:
    client.post(at(ready, "sent"))
    assert "A week has gone by" not in words_of(client.get(at(ready)))
    Touch.objects.update(at=timezone.now() - timedelta(days=8))
    assert "it says nothing about you" in words_of(client.get(at(ready)))
    client.post(at(ready, "answered"))
    assert "A week has gone by" not in words_of(client.get(at(ready)))


def test_a_letter_of_somebody_else_is_not_there(client: Client, draft: Draft) -> None:
    theirs = things_of(an_owner("somebody")).draft
    assert client.get(at(theirs, "last-look")).status_code == 404
    assert client.post(at(theirs, "settle"), {"was_sent": "yes"}).status_code == 404
