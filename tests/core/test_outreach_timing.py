"""When a letter is welcome, and what to expect of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.letters.reading import Stage
from kindregards.core.outreach import Moment, answer_chance, send_window
from kindregards.core.outreach.timing import good_morning

BERLIN = timezone(timedelta(hours=2))
WEDNESDAY = datetime(2026, 10, 14, 9, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("hours", "moment", "sentence"),
    [
        (
            2,
            Moment.EARLY,
            "Thursday before 11, a day after the letter, is a good time.",
        ),
        (24, Moment.BEST, "Today before 11, a day after the letter."),
        (36, Moment.BEST, "Friday before 11, two days after the letter."),
        (80, Moment.GOOD, "Monday before 11, five days after the letter."),
        (
            9 * 24,
            Moment.LATE,
            "It is late for this letter, and not too late."
            " Today before 11, 9 days after the letter.",
        ),
        (
            15 * 24,
            Moment.CLOSED,
            "The letter is more than two weeks old. A word on another occasion is better now.",
        ),
    ],
)
def test_a_window_opens_after_a_night_and_closes_after_two_weeks(
    hours: int, moment: Moment, sentence: str
) -> None:
    window = send_window(WEDNESDAY, WEDNESDAY + timedelta(hours=hours))
    assert (window.moment, window.sentence) == (moment, sentence)


def test_an_evening_letter_is_answered_a_day_and_a_half_later() -> None:
    letter_at = datetime(2026, 10, 13, 20, tzinfo=BERLIN)
    window = send_window(letter_at, datetime(2026, 10, 14, 22, tzinfo=BERLIN))
    assert window.sentence == "Thursday before 11, a day and a half after the letter."
    assert window.next_at == datetime(2026, 10, 15, 8, tzinfo=BERLIN)


def test_the_window_is_told_in_the_letters_own_offset() -> None:
    window = send_window(WEDNESDAY, datetime(2026, 10, 15, 7, 30, tzinfo=UTC))
    assert window.opens_at == datetime(2026, 10, 15, 9, tzinfo=BERLIN)
    assert window.next_at == datetime(2026, 10, 15, 9, 30, tzinfo=BERLIN)
    assert window.next_at.utcoffset() == timedelta(hours=2)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1), timezones=st.just(BERLIN)))  # noqa: DTZ001 - Hypothesis wants naive bounds
def test_a_good_morning_is_ahead_and_on_a_weekday(from_at: datetime) -> None:
    morning = good_morning(from_at)
    assert from_at <= morning < from_at + timedelta(days=4)
    assert morning.weekday() < 5
    assert 8 <= morning.hour < 11


@given(st.integers(0, 30 * 24), st.integers(0, 6 * 24))
def test_the_next_time_is_never_past_nor_before_it_opens(hours: int, shift: int) -> None:
    letter_at = WEDNESDAY + timedelta(hours=shift)
    now = letter_at + timedelta(hours=hours)
    window = send_window(letter_at, now)
    assert window.next_at >= max(now, window.opens_at)


@pytest.mark.parametrize(
    ("stage", "sent", "answered", "share", "sentence"),
    [
        (None, 0, 0, Fraction(1, 10), "About 1 in 10 answer"),
        (Stage.SCREEN, 0, 0, Fraction(1, 10), "About 1 in 10 answer"),
        (Stage.FINAL, 0, 0, Fraction(1, 5), "About 2 in 10 answer"),
        (Stage.INTERVIEW, 10, 5, Fraction(6, 20), "About 3 in 10 answer"),
        (Stage.APPLICATION, 90, 0, Fraction(1, 100), "About 1 in 100 answer"),
    ],
)
def test_the_chance_of_an_answer_starts_from_the_prior_and_learns(
    stage: Stage | None, sent: int, answered: int, share: Fraction, sentence: str
) -> None:
    chance = answer_chance(stage, sent=sent, answered=answered)
    assert (chance.share, chance.sentence) == (share, sentence)


def test_more_answers_than_letters_are_refused() -> None:
    with pytest.raises(ValueError, match="more answers than letters"):
        answer_chance(sent=1, answered=2)
