"""A sign-in link opens the program once, for an hour, and leaves no token behind."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kindregards.web.accounts.services import (
    make_sign_in_link,
    owner_of_this_machine,
    use_sign_in_link,
)
from kindregards.web.models import SignInLink, User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _token(now: datetime = NOW) -> str:
    return make_sign_in_link(owner=owner_of_this_machine(), now=now)


def test_the_owner_is_made_once_and_has_no_password() -> None:
    owner = owner_of_this_machine()
    assert owner_of_this_machine() == owner
    assert User.objects.count() == 1
    assert not owner.has_usable_password()


def test_a_link_gives_its_owner_once() -> None:
    token = _token()
    assert use_sign_in_link(token=token, now=NOW) == owner_of_this_machine()
    assert use_sign_in_link(token=token, now=NOW) is None


def test_a_link_of_an_hour_ago_opens_nothing() -> None:
    token = _token()
    assert use_sign_in_link(token=token, now=NOW + timedelta(hours=1)) is None


def test_a_new_link_leaves_a_fresh_one_usable_and_removes_old_rows() -> None:
    _token(NOW - timedelta(days=2))
    fresh = _token(NOW)
    _token(NOW + timedelta(minutes=1))
    assert SignInLink.objects.count() == 2
    assert use_sign_in_link(token=fresh, now=NOW + timedelta(minutes=2)) is not None


def test_the_token_is_long_random_and_not_kept() -> None:
    tokens = {_token() for _ in range(20)}
    assert len(tokens) == 20
    assert min(len(token) for token in tokens) >= 43  # 32 bytes in base64
    kept = set(SignInLink.objects.values_list("token_hash", flat=True))
    assert kept.isdisjoint(tokens)


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "é" * 500])
def test_no_other_token_opens_anything(token: str) -> None:
    _token()
    assert use_sign_in_link(token=token, now=NOW) is None


def test_the_link_signs_in_and_leads_home() -> None:
    client = Client()
    token = make_sign_in_link(owner=owner_of_this_machine(), now=datetime.now(UTC))
    answer = client.get(reverse("accounts-enter", args=[token]))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    cookie = answer.cookies["kindregards_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert client.get("/").status_code == 200


def test_a_used_link_shows_strangers_how_to_come_in() -> None:
    token = make_sign_in_link(owner=owner_of_this_machine(), now=datetime.now(UTC))
    Client().get(reverse("accounts-enter", args=[token]))
    answer = Client().get(reverse("accounts-enter", args=[token]))
    assert answer.status_code == 403
    words = " ".join(answer.content.decode().lower().split())
    assert "open the link that the program printed" in words


def test_a_used_link_leads_the_signed_in_owner_home() -> None:
    client = Client()
    token = make_sign_in_link(owner=owner_of_this_machine(), now=datetime.now(UTC))
    client.get(reverse("accounts-enter", args=[token]))
    answer = client.get(reverse("accounts-enter", args=[token]))
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_asking_for_the_head_of_a_link_does_not_use_it_up() -> None:
    token = make_sign_in_link(owner=owner_of_this_machine(), now=datetime.now(UTC))
    path = reverse("accounts-enter", args=[token])
    assert Client().head(path).status_code == 405
    assert Client().get(path).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_that_race_for_a_link_one_comes_in() -> None:
    token = _token()
    came_in: list[bool] = []
    gate = threading.Barrier(4)

    def _try() -> None:
        gate.wait()
        came_in.append(use_sign_in_link(token=token, now=NOW) is not None)
        connection.close()

    racers = [threading.Thread(target=_try) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(came_in) == [False, False, False, True]
