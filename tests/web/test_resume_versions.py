"""Editing a version into the next, comparing two, and what became of each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.documents.made import like_word
from tests.factories import NOW, RESUME, a_version, an_owner, things_of

from kindregards.core.letters.reading import Stage
from kindregards.core.resumes.document import document_of
from kindregards.core.resumes.version import Made
from kindregards.sources.documents.reading import take
from kindregards.web.models import Application, Employer, Rewrite, User, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    """Who has the resume."""
    return an_owner()


@pytest.fixture
def client(owner: User) -> Client:
    """A browser in which the owner has signed in."""
    client = Client()
    client.force_login(owner)
    return client


def _edit(client: Client, version: Version, words: str, revision: int, do: str = "keep") -> object:
    given = {"markdown": words, "revision": str(revision)}
    return client.post(f"/versions/{version.pk}/edit/{do}", given)


def test_what_is_written_is_kept_and_becomes_the_next_version(client: Client, owner: User) -> None:
    version = a_version(owner)
    better = RESUME.replace("Led a cutting room", "Ran a cutting room")
    _edit(client, version, better, 0)
    assert Rewrite.objects.get().markdown == better.rstrip("\n")
    assert "Ran a cutting room" in client.get(f"/versions/{version.pk}/edit").text
    _edit(client, version, better, 1, "finish")
    made = Version.objects.get(number=2)
    assert (made.how, made.made_from, made.text) == (Made.EDITED, version, document_of(better).text)
    version.refresh_from_db()
    assert "Led a cutting room" in version.text
    assert not Rewrite.objects.exists()


def test_two_windows_lose_nothing(client: Client, owner: User) -> None:
    version = a_version(owner)
    _edit(client, version, "# First window", 0)
    answer = client.post(
        f"/versions/{version.pk}/edit/keep", {"markdown": "# Second window", "revision": "0"}
    )
    assert answer.status_code == 409
    assert "# Second window" in answer.text
    assert Rewrite.objects.get().markdown == "# First window"


def test_nothing_different_makes_no_version(client: Client, owner: User) -> None:
    version = a_version(owner)
    _edit(client, version, version.markdown, 0, "finish")
    assert Version.objects.count() == 1


def test_what_is_offered_is_taken_over_taken_back_and_made_again(
    client: Client, owner: User
) -> None:
    version = a_version(owner, RESUME.replace("Made the first", "I made the first"))
    page = client.get(f"/versions/{version.pk}/edit").text
    assert "“I” can go" in page
    number = page.partition('name="take"')[2].partition('value="')[2].partition('"')[0]
    client.post(
        f"/versions/{version.pk}/edit/keep",
        {"markdown": version.markdown, "revision": "0", "take": number},
    )
    assert Rewrite.objects.get().markdown == RESUME.rstrip("\n")
    client.post(f"/versions/{version.pk}/edit/undo")
    assert Rewrite.objects.get().markdown == version.markdown
    client.post(f"/versions/{version.pk}/edit/redo")
    assert Rewrite.objects.get().markdown == RESUME.rstrip("\n")


def test_a_text_longer_than_any_resume_is_not_kept_and_stands_on_the_page(
    client: Client, owner: User
) -> None:
    version = a_version(owner)
    answer = client.post(
        f"/versions/{version.pk}/edit/keep", {"markdown": "x" * 200_001, "revision": "0"}
    )
    assert answer.status_code == 422
    assert not Rewrite.objects.exists()


def test_what_was_written_can_be_let_go(client: Client, owner: User) -> None:
    version = a_version(owner)
    _edit(client, version, "# Other", 0)
    client.post(f"/versions/{version.pk}/edit/drop")
    assert not Rewrite.objects.exists()
    assert Version.objects.get().text == version.text


def test_two_versions_are_compared_by_words(client: Client, owner: User) -> None:
    first = a_version(owner)
    a_version(owner, RESUME.replace("eleven people", "twelve men"), resume=first.resume)
    page = client.get(f"/resumes/{first.resume_id}/compare").text
    assert "<del>eleven people</del><ins>twelve men</ins>" in page
    side = client.get(f"/resumes/{first.resume_id}/compare?show=side&from=2&to=1").text
    assert "<td>Led a cutting room of <del>twelve men</del> through the move" in side


def test_a_version_is_noted_at_an_application_from_either_page(client: Client) -> None:
    things = things_of(an_owner("ben"))
    client.force_login(things.owner)
    version = a_version(things.owner)
    client.post(f"/versions/{version.pk}/went-to", {"application": things.application.pk})
    assert Application.objects.get(pk=things.application.pk).version == version
    assert "Brackwater" in client.get(f"/versions/{version.pk}/").text
    client.post(f"/applications/{things.application.pk}/resume", {"version": ""})
    assert Application.objects.get(pk=things.application.pk).version is None
    client.post(f"/applications/{things.application.pk}/resume", {"version": version.pk})
    page = client.get(f"/applications/{things.application.pk}/").text
    assert f'<option value="{version.pk}" selected>ada, version 1</option>' in page


def test_another_persons_version_cannot_be_noted(client: Client, owner: User) -> None:
    things = things_of(an_owner("ben"))
    client.force_login(things.owner)
    answer = client.post(
        f"/applications/{things.application.pk}/resume", {"version": a_version(owner).pk}
    )
    assert answer.status_code == 404


def _applied(version: Version, many: int, stage: Stage) -> None:
    employer, _made = Employer.objects.get_or_create(owner=version.owner, name="Mill", key="mill")
    for _ in range(many):
        Application.objects.create(
            owner=version.owner,
            employer=employer,
            stage=stage,
            outcome="rejected",
            began_at=timezone.now() - timedelta(days=90),
            last_heard_at=timezone.now() - timedelta(days=60),
            decided_at=timezone.now() - timedelta(days=60),
            created_at=NOW,
            version=version,
        )


def test_below_five_a_version_has_counts_and_no_rate(client: Client, owner: User) -> None:
    version = a_version(owner)
    _applied(version, 3, Stage.APPLICATION)
    page = client.get(f"/resumes/{version.resume_id}/").text
    assert "Went to three applications. None of three that can tell led to a conversation." in page
    assert "Too few to tell anything of the resume." in page
    assert "in 100" not in page


def test_from_five_on_a_version_has_the_chance_line(client: Client, owner: User) -> None:
    version = a_version(owner)
    _applied(version, 8, Stage.APPLICATION)
    page = client.get(f"/resumes/{version.resume_id}/").text
    assert "Somebody average would see none" in page
    assert "by chance alone" in page


def test_a_resume_that_gets_conversations_is_not_urged_to_change(
    client: Client, owner: User
) -> None:
    version = a_version(owner)
    _applied(version, 12, Stage.APPLICATION)
    _applied(version, 8, Stage.SCREEN)
    for path in ("/resumes/", f"/resumes/{version.resume_id}/"):
        assert "There is no hurry here." in client.get(path).text
    assert "There is no hurry here." not in _of_somebody_else()


def _of_somebody_else() -> str:
    other = Client()
    other.force_login(an_owner("ben"))
    return other.get("/resumes/").text


def test_an_edited_docx_is_given_back_with_its_changes_tracked(client: Client) -> None:
    client.post("/resumes/", {"file": SimpleUploadedFile("ada.docx", like_word())})
    version = Version.objects.get()
    assert client.get(f"/versions/{version.pk}/tracked.docx").status_code == 404
    better = version.markdown.replace("Led a", "Ran a").replace("Education", "Training")
    _edit(client, version, better, 0, "finish")
    made = Version.objects.get(number=2)
    assert f"/versions/{made.pk}/tracked.docx" in client.get(f"/versions/{made.pk}/").text
    copy = client.get(f"/versions/{made.pk}/tracked.docx")
    assert document_of(take(copy.content).markdown).text == made.text
    assert copy.content[:2] == b"PK"


def test_the_page_for_the_printer_holds_the_words_and_loads_nothing_from_elsewhere(
    client: Client, owner: User
) -> None:
    version = a_version(
        owner, RESUME + "\n[Work](https://ada.example) ![me](https://spy.example/me.png)\n"
    )
    page = client.get(f"/versions/{version.pk}/print").text
    assert "<h1>Ada Lindqvist</h1>" in page
    assert '<a href="https://ada.example" rel="noreferrer noopener">Work</a>' in page
    assert (
        '<a href="mailto:ada@home.example" rel="noreferrer noopener">ada@home.example</a>' in page
    )
    assert "<img" not in page


def test_who_gets_more_conversations_than_usual_is_told_that_chance(
    client: Client, owner: User
) -> None:
    version = a_version(owner)
    _applied(version, 3, Stage.APPLICATION)
    _applied(version, 3, Stage.SCREEN)
    page = client.get(f"/resumes/{version.resume_id}/").text
    assert "Somebody average would see three or more" in page
