"""A letter kept for a better day: offered by the guard, kept, shown on Today, taken up again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.drafting import CALM, NEEDY, at, save, text_of, words_of

from kindregards.core.outreach import DraftKind, Part
from kindregards.core.plan import StepKind
from kindregards.web.models import Draft, Letter, Plan, Touch
from kindregards.web.outreach.queries import desk_for, letters_kept
from kindregards.web.outreach.sending import KEPT, obstacle_to
from kindregards.web.plan.queries import due_now
from kindregards.web.plan.worth_doing import worth_doing_now


def written_again(draft: Draft) -> None:
    """A word went to the same person two days ago, so that the letter comes too soon."""
    Touch.objects.create(
        owner=draft.owner,
        employer=draft.application.employer,
        application=draft.application,
        direction="out",
        channel="mail",
        kind=DraftKind.THANKS,
        at=timezone.now() - timedelta(days=2),
    )
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=5))


def offer_of_time(draft: Draft, client: Client) -> tuple[int, datetime]:
    """The number of the remark that offers to keep the letter longest, and until when."""
    remarks = client.get(at(draft)).context["remarks"]
    times = [(one.finding.until, one.number) for one in remarks if one.is_time]
    until, number = max(times)
    return number, until


@pytest.fixture
def kept(draft: Draft, client: Client) -> Draft:
    """A letter that was kept as the guard offered."""
    written_again(draft)
    save(client, draft, CALM)
    number, _until = offer_of_time(draft, client)
    save(client, draft, CALM, take=number)
    draft.refresh_from_db()
    return draft


def test_a_letter_that_comes_too_soon_is_kept_by_one_press(draft: Draft, client: Client) -> None:
    written_again(draft)
    save(client, draft, CALM)
    number, until = offer_of_time(draft, client)
    page = save(client, draft, CALM, take=number)
    assert page.status_code == 302
    draft.refresh_from_db()
    assert draft.kept_until == until
    assert draft.kept_until > timezone.now() + timedelta(days=4)
    assert "Take it up now again" in words_of(client.get(at(draft)))


def test_a_kept_letter_is_looked_at_as_it_will_be_then(kept: Draft) -> None:
    guarded = desk_for(kept, timezone.now()).guarded
    assert guarded.verdict == "send"
    assert not any(one.part is Part.TIME for one in guarded.findings)


def test_where_the_time_alone_is_wrong_keeping_it_is_the_first_way_out(
    draft: Draft, client: Client
) -> None:
    written_again(draft)
    save(client, draft, CALM)
    _number, until = offer_of_time(draft, client)
    day = timezone.localtime(until)
    offer = f">Keep it until {day:%A}, {day.day} {day:%B}</button>"
    assert offer in words_of(client.get(at(draft)))
    save(client, draft, NEEDY)
    assert offer not in words_of(client.get(at(draft)))


def test_keeping_is_taken_back_as_any_change(kept: Draft, client: Client) -> None:
    until = kept.kept_until
    client.post(at(kept, "undo"))
    kept.refresh_from_db()
    assert kept.kept_until is None
    client.post(at(kept, "redo"))
    kept.refresh_from_db()
    assert kept.kept_until == until


def test_it_is_taken_up_again_by_one_press_and_that_too_is_taken_back(
    kept: Draft, client: Client
) -> None:
    client.post(at(kept, "take-up"))
    kept.refresh_from_db()
    assert kept.kept_until is None
    client.post(at(kept, "undo"))
    kept.refresh_from_db()
    assert kept.kept_until is not None


def test_taking_up_what_is_not_kept_changes_nothing(draft: Draft, client: Client) -> None:
    client.post(at(draft, "take-up"))
    revision = draft.revision
    draft.refresh_from_db()
    assert (draft.revision, draft.earlier) == (revision, [])


def test_a_kept_letter_does_not_go_out_before_its_day(kept: Draft) -> None:
    assert obstacle_to(kept, timezone.now()) == KEPT
    assert kept.kept_until is not None
    assert obstacle_to(kept, kept.kept_until) != KEPT


def test_its_words_can_be_changed_while_it_waits(kept: Draft, client: Client) -> None:
    until = kept.kept_until
    save(client, kept, CALM.replace("so soon", "so kindly"))
    assert "so kindly" in text_of(kept)
    assert kept.kept_until == until


def test_on_its_day_it_stands_on_today_until_it_is_sent(kept: Draft, client: Client) -> None:
    owner, now = kept.owner, timezone.now()
    assert kept.kept_until is not None
    assert letters_kept(owner, now) == []
    day = kept.kept_until + timedelta(hours=1)
    (thing,) = [one for one in worth_doing_now(owner, day) if one.step == "letter"]
    assert thing.page == at(kept)
    Draft.objects.update(kept_until=now - timedelta(hours=1))
    assert "You kept" in words_of(client.get("/"))
    client.post(at(kept, "take-up"))
    assert "You kept" not in words_of(client.get("/"))


def test_the_step_of_asking_waits_for_the_letter_that_is_kept(kept: Draft) -> None:
    assert kept.kept_until is not None
    assert Plan.objects.filter(application=kept.application).exists()
    for day in (timezone.now(), kept.kept_until + timedelta(hours=1)):
        kinds = [one.step.kind for one in due_now(kept.owner, day)]
        assert StepKind.ASK not in kinds


def test_an_address_that_nobody_reads_is_left_out_by_one_press(
    draft: Draft, client: Client
) -> None:
    silent = "Harbour Careers <no-reply@harbour.example>"
    save(client, draft, CALM, to=silent)
    (remark,) = [
        one for one in client.get(at(draft)).context["remarks"] if one.finding.rule == "no-reply"
    ]
    save(client, draft, CALM, to=silent, take=remark.number)
    draft.refresh_from_db()
    assert draft.recipient_email == ""
    client.post(at(draft, "undo"))
    draft.refresh_from_db()
    assert draft.recipient_email == "no-reply@harbour.example"


def test_a_kept_letter_is_neither_noted_as_sent_nor_saved_from_an_old_page(
    kept: Draft, client: Client
) -> None:
    assert client.get(at(kept, "letter.eml")).status_code == 302
    client.post(at(kept, "sent"))
    kept.refresh_from_db()
    assert kept.touch is None
