"""The diagnosis: what it counts, what it names, what it says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.pasts import NOW, OPEN, some

from kindregards.core.applications import Event, Outcome, furthest, progress
from kindregards.core.diagnosis import (
    Act,
    Diagnosis,
    End,
    Market,
    Past,
    Route,
    Stated,
    Verdict,
    Way,
    as_record,
    diagnose,
    paces,
    words_for,
    wrong_fix,
)
from kindregards.core.diagnosis.week import Week, as_markdown, look_back
from kindregards.core.letters.reading import Kind, Reason, Stage

THIRTY_SILENT = some(30, outcome=OPEN)
TWELVE_INTERVIEWS = some(12, Stage.INTERVIEW)
THREE_LETTERS = [*some(2), *some(1, Stage.INTERVIEW)]


def found(pasts: list[Past], market: Market = Market.GENERAL) -> Diagnosis:
    return diagnose(pasts, market=market, now=NOW)


def said(pasts: list[Past]) -> str:
    words = words_for(found(pasts))
    return " ".join([words.title, words.lead, *words.work_on, words.sure, *words.more])


# What is counted ---------------------------------------------------------------------------


def test_each_application_is_counted_once_at_its_furthest_stage() -> None:
    pasts = [*some(4), *some(3, Stage.INTERVIEW), *some(2, outcome=OPEN, quiet_for=2)]
    counts = {count.stage: count for count in found(pasts).stages}
    assert [counts[stage].reached for stage in Stage] == [9, 3, 3, 0, 0]
    assert sum(many for count in counts.values() for many in count.ended.values()) == 9
    assert counts[Stage.APPLICATION].ended == {End.LETTER: 4, End.OPEN: 2}


def test_silence_counts_as_an_end_from_thirty_days_on() -> None:
    pasts = [*some(6, outcome=OPEN, quiet_for=30), *some(5, outcome=OPEN, quiet_for=29)]
    assert found(pasts).on_paper.whole.tried == 6
    assert found(pasts).decided == 6


def test_an_undecided_interview_counts_for_the_first_call_and_not_against_the_interview() -> None:
    passing = found(some(6, Stage.INTERVIEW, OPEN, quiet_for=3)).passings
    assert [(one.whole.passed, one.whole.tried) for one in passing] == [(6, 6), (6, 6), (0, 0)]


def test_what_the_person_withdrew_is_no_failure_of_theirs() -> None:
    passing = found(some(6, Stage.SCREEN, Outcome.WITHDRAWN)).passings
    assert [(one.whole.passed, one.whole.tried) for one in passing] == [(6, 6), (0, 0), (0, 0)]


def test_an_offer_is_an_offer_even_where_the_stage_was_put_lower_by_hand() -> None:
    share = found(some(6, Stage.INTERVIEW, Outcome.OFFERED)).passings[2].whole
    assert (share.passed, share.tried) == (6, 6)


def test_every_route_is_laid_beside_its_own_usual_rate() -> None:
    pasts = [*some(8), *some(6, Stage.SCREEN, route=Route.REFERRAL)]
    by_route = found(pasts).on_paper.by_route
    assert {route: share.usual for route, share in by_route.items()} == {
        Route.DIRECT: 0.13,
        Route.REFERRAL: 0.57,
    }
    assert found(pasts).on_paper.whole.usual == pytest.approx((8 * 0.13 + 6 * 0.57) / 14)


# Any order ---------------------------------------------------------------------------------

events = st.builds(
    Event,
    at=st.integers(1, 200).map(lambda days: NOW - timedelta(days=days)),
    kind=st.sampled_from(Kind),
    stage=st.none() | st.sampled_from(Stage),
)
logs = st.lists(st.lists(events, min_size=1, max_size=6), max_size=12)


def _past(log: list[Event]) -> Past:
    stands = progress(log)
    days = [event.at for event in log]
    return Past(stands.stage, stands.outcome, min(days), max(days))


@settings(deadline=None)
@given(logs, st.randoms(use_true_random=False))
def test_an_event_log_in_any_order_gives_the_same_diagnosis(
    log: list[list[Event]], chance: st.DataObject
) -> None:
    shuffled = [chance.sample(one, len(one)) for one in chance.sample(log, len(log))]  # type: ignore[attr-defined]
    first, second = found([_past(one) for one in log]), found([_past(one) for one in shuffled])
    assert first == second
    assert as_record(first) == as_record(second)
    assert words_for(first) == words_for(second)


@settings(deadline=None)
@given(st.lists(events, min_size=1, max_size=6))
def test_a_late_rejection_lowers_no_stage(log: list[Event]) -> None:
    late = Event(NOW, Kind.REJECTION)
    reached = reached_in(found([_past([late, *log])]))
    assert reached == reached_in(found([_past(log)]))
    assert Past(furthest([]), Outcome.OPEN, NOW, NOW).stage is Stage.APPLICATION


def reached_in(diagnosis: Diagnosis) -> list[int]:
    return [count.reached for count in diagnosis.stages]


# What is said ------------------------------------------------------------------------------


def test_three_letters_are_told_kindly_that_it_is_too_early() -> None:
    diagnosis = found(THREE_LETTERS)
    assert diagnosis.verdict is Verdict.TOO_EARLY
    assert words_for(diagnosis).title == "It is too early to tell."
    assert "one interview in five" in words_for(diagnosis).lead
    assert words_for(diagnosis).act is Act.TODAY


def test_thirty_silent_applications_are_told_of_the_resume_and_the_channels() -> None:
    words = words_for(found(THIRTY_SILENT))
    assert words.title.endswith("Look at the resume, and at the ways you apply.")
    assert [line.split(":")[0] for line in words.work_on] == ["The resume", "The channels"]
    assert words.act is Act.RESUME
    assert "twice in 100" in words.sure


def test_twenty_nine_silent_applications_are_not_told_of_anything_yet() -> None:
    diagnosis = found(THIRTY_SILENT[:-1])
    assert diagnosis.verdict is Verdict.AS_USUAL
    assert "One more application without a first call would show" in said(THIRTY_SILENT[:-1])


@pytest.mark.parametrize(
    ("first_calls_at", "verdict"),
    [((0, 7, 20, 45), Verdict.ENDS_ON_PAPER), ((10, 30, 44, 50), Verdict.AS_USUAL)],
)
@pytest.mark.parametrize("shuffled", range(5))
def test_four_of_sixty_are_told_of_where_none_came_of_late_in_whatever_order_they_are_given(
    first_calls_at: tuple[int, ...], verdict: Verdict, shuffled: int
) -> None:
    pasts = list(reversed(some(60)))  # the one that began first comes first
    for place in first_calls_at:
        pasts[place] = replace(pasts[place], stage=Stage.SCREEN)
    Random(shuffled).shuffle(pasts)
    assert found(pasts).verdict is verdict


def test_twelve_interviews_without_an_offer_leave_the_resume_alone() -> None:
    words = words_for(found(TWELVE_INTERVIEWS))
    assert words.title == "Your resume gets you conversations. Leave it alone."
    assert words.work_on == ("How you answer in interviews.",)
    assert words.leave_alone[0].startswith("The resume.")
    assert words.act is Act.PRACTICE


def test_losses_on_paper_never_prescribe_practice_in_speaking() -> None:
    for many in (1, 5, 20, 30, 60, 200):
        words = words_for(found(some(many)))
        assert words.act is not Act.PRACTICE
        assert not any("aloud" in line for line in words.begin)
        assert not any("interview" in line for line in words.work_on)


def test_one_first_call_in_eight_from_sixteen_on_leads_away_from_the_resume() -> None:
    gate = [*some(14), *some(2, Stage.SCREEN)]
    assert found(gate).verdict is Verdict.GETS_TALKS
    assert found(gate[1:]).verdict is Verdict.AS_USUAL


def test_the_resume_comes_first_only_where_nothing_is_weaker() -> None:
    paper = some(19, route=Route.REFERRAL)
    pasts = [*paper, *some(7, Stage.SCREEN, route=Route.REFERRAL)]
    diagnosis = found(pasts)
    assert diagnosis.on_paper.is_weak
    assert diagnosis.weak is None


def test_no_share_is_told_below_five_results() -> None:
    record = as_record(found(some(4)))
    assert [one["low"] for one in record["passages"]] == [None, None, None]
    assert [one["chance"] for one in record["passages"]] == [None, None, None]
    assert "in 100" not in said(some(4))


def test_beside_other_rates_the_same_silence_may_say_nothing() -> None:
    assert found(THIRTY_SILENT, Market.TECH_REMOTE).weak is None
    assert found(THIRTY_SILENT).told_elsewhere == (Market.CAMPUS,)
    assert "of tech and remote work or of small employers" in words_for(found(THIRTY_SILENT)).sure


@pytest.mark.parametrize("market", Market)
def test_twelve_talks_and_no_offer_never_send_anybody_to_the_resume(market: Market) -> None:
    words = words_for(found(TWELVE_INTERVIEWS, market))
    assert words.title == "Your resume gets you conversations. Leave it alone."


def test_an_empty_diagnosis_has_words_of_its_own() -> None:
    assert found([]).verdict is Verdict.NOTHING_YET
    assert words_for(found([])).act is Act.PUT_IN


@pytest.mark.parametrize("pasts", [[], THREE_LETTERS, THIRTY_SILENT, TWELVE_INTERVIEWS])
def test_the_record_is_plain_json(pasts: list[Past]) -> None:
    record = as_record(found(pasts))
    assert json.loads(json.dumps(record)) == record


def test_the_wrong_fix_is_told_with_the_persons_own_numbers() -> None:
    assert wrong_fix(found(TWELVE_INTERVIEWS)) == (
        "Twelve of your twelve applications led to a first call; about one in eight is usual. The "
        "resume does its work, so polishing it would be the wrong fix."
    )
    assert wrong_fix(found(THIRTY_SILENT)).startswith("None of your thirty applications led to")
    assert wrong_fix(found(THREE_LETTERS)) == wrong_fix(found([])) == ""


# Stated reasons ----------------------------------------------------------------------------


def stated(reason: Reason, employer: str, letter: int) -> Stated:
    at = datetime(2026, 11, letter, tzinfo=NOW.tzinfo)
    return Stated(reason, "We look for more years in the role.", employer, letter, at)


def test_the_same_reason_from_two_employers_comes_before_all_figures() -> None:
    reasons = [stated(Reason.SENIORITY, "Harrow", 1), stated(Reason.SENIORITY, "Larkfield", 2)]
    words = words_for(diagnose(THIRTY_SILENT, stated=reasons, now=NOW))
    assert words.work_on[0].startswith("Two employers gave the same reason: seniority.")


def test_two_letters_of_one_employer_are_one_voice() -> None:
    reasons = [stated(Reason.SKILL, "Harrow", 1), stated(Reason.SKILL, "harrow", 2)]
    (only,) = diagnose([], stated=reasons, now=NOW).reasons
    assert not only.recurs
    assert [one.letter for one in only.stated] == [2, 1]


def test_a_reason_that_is_nobodys_fault_is_something_to_leave_alone() -> None:
    reasons = [stated(Reason.INTERNAL_CANDIDATE, name, n) for n, name in enumerate("ab", 1)]
    words = words_for(diagnose(THREE_LETTERS, stated=reasons, now=NOW))
    assert "That has nothing to do with you." in words.leave_alone[0]
    assert words.work_on == words_for(found(THREE_LETTERS)).work_on


# Time in a stage ---------------------------------------------------------------------------


def test_the_days_at_a_stage_end_with_the_next_or_with_a_no() -> None:
    def day(number: int) -> datetime:
        return NOW + timedelta(days=number)

    ways = [
        Way(
            Stage.INTERVIEW,
            day(0),
            ((Stage.INTERVIEW, day(20)), (Stage.SCREEN, day(8))),
            ended_at=day(27),
        ),
        Way(Stage.SCREEN, day(0), ((Stage.SCREEN, day(4)),)),
        Way(Stage.APPLICATION, day(0), (), ended_at=day(40)),
        Way(Stage.FINAL, day(0), (), ended_at=day(90)),
        Way(Stage.SCREEN, day(5), ((Stage.SCREEN, day(5)),)),  # only that letter is known
        Way(Stage.APPLICATION, day(6), (), ended_at=day(6)),
    ]
    application, screen, interview, final = paces(ways)
    assert (application.until_next, application.until_no) == ((4, 8), (40,))
    assert (screen.until_next, interview.until_no) == ((12,), (7,))
    assert application.median_until_next == 6
    assert final.median_until_no is None


def test_a_letter_that_is_the_first_and_the_last_tells_no_days() -> None:
    ways = [
        Way(Stage.APPLICATION, NOW, (), ended_at=NOW),
        Way(Stage.INTERVIEW, NOW, ((Stage.INTERVIEW, NOW),), ended_at=NOW + timedelta(days=9)),
    ]
    application, _screen, interview, _final = paces(ways)
    assert application.until_next == application.until_no == ()
    assert interview.until_no == (9,)


# The week ----------------------------------------------------------------------------------


@pytest.mark.parametrize("weeks", range(8))
def test_every_week_has_a_skill_and_something_for_the_heart(weeks: int) -> None:
    ends = NOW.date() + timedelta(weeks=weeks)
    week = Week(ends - timedelta(days=6), ends, applied=1, noes=2)
    told = look_back(week, found(THIRTY_SILENT))
    assert told.happened == ("One application begun", "Two letters that said no")
    assert told.skill
    assert told.support
    assert look_back(week, found(THIRTY_SILENT)) == told


def test_a_week_on_paper_sends_nobody_to_speak_aloud() -> None:
    week = Week(NOW.date() - timedelta(days=6), NOW.date())
    assert "aloud" not in look_back(week, found(THIRTY_SILENT)).skill
    assert "aloud" in look_back(week, found(TWELVE_INTERVIEWS)).skill


def test_the_markdown_of_a_week_keeps_kind_words_in_one_quote() -> None:
    week = Week(NOW.date(), NOW.date(), kind_words="A pleasure\nto meet you.", kind_from="Ines")
    told = as_markdown(look_back(week, found([])))
    assert told.endswith("> A pleasure to meet you.\n>\n> Ines\n")
