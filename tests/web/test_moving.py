"""Wrong joins are put right in one step, and each step can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories import (
    ACKNOWLEDGED,
    FORM,
    INTERVIEWED,
    INVITED,
    NOW,
    Put,
    a_letter,
    an_owner,
    application_of,
    received,
)

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Person, Stage
from kindregards.core.plan import StepKind
from kindregards.web.applications.rearranging import ChangedSinceError
from kindregards.web.models import Application, Draft, Letter, Plan, Rearrangement
from kindregards.web.outreach.services import open_draft
from kindregards.web.plan.moving import (
    NothingLeftError,
    join,
    move_letter,
    split_application,
    undo,
)
from kindregards.web.plan.services import correct_letter, keep_note, read_letter_again


def everything() -> dict[str, list[dict[str, object]]]:
    """All that hangs on applications, row by row."""
    return {
        "applications": list(Application.objects.order_by("pk").values()),
        "letters": list(
            Letter.objects.order_by("pk").values("pk", "application", "moved_by_person")
        ),
        "plans": list(Plan.objects.order_by("pk").values()),
        "steps": list(Plan.objects.order_by("steps__pk").values("steps__kind", "steps__note")),
        "drafts": list(Draft.objects.order_by("pk").values()),
    }


def last() -> Rearrangement:
    return Rearrangement.objects.select_related("application", "owner").latest("pk")


def note(letter: Letter, words: str) -> None:
    plan = application_of(letter).plan
    keep_note(plan=plan, kind=StepKind.FACTS, note=words, was="", now=NOW)


def test_a_letter_moves_to_another_application_and_both_are_worked_out_anew(put: Put) -> None:
    receipt, refusal = put(ACKNOWLEDGED), put(FORM, days=9)
    other = put(ACKNOWLEDGED, role="Planner", days=1)
    move_letter(letter=refusal, to=application_of(other), now=NOW)
    assert application_of(refusal) == application_of(other)
    assert application_of(other).outcome == Outcome.REJECTED
    assert application_of(other).plan
    assert application_of(receipt).outcome == Outcome.OPEN


def test_a_letter_moves_to_a_new_application_of_the_same_name(put: Put) -> None:
    receipt, refusal = put(ACKNOWLEDGED), put(FORM, days=9)
    move_letter(letter=refusal, to=None, now=NOW)
    assert application_of(refusal) != application_of(receipt)
    assert application_of(refusal).name == application_of(receipt).name


def test_a_letter_about_nothing_can_be_put_into_an_application(put: Put) -> None:
    receipt = put(ACKNOWLEDGED)
    stray = put("Hello Ada,\n\nhere is the receipt for your winter boots.\n", days=2)
    move_letter(letter=stray, to=application_of(receipt), now=NOW)
    assert application_of(stray) == application_of(receipt)


def test_what_was_moved_stays_there_whatever_is_read(put: Put) -> None:
    receipt, alert = put(ACKNOWLEDGED), put("Hello Ada,\n\nyour boots ship today.\n", days=2)
    move_letter(letter=alert, to=application_of(receipt), now=NOW)
    read_letter_again(letter=alert, now=NOW)
    correct_letter(letter=alert, changes={"stage": "screen"}, now=NOW)
    assert application_of(alert) == application_of(receipt)


def test_a_moved_letter_follows_the_name_that_the_person_gives_it(put: Put) -> None:
    receipt, refusal = put(ACKNOWLEDGED), put(FORM, role="Planner", days=3)
    move_letter(letter=refusal, to=application_of(receipt), now=NOW)
    correct_letter(letter=refusal, changes={"role": "Cook"}, now=NOW)
    assert application_of(refusal).role == "Cook"
    assert application_of(refusal) != application_of(receipt)


def test_an_application_is_split(put: Put) -> None:
    letters = [put(ACKNOWLEDGED), put(INVITED, days=5), put(FORM, days=9)]
    there = split_application(application=application_of(letters[0]), letters=letters[1:], now=NOW)
    assert [application_of(one) == there for one in letters] == [False, True, True]
    assert (there.stage, there.outcome) == (Stage.INTERVIEW, Outcome.REJECTED)
    assert application_of(letters[0]).stage == Stage.APPLICATION


def test_one_letter_has_to_stay(put: Put) -> None:
    letters = [put(ACKNOWLEDGED), put(FORM, days=9)]
    with pytest.raises(NothingLeftError):
        split_application(application=application_of(letters[0]), letters=letters, now=NOW)


def test_two_applications_join_with_all_that_hangs_on_them(put: Put) -> None:
    one, other = put(FORM), put(INTERVIEWED, role="Planner", days=3)
    note(one, "First call was short.")
    note(other, "They asked about lining.")
    join(application=application_of(one), other=application_of(other), now=NOW)
    assert application_of(one) == application_of(other)
    assert Application.objects.count() == Plan.objects.count() == 1
    assert Plan.objects.get().steps.get().note == (
        "First call was short.\n\nThey asked about lining."
    )


def a_move(one: Letter, other: Letter) -> None:
    move_letter(letter=one, to=application_of(other), now=NOW)


def a_new_one(one: Letter, _other: Letter) -> None:
    move_letter(letter=one, to=None, now=NOW)


def a_join(one: Letter, other: Letter) -> None:
    join(application=application_of(other), other=application_of(one), now=NOW)


@pytest.mark.parametrize("rearrange", [a_move, a_new_one, a_join])
@pytest.mark.parametrize("second", [FORM, ACKNOWLEDGED])
def test_undo_puts_every_row_back(
    put: Put, rearrange: Callable[[Letter, Letter], None], second: str
) -> None:
    one, other = put(FORM), put(second, role="Planner", days=3)
    note(one, "First call was short.")
    for letter in (one, other):
        open_draft(
            owner=letter.owner,
            application=application_of(letter),
            letter=letter,
            to=Person("Ines Halloran"),
            now=NOW,
        )
    before = everything()
    rearrange(one, other)
    assert everything() != before
    undo(done=last(), now=NOW)
    assert everything() == before


def test_a_split_is_undone(put: Put) -> None:
    letters = [put(ACKNOWLEDGED), put(INVITED, days=5), put(FORM, days=9)]
    before = everything()
    split_application(application=application_of(letters[0]), letters=letters[1:], now=NOW)
    undo(done=last(), now=NOW)
    assert everything() == before


def test_what_was_written_since_is_never_undone(put: Put) -> None:
    one, other = put(FORM), put(FORM, role="Planner", days=3)
    join(application=application_of(one), other=application_of(other), now=NOW)
    note(one, "They asked about lining.")
    with pytest.raises(ChangedSinceError):
        undo(done=last(), now=NOW)
    assert Plan.objects.get().steps.get().note == "They asked about lining."


# In the browser -------------------------------------------------------------------------------


def words(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_a_letter_is_moved_and_moved_back_from_its_pages(put: Put, client: Client) -> None:
    refusal, other = put(FORM), put(ACKNOWLEDGED, role="Planner")
    before = application_of(refusal)
    answer = client.post(f"/letters/{refusal.pk}/move", {"to": application_of(other).pk})
    assert application_of(refusal) == application_of(other)
    assert "A letter was moved here." in words(client, answer["Location"])
    client.post(f"/rearranged/{last().pk}/undo")
    assert application_of(refusal) == before
    assert "A letter was moved here." not in words(client, f"/applications/{before.pk}/")


def test_letters_are_split_off_from_the_page(put: Put, client: Client) -> None:
    first, second = put(ACKNOWLEDGED), put(FORM, days=9)
    path = f"/applications/{application_of(first).pk}/split"
    client.post(path, {"letter": [second.pk, "x", "999999"]})
    assert application_of(first) != application_of(second)


@pytest.mark.parametrize("ticked", [[], ["all"]])
def test_a_split_of_none_or_all_says_what_to_do(
    put: Put, client: Client, ticked: list[str]
) -> None:
    letters = [put(ACKNOWLEDGED), put(FORM, days=9)]
    path = f"/applications/{application_of(letters[0]).pk}/"
    client.post(f"{path}split", {"letter": [one.pk for one in letters] if ticked else []})
    assert Application.objects.count() == 1
    said = "one has to stay" if ticked else "Tick the letters"
    assert said in words(client, path)


def test_an_application_of_somebody_else_cannot_be_chosen(put: Put, client: Client) -> None:
    mine = put(FORM)
    theirs = received(an_owner("ben"), a_letter(ACKNOWLEDGED, role="Planner"))
    client.post(f"/letters/{mine.pk}/move", {"to": application_of(theirs).pk})
    client.post(
        f"/applications/{application_of(mine).pk}/join", {"other": application_of(theirs).pk}
    )
    assert application_of(mine) != application_of(theirs)
    assert application_of(theirs).letters.count() == 1
    assert Rearrangement.objects.count() == 0
