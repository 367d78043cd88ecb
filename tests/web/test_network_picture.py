"""The picture of the network: who was met where, how warm it is, who is due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kindregards.core.network.card import Card
from kindregards.core.network.picture import Cell, Seen, Warmth, picture_of, warmth_of
from kindregards.web.contacts import take_in
from kindregards.web.models import Contact, MetBy, Reminder, User

ORDER = tuple(Warmth)


@pytest.mark.parametrize(
    ("days", "warmth"),
    [(0, "season"), (90, "season"), (91, "year"), (366, "years"), (1096, "long"), (None, "never")],
)
def test_warmth_is_how_long_ago_the_last_word_was(days: int | None, warmth: str) -> None:
    assert warmth_of(days) == warmth


def test_each_place_has_a_row_the_fullest_first_and_ways_in_last() -> None:
    people = [Seen("Tidewell", 3, True), Seen("From LinkedIn", None, False)]
    people += [Seen("Quayside", 400, False)] * 3
    told = picture_of(people, the_rest="others", last=("From LinkedIn",))
    assert [place.where for place in told.places] == ["Quayside", "Tidewell", "From LinkedIn"]
    assert told.places[0].cells[ORDER.index(Warmth.YEARS)] == Cell(3, 0)
    assert told.places[1].cells[ORDER.index(Warmth.SEASON)] == Cell(1, 1)
    assert (told.a_dot, told.most) == (1, 3)


def test_many_places_share_a_row_and_nobody_is_lost() -> None:
    people = [Seen(f"Employer {number % 50}", number % 2000, False) for number in range(2000)]
    told = picture_of(people, the_rest="others")
    assert len(told.places) == 8
    assert told.places[-1].where == "others"
    assert sum(place.people for place in told.places) == 2000


def test_of_thirty_thousand_a_dot_stands_for_several() -> None:
    told = picture_of([Seen("x", None, False)] * 30_000, the_rest="others")
    assert told.a_dot == 13
    assert told.most <= 2400


@pytest.mark.django_db
def test_the_page_draws_everybody_and_lists_who_is_due(client: Client, owner: User) -> None:
    client.force_login(owner)
    assert "nothing to see" in client.get(reverse("network-picture")).content.decode()
    counts = []
    for many in (50, 2000):
        cards = [Card(name=f"Person Number{at}", employer=f"E{at}") for at in range(many)]
        take_in(owner=owner, cards=cards, met_by=MetBy.LINKEDIN)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("network-picture")).content.decode()
        counts.append(len(asked))
        assert f"{many} people, by where you met" in page
        assert page.count("h0") == many
        assert len(page) < 80_000
    assert counts[0] == counts[1]
    somebody = Contact.objects.order_by("pk")[0]
    now = timezone.now()
    Contact.objects.filter(pk=somebody.pk).update(last_at=now - timedelta(days=200))
    Reminder.objects.create(
        owner=owner, contact=somebody, due_date=now.date() - timedelta(days=1), why="closeness",
        changed_at=now,
    )  # fmt: skip
    page = client.get(reverse("network-picture")).content.decode()
    assert "A word is due to 1 of them" in page
    assert reverse("network-page", args=[somebody.pk]) in page
