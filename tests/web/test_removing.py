"""A letter can be removed for good, with what hangs on it alone."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from tests.factories import INVITED, NOW, a_letter, received

from kindregards.core.applications import Outcome
from kindregards.web.models import Application, Draft, Letter, LetterSource, Plan, User


def test_a_letter_removed_is_gone_with_its_bytes_its_plan_and_its_draft(
    client: Client, draft: Draft
) -> None:
    letter = Letter.objects.get()
    page = client.post(f"/letters/{letter.pk}/remove", follow=True)
    assert "The letter was removed." in page.content.decode()
    kept = [model.objects.count() for model in (Letter, LetterSource, Application, Plan, Draft)]
    assert kept == [0, 0, 0, 0, 0]


def test_the_page_says_what_goes_with_the_last_letter(client: Client, letter: Letter) -> None:
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert "It is the only letter of its application" in page


def test_the_other_letters_of_an_application_stay_and_say_how_it_stands(
    client: Client, owner: User
) -> None:
    invited = received(owner, a_letter(INVITED, sent_at=NOW, message_id="a"), now=NOW)
    later = NOW + timedelta(days=9)
    refused = received(owner, a_letter(sent_at=later, message_id="b"), now=later)
    refused.refresh_from_db()
    invited.refresh_from_db()
    assert refused.application == invited.application
    assert "only letter" not in client.get(f"/letters/{refused.pk}/").content.decode()
    client.post(f"/letters/{refused.pk}/remove")
    application = Application.objects.get()
    assert list(application.letters.all()) == [invited]
    assert application.outcome == Outcome.OPEN
