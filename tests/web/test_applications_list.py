"""The list of applications: narrowed, sorted and put out of sight by its address alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import ACKNOWLEDGED, FORM, INVITED, OFFERED, a_letter, an_owner, received

from kindregards.core.applications import Outcome, name_key
from kindregards.core.letters.reading import Stage
from kindregards.web.applications.listing import Wanted, found
from kindregards.web.models import Application, Employer, Letter, User
from kindregards.web.plan.services import receive_file

DAYS_AGO = {"Harrow": (3, ACKNOWLEDGED), "Larkfield": (20, INVITED), "Millgate": (40, ACKNOWLEDGED)}
DAYS_AGO |= {"Norwick": (10, FORM), "Oakhurst": (5, OFFERED)}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def many(owner: User, now: datetime) -> User:
    """Five applications, each standing in another way."""
    for name, (days, words) in DAYS_AGO.items():
        sent_at = now - timedelta(days=days)
        raw = a_letter(
            words,
            employer=name,
            sent_at=sent_at,
            message_id=name,
            sender=f"Jobs <jobs@{name.lower()}.example>",
        )
        received(owner, raw, now=sent_at)
    return owner


def listed(client: Client, query: str = "") -> list[str]:
    """The employers on the page, in their order."""
    rows = client.get(f"/applications/?{query}").context["found"].rows
    return [row.application.employer.name for row in rows]


def test_the_latest_news_come_first(many: User, client: Client) -> None:
    assert listed(client) == ["Harrow", "Oakhurst", "Norwick", "Larkfield", "Millgate"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("standing=waiting", ["Harrow"]),
        ("standing=late", ["Larkfield"]),
        ("standing=no_answer", ["Millgate"]),
        ("standing=rejected", ["Norwick"]),
        ("standing=offered", ["Oakhurst"]),
        ("standing=withdrawn", []),
        ("stage=interview", ["Larkfield"]),
        ("q=lark", ["Larkfield"]),
        ("q=Analýst+mill", ["Millgate"]),
        ("age=30&standing=no_answer", []),
        ("sort=employer", ["Harrow", "Larkfield", "Millgate", "Norwick", "Oakhurst"]),
        ("sort=oldest", ["Millgate", "Larkfield", "Norwick", "Oakhurst", "Harrow"]),
        ("sort=stage&age=30", ["Oakhurst", "Larkfield", "Harrow", "Norwick"]),
        ("standing=nonsense&stage=%00&age=-1&sort=x&page=x&q=%00", list(DAYS_AGO)),
    ],
)
def test_an_address_says_what_is_shown(
    many: User, client: Client, query: str, expected: list[str]
) -> None:
    found = listed(client, query)
    assert (sorted(found) if "nonsense" in query else found) == expected


def test_a_row_tells_how_it_stands(many: User, client: Client, now: datetime) -> None:
    text = " ".join(client.get("/applications/").content.decode().split())
    day = timezone.localtime(now - timedelta(days=20))
    assert f"Late: nothing came since {day.day} {day:%B %Y}" in text
    assert "They said no on" in text
    assert "REJECTED" not in text


def test_a_later_letter_ends_the_silence(many: User, client: Client, now: datetime) -> None:
    raw = a_letter(INVITED, employer="Millgate", sent_at=now, message_id="at last")
    receive_file(owner=many, name="", raw=raw, now=now)
    assert listed(client, "standing=no_answer") == []
    assert listed(client, "standing=waiting") == ["Millgate", "Harrow"]


def test_rejected_ones_stay_out_of_sight_until_they_are_asked_for(
    many: User, client: Client
) -> None:
    answer = client.post("/applications/sight", {"rejected": "hide", "back": "sort=employer&x=1"})
    assert answer["Location"] == "/applications/?sort=employer"
    assert listed(client) == ["Harrow", "Oakhurst", "Larkfield", "Millgate"]
    assert "1 out of sight" in client.get("/applications/").content.decode()
    assert listed(client, "standing=rejected") == ["Norwick"]
    client.post("/applications/sight", {"rejected": "show"})
    assert "Norwick" in listed(client)


def test_the_way_back_leads_nowhere_else(client: Client) -> None:
    answer = client.post(
        "/applications/sight", {"rejected": "hide", "back": "//elsewhere.example/?q=a"}
    )
    assert answer["Location"].startswith("/applications/")


def test_before_the_first_letter_the_page_says_how_to_begin(client: Client) -> None:
    assert "put one in" in client.get("/applications/").content.decode()


def test_somebody_elses_applications_are_not_listed(many: User) -> None:
    other = Client()
    other.force_login(an_owner("ben"))
    assert listed(other) == []


def filled(owner: User, number: int, now: datetime) -> None:
    employers = Employer.objects.bulk_create(
        Employer(owner=owner, name=f"Mill {one}", key=name_key(f"Mill {one}"))
        for one in range(number)
    )
    applications = Application.objects.bulk_create(
        Application(
            owner=owner,
            employer=employer,
            role="Planner",
            role_key="planner",
            stage=Stage.SCREEN,
            outcome=Outcome.OPEN,
            began_at=now,
            created_at=now,
        )
        for employer in employers
    )
    Letter.objects.bulk_create(
        Letter(
            owner=owner,
            application=application,
            message_id=f"<{application.pk}>",
            digest=str(application.pk),
            text="Dear Ada,",
            sent_at=now,
            arrived_at=now,
            as_read={},
            reading={},
            kind="acknowledgement",
            told="",
            probability=1.0,
        )
        for application in applications
    )


@pytest.mark.parametrize("path", ["/applications/", "/applications/?sort=stage&q=mill&page=2"])
def test_two_thousand_applications_take_no_more_questions_than_three(
    client: Client, now: datetime, path: str
) -> None:
    filled(User.objects.get(), 3, now)
    with CaptureQueriesContext(connection) as for_few:
        client.get(path)
    filled(an_owner("ben"), 2000, now)
    other = Client()
    other.force_login(User.objects.get(username="ben"))
    with CaptureQueriesContext(connection) as for_many:
        answer = other.get(path)
    assert len(answer.context["found"].rows) == 50
    assert len(for_many) == len(for_few) <= 6


def test_the_list_and_the_row_agree_on_silence_to_the_moment(owner: User, now: datetime) -> None:
    exact = [timedelta(days=days) for days in (0, 14, 30)]
    moments = [step + more for step in exact for more in (timedelta(0), timedelta(seconds=1))]
    moments += [step - timedelta(seconds=1) for step in exact[1:]]
    Application.objects.bulk_create(
        Application(
            owner=owner,
            stage=Stage.APPLICATION,
            outcome=Outcome.OPEN,
            began_at=now - quiet,
            last_heard_at=(now - quiet) if number % 2 else None,
            created_at=now,
        )
        for number, quiet in enumerate(moments)
    )
    listed_as = {
        standing: {row.standing for row in found(owner, Wanted(standing=standing), now).rows}
        for standing in ("waiting", "late", "no_answer")
    }
    assert listed_as == {one: {one} for one in ("waiting", "late", "no_answer")}
    numbers = [len(found(owner, Wanted(standing=one), now).rows) for one in listed_as]
    assert numbers == [3, 3, 2]
