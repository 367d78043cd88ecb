"""The two short exercises, a screen at a time (R15, Appendix E)."""

from __future__ import annotations

import pytest

from kindregards.core.diagnosis import Market
from kindregards.core.exercises import SETBACKS, Coming, Screen, before, kindness

EVERY = [before(coming, market) for coming in Coming for market in Market]


@pytest.mark.parametrize("screens", EVERY)
def test_before_the_next_step_says_what_a_no_means_and_then_asks_for_three_plans(
    screens: tuple[Screen, ...],
) -> None:
    assert [screen.key for screen in screens] == ["no", "silence", "question", "late_no"]
    assert screens[0].label == ""
    assert screens[0].source
    assert all(screen.label for screen in screens[1:])


@pytest.mark.parametrize(
    ("coming", "market", "title"),
    [
        (
            Coming.APPLICATION,
            Market.GENERAL,
            "Of a hundred applications, about 13 lead to a talk",
        ),
        (
            Coming.APPLICATION,
            Market.TECH_REMOTE,
            "Of a hundred applications, about 5 lead to a talk",
        ),
        (Coming.TALK, Market.GENERAL, "Of a hundred first talks, about 32 lead on"),
        (Coming.FINAL, Market.GENERAL, "Of a hundred last rounds, about 32 end in an offer"),
        (Coming.INTERVIEW, Market.GENERAL, "Good people hear a no in one interview of five"),
        (Coming.LETTER, Market.CAMPUS, "About one in ten is answered"),
    ],
)
def test_the_figure_is_the_usual_one_of_where_they_apply(
    coming: Coming, market: Market, title: str
) -> None:
    assert before(coming, market)[0].title == title


def test_kindness_has_its_three_parts_and_offers_the_third_person() -> None:
    screens = kindness("Ada")
    assert [screen.key for screen in screens] == ["feeling", "others", "friend"]
    assert "about Ada by name, in the third person" in screens[2].said[1]
    assert screens[2].label == "To Ada"


def test_kindness_does_without_a_name() -> None:
    friend = kindness("")[2]
    assert "about yourself by name" in friend.said[1]
    assert friend.label == "The letter of a friend"


@pytest.mark.parametrize("screen", [*(one[0] for one in EVERY), *SETBACKS, *kindness("Ada")])
def test_each_screen_is_short_and_calm(screen: Screen) -> None:
    words = " ".join((screen.title, *screen.said, screen.label))
    assert len(words.split()) <= 80
    assert "!" not in words
    assert "{" not in words
