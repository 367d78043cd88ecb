"""Addresses: which take no replies, and who is the right person."""

from __future__ import annotations

import pytest

from kindregards.core.letters.reading import Person
from kindregards.core.outreach import recipient, takes_no_replies
from kindregards.core.outreach.addresses import is_house

INES = Person("Ines Okafor", "ines@tidewell.example", "Head of Planning")
TOMAS = Person("Tomas Berg", "tomas@tidewell.example", "Planner")
RUTH = Person("Ruth Adler", "ruth@tidewell.example", "Recruiter")


@pytest.mark.parametrize(
    "address",
    [
        "no-reply@tidewell.example",
        "noreply@tidewell.example",
        "No_Reply@tidewell.example",
        "Tidewell <do-not-reply@tidewell.example>",
        "donotreply-jobs@tidewell.example",
        "notifications@tidewell.example",
        "careers-noreply@tidewell.example",
        "notification+4711@tidewell.example",
        "nicht-antworten@tidewell.example",
        "keine-antwort@tidewell.example",
        "bitte.nicht.antworten@tidewell.example",
        "bewerbung@noreply.tidewell.example",
        "tidewell@myworkday.com",
        "tidewell-hr@us.greenhouse-mail.io",
        "mailer-daemon@tidewell.example",
    ],
)
def test_machines_take_no_replies(address: str) -> None:
    assert takes_no_replies(address)


@pytest.mark.parametrize(
    "address",
    [
        "ines.okafor@tidewell.example",
        "jobs@tidewell.example",
        "bewerbung@tidewell.example",
        "Nora Reply <nora.reply@tidewell.example>",
        "noor@tidewell.example",
        "ines.okafor@linkedin.com",
        "Ines Okafor",
        "",
    ],
)
def test_people_and_offices_take_replies(address: str) -> None:
    assert not takes_no_replies(address)


@pytest.mark.parametrize(
    ("people", "met", "expected"),
    [
        ([RUTH, INES, TOMAS], ["Ines Okafor", "Tomas Berg"], TOMAS),
        ([RUTH, INES, TOMAS], ["Ines Okafor", "Tomas Berg", "ines@tidewell.example"], INES),
        ([TOMAS, INES, RUTH], [], RUTH),
        ([TOMAS, INES], [], INES),
        ([TOMAS], [], TOMAS),
        ([Person("Ines Okafor")], ["Ines Okafor"], None),
        ([Person("", "no-reply@tidewell.example")], [], None),
        ([], [], None),
    ],
    ids=[
        "met last",
        "met most",
        "recruiter",
        "manager",
        "anybody",
        "no address",
        "machine",
        "none",
    ],
)
def test_the_right_person_is_who_was_met_else_who_recruits(
    people: list[Person], met: list[str], expected: Person | None
) -> None:
    assert recipient(people, met=met) == expected


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Jobs", True),
        ("Brackwater Careers", True),
        ("Recruiting Team, Mills", True),
        ("Karriere", True),
        ("Brackwater  mills", True),
        ("Job Halloran", False),
        ("Ines Halloran", False),
        ("", False),
    ],
)
def test_the_name_of_a_department_is_nobodys(name: str, is_one: bool) -> None:
    assert is_house(name, "Brackwater Mills") is is_one


def test_the_sender_counts_and_reply_to_stands_in_for_a_machine() -> None:
    machine = Person("Tidewell Jobs", "no-reply@tidewell.example")
    assert recipient([], sender=INES) == INES
    assert recipient([], sender=machine) is None
    assert recipient([], sender=machine, reply_to="jobs@tidewell.example") == Person(
        "Tidewell Jobs", "jobs@tidewell.example"
    )
