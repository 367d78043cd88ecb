from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.applications import (
    Event,
    Outcome,
    Progress,
    Said,
    Silence,
    furthest,
    name_key,
    progress,
    silence,
)
from kindregards.core.letters.reading import Kind, Stage

DAY_ONE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def on_day(day: int, kind: Kind, stage: Stage | None = None) -> Event:
    return Event(DAY_ONE + timedelta(days=day), kind, stage)


def test_nothing_known_is_an_open_application() -> None:
    assert progress([]) == Progress(Stage.APPLICATION, Outcome.OPEN)


def test_a_late_rejection_never_lowers_the_stage_in_any_order() -> None:
    events = [
        on_day(0, Kind.ACKNOWLEDGEMENT, Stage.APPLICATION),
        on_day(5, Kind.INTERVIEW_INVITATION, Stage.SCREEN),
        on_day(9, Kind.INTERVIEW_INVITATION, Stage.FINAL),
        on_day(20, Kind.REJECTION, Stage.APPLICATION),
    ]
    expected = Progress(Stage.FINAL, Outcome.REJECTED, DAY_ONE + timedelta(days=20))
    assert {progress(order) for order in permutations(events)} == {expected}


def test_a_later_invitation_opens_a_rejected_application_again() -> None:
    events = [on_day(3, Kind.REJECTION), on_day(30, Kind.INTERVIEW_INVITATION)]
    assert progress(events) == Progress(Stage.INTERVIEW, Outcome.OPEN, rounds=1)


def test_a_receipt_after_the_rejection_changes_nothing() -> None:
    events = [on_day(3, Kind.REJECTION), on_day(4, Kind.ACKNOWLEDGEMENT)]
    assert progress(events).outcome is Outcome.REJECTED


def test_an_offer_reaches_the_last_stage() -> None:
    assert progress([on_day(1, Kind.OFFER)]) == Progress(
        Stage.OFFER, Outcome.OFFERED, DAY_ONE + timedelta(days=1)
    )


def test_the_stage_that_the_person_names_holds_against_the_letters() -> None:
    told_final = [on_day(1, Kind.REJECTION, Stage.FINAL)]
    assert progress(told_final, own_stage=Stage.SCREEN).stage is Stage.SCREEN


def test_an_invitation_in_answer_to_the_application_leads_to_an_interview() -> None:
    assert progress([on_day(1, Kind.INTERVIEW_INVITATION, Stage.APPLICATION)]).stage is (
        Stage.INTERVIEW
    )


def test_an_interview_that_is_moved_or_confirmed_is_one_round() -> None:
    invited = [on_day(day, Kind.INTERVIEW_INVITATION) for day in (0, 2, 4, 20)]
    assert progress(invited).rounds == 2


def test_first_calls_and_final_interviews_are_no_rounds() -> None:
    events = [
        on_day(0, Kind.INTERVIEW_INVITATION, Stage.SCREEN),
        on_day(9, Kind.INTERVIEW_INVITATION, Stage.INTERVIEW),
        on_day(30, Kind.INTERVIEW_INVITATION, Stage.FINAL),
    ]
    assert progress(events) == Progress(Stage.FINAL, Outcome.OPEN, rounds=1)


def test_what_the_person_said_holds_until_a_later_letter() -> None:
    said = Said(DAY_ONE + timedelta(days=5), Outcome.WITHDRAWN)
    refused, invited = on_day(3, Kind.REJECTION), on_day(9, Kind.INTERVIEW_INVITATION)
    assert progress([refused], said=said).outcome is Outcome.WITHDRAWN
    assert progress([refused, invited], said=said).outcome is Outcome.OPEN


def test_what_the_person_said_counts_at_the_very_moment_of_a_letter() -> None:
    said = Said(DAY_ONE, Outcome.OPEN)
    assert progress([on_day(0, Kind.REJECTION)], said=said).outcome is Outcome.OPEN


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, None), (13, None), (14, Silence.LATE), (29, Silence.LATE), (30, Silence.NO_ANSWER)],
)
def test_silence_is_late_after_14_days_and_no_answer_after_30(
    days: int, expected: Silence | None
) -> None:
    assert silence(Outcome.OPEN, DAY_ONE, DAY_ONE + timedelta(days=days)) is expected


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.OFFERED, Outcome.WITHDRAWN])
def test_an_application_that_ended_waits_for_nothing(outcome: Outcome) -> None:
    assert silence(outcome, DAY_ONE, DAY_ONE + timedelta(days=90)) is None


@given(st.lists(st.sampled_from(list(Stage)), min_size=1))
def test_the_furthest_stage_is_one_of_those_given_and_none_lies_beyond(stages: list[Stage]) -> None:
    reached = furthest(stages)
    order = list(Stage)
    assert reached in stages
    assert all(order.index(stage) <= order.index(reached) for stage in stages)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tidewell Transit, Inc.", "tidewell transit"),
        ("Müller & Söhne GmbH", "Muller Sohne"),
        ("Data Analyst (m/w/d)", "Data Analyst"),
        ("The Harbour Group", "Harbour"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("C Developer", "C++ Developer"), ("Larkfield", "Larkfield Energy")]
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["AG", "The Company", "&"])
def test_a_name_made_of_legal_forms_alone_is_still_a_name(name: str) -> None:
    assert name_key(name) == " ".join(name.casefold().replace("&", "").split())
