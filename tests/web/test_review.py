"""A second look: the most useful first, one answer each, and what looks the same follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    ACKNOWLEDGED,
    FORM,
    INTERVIEWED,
    INVITED,
    NOW,
    a_letter,
    an_owner,
    received,
)

from kindregards.core.letters.reading import Kind
from kindregards.web.letters.review import letters_like, next_unsure, unsure_letters
from kindregards.web.models import Application, Letter, LetterSource, User
from kindregards.web.plan.services import correct_letter, read_letter_again, take_correction_back

Put = Callable[..., Letter]

ALERT = """\
Hello Ada,

new jobs for you today: Data Analyst at Larkfield, Planner at Norwick, Cook at Harrow. See all jobs.
"""


@pytest.fixture
def put(owner: User) -> Put:
    """Let a letter come in whose reading has this probability: `put(FORM, sure=0.5)`."""
    count = iter(range(1000))

    def _put(words: str, *, sure: float = 0.5, **known: str) -> Letter:
        number = next(count)
        at = NOW + timedelta(days=number)
        raw = a_letter(words, sent_at=at, message_id=f"n{number}", **known)
        letter = received(owner, raw, now=at)
        Letter.objects.filter(pk=letter.pk).update(probability=sure)
        letter.refresh_from_db()
        return letter

    return _put


def in_order(owner: User) -> list[Letter]:
    """The letters in doubt as they are shown, each answered after it was seen."""
    seen: list[Letter] = []
    while (letter := next_unsure(owner)) is not None:
        seen.append(letter)
        Letter.objects.filter(pk=letter.pk).update(probability=1.0)
    return seen


def test_refusals_after_a_conversation_come_first_and_newsletters_last(
    owner: User, put: Put
) -> None:
    alert = put(ALERT, employer="Board", sender="jobs@jobboard.example", sure=0.3)
    receipt = put(ACKNOWLEDGED, employer="Norwick", sure=0.3)
    refusal = put(FORM, employer="Larkfield", sure=0.8)
    invitation = put(INVITED, employer="Millgate", sure=0.3)
    met = put(INTERVIEWED, employer="Harrow", sure=0.84)
    put(FORM, employer="Oakhurst", sure=0.99)
    assert alert.kind in (Kind.JOB_ALERT, Kind.OTHER)
    assert in_order(owner) == [met, refusal, invitation, receipt, alert]


def test_the_least_certain_of_a_kind_comes_first(owner: User, put: Put) -> None:
    surer, less = put(FORM, sure=0.8), put(FORM, employer="Larkfield", sure=0.6)
    assert in_order(owner) == [less, surer]


def test_an_answer_settles_a_letter_for_good(owner: User, put: Put, client: Client) -> None:
    letter = put(FORM)
    answer = client.post(f"/letters/{letter.pk}/answer", {"kind": "rejection"})
    assert answer["Location"] == "/letters/review"
    assert not unsure_letters(owner).exists()
    letter.refresh_from_db()
    read_letter_again(letter=letter, now=NOW)
    assert not unsure_letters(owner).exists()
    assert "Nothing is in doubt" in client.get("/letters/review").content.decode()


def test_another_kind_moves_the_application_too(put: Put, client: Client) -> None:
    letter = put(FORM)
    client.post(f"/letters/{letter.pk}/answer", {"kind": "acknowledgement"})
    application = Application.objects.get()
    assert (application.outcome, application.pk) == ("open", letter.application_id)


def test_an_answer_can_be_taken_back_on_the_letters_page(put: Put, client: Client) -> None:
    letter = put(FORM)
    for kind, said in (("rejection", "confirmed by you"), ("on_hold", "Corrected by you")):
        client.post(f"/letters/{letter.pk}/answer", {"kind": kind})
        page = " ".join(client.get(f"/letters/{letter.pk}/").content.decode().split())
        assert said in page
        assert f'action="/letters/{letter.pk}/undo/kind"' in page


def test_what_is_put_off_comes_after_the_others(owner: User, put: Put, client: Client) -> None:
    first, second = put(INTERVIEWED, employer="Harrow"), put(ACKNOWLEDGED, employer="Norwick")
    assert client.get("/letters/review").context["letter"] == first
    client.post(f"/letters/{first.pk}/answer", {"kind": "later"})
    assert client.get("/letters/review").context["letter"] == second
    for put_off, shown in ((second, first), (first, second)):
        client.post(f"/letters/{put_off.pk}/answer", {"kind": "later"})
        assert client.get("/letters/review").context["letter"] == shown
    assert unsure_letters(owner).count() == 2


def test_a_kind_that_is_none_changes_nothing(owner: User, put: Put, client: Client) -> None:
    letter = put(FORM)
    client.post(f"/letters/{letter.pk}/answer", {"kind": "nonsense"})
    assert unsure_letters(owner).get() == letter


def test_home_and_the_list_lead_there_only_while_there_is_something(
    put: Put, client: Client
) -> None:
    letter = put(FORM)
    for path in ("/", "/letters/"):
        assert "One letter is" in client.get(path).content.decode()
    client.post(f"/letters/{letter.pk}/answer", {"kind": "rejection"})
    for path in ("/", "/letters/"):
        assert "worth a second look" not in client.get(path).content.decode()


def test_the_words_that_show_it_stand_above_the_answers(put: Put, client: Client) -> None:
    put(INTERVIEWED)
    page = client.get("/letters/review")
    because = page.context["because"]
    assert "decided not to move forward" in because
    assert page.content.decode().index(because) < page.content.decode().index("No, it is")


def test_what_is_left_is_counted(put: Put, client: Client) -> None:
    for employer in ("Harrow", "Larkfield", "Norwick"):
        put(FORM, employer=employer)
    assert "3 letters are left" in client.get("/letters/review").content.decode()


def test_somebody_elses_letters_are_not_looked_at(put: Put) -> None:
    put(FORM)
    other = Client()
    other.force_login(an_owner("ben"))
    assert "Nothing is in doubt" in other.get("/letters/review").content.decode()


def test_a_thousand_in_doubt_take_no_more_questions_than_one(put: Put, client: Client) -> None:
    letter = put(FORM)
    with CaptureQueriesContext(connection) as for_one:
        client.get("/letters/review")
    values = {
        name: value
        for name, value in vars(letter).items()
        if not name.startswith("_") and name not in ("id", "message_id")
    }
    many = Letter.objects.bulk_create(
        Letter(**{**values, "message_id": f"<{number}>"}) for number in range(1000)
    )
    raw = letter.source.raw
    LetterSource.objects.bulk_create(
        LetterSource(letter=one, owner_id=one.owner_id, raw=raw) for one in many
    )
    with CaptureQueriesContext(connection) as for_many:
        client.get("/letters/review")
    assert len(for_many) == len(for_one)


# A correction teaches -------------------------------------------------------------------------

SYSTEM = "no-reply@us.greenhouse-mail.io"


def test_letters_of_the_same_form_by_the_same_sender_are_offered(put: Put, client: Client) -> None:
    letters = [
        put(FORM, employer=name, sender=f"{name} <{SYSTEM}>")
        for name in ("Harrow", "Larkfield", "Norwick")
    ]
    other_form = put(ACKNOWLEDGED, employer="Millgate", sender=f"Millgate <{SYSTEM}>")
    other_sender = put(FORM, employer="Oakhurst", sender="jobs@oakhurst.example")
    path = f"/letters/{letters[0].pk}/"
    answer = client.post(f"{path}answer", {"kind": "on_hold"}, follow=True)
    page = " ".join(answer.content.decode().split())
    assert "2 more letters look the same" in page
    ticked = [letters[1].pk, other_form.pk, other_sender.pk]  # only what was offered is taken
    client.post(f"{path}alike", {"letter": ticked})
    kinds = [Letter.objects.get(pk=one.pk).kind for one in (*letters, other_form, other_sender)]
    assert kinds == ["on_hold", "on_hold", "rejection", "acknowledgement", "rejection"]


def test_what_was_corrected_of_the_form_is_taught_and_nothing_of_its_own(put: Put) -> None:
    first, second = put(FORM, role="Planner"), put(FORM, role="Cook")
    correct_letter(
        letter=first, changes={"kind": "on_hold", "door": "open", "role": "Sailor"}, now=NOW
    )
    assert letters_like(first) == [second]
    client = Client()
    client.force_login(first.owner)
    client.post(f"/letters/{first.pk}/alike", {"letter": second.pk})
    second.refresh_from_db()
    assert (second.kind, second.door, second.role) == ("on_hold", "open", "Cook")


def test_what_the_person_said_of_another_letter_holds(put: Put) -> None:
    first, second = put(FORM), put(FORM, employer="Larkfield")
    correct_letter(letter=second, changes={"kind": "rejection"}, now=NOW)
    correct_letter(letter=first, changes={"kind": "on_hold"}, now=NOW)
    assert letters_like(first) == []


def test_a_correction_on_the_letters_page_is_offered_to_others_too(
    put: Put, client: Client
) -> None:
    first, _second = put(FORM), put(FORM, role="Planner")
    answer = client.post(f"/letters/{first.pk}/correct", {"kind": "on_hold"})
    assert answer["Location"] == f"/letters/{first.pk}/alike"
    take_correction_back(letter=first, field="kind", now=NOW)
    assert letters_like(first) == []


def test_a_letter_likelier_something_else_asks_for_nothing_at_home(
    put: Put, client: Client
) -> None:
    letter = put(INTERVIEWED, sure=0.49)
    assert "worth a second look" in client.get("/").content.decode()
    assert "Think it through" not in client.get("/").content.decode()
    client.post(f"/letters/{letter.pk}/answer", {"kind": letter.kind})
    assert "Think it through" in client.get("/").content.decode()


def test_the_page_of_a_letter_in_doubt_says_probably_and_where_to_say_what_it_is(
    put: Put, client: Client
) -> None:
    unsure = client.get(f"/letters/{put(INTERVIEWED, sure=0.6).pk}/").content.decode()
    assert "Probably a" in unsure
    assert 'href="#read-as"' in unsure
    assert 'id="read-as"' in unsure
    sure = client.get(f"/letters/{put(FORM, sure=0.99).pk}/").content.decode()
    assert "Probably a" not in sure
