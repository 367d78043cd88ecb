"""What comes back finds the letter that asked, is read, and becomes something to do."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import a_letter, an_owner, received
from tests.web.drafting import CALM, at, save, words_of

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Reason
from kindregards.core.outreach import AnswerKind, Direction
from kindregards.core.plan import StepKind
from kindregards.web.diagnosis.queries import stated_to
from kindregards.web.letters.queries import latest_letters
from kindregards.web.models import (
    Advice,
    Answer,
    Application,
    Contact,
    Correction,
    Draft,
    Letter,
    Touch,
    User,
)
from kindregards.web.plan.queries import at_home, facts_of, plan_of
from kindregards.web.plan.services import correct_letter
from kindregards.web.told_here import told_here

ADVISED = """Hi Ada,

of course. If I had to name one thing, I would tell fewer stories and finish each of them.

All the best
Ines
"""


def answered(owner: User, words: str = ADVISED, **headers: str) -> Letter:
    given = {"Subject": "Re: Your application", "message_id": "back", "role": ""} | headers
    return received(owner, a_letter(words, sent_at=timezone.now(), **given))  # type: ignore[arg-type]


@pytest.fixture
def asked(draft: Draft, client: Client) -> Draft:
    """The draft, sent four days ago."""
    save(client, draft, CALM)
    client.post(at(draft, "sent"))
    Touch.objects.update(at=timezone.now() - timedelta(days=4))
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=6))
    draft.refresh_from_db()
    return draft


def test_an_answer_finds_the_letter_that_asked(asked: Draft, owner: User, client: Client) -> None:
    letter = answered(owner)
    answer = Answer.objects.get()
    assert (answer.draft, answer.letter, answer.kind) == (asked, letter, AnswerKind.ADVICE)
    assert letter.application == asked.application
    assert facts_of(plan_of(owner, asked.application.plan.pk), timezone.now()).answered_at
    page = words_of(client.get(at(asked)))
    assert "Their advice" in page
    assert "I would tell fewer stories and finish each of them." in page


def test_it_is_one_word_of_theirs_however_often_it_comes(
    asked: Draft, owner: User, client: Client
) -> None:
    client.post(at(asked, "answered"))
    answered(owner)
    answered(owner)
    assert Touch.objects.filter(direction=Direction.IN).count() == 1
    assert Answer.objects.count() == 1
    assert Advice.objects.count() == 1


def test_advice_that_is_taken_up_stands_in_the_plan(
    asked: Draft, owner: User, client: Client
) -> None:
    answered(owner)
    advice = Advice.objects.get()
    step = f"/plans/{asked.application.plan.pk}/{StepKind.IMPROVE}/"
    assert advice.quote not in words_of(client.get(step))
    client.post(f"/advice/{advice.pk}/decide", {"choice": "take"})
    assert advice.quote in words_of(client.get(step))
    back = client.post(f"/advice/{advice.pk}/decide", {"choice": "done", "back": step})
    assert back.headers["Location"] == step
    assert "You did this." in words_of(client.get(step))
    client.post(f"/advice/{advice.pk}/decide", {"choice": "leave"})
    assert advice.quote not in words_of(client.get(step))
    assert "Left aside." in words_of(client.get(at(asked)))


def test_lists_say_of_an_answer_that_it_is_one(asked: Draft, owner: User, client: Client) -> None:
    letter = answered(owner)
    said = "An answer to your letter, with advice"
    person = Contact.objects.get(owner=owner, email=asked.recipient_email)
    pages = [
        reverse("letters-list"),
        reverse("plan-home"),
        reverse("network-page", args=[person.pk]),
        reverse("applications-page", args=[asked.application.pk]),
    ]
    for page in pages:
        assert said in words_of(client.get(page)), page
    Correction.objects.create(
        owner=owner, letter=letter, field="kind", value="other", made_at=timezone.now()
    )
    for page in pages:
        assert said not in words_of(client.get(page)), page
        assert letter.told in words_of(client.get(page)), page


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (AnswerKind.CALL, "An answer to your letter, they offer a talk"),
        (AnswerKind.REFUSED, "An answer to your letter"),
    ],
)
def test_lists_say_what_an_answer_holds(
    asked: Draft, owner: User, kind: AnswerKind, said: str
) -> None:
    letter = answered(owner)
    Answer.objects.update(kind=kind)
    assert told_here(latest_letters(owner).get(pk=letter.pk)) == said
    Answer.objects.update(touch=None)
    assert told_here(latest_letters(owner).get(pk=letter.pk)) == letter.told


def test_a_plan_stays_on_today_when_asking_is_all_that_is_done(asked: Draft, owner: User) -> None:
    Application.objects.update(decided_at=timezone.now() - timedelta(days=6))
    assert {due.plan for due in at_home(owner, timezone.now())[0]} == {asked.application.plan}


def test_the_plan_and_today_name_what_was_taken_up(
    asked: Draft, owner: User, client: Client
) -> None:
    answered(owner)
    advice, plan = Advice.objects.get(), asked.application.plan
    assert advice.quote not in words_of(client.get(f"/plans/{plan.pk}/"))
    client.post(f"/advice/{advice.pk}/decide", {"choice": "take"})
    page = client.get(f"/plans/{plan.pk}/")
    assert f"You took up: “{advice.quote}”" in words_of(page)
    assert f'href="/plans/{plan.pk}/improve/#advice-{advice.pk}"' in page.content.decode()
    Application.objects.update(decided_at=timezone.now())
    in_a_week = at_home(owner, timezone.now() + timedelta(days=7))[0]
    improve = next(due for due in in_a_week if due.step.kind is StepKind.IMPROVE)
    assert improve.words.why == f"You took up: “{advice.quote}”"
    client.post(f"/advice/{advice.pk}/decide", {"choice": "done"})
    page = client.get(f"/plans/{plan.pk}/")
    assert "You took up" not in words_of(page)
    assert f'{advice.quote}</a> <span class="tiny">done</span>' in words_of(page)


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:1"])
def test_it_leads_back_to_our_own_pages_only(
    asked: Draft, owner: User, client: Client, back: str
) -> None:
    answered(owner)
    answer = client.post(
        f"/advice/{Advice.objects.get().pk}/decide", {"choice": "take", "back": back}
    )
    assert answer.headers["Location"] == at(asked)


def test_a_machine_is_no_answer(asked: Draft, owner: User, client: Client) -> None:
    answered(owner, "I am out of the office until Monday.\n\nInes\n", Auto_Submitted="auto-replied")
    assert Answer.objects.get().kind == AnswerKind.AWAY
    assert not Touch.objects.filter(direction=Direction.IN).exists()
    page = client.get(at(asked))
    assert page.context["answer"] is None
    assert "A machine answered" in words_of(page)


@pytest.mark.parametrize(
    "sender",
    ["Somebody Else <other@elsewhere.example>", "News <news@letters.example>"],
)
def test_a_letter_from_elsewhere_answers_nothing(asked: Draft, owner: User, sender: str) -> None:
    answered(owner, sender=sender)
    assert not Answer.objects.exists()


def test_a_second_rejection_is_no_answer(asked: Draft, owner: User) -> None:
    received(owner, a_letter(sent_at=timezone.now(), message_id="two"))
    assert not Answer.objects.exists()


def test_a_refusal_to_advise_is_told_kindly(asked: Draft, owner: User, client: Client) -> None:
    words = "Dear Ada,\n\nas a matter of policy we do not give individual feedback.\n\nInes\n"
    answered(owner, words)
    page = words_of(client.get(at(asked)))
    assert "They give no feedback" in page
    assert "It says nothing about you, and asking was right." in page


def test_an_offer_to_talk_is_no_invitation_unless_the_person_says_so(
    asked: Draft, owner: User
) -> None:
    letter = answered(owner, "Hi Ada,\n\nshall we have a quick call on Monday?\n\nInes\n")
    assert Answer.objects.get().kind == AnswerKind.CALL
    asked.application.refresh_from_db()
    assert asked.application.outcome == Outcome.REJECTED
    correct_letter(letter=letter, changes={"kind": "interview_invitation"}, now=timezone.now())
    asked.application.refresh_from_db()
    assert asked.application.outcome == Outcome.OPEN


def test_an_answer_that_offers_to_talk_is_shown_as_an_answer_and_leads_to_it(
    asked: Draft, owner: User, client: Client
) -> None:
    letter = answered(owner, "Hi Ada,\n\nshall we have a quick call on Monday?\n\nInes\n")
    page = words_of(client.get(f"/letters/{letter.pk}/"))
    assert "An answer to your letter to Ines Halloran." in page
    assert "they want to talk with you" not in page
    assert f'href="{at(asked)}"' in page
    correct_letter(letter=letter, changes={"kind": "interview_invitation"}, now=timezone.now())
    assert "they want to talk with you" in words_of(client.get(f"/letters/{letter.pk}/"))


def test_an_answer_that_came_before_the_letter_was_noted_as_sent_is_an_answer(
    asked: Draft, owner: User
) -> None:
    Draft.objects.update(created_at=timezone.now() - timedelta(days=2))
    Touch.objects.filter(direction=Direction.OUT).update(at=timezone.now() + timedelta(minutes=30))
    letter = answered(owner, "Hi Ada,\n\nshall we have a quick call on Monday?\n\nInes\n")
    assert Answer.objects.get(letter=letter).draft == asked
    asked.application.refresh_from_db()
    assert asked.application.outcome == Outcome.REJECTED
    assert facts_of(plan_of(owner, asked.application.plan.pk), timezone.now()).answered_at


def test_what_came_before_the_letter_was_written_answers_nothing(asked: Draft, owner: User) -> None:
    Draft.objects.update(created_at=timezone.now() + timedelta(minutes=20))
    Touch.objects.update(at=timezone.now() + timedelta(minutes=30))
    answered(owner)
    assert not Answer.objects.exists()


def test_an_invitation_to_something_new_is_no_answer(asked: Draft, owner: User) -> None:
    words = "Hi Ada,\n\nwe would like to invite you to an interview for the Planner role.\n\nInes\n"
    letter = answered(owner, words, Subject="Interview for Planner")
    assert not Answer.objects.exists()
    assert letter.application != asked.application


LOOKS_BACK = """Hi Ada,

we decided to go with another candidate, as you know. You could practise to tell the story of the
peak week earlier, with the figures.

All the best
Ines
"""


def test_an_answer_that_looks_back_on_the_rejection_and_advises_is_an_answer(
    asked: Draft, owner: User
) -> None:
    letter = answered(owner, LOOKS_BACK, in_reply_to="<draft@home.example>")
    assert letter.kind == "rejection"
    assert Answer.objects.get().draft == asked
    assert Advice.objects.get().quote.startswith("You could practise")


# Reasons in an answer ------------------------------------------------------------------------

REASON = "The other candidate had more experience with SQL."
REASONED = f"""Hi Ada,

happy to help. {REASON} I would practise explaining your models to people outside the team.

Best
Ines
"""
GERMAN_REASON = "Ausschlaggebend war, dass uns die Erfahrung mit Planungssoftware gefehlt hat."


def test_a_reason_in_an_answer_is_kept_word_for_word_and_counted(
    asked: Draft, owner: User, client: Client
) -> None:
    letter = answered(owner, REASONED)
    answer = Answer.objects.get()
    assert answer.reasons == [[REASON, "experience"]]
    assert [one.quote for one in answer.advice.all()] == [
        "I would practise explaining your models to people outside the team."
    ]
    (stated,) = stated_to(owner)
    assert (stated.reason, stated.quote, stated.letter) == (Reason.EXPERIENCE, REASON, letter.pk)
    page = words_of(client.get(at(asked)))
    assert f"<blockquote> {REASON} </blockquote>" in page
    assert "A reason: experience." in page


def test_an_answer_that_only_names_a_reason_says_so(
    asked: Draft, owner: User, client: Client
) -> None:
    answered(owner, f"Hallo Ada,\n\ngern. {GERMAN_REASON}\n\nViele Grüße\nInes")
    page = words_of(client.get(at(asked)))
    assert "They name a reason" in page
    assert "Their advice" not in page
    assert [one.quote for one in stated_to(owner)] == [GERMAN_REASON]


def test_a_reason_that_the_person_corrected_counts_as_they_said(asked: Draft, owner: User) -> None:
    letter = answered(owner, REASONED)
    Correction.objects.create(
        owner=owner, letter=letter, field="reason", value="skill", made_at=timezone.now()
    )
    Letter.objects.filter(pk=letter.pk).update(
        reading=letter.reading | {"feedback": [REASON], "reasons": ["skill"]}
    )
    assert [one.reason for one in stated_to(owner)] == [Reason.SKILL]


def test_a_reason_is_corrected_where_it_is_shown(asked: Draft, owner: User, client: Client) -> None:
    answered(owner, REASONED)
    answer = Answer.objects.get()
    client.post(f"/answers/{answer.pk}/reason", {"number": "0", "reason": "skill"})
    assert [one.reason for one in stated_to(owner)] == [Reason.SKILL]
    assert "A reason: a skill." in words_of(client.get(at(asked)))
    client.post(f"/answers/{answer.pk}/reason", {"number": "0", "reason": "none"})
    assert stated_to(owner) == []
    assert "You said that it is none." in words_of(client.get(at(asked)))
    client.post(f"/answers/{answer.pk}/reason", {"number": "0", "reason": "experience"})
    assert [one.reason for one in stated_to(owner)] == [Reason.EXPERIENCE]


@pytest.mark.parametrize(
    "given",
    [
        {"number": "7", "reason": "skill"},
        {"number": "-1", "reason": "skill"},
        {"number": "x", "reason": "none"},
        {"number": "0", "reason": "luck"},
        {},
    ],
)
def test_a_correction_of_what_is_not_there_changes_nothing(
    asked: Draft, owner: User, client: Client, given: dict[str, str]
) -> None:
    answered(owner, REASONED)
    answer = Answer.objects.get()
    client.post(f"/answers/{answer.pk}/reason", given)
    answer.refresh_from_db()
    assert answer.reasons == [[REASON, "experience"]]


def test_answers_from_before_reasons_were_kept_are_read_for_them(asked: Draft, owner: User) -> None:
    answered(owner, REASONED)
    Answer.objects.update(reasons=[])
    step = import_module("kindregards.web.migrations.0032_reasons_of_earlier_answers")
    step.read_again(apps, None)
    assert Answer.objects.get().reasons == [[REASON, "experience"]]


def test_the_reasons_of_others_answers_count_for_nobody_else(asked: Draft, owner: User) -> None:
    answered(owner, REASONED)
    assert stated_to(an_owner("eve")) == []


def test_the_person_says_what_advice_is_to_become(
    asked: Draft, owner: User, client: Client
) -> None:
    answered(owner)
    advice = Advice.objects.get()
    client.post(reverse("outreach-advice", kwargs={"pk": advice.pk}), {"choice": "take"})
    assert "Rather a change to the resume" in words_of(client.get(at(asked)))
    for about in ("resume", "skill", "nonsense"):
        client.post(reverse("outreach-advice", kwargs={"pk": advice.pk}), {"about": about})
    advice.refresh_from_db()
    assert (advice.about, advice.is_wanted) == ("skill", True)
    improve = f"/plans/{asked.application.plan.pk}/improve/"
    assert "To learn, or to show better" in words_of(client.get(improve))


def test_home_says_tomorrow_for_tomorrow(asked: Draft, client: Client) -> None:
    Application.objects.update(decided_at=timezone.now() - timedelta(days=6))
    tomorrow = timezone.localdate() + timedelta(days=1)
    for kind in StepKind:
        path = f"/plans/{asked.application.plan.pk}/{kind}/decide"
        client.post(path, {"decision": "later", "until": tomorrow.isoformat()})
    assert "Next, tomorrow: <a" in words_of(client.get("/"))
