"""When the next word is due, whatever went before, and that the weeks never grow too full."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kindregards.core.network.rhythm import (
    DORMANT_AFTER,
    DORMANT_WEEKLY,
    WEEKLY,
    Closeness,
    Next,
    Reason,
    Tie,
    Waiting,
    Why,
    Written,
    next_word,
    spread,
    welcome_on,
)

TODAY = date(2026, 11, 23)
FAR = date(2100, 1, 1)


def ago(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=days)


def ahead(days: int) -> date:
    """So many days after today."""
    return TODAY + timedelta(days=days)


def tie_of(words: list[tuple[int, bool]], **more: object) -> Tie:
    """Somebody with words so many days ago, each from the person (True) or from them."""
    in_order = sorted(words, key=lambda one: (-one[0], one[1]))
    written = [ago(days) for days, mine in in_order if mine]
    unanswered = 0
    for _days, mine in in_order:
        unanswered = unanswered + 1 if mine else 0
    return Tie(
        last_on=max((ago(days) for days, _mine in words), default=None),
        written_on=tuple(written[-2:]),
        unanswered=unanswered,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        (Tie(), None),
        (Tie(last_on=ago(1)), Next(ago(1) + DORMANT_AFTER, Why.DORMANT)),
        (Tie(ended_on=ago(3), last_on=ago(3)), Next(ahead(27), Why.REJECTION)),
        (tie_of([(3, False), (1, True)], ended_on=ago(3)), Next(ahead(29), Why.REJECTION)),
        (tie_of([(40, False), (8, True)], ended_on=ago(40)), Next(ahead(50), Why.REJECTION)),
        (tie_of([(100, False), (95, True)], ended_on=ago(100)), Next(ago(10), Why.REJECTION)),
        (Tie(ended_on=ago(245)), None),
        (Tie(closeness=Closeness.WARM, last_on=ago(10)), Next(ahead(80), Why.CLOSENESS)),
        (Tie(closeness=Closeness.CLOSE), Next(TODAY, Why.CLOSENESS)),
        (Tie(closeness=Closeness.REST, last_on=ago(900), ended_on=ago(31)), None),
        (tie_of([(20, True), (9, True)], ended_on=ago(30)), Next(ahead(81), Why.REJECTION)),
        (
            Tie(last_on=ago(400), reasons=(Reason(ago(2), ahead(8)),)),
            Next(ago(2), Why.OCCASION, ahead(8)),
        ),
        (
            tie_of([(2, True)], closeness=Closeness.WEAK, reasons=(Reason(ago(1), ahead(4)),)),
            Next(ahead(178), Why.CLOSENESS),
        ),
        (
            Tie(ended_on=ago(31), passed_on=TODAY, last_on=ago(31)),
            Next(ahead(59), Why.REJECTION),
        ),
        (
            Tie(ended_on=ago(31), put_off_until=ahead(7), last_on=ago(31)),
            Next(ahead(7), Why.REJECTION),
        ),
    ],
    ids=[
        "nobody knows of a word",
        "silence of three years",
        "30 days after a rejection",
        "30 days after the question that followed it",
        "then 90 days",
        "the 90 days' word is late, and told",
        "long over",
        "every three months",
        "no word yet",
        "let rest",
        "two words without an answer rest for 90 days",
        "a reason comes first",
        "a reason does not outweigh that they were just written to",
        "passed over",
        "put off",
    ],
)
def test_the_next_word_is_due_on_its_day(tie: Tie, expected: Next | None) -> None:
    assert next_word(tie, TODAY) == expected


WORDS = st.lists(st.tuples(st.integers(0, 1500), st.booleans()), max_size=6)
REASONS = st.lists(
    st.builds(
        lambda began, lasts: Reason(ago(began), ago(began) + timedelta(days=lasts)),
        st.integers(-20, 70),
        st.integers(0, 60),
    ),
    max_size=3,
)
MORE = st.fixed_dictionaries(
    {
        "closeness": st.sampled_from([None, *Closeness]),
        "ended_on": st.none() | st.integers(0, 400).map(ago),
        "passed_on": st.none() | st.integers(0, 400).map(ago),
        "put_off_until": st.none() | st.integers(-60, 60).map(ahead),
        "reasons": REASONS.map(tuple),
    }
)


def day_of(tie: Tie) -> date:
    """When the next word is due; far away where it never is."""
    due = next_word(tie, TODAY)
    return due.on if due else FAR


@given(WORDS.filter(len), st.integers(0, 1500), MORE)
def test_another_word_of_the_persons_only_moves_the_next_one_later(
    words: list[tuple[int, bool]], days: int, more: dict[str, object]
) -> None:
    before, after = tie_of(words, **more), tie_of([*words, (days, True)], **more)
    assert day_of(after) >= day_of(before) or _falls_silent(before, after)


def _falls_silent(before: Tie, after: Tie) -> bool:
    """Where nothing was due any more, three years of silence from now on are something."""
    due = next_word(after, TODAY)
    return next_word(before, TODAY) is None and due is not None and due.why is Why.DORMANT


@given(WORDS, MORE)
def test_nothing_is_due_for_somebody_just_written_to(
    words: list[tuple[int, bool]], more: dict[str, object]
) -> None:
    assert day_of(tie_of([*words, (0, True)], **more)) >= ahead(7)


@given(WORDS, MORE)
def test_two_words_without_an_answer_rest_for_ninety_days(
    words: list[tuple[int, bool]], more: dict[str, object]
) -> None:
    tie = tie_of([*words, (12, True), (3, True)], **more)
    if tie.unanswered >= 2:
        assert day_of(tie) >= tie.written_on[-1] + timedelta(days=90)


@given(WORDS, MORE, st.integers(0, 2000))
@example([], {"closeness": Closeness.CLOSE, "ended_on": ago(121)}, 120)
def test_however_long_the_clock_stood_still_there_is_one_next_word_and_it_is_not_moved_back(
    words: list[tuple[int, bool]], more: dict[str, object], gap: int
) -> None:
    tie = replace(tie_of(words, **more), reasons=())
    before, after = next_word(tie, TODAY), next_word(tie, ahead(gap))
    if before is None:
        assert after is None
    elif after is not None:
        assert after.on >= before.on
        assert after == next_word(tie, ahead(gap))


def test_a_word_from_them_ends_the_rest() -> None:
    resting = tie_of([(20, True), (10, True)], ended_on=ago(85))
    answered = tie_of([(20, True), (10, True), (9, False)], ended_on=ago(85))
    assert (welcome_on(resting), welcome_on(answered)) == (ahead(80), ago(2))


# Weeks ----------------------------------------------------------------------------------------

WAITING = st.lists(
    st.builds(
        lambda days, house, dormant: (ahead(days), house, dormant),
        st.integers(-400, 60),
        st.sampled_from(["", "", "mill", "quay"]),
        st.booleans(),
    ),
    max_size=40,
)
WRITTEN = st.lists(
    st.builds(
        Written, st.integers(0, 6).map(ago), st.sampled_from(["", "mill", "quay"]), st.booleans()
    ),
    max_size=7,
)


def waiting_of(told: list[tuple[date, str, bool]]) -> list[Waiting]:
    """The same with a key each."""
    return [Waiting(key, *one) for key, one in enumerate(told)]


@given(WAITING, WRITTEN)
def test_no_seven_days_have_more_than_five_words(
    told: list[tuple[date, str, bool]], written: list[Written]
) -> None:
    placed = spread(waiting_of(told), written, TODAY, ahead(60))
    days = [on for _one, on in placed]
    dormant = [on for one, on in placed if one.is_dormant]
    for start in range(-6, 61):
        week = {ahead(start + day) for day in range(7)}
        new = sum(day in week for day in days)
        if new:
            assert new + sum(one.on in week for one in written) <= WEEKLY
        rare = sum(day in week for day in dormant)
        if rare:
            assert rare + sum(one.on in week and one.is_dormant for one in written) <= (
                DORMANT_WEEKLY
            )


@given(WAITING, WRITTEN)
def test_an_employer_hears_once_a_week_and_nobody_comes_before_their_day_or_twice(
    told: list[tuple[date, str, bool]], written: list[Written]
) -> None:
    placed = spread(waiting_of(told), written, TODAY, ahead(60))
    assert len({one.key for one, _on in placed}) == len(placed)
    assert all(on >= max(one.on, TODAY) for one, on in placed)
    for house in ("mill", "quay"):
        days = sorted(on for one, on in placed if one.house == house)
        assert all((b - a).days >= 7 for a, b in itertools.pairwise(days))


@given(WAITING, WRITTEN, st.randoms())
def test_the_same_people_are_told_in_whatever_order_they_come(
    told: list[tuple[date, str, bool]], written: list[Written], shuffling: object
) -> None:
    waiting = waiting_of(told)
    mixed = list(waiting)
    shuffling.shuffle(mixed)  # type: ignore[attr-defined]
    assert spread(mixed, written, TODAY, FAR) == spread(waiting, written, TODAY, FAR)


@given(WAITING, st.integers(0, 900))
def test_a_gap_of_any_length_brings_no_more_than_a_week_holds(
    told: list[tuple[date, str, bool]], gap: int
) -> None:
    later = ahead(gap)
    placed = spread(waiting_of(told), [], later, later + timedelta(days=6))
    assert len(placed) <= WEEKLY


def test_a_year_of_days_with_everything_done_at_once_keeps_to_five_a_week() -> None:
    waiting = waiting_of([(ago(day), "", day % 3 == 0) for day in range(300)])
    written: list[Written] = []
    for day in range(120):
        today = ahead(day)
        recent = [one for one in written if one.on > today - timedelta(days=7)]
        due = [one for one, on in spread(waiting, recent, today, today) if on == today]
        written += [Written(today, one.house, one.is_dormant) for one in due]
        waiting = [one for one in waiting if one not in due]
        week = [one for one in written if one.on > today - timedelta(days=7)]
        assert len(week) <= WEEKLY
    assert len(written) == 5 * 18  # every week of the 120 days has its five
