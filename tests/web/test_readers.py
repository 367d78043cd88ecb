"""Asking people to read a resume, and each of them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.factories import FORM, Put
from tests.reviewing import (
    QUESTION,
    a_comment,
    a_file,
    a_reviewer,
    a_version_to_read,
    give_back,
)

from kindregards.core.resumes.packet import NOT_SIGNED
from kindregards.web.models import Comment, Contact, Reviewer, ShareLink, User, Version
from kindregards.web.reviews import text_for

pytestmark = pytest.mark.django_db
ASKED = {"name": "Ines Halloran", "email": "ines@home.example", "question1": QUESTION}


@pytest.fixture
def version(owner: User) -> Version:
    """A version that somebody reads."""
    return a_version_to_read(owner, timezone.now())


@pytest.fixture
def reached(settings: Any) -> None:
    """The program is reached by readers."""
    settings.SHARE_URL = "https://ada.example"


def _words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def _readers(version: Version) -> str:
    return f"/versions/{version.pk}/readers/"


def test_on_ones_own_computer_a_reader_gets_a_file(client: Client, version: Version) -> None:
    page = _words(client.get(_readers(version)))
    assert "Ask 3 to 6 people" in page
    assert "which nobody else reaches" in page
    answer = client.post(_readers(version), {**ASKED, "carried_by": "packet"}, follow=True)
    assert "Save the file" in _words(answer)
    reviewer = Reviewer.objects.get()
    assert (reviewer.name, reviewer.questions) == ("Ines Halloran", [QUESTION])
    assert reviewer.is_masked
    assert reviewer.closes_at - reviewer.asked_at == timedelta(days=14)
    packet = client.get(f"/resumes/readers/{reviewer.pk}/packet.html")
    assert 'filename="resume-for-ines-halloran.html"' in packet["Content-Disposition"]


def test_a_link_is_not_offered_where_nobody_comes_in(client: Client, version: Version) -> None:
    answer = client.post(_readers(version), {**ASKED, "carried_by": "link"})
    assert answer.status_code == 422
    assert "Nobody reaches this program yet" in _words(answer)
    assert not Reviewer.objects.exists()


def test_a_reader_gets_a_link_where_the_program_is_reached(
    reached: None, client: Client, version: Version
) -> None:
    answer = client.post(_readers(version), {**ASKED, "carried_by": "link"}, follow=True)
    found = re.search(r"https://ada\.example(/review/[0-9a-f]{64}/)", _words(answer))
    assert found is not None
    assert Client().get(found[1]).status_code == 200


@pytest.mark.parametrize("what", ["link", "revoke", "close"])
def test_a_link_can_be_made_anew_or_taken_away(
    reached: None, client: Client, version: Version, what: str
) -> None:
    answer = client.post(_readers(version), {**ASKED, "carried_by": "link"}, follow=True)
    before = re.search(r"/review/[0-9a-f]{64}/", _words(answer))
    assert before is not None
    reviewer = Reviewer.objects.get()
    answer = client.post(f"/readers/{reviewer.pk}/{what}", follow=True)
    assert Client().get(before[0]).status_code == 404
    after = re.search(r"/review/[0-9a-f]{64}/", _words(answer))
    assert (after is not None) is (what == "link")


def test_a_closed_review_can_be_opened_again(
    reached: None, client: Client, version: Version
) -> None:
    client.post(_readers(version), {**ASKED, "carried_by": "link"})
    reviewer = Reviewer.objects.get()
    client.post(f"/readers/{reviewer.pk}/close")
    answer = client.post(f"/readers/{reviewer.pk}/longer", follow=True)
    found = re.search(r"/review/[0-9a-f]{64}/", _words(answer))
    assert found is not None
    assert Client().get(found[0]).status_code == 200


@pytest.mark.parametrize(
    ("given", "why"),
    [({"name": ""}, "A first name is enough"), ({"email": "no"}, "This is no address")],
    ids=["name", "address"],
)
def test_what_is_missing_is_told(
    client: Client, version: Version, given: dict[str, str], why: str
) -> None:
    answer = client.post(_readers(version), {**ASKED, "carried_by": "packet", **given})
    assert answer.status_code == 422
    assert why in _words(answer)


def test_the_page_says_how_far_each_reader_is(client: Client, version: Version) -> None:
    now = timezone.now()
    a_reviewer(version, now, name="Oona", carried_by="packet")
    a_reviewer(version, now, name="Tomas", closes_at=now)
    a_reviewer(version, now, name="Wilma", kept_at=now)
    back = a_reviewer(version, now, name="Zora")
    give_back(back, now, a_comment(text_for(back), "six cutters"))
    page = _words(client.get(_readers(version)))
    for said in (
        "Has a file to read",
        "Closed, and nothing came back",
        "Is writing",
        "Gave it back with one comment",
    ):
        assert said in page
    assert "See what they say" in page


def test_where_the_resume_does_its_work_the_page_says_so_first(
    client: Client, version: Version, put: Put
) -> None:
    from kindregards.web.models import Application

    for number in range(18):
        put(FORM, employer=f"Mill {number}", role="Planner", days=-60 + number)
    assert "wrong fix" not in _words(client.get(_readers(version)))
    Application.objects.update(stage="interview")
    assert "polishing it would be the wrong fix" in _words(client.get(_readers(version)))


# What comes back as a file ----------------------------------------------------------------------


@pytest.mark.parametrize("way", ["file", "text"])
def test_a_review_is_taken_in_as_a_file_or_as_text(
    client: Client, version: Version, way: str
) -> None:
    reviewer = a_reviewer(version, timezone.now(), carried_by="packet")
    said = a_comment(text_for(reviewer), "six cutters", text="Six of how many?")
    raw = a_file(reviewer, {"comments": [said]})
    given: dict[str, Any] = (
        {"file": SimpleUploadedFile("back.json", raw)} if way == "file" else {"text": raw.decode()}
    )
    answer = client.post(f"/readers/{reviewer.pk}/returned", given, follow=True)
    assert "The review by Ines is here." in _words(answer)
    assert "Six of how many?" in _words(answer)


def test_a_file_that_is_no_review_of_theirs_is_refused_with_a_sentence(
    client: Client, version: Version
) -> None:
    reviewer = a_reviewer(version, timezone.now(), carried_by="packet")
    page = f"/readers/{reviewer.pk}/returned"
    forged = SimpleUploadedFile("back.json", a_file(reviewer, {}, key="00" * 32))
    answer = client.post(page, {"file": forged})
    assert answer.status_code == 422
    assert NOT_SIGNED in _words(answer)
    large = SimpleUploadedFile("back.json", b" " * 10_000_000)
    assert "larger than any reader writes" in _words(client.post(page, {"file": large}))
    assert "Choose the file" in _words(client.post(page, {}))
    assert not Comment.objects.exists()


# Afterwards -------------------------------------------------------------------------------------


@pytest.fixture
def back(version: Version) -> Reviewer:
    """Somebody who gave back two comments, of which one was taken."""
    reviewer = a_reviewer(version, timezone.now(), name="Ines Halloran", email="ines@home.example")
    shown = text_for(reviewer)
    said = a_comment(shown, "Was responsible for", replacement="Planned", kind="stronger")
    give_back(reviewer, timezone.now(), said, a_comment(shown, "six cutters"))
    Comment.objects.filter(replacement="Planned").update(decision="taken")
    return reviewer


def test_the_letter_of_thanks_says_what_was_taken(client: Client, back: Reviewer) -> None:
    page = _words(client.get(f"/readers/{back.pk}/"))
    assert "Hello Ines," in page
    assert "“Planned” instead of “Was responsible for”" in page
    assert "six cutters" not in page
    assert "mailto:ines@home.example" in page
    client.post(f"/readers/{back.pk}/thanked")
    assert "You thanked them on" in _words(client.get(f"/readers/{back.pk}/"))


def test_a_reader_becomes_one_of_the_persons_people_if_wished(
    client: Client, back: Reviewer
) -> None:
    assert not Contact.objects.exists()
    answer = client.post(f"/readers/{back.pk}/known", follow=True)
    contact = Contact.objects.get()
    assert (contact.name, contact.email) == ("Ines Halloran", "ines@home.example")
    assert "is among your people" in _words(answer)
    client.post(f"/readers/{back.pk}/known")
    assert Contact.objects.count() == 1


def test_a_reader_is_removed_with_all_they_said(client: Client, back: Reviewer) -> None:
    client.post(f"/readers/{back.pk}/remove")
    assert not Reviewer.objects.exists()
    assert not Comment.objects.exists()
    assert not ShareLink.objects.exists()
