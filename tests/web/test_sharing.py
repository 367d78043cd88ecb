"""The page of a reader: their own review by their own link, and nothing else of the program."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.factories import an_owner
from tests.reviewing import (
    QUESTION,
    a_comment,
    a_reviewer,
    a_version_to_read,
    give_back,
    token_for,
)

from kindregards.core.resumes.review import BROKEN, MARKUP, TOO_LARGE, TOO_LONG, TOO_MANY
from kindregards.web.log_filter import HideSecretAddresses
from kindregards.web.models import Comment, Reviewer, ShareLink, User, Version
from kindregards.web.reviews import text_for
from kindregards.web.share_links import MOST_IN_A_MINUTE, address_of, make_link, revoke_link
from kindregards.web.sharing.views import CLOSED, TOO_OFTEN

pytestmark = pytest.mark.django_db
WRONG = "0" * 64


@pytest.fixture
def version(owner: User) -> Version:
    """A version that somebody reads."""
    return a_version_to_read(owner, timezone.now())


@pytest.fixture
def reviewer(version: Version) -> Reviewer:
    """Its reader."""
    return a_reviewer(version, timezone.now())


@pytest.fixture
def token(reviewer: Reviewer) -> str:
    """The secret part of their link."""
    return token_for(reviewer, timezone.now())


@pytest.fixture
def stranger() -> Client:
    """A browser in which nobody signed in, which sends no token of a form either."""
    return Client(enforce_csrf_checks=True)


def _words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def _keep(browser: Client, token: str, record: object) -> HttpResponse:
    return browser.post(f"/review/{token}/keep", json.dumps(record), "application/json")


def _record(reviewer: Reviewer, **told: Any) -> dict[str, Any]:
    return {"comments": [a_comment(text_for(reviewer), "six cutters")], **told}


def test_a_reader_sees_the_resume_and_what_is_asked(stranger: Client, token: str) -> None:
    answer = stranger.get(f"/review/{token}/")
    assert answer.status_code == 200
    words = _words(answer)
    assert "Led a team of six cutters." in words
    assert QUESTION in words
    assert ShareLink.objects.get().opened == 1


def test_contact_data_is_hidden_unless_the_person_chose_otherwise(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    words = _words(stranger.get(f"/review/{token}/"))
    assert "ada@home.example" not in words
    assert "Mill Lane" not in words
    assert "[mail•" in words
    Reviewer.objects.update(is_masked=False)
    assert "ada@home.example" in _words(stranger.get(f"/review/{token}/"))


def test_the_page_tells_nobody_where_it_is_and_leaves_nothing_behind(
    stranger: Client, token: str
) -> None:
    answer = stranger.get(f"/review/{token}/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not answer.cookies


def test_only_a_hash_of_the_token_is_kept(token: str) -> None:
    link = ShareLink.objects.get()
    kept = " ".join(str(value) for value in vars(link).values())
    assert token not in kept
    assert len(bytes.fromhex(token)) * 8 >= 128
    assert address_of(link).endswith(f"/review/{token}/")


def test_the_token_stands_in_no_log(token: str) -> None:
    line = logging.LogRecord("x", 20, "", 0, "GET %s 200", (f"/review/{token}/keep",), None)
    HideSecretAddresses().filter(line)
    assert token not in line.getMessage()


# Who else comes ---------------------------------------------------------------------------------


def _wrong(_reviewer: Reviewer) -> str:
    return WRONG


def _expired(reviewer: Reviewer) -> str:
    token = token_for(reviewer, timezone.now())
    ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    return token


def _revoked(reviewer: Reviewer) -> str:
    token = token_for(reviewer, timezone.now())
    revoke_link(reviewer=reviewer, now=timezone.now())
    return token


def _replaced(reviewer: Reviewer) -> str:
    token = token_for(reviewer, timezone.now())
    make_link(reviewer=reviewer, now=timezone.now())
    return token


def _review_closed(reviewer: Reviewer) -> str:
    token = token_for(reviewer, timezone.now())
    Reviewer.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    return token


def _owner_gone(reviewer: Reviewer) -> str:
    token = token_for(reviewer, timezone.now())
    User.objects.update(is_active=False)
    return token


def _removed(reviewer: Reviewer) -> str:
    token = token_for(reviewer, timezone.now())
    reviewer.version.resume.delete()
    return token


def _strange(_reviewer: Reviewer) -> str:
    return "%00%ff'\"<script>"


WAYS = [_wrong, _expired, _revoked, _replaced, _review_closed, _owner_gone, _removed, _strange]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
@pytest.mark.parametrize("method", ["get", "post", "keep", "get keep"])
def test_whoever_has_no_open_link_gets_one_and_the_same_sentence(
    way: Any, method: str, stranger: Client, reviewer: Reviewer
) -> None:
    token = way(reviewer)
    if method == "keep":
        answer = _keep(stranger, token, {"done": True})
    elif method == "post":
        answer = stranger.post(f"/review/{token}/", {"do": "done"})
    else:
        answer = stranger.get(f"/review/{token}/{'keep' if method == 'get keep' else ''}")
    assert answer.status_code == 404
    assert CLOSED in _words(answer)
    assert "Kestrel" not in _words(answer)
    assert not Comment.objects.exists()
    assert not Reviewer.objects.filter(submitted_at__isnull=False).exists()


@pytest.mark.parametrize("elsewhere", ["", "x/y", "x/keep/more", "../letters/"])
def test_other_addresses_beside_a_readers_get_the_same_sentence(
    stranger: Client, token: str, elsewhere: str
) -> None:
    for answer in (stranger.get(f"/review/{elsewhere}"), stranger.post(f"/review/{elsewhere}")):
        assert answer.status_code == 404
        assert CLOSED in _words(answer)
    assert CLOSED in _words(stranger.get(f"/review/{token}/letters/"))


def test_a_readers_link_shows_nothing_of_another_reader(
    stranger: Client, version: Version, token: str
) -> None:
    now = timezone.now()
    other = a_reviewer(version, now, name="Oona Quist", email="oona@home.example")
    said = a_comment(text_for(other), "winter range", text="Which winter was it?")
    give_back(other, now, said, remarks="Too long for me.")
    words = _words(stranger.get(f"/review/{token}/"))
    assert "winter range" in words
    for told in ("Oona", "oona@home.example", "Which winter", "Too long for me"):
        assert told not in words


def test_a_readers_link_opens_no_page_of_the_program(
    stranger: Client, version: Version, reviewer: Reviewer, token: str
) -> None:
    stranger.get(f"/review/{token}/")
    for page in ("/", "/letters/", "/settings/", f"/resumes/readers/{reviewer.pk}/packet.html"):
        answer = stranger.get(page)
        assert answer.status_code == 403
        assert "Kestrel" not in _words(answer)


def test_what_one_reader_sends_reaches_only_their_own_review(
    stranger: Client, version: Version, reviewer: Reviewer, token: str
) -> None:
    other = a_reviewer(version, timezone.now(), name="Oona")
    foreign = {"reviewer": other.pk, "uid": str(other.uid), "owner": 7}
    record = {**_record(reviewer, done=True), **foreign}
    assert _keep(stranger, token, record).status_code == 200
    assert [one.reviewer_id for one in Comment.objects.all()] == [reviewer.pk]
    other.refresh_from_db()
    assert other.submitted_at is None


def test_the_packet_is_the_owners_alone(client: Client, reviewer: Reviewer) -> None:
    page = f"/resumes/readers/{reviewer.pk}/packet.html"
    assert client.get(page).status_code == 200
    another = Client()
    another.force_login(an_owner("ben"))
    assert another.get(page).status_code == 404


# What comes back --------------------------------------------------------------------------------


def test_what_is_being_written_is_kept_and_is_nobodys_comment_yet(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    assert _keep(stranger, token, _record(reviewer, remarks="So far.")).status_code == 200
    assert not Comment.objects.exists()
    again = _words(Client().get(f"/review/{token}/"))
    assert "So far." in again
    assert "What was this?" in again


def test_a_review_that_is_given_back_becomes_comments(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    record = _record(reviewer, remembered="Coats.", answers=["At the end."], done=True)
    answer = _keep(stranger, token, record)
    assert json.loads(answer.content)["next"] == f"/review/{token}/?told=done"
    reviewer.refresh_from_db()
    assert (reviewer.remembered, reviewer.answers) == ("Coats.", ["At the end."])
    comment = Comment.objects.get()
    text = reviewer.version.text
    assert (comment.exact, text[comment.start : comment.end]) == ("six cutters", "six cutters")


def test_a_comment_on_masked_words_stands_on_the_words_themselves(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    shown = text_for(reviewer)
    hidden = next(one for one in shown.split() if one.startswith("[mail"))
    record = {"comments": [a_comment(shown, hidden)], "done": True}
    assert _keep(stranger, token, record).status_code == 200
    assert Comment.objects.get().exact == "ada@home.example"


def test_readers_come_back_and_add_and_take_back_until_it_closes(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    shown = text_for(reviewer)
    first, second = a_comment(shown, "six cutters"), a_comment(shown, "winter range")
    third = a_comment(shown, "apprentices")
    _keep(stranger, token, {"comments": [first, second], "done": True})
    Comment.objects.filter(exact="six cutters").update(decision="taken")
    changed = {**first, "text": "How many were there before?"}
    _keep(stranger, token, {"comments": [changed, third], "done": True})
    told = {one.exact: (one.text, one.decision) for one in Comment.objects.all()}
    assert told == {
        "six cutters": ("How many were there before?", "taken"),
        "apprentices": ("What was this?", "open"),
    }


def test_a_reader_without_scripts_says_the_same_by_a_form(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    page = f"/review/{token}/"
    told = {
        "exact": "led a TEAM",
        "kind": "stronger",
        "text": "Say how",
        "replacement": "Built one",
    }
    answer = stranger.post(page, {"do": "say", **told}, follow=True, headers={"Origin": "null"})
    assert "Built one" in _words(answer)
    rest = {"answer0": "At the dates.", "remarks": "Good.", "remembered": "Coats."}
    stranger.post(page, {"do": "done", **rest})
    comment = Comment.objects.get()
    assert (comment.exact, comment.kind, comment.replacement) == (
        "Led a team",
        "stronger",
        "Built one",
    )
    reviewer.refresh_from_db()
    assert (reviewer.answers, reviewer.remarks) == (["At the dates."], "Good.")
    stranger.post(page, {"do": f"unsay:{comment.key}"})
    stranger.post(page, {"do": "done", **rest})
    assert not Comment.objects.exists()


def test_words_that_are_not_in_the_resume_are_told_and_what_was_written_stays(
    stranger: Client, token: str
) -> None:
    told = {"do": "say", "exact": "seven cutters", "kind": "wrong", "text": "Was it not six?"}
    answer = stranger.post(f"/review/{token}/", told)
    assert answer.status_code == 422
    assert "These words are not in the resume" in _words(answer)
    assert "Was it not six?" in _words(answer)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text": "<img src=x onerror=alert(1)>"}, MARKUP),
        ({"text": "x" * 100_000}, TOO_LONG),
        ({"key": "no/key"}, BROKEN),
    ],
    ids=["markup", "long", "key"],
)
def test_a_comment_that_is_none_is_refused_with_a_sentence_and_nothing_is_kept(
    stranger: Client, reviewer: Reviewer, token: str, changed: dict[str, str], why: str
) -> None:
    record = {"comments": [{**_record(reviewer)["comments"][0], **changed}], "done": True}
    answer = _keep(stranger, token, record)
    assert (answer.status_code, json.loads(answer.content)["why"]) == (422, why)
    assert not Comment.objects.exists()


def test_ten_megabytes_are_refused_with_a_sentence(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    answer = _keep(stranger, token, {"remarks": "x" * 10_000_000})
    assert (answer.status_code, json.loads(answer.content)["why"]) == (413, TOO_LARGE)
    answer = stranger.post(f"/review/{token}/", {"do": "done", "remarks": "x" * 10_000_000})
    assert answer.status_code == 413
    assert TOO_LARGE in _words(answer)


def test_ten_thousand_comments_are_refused_with_a_sentence(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    one = {"kind": "good", "exact": "six"}
    comments = [{**one, "key": f"key-{number:05}"} for number in range(10_000)]
    answer = _keep(stranger, token, {"comments": comments, "done": True})
    assert (answer.status_code, json.loads(answer.content)["why"]) == (422, TOO_MANY)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "[" * 100_000, '"x"', '{"comments": 3}'])
def test_what_is_no_review_is_refused_with_a_sentence(
    stranger: Client, token: str, body: str
) -> None:
    answer = stranger.post(f"/review/{token}/keep", body, "application/json")
    assert (answer.status_code, json.loads(answer.content)["why"]) == (422, BROKEN)


def test_what_a_reader_writes_is_text_wherever_it_is_shown(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    _keep(stranger, token, _record(reviewer, remarks='a < b & "c" </ \'d'))
    page = stranger.get(f"/review/{token}/").content.decode()
    assert "a &lt; b &amp; &quot;c&quot; &lt;/ &#x27;d" in page
    assert "a < b" not in page


def test_who_asks_too_often_is_told_to_wait_and_loses_nothing(
    stranger: Client, reviewer: Reviewer, token: str
) -> None:
    _keep(stranger, token, _record(reviewer, remarks="So far."))
    ShareLink.objects.update(in_minute=MOST_IN_A_MINUTE)
    answer = _keep(stranger, token, _record(reviewer, remarks="More."))
    assert (answer.status_code, json.loads(answer.content)["why"]) == (429, TOO_OFTEN)
    ShareLink.objects.update(minute_at=timezone.now() - timedelta(minutes=2))
    assert "So far." in _words(stranger.get(f"/review/{token}/"))


# The name by which readers reach it -------------------------------------------------------------

SITE = "https://ada.example"


@pytest.fixture
def reached(settings: Any) -> None:
    """The program is reached by readers under a name of its own."""
    settings.SHARE_URL, settings.SHARE_HOST = SITE, "ada.example"
    settings.ALLOWED_HOSTS = [*settings.THIS_COMPUTER, "ada.example"]


def test_by_the_readers_name_only_reviews_are_there(
    reached: None, client: Client, token: str
) -> None:
    known = {"Host": "ada.example"}
    assert client.get(f"/review/{token}/", headers=known).status_code == 200
    for page in ("/", "/letters/", "/enter/abc", "/calendar/abc.ics", "/settings/", "/reviews"):
        answer = client.get(page, headers=known)
        assert answer.status_code == 403
        assert "not one of Kind Regards" in _words(answer)


def test_the_readers_name_with_a_dot_behind_it_opens_no_more(
    reached: None, client: Client, token: str
) -> None:
    for name in ("ada.example.", "ADA.example.:443"):
        assert client.get("/letters/", headers={"Host": name}).status_code == 403


def test_by_the_readers_name_a_review_can_be_given_back(
    reached: None, stranger: Client, reviewer: Reviewer, token: str
) -> None:
    for origin in (SITE, "null"):
        known = {"Host": "ada.example", "Origin": origin, "Sec-Fetch-Site": "same-origin"}
        told = {"do": "keep", "remarks": f"From {origin}"}
        assert stranger.post(f"/review/{token}/", told, headers=known).status_code == 302
    foreign = {"Host": "ada.example", "Origin": "https://evil.example"}
    assert stranger.post(f"/review/{token}/", {}, headers=foreign).status_code == 403


def test_a_link_begins_with_the_readers_name(reached: None, reviewer: Reviewer, token: str) -> None:
    assert address_of(ShareLink.objects.select_related("reviewer").get()) == (
        f"{SITE}/review/{token}/"
    )
