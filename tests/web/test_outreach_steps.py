"""Offers taken over and taken back, blanks filled, several readers, a job posted again."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone
from tests.web.drafting import CALM, NEEDY, at, save, text_of, words_of

from kindregards.core.outreach import Touch as Contacted
from kindregards.web.models import Draft, Touch
from kindregards.web.outreach.queries import desk_for, history_for, wording_of
from kindregards.web.outreach.services import record_sent


def offers(client: Client, draft: Draft) -> list[int]:
    return [one.number for one in client.get(at(draft)).context["remarks"] if one.can_be_taken]


def test_every_change_can_be_taken_back_and_made_again(draft: Draft, client: Client) -> None:
    save(client, draft, NEEDY)
    wordings = [text_of(draft)]
    for _ in range(3):
        save(client, draft, wordings[-1], take=offers(client, draft)[0])
        wordings.append(text_of(draft))
    client.post(at(draft, "anew"))
    wordings.append(text_of(draft))
    assert len(set(wordings)) == 5
    for wording in reversed(wordings[:-1]):
        client.post(at(draft, "undo"))
        assert text_of(draft) == wording
    for wording in wordings[1:]:
        client.post(at(draft, "redo"))
        assert text_of(draft) == wording


def test_more_steps_back_than_there_were_change_nothing(draft: Draft, client: Client) -> None:
    before = draft.text
    client.post(at(draft, "undo"))
    client.post(at(draft, "redo"))
    assert text_of(draft) == before


def test_a_short_field_fills_the_blank_and_can_be_taken_back(draft: Draft, client: Client) -> None:
    page = client.get(at(draft))
    ((blank, asked),) = page.context["blanks"]
    assert asked == "One thing you took from the conversation"
    save(client, draft, draft.text, put="1", blank=blank, words="how you lay out a range. ")
    assert blank not in text_of(draft)
    assert "how you lay out a range" in text_of(draft)
    assert client.get(at(draft)).context["blanks"] == []
    client.post(at(draft, "undo"))
    assert blank in text_of(draft)


def test_a_letter_with_a_blank_is_neither_sent_nor_taken_along(
    draft: Draft, client: Client
) -> None:
    assert client.get(at(draft, "letter.eml"))["Location"] == at(draft)
    assert client.post(at(draft, "sent"))["Location"] == at(draft)
    assert not Touch.objects.exists()
    assert "Words in square brackets are left." in words_of(client.get(at(draft)))


def test_a_letter_to_several_goes_to_one_by_a_press(draft: Draft, client: Client) -> None:
    save(client, draft, CALM, to="Ines <ines@mill.example>, tom@mill.example; eva@mill.example")
    draft.refresh_from_db()
    assert wording_of(draft).to == (
        "Ines <ines@mill.example>",
        "tom@mill.example",
        "eva@mill.example",
    )
    remark = next(
        one for one in client.get(at(draft)).context["remarks"] if one.finding.rule == "recipients"
    )
    assert remark.offer == "Only to this one"
    save(
        client,
        draft,
        CALM,
        to="Ines <ines@mill.example>, tom@mill.example, eva@mill.example",
        take=remark.number,
    )
    draft.refresh_from_db()
    assert wording_of(draft).to == ("Ines <ines@mill.example>",)


def test_an_empty_subject_gets_the_offered_one(draft: Draft, client: Client) -> None:
    save(client, draft, CALM, subject="")
    remark = next(
        one for one in client.get(at(draft)).context["remarks"] if one.finding.rule == "subject"
    )
    save(client, draft, CALM, subject="", take=remark.number)
    draft.refresh_from_db()
    assert draft.subject == "Thanks and one question"
    assert draft.text == CALM.rstrip("\n")


def test_an_appeal_is_none_where_the_job_is_posted_again(draft: Draft, client: Client) -> None:
    save(client, draft, CALM + "\nCould you reconsider my application?")
    assert "It is posted again" in words_of(client.get(at(draft)))
    client.post(at(draft, "posted-again"), {"again": "yes"})
    page = client.get(at(draft))
    assert not page.context["is_held"] or "too-early" in {
        one.finding.rule for one in page.context["remarks"]
    }
    assert "The job is posted again" in words_of(page)
    client.post(at(draft, "posted-again"), {"again": "no"})
    draft.refresh_from_db()
    assert draft.is_posted_again is False


def test_the_words_of_a_sent_letter_are_known_to_the_next(draft: Draft) -> None:
    Draft.objects.filter(pk=draft.pk).update(text=CALM)
    draft.refresh_from_db()
    record_sent(draft=draft, now=timezone.now())
    other = Draft.objects.create(
        owner=draft.owner,
        application=draft.application,
        kind="thanks",
        language="en",
        text=CALM,
        seed=1,
        created_at=timezone.now(),
    )
    assert CALM in [touch.text for touch in history_for(other) if isinstance(touch, Contacted)]
    rules = {one.rule for one in desk_for(other, timezone.now()).guarded.findings}
    assert "same-letter" in rules


def test_what_was_overruled_before_stands_with_what_came_of_it(
    draft: Draft, client: Client
) -> None:
    save(client, draft, CALM)
    client.post(at(draft, "overrule"), {"because": "She asked me to write."})
    client.post(at(draft, "sent"))
    other = Draft.objects.create(
        owner=draft.owner,
        application=draft.application,
        kind="thanks",
        language="en",
        text=NEEDY,
        seed=1,
        created_at=timezone.now(),
    )
    page = words_of(client.get(at(other)))
    assert "you sent one all the same, because: She asked me to write. No answer has come." in page
    client.post(at(draft, "answered"))
    assert "She asked me to write. An answer came." in words_of(client.get(at(other)))
