"""Which next: simulations of people, and what is said of their marks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from kindregards.core.speeches.choosing import Belief, Heard, Wish, choose
from kindregards.core.speeches.lift import ENOUGH, lift_of, lifts, said_change, said_lift
from kindregards.core.speeches.speech import Direction, Evening, Speech, SpeechKind

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
KINDS = (SpeechKind.OWN, SpeechKind.TALK, SpeechKind.TEXT)
EVENING = Wish(hour=20)


def _speech(key: str, kind: SpeechKind, direction: Direction, **more: object) -> Speech:
    return Speech(key, kind, key, "", direction, 3.0, **more)  # type: ignore[arg-type]


THERE = [
    _speech(f"{kind}-{direction}-{number}", kind, direction)
    for kind in KINDS
    for direction in Direction
    for number in range(4)
]


def _lived(lifts_by: Callable[[Speech], float], *, uses: int, seed: int) -> list[Heard]:
    """What somebody heard, the latest first, whose marks change so with some noise."""
    chance = random.Random(seed)
    heard: list[Heard] = []
    for use in range(uses):
        chosen = choose(THERE, heard, EVENING, seed=seed * 1000 + use)
        assert chosen is not None
        one = chosen.speech
        change = round(max(-8, min(8, lifts_by(one) + chance.gauss(0, 1))))
        at = NOW + timedelta(days=use)
        heard.insert(0, Heard(one.key, one.kind, one.direction, at, change))
    return heard


def _share(heard: list[Heard], direction: Direction) -> float:
    return sum(one.direction is direction for one in heard) / len(heard)


def _by_stories(one: Speech) -> float:
    return 2.0 if one.direction is Direction.STORY else 0.0


def test_somebody_lifted_by_stories_is_offered_them_more_and_more() -> None:
    lives = [_lived(_by_stories, uses=45, seed=seed) for seed in range(20)]
    early = sum(_share(heard[-10:], Direction.STORY) for heard in lives) / len(lives)
    late = sum(_share(heard[:15], Direction.STORY) for heard in lives) / len(lives)
    assert early < 0.6
    assert late > 0.75


def test_somebody_lifted_by_talks_alone_is_offered_talks_more_and_more() -> None:
    lives = [
        _lived(lambda one: 2.0 if one.kind is SpeechKind.TALK else -0.5, uses=45, seed=seed)
        for seed in range(20)
    ]
    late = [one.kind for heard in lives for one in heard[:15]]
    assert Counter(late)[SpeechKind.TALK] / len(late) > 0.75


def test_somebody_lifted_by_nothing_is_not_told_otherwise() -> None:
    believed = []
    for seed in range(20):
        heard = _lived(lambda _one: 0.0, uses=40, seed=seed)
        told = lift_of(one.change for one in heard if one.change is not None)
        assert told is not None
        assert abs(told.middle) <= 0.5
        belief = Belief(heard)
        believed += [abs(belief.lift(kind, way)) for kind in KINDS for way in Direction]
    assert sum(believed) / len(believed) < 0.4
    assert sum(one > 0.9 for one in believed) / len(believed) < 0.05


def test_somebody_who_sinks_each_time_is_told_so() -> None:
    told = lift_of([-2, -1, -1, -3, -1, -2])
    assert told is not None
    assert said_lift("all of it", told) == (
        "Six times you marked before and after. In the middle your mark was one and a half steps "
        "lower afterwards; it lay between three steps lower and one step lower."
    )


def test_what_was_never_marked_counts_for_nothing_and_against_nothing() -> None:
    marked = [Heard("a", SpeechKind.TALK, Direction.FIRE, NOW, 2.0)]
    skipped = [Heard("b", SpeechKind.OWN, Direction.CALM, NOW) for _time in range(30)]
    for kind in KINDS:
        assert Belief(marked).lift(kind, Direction.CALM) == pytest.approx(
            Belief([*skipped, *marked]).lift(kind, Direction.CALM)
        )
    assert lifts([*skipped, *marked]) == []


def test_nothing_is_promised_of_anything_before_there_are_marks() -> None:
    assert all(Belief([]).lift(kind, way) == 0 for kind in SpeechKind for way in Direction)


@pytest.mark.parametrize("seed", range(40))
def test_never_the_same_twice_in_a_row(seed: int) -> None:
    heard = [Heard(THERE[0].key, THERE[0].kind, THERE[0].direction, NOW, 8.0)]
    chosen = choose(THERE, heard, EVENING, seed=seed)
    assert chosen is not None
    assert chosen.speech.key != THERE[0].key


def test_what_is_alone_in_fitting_comes_again() -> None:
    heard = [Heard(THERE[0].key, THERE[0].kind, THERE[0].direction, NOW, 1.0)]
    chosen = choose(THERE[:1], heard, EVENING, seed=1)
    assert chosen is not None
    assert chosen.speech == THERE[0]


def test_something_new_comes_now_and_then_though_one_thing_always_lifts() -> None:
    heard = _lived(_by_stories, uses=30, seed=5)
    known = {one.key for one in heard}
    fresh = _speech("fresh", SpeechKind.TEXT, Direction.FIRE)
    chosen = [choose([*THERE, fresh], heard, EVENING, seed=seed) for seed in range(200)]
    new = sum(one is not None and one.speech.key not in known for one in chosen)
    assert 0.1 < new / 200 < 0.6


def test_the_same_evening_gives_the_same_choice() -> None:
    heard = _lived(_by_stories, uses=8, seed=2)
    assert choose(THERE, heard, EVENING, seed=9) == choose(THERE, heard, EVENING, seed=9)


@pytest.mark.parametrize("direction", Direction)
def test_the_direction_that_is_wished_is_given(direction: Direction) -> None:
    for seed in range(20):
        chosen = choose(THERE, [], Wish(hour=20, direction=direction), seed=seed)
        assert chosen is not None
        assert chosen.speech.direction is direction


def test_fire_is_not_offered_at_night_or_at_a_low_mark_unless_it_is_wished() -> None:
    quiet = [
        choose(THERE, [], wish, seed=seed)
        for seed in range(60)
        for wish in (Wish(hour=23), Wish(hour=3), Wish(hour=15, is_low=True))
    ]
    assert all(one and one.speech.direction is not Direction.FIRE for one in quiet)
    assert choose(THERE, [], Wish(hour=23, direction=Direction.FIRE), seed=1) is not None


def test_what_is_too_long_or_of_unknown_length_is_left_out() -> None:
    long = _speech("long", SpeechKind.TALK, Direction.CALM)
    unknown = Speech("unknown", SpeechKind.TEXT, "", "", Direction.CALM, None)
    assert choose([long, unknown], [], Wish(hour=20, longest=2), seed=1) is None
    assert choose([], [], EVENING, seed=1) is None


def test_a_piece_for_this_evening_is_preferred_and_says_so() -> None:
    fitting = _speech(
        "last-round", SpeechKind.OWN, Direction.CALM, evenings=frozenset({Evening.FINAL})
    )
    wish = Wish(hour=20, evenings=frozenset({Evening.FINAL}))
    chosen = [choose([*THERE, fitting], [], wish, seed=seed) for seed in range(300)]
    many = sum(one is not None and one.speech == fitting for one in chosen)
    assert many / 300 > 5 / (len(THERE) + 1)
    why = next(one.why for one in chosen if one is not None and one.speech == fitting)
    assert why == "It is for an evening like this one."


def test_why_this_one_never_speaks_of_effects() -> None:
    heard = _lived(_by_stories, uses=30, seed=4)
    for seed in range(100):
        for wish in (EVENING, Wish(hour=15, is_low=True), Wish(hour=20, direction=Direction.CALM)):
            chosen = choose(THERE, heard, wish, seed=seed)
            assert chosen is not None
            for word in ("because", "help", "better", "lift", "mark"):
                assert word not in chosen.why


def test_under_six_uses_nothing_is_said_and_from_six_on_the_middle_with_its_range() -> None:
    assert lift_of([1, 2, 1, 2, 1]) is None
    assert ENOUGH == 6
    told = lift_of([0, 0, 0, 1, -1, 0])
    assert told is not None
    assert said_lift("a story", told) == (
        "Six times you marked before and after around a story. In the middle your mark was where "
        "it had been before; it lay between one step lower and one step higher."
    )


def test_each_direction_is_told_only_from_six_marks_of_its_own() -> None:
    calm = [Heard(f"c{one}", SpeechKind.OWN, Direction.CALM, NOW, 1.0) for one in range(6)]
    fire = [Heard(f"f{one}", SpeechKind.OWN, Direction.FIRE, NOW, 5.0) for one in range(5)]
    assert [name for name, _lift in lifts([*calm, *fire])] == ["all of it", "calm"]


def test_a_change_is_said_in_steps() -> None:
    assert said_change(1) == "one step higher than before"
    assert said_change(-2) == "two steps lower than before"
    assert said_change(0) == "where it was before"
