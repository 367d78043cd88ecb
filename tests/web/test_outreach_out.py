"""What the guard notices in a draft, and how the person takes the letter along."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.factories import a_letter, received
from tests.web.drafting import CALM, NEEDY, at, save, text_of, words_of

from kindregards.core.letters.reading import Person
from kindregards.core.outreach import Direction, Verdict
from kindregards.core.plan import State, StepKind, steps
from kindregards.web.models import Contact, Draft, Letter, Touch, User
from kindregards.web.outreach.queries import desk_for
from kindregards.web.outreach.services import open_draft, record_sent
from kindregards.web.plan.queries import facts_of, plan_for_letter, plan_of
from kindregards.web.plan.services import correct_letter

# The guard ------------------------------------------------------------------------------------


def test_the_fragment_is_what_the_page_shows(draft: Draft, client: Client) -> None:
    fragment = words_of(save(client, draft, NEEDY, htmx=True))
    page = words_of(client.get(at(draft)))
    found = re.findall(r'<li id="n\d+".*?</li>', fragment)
    assert len(found) > 2
    assert [one for one in found if one not in page] == []


def test_the_marks_are_the_words_of_the_text(draft: Draft, client: Client) -> None:
    save(client, draft, NEEDY)
    page = client.get(at(draft))
    assert "".join(piece.text for piece in page.context["pieces"]) == NEEDY.rstrip("\n")
    marked = {piece.number: piece.text for piece in page.context["pieces"] if piece.number}
    quoted = {one.number: one.finding.quote for one in page.context["remarks"] if one.finding.quote}
    assert marked == quoted


def test_an_offer_of_the_guard_is_taken_and_taken_back(draft: Draft, client: Client) -> None:
    save(client, draft, NEEDY)
    remark = next(one for one in client.get(at(draft)).context["remarks"] if one.can_be_taken)
    page = save(client, draft, NEEDY, take=remark.number)
    assert page.status_code == 302
    assert remark.finding.quote not in text_of(draft)
    assert (remark.finding.instead or "") in text_of(draft)
    client.post(at(draft, "undo"))
    assert text_of(draft) == NEEDY.rstrip("\n")
    client.post(at(draft, "redo"))
    assert remark.finding.quote not in text_of(draft)


@pytest.mark.parametrize("take", ["0", "99", "-1", "x", "²", "9" * 5000])
def test_an_offer_that_there_is_not_changes_nothing(
    draft: Draft, client: Client, take: str
) -> None:
    assert save(client, draft, NEEDY, take=take).status_code == 302
    assert text_of(draft) == NEEDY.rstrip("\n")


def test_a_letter_that_is_held_shows_no_way_out(draft: Draft, client: Client) -> None:
    save(client, draft, NEEDY)
    page = words_of(client.get(at(draft)))
    assert "Better held for now" in page
    for way in ("mailto:", "letter.eml", "data-copy", "I have sent it"):
        assert way not in page


def test_the_person_can_overrule_with_a_reason_for_this_very_text(
    draft: Draft, client: Client
) -> None:
    save(client, draft, NEEDY)
    for empty in ("", "   "):
        page = client.post(at(draft, "overrule"), {"because": empty}, follow=True)
        assert "Say in a few words why" in words_of(page)
        assert "mailto:" not in words_of(page)
    page = client.post(at(draft, "overrule"), {"because": "She asked me to."}, follow=True)
    assert "mailto:" in words_of(page)
    assert "because: She asked me to." in words_of(page)
    save(client, draft, CALM)
    assert "because:" not in words_of(client.get(at(draft)))
    save(client, draft, NEEDY)
    assert "mailto:" not in words_of(client.get(at(draft)))


def test_a_letter_that_was_sent_stays_as_it_was_sent(sent: Draft, client: Client) -> None:
    page = save(client, sent, "Mine, from a window left open.")
    assert (page.status_code, page.context["unkept"]) == (409, "Mine, from a window left open.")
    for end in ("undo", "anew"):
        assert client.post(at(sent, end)).status_code == 302
    assert text_of(sent) == CALM.rstrip("\n")


# Out ------------------------------------------------------------------------------------------


def test_the_mail_program_gets_the_letter_in_its_thread(draft: Draft, client: Client) -> None:
    save(client, draft, CALM)
    link = urlsplit(client.get(at(draft)).context["mailto"])
    given = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert (link.scheme, unquote(link.path)) == ("mailto", "ines.halloran@brackwater.example")
    assert given["subject"] == draft.subject
    assert given["body"].replace("\r\n", "\n").rstrip() == CALM.rstrip()
    assert given["In-Reply-To"] == "<one@brackwater.example>"


def test_the_file_is_a_draft_in_its_thread_with_the_same_words(
    draft: Draft, client: Client, owner: User
) -> None:
    save(client, draft, CALM + "\nPS: Grüße, 🙂\n")
    answer = client.get(at(draft, "letter.eml"))
    assert answer["Content-Type"] == "message/rfc822"
    assert answer["Content-Disposition"] == 'attachment; filename="letter-to-brackwater-mills.eml"'
    message = email.message_from_bytes(answer.content, policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"].addresses[0].addr_spec == "ines.halloran@brackwater.example"
    assert message["To"].addresses[0].display_name == draft.recipient_name
    assert message["From"] == "Ada <ada@home.example>"
    assert message["Subject"] == draft.subject
    assert message["In-Reply-To"] == "<one@brackwater.example>"
    body = message.get_content()
    assert body.replace("\r\n", "\n").rstrip() == (CALM + "\nPS: Grüße, 🙂").rstrip()
    assert all(line.endswith(b"\r\n") for line in answer.content.splitlines(keepends=True))


def test_a_subject_cannot_add_a_header(draft: Draft, client: Client) -> None:
    save(client, draft, CALM, subject="Thanks\r\nBcc: all@brackwater.example")
    raw = client.get(at(draft, "letter.eml")).content
    assert email.message_from_bytes(raw)["Bcc"] is None


def test_sent_twice_is_one_touch_and_settles_the_step(sent: Draft, client: Client) -> None:
    client.post(at(sent, "sent"))
    touch = Touch.objects.get()
    assert touch.contact == Contact.objects.get(email="ines.halloran@brackwater.example")
    assert touch.employer == sent.application.employer
    plan = plan_of(sent.owner, sent.application.plan.pk)
    asked = next(one for one in steps(facts_of(plan, timezone.now())) if one.kind is StepKind.ASK)
    assert (asked.state, asked.on) == (State.DONE, timezone.localdate())
    assert "You sent this on" in words_of(client.get(at(sent)))


def test_what_was_sent_cannot_be_taken_up_again_at_its_step(sent: Draft, client: Client) -> None:
    page = words_of(client.get(f"/plans/{sent.application.plan.pk}/"))
    assert "Asked Ines Halloran for advice" in page
    assert "Take it up again" not in page


def test_not_sent_after_all_takes_it_back(sent: Draft, client: Client) -> None:
    client.post(at(sent, "not-sent"))
    client.post(at(sent, "not-sent"))
    sent.refresh_from_db()
    assert (sent.touch, Touch.objects.count()) == (None, 0)
    plan = plan_of(sent.owner, sent.application.plan.pk)
    assert facts_of(plan, timezone.now()).asked_at is None
    assert "I have sent it" in words_of(client.get(at(sent)))


def test_the_letter_just_sent_does_not_count_against_itself(sent: Draft) -> None:
    before = {found.rule for found in desk_for(sent, timezone.now()).guarded.findings}
    sent.touch.delete()  # type: ignore[union-attr]
    sent.refresh_from_db()
    assert before == {found.rule for found in desk_for(sent, timezone.now()).guarded.findings}


def test_who_was_written_to_counts_at_another_employer_too_whatever_the_case(
    sent: Draft, owner: User
) -> None:
    now = timezone.now()
    raw = a_letter(
        employer="Larkfield",
        message_id="two",
        sent_at=now - timedelta(days=2),
        sender="Ines Halloran <Ines.Halloran@Brackwater.example>",
    )
    letter = received(owner, raw, now=now)
    other = open_draft(
        owner=owner,
        application=letter.application,  # type: ignore[arg-type]
        letter=letter,
        to=Person("Ines Halloran", "Ines.Halloran@Brackwater.example"),
        now=now,
    )
    assert desk_for(other, now).guarded.verdict is Verdict.HOLD
    record_sent(draft=other, now=now)
    assert Contact.objects.count() == 1


def test_a_plan_that_was_hidden_meanwhile_is_no_dead_end(
    draft: Draft, letter: Letter, client: Client
) -> None:
    save(client, draft, CALM)
    plan = draft.application.plan
    correct_letter(letter=letter, changes={"kind": "on_hold"}, now=timezone.now())
    assert f"/plans/{plan.pk}/" not in words_of(client.get(at(draft)))
    page = client.post(at(draft, "sent"), follow=True)
    assert page.status_code == 200
    assert Touch.objects.count() == 1


@pytest.mark.parametrize("letters", [1, 3])
def test_a_draft_asks_as_much_for_three_letters_as_for_one(
    owner: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries, letters: int
) -> None:
    now = timezone.now()
    for number in range(letters):
        raw = a_letter(message_id=str(number), sent_at=now - timedelta(days=2, hours=number))
        letter = received(owner, raw, now=now)
    plan = plan_for_letter(owner, letter)
    assert plan is not None
    client.post(f"/plans/{plan.pk}/draft")
    with django_assert_num_queries(11):
        client.get(f"/drafts/{Draft.objects.get().pk}/")


def test_an_answer_is_recorded_once_and_told(client: Client, sent: Draft) -> None:
    client.post(at(sent, "answered"))
    client.post(at(sent, "answered"))
    assert Touch.objects.filter(direction=Direction.IN).count() == 1
    page = client.get(at(sent)).content.decode()
    assert "They answered on" in page
    assert "They answered</button>" not in page


def test_no_answer_can_be_recorded_before_the_letter_was_sent(client: Client, draft: Draft) -> None:
    client.post(at(draft, "answered"))
    assert not Touch.objects.exists()
