"""The person's own letters: kept, at most five, and followed by drafts."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.drafting import at, text_of, words_of

from kindregards.web.models import Draft, Sample, User

PAGE = "/settings/how-you-write/"
MINE = """Hey Tom,

I'm sorry I missed you. It's fine to move it, and I'll bring the plans. Don't worry about lunch.

Take care,
Mara"""

pytestmark = pytest.mark.django_db


def test_a_letter_of_ones_own_shows_its_habits_and_drafts_follow(
    draft: Draft, client: Client
) -> None:
    assert not text_of(draft).startswith("Hey ")
    client.post(PAGE, {"text": MINE})
    page = words_of(client.get(PAGE))
    assert "You begin with \u201cHey\u201d." in page
    assert "You end with \u201cTake care\u201d." in page
    client.post(at(draft, "anew"))
    assert text_of(draft).startswith("Hey ")
    assert "Take care," in text_of(draft)


def test_five_are_enough_and_one_can_be_removed(client: Client, owner: User) -> None:
    for number in range(7):
        client.post(PAGE, {"text": f"{MINE} {number}"})
    assert Sample.objects.count() == 5
    client.post(f"{PAGE}{Sample.objects.filter(owner=owner)[0].pk}/remove")
    assert Sample.objects.count() == 4


@pytest.mark.parametrize("text", ["", "Hi Tom", "word " * 20_000])
def test_what_shows_nothing_is_refused_and_not_lost(client: Client, text: str) -> None:
    answer = client.post(PAGE, {"text": text})
    assert answer.status_code == 422
    assert Sample.objects.count() == 0
    assert text.strip()[:200] in answer.content.decode()
