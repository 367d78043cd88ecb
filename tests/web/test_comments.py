"""All comments on one page, and the better version that comes of them."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.documents.made import like_word
from tests.reviewing import a_comment, a_reviewer, a_version_to_read, give_back

from kindregards.core.resumes.version import Made
from kindregards.sources.documents.reading import take
from kindregards.web.models import Comment, Reviewer, User, Version
from kindregards.web.resumes.comments import board_of
from kindregards.web.resumes.deciding import make_next
from kindregards.web.resumes.services import add_version, take_in
from kindregards.web.reviews import text_for

pytestmark = pytest.mark.django_db
ALL_QUERIES = 6


@pytest.fixture
def version(owner: User) -> Version:
    """A version that two people read."""
    return a_version_to_read(owner, timezone.now())


@pytest.fixture
def readers(version: Version) -> tuple[Reviewer, Reviewer]:
    """Who agree on one place, clash at another, and each say something alone."""
    now = timezone.now()
    ines, oona = a_reviewer(version, now, name="Ines"), a_reviewer(version, now, name="Oona")
    shown = text_for(ines)
    give_back(
        ines,
        now,
        a_comment(shown, "Was responsible for", kind="stronger", replacement="Planned"),
        a_comment(shown, "six cutters", kind="stronger", replacement="eight cutters"),
        a_comment(shown, "BA Fashion", kind="good", text="Good to see at once."),
        remembered="Cloth.",
        answers=["At the dates."],
        remarks="It reads well.",
    )
    give_back(
        oona,
        now,
        a_comment(shown, "Was responsible for the winter range", text="What did you do?"),
        a_comment(shown, "six cutters", kind="wrong", replacement="six people"),
        a_comment(shown, "Taught two apprentices", kind="missing", text="With what result?"),
    )
    return ines, oona


def _words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def _page(client: Client, version: Version) -> str:
    return _words(client.get(f"/versions/{version.pk}/comments/"))


def _said(reviewer: Reviewer, words: str) -> Comment:
    return reviewer.comments.get(exact=words)


def _decide(client: Client, comment: Comment, decision: str, **more: object) -> None:
    answer = client.post(f"/comments/{comment.pk}/decide", {"decision": decision, **more})
    assert answer.status_code == 302


def test_all_comments_are_there_and_what_two_say_comes_first(
    client: Client, version: Version, readers: tuple[Reviewer, Reviewer]
) -> None:
    page = _page(client, version)
    for said in ("What did you do?", "With what result?", "Good to see at once.", "At the dates."):
        assert said in page
    assert "2 readers point here" in page
    told = [(one.quote, one.group.readers) for one in board_of(version).together]
    assert told == [
        ("six cutters", 2),
        ("Was responsible for the winter range", 2),
        ("Taught two apprentices", 1),
        ("BA Fashion", 1),
    ]


def test_what_readers_mean_is_marked_in_the_text(
    client: Client, version: Version, readers: tuple[Reviewer, Reviewer]
) -> None:
    page = _page(client, version)
    assert "<mark>six cutters</mark><sup>1</sup>" in page
    assert "<mark>Was responsible for the winter range</mark><sup>2</sup>" in page


def test_what_is_still_being_written_is_not_shown(client: Client, version: Version) -> None:
    from kindregards.web.reviews import keep_review

    reviewer = a_reviewer(version, timezone.now())
    record = {"comments": [a_comment(text_for(reviewer), "six cutters")]}
    keep_review(reviewer=reviewer, record=record, now=timezone.now())
    page = _page(client, version)
    assert "What was this?" not in page
    assert "Nobody has given anything back yet." in page


def test_a_comment_is_taken_declined_with_a_word_or_put_off_and_each_can_be_undone(
    client: Client, version: Version, readers: tuple[Reviewer, Reviewer]
) -> None:
    comment = _said(readers[1], "Taught two apprentices")
    _decide(client, comment, "declined", because="They asked not to be named.")
    assert "Declined: They asked not to be named." in _page(client, version)
    for decision in ("open", "later", "taken", "open"):
        _decide(client, comment, decision)
        comment.refresh_from_db()
        assert (comment.decision, comment.declined_because) == (decision, "")
    assert comment.decided_at is None
    assert client.post(f"/comments/{comment.pk}/decide", {"decision": "x"}).status_code == 404


def test_taken_proposals_make_the_next_version_in_one_press(
    client: Client, version: Version, readers: tuple[Reviewer, Reviewer]
) -> None:
    _decide(client, _said(readers[0], "Was responsible for"), "taken")
    _decide(client, _said(readers[1], "Taught two apprentices"), "taken")
    assert "Make the next version with 1 change" in _page(client, version)
    client.post(f"/versions/{version.pk}/next")
    made = Version.objects.get(number=2)
    assert (made.how, made.made_from) == (Made.COMMENTS, version)
    assert "- Planned the winter range." in made.markdown
    assert made.markdown == version.markdown.replace("Was responsible for", "Planned")
    assert _said(readers[0], "Was responsible for").put_in == made
    page = _page(client, version)
    assert "Your version has it." in page
    assert "Make the next version" not in page
    client.post(f"/versions/{version.pk}/next")
    assert Version.objects.count() == 2


def test_clashing_proposals_are_told_and_neither_is_put_in(
    client: Client, version: Version, readers: tuple[Reviewer, Reviewer]
) -> None:
    mine, theirs = _said(readers[0], "six cutters"), _said(readers[1], "six cutters")
    _decide(client, mine, "taken")
    _decide(client, theirs, "taken")
    page = _page(client, version)
    assert "neither is put in" in page
    assert "Make the next version" not in page
    assert make_next(version=version, now=timezone.now()) is None
    _decide(client, mine, "taken", instead_of=[theirs.pk])
    theirs.refresh_from_db()
    assert theirs.decision == "later"
    made = make_next(version=version, now=timezone.now())
    assert made is not None
    assert "Led a team of eight cutters." in made.text


def test_proposals_find_their_words_in_a_newer_version_or_say_that_they_are_gone(
    client: Client, version: Version, readers: tuple[Reviewer, Reviewer]
) -> None:
    edited = version.markdown.replace("- Taught two apprentices.\n", "").replace(
        "## Work", "## Work\n\nFreelance cutter, 2023 – 2026\n"
    )
    add_version(
        resume=version.resume,
        markdown=edited,
        how=Made.EDITED,
        made_from=version,
        now=timezone.now(),
    )
    page = _page(client, version)
    assert "These words are gone in version 2." in page
    Comment.objects.filter(exact="Taught two apprentices").update(replacement="Trained two people")
    _decide(client, _said(readers[0], "Was responsible for"), "taken")
    _decide(client, _said(readers[1], "Taught two apprentices"), "taken")
    page = _page(client, version)
    assert "It is made from version 2, the newest." in page
    assert "1 of what you took stands on words that are not in the newest version" in page
    made = make_next(version=version, now=timezone.now())
    assert made is not None
    assert made.markdown == edited.replace("Was responsible for", "Planned")


def test_what_readers_write_is_text_on_the_owners_pages(
    client: Client, version: Version, readers: tuple[Reviewer, Reviewer]
) -> None:
    Comment.objects.update(text="<script>alert(1)</script>", replacement="<b>x</b>")
    Reviewer.objects.update(name="<i>Ines</i>", remarks="<img src=x>", answers=["<hr>"])
    for address in (f"/versions/{version.pk}/comments/", f"/readers/{readers[0].pk}/"):
        page = client.get(address).content.decode()
        for tag in ("<script>alert", "<b>x", "<i>Ines", "<img src=x", "<hr>"):
            assert tag not in page


def _many(reviewer: Reviewer, count: int) -> None:
    text = reviewer.version.text
    Comment.objects.bulk_create(
        Comment(
            owner_id=reviewer.owner_id,
            reviewer=reviewer,
            key=f"key-{number:05}",
            kind=("unclear", "wrong", "good")[number % 3],
            exact=text[number % 150 : number % 150 + 12],
            start=number % 150,
            end=number % 150 + 12,
            text="Say more.",
            replacement="other words",
            made_at=timezone.now(),
            decision=("open", "taken", "later")[number % 3],
        )
        for number in range(count)
    )


@pytest.mark.parametrize("count", [1, 300])
def test_the_page_asks_as_often_for_300_comments_as_for_one(
    client: Client,
    version: Version,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    reviewer = a_reviewer(version, timezone.now())
    give_back(reviewer, timezone.now())
    _many(reviewer, count)
    client.get("/")
    with django_assert_num_queries(ALL_QUERIES):
        client.get(f"/versions/{version.pk}/comments/")


def test_what_came_of_a_docx_goes_out_with_tracked_changes(client: Client, owner: User) -> None:
    raw = like_word()
    taken = take(raw, "ada.docx")
    now = timezone.now()
    version = take_in(owner=owner, taken=taken, raw=raw, file_name="ada.docx", now=now)
    reviewer = a_reviewer(version, now)
    shown = text_for(reviewer)
    said = a_comment(shown, "Led a", kind="stronger", replacement="Built a")
    give_back(reviewer, now, said)
    Comment.objects.update(decision="taken")
    made = make_next(version=version, now=now)
    assert made is not None
    assert "changes tracked" in _words(client.get(f"/versions/{made.pk}/"))
    answer = client.get(f"/versions/{made.pk}/tracked.docx")
    with ZipFile(BytesIO(answer.content)) as parts:
        written = parts.read("word/document.xml").decode()
    assert re.search(r"<w:del [^>]*>.*Led.*?</w:del>", written)
    assert re.search(r"<w:ins [^>]*>.*Built.*?</w:ins>", written)


def test_what_a_reader_remembers_is_laid_beside_what_most_look_at_first(
    client: Client, version: Version, readers: tuple[Reviewer, Reviewer]
) -> None:
    assert "Most readers look at six things first. Not named here: your name;" in _page(
        client, version
    )
    Reviewer.objects.filter(pk=readers[0].pk).update(remembered="")
    assert "Most readers look at six things first" not in _page(client, version)
