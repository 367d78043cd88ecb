"""A rejection opens a plan: its days, its steps, what is decided there, the lines kept there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.factories import FORM, INTERVIEWED, NOW, OFFERED, a_letter, an_owner, received

from kindregards.core.plan import Choice, State, Step, StepKind, steps
from kindregards.web.models import Application, Letter, Plan, User
from kindregards.web.plan.queries import (
    _awake,
    at_home,
    due_now,
    facts_of,
    plan_for_letter,
    plan_of,
)
from kindregards.web.plan.services import NoteChangedError, decide_step, keep_note

FRIDAY = datetime(2026, 11, 20, 15, 10, tzinfo=UTC)


@pytest.fixture
def letter(owner: User) -> Letter:
    """A rejection that came just now by the real clock."""
    now = timezone.now()
    return received(owner, a_letter(sent_at=now), now=now)


@pytest.fixture
def plan(letter: Letter) -> Plan:
    """The plan that it opened."""
    found = plan_for_letter(letter.owner, letter)
    assert found is not None
    return found


@pytest.fixture
def in_utc() -> Iterator[None]:
    """Days as the machine's clock has them, outside of any request."""
    with timezone.override(UTC):
        yield


def words_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def step_of(plan: Plan, kind: StepKind, now: datetime | None = None) -> Step:
    fresh = plan_of(plan.owner, plan.pk)
    return next(one for one in steps(facts_of(fresh, now or timezone.now())) if one.kind is kind)


def path(plan: Plan, kind: StepKind, end: str = "") -> str:
    return f"/plans/{plan.pk}/{kind}/{end}"


# Its days -------------------------------------------------------------------------------------


def test_a_rejection_opens_a_plan_dated_by_its_letter(owner: User, in_utc: None) -> None:
    letter = received(owner, a_letter(sent_at=FRIDAY), now=FRIDAY + timedelta(hours=2))
    plan = plan_for_letter(owner, letter)
    assert plan is not None
    days = {one.kind: one.on for one in steps(facts_of(plan, FRIDAY + timedelta(hours=3)))}
    assert days[StepKind.FACTS] == date(2026, 11, 20)
    assert days[StepKind.ASK] == date(2026, 11, 23)  # a day later is a Saturday
    assert days[StepKind.DISTANCE] == date(2026, 11, 24)


def test_days_are_those_of_the_owners_calendar(owner: User, client: Client) -> None:
    owner.time_zone = "Asia/Tokyo"
    owner.save()
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # Saturday morning in Tokyo
    letter = received(owner, a_letter(sent_at=late), now=late)
    plan = plan_for_letter(owner, letter)
    assert plan is not None
    page = client.get(f"/plans/{plan.pk}/")
    facts = next(step for step, _words in page.context["steps"] if step.kind is StepKind.FACTS)
    assert facts.on == date(2026, 11, 21)


def test_an_old_letter_gets_its_plan_without_asking_for_anything(owner: User) -> None:
    letter = received(owner, a_letter(sent_at=NOW - timedelta(days=200)), now=NOW)
    assert plan_for_letter(owner, letter) is not None
    assert due_now(owner, NOW) == []


def test_home_says_that_old_letters_wait_and_leads_to_the_latest(
    owner: User, client: Client
) -> None:
    now = timezone.now()
    for days in (60, 40):
        old = a_letter(employer=f"Mill {days}", message_id=str(days), sent_at=now - timedelta(days))
        received(owner, old, now=now)
    latest = Plan.objects.order_by("-application__decided_at").first()
    assert latest is not None
    says = "wait to be opened"
    assert says in words_of(client.get("/"))
    assert f'href="/plans/{latest.pk}/"' in words_of(client.get("/"))
    received(owner, a_letter(message_id="new", sent_at=now), now=now)
    assert says not in words_of(client.get("/"))


def test_an_old_plan_that_was_begun_asks_again(owner: User, in_utc: None) -> None:
    letter = received(owner, a_letter(sent_at=NOW - timedelta(days=200)), now=NOW)
    plan = plan_for_letter(owner, letter)
    assert plan is not None
    decide_step(plan=plan, kind=StepKind.FACTS, choice=Choice.DONE, now=NOW)
    tomorrow = due_now(owner, NOW + timedelta(days=1))
    assert tomorrow[0].step.kind is StepKind.MEANING


def test_a_step_put_off_for_months_comes_back_on_its_day(owner: User, in_utc: None) -> None:
    letter = received(owner, a_letter(sent_at=NOW), now=NOW)
    plan = plan_for_letter(owner, letter)
    assert plan is not None
    for kind in StepKind:
        decide_step(plan=plan, kind=kind, choice=Choice.SKIPPED, now=NOW)
    in_april = datetime(2027, 4, 1, 9, tzinfo=UTC)
    decide_step(plan=plan, kind=StepKind.NETWORK, choice=None, until=in_april.date(), now=NOW)
    assert due_now(owner, in_april - timedelta(days=1)) == []
    assert [one.step.kind for one in due_now(owner, in_april)] == [StepKind.NETWORK]


def test_at_most_five_things_are_due_and_each_plan_has_its_say(owner: User) -> None:
    for number in range(7):
        raw = a_letter(FORM, employer=f"Mill{number}", message_id=str(number), sent_at=NOW)
        received(owner, raw, now=NOW)
    due = due_now(owner, NOW + timedelta(days=9))
    assert len(due) == 5
    assert len({one.plan.pk for one in due}) == 5


def test_nothing_of_others_is_due(letter: Letter) -> None:
    assert due_now(letter.owner, timezone.now()) != []
    assert due_now(an_owner("ben"), timezone.now()) == []


# Deciding -------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", ["done", "skipped"])
def test_a_step_is_settled_and_taken_up_again(plan: Plan, client: Client, choice: str) -> None:
    decide = path(plan, StepKind.FACTS, "decide")
    page = client.post(decide, {"decision": choice}, follow=True)
    assert page.redirect_chain == [(f"/plans/{plan.pk}/", 302)]
    assert step_of(plan, StepKind.FACTS).state == State(choice)
    client.post(decide, {"decision": "open"})
    assert step_of(plan, StepKind.FACTS).state is State.NOW


def test_a_step_is_put_off_to_the_day_that_was_chosen(plan: Plan, client: Client) -> None:
    day = timezone.localdate() + timedelta(days=40)
    decide = path(plan, StepKind.FACTS, "decide")
    page = client.post(decide, {"decision": "later", "until": day.isoformat()}, follow=True)
    assert "Put off until" in words_of(page)
    assert (step_of(plan, StepKind.FACTS).state, step_of(plan, StepKind.FACTS).on) == (
        State.LATER,
        day,
    )


def test_not_today_puts_it_off_for_three_days_and_stays_at_home(plan: Plan, client: Client) -> None:
    decide = path(plan, StepKind.FACTS, "decide")
    page = client.post(decide, {"decision": "later", "home": "1"}, follow=True)
    assert page.redirect_chain == [("/", 302)]
    assert step_of(plan, StepKind.FACTS).on == timezone.localdate() + timedelta(days=3)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"decision": "burn it"},
        {"decision": "later", "until": "soon"},
        {"decision": "later", "until": "2020-01-01"},
        {"decision": "later", "until": "0000-00-00"},
    ],
)
def test_what_cannot_be_decided_is_said_and_changes_nothing(
    plan: Plan, client: Client, given: dict[str, str]
) -> None:
    page = client.post(path(plan, StepKind.FACTS, "decide"), given, follow=True)
    assert page.status_code == 200
    assert 'class="told"' in words_of(page)
    assert plan.steps.count() == 0


@pytest.mark.parametrize("name", ["dancing", "facts2", "FACTS"])
def test_a_step_that_there_is_not_is_not_found(plan: Plan, client: Client, name: str) -> None:
    assert client.get(f"/plans/{plan.pk}/{name}/").status_code == 404
    assert client.post(f"/plans/{plan.pk}/{name}/note", {"note": "x"}).status_code == 404


@pytest.mark.parametrize("kind", StepKind)
@pytest.mark.parametrize("words", [FORM, INTERVIEWED])
def test_every_step_has_a_page_that_says_what_to_do(
    owner: User, client: Client, kind: StepKind, words: str
) -> None:
    now = timezone.now()
    plan = plan_for_letter(owner, received(owner, a_letter(words, sent_at=now), now=now))
    assert plan is not None
    page = words_of(client.get(path(plan, kind)))
    guide = page.split('class="guide"')[1].split("<form")[0]
    assert len(guide) > 200
    assert "None" not in guide


def test_all_done_can_rest(plan: Plan, client: Client) -> None:
    for kind in StepKind:
        client.post(path(plan, kind, "decide"), {"decision": "done"})
    assert "It can rest now." in words_of(client.get(f"/plans/{plan.pk}/"))
    assert "Nothing needs doing today." in words_of(client.get("/"))


# Lines kept at a step -------------------------------------------------------------------------


def kept(plan: Plan, kind: StepKind = StepKind.FACTS) -> str:
    return step_of(plan, kind).decision.note


def test_lines_are_kept_without_and_with_settling_the_step(plan: Plan, client: Client) -> None:
    note = path(plan, StepKind.FACTS, "note")
    client.post(note, {"note": "Two people, an hour.", "was": ""})
    assert (kept(plan), step_of(plan, StepKind.FACTS).state) == ("Two people, an hour.", State.NOW)
    client.post(note, {"note": "Lining!", "was": "Two people, an hour.", "done": "1"})
    assert (kept(plan), step_of(plan, StepKind.FACTS).state) == ("Lining!", State.DONE)


def test_deciding_keeps_the_lines(plan: Plan, client: Client) -> None:
    client.post(path(plan, StepKind.FACTS, "note"), {"note": "Two people.", "was": ""})
    for decision in ("done", "open", "later", "skipped"):
        client.post(path(plan, StepKind.FACTS, "decide"), {"decision": decision})
    assert kept(plan) == "Two people."


def test_two_windows_lose_nothing(plan: Plan, client: Client) -> None:
    note = path(plan, StepKind.FACTS, "note")
    client.post(note, {"note": "From the first window.", "was": ""})
    page = client.post(note, {"note": "From the second window.", "was": ""})
    assert page.status_code == 409
    assert "changed in another window" in words_of(page)
    assert page.context["note"] == "From the second window.\n\nFrom the first window."
    assert kept(plan) == "From the first window."
    client.post(note, {"note": page.context["note"], "was": page.context["was"]})
    assert kept(plan) == "From the second window.\n\nFrom the first window."


def test_the_same_lines_saved_twice_are_no_quarrel(plan: Plan, client: Client) -> None:
    note = path(plan, StepKind.FACTS, "note")
    answers = [client.post(note, {"note": "One.\r\nTwo.", "was": ""}) for _ in range(2)]
    again = client.post(note, {"note": "One.\r\nTwo.\r\nThree.", "was": "One.\nTwo."})
    assert [answer.status_code for answer in (*answers, again)] == [302, 302, 302]


def test_lines_that_are_too_long_stay_on_the_page(plan: Plan, client: Client) -> None:
    long = "lining " * 8000
    page = client.post(path(plan, StepKind.FACTS, "note"), {"note": long, "was": ""})
    assert page.status_code == 422
    assert "longer than 50,000 characters" in words_of(page)
    assert page.context["note"] == long


def test_lines_may_hold_anything_a_keyboard_or_clipboard_gives(plan: Plan, client: Client) -> None:
    odd = "</textarea><b>Ünï</b> \x00\u200b\U0001f642 {{ x }}"
    client.post(path(plan, StepKind.FACTS, "note"), {"note": odd, "was": ""})
    assert kept(plan) == odd.replace("\x00", "")
    assert "</textarea><b>" not in client.get(path(plan, StepKind.FACTS)).content.decode()


def test_lines_added_later_do_not_move_the_day_a_step_was_done(plan: Plan, in_utc: None) -> None:
    decide_step(plan=plan, kind=StepKind.FACTS, choice=Choice.DONE, now=NOW)
    keep_note(plan=plan, kind=StepKind.FACTS, note="More.", was="", now=NOW + timedelta(days=4))
    later = NOW + timedelta(days=5)
    assert step_of(plan, StepKind.FACTS, later).on == NOW.date()
    assert step_of(plan, StepKind.MEANING, later).on == NOW.date() + timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_that_save_at_the_same_moment_one_is_told(plan: Plan) -> None:
    told: list[str] = []
    ready = threading.Barrier(2)

    def _save(words: str) -> None:
        ready.wait()
        try:
            keep_note(plan=plan, kind=StepKind.FACTS, note=words, was="", now=NOW)
        except NoteChangedError as changed:
            told.append(changed.note)
        finally:
            connection.close()

    threads = [threading.Thread(target=_save, args=(words,)) for words in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [kept(plan)]


# Pages ----------------------------------------------------------------------------------------


def test_the_plan_shows_kind_words_and_leads_back_to_the_letter(
    letter: Letter, plan: Plan, client: Client
) -> None:
    page = client.get(f"/plans/{plan.pk}/")
    assert f'href="/letters/{letter.pk}/"' in words_of(page)
    assert page.context["kind_words"] == letter.reading["kind_words"][:1]


def test_a_form_after_an_application_says_that_asking_is_rarely_answered(
    owner: User, client: Client
) -> None:
    now = timezone.now()
    plan = plan_for_letter(owner, received(owner, a_letter(FORM, sent_at=now), now=now))
    assert plan is not None
    page = words_of(client.get(path(plan, StepKind.ASK)))
    assert "A question is very rarely answered" in page
    assert "Write anyway" in page


def test_before_the_first_letter_home_is_one_gentle_question(client: Client) -> None:
    page = client.get("/")
    assert page.templates[0].name == "plan/begin.html"
    assert "Start with the letter" in words_of(page)


def test_home_names_what_is_best_now(letter: Letter, client: Client) -> None:
    page = client.get("/")
    assert page.context["first"].step.kind is StepKind.FACTS
    assert "One thing for now." in words_of(page)
    assert f'href="/letters/{letter.pk}/"' in words_of(page)


@pytest.mark.parametrize("letters", [1, 3])
def test_a_plan_asks_as_much_for_three_letters_as_for_one(
    owner: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries, letters: int
) -> None:
    now = timezone.now()
    for number in range(letters):
        raw = a_letter(message_id=str(number), sent_at=now - timedelta(hours=number))
        letter = received(owner, raw, now=now)
    plan = plan_for_letter(owner, letter)
    assert plan is not None
    with django_assert_num_queries(9):
        client.get(f"/plans/{plan.pk}/")
    client.get(path(plan, StepKind.FACTS))  # that it was opened is noted once in half an hour
    with django_assert_num_queries(7):
        client.get(path(plan, StepKind.FACTS))


def test_home_asks_nothing_of_plans_in_which_everything_is_decided(owner: User) -> None:
    letter = received(owner, a_letter(sent_at=NOW), now=NOW)
    plan = plan_for_letter(owner, letter)
    assert plan is not None
    for kind in StepKind:
        assert list(_awake(owner, NOW)) == [plan]
        decide_step(plan=plan, kind=kind, choice=Choice.SKIPPED, now=NOW)
    assert at_home(owner, NOW) == ([], None)
    assert list(_awake(owner, NOW)) == []
    decide_step(plan=plan, kind=StepKind.IMPROVE, choice=None, now=NOW)
    assert list(_awake(owner, NOW)) == [plan]


def test_an_offer_stands_first_on_home_for_some_weeks(owner: User, client: Client) -> None:
    now = timezone.now()
    received(owner, a_letter(OFFERED, sent_at=now - timedelta(days=3)), now=now)
    told = "they want you for the job. That goes before everything here"
    assert told in client.get("/").content.decode()
    Application.objects.update(decided_at=now - timedelta(days=40))
    assert told not in client.get("/").content.decode()
