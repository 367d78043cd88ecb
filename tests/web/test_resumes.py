"""Resumes taken in, shown and removed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.factories import RESUME, a_version, an_owner

from kindregards.core.resumes.document import document_of
from kindregards.core.resumes.version import Made
from kindregards.web.models import Resume, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """A browser in which the owner has signed in."""
    client = Client()
    client.force_login(an_owner())
    return client


def _give(client: Client, raw: bytes, name: str = "ada.md", path: str = "/resumes/") -> object:
    return client.post(path, {"file": SimpleUploadedFile(name, raw)})


def test_a_file_becomes_the_first_version_of_a_resume(client: Client) -> None:
    answer = client.post("/resumes/", {"file": SimpleUploadedFile("For_mills.md", RESUME.encode())})
    version = Version.objects.get()
    assert answer.headers["Location"] == f"/versions/{version.pk}/"
    assert (version.resume.name, version.number, version.how) == ("For mills", 1, Made.UPLOADED)
    assert bytes(version.original or b"") == RESUME.encode()
    assert version.text == document_of(RESUME).text
    assert "Led a cutting room of eleven people" in client.get(f"/versions/{version.pk}/").text


def test_a_second_file_of_a_resume_is_its_next_version(client: Client) -> None:
    _give(client, RESUME.encode())
    resume = Resume.objects.get()
    _give(client, RESUME.replace("eleven", "twelve").encode(), path=f"/resumes/{resume.pk}/")
    assert [one.number for one in resume.versions.order_by("number")] == [1, 2]
    assert "Version 2" in client.get(f"/resumes/{resume.pk}/").text


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "This is a picture."),
        (b"%PDF-1.7 and nothing else", "This PDF is broken"),
        (b"PK\x03\x04 torn", "This file is broken"),
        (b"{\\rtf1 hello}", "This is an RTF file."),
    ],
)
def test_a_file_that_is_no_resume_gets_a_sentence_and_keeps_nothing(
    client: Client, raw: bytes, sentence: str
) -> None:
    answer = client.post("/resumes/", {"file": SimpleUploadedFile("resume.pdf", raw)})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Resume.objects.exists()


def test_markup_in_a_resume_is_shown_and_never_run(client: Client) -> None:
    _give(
        client,
        b"# Ada\n\n<script>alert(1)</script> [me](javascript:alert(1)) ![x](http://x.example/)",
    )
    page = client.get(f"/versions/{Version.objects.get().pk}/").text
    paper = page.partition("<article")[2].partition("</article>")[0]
    assert "&lt;script&gt;" in paper
    assert "<script" not in paper
    assert "<img" not in paper
    assert 'href="javascript' not in paper


def test_the_file_as_it_came_is_given_back_as_a_file(client: Client) -> None:
    _give(client, RESUME.encode())
    answer = client.get(f"/versions/{Version.objects.get().pk}/file")
    assert answer.content == RESUME.encode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ada.md"'


def test_a_resume_is_named_anew_and_removed_with_its_versions(client: Client) -> None:
    _give(client, RESUME.encode())
    resume = Resume.objects.get()
    client.post(f"/resumes/{resume.pk}/name", {"name": "For the mills"})
    assert "For the mills" in client.get("/resumes/").text
    client.post(f"/resumes/{resume.pk}/remove")
    assert not Version.objects.exists()


def test_the_list_asks_the_database_as_often_for_many_resumes_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _give(client, RESUME.encode())
    first = Resume.objects.get()
    for number in range(5):
        a_version(first.owner, RESUME + f"\n{number}")
    with django_assert_num_queries(7):
        client.get("/resumes/")
