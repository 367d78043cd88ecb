"""The letter that asks for advice: written once, changed by the person, kept whole."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.web.drafting import CALM, at, save, text_of, words_of

from kindregards.core.letters.reading import Person
from kindregards.core.outreach import Finding, Guarded, Severity, Verdict
from kindregards.web.models import Draft, Letter
from kindregards.web.outreach.queries import desk_for
from kindregards.web.outreach.services import open_draft
from kindregards.web.outreach.words import lead
from kindregards.web.plan.queries import plan_for_letter

# Writing --------------------------------------------------------------------------------------


def test_the_draft_is_written_from_what_is_known(draft: Draft) -> None:
    assert draft.recipient_name == "Ines Halloran"
    assert draft.recipient_email == "ines.halloran@brackwater.example"
    assert draft.in_reply_to == "<one@brackwater.example>"
    assert draft.text.startswith(("Hi Ines", "Hello Ines", "Dear Ines"))
    assert draft.text.rstrip().endswith("Ada")
    guarded = desk_for(draft, timezone.now()).guarded
    assert {found.rule for found in guarded.findings if found.severity is Severity.STOP} == {
        "blank"
    }


def test_a_letter_with_its_blank_filled_can_go(draft: Draft, client: Client) -> None:
    assert "fill in the words in square brackets" in words_of(client.get(at(draft)))
    filled = re.sub(r"\[[^]]*\]", "how you lay out a range", draft.text)
    save(client, draft, filled)
    assert "Warm and clear." in words_of(client.get(at(draft)))


def test_a_request_without_a_question_is_not_called_clear(draft: Draft, client: Client) -> None:
    save(client, draft, "Hi Ines,\n\nThank you for your time. I liked the talk.\n\nThanks,\nAda")
    said = words_of(client.get(at(draft)))
    assert "It asks nothing yet" in said
    assert "Warm and clear." not in said


def test_beginning_twice_is_one_draft(draft: Draft, letter: Letter, client: Client) -> None:
    save(client, draft, CALM)
    plan = plan_for_letter(letter.owner, letter)
    assert plan is not None
    answer = client.post(f"/plans/{plan.pk}/draft")
    assert answer["Location"] == at(draft)
    assert Draft.objects.count() == 1
    assert text_of(draft) == CALM.rstrip("\n")


@pytest.mark.django_db(transaction=True)
def test_beginning_in_two_windows_at_once_is_one_draft(letter: Letter) -> None:
    application = letter.application
    assert application is not None
    opened: list[int] = []
    ready = threading.Barrier(2)

    def _open() -> None:
        ready.wait()
        to, now = Person("Ines Halloran"), timezone.now()
        opened.append(
            open_draft(
                owner=letter.owner, application=application, letter=letter, to=to, now=now
            ).pk
        )
        connection.close()

    threads = [threading.Thread(target=_open) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [Draft.objects.get().pk] * 2


def test_other_words_are_others_and_the_old_ones_can_be_called_back(
    draft: Draft, client: Client
) -> None:
    first = draft.text
    typed = {"text": CALM, "subject": draft.subject, "to": "", "revision": draft.revision}
    client.post(at(draft, "anew"), typed)
    assert text_of(draft) not in (first, CALM)
    client.post(at(draft, "undo"))
    assert text_of(draft) == CALM.rstrip("\n")


@pytest.mark.parametrize(
    ("given", "name", "address"),
    [
        ("Ines Halloran <ines@mill.example>", "Ines Halloran", "ines@mill.example"),
        ('"Halloran, Ines" <ines@mill.example>', "Halloran, Ines", "ines@mill.example"),
        ("jörg@straße.example", "", "jörg@straße.example"),
        ("Jörg\x00 Ölmann <jörg@straße.example>", "Jörg Ölmann", "jörg@straße.example"),
        ("Ines Halloran", "Ines Halloran", ""),
        ("", "", ""),
        ("x" * 600, "x" * 300, ""),
    ],
)
def test_the_reader_may_be_written_in_any_way(
    draft: Draft, client: Client, given: str, name: str, address: str
) -> None:
    save(client, draft, CALM, to=given)
    draft.refresh_from_db()
    assert (draft.recipient_name, draft.recipient_email) == (name, address)
    page = client.get(at(draft))
    assert page.status_code == 200
    save(client, draft, CALM, to=page.context["to"])
    draft.refresh_from_db()
    assert (draft.recipient_name, draft.recipient_email) == (name, address)
    assert client.get(at(draft, "letter.eml")).status_code == 200


# Two windows ----------------------------------------------------------------------------------


def test_two_windows_lose_nothing(draft: Draft, client: Client) -> None:
    save(client, draft, CALM)
    page = save(client, draft, "Dear Ines, from the other window.", revision=0)
    assert page.status_code == 409
    assert text_of(draft) == CALM.rstrip("\n")
    assert "changed in another window" in words_of(page)
    assert page.context["unkept"] == "Dear Ines, from the other window."
    assert page.context["draft"].text == CALM.rstrip("\n")
    assert f'name="revision" value="{draft.revision}"' in words_of(page)


def test_a_window_that_is_too_late_cannot_overwrite_by_typing_on(
    draft: Draft, client: Client
) -> None:
    save(client, draft, CALM)
    for text in ("one", "one two", "one two three"):
        answer = save(client, draft, text, htmx=True, revision=0)
        assert answer.status_code == 409
        told = re.search(r'name="revision" value="(\d+)"', answer.content.decode())
        assert told is not None
        assert told.group(1) == "0"
        assert "open this page again" in words_of(answer)
    assert text_of(draft) == CALM.rstrip("\n")


@pytest.mark.parametrize("end", ["undo", "anew"])
def test_other_buttons_of_a_late_window_lose_nothing_either(
    draft: Draft, client: Client, end: str
) -> None:
    save(client, draft, CALM)
    given = {"text": "Mine.", "subject": "", "to": "", "revision": 0}
    page = client.post(at(draft, end), given)
    assert (page.status_code, page.context["unkept"]) == (409, "Mine.")
    assert text_of(draft) == CALM.rstrip("\n")


@pytest.mark.parametrize("revision", ["", "soon", "-1", "9" * 30])
def test_a_page_without_its_revision_keeps_nothing_and_loses_nothing(
    draft: Draft, client: Client, revision: str
) -> None:
    before = draft.text
    page = save(client, draft, "Mine.", revision=revision)
    assert (page.status_code, page.context["unkept"]) == (409, "Mine.")
    assert text_of(draft) == before


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_longer_than_any_letter_is_refused_and_stays_on_the_page(
    draft: Draft, client: Client, htmx: bool
) -> None:
    page = save(client, draft, "why " * 30_000, htmx=htmx)
    assert page.status_code == 422
    assert "Longer than 100,000 characters is no letter" in words_of(page)
    assert htmx or page.context["unkept"] == "why " * 30_000


def test_a_letter_whose_day_is_not_right_yet_may_be_written_today() -> None:
    early = Finding("early", Severity.WAIT, "Sleep on it", "why")
    plea = Finding("plea", Severity.STOP, "A plea", "why")

    def _lead(*found: Finding) -> str:
        return lead(Guarded(Verdict.HOLD, words=90, courtesy=1.0, neediness=0, findings=found))

    assert _lead(early) == "You can write it today and send it later. The notes say when."
    assert _lead(early, plea) == "Better held for now. The notes say why."


@pytest.mark.parametrize(
    ("told", "hours"), [(None, -5), (0, -5), (120, 2)], ids=["no offset", "none told", "their own"]
)
def test_the_days_of_a_letter_follow_its_sender_s_clock_else_one_s_own(
    draft: Draft, told: int | None, hours: int
) -> None:
    Letter.objects.update(sent_at=datetime(2026, 11, 20, 15, tzinfo=UTC), sent_offset_minutes=told)
    with timezone.override("America/New_York"):
        window = desk_for(draft, datetime(2026, 11, 21, 15, 30, tzinfo=UTC)).window
    assert window is not None
    assert window.letter_at.utcoffset() == timedelta(hours=hours)
    assert (window.next_at.weekday(), window.next_at.hour) == (0, 8)


PLEADING_IN_GERMAN = """Sehr geehrter Herr Brandt,

ich bin am Boden zerstört über Ihre Absage. Bitte geben Sie mir noch eine Chance, denn ich brauche
diese Stelle unbedingt. Warum wurde ich nicht genommen? Ich wäre Ihnen unendlich dankbar.

Mit freundlichen Grüßen
Ada
"""


def test_a_letter_that_comes_to_be_written_in_german_is_looked_at_in_german(
    draft: Draft, client: Client
) -> None:
    assert draft.language == "en"
    save(client, draft, PLEADING_IN_GERMAN)
    page = words_of(client.get(at(draft)))
    assert "Better held for now" in page
    assert "Is this spelled as you mean it?" not in page


def test_a_word_of_their_letter_is_spelled_right(draft: Draft, client: Client) -> None:
    Letter.objects.update(text="Dear Ada,\n\nthe other person knew dbt well.\n\nInes")
    given = "Hi Ines,\n\nthank you. I will learn dbt first, and qwrtz after it.\n\nAda"
    save(client, draft, given)
    page = words_of(client.get(at(draft)))
    assert "&#x27;qwrtz&#x27;" in page
    assert "&#x27;dbt&#x27;" not in page
