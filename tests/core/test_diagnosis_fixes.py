"""What people try after a no, beside a person's own numbers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.pasts import NOW, OPEN, some

from kindregards.core.applications import Outcome
from kindregards.core.diagnosis import (
    Counted,
    Diagnosis,
    Fix,
    Market,
    Past,
    Route,
    Speaks,
    Stated,
    diagnose,
    fixes,
    passings_in,
    practice_first,
)
from kindregards.core.letters.reading import Reason, Stage

THIRTY_SILENT = some(30, outcome=OPEN)
SIXTEEN_INTERVIEWS = some(16, Stage.INTERVIEW)
NOTHING = Counted()


def found(pasts: list[Past], *stated: Stated) -> Diagnosis:
    return diagnose(pasts, stated=stated, now=NOW)


def named(key: str, found: Diagnosis, counted: Counted = NOTHING) -> Fix:
    return next(one for one in fixes(found, counted) if one.key == key)


def stated(reason: Reason, letter: int) -> Stated:
    return Stated(reason, "You lacked SQL.", f"Mill {letter}", letter, NOW - timedelta(letter))


def test_conversations_speak_against_a_new_resume_with_the_persons_own_numbers() -> None:
    resume = named("resume", found(SIXTEEN_INTERVIEWS))
    assert resume.speaks is Speaks.AGAINST
    assert resume.own == (
        "Sixteen of your sixteen applications led to a first call; about one in eight is usual. "
        "The one you have does its work."
    )
    assert named("template", found(SIXTEEN_INTERVIEWS)).speaks is Speaks.AGAINST


def test_thirty_without_a_call_speak_for_the_resume_and_against_a_coach_for_interviews() -> None:
    silent = found(THIRTY_SILENT)
    assert named("resume", silent).speaks is Speaks.FOR
    assert named("resume", silent).own.endswith("This is the place to work.")
    assert named("coach", silent).speaks is Speaks.AGAINST
    assert named("more", silent).speaks is Speaks.AGAINST


def test_losses_after_conversations_speak_for_practice() -> None:
    coach = named("coach", found(some(20, Stage.INTERVIEW)))
    assert coach.speaks is Speaks.FOR
    assert "paid or not" in coach.own


@pytest.mark.parametrize(
    ("reasons", "speaks", "words"),
    [
        pytest.param([], Speaks.NOT, "None of nine letters that said no names a skill", id="none"),
        pytest.param([Reason.SKILL], Speaks.FOR, "One employer named a skill: “You lac", id="one"),
        pytest.param([Reason.SALARY], Speaks.NOT, "One says little.", id="another reason"),
        pytest.param(
            [Reason.SALARY, Reason.TIMING], Speaks.AGAINST, "Two letters state a reason", id="two"
        ),
    ],
)
def test_a_certificate_is_judged_by_what_letters_name(
    reasons: list[Reason], speaks: Speaks, words: str
) -> None:
    given = [stated(reason, number) for number, reason in enumerate(reasons, 1)]
    fix = named("certificate", found(some(9), *given), Counted(rejections=9))
    assert fix.speaks is speaks
    assert words in fix.own


def test_more_applications_are_told_by_what_ten_more_would_lead_to() -> None:
    pasts = [*some(14), *some(2, Stage.SCREEN)]
    assert named("more", found(pasts)).own == (
        "Two of your sixteen applications led to a first call; about one in eight is usual. Ten "
        "more like them would lead to about one."
    )


def test_a_word_from_inside_is_told_where_there_is_one() -> None:
    pasts = [*some(9), *some(3, Stage.SCREEN, route=Route.REFERRAL)]
    more = named("more", found(pasts)).own
    assert more.endswith("With a word from inside, three of three did; directly, none of nine.")


def test_under_five_nothing_but_counts_is_told_and_nothing_speaks() -> None:
    told = fixes(found(some(3)), Counted(rejections=3))
    assert {one.speaks for one in told} == {Speaks.NOT}
    assert named("resume", found(some(3))).own == (
        "None of your three applications led to a first call. That is too few to tell."
    )
    assert named("resume", found(some(1))).own.endswith("one says nothing.")
    assert named("resume", found([])).own == "None of your applications can be counted yet."


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        pytest.param(NOTHING, "No letter here has said no yet.", id="no letter"),
        pytest.param(Counted(rejections=1), "leaves no door open in so many words", id="one"),
        pytest.param(Counted(rejections=1, open_doors=1), "leaves a door open for", id="one open"),
        pytest.param(Counted(rejections=9, open_doors=1), "One of nine letters that said", id="1"),
        pytest.param(Counted(rejections=9, open_doors=3), "no leave a door open for", id="three"),
    ],
)
def test_an_appeal_is_told_by_the_doors_that_letters_leave(counted: Counted, words: str) -> None:
    fix = named("appeal", found(some(9)), counted)
    assert words in fix.own
    assert fix.speaks is Speaks.NOT


def test_letters_against_advice_without_an_answer_speak_against_an_appeal() -> None:
    counted = Counted(rejections=9, overruled=2)
    fix = named("appeal", found(some(9)), counted)
    assert fix.speaks is Speaks.AGAINST
    assert fix.own.endswith("Two went out against advice here; none was answered.")
    answered = named("appeal", found(some(9)), Counted(9, 0, 0, 0, overruled=1))
    assert answered.own.endswith("One went out against advice here, and no answer came.")


def test_writing_again_is_told_by_the_answers_that_came() -> None:
    assert "Asking once is welcome." in named("again", found([])).own
    once = named("again", found(some(9)), Counted(asked=1))
    assert once.own == "You asked for advice once, and no answers came. One in ten is usual."
    more = named("again", found(some(9)), Counted(asked=4, answered=1))
    assert more.own.startswith("You asked for advice four times, and one answer came.")


def test_what_the_letters_speak_of_comes_first() -> None:
    speaks = [one.speaks is Speaks.NOT for one in fixes(found(THIRTY_SILENT), NOTHING)]
    assert speaks == sorted(speaks)


def test_answers_come_before_the_resume_only_where_letters_say_so() -> None:
    assert practice_first(found(SIXTEEN_INTERVIEWS).passings) is True
    assert practice_first(found(THIRTY_SILENT).passings) is False
    assert practice_first(found(some(3)).passings) is None


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 40),
    st.integers(0, 20),
    st.sampled_from(Stage),
    st.sampled_from(Market),
    st.builds(Counted, *[st.integers(0, 30)] * 6),
)
def test_every_search_gets_whole_and_calm_sentences(
    ended: int, came: int, stage: Stage, market: Market, counted: Counted
) -> None:
    pasts = [*some(ended), *some(came, stage, outcome=Outcome.REJECTED)]
    told = fixes(diagnose(pasts, market=market, now=NOW), counted)
    assert len(told) == 7
    assert len({one.key for one in told}) == 7
    for one in told:
        for text in (one.research, one.own):
            assert re.fullmatch(r"[A-Z\d].{20,240}[.”]", text), text
            assert "!" not in text
            assert "should" not in one.own.replace("should work on", "")


def test_the_passages_alone_are_those_of_the_diagnosis() -> None:
    for pasts in ([], some(3), THIRTY_SILENT, SIXTEEN_INTERVIEWS):
        assert passings_in(pasts, now=NOW) == found(pasts).passings
