"""Doubles: found, taken together, kept apart, taken apart again, and never made anew."""

from __future__ import annotations

import io
import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, a_debrief, things_of

from kindregards.core.network.card import Card
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.outreach.draft import Channel, Direction
from kindregards.sources.people import people_in
from kindregards.web.contacts import meet, take_in
from kindregards.web.models import (
    Contact,
    Employer,
    Meeting,
    MetBy,
    Occasion,
    Reminder,
    Touch,
    User,
)
from kindregards.web.network.merging import others_of, pairs_of, take_apart, take_together
from kindregards.web.network.services import AlreadyHereError, put_in
from kindregards.web.network.taking import take_people

pytestmark = pytest.mark.django_db

HEADING = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
LINK = "https://www.linkedin.com/in/"
EXPORT = (
    f"{HEADING}Ada,Berg,{LINK}ada,,Tidewell,Planner,12 Mar 2019\n"
    f"Ada,Berg,{LINK}ada-old,,Tidewell,Trainee,1 Feb 2012\n"
)


def taken(owner: User, text: str) -> dict[str, int]:
    people = people_in(io.BytesIO(text.encode()))
    done = take_people(owner=owner, people=people, now=NOW)
    named = {"new": done.new, "completed": done.completed, "known": done.known, "gone": done.gone}
    return {name: many for name, many in named.items() if many}


def two(owner: User) -> tuple[Contact, Contact]:
    """Ada Berg twice: by her profile, and by her address with a word, a reason and a meeting."""
    one = put_in(
        owner=owner,
        card=Card(name="Ada Berg", profile="linkedin.com/in/ada", employer="Tidewell"),
    )
    other = put_in(
        owner=owner, card=Card(name="Ada Berg", email="ada@berg.example", role="Planner", note="!")
    )
    Touch.objects.create(
        owner=owner, contact=other, direction=Direction.IN, channel=Channel.MAIL, kind="other",
        at=NOW - timedelta(days=3),
    )  # fmt: skip
    other.last_at = NOW - timedelta(days=3)
    other.save()
    Occasion.objects.create(
        owner=owner, contact=other, kind=OccasionKind.POST, at=NOW, ends_at=NOW + timedelta(days=9)
    )
    debrief = a_debrief(things_of(owner).application)
    Meeting.objects.create(owner=owner, debrief=debrief, contact=other)
    return one, other


def as_they_are() -> list[tuple[object, ...]]:
    """Everything about everybody that merging may touch."""
    people = Contact.everyone.order_by("pk").values_list(
        "pk", "name", "email", "profile", "role", "works_at", "note", "employer", "last_at",
        "same_as", "birth_day", "closeness",
    )  # fmt: skip
    rows: list[tuple[object, ...]] = list(people)
    for model in (Touch, Occasion, Meeting, Reminder):
        rows += model.objects.order_by("pk").values_list("contact")
    return rows


def test_all_that_moved_is_moved_back(owner: User) -> None:
    one, other = two(owner)
    Reminder.objects.all().delete()
    before = as_they_are()
    take_together(kept=one, other=other, now=NOW)
    one.refresh_from_db()
    assert (one.email, one.role, one.note, one.last_at) == (
        "ada@berg.example",
        "Planner",
        "!",
        NOW - timedelta(days=3),
    )
    assert (one.touches.count(), one.occasions.count(), one.meetings.count()) == (1, 1, 1)
    assert list(Contact.objects.filter(name="Ada Berg")) == [one]
    take_apart(other=Contact.everyone.get(pk=other.pk), now=NOW)
    Reminder.objects.all().delete()
    assert as_they_are() == before


def test_what_was_changed_since_stays_changed_when_taken_apart(owner: User) -> None:
    one, other = two(owner)
    take_together(kept=one, other=other, now=NOW)
    Contact.objects.filter(pk=one.pk).update(role="Head of Planning")
    take_apart(other=Contact.everyone.get(pk=other.pk), now=NOW)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.role, one.note, one.email) == ("Head of Planning", "", "")
    assert (other.role, other.email) == ("Planner", "ada@berg.example")


def test_three_taken_together_come_apart_one_by_one(owner: User) -> None:
    one, other = two(owner)
    third = put_in(owner=owner, card=Card(name="Ada Berg", employer="Quayside"))
    before = as_they_are()
    take_together(kept=other, other=third, now=NOW)
    take_together(kept=one, other=Contact.objects.get(pk=other.pk), now=NOW)
    assert {each.pk for each in others_of(one)} == {other.pk, third.pk}
    take_apart(other=Contact.everyone.get(pk=other.pk), now=NOW)
    third.refresh_from_db()
    assert third.same_as == other
    take_apart(other=third, now=NOW)
    Reminder.objects.all().delete()
    assert [row for row in as_they_are() if len(row) > 1] == [row for row in before if len(row) > 1]


def test_a_second_export_after_merging_does_not_make_the_double_again(owner: User) -> None:
    assert taken(owner, EXPORT) == {"new": 2}
    one, other = Contact.objects.order_by("pk")
    take_together(kept=one, other=other, now=NOW)
    assert taken(owner, EXPORT) == {"known": 1}
    one.refresh_from_db()
    assert (one.role, Contact.everyone.count(), one.gone_at) == ("Planner", 2, None)
    # Nor does a letter from the other address, nor a single card.
    assert meet(owner=owner, card=Card("Ada", profile=other.profile), employer=None,
                met_by=MetBy.LETTER) == one  # fmt: skip
    with pytest.raises(AlreadyHereError, match="Ada Berg is here already with this profile"):
        put_in(owner=owner, card=Card("A", profile=other.profile))


def test_the_old_profile_does_not_tell_the_old_job_as_news(owner: User) -> None:
    moved = EXPORT.replace("ada-old,,Tidewell", "ada-old,,Quayside")
    taken(owner, moved)
    one, other = Contact.objects.order_by("pk")
    take_together(kept=one, other=other, now=NOW)
    done = take_people(owner=owner, people=people_in(io.BytesIO(moved.encode())), now=NOW)
    assert (done.news, done.known) == ([], 1)


def test_doubles_are_asked_of_one_by_one_with_keys_and_an_undo(client: Client, owner: User) -> None:
    client.force_login(owner)
    _one, other = two(owner)
    address = reverse("network-doubles")
    page = client.get(address)
    kept, hidden = (side.contact for side in page.context["sides"])
    assert (kept, page.context["left"]) == (other, 1)  # with whom there was a word
    assert 'data-key="y"' in page.content.decode()
    answer = {"other": hidden.pk, "later": "0", "they": "one"}
    after = client.post(reverse("network-same", args=[kept.pk]), answer, follow=True)
    assert "is one person now" in after.content.decode()
    assert "Nobody else seems to be here twice" in after.content.decode()
    assert (
        "Also here as Ada Berg"
        in client.get(reverse("network-page", args=[kept.pk])).content.decode()
    )
    client.post(reverse("network-part", args=[hidden.pk]))
    assert Contact.objects.filter(name="Ada Berg").count() == 2
    assert pairs_of(owner) == []  # that they are two is remembered


def test_not_the_same_person_is_remembered(client: Client, owner: User) -> None:
    client.force_login(owner)
    one, other = two(owner)
    client.post(reverse("network-same", args=[other.pk]), {"other": one.pk, "they": "two"})
    assert pairs_of(owner) == []
    assert "seems to be here twice" in client.get(reverse("network-doubles")).content.decode()


def test_nobody_elses_people_can_be_taken_together(client: Client, owner: User) -> None:
    theirs = two(User.objects.create_user("bea"))
    client.force_login(owner)
    mine = put_in(owner=owner, card=Card(name="Ada Berg"))
    decide = reverse("network-same", args=[mine.pk])
    assert client.post(decide, {"other": theirs[0].pk, "they": "one"}).status_code == 302
    decide = reverse("network-same", args=[theirs[0].pk])
    assert client.post(decide, {"other": mine.pk, "they": "one"}).status_code == 404
    assert not Contact.everyone.filter(same_as__isnull=False).exists()


def test_roles_in_processes_go_along_and_come_back(owner: User) -> None:
    employer = Employer.objects.create(owner=owner, name="Tidewell", key="tidewell")
    one = put_in(owner=owner, card=Card(name="Ada Berg", profile="linkedin.com/in/ada"))
    other = put_in(owner=owner, card=Card(name="Ada Berg", email="ada@berg.example"))
    Contact.objects.filter(pk=other.pk).update(employer=employer)
    take_together(kept=one, other=Contact.objects.get(pk=other.pk), now=NOW)
    assert Contact.objects.get().employer == employer
    take_apart(other=Contact.everyone.get(pk=other.pk), now=NOW)
    assert [each.employer for each in Contact.objects.order_by("pk")] == [None, employer]


ODD = (
    "Zoë 🌻",
    "محمد",
    "דנה כהן",
    "王小明",
    "x" * 300,
    "",
    "  ",
    "O'Neil-Van der Berg",
    '"Q"',
    "a,b",
)
DAYS = ("12 Mar 2019", "2019-03-12", "3/12/19", "", "never", "12.03.2019")


def odd_export(rows: int) -> str:
    """An export with everything that exports have wrong; half of its rows stand in it twice."""
    lines = ["Notes:", '"What LinkedIn says, in two', 'lines"', "", HEADING.strip()]
    for number in (at % (rows // 2) for at in range(rows)):
        drawn = random.Random(number)
        first, last = drawn.choice(ODD), drawn.choice([*ODD, f"Berg {number % 900}"])
        if number % 50 == 0:
            first, last = "Sam", "Lee"  # fifty of one name
        profile = f"{LINK}p{number}" if number % 3 else ""
        email = f"p{number}@odd.example" if number % 5 == 0 else ""
        cells = (first, last, profile, email, drawn.choice(ODD), drawn.choice(ODD),
                 drawn.choice(DAYS))  # fmt: skip
        told = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
        lines.append("" if number % 211 == 0 else told)
    return "\ufeff" + "\r\n".join(lines)


def test_five_thousand_odd_rows_come_in_once_and_give_few_questions(
    client: Client, owner: User
) -> None:
    text = odd_export(5000)
    first = taken(owner, text)
    people = Contact.objects.count()
    assert first["new"] == people > 1800
    assert {"new", "gone"}.isdisjoint(taken(owner, text))
    assert Contact.objects.count() == people
    assert not Contact.objects.filter(name="", email="", profile="").exists()
    pairs = pairs_of(owner)
    sams = set(Contact.objects.filter(name_key="sam lee").values_list("pk", flat=True))
    assert 0 < sum(pair.one in sams for pair in pairs) < len(sams)
    for pair in pairs[:20]:
        one, other = Contact.objects.filter(pk__in=(pair.one, pair.other)).order_by("pk")
        take_together(kept=one, other=other, now=NOW)
    assert "new" not in taken(owner, text)
    assert Contact.objects.count() == people - 20
    client.force_login(owner)
    assert client.get(reverse("network-doubles")).status_code == 200


def test_the_page_asks_the_database_as_often_for_many_as_for_few(
    client: Client, owner: User
) -> None:
    client.force_login(owner)
    counts = []
    for many in (3, 150):
        cards = [Card(name=f"Ada Berg{at % 40}", employer=f"E{at}") for at in range(many)]
        take_in(owner=owner, cards=cards, met_by=MetBy.LINKEDIN)
        put_in(owner=owner, card=Card(name="Ada Berg1", email=f"{many}@odd.example"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("network-doubles"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
