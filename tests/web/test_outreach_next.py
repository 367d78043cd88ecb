"""The letters beside and after the request for advice, each at its time."""

from __future__ import annotations

import email
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import a_letter, received
from tests.web.drafting import CALM, at, text_of

from kindregards.core.outreach import Direction, DraftKind
from kindregards.web.models import Draft, Letter, Touch
from kindregards.web.outreach.queries import thread_of
from kindregards.web.outreach.services import record_answer, record_sent


def offered(client: Client, draft: Draft) -> list[str]:
    return [kind for kind, _ in client.get(at(draft)).context["offers"]]


def sent_days_ago(draft: Draft, days: int) -> None:
    touch = record_sent(draft=draft, now=timezone.now() - timedelta(days=days))
    assert touch.direction == Direction.OUT
    draft.refresh_from_db()


def test_a_reminder_has_its_time_after_a_week_and_once(draft: Draft, client: Client) -> None:
    sent_days_ago(draft, 3)
    page = client.get(at(draft))
    assert page.context["offers"] == []
    assert page.context["reminder_from"] is not None
    Touch.objects.update(at=timezone.now() - timedelta(days=8))
    assert offered(client, draft) == ["follow_up"]
    opened = client.post(at(draft, "next"), {"kind": "follow_up"})
    reminder = Draft.objects.get(kind=DraftKind.FOLLOW_UP)
    assert opened.headers["Location"] == at(reminder)
    assert reminder.recipient_email == draft.recipient_email
    record_sent(draft=reminder, now=timezone.now())
    assert offered(client, draft) == []


def test_an_answer_brings_thanks_and_later_a_word_of_progress(draft: Draft, client: Client) -> None:
    sent_days_ago(draft, 9)
    record_answer(draft=draft, now=timezone.now() - timedelta(days=1))
    assert offered(client, draft) == ["advice_thanks", "call"]
    client.post(at(draft, "next"), {"kind": "advice_thanks"})
    thanked = Draft.objects.get(kind=DraftKind.ADVICE_THANKS)
    assert "[what you will try first]" in text_of(thanked)
    record_sent(draft=thanked, now=timezone.now())
    assert offered(client, draft) == ["call", "progress"]


def test_a_yes_to_their_call_thanks_already(draft: Draft, client: Client) -> None:
    sent_days_ago(draft, 9)
    record_answer(draft=draft, now=timezone.now() - timedelta(days=1))
    client.post(at(draft, "next"), {"kind": "call"})
    record_sent(draft=Draft.objects.get(kind=DraftKind.CALL), now=timezone.now())
    assert offered(client, draft) == []
    client.post(at(draft, "next"), {"kind": "advice_thanks"})
    assert not Draft.objects.filter(kind=DraftKind.ADVICE_THANKS).exists()


@pytest.mark.parametrize("kind", ["progress", "follow_up", "advice_request", "nonsense", ""])
def test_a_letter_out_of_its_time_is_not_opened(draft: Draft, client: Client, kind: str) -> None:
    before = Draft.objects.count()
    answer = client.post(at(draft, "next"), {"kind": kind})
    assert answer.status_code == 302
    assert Draft.objects.count() == before


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("thanks", "A thank you"),
        ("on_file", "A short yes"),
        ("call", "A short yes"),
    ],
)
def test_the_step_opens_other_letters_too(
    draft: Draft, client: Client, kind: str, heading: str
) -> None:
    plan = draft.application.plan
    step = client.get(f"/plans/{plan.pk}/ask/")
    assert f'value="{kind}"' in step.content.decode()
    opened = client.post(f"/plans/{plan.pk}/draft", {"kind": kind}, follow=True)
    assert opened.context["heading"] == heading
    assert opened.context["draft"].kind == kind
    assert "of ten dots" not in opened.content.decode()
    again = client.post(f"/plans/{plan.pk}/draft", {"kind": kind})
    assert again.headers["Location"] == opened.redirect_chain[0][0]


def test_each_letter_can_be_said_in_other_words(draft: Draft, client: Client) -> None:
    plan = draft.application.plan
    for kind in ("thanks", "on_file", "call"):
        opened = client.post(f"/plans/{plan.pk}/draft", {"kind": kind}, follow=True)
        one = opened.context["draft"]
        texts = {text_of(one)}
        for _ in range(6):
            client.post(at(one, "anew"))
            texts.add(text_of(one))
        assert len(texts) > 2


def test_a_sent_letter_shows_when_the_next_word_is_welcome(draft: Draft, client: Client) -> None:
    assert client.get(at(draft)).context["rest"] is None
    sent_days_ago(draft, 2)
    page = client.get(at(draft))
    rest, until = page.context["rest"], page.context["desk"].welcome_from
    assert until.date() == (timezone.now() + timedelta(days=5)).date()
    assert len(rest.sent) == 1
    assert f"The next word is welcome from {until.day}" in page.content.decode()
    Touch.objects.update(at=timezone.now() - timedelta(days=8))
    assert client.get(at(draft)).context["rest"] is None


def test_after_two_words_without_an_answer_ninety_days_of_rest_are_drawn(
    draft: Draft, client: Client
) -> None:
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=22))
    sent_days_ago(draft, 20)
    client.post(at(draft, "next"), {"kind": "follow_up"})
    reminder = Draft.objects.get(kind=DraftKind.FOLLOW_UP)
    sent_days_ago(reminder, 10)
    page = client.get(at(reminder))
    assert page.context["desk"].welcome_from.date() == (timezone.now() + timedelta(days=80)).date()
    assert len(page.context["rest"].sent) == 2
    assert float(page.context["rest"].rest_width) > 50


def test_the_law_is_information_and_stands_beside_an_unanswered_letter_only(
    draft: Draft, client: Client
) -> None:
    address = "/what-the-law-says/"
    assert address not in client.get(at(draft)).content.decode()
    sent_days_ago(draft, 3)
    assert address not in client.get(at(draft)).content.decode()
    Touch.objects.update(at=timezone.now() - timedelta(days=9))
    assert address in client.get(at(draft)).content.decode()
    page = client.get(address).content.decode()
    assert "not legal advice" in page
    record_answer(draft=draft, now=timezone.now())
    assert address not in client.get(at(draft)).content.decode()


def test_the_reason_for_overruling_stands_with_what_came_of_it(
    draft: Draft, client: Client
) -> None:
    client.post(at(draft, "overrule"), {"because": "She asked me to write."})
    sent_days_ago(draft, 9)
    record_answer(draft=draft, now=timezone.now())
    page = client.get(at(draft)).content.decode()
    assert "You had a reason of your own to send it: She asked me to write." in page
    assert "They answered on" in page


# Answers to an answer -----------------------------------------------------------------------

OFFERED = (
    "Hi Ada,\n\nof course. I am happy to talk about it on the phone, call me on Thursday.\n\nIda"
)
ADVISED = "Hi Ada,\n\nmy advice: bring one small finished piece to the next interview.\n\nIda"
REFUSED = (
    "Hi Ada,\n\nunfortunately we cannot give individual feedback, as a matter of policy.\n\nIda"
)


def comes_back(
    draft: Draft, words: str, sender: str = "Ida Roth <ida@brackwater.example>"
) -> Letter:
    raw = a_letter(
        words,
        sent_at=timezone.now() - timedelta(hours=20),
        role="",
        message_id="back",
        sender=sender,
        Subject="Re: Your application",
        In_Reply_To="<mine@home.example>",
        References="<one@brackwater.example> <mine@home.example>",
    )
    Touch.objects.filter(draft=draft).update(message_id="<mine@home.example>")
    return received(draft.owner, raw, now=timezone.now())


def test_thanks_for_advice_go_to_who_answered_in_their_thread(draft: Draft, client: Client) -> None:
    sent_days_ago(draft, 3)
    answer = comes_back(draft, ADVISED)
    client.post(at(draft, "next"), {"kind": "advice_thanks"})
    thanks = Draft.objects.get(kind=DraftKind.ADVICE_THANKS)
    assert (thanks.recipient_name, thanks.recipient_email) == ("Ida Roth", "ida@brackwater.example")
    assert thanks.in_reply_to == answer.message_id == "<back@brackwater.example>"
    assert thread_of(thanks) == ["<one@brackwater.example>", "<mine@home.example>"]
    client.post(at(thanks, "anew"))
    client.post(at(thanks, "check"), {"text": CALM, "subject": "Re: x", "revision": "1"})
    file = email.message_from_bytes(client.get(at(thanks, "letter.eml")).content)
    assert file["In-Reply-To"] == "<back@brackwater.example>"
    assert file["References"].split() == [
        "<one@brackwater.example>",
        "<mine@home.example>",
        "<back@brackwater.example>",
    ]


def test_thanks_go_to_who_was_asked_where_a_machine_s_address_answered(
    draft: Draft, client: Client
) -> None:
    sent_days_ago(draft, 3)
    answer = comes_back(draft, ADVISED, "Brackwater <no-reply@brackwater.example>")
    client.post(at(draft, "next"), {"kind": "advice_thanks"})
    thanks = Draft.objects.get(kind=DraftKind.ADVICE_THANKS)
    assert thanks.recipient_email == draft.recipient_email
    assert thanks.in_reply_to == answer.message_id


def test_a_pasted_answer_is_replied_to_in_the_thread_before_it(
    draft: Draft, client: Client
) -> None:
    sent_days_ago(draft, 3)
    answer = comes_back(draft, ADVISED)
    Letter.objects.filter(pk=answer.pk).update(message_id="")
    client.post(at(draft, "next"), {"kind": "advice_thanks"})
    thanks = Draft.objects.get(kind=DraftKind.ADVICE_THANKS)
    assert thanks.in_reply_to == draft.in_reply_to != ""
    assert thread_of(thanks) == []


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        pytest.param(OFFERED, ["call", "advice_thanks"], id="an offer to talk"),
        pytest.param(ADVISED, ["advice_thanks"], id="advice"),
        pytest.param(REFUSED, [], id="no feedback"),
    ],
)
def test_what_may_follow_is_what_their_answer_asks_for(
    draft: Draft, client: Client, words: str, kinds: list[str]
) -> None:
    sent_days_ago(draft, 3)
    comes_back(draft, words)
    assert offered(client, draft) == kinds
