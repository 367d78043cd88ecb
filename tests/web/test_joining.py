"""Real letters join by thread, by names and by sender; many at once as one by one."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    ACKNOWLEDGED,
    FORM,
    INTERVIEWED,
    INVITED,
    NOW,
    OFFERED,
    a_letter,
    an_owner,
    received,
)

from kindregards.core.applications import Outcome
from kindregards.core.letters import parse_letter
from kindregards.core.letters.reading import Stage
from kindregards.web.applications.bulk import place_letters
from kindregards.web.letters.services import keep_letter
from kindregards.web.models import Application, Letter, Plan, ThreadId, User
from kindregards.web.plan.services import open_plans

Put = Callable[..., Letter]

# Words of a person who names neither employer nor role.
INVITED_BRIEFLY = """\
Hi Ada,

we would like to invite you to an interview on Thursday at two. Does that suit you?

Ines
"""


@pytest.fixture
def put(owner: User) -> Put:
    """Let a letter come in: `put(FORM, days=3, message_id="b")`, days after the first."""
    count = iter(range(1000))

    def _put(words: str, *, days: int = 0, **known: str) -> Letter:
        sent_at = NOW + timedelta(days=days)
        known.setdefault("message_id", f"n{next(count)}")
        return received(owner, a_letter(words, sent_at=sent_at, **known), now=sent_at)

    return _put


def test_letters_that_share_an_earlier_message_of_the_persons_own_join(put: Put) -> None:
    own = "<from-ada@home.example>"
    first = put(INVITED, References=f"{own}")
    other = put(FORM, employer="Us", role="", days=3, References=f"<x@home.example>\n {own}")
    assert other.application == first.application
    assert set(ThreadId.objects.values_list("identifier", flat=True)) == {own, "<x@home.example>"}


def test_an_answer_that_came_in_first_draws_in_what_it_answers(put: Put) -> None:
    answer = put(FORM, days=3, References="<first@brackwater.example>")
    first = put(INVITED, employer="Us", role="", message_id="first")
    assert first.application == answer.application


def test_a_letter_that_names_nothing_joins_by_its_sender(put: Put) -> None:
    first = put(ACKNOWLEDGED, sender="Jobs <jobs@brackwater.example>")
    brief = put(INVITED_BRIEFLY, days=5, role="", Subject="Thursday")
    assert brief.application == first.application
    assert brief.application is not None
    assert (brief.application.stage, brief.application.rounds) == (Stage.INTERVIEW, 1)


def test_a_system_that_sends_for_many_employers_joins_none_of_them(put: Put) -> None:
    system = "no-reply@greenhouse-mail.io"
    first = put(ACKNOWLEDGED, sender=f"Brackwater Mills <{system}>")
    other = put(FORM, employer="Larkfield", sender=f"Larkfield <{system}>", days=2)
    assert first.application != other.application


def test_a_process_of_several_rounds_tells_how_far_it_came(put: Put) -> None:
    for days, words in ((0, ACKNOWLEDGED), (7, INVITED), (20, INVITED), (21, INVITED)):
        put(words, days=days)
    application = Application.objects.get()
    assert (application.stage, application.rounds) == (Stage.INTERVIEW, 2)
    put(OFFERED, days=40)
    application.refresh_from_db()
    assert (application.stage, application.outcome) == (Stage.OFFER, Outcome.OFFERED)
    put(ACKNOWLEDGED, days=41)
    application.refresh_from_db()
    assert (application.stage, application.outcome) == (Stage.OFFER, Outcome.OFFERED)
    assert application.began_at == NOW
    assert application.last_heard_at == NOW + timedelta(days=41)


def test_the_same_role_again_after_the_refusal_is_a_new_application(put: Put) -> None:
    first = [put(ACKNOWLEDGED), put(FORM, days=10)]
    again = [put(ACKNOWLEDGED, days=100), put(INVITED, days=110)]
    assert len({one.application_id for one in first}) == 1
    assert len({one.application_id for one in again}) == 1
    assert first[0].application_id != again[0].application_id


# Many at once ---------------------------------------------------------------------------------


def a_life(employers: int) -> list[bytes]:
    """A year of letters: each employer acknowledges, some invite, most refuse, one comes back."""
    letters = []
    for number in range(employers):
        name, role = f"Harrow {number}", ("Data Analyst", "Planner")[number % 2]
        told = [(0, ACKNOWLEDGED), (12, FORM if number % 3 else INVITED)]
        told += [] if number % 3 else [(30, INTERVIEWED)]
        told += [(200, ACKNOWLEDGED), (220, FORM)] if number % 5 == 0 else []
        for days, words in told:
            letters.append(
                a_letter(
                    words,
                    employer=name,
                    role=role,
                    sent_at=NOW - timedelta(days=300 - number - days),
                    message_id=f"e{number}d{days}",
                    sender=f"Jobs <jobs@harrow{number}.example>",
                )
            )
    return letters


def kept(owner: User, letters: list[bytes]) -> list[Letter]:
    return [
        keep_letter(owner=owner, message=parse_letter(raw), raw=raw, pasted=False, now=NOW).letter
        for raw in letters
    ]


def told(owner: User) -> set[tuple[object, ...]]:
    """Everything that joining decides, without numbers."""
    return {
        (
            application.name,
            application.role_key,
            application.stage,
            application.rounds,
            application.outcome,
            application.decided_at,
            application.began_at,
            application.last_heard_at,
            tuple(sorted(application.letters.values_list("message_id", flat=True))),
        )
        for application in Application.objects.filter(owner=owner).select_related("employer")
    }


def test_many_at_once_in_any_order_join_as_one_by_one(owner: User) -> None:
    letters = a_life(10)
    other = an_owner("ben")
    for raw in letters:
        received(other, raw)
    random.Random(5).shuffle(letters)
    touched = place_letters(owner=owner, letters=kept(owner, letters), now=NOW)
    assert len(touched) == Application.objects.filter(owner=owner).count() == 12
    assert told(owner) == told(other)


def test_many_at_once_join_what_was_there_before(owner: User) -> None:
    letters = a_life(4)
    before = received(owner, letters[0])
    place_letters(owner=owner, letters=kept(owner, letters[1:]), now=NOW)
    before.refresh_from_db()
    assert before.application is not None
    assert before.application.letters.count() == 3


def test_placing_many_twice_changes_nothing(owner: User) -> None:
    letters = kept(owner, a_life(4))
    place_letters(owner=owner, letters=letters, now=NOW)
    before = told(owner)
    assert place_letters(owner=owner, letters=letters, now=NOW) == []
    assert told(owner) == before


def test_letters_about_nothing_are_left_alone(owner: User) -> None:
    receipt = a_letter("Hello Ada,\n\nhere is the receipt for your winter boots.\n")
    assert place_letters(owner=owner, letters=kept(owner, [receipt]), now=NOW) == []
    assert Application.objects.count() == 0


def test_the_plans_of_many_open_at_once_and_once(owner: User) -> None:
    touched = place_letters(owner=owner, letters=kept(owner, a_life(6)), now=NOW)
    refused = [one for one in touched if one.outcome == Outcome.REJECTED]
    open_plans(applications=touched, now=NOW)
    open_plans(applications=touched, now=NOW)
    assert Plan.objects.count() == len(refused) > 0


def test_ten_times_the_letters_take_no_more_questions(owner: User) -> None:
    few = kept(owner, a_life(3))
    with CaptureQueriesContext(connection) as for_few:
        place_letters(owner=owner, letters=few, now=NOW)
    other = an_owner("ben")
    many = kept(other, a_life(30))
    with CaptureQueriesContext(connection) as for_many:
        place_letters(owner=other, letters=many, now=NOW)
    assert len(for_many) == len(for_few)
