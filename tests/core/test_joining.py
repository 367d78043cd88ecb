"""Which application a letter belongs to: real sequences of letters, told by day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kindregards.core.joining import Mail, Tries, sender_key
from kindregards.core.letters.reading import Kind

DAY_ONE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ACK, NO, INVITED = Kind.ACKNOWLEDGEMENT, Kind.REJECTION, Kind.INTERVIEW_INVITATION


def mail(day: int, kind: Kind = ACK, names: str = "brackwater/analyst", **more: object) -> Mail:
    employer, _, role = names.partition("/")
    at = DAY_ONE + timedelta(days=day)
    return Mail(at, kind, employer, role, **more)  # type: ignore[arg-type]


def joined(*mails: Mail) -> list[int]:
    """The number of the application that each letter joins or opens, from 0."""
    tries: Tries[int] = Tries()
    found = []
    for number, one in enumerate(mails):
        key = tries.find(one)
        if key is None:
            key = number
            tries.add(key, one.employer_key, one.role_key)
        tries.put(key, one)
        found.append(key)
    return found


def test_a_whole_process_is_one() -> None:
    days = [(0, ACK), (9, INVITED), (30, INVITED), (52, INVITED), (60, Kind.OFFER)]
    assert joined(*(mail(day, kind) for day, kind in days)) == [0] * 5


def test_two_roles_at_one_employer_are_two() -> None:
    other = "brackwater/planner"
    assert joined(mail(0), mail(1, names=other), mail(9, NO), mail(9, NO, other)) == [0, 1, 0, 1]


def test_a_refusal_without_a_role_goes_to_the_one_that_is_still_open() -> None:
    other = "brackwater/planner"
    letters = [mail(0), mail(3, names=other), mail(9, NO, other), mail(10, NO, "brackwater/")]
    assert joined(*letters) == [0, 1, 1, 0]


def test_the_same_role_a_year_later_is_a_new_one() -> None:
    assert joined(mail(0), mail(9, NO), mail(365), mail(380, NO)) == [0, 0, 2, 2]


def test_an_acknowledgement_two_months_after_the_refusal_is_a_new_one() -> None:
    assert joined(mail(0), mail(9, NO), mail(70), mail(80, NO)) == [0, 0, 2, 2]


def test_two_tries_half_a_year_apart_stay_two_when_the_later_letter_came_first() -> None:
    assert joined(mail(80, NO), mail(70), mail(9, NO), mail(0)) == [0, 0, 2, 2]


def test_a_second_receipt_soon_after_the_refusal_changes_nothing() -> None:
    assert joined(mail(0), mail(9, NO), mail(12)) == [0, 0, 0]


def test_an_invitation_weeks_after_the_refusal_belongs_to_the_same_try() -> None:
    assert joined(mail(0), mail(9, NO), mail(60, INVITED)) == [0, 0, 0]


def test_a_thread_joins_what_names_nothing() -> None:
    first = mail(0, message_id="<a>")
    assert joined(first, mail(5, INVITED, "/", thread=frozenset(["<a>"]))) == [0, 0]


def test_letters_that_answer_the_persons_own_mail_share_its_id() -> None:
    own = frozenset(["<written by ada>"])
    letters = [mail(0, INVITED, "/", thread=own), mail(5, NO, "brackwater/", thread=own)]
    assert joined(*letters) == [0, 0]


def test_an_answer_that_came_in_before_what_it_answers_draws_it_in() -> None:
    answer = mail(5, NO, "/", message_id="<b>", thread=frozenset(["<a>"]))
    assert joined(answer, mail(0, INVITED, "/", message_id="<a>")) == [0, 0]


def test_a_thread_taken_up_again_a_year_later_for_a_new_try_does_not_join() -> None:
    first, refused = mail(0, message_id="<a>"), mail(9, NO)
    again = mail(365, thread=frozenset(["<a>"]))
    assert joined(first, refused, again) == [0, 0, 2]


def test_a_personal_letter_without_names_joins_by_its_senders_site() -> None:
    site = {"sender_key": "brackwater.example"}
    assert joined(mail(0, **site), mail(9, INVITED, "/", **site)) == [0, 0]


def test_a_sender_does_not_join_another_role() -> None:
    site = {"sender_key": "brackwater.example"}
    assert joined(mail(0, **site), mail(9, INVITED, "/planner", **site)) == [0, 1]


def test_a_longer_spelling_of_the_employer_joins_by_the_sender() -> None:
    site = {"sender_key": "brackwater.example"}
    assert joined(mail(0, **site), mail(9, NO, "brackwater mills/analyst", **site)) == [0, 0]


def test_a_system_that_sends_for_many_joins_nothing() -> None:
    assert joined(mail(0), mail(9, NO, "larkfield/")) == [0, 1]


def test_a_number_behind_the_role_does_not_part_it() -> None:
    assert joined(mail(0), mail(9, NO, "brackwater/analyst 20931")) == [0, 0]


def test_the_nearest_of_several_tries_is_taken() -> None:
    tries = [mail(0), mail(9, NO), mail(60), mail(70, NO), mail(120)]
    assert joined(*tries, mail(72, INVITED)) == [0, 0, 2, 2, 4, 2]


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("Ines@Brackwater.example", "brackwater.example"),
        ("no-reply@us.greenhouse-mail.io", ""),
        ("jobs-noreply@linkedin.com", ""),
        ("ines.halloran@gmail.com", "ines.halloran@gmail.com"),
        ("", ""),
        ("nobody", ""),
    ],
)
def test_a_sender_is_known_by_site_or_by_address_or_not_at_all(email: str, expected: str) -> None:
    assert sender_key(email) == expected
