"""When the next word to people is due: kept as things happen, shown, and changed by the person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, a_letter, an_owner, received, things_of
from tests.web.test_network import TALKED, a_notice, an_export, taken

from kindregards.core.network.card import Card
from kindregards.core.outreach.draft import Channel, Direction
from kindregards.sources.source import Source
from kindregards.web.models import Contact, Occasion, Reminder, Touch, User
from kindregards.web.network.noticing import put_away
from kindregards.web.network.services import put_in
from kindregards.web.outreach.services import (
    record_by_hand,
    record_not_sent,
    record_sent,
    remove_touch,
)
from kindregards.web.plan.receiving import receive_sources
from kindregards.web.plan.services import correct_application
from kindregards.web.rhythm import work_out, work_out_everybody

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 11, 20, 15, 10, tzinfo=UTC)  # when the rejection of things_of was sent


def due(owner: User) -> dict[str, tuple[str, str]]:
    """Who is due, on which day and why."""
    mine = Reminder.objects.filter(owner=owner).select_related("contact")
    return {one.contact.name: (one.due_date.isoformat(), one.why) for one in mine}


def mail(sender: str, to: str, *, days: int, name: str = "one") -> Source:
    """A message of so many days ago that is about no application."""
    raw = a_letter(
        "Dear you,\n\nthe boots are dry, and the lake is warm. Come in spring.\n\nTill soon\n",
        employer="",
        role="",
        sent_at=NOW - timedelta(days=days),
        message_id=f"{name}.{days}",
        sender=sender,
        To=to,
        Subject="Boots",
    )
    return Source(f"{name}.eml", raw)


def test_the_people_of_a_rejection_are_due_thirty_days_after_it(owner: User) -> None:
    things_of(owner)
    assert due(owner) == {"Ines Halloran": ("2026-12-20", "rejection")}


def test_a_letter_sent_moves_it_and_taking_that_back_moves_it_back(owner: User) -> None:
    things = things_of(owner)
    record_sent(draft=things.draft, now=NOW)
    assert due(owner) == {"Ines Halloran": ("2026-12-23", "rejection")}
    record_not_sent(draft=things.draft, now=NOW)
    assert due(owner) == {"Ines Halloran": ("2026-12-20", "rejection")}


def test_a_call_counts_like_a_letter_and_can_be_taken_out(owner: User) -> None:
    things = things_of(owner)
    at = NOW - timedelta(days=1)
    touch = record_by_hand(
        draft=things.draft, direction=Direction.IN, channel=Channel.PHONE, at=at, now=NOW
    )
    assert due(owner)["Ines Halloran"] == ("2026-12-22", "rejection")
    remove_touch(touch=touch, now=NOW)
    assert due(owner)["Ines Halloran"] == ("2026-12-20", "rejection")
    assert Contact.objects.get().last_at == BEGAN


def test_an_outcome_that_is_corrected_takes_the_reminder_away(owner: User) -> None:
    things = things_of(owner)
    correct_application(application=things.application, told={"outcome": "offered"}, now=NOW)
    assert [why for _day, why in due(owner).values()] == ["dormant"]


def test_an_old_rejection_asks_for_nothing(owner: User) -> None:
    received(owner, a_letter(sent_at=NOW - timedelta(days=300)), now=NOW)
    assert [why for _day, why in due(owner).values()] == ["dormant"]


def test_notices_are_due_until_their_day_is_over_and_put_away_not_at_all(owner: User) -> None:
    taken(owner, an_export())
    receive_sources(
        owner=owner,
        sources=[a_notice("Congratulate Ada Berg for 5 years at Tidewell", days=2)],
        now=NOW,
    )
    reminder = Reminder.objects.get()
    assert (reminder.why, reminder.due_date, reminder.until_date) == (
        "occasion",
        (NOW - timedelta(days=2)).date(),
        (NOW + timedelta(days=12)).date(),
    )
    put_away(occasion=Occasion.objects.get(), now=NOW)
    assert due(owner) == {}


def test_messages_of_an_export_are_words_and_old_ones_make_a_dormant_tie(owner: User) -> None:
    old = TALKED.replace("2026-01-15", "2021-01-15")
    taken(owner, an_export(messages=old), with_messages=True)
    assert due(owner) == {"Ada Berg": ("2024-01-15", "dormant")}


def test_mail_from_and_to_people_who_are_here_counts_though_it_is_no_job_mail(
    owner: User,
) -> None:
    owner.email = "ada@home.example"
    owner.save()
    joe = put_in(owner=owner, card=Card(name="Joe Odd", email="joe@odd.example"))
    Contact.objects.update(closeness="close")
    work_out(owner_id=owner.pk, contacts=[joe.pk], now=NOW)
    assert due(owner)["Joe Odd"] == ("2026-11-23", "closeness")
    theirs = mail("Joe Odd <joe@odd.example>", "ada@home.example", days=9)
    mine = mail("Ada <ada@home.example>", "Joe <joe@odd.example>", days=4, name="two")
    strange = mail("Nobody <no@where.example>", "ada@home.example", days=1)
    for _twice in range(2):
        receive_sources(owner=owner, sources=[theirs, mine, strange], now=NOW)
    assert list(Touch.objects.order_by("at").values_list("direction", "words")) == [
        ("in", ""),
        ("out", ""),
    ]
    assert due(owner)["Joe Odd"] == ("2026-12-19", "closeness")
    assert Contact.objects.count() == 1


def test_working_out_everybody_again_changes_nothing(owner: User) -> None:
    things_of(owner)
    taken(owner, an_export(messages=TALKED), with_messages=True)
    receive_sources(owner=owner, sources=[a_notice("Ada Berg shared a post: Maps")], now=NOW)
    before = list(Reminder.objects.order_by("pk").values())
    work_out_everybody(owner=owner, now=NOW + timedelta(days=1))
    assert list(Reminder.objects.order_by("pk").values()) == before
    Reminder.objects.all().delete()
    work_out_everybody(owner=owner, now=NOW)
    assert len(before) == Reminder.objects.count() == 2


def test_many_are_worked_out_in_as_many_questions_as_one(owner: User) -> None:
    counts = []
    for many in (1, 60):
        people = [put_in(owner=owner, card=Card(name=f"P{at}")) for at in range(many)]
        Contact.objects.update(closeness="warm")
        with CaptureQueriesContext(connection) as asked:
            work_out(owner_id=owner.pk, contacts=[one.pk for one in people], now=NOW)
        counts.append(len(asked))
        Contact.objects.all().delete()
    assert counts[0] == counts[1]


def test_one_owners_reminders_are_not_anothers(owner: User) -> None:
    other = an_owner("bea")
    things_of(other)
    theirs = Contact.objects.get()
    work_out(owner_id=owner.pk, contacts=[theirs.pk], now=NOW + timedelta(days=400))
    assert due(owner) == {}
    assert list(due(other)) == ["Ines Halloran"]
