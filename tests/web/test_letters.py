"""Letters are kept once, read, corrected in place, and never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.factories import FORM, INTERVIEWED, NOW, a_letter, an_owner, received

from kindregards.core.letters.reading import Kind, Stage
from kindregards.web.models import Letter, User
from kindregards.web.plan.queries import facts_of, plan_for_letter
from kindregards.web.plan.services import (
    correct_letter,
    read_letter_again,
    receive_file,
    receive_paste,
    take_correction_back,
)

WORDS = FORM.format(role="Data Analyst", employer="Brackwater Mills")


def pasted(owner: User, text: str = WORDS, **known: Any) -> Letter:
    given = {"subject": "", "sender": "", "sent_at": None, "now": NOW} | known
    letter = receive_paste(owner=owner, text=text, **given).letter
    assert letter is not None
    return letter


def words_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


# The same letter twice ------------------------------------------------------------------------


def test_the_same_message_twice_is_one_letter(owner: User) -> None:
    first = receive_file(owner=owner, name="a.eml", raw=a_letter(), now=NOW)
    again = receive_file(owner=owner, name="b.eml", raw=a_letter(), now=NOW)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.letter == again.letter
    assert Letter.objects.count() == 1


def test_the_same_words_under_two_ids_are_two_letters(owner: User) -> None:
    assert received(owner, a_letter()) != received(owner, a_letter(message_id="two"))


def test_the_same_words_without_any_id_are_one_letter(owner: User) -> None:
    letter = pasted(owner)
    assert pasted(owner, f"\n{WORDS.replace(chr(10), chr(13) + chr(10))}\n\n") == letter
    assert received(owner, WORDS.encode()) == letter


def test_a_paste_after_its_file_is_the_letter_of_the_file(owner: User) -> None:
    letter = received(owner, a_letter(FORM))
    assert pasted(owner) == letter


def test_a_file_after_its_paste_brings_what_the_paste_lacked(owner: User) -> None:
    paste = pasted(owner)
    assert (paste.message_id, paste.sender_email) == ("", "")
    sent_at = NOW - timedelta(days=3)
    raw = a_letter(FORM, sent_at=sent_at)
    assert received(owner, raw) == paste
    paste.refresh_from_db()
    assert paste.message_id == "<one@brackwater.example>"
    assert paste.sender_email == "ines.halloran@brackwater.example"
    assert paste.sent_at == sent_at
    assert bytes(paste.source.raw) == raw
    assert Letter.objects.count() == 1


def test_a_correction_of_the_paste_stays_when_its_file_comes(owner: User) -> None:
    paste = pasted(owner)
    correct_letter(letter=paste, changes={"employer": "Larkfield"}, now=NOW)
    received(owner, a_letter(FORM))
    paste.refresh_from_db()
    assert paste.employer_name == "Larkfield"
    assert paste.application is not None
    assert paste.application.name.startswith("Larkfield")


def test_the_same_letter_of_two_owners_is_one_each(owner: User) -> None:
    other = an_owner("ben")
    assert received(owner, a_letter()).owner == owner
    assert received(other, a_letter()).owner == other
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("message_id", ["One", "one"])
def test_message_ids_differ_by_case(owner: User, message_id: str) -> None:
    received(owner, a_letter(message_id="one"))
    received(owner, a_letter(message_id=message_id))
    assert Letter.objects.count() == len({"one", message_id})


# Corrections ----------------------------------------------------------------------------------


CORRECTIONS = [
    ("kind", "on_hold", "kind", "on_hold"),
    ("style", "personal", "style", "personal"),
    ("stage", "final", "stage", "final"),
    ("door", "closed", "door", "closed"),
    ("employer", "Larkfield", "employer_name", "Larkfield"),
    ("role", "Line Planner", "role", "Line Planner"),
]


@pytest.mark.parametrize(("field", "value", "column", "shown"), CORRECTIONS)
def test_a_correction_stays_when_the_letter_is_read_again(
    owner: User, field: str, value: str, column: str, shown: str
) -> None:
    letter = received(owner, a_letter())
    correct_letter(letter=letter, changes={field: value}, now=NOW)
    read_letter_again(letter=letter, now=NOW)
    letter.refresh_from_db()
    assert getattr(letter, column) == shown


@pytest.mark.parametrize(("field", "value", "column", "shown"), CORRECTIONS)
def test_a_correction_can_be_taken_back(
    owner: User, field: str, value: str, column: str, shown: str
) -> None:
    letter = received(owner, a_letter())
    before, told = getattr(letter, column), letter.told
    assert before != shown
    correct_letter(letter=letter, changes={field: value}, now=NOW)
    take_correction_back(letter=letter, field=field, now=NOW)
    letter.refresh_from_db()
    assert (getattr(letter, column), letter.told) == (before, told)
    assert letter.corrections.count() == 0


def test_correcting_twice_keeps_the_last_word(owner: User, client: Client) -> None:
    letter = received(owner, a_letter())
    for stage in ("screen", "final"):
        client.post(f"/letters/{letter.pk}/correct", {"stage": stage})
    letter.refresh_from_db()
    assert letter.stage == Stage.FINAL
    assert letter.corrections.count() == 1


def test_only_what_was_changed_counts_as_corrected(owner: User, client: Client) -> None:
    letter = received(owner, a_letter())
    same = {"style": letter.style, "stage": letter.stage, "reason": "", "door": "closed"}
    client.post(f"/letters/{letter.pk}/correct", same)
    assert list(letter.corrections.values_list("field", "value")) == [("door", "closed")]


def test_a_value_that_is_no_choice_is_refused_with_a_sentence(owner: User, client: Client) -> None:
    letter = received(owner, a_letter())
    page = client.post(f"/letters/{letter.pk}/correct", {"kind": "a slap"}, follow=True)
    assert "Choose one of the words offered." in words_of(page)
    assert letter.corrections.count() == 0


def test_people_keep_their_address_when_the_list_is_corrected(owner: User, client: Client) -> None:
    letter = received(owner, a_letter())
    people = "Ines Halloran, Tomas Brandt <tomas@brackwater.example>, Wu\x00"
    client.post(f"/letters/{letter.pk}/correct", {"people": people})
    letter.refresh_from_db()
    assert [(one["name"], one["email"]) for one in letter.reading["people"]] == [
        ("Ines Halloran", "ines.halloran@brackwater.example"),
        ("Tomas Brandt", "tomas@brackwater.example"),
        ("Wu", ""),
    ]


def test_a_pasted_letter_is_read_again_with_all_that_was_said_of_it(owner: User) -> None:
    known = {"subject": "Ihre Bewerbung", "sender": "Jörg Ölmann <jörg@straße.example>"}
    letter = pasted(owner, **known)
    before = (letter.sender_name, letter.sender_email, letter.subject, letter.sent_at)
    read_letter_again(letter=letter, now=NOW)
    letter.refresh_from_db()
    assert before == (letter.sender_name, letter.sender_email, letter.subject, letter.sent_at)
    assert letter.sender_name == "Jörg Ölmann"


# Pages ----------------------------------------------------------------------------------------


def test_the_page_shows_the_words_and_what_they_show(owner: User, client: Client) -> None:
    letter = received(owner, a_letter())
    page = words_of(client.get(f"/letters/{letter.pk}/"))
    told = [shown for shown in letter.reading["evidence"] if shown["field"] == "kind"]
    assert told
    assert all(letter.text[shown["start"] : shown["end"]] == shown["quote"] for shown in told)
    assert "<mark>" in page
    assert "What shows it" in page
    assert told[0]["why"].split("'")[0] in page


def test_what_was_corrected_is_said_and_offers_undo(owner: User, client: Client) -> None:
    letter = received(owner, a_letter())
    client.post(f"/letters/{letter.pk}/correct", {"door": "closed"})
    assert f'action="/letters/{letter.pk}/undo/door"' in words_of(
        client.get(f"/letters/{letter.pk}/")
    )
    client.post(f"/letters/{letter.pk}/undo/door")
    assert "/undo/" not in words_of(client.get(f"/letters/{letter.pk}/"))


def test_markup_in_a_letter_is_shown_as_words(owner: User, client: Client) -> None:
    words = INTERVIEWED + "\nPS: <script>alert(1)</script> <img src=x onerror=alert(1)>\n"
    letter = received(owner, a_letter(words, employer="<b>Larkfield</b>"))
    for path in (f"/letters/{letter.pk}/", "/letters/", "/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>Larkfield" not in page


def test_the_letter_can_be_had_exactly_as_it_came(owner: User, client: Client) -> None:
    raw = a_letter() + b"\xff\xfe odd bytes\r\n"
    letter = received(owner, raw)
    answer = client.get(f"/letters/{letter.pk}/as-it-came")
    assert answer.content == raw
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="letter-{letter.pk}.eml"'


def test_several_files_at_once_lead_to_the_list(client: Client) -> None:
    files = [SimpleUploadedFile(f"{n}.eml", a_letter(message_id=str(n))) for n in range(3)]
    page = client.post("/letters/new", {"files": files}, follow=True)
    assert "3 letters read, 3 of them new." in words_of(page)
    assert Letter.objects.count() == 3


def test_a_letter_that_was_here_already_says_so(owner: User, client: Client) -> None:
    received(owner, a_letter())
    file = SimpleUploadedFile("again.eml", a_letter())
    page = client.post("/letters/new", {"files": file}, follow=True)
    assert "This letter was here already." in words_of(page)


def test_a_paste_takes_what_the_person_knows_about_it(owner: User, client: Client) -> None:
    client.post(
        "/letters/new",
        {
            "text": WORDS,
            "subject": "Your application",
            "sender": "Ines Halloran <ines@brackwater.example>",
            "sent_date": "2026-03-02",
        },
    )
    letter = Letter.objects.get()
    assert letter.subject == "Your application"
    assert letter.sender_email == "ines@brackwater.example"
    assert letter.sent_at == datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_list_has_the_newest_first_and_goes_on(owner: User, client: Client) -> None:
    for day in range(52):
        letter = a_letter(message_id=str(day), sent_at=NOW - timedelta(days=day))
        received(owner, letter)
    first, second = client.get("/letters/"), client.get("/letters/?page=2")
    assert "52 letters, newest first" in words_of(first)
    assert words_of(first).count('class="row"') == 50
    assert words_of(second).count('class="row"') == 2
    dates = [letter.sent_at for letter in first.context["page"]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("path", "queries"), [("/", 19), ("/letters/", 5), ("/letters/{letter}/", 14)]
)
@pytest.mark.parametrize("letters", [1, 3])
def test_pages_of_letters_ask_as_much_for_three_as_for_one(
    owner: User,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
    letters: int,
) -> None:
    now = timezone.now()
    for number in range(letters):
        raw = a_letter(message_id=str(number), employer=f"Mill{number}", sent_at=now)
        letter = received(owner, raw, now=now)
    client.get(path.format(letter=letter.pk))  # that it was opened is noted once in half an hour
    with django_assert_num_queries(queries):
        client.get(path.format(letter=letter.pk))


# Days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "sent_at"),
    [
        pytest.param("Mon, 01 Jan 2035 09:00:00 +0000", NOW, id="ahead: when it came"),
        pytest.param(
            "Thu, 01 Jan 1970 00:00:00 +0000", datetime(1970, 1, 1, tzinfo=UTC), id="1970: kept"
        ),
        pytest.param("Wed, 31 Dec 1969 23:59:59 +0000", NOW, id="before there was mail: no date"),
        pytest.param("Fri, 31 Dec 9999 23:59:59 -2359", NOW, id="year 9999: when it came"),
        pytest.param("yesterday, I think", NOW, id="no date at all"),
        pytest.param("", NOW, id="without a date"),
    ],
)
def test_a_date_that_cannot_be_puts_nothing_out_of_order(
    owner: User, client: Client, date: str, sent_at: datetime
) -> None:
    owner.time_zone = "Pacific/Kiritimati"
    owner.save()
    letter = received(owner, a_letter(Date=date))
    assert letter.sent_at == sent_at
    assert letter.kind == Kind.REJECTION
    assert client.get(f"/letters/{letter.pk}/").status_code == 200
    assert client.get(f"/plans/{letter.application.plan.pk}/").status_code == 200  # type: ignore[union-attr]
    assert client.get("/").status_code == 200


def test_times_are_told_by_the_owners_clock(owner: User, client: Client) -> None:
    letter = received(owner, a_letter(sent_at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC)))
    assert "Friday, 20 November 2026, 23:30" in words_of(client.get(f"/letters/{letter.pk}/"))
    owner.time_zone = "Asia/Tokyo"
    owner.save()
    assert "Saturday, 21 November 2026, 08:30" in words_of(client.get(f"/letters/{letter.pk}/"))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1969-12-31"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_day_no_letter_came_on_is_taken_for_none(
    owner: User, client: Client, day: str, zone: str
) -> None:
    owner.time_zone = zone
    owner.save()
    before = timezone.now()
    page = client.post("/letters/new", {"text": WORDS, "sent_date": day}, follow=True)
    assert page.status_code == 200
    assert before <= Letter.objects.get().sent_at <= timezone.now()


def test_the_day_of_a_paste_can_be_corrected_and_the_plan_follows(
    client: Client, owner: User
) -> None:
    client.post("/letters/new", {"text": FORM_WORDS})
    letter = Letter.objects.get()
    day = timezone.localdate() - timedelta(days=3)
    client.post(f"/letters/{letter.pk}/correct", {"sent_date": day.isoformat()})
    letter.refresh_from_db()
    assert timezone.localtime(letter.sent_at).date() == day
    plan = plan_for_letter(owner, letter)
    assert plan is not None
    assert facts_of(plan, timezone.now()).letter_at.date() == day


def test_a_fuller_paste_brings_the_sender_that_was_missing(client: Client, owner: User) -> None:
    client.post("/letters/new", {"text": FORM_WORDS})
    given = {"text": FORM_WORDS, "sender": "Ines Halloran <ines@brackwater.example>"}
    page = client.post("/letters/new", given, follow=True)
    assert "What it lacked was added to it." in page.content.decode()
    letter = Letter.objects.get()
    assert letter.sender_email == "ines@brackwater.example"


FORM_WORDS = """Dear Ada,

Unfortunately, we have decided not to move forward with your application for Data Analyst at
Brackwater Mills.

Kind regards,
Brackwater Mills
"""


def test_the_source_of_a_message_is_taken_as_the_message(owner: User) -> None:
    source = a_letter(Content_Transfer_Encoding="quoted-printable").decode()
    letter = receive_paste(
        owner=owner, text=source, subject="", sender="", sent_at=None, now=NOW
    ).letter
    assert letter is not None
    assert letter.sender_email == "ines.halloran@brackwater.example"
    assert letter.message_id == "<one@brackwater.example>"
    assert "MIME-Version" not in letter.text
    assert not letter.source.pasted
