"""Reminders in a calendar: for who has the address alone, once each, named as far as ticked."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import a_letter, an_owner, received
from tests.web.drafting import words_of

from kindregards.core.network.card import Card
from kindregards.web.accounts.services import hash_of
from kindregards.web.log_filter import HideSecretAddresses
from kindregards.web.models import CalendarFeed, Contact, User
from kindregards.web.network.services import put_in
from kindregards.web.plan import reminder_views
from kindregards.web.plan.feed import calendar_of, make_feed, revoke_feed
from kindregards.web.rhythm import work_out_everybody

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def events(raw: bytes) -> dict[str, icalendar.Event]:
    """The events of a calendar by their UID, of which none stands twice."""
    found = list(icalendar.Calendar.from_ical(raw).walk("VEVENT"))
    by_uid = {str(one["UID"]): one for one in found}
    assert len(by_uid) == len(found)
    return by_uid


def told(owner: User, now: datetime = NOW, *, names: bool = True) -> dict[str, date]:
    """What stands in the calendar, on which day."""
    raw = calendar_of(owner, now, shows_names=names)
    return {str(one["SUMMARY"]): one.decoded("DTSTART") for one in events(raw).values()}


@pytest.fixture
def asked(owner: User) -> User:
    """An owner with a rejection of ten days ago."""
    received(owner, a_letter(sent_at=NOW - timedelta(days=10)), now=NOW)
    return owner


def test_words_and_steps_stand_on_their_days(asked: User) -> None:
    days = told(asked)
    assert days["A word to Ines Halloran, Brackwater Mills"] == date(2026, 12, 13)
    assert days["Think it through: the facts (Brackwater Mills, Data Analyst)"] == NOW.date()


def test_without_the_tick_nobody_is_named(asked: User) -> None:
    raw = calendar_of(asked, NOW, shows_names=False)
    words = {str(one["SUMMARY"]) for one in events(raw).values()}
    assert words == {"A word to somebody", "A step of your plan"}
    for name in (b"Ines", b"Halloran", b"Brackwater", b"Analyst"):
        assert name not in raw


def test_asked_again_nothing_doubles_and_what_moved_is_told_as_a_change(asked: User) -> None:
    before = events(calendar_of(asked, NOW, shows_names=True))
    assert calendar_of(asked, NOW, shows_names=True) == calendar_of(asked, NOW, shows_names=True)
    Contact.objects.update(put_off_until_date=date(2027, 1, 4))
    work_out_everybody(owner=asked, now=NOW + timedelta(hours=2))
    after = events(calendar_of(asked, NOW + timedelta(hours=2), shows_names=True))
    assert before.keys() == after.keys()
    (moved,) = [uid for uid in after if after[uid]["DTSTART"] != before[uid]["DTSTART"]]
    assert after[moved].decoded("DTSTART") == date(2027, 1, 4)
    assert after[moved]["SEQUENCE"] > before[moved]["SEQUENCE"]
    next_day = events(calendar_of(asked, NOW + timedelta(days=1), shows_names=False))
    assert next_day.keys() == before.keys()


def test_no_week_of_the_calendar_has_more_than_five_words(owner: User) -> None:
    for at in range(40):
        put_in(owner=owner, card=Card(name=f"Friend {at}"))
    Contact.objects.update(closeness="close", last_at=NOW - timedelta(days=90))
    work_out_everybody(owner=owner, now=NOW)
    days = list(told(owner).values())
    assert len(days) == 40
    for day in days:
        assert sum(day <= one < day + timedelta(days=7) for one in days) <= 5


def test_a_calendar_program_reads_it_without_signing_in(asked: User) -> None:
    feed = make_feed(owner=asked, now=NOW)
    answer = Client().get(reverse("plan-feed", args=[feed.token]))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.cookies == {}
    assert {str(one["SUMMARY"]) for one in events(answer.content).values()} == {
        "A word to somebody",
        "A step of your plan",
    }
    assert feed.token_hash == hash_of(feed.token)
    assert len(feed.token) >= 43


def test_a_guesser_gets_what_any_wrong_address_gets(asked: User) -> None:
    feed = make_feed(owner=asked, now=NOW)
    nothing = Client().get("/nothing-here").content
    for guess in (feed.token[:-1], feed.token + "A", feed.token.swapcase(), "é", feed.token_hash):
        answer = Client().get(f"/calendar/{guess}.ics")
        assert (answer.status_code, len(answer.content)) == (404, len(nothing))
        assert b"VCALENDAR" not in answer.content
    assert Client().post(reverse("plan-feed", args=[feed.token])).status_code == 405


def test_another_sites_page_and_another_host_get_nothing(asked: User) -> None:
    path = reverse("plan-feed", args=[make_feed(owner=asked, now=NOW).token])
    from_a_site = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "cors"}
    assert Client().get(path, **from_a_site).status_code == 403  # type: ignore[arg-type]
    assert Client().get(path, HTTP_HOST="calendar.example").status_code == 403
    assert Client().get(path, HTTP_HOST="127.0.0.1:8642").status_code == 200


def test_a_new_address_or_none_lets_the_one_before_show_nothing(asked: User) -> None:
    first = make_feed(owner=asked, now=NOW)
    second = make_feed(owner=asked, now=NOW)
    old, new = (reverse("plan-feed", args=[one.token]) for one in (first, second))
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    revoke_feed(owner=asked)
    assert Client().get(new).status_code == 404


def test_an_address_tells_its_own_owners_reminders_whoever_is_signed_in(
    asked: User, client: Client
) -> None:
    other = an_owner("bea")
    theirs = make_feed(owner=other, now=NOW)
    client.force_login(asked)
    assert events(client.get(reverse("plan-feed", args=[theirs.token])).content) == {}


def test_the_address_stands_in_no_log_even_when_the_page_fails(
    asked: User, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = make_feed(owner=asked, now=NOW)

    def fails(*_given: object, **_more: object) -> bytes:
        raise RuntimeError("no words for this")

    monkeypatch.setattr(reminder_views, "calendar_of", fails)
    hides, said = HideSecretAddresses(), logging.Formatter()
    with caplog.at_level(logging.DEBUG):
        answer = Client(raise_request_exception=False).get(reverse("plan-feed", args=[feed.token]))
    lines = [said.format(one) for one in caplog.records if hides.filter(one)]
    assert answer.status_code == 500
    assert any("/calendar/…" in line for line in lines)
    assert not any(feed.token in line for line in lines)


def test_every_line_of_the_log_passes_the_filter() -> None:
    handlers = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    assert handlers
    assert all(any(isinstance(f, HideSecretAddresses) for f in one.filters) for one in handlers)


def test_the_page_makes_names_and_revokes_the_address(asked: User, client: Client) -> None:
    page = reverse("plan-reminders")
    client.post(reverse("plan-feed-make"))
    feed = CalendarFeed.objects.get()
    assert f"http://testserver/calendar/{feed.token}.ics" in words_of(client.get(page))
    client.post(reverse("plan-feed-names"), {"shows_names": "on"})
    feed.refresh_from_db()
    assert feed.shows_names
    client.post(reverse("plan-feed-revoke"))
    assert not CalendarFeed.objects.exists()
    assert "Make an address" in words_of(client.get(page))


def test_a_file_is_named_only_where_it_was_ticked(asked: User, client: Client) -> None:
    path = reverse("plan-feed-file")
    plain, named = client.get(path), client.get(path, {"names": "1"})
    assert plain.headers["Content-Disposition"] == 'attachment; filename="reminders.ics"'
    assert (b"Ines" in plain.content, b"Ines" in named.content) == (False, True)
    assert events(plain.content).keys() == events(named.content).keys()


def test_it_asks_as_often_for_many_people_as_for_few(owner: User) -> None:
    counts = []
    for many in (2, 50):
        for at in range(many):
            put_in(owner=owner, card=Card(name=f"P{at} of {many}"))
        Contact.objects.update(closeness="close", last_at=timezone.now())
        work_out_everybody(owner=owner, now=timezone.now())
        with CaptureQueriesContext(connection) as asked_for:
            calendar_of(owner, timezone.now(), shows_names=True)
        counts.append(len(asked_for))
    assert counts[0] == counts[1]
