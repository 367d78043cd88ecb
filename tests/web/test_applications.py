"""Letters join applications; how far one came stays; nothing that hangs on one gets lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import (
    ACKNOWLEDGED,
    FORM,
    INTERVIEWED,
    INVITED,
    NOW,
    OFFERED,
    Put,
    a_letter,
    an_owner,
    application_of,
    received,
)

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Person, Stage
from kindregards.core.plan import Choice, StepKind
from kindregards.web.applications.services import place_letter
from kindregards.web.models import Application, Draft, Letter, Plan, User
from kindregards.web.outreach.services import open_draft
from kindregards.web.plan.queries import plan_for_letter
from kindregards.web.plan.services import (
    correct_application,
    correct_letter,
    decide_step,
    keep_note,
    read_letter_again,
    take_correction_back,
)


def plan_of(letter: Letter) -> Plan | None:
    letter.refresh_from_db()
    return plan_for_letter(letter.owner, letter)


def note(letter: Letter, words: str, kind: StepKind = StepKind.FACTS) -> Plan:
    plan = plan_of(letter)
    assert plan is not None
    keep_note(plan=plan, kind=kind, note=words, was="", now=NOW)
    return plan


def notes_of(plan: Plan | None) -> list[str]:
    assert plan is not None
    return [step.note for step in plan.steps.order_by("pk")]


# Joining --------------------------------------------------------------------------------------


def test_letters_for_one_role_join_one_application(put: Put) -> None:
    first, second = put(ACKNOWLEDGED), put(FORM, days=20)
    assert application_of(first) == application_of(second)
    assert application_of(first).name == "Brackwater Mills, Data Analyst"


def test_spellings_of_one_employer_and_role_join_too(put: Put) -> None:
    first = put(ACKNOWLEDGED, employer="Brackwater Mills Ltd", role="DATA ANALYST")
    assert application_of(put(FORM, days=3)) == application_of(first)


def test_another_role_is_another_application(put: Put) -> None:
    assert application_of(put(FORM)) != application_of(put(FORM, role="Warehouse Lead"))


def test_a_letter_without_a_role_joins_the_latest_try_there(put: Put) -> None:
    put(ACKNOWLEDGED, role="Warehouse Lead")
    later = put(ACKNOWLEDGED, role="Data Analyst", days=5)
    assert application_of(put(FORM, role="", days=9)) == application_of(later)


def test_a_role_named_later_is_taken_over(put: Put) -> None:
    first = put(ACKNOWLEDGED, role="")
    assert application_of(first).role == ""
    put(FORM, days=3)
    assert application_of(first).role == "Data Analyst"


def test_the_same_role_a_year_later_is_a_new_try(put: Put) -> None:
    first, later = put(FORM), put(FORM, days=366)
    assert application_of(first) != application_of(later)


def test_a_long_process_stays_one_as_long_as_letters_follow(put: Put) -> None:
    letters = [put(ACKNOWLEDGED), put(INVITED, days=150), put(INTERVIEWED, days=300)]
    assert len({application_of(letter).pk for letter in letters}) == 1


def test_an_answer_in_a_thread_joins_it_whatever_it_names(put: Put) -> None:
    first = put(INVITED)
    reply = put(FORM, role="", employer="Us", days=3, In_Reply_To=first.message_id)
    assert application_of(reply) == application_of(first)


def test_letters_about_no_application_open_none(put: Put) -> None:
    receipt = "Hello Ada,\n\nhere is the receipt for your winter boots. They ship today.\n"
    assert put(receipt).application is None
    assert Application.objects.count() == 0


def test_applications_of_two_owners_never_mix(owner: User) -> None:
    mine = received(owner, a_letter(ACKNOWLEDGED))
    theirs = received(an_owner("ben"), a_letter(FORM))
    assert application_of(mine) != application_of(theirs)
    assert application_of(theirs).owner.username == "ben"


def test_a_very_long_name_is_kept_short_and_still_joins(put: Put, client: Client) -> None:
    letter = put(FORM)
    long = "ﷺ" * 300  # taken apart, each of these is eighteen letters
    client.post(f"/letters/{letter.pk}/correct", {"employer": long, "role": long})
    assert application_of(letter).employer.name == long  # type: ignore[union-attr]
    assert client.get(f"/applications/{application_of(letter).pk}/").status_code == 200


# How far it came ------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_rejection_never_lowers_the_stage_in_any_order(
    owner: User, order: tuple[int, ...]
) -> None:
    letters = [
        a_letter(words, sent_at=NOW + timedelta(days=7 * place), message_id=str(place))
        for place, words in enumerate((ACKNOWLEDGED, INVITED, FORM))
    ]
    for place in order:
        letter = received(owner, letters[place], now=NOW + timedelta(days=30))
    application = application_of(letter)
    assert (application.stage, application.outcome) == (Stage.INTERVIEW, Outcome.REJECTED)
    assert application.decided_at == NOW + timedelta(days=14)


def test_an_invitation_after_a_rejection_opens_the_application_again(put: Put) -> None:
    letter = put(FORM)
    assert plan_of(letter) is not None
    put(INVITED, days=9)
    assert application_of(letter).outcome == Outcome.OPEN
    assert plan_of(letter) is None


def test_an_offer_is_no_rejection(put: Put) -> None:
    letter = put(OFFERED)
    assert application_of(letter).outcome == Outcome.OFFERED
    assert application_of(letter).stage == Stage.OFFER
    assert Plan.objects.count() == 0


def test_the_stage_that_the_person_names_holds_until_they_leave_it_to_the_letters(
    put: Put, client: Client
) -> None:
    application = application_of(put(FORM))
    path = f"/applications/{application.pk}/correct"
    known = {"employer": "Brackwater Mills", "role": "Data Analyst"}
    client.post(path, {**known, "stage": "final"})
    put(ACKNOWLEDGED, days=3)
    application.refresh_from_db()
    assert application.stage == Stage.FINAL
    assert "You came as far as the final interview." in (
        client.get(f"/applications/{application.pk}/").content.decode()
    )
    client.post(path, {**known, "stage": ""})
    application.refresh_from_db()
    assert application.stage == Stage.APPLICATION


def test_the_page_tells_the_letters_in_their_order(put: Put, client: Client) -> None:
    rejection, receipt = put(FORM, days=9), put(ACKNOWLEDGED)
    page = client.get(f"/applications/{application_of(receipt).pk}/")
    assert list(page.context["letters"]) == [receipt, rejection]


# Moving ---------------------------------------------------------------------------------------


def test_correcting_the_employer_renames_an_application_of_one_letter(put: Put) -> None:
    letter = put(FORM)
    application = application_of(letter)
    correct_letter(letter=letter, changes={"employer": "Larkfield"}, now=NOW)
    assert application_of(letter) == application
    assert application_of(letter).name == "Larkfield, Data Analyst"


def test_correcting_the_role_moves_one_letter_of_several(put: Put) -> None:
    receipt, rejection = put(ACKNOWLEDGED), put(FORM, days=3)
    correct_letter(letter=rejection, changes={"role": "Line Planner"}, now=NOW)
    assert application_of(receipt) != application_of(rejection)
    assert application_of(receipt).outcome == Outcome.OPEN
    assert application_of(rejection).outcome == Outcome.REJECTED
    take_correction_back(letter=rejection, field="role", now=NOW)
    assert application_of(receipt) == application_of(rejection)
    assert Application.objects.count() == 1


def test_correcting_wins_over_the_thread(put: Put) -> None:
    first = put(INVITED)
    reply = put(FORM, days=3, In_Reply_To=first.message_id)
    correct_letter(letter=reply, changes={"employer": "Larkfield"}, now=NOW)
    assert application_of(reply).name == "Larkfield, Data Analyst"
    assert application_of(first).name == "Brackwater Mills, Data Analyst"
    read_letter_again(letter=reply, now=NOW)
    assert application_of(reply).name == "Larkfield, Data Analyst"


def test_reading_again_keeps_how_the_person_named_the_application(put: Put) -> None:
    letter, other = put(FORM), put(ACKNOWLEDGED, days=-3)
    correct_application(
        application=application_of(letter),
        told={"employer": "Larkfield", "role": "Planner", "stage": ""},
        now=NOW,
    )
    read_letter_again(letter=letter, now=NOW)
    correct_letter(letter=other, changes={"kind": "on_hold"}, now=NOW)
    assert application_of(letter).name == "Larkfield, Planner"
    assert application_of(other) == application_of(letter)
    assert Application.objects.count() == 1


def test_a_correction_to_another_kind_hides_the_plan_and_back_again_shows_it(put: Put) -> None:
    letter = put(FORM)
    correct_letter(letter=letter, changes={"kind": "other"}, now=NOW)
    assert (plan_of(letter), Application.objects.count()) == (None, 0)
    correct_letter(letter=letter, changes={"kind": "rejection"}, now=NOW)
    assert plan_of(letter) is not None


@pytest.mark.parametrize("kind", ["other", "job_alert", "offer", "acknowledgement"])
def test_the_notes_of_a_hidden_plan_come_back_with_it(put: Put, kind: str) -> None:
    letter = put(FORM)
    plan = note(letter, "They asked about lining.")
    correct_letter(letter=letter, changes={"kind": kind}, now=NOW)
    assert plan_of(letter) is None
    take_correction_back(letter=letter, field="kind", now=NOW)
    assert plan_of(letter) == plan
    assert notes_of(plan_of(letter)) == ["They asked about lining."]


def test_a_letter_that_moves_to_an_application_without_a_plan_takes_its_notes_along(
    put: Put,
) -> None:
    rejection = put(FORM, employer="Larkfeld")
    plan = note(rejection, "They asked about lining.")
    receipt = put(ACKNOWLEDGED, days=-5)
    correct_letter(letter=rejection, changes={"employer": "Brackwater Mills"}, now=NOW)
    assert application_of(rejection) == application_of(receipt)
    assert plan_of(rejection) == plan
    assert notes_of(plan_of(rejection)) == ["They asked about lining."]
    assert Application.objects.count() == 1


def test_where_both_have_a_plan_the_notes_of_both_stay(put: Put) -> None:
    one, other = put(FORM), put(INTERVIEWED, employer="Larkfeld", days=3)
    note(one, "First call was short.")
    note(other, "They asked about lining.")
    note(other, "Next time: bring the swatches.", StepKind.MEANING)
    correct_letter(letter=other, changes={"employer": "Brackwater Mills"}, now=NOW)
    assert plan_of(one) == plan_of(other)
    assert notes_of(plan_of(one)) == [
        "First call was short.\n\nThey asked about lining.",
        "Next time: bring the swatches.",
    ]


def drafted(letter: Letter, text: str) -> Draft:
    draft = open_draft(
        owner=letter.owner,
        application=application_of(letter),
        letter=letter,
        to=Person("Ines Halloran"),
        now=NOW,
    )
    Draft.objects.filter(pk=draft.pk).update(text=text)
    return draft


def test_a_draft_goes_along_and_the_text_of_a_second_one_can_be_called_back(put: Put) -> None:
    one, other = put(FORM), put(INTERVIEWED, employer="Larkfeld", days=3)
    drafted(one, "Dear Ines, the first one.")
    drafted(other, "Dear Ines, the second one.")
    correct_letter(letter=other, changes={"employer": "Brackwater Mills"}, now=NOW)
    kept = Draft.objects.get()
    assert kept.application == application_of(one)
    assert {kept.text, *(one["text"] for one in kept.earlier)} == {
        "Dear Ines, the first one.",
        "Dear Ines, the second one.",
    }


def test_a_decided_step_keeps_an_application_whose_letter_was_misread(put: Put) -> None:
    letter = put(FORM)
    plan = plan_of(letter)
    assert plan is not None
    decide_step(plan=plan, kind=StepKind.ASK, choice=Choice.SKIPPED, now=NOW)
    correct_letter(letter=letter, changes={"kind": "other"}, now=NOW)
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_placing_a_letter_twice_changes_nothing(put: Put) -> None:
    letter = put(INTERVIEWED)
    application = application_of(letter)
    assert place_letter(letter=letter, now=NOW) == application
    assert Application.objects.count() == 1


def test_the_page_of_an_application_does_not_lead_to_a_hidden_plan(
    put: Put, client: Client
) -> None:
    letter = put(FORM)
    path = f"/applications/{application_of(letter).pk}/"
    assert "See the plan" in client.get(path).content.decode()
    correct_letter(letter=letter, changes={"kind": "offer"}, now=NOW)
    assert "See the plan" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    "path", ["/letters/", "/letters/{letter}/", "/applications/{application}/"]
)
def test_days_are_written_with_the_day_first(put: Put, client: Client, path: str) -> None:
    letter = put(FORM)
    page = client.get(path.format(letter=letter.pk, application=application_of(letter).pk))
    assert "23 November 2026" in page.content.decode()
    assert "Nov. 23" not in page.content.decode()
