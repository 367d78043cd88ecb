"""The steps of one plan, their days, and what is worth doing across all plans."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.plans import LETTER_AT, MONDAY, any_facts, days_later, decisions, facts_for

from kindregards.core.letters.reading import Stage
from kindregards.core.plan import (
    TODAY_AT_MOST,
    Choice,
    Decision,
    Facts,
    State,
    Step,
    StepKind,
    is_awake,
    next_step,
    reminder_dates,
    steps,
    touch_dates,
    worth_doing,
)

FRIDAY = LETTER_AT.date()


def days_of(facts: Facts) -> dict[StepKind, date]:
    return {step.kind: step.on for step in steps(facts)}


def state_of(facts: Facts, kind: StepKind) -> State:
    return next(step.state for step in steps(facts) if step.kind is kind)


def now_in(facts: Facts) -> StepKind | None:
    return next((step.kind for step in steps(facts) if step.state is State.NOW), None)


def settled(*kinds: StepKind, on: date = FRIDAY) -> dict[StepKind, Decision]:
    return {kind: Decision(Choice.DONE, decided_on=on) for kind in kinds}


def test_a_fresh_plan_has_its_seven_steps_on_the_days_of_the_rules() -> None:
    assert [(step.kind, step.on) for step in steps(facts_for())] == [
        (StepKind.FACTS, FRIDAY),
        (StepKind.MEANING, date(2026, 11, 21)),
        (StepKind.ASK, MONDAY),
        (StepKind.DISTANCE, date(2026, 11, 24)),
        (StepKind.NETWORK, date(2026, 11, 27)),
        (StepKind.ENCOURAGEMENT, date(2026, 11, 28)),
        (StepKind.IMPROVE, date(2026, 11, 29)),
    ]


@pytest.mark.parametrize(
    ("days", "kinds", "stage", "now"),
    [
        pytest.param(0, (), Stage.INTERVIEW, StepKind.FACTS, id="the evening: the facts"),
        pytest.param(0, (StepKind.FACTS,), Stage.INTERVIEW, None, id="then a night's sleep"),
        pytest.param(
            1, (StepKind.FACTS,), Stage.INTERVIEW, StepKind.MEANING, id="the day after: meaning"
        ),
        pytest.param(3, (), Stage.INTERVIEW, StepKind.ASK, id="asking closes soonest"),
        pytest.param(3, (), Stage.APPLICATION, StepKind.FACTS, id="asking is rarely answered here"),
        pytest.param(15, (), Stage.INTERVIEW, StepKind.FACTS, id="too late to ask"),
        pytest.param(
            30,
            tuple(kind for kind in StepKind if kind is not StepKind.ASK),
            Stage.APPLICATION,
            StepKind.ASK,
            id="the rest done, asking is left",
        ),
        pytest.param(40, tuple(StepKind), Stage.INTERVIEW, None, id="everything is settled"),
    ],
)
def test_the_step_of_today_is_what_fades_or_closes_soonest(
    days: int, kinds: tuple[StepKind, ...], stage: Stage, now: StepKind | None
) -> None:
    assert now_in(facts_for(now=days_later(days), stage=stage, decisions=settled(*kinds))) == now


def test_of_two_steps_on_one_day_the_one_for_now_stands_first() -> None:
    on_time = facts_for(now=datetime(2026, 11, 24, 12, tzinfo=UTC))
    told = settled(StepKind.FACTS, on=MONDAY) | settled(StepKind.MEANING, on=MONDAY)
    put_off = Decision(put_off_until=date(2026, 11, 27))
    on_friday = replace(on_time, now=on_time.now + timedelta(days=3), decisions=told)
    late = {StepKind.IMPROVE: put_off, StepKind.ASK: put_off, StepKind.NETWORK: put_off}
    waiting = steps(replace(on_friday, decisions=told | late))
    same_day = [step.kind for step in waiting if step.on == on_friday.today]
    assert same_day == [StepKind.ASK, StepKind.NETWORK]
    asked = told | {StepKind.ASK: Decision(Choice.SKIPPED, decided_on=MONDAY)}
    on_saturday = replace(on_time, now=on_time.now + timedelta(days=4))
    talk_put_off = {StepKind.NETWORK: Decision(put_off_until=date(2026, 11, 28))}
    waiting = steps(replace(on_saturday, decisions=asked | talk_put_off))
    same_day = [step.kind for step in waiting if step.on == on_saturday.today]
    assert same_day == [StepKind.ENCOURAGEMENT, StepKind.NETWORK]


def test_settled_steps_stand_first_and_the_others_follow_by_day() -> None:
    facts = facts_for(
        now=days_later(4),
        decisions={
            StepKind.IMPROVE: Decision(Choice.SKIPPED, decided_on=MONDAY),
            StepKind.FACTS: Decision(Choice.DONE, decided_on=MONDAY),
            StepKind.ASK: Decision(put_off_until=date(2026, 12, 24)),
        },
    )
    assert [step.kind for step in steps(facts)] == [
        StepKind.FACTS,
        StepKind.IMPROVE,
        StepKind.MEANING,
        StepKind.DISTANCE,
        StepKind.NETWORK,
        StepKind.ENCOURAGEMENT,
        StepKind.ASK,
    ]


def test_the_meaning_waits_a_night_after_the_facts_whenever_they_were_written() -> None:
    written = settled(StepKind.FACTS, on=date(2026, 11, 26))
    assert days_of(facts_for(decisions=written))[StepKind.MEANING] == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("facts", "meaning"),
    [
        pytest.param(facts_for(now=days_later(3)), date(2026, 11, 24), id="not written yet"),
        pytest.param(
            facts_for(decisions={StepKind.FACTS: Decision(put_off_until=date(2026, 12, 1))}),
            date(2026, 12, 2),
            id="put off",
        ),
    ],
)
def test_the_meaning_never_comes_before_the_facts(facts: Facts, meaning: date) -> None:
    assert days_of(facts)[StepKind.MEANING] == meaning


def test_asking_later_moves_the_calm_distance_the_network_and_what_follows() -> None:
    asked = facts_for(asked_at=datetime(2026, 12, 2, 9, tzinfo=UTC))
    assert {kind: day for kind, day in days_of(asked).items() if day >= date(2026, 12, 2)} == {
        StepKind.ASK: date(2026, 12, 2),
        StepKind.DISTANCE: date(2026, 12, 3),
        StepKind.NETWORK: date(2026, 12, 7),  # the fourth day after is a Sunday
        StepKind.ENCOURAGEMENT: date(2026, 12, 7),
        StepKind.IMPROVE: date(2026, 12, 8),
    }


def test_a_letter_that_was_sent_settles_asking_even_where_it_had_been_skipped() -> None:
    facts = facts_for(
        asked_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        decisions={StepKind.ASK: Decision(Choice.SKIPPED, decided_on=FRIDAY)},
    )
    ask = next(step for step in steps(facts) if step.kind is StepKind.ASK)
    assert (ask.state, ask.on) == (State.DONE, date(2026, 11, 24))


def test_the_reminder_comes_a_week_after_asking_and_on_a_weekday() -> None:
    assert reminder_dates(facts_for()) == (date(2026, 11, 30), date(2026, 12, 3))
    on_saturday = facts_for(asked_at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert reminder_dates(on_saturday) == (date(2026, 11, 30), date(2026, 12, 1))


def test_the_people_hear_again_after_one_three_and_six_months() -> None:
    asked = facts_for(asked_at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert touch_dates(asked) == (date(2026, 12, 24), date(2027, 2, 22), date(2027, 5, 23))
    assert touch_dates(facts_for())[0] == FRIDAY + timedelta(days=30)


def test_next_is_the_step_of_today_else_the_first_to_come_else_none() -> None:
    today = steps(facts_for(now=days_later(3)))
    waiting = steps(facts_for(decisions=settled(StepKind.FACTS)))
    over = steps(facts_for(decisions=settled(*StepKind)))
    assert [getattr(next_step(some), "kind", None) for some in (today, waiting, over)] == [
        StepKind.ASK,
        StepKind.MEANING,
        None,
    ]


# What is worth doing ------------------------------------------------------------------------


def test_each_plan_has_its_say_once_before_any_has_it_twice() -> None:
    plans = [(name, facts_for(now=days_later(10))) for name in ("one", "two", "three")]
    told = [name for name, _facts, _step in worth_doing(plans)]
    assert Counter(told[:3]) == {"one": 1, "two": 1, "three": 1}
    assert len(told) == TODAY_AT_MOST


def test_the_newest_letter_comes_first_among_equals() -> None:
    older = facts_for(letter_at=LETTER_AT - timedelta(days=2))
    plans = [("older", older), ("newer", facts_for())]
    assert [name for name, _facts, _step in worth_doing(plans)][:2] == ["newer", "older"]


def test_an_old_letter_keeps_quiet_until_its_plan_is_begun() -> None:
    old = facts_for(letter_at=LETTER_AT - timedelta(days=31), now=days_later(3))
    begun = replace(old, decisions=settled(StepKind.FACTS))
    assert worth_doing([("old", old)]) == []
    assert [name for name, _facts, _step in worth_doing([("begun", begun)])] != []


def test_an_old_letter_can_still_be_worked_on_from_the_day_it_came_in() -> None:
    old = facts_for(letter_at=LETTER_AT - timedelta(days=400))
    assert days_of(old)[StepKind.FACTS] == old.opened_at.date()


def test_a_plan_that_rested_for_two_months_asks_for_nothing() -> None:
    assert is_awake(facts_for(now=days_later(60)))
    assert not is_awake(facts_for(now=days_later(61)))
    assert is_awake(facts_for(now=days_later(61), decisions=settled(StepKind.FACTS, on=MONDAY)))


def test_a_step_put_off_for_long_comes_back_on_its_day() -> None:
    in_april = date(2027, 4, 1)
    put_off = {StepKind.NETWORK: Decision(put_off_until=in_april)}
    others = settled(*(kind for kind in StepKind if kind is not StepKind.NETWORK))
    waiting = facts_for(decisions=others | put_off)
    told = {
        day: [step.kind for _plan, _facts, step in worth_doing([("", replace(waiting, now=day))])]
        for day in (datetime(2027, 3, 31, 9, tzinfo=UTC), datetime(2027, 4, 1, 9, tzinfo=UTC))
    }
    assert list(told.values()) == [[], [StepKind.NETWORK]]


# What always holds --------------------------------------------------------------------------


@given(any_facts())
def test_every_plan_has_each_step_once_and_at_most_one_now(facts: Facts) -> None:
    all_steps = steps(facts)
    assert sorted(step.kind for step in all_steps) == sorted(StepKind)
    assert sum(step.state is State.NOW for step in all_steps) <= 1


@given(any_facts())
def test_a_step_that_is_due_makes_one_now(facts: Facts) -> None:
    all_steps = steps(facts)
    due = [
        step
        for step in all_steps
        if step.state in (State.NOW, State.LATER) and step.on <= facts.today
    ]
    assert any(step.state is State.NOW for step in all_steps) == bool(due)


@given(any_facts())
def test_no_open_step_is_due_before_its_own_rule_allows(facts: Facts) -> None:
    open_days = {
        step.kind: step.on for step in steps(facts) if step.state in (State.NOW, State.LATER)
    }
    start = facts.letter_at.date() if facts.is_fresh else facts.opened_at.date()
    written = facts.decisions.get(StepKind.FACTS, Decision()).decided_on or start
    asked = facts.asked_at.date() if facts.asked_at else facts.ask_on
    earliest = {
        StepKind.FACTS: start,
        StepKind.MEANING: written + timedelta(days=1),
        StepKind.ASK: facts.ask_on,
        StepKind.DISTANCE: asked + timedelta(days=1),
        StepKind.NETWORK: asked + timedelta(days=1),
        StepKind.ENCOURAGEMENT: asked,
        StepKind.IMPROVE: asked,
    }
    assert [kind for kind, day in open_days.items() if day < earliest[kind]] == []


@given(any_facts())
def test_what_was_put_off_never_shows_before_its_day(facts: Facts) -> None:
    early = [
        step
        for _plan, _facts, step in worth_doing([("", facts)])
        if step.decision.put_off_until and step.decision.put_off_until > facts.today
    ]
    assert early == []
    assert all(
        step.state is not State.NOW
        for step in steps(facts)
        if step.decision.put_off_until and step.decision.put_off_until > facts.today
    )


@given(any_facts(), st.data())
def test_any_order_of_decisions_gives_the_same_steps(facts: Facts, data: st.DataObject) -> None:
    order = data.draw(st.permutations(list(facts.decisions.items())))
    assert steps(replace(facts, decisions=dict(order))) == steps(facts)


@given(any_facts(), decisions)
def test_a_decision_about_one_step_leaves_the_notes_of_all(
    facts: Facts, others: dict[StepKind, Decision]
) -> None:
    noted = {kind: replace(decision, note=kind.value) for kind, decision in others.items()}
    kept = {step.kind: step.decision.note for step in steps(replace(facts, decisions=noted))}
    assert kept == {kind: kind.value if kind in noted else "" for kind in StepKind}


@given(st.lists(any_facts(), max_size=8))
def test_at_most_five_things_and_every_waiting_plan_before_any_twice(plans: list[Facts]) -> None:
    found = worth_doing(enumerate(plans))
    told = Counter(place for place, _facts, _step in found)
    speaking = [place for place, facts in enumerate(plans) if worth_doing([(place, facts)])]
    assert len(found) <= TODAY_AT_MOST
    assert set(told) <= set(speaking)
    if any(count > 1 for count in told.values()):
        assert set(told) == set(speaking)
    assert all(step.on <= facts.today for _place, facts, step in found)


def test_the_order_of_plans_does_not_change_what_is_worth_doing() -> None:
    plans = [(str(age), facts_for(letter_at=LETTER_AT - timedelta(days=age))) for age in range(4)]

    def told(order: tuple[tuple[str, Facts], ...]) -> list[tuple[str, Step]]:
        return [(name, step) for name, _facts, step in worth_doing(order)]

    assert all(told(order) == told(tuple(plans)) for order in permutations(plans))
