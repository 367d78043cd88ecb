"""When the next word to people is due: kept as things happen, shown, and changed by the person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import NOW, a_debrief, a_letter, an_owner, received, things_of
from tests.web.drafting import words_of
from tests.web.test_network import TALKED, a_notice, an_export, taken

from kindregards.core.debriefs import Prompt
from kindregards.core.network.card import Card
from kindregards.core.outreach.draft import Channel, Direction
from kindregards.core.plan import Choice, StepKind
from kindregards.sources.source import Source
from kindregards.web.debriefs.services import keep_people
from kindregards.web.models import Contact, Note, Occasion, Rearrangement, Reminder, Touch, User
from kindregards.web.network.deciding import Decision, decide
from kindregards.web.network.due import people_due
from kindregards.web.network.merging import take_together
from kindregards.web.network.noticing import put_away
from kindregards.web.network.services import put_in
from kindregards.web.network.words import said_ago
from kindregards.web.outreach.services import (
    record_by_hand,
    record_not_sent,
    record_sent,
    remove_touch,
)
from kindregards.web.plan.moving import move_letter, undo
from kindregards.web.plan.receiving import receive_sources
from kindregards.web.plan.services import correct_application, decide_step, put_in_application
from kindregards.web.plan.worth_doing import worth_doing_now
from kindregards.web.rhythm import local_day, work_out, work_out_everybody

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
    labels = b"X-Gmail-Labels: Drafts\nFrom: Ada"
    begun = mail("Ada <ada@home.example>", "Joe <joe@odd.example>", days=1, name="three")
    begun = Source("draft.eml", begun.raw.replace(b"From: Ada", labels))
    strange = mail("Nobody <no@where.example>", "ada@home.example", days=1)
    for _twice in range(2):
        receive_sources(owner=owner, sources=[theirs, mine, begun, strange], now=NOW)
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


# Today, and what the person says of it --------------------------------------------------------


def people_at_home(client: Client) -> list[str]:
    """Who stands on the home page."""
    return [one.contact.name for one in client.get("/").context["people"]]


@pytest.fixture
def month_ago(owner: User) -> datetime:
    """A rejection of 31 days ago by the real clock, whose plan is settled; and one more letter."""
    now = timezone.now()
    letter = received(owner, a_letter(sent_at=now - timedelta(days=31)), now=now)
    assert letter.application is not None
    plan = letter.application.plan
    for kind in StepKind:
        decide_step(plan=plan, kind=kind, choice=Choice.DONE, now=now)
    return now


def test_home_shows_who_why_what_was_said_and_what_to_say(
    client: Client, month_ago: datetime
) -> None:
    page = words_of(client.get("/"))
    assert people_at_home(client) == ["Ines Halloran"]
    assert "They know your work from the process at Brackwater Mills." in page
    assert "The last word was 31 days ago." in page
    assert "They wrote, " in page
    assert "What you did with something they told you" in page


def test_done_is_noted_once_and_can_be_taken_back(client: Client, month_ago: datetime) -> None:
    ines = Contact.objects.get()
    path = reverse("network-decide", args=[ines.pk])
    for _twice in range(2):
        client.post(path, {"decision": "done", "home": "1"})
    assert Touch.objects.filter(direction=Direction.OUT).count() == 1
    assert "Noted: you wrote to Ines Halloran." in words_of(client.get("/"))
    assert people_at_home(client) == []
    client.post(reverse("network-undo"))
    assert (people_at_home(client), Touch.objects.count()) == (["Ines Halloran"], 0)


def test_each_decision_moves_the_word_and_is_taken_back_with_a_press(
    client: Client, owner: User, month_ago: datetime
) -> None:
    ines = Contact.objects.get()
    before = due(owner)
    for decision, expected in [
        ("done", ("rejection", 59)),
        ("later", ("rejection", 7)),
        ("not_this", ("rejection", 59)),
        ("rest", None),
    ]:
        client.post(reverse("network-decide", args=[ines.pk]), {"decision": decision, "home": "1"})
        assert people_at_home(client) == []
        reminder = Reminder.objects.filter(contact=ines).first()
        if expected is None:
            assert reminder is None
        else:
            assert reminder is not None
            days = (reminder.due_date - timezone.localdate()).days
            assert (reminder.why, days) == expected
        assert "Take that back" in words_of(client.get("/"))
        client.post(reverse("network-undo"), {"home": "1"})
        assert due(owner) == before
        assert people_at_home(client) == ["Ines Halloran"]
    assert not Touch.objects.exists()


def test_passing_over_a_reason_puts_it_away_and_undo_brings_it_back(
    client: Client, owner: User
) -> None:
    taken(owner, an_export())
    ada, now = Contact.objects.get(name="Ada Berg"), timezone.now()
    occasion = Occasion.objects.create(
        owner=owner, contact=ada, kind="post", at=now, ends_at=now + timedelta(days=10)
    )
    work_out(owner_id=owner.pk, contacts=[ada.pk], now=now)
    client.post(reverse("network-decide", args=[ada.pk]), {"decision": "not_this"})
    occasion.refresh_from_db()
    assert (occasion.put_away_at is not None, due(owner)) == (True, {})
    client.post(reverse("network-undo"))
    occasion.refresh_from_db()
    assert (occasion.put_away_at, list(due(owner))) == (None, ["Ada Berg"])


def test_home_never_shows_more_than_five_people_or_things(client: Client, owner: User) -> None:
    now = timezone.now()
    received(owner, a_letter(sent_at=now - timedelta(days=2)), now=now)
    for at in range(9):
        put_in(owner=owner, card=Card(name=f"Friend {at}"))
    Contact.objects.filter(name__startswith="Friend").update(closeness="close")
    work_out_everybody(owner=owner, now=now)
    page = client.get("/")
    assert len(page.context["people"]) + len(page.context["due"]) == 5
    assert len(people_due(owner, now)) == 5


def test_the_terminal_tells_the_same_as_home(client: Client, month_ago: datetime) -> None:
    (thing,) = worth_doing_now(User.objects.get(), month_ago)
    (shown,) = client.get("/").context["people"]
    assert (thing.title, thing.step, thing.application) == ("A word to Ines Halloran", "word", "")
    assert (thing.why, thing.idea, thing.on) == (shown.why_now, shown.idea, shown.on)
    assert thing.page == reverse("network-page", args=[shown.contact.pk])


def test_five_written_this_week_leave_nobody_for_today(owner: User) -> None:
    now = timezone.now()
    people = [put_in(owner=owner, card=Card(name=f"Friend {at}")) for at in range(8)]
    Contact.objects.update(closeness="close")
    for at, one in enumerate(people[:5]):
        one.refresh_from_db()
        decide(contact=one, decision=Decision.DONE, now=now - timedelta(days=at))
    work_out_everybody(owner=owner, now=now)
    assert people_due(owner, now) == []
    later = people_due(owner, now + timedelta(days=3))
    assert [one.contact.name for one in later] == ["Friend 5"]


def test_a_reason_that_is_over_is_told_no_more_and_what_it_hid_is(owner: User) -> None:
    joe, now = put_in(owner=owner, card=Card(name="Joe")), timezone.now()
    Contact.objects.update(closeness="weak", last_at=now - timedelta(days=175))
    Occasion.objects.create(
        owner=owner, contact=joe, kind="birthday", at=now, ends_at=now + timedelta(days=3)
    )
    work_out(owner_id=owner.pk, contacts=[joe.pk], now=now)
    assert [one.why for one in people_due(owner, now)] == ["occasion"]
    assert people_due(owner, now + timedelta(days=4)) == []
    slept = people_due(owner, now + timedelta(days=90))
    assert [(one.why, one.contact.name) for one in slept] == [("closeness", "Joe")]


def test_the_page_of_somebody_tells_the_next_day_and_keeps_what_was_promised(
    client: Client, owner: User
) -> None:
    joe = put_in(owner=owner, card=Card(name="Joe"))
    Contact.objects.update(last_at=timezone.now() - timedelta(days=10))
    path = reverse("network-page", args=[joe.pk])
    client.post(
        reverse("network-closeness", args=[joe.pk]),
        {"closeness": "warm", "promised": "The name of the binder"},
    )
    page = words_of(client.get(path))
    assert "You like to be in touch every three months or so." in page
    assert "The name of the binder" in page
    client.post(reverse("network-closeness", args=[joe.pk]), {"closeness": "rest", "promised": ""})
    assert "They rest. No reminder comes." in words_of(client.get(path))
    client.post(reverse("network-closeness", args=[joe.pk]), {"closeness": "near", "promised": ""})
    joe.refresh_from_db()
    assert joe.closeness == "rest"


def test_home_asks_the_database_as_often_for_many_people_as_for_few(
    client: Client, owner: User
) -> None:
    now = timezone.now()
    received(owner, a_letter(sent_at=now - timedelta(days=200)), now=now)
    counts = []
    for many in (5, 80):
        for at in range(many):
            put_in(owner=owner, card=Card(name=f"P{at} of {many}", email=f"p{at}@{many}.example"))
        Contact.objects.update(closeness="close", last_at=now - timedelta(days=100))
        work_out_everybody(owner=owner, now=now)
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            assert len(people_at_home(client)) == 5
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_people_of_another_owner_are_not_due_here(client: Client, owner: User) -> None:
    other = an_owner("bea")
    theirs = put_in(owner=other, card=Card(name="Theirs"))
    Contact.objects.update(closeness="close")
    work_out_everybody(owner=other, now=NOW)
    received(owner, a_letter(), now=timezone.now())
    assert people_at_home(client) == []
    answer = client.post(reverse("network-decide", args=[theirs.pk]), {"decision": "done"})
    assert (answer.status_code, Touch.objects.exists()) == (404, False)


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (70, "2 months ago")]
)
def test_the_last_word_is_dated_as_one_says_it(days: int, said: str) -> None:
    assert said_ago(days) == f"The last word was {said}."


def test_a_letter_from_the_other_address_of_somebody_is_an_answer(owner: User) -> None:
    ada = put_in(owner=owner, card=Card(name="Ada Berg", email="ada@tidewell.example"))
    other = put_in(owner=owner, card=Card(name="A. Berg", email="Ada@home.example".lower()))
    for days in (40, 30):
        Touch.objects.create(
            owner=owner, contact=ada, direction="out", channel="mail", kind="other",
            at=NOW - timedelta(days=days),
        )  # fmt: skip
    ada.last_at, ada.closeness = NOW - timedelta(days=30), "close"
    ada.save()
    take_together(kept=ada, other=other, now=NOW)
    assert Reminder.objects.get(contact=ada).due_date > local_day(NOW) + timedelta(
        days=50
    )  # 90 of rest
    letter = received(
        owner, a_letter(sent_at=NOW - timedelta(days=20), sender="Ada <ada@home.example>"), now=NOW
    )
    touch = Touch.objects.create(
        owner=owner, contact=ada, direction="out", channel="phone", kind="other", at=NOW,
    )  # fmt: skip
    remove_touch(touch=touch, now=NOW)
    ada.refresh_from_db()
    assert ada.last_at == letter.sent_at
    assert Reminder.objects.get(contact=ada).due_date == local_day(NOW) + timedelta(days=10)


def test_who_was_met_by_a_debrief_is_due_at_once(owner: User) -> None:
    things = things_of(owner)
    debrief = a_debrief(things.application)
    Note.objects.create(owner=owner, debrief=debrief, prompt=Prompt.PEOPLE, text="Piet Vos")
    keep_people(debrief=debrief, now=NOW)
    assert due(owner)["Piet Vos"] == ("2026-12-20", "rejection")


def test_a_rejection_that_is_moved_to_its_own_place_moves_the_reminders(owner: User) -> None:
    things = things_of(owner)
    there = put_in_application(owner=owner, told={"employer": "Quayside", "role": "Buyer"}, now=NOW)
    piet = put_in(owner=owner, card=Card(name="Piet Vos", email="piet@quayside.example"))
    Contact.objects.filter(pk=piet.pk).update(employer=there.employer)
    assert "Piet Vos" not in due(owner)
    move_letter(letter=things.letter, to=there, now=NOW)
    assert due(owner)["Piet Vos"] == ("2026-12-20", "rejection")
    undo(done=Rearrangement.objects.get(), now=NOW)
    assert "Piet Vos" not in due(owner)


def test_who_has_people_and_no_letter_sees_who_is_due(client: Client, owner: User) -> None:
    assert "people" not in client.get("/").context
    put_in(owner=owner, card=Card(name="Joe"))
    Contact.objects.update(closeness="close")
    work_out_everybody(owner=owner, now=timezone.now())
    assert people_at_home(client) == ["Joe"]
    assert "A letter came?" in words_of(client.get("/"))
