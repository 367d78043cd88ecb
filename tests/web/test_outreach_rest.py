"""The days between two people: the calendar, what counts, and a good rest."""

from __future__ import annotations

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone
from tests.web.drafting import CALM, at, save, words_of

from kindregards.core.outreach import Direction
from kindregards.web.models import Contact, Draft, Employer, Letter, Touch
from kindregards.web.outreach.calendar import Day


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def put_in(client: Client, draft: Draft, days: int, channel: str, direction: str = "out") -> None:
    given = {"on": days_ago(days).isoformat(), "channel": channel, "direction": direction}
    assert client.post(at(draft, "rest/add"), given).status_code == 302


def test_four_words_by_any_way_stop_the_fifth_letter(draft: Draft, client: Client) -> None:
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=60))
    for days, channel in ((40, "mail"), (30, "phone"), (20, "linkedin"), (10, "mail")):
        put_in(client, draft, days, channel)
    save(client, draft, CALM)
    page = client.get(at(draft))
    assert page.context["is_held"]
    said = words_of(page)
    assert "Four words from you have had no answer." in said
    assert f"/drafts/{draft.pk}/rest/" in said
    rest = client.get(at(draft, "rest/"))
    until = timezone.localdate() + timedelta(days=80)
    assert f"A good rest, until {until.day} {until:%B %Y}" in words_of(rest)
    assert rest.context["welcome_from"].date() == until


def test_the_calendar_marks_words_rest_and_the_welcome_day(draft: Draft, client: Client) -> None:
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=40))
    put_in(client, draft, 20, "mail")
    put_in(client, draft, 10, "mail")
    months = client.get(at(draft, "rest/")).context["months"]
    days = [day for month in months for week in month.weeks for day in week if day is not None]
    marks = [day.mark for day in days]
    assert marks.count("you") == 2
    assert marks.count("welcome") == 1
    assert marks.count("rest") == 89
    assert sum(day.is_today for day in days) == 1
    assert all(isinstance(day, Day) and day.said for day in days if day.mark)


def test_a_word_of_theirs_ends_the_rest(draft: Draft, client: Client) -> None:
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=40))
    for days in (20, 10):
        put_in(client, draft, days, "mail")
    put_in(client, draft, 2, "phone", direction="in")
    page = client.get(at(draft, "rest/"))
    assert page.context["is_rest"] is False
    assert "A word is welcome now." in words_of(page)


def test_only_days_that_were_can_be_put_in(draft: Draft, client: Client) -> None:
    for on in ("2999-01-01", "0001-01-01", "", "yesterday"):
        answer = client.post(
            at(draft, "rest/add"), {"on": on, "channel": "mail", "direction": "out"}
        )
        assert answer.status_code == 422
    assert not Touch.objects.filter(direction=Direction.OUT).exists()


def test_what_was_put_in_by_hand_can_be_removed_and_nothing_else(
    draft: Draft, client: Client
) -> None:
    put_in(client, draft, 3, "phone")
    touch = Touch.objects.get()
    answer = client.post(f"/touches/{touch.pk}/remove", {"draft": draft.pk})
    assert answer["Location"] == at(draft, "rest/")
    assert not Touch.objects.exists()
    save(client, draft, CALM)
    client.post(at(draft, "sent"))
    sent = Touch.objects.get()
    assert client.post(f"/touches/{sent.pk}/remove").status_code == 404


def test_the_rest_names_people_elsewhere_who_have_not_been_written_to(
    draft: Draft, client: Client
) -> None:
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=40))
    for days in (20, 10):
        put_in(client, draft, days, "mail")
    elsewhere = Employer.objects.create(owner=draft.owner, name="Larkfeld")
    free = Contact.objects.create(owner=draft.owner, name="Olga Berg", employer=elsewhere)
    busy = Contact.objects.create(owner=draft.owner, name="Tom Quill")
    Touch.objects.create(
        owner=draft.owner,
        contact=busy,
        direction="out",
        channel="mail",
        kind="other",
        at=timezone.now() - timedelta(days=3),
    )
    assert client.get(at(draft, "rest/")).context["others"] == [free]
