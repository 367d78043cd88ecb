"""Applications by hand and by list: shown before they are written, taken over once."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import ACKNOWLEDGED, FORM, INVITED, a_letter, an_owner, received

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Stage
from kindregards.core.plan import StepKind
from kindregards.web.models import Application, Employer, Plan, User
from kindregards.web.plan.queries import due_now

LIST = """\
Company,Role,Date applied,Status,Rejected on,Source,Link,Notes
Harrow,Planner,2026-03-12,Rejected after phone screen,2026-04-01,a friend,https://harrow.example/1,
Larkfield,Data Analyst,2026-03-20,Applied,,,,call them
,Cook,2026-03-21,,,,,
"""
LINKEDIN = (
    '\ufeffNotes:\r\n"What you applied to"\r\n\r\n'
    "Application Date,Contact Email,Company Name,Job Title,Job Url\r\n"
    '"3/4/24, 8:15 AM",ada@home.example,Harrow,Planner,https://www.example.com/1\r\n'
)


def shown(client: Client, text: str, **more: str) -> object:
    return client.post("/applications/list", {"text": text, **more}).context["preview"]


def take(client: Client, text: str = LIST, **more: str) -> list[str]:
    """The messages after a list was taken over."""
    answer = client.post("/applications/list", {"text": text, "do": "take", **more}, follow=True)
    return [str(message) for message in answer.context["messages"]]


def a_zip(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return out.getvalue()


def give(client: Client, raw: bytes, name: str = "list.csv"):  # type: ignore[no-untyped-def]
    return client.post("/applications/list", {"file": SimpleUploadedFile(name, raw)})


def by_name(name: str) -> Application:
    return Application.objects.select_related("employer").get(employer__name=name)


# Lists ----------------------------------------------------------------------------------------


def test_what_is_understood_is_shown_before_anything_is_written(client: Client) -> None:
    answer = client.post("/applications/list", {"text": LIST})
    text = " ".join(answer.content.decode().split())
    assert "2 applications understood" in text
    assert "12 March 2026" in text
    assert "Line 4: No employer is named in this row." in text
    assert (Application.objects.count(), Employer.objects.count()) == (0, 0)


def test_a_list_is_taken_over(client: Client) -> None:
    told = take(client)
    assert told == [
        "Taken over: 2 new.",
        "Line 4 was left out: No employer is named in this row.",
    ]
    harrow, larkfield = by_name("Harrow"), by_name("Larkfield")
    assert (harrow.stage, harrow.outcome) == (Stage.SCREEN, Outcome.REJECTED)
    assert harrow.decided_at is not None
    assert timezone.localtime(harrow.decided_at).date() == date(2026, 4, 1)
    assert (harrow.found_through, harrow.link) == ("a friend", "https://harrow.example/1")
    assert (larkfield.outcome, larkfield.note) == (Outcome.OPEN, "call them")
    assert Plan.objects.get().application == harrow


def test_a_second_time_brings_nothing_twice(client: Client) -> None:
    take(client)
    before = list(Application.objects.order_by("pk").values())
    assert take(client)[0] == "Taken over: 2 here already."
    assert list(Application.objects.order_by("pk").values()) == before


def test_a_longer_list_later_completes_what_is_there(client: Client) -> None:
    take(client)
    longer = LIST.replace("Applied,,,,call", "Interview,,a fair,,call")
    longer += "Norwick,Cook,2026-05-01,,,,,\n"
    assert take(client, longer)[0] == "Taken over: 1 new, 1 completed, 1 here already."
    larkfield = by_name("Larkfield")
    assert (larkfield.stage, larkfield.found_through) == (Stage.INTERVIEW, "a fair")


def test_a_row_joins_the_letters_that_are_about_it(owner: User, client: Client) -> None:
    now = timezone.now()
    letter = received(
        owner, a_letter(INVITED, employer="Harrow", role="Planner", sent_at=now), now=now
    )
    day = (now - timedelta(days=20)).date().isoformat()
    told = take(client, f"Company,Role,Date applied\nHarrow,Planner,{day}\n")
    assert told == ["Taken over: 1 completed."]
    letter.refresh_from_db()
    assert letter.application is not None
    assert letter.application.applied_date is not None
    assert letter.application.stage == Stage.INTERVIEW
    assert Application.objects.count() == 1


def test_letters_that_come_later_join_the_row_and_may_go_further(
    owner: User, client: Client
) -> None:
    now = timezone.now()
    day = (now - timedelta(days=20)).date().isoformat()
    take(client, f"Company,Role,Date applied,Status\nHarrow,Planner,{day},Phone screen\n")
    letter = received(
        owner, a_letter(INVITED, employer="Harrow", role="Planner", sent_at=now), now=now
    )
    assert letter.application == by_name("Harrow")
    assert by_name("Harrow").stage == Stage.INTERVIEW


def test_the_same_role_on_two_days_is_two_applications(client: Client) -> None:
    rows = "Harrow,Planner,2026-03-12\nHarrow,Planner,2026-03-30\nHarrow,Planner,2026-03-12\n"
    assert take(client, f"Company,Role,Date applied\n{rows}") == [
        "Taken over: 2 new, 1 here already."
    ]


def test_old_rejections_from_a_list_ask_for_nothing(client: Client) -> None:
    take(client, "Company,Status,Date applied\nHarrow,Rejected,2024-03-12\nLarkfield,Rejected,\n")
    assert Plan.objects.count() == 2
    assert due_now(User.objects.get(), timezone.now()) == []
    assert client.get(f"/plans/{Plan.objects.first().pk}/").status_code == 200  # type: ignore[union-attr]
    assert "They said no" in client.get("/applications/").content.decode()


def test_the_columns_can_be_corrected_before_anything_is_written(client: Client) -> None:
    text = "who,what\nHarrow,Planner\n"
    preview = shown(client, text)
    assert [guess.column for guess in preview.guesses] == ["employer", "role"]  # type: ignore[attr-defined]
    swapped = {"column-0": "role", "column-1": "employer"}
    preview = shown(client, text, **swapped)
    assert [entry.employer for entry in preview.entries] == ["what", "Planner"]  # type: ignore[attr-defined]
    take(client, text, **swapped)
    assert by_name("Planner").role == "Harrow"


def test_the_order_of_day_and_month_is_asked_where_it_cannot_be_seen(client: Client) -> None:
    text = "Company,Role,Date applied\nHarrow,Planner,03/04/2026\n"
    assert (
        "Days are written with"
        in client.post("/applications/list", {"text": text}).content.decode()
    )
    take(client, text, order="month")
    assert by_name("Harrow").applied_date == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Choose a file, or paste"),
        ("Company,Role\n", "no row below it"),
        ("\x00", "Choose a file, or paste"),
    ],
)
def test_what_is_no_list_gets_a_sentence(client: Client, text: str, said: str) -> None:
    answer = client.post("/applications/list", {"text": text})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_list_without_one_right_row_is_no_success(client: Client) -> None:
    answer = client.post(
        "/applications/list", {"text": "Company,Role\n,Cook\n,Planner\n", "do": "take"}
    )
    assert answer.status_code == 422
    assert "No application could be understood" in answer.content.decode()
    assert Application.objects.count() == 0


def test_a_list_is_taken_over_in_batches_and_not_row_by_row(client: Client) -> None:
    def _rows(number: int, name: str) -> str:
        rows = "".join(f"{name} {one},Planner,2026-03-12,Rejected\n" for one in range(number))
        return f"Company,Role,Date applied,Status\n{rows}"

    with CaptureQueriesContext(connection) as for_few:
        take(client, _rows(10, "Harrow"))
    with CaptureQueriesContext(connection) as for_many:
        take(client, _rows(400, "Larkfield"))
    assert len(for_many) - len(for_few) < 390 / 20


# LinkedIn -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Job Applications.csv", "Jobs/Job Applications.csv"])
def test_the_linkedin_export_is_read_from_its_zip(client: Client, name: str) -> None:
    raw = a_zip(**{"Connections.csv": "Notes:\n", name: LINKEDIN})
    preview = give(client, raw, "export.zip").context["preview"]
    take(client, preview.text)
    harrow = by_name("Harrow")
    assert (harrow.applied_date, harrow.found_through) == (date(2024, 3, 4), "LinkedIn")


def test_several_lists_of_one_export_are_one(client: Client) -> None:
    second = "Application Date,Job Title,Company Name\n4/5/24,Cook,Norwick\n"
    raw = a_zip(**{"Jobs/Job Applications.csv": LINKEDIN, "Jobs/Job Applications_1.csv": second})
    preview = give(client, raw, "export.zip").context["preview"]
    assert [(one.employer, one.role) for one in preview.entries] == [
        ("Harrow", "Planner"),
        ("Norwick", "Cook"),
    ]


def test_the_list_alone_is_read_too(client: Client) -> None:
    preview = give(client, LINKEDIN.encode(), "Job Applications.csv").context["preview"]
    assert preview.is_from_linkedin
    assert preview.entries[0].applied_date == date(2024, 3, 4)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (a_zip(**{"Connections.csv": "Notes:\n"}), "holds no “Job Applications.csv”"),
        (a_zip(**{"[Content_Types].xml": "<x/>"}), "This is a workbook"),
        (a_zip(**{"Job Applications.csv": LINKEDIN})[:90], "damaged or locked"),
        (a_zip(**{"Job Applications.csv": LINKEDIN.split('"3/4')[0]}), "no row below it"),
        (b"\xd0\xcf\x11\xe0 old", "This is an old workbook"),
    ],
    ids=["another zip", "a workbook", "cut short", "nothing in the list", "an old workbook"],
)
def test_an_export_without_the_list_is_an_error(client: Client, raw: bytes, said: str) -> None:
    answer = give(client, raw, "export.zip")
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("start", [b"From someone Mon Nov 23 07:33:13 2026\n", b"Received: by x\n"])
def test_mail_given_as_a_list_is_said_to_be_mail(client: Client, start: bytes) -> None:
    answer = give(client, start + b"Subject: a, b\n\nHello, you,\n", "mail.mbox")
    assert answer.status_code == 422
    assert "This is mail, not a list." in answer.content.decode()


def test_a_list_is_shown_in_words_with_how_its_days_were_read(client: Client) -> None:
    text = "Company,Applied,Status\nHarrow,03/04/2026,Rejected after phone screen\n"
    page = client.post("/applications/list", {"text": text}).content.decode()
    assert "a first call, they said no" in page
    assert "The days were read with the day first." in page


# By hand --------------------------------------------------------------------------------------


def test_an_application_is_put_in_by_hand_and_letters_join_it(owner: User, client: Client) -> None:
    now = timezone.now()
    day = (now - timedelta(days=3)).date()
    client.post("/applications/new", {"employer": "Harrow", "role": "Planner", "applied_date": day})
    application = by_name("Harrow")
    assert (application.applied_date, application.outcome) == (day, Outcome.OPEN)
    page = client.get("/applications/").content.decode()
    assert f"Applied on {day.day} {day:%B %Y}, nothing came yet" in page
    client.post("/applications/new", {"employer": "Norwick"})
    assert "Nothing came yet" in client.get("/applications/").content.decode()
    letter = received(
        owner, a_letter(ACKNOWLEDGED, employer="Harrow", role="Planner", sent_at=now), now=now
    )
    assert letter.application == application
    assert "the application, which they have" in client.get("/applications/").content.decode()
    client.post(f"/letters/{letter.pk}/remove")
    assert by_name("Harrow") == application


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"employer": ""}, "Who is it at?"),
        ({"employer": "Harrow", "applied_date": "2999-01-01"}, "still to come"),
        ({"employer": "Harrow", "link": "javascript:alert(1)"}, "begins with https://"),
    ],
)
def test_what_cannot_be_right_is_said(client: Client, given: dict[str, str], said: str) -> None:
    answer = client.post("/applications/new", given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Application.objects.count() == 0


def test_a_no_by_telephone_opens_a_plan_and_a_later_invitation_takes_it_back(
    owner: User, client: Client
) -> None:
    now = timezone.now()
    letter = received(owner, a_letter(ACKNOWLEDGED, sent_at=now - timedelta(days=9)), now=now)
    path = f"/applications/{letter.application_id}/"
    client.post(f"{path}correct", {"outcome": "rejected"})
    assert Plan.objects.get().application == letter.application
    assert "They said no" in client.get(path).content.decode()
    later = timezone.now() + timedelta(minutes=1)
    received(owner, a_letter(INVITED, sent_at=later, message_id="two"), now=later)
    assert Application.objects.get().outcome == Outcome.OPEN


def test_a_plan_without_a_letter_can_be_walked_through(client: Client) -> None:
    client.post("/applications/new", {"employer": "Harrow", "outcome": "rejected"})
    path = f"/plans/{Plan.objects.get().pk}/"
    assert due_now(User.objects.get(), timezone.now()) != []
    for page in ("", *(f"{kind}/" for kind in StepKind)):
        assert client.get(f"{path}{page}").status_code == 200
    assert client.post(f"{path}draft", follow=True).status_code == 200
    assert client.get("/").status_code == 200


def test_only_what_is_sent_is_changed(client: Client) -> None:
    take(client)
    harrow = by_name("Harrow")
    client.post(f"/applications/{harrow.pk}/correct", {"note": "They wrote by hand."})
    after = by_name("Harrow")
    assert (after.note, after.link, after.role) == (
        "They wrote by hand.",
        harrow.link,
        "Planner",
    )
    assert after.decided_at == harrow.decided_at


def test_an_application_without_letters_can_be_removed(owner: User, client: Client) -> None:
    take(client)
    client.post(f"/applications/{by_name('Harrow').pk}/remove")
    assert not Application.objects.filter(employer__name="Harrow").exists()
    letter = received(owner, a_letter(FORM))
    client.post(f"/applications/{letter.application_id}/remove")
    assert letter.application is not None
    assert Application.objects.filter(pk=letter.application_id).exists()


# Out again ------------------------------------------------------------------------------------


def test_all_applications_leave_as_csv_and_come_back_once(client: Client) -> None:
    take(client)
    raw = client.get("/applications.csv").content
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [(row["employer"], row["status"], row["stage"]) for row in rows] == [
        ("Harrow", "rejected", "screen"),
        ("Larkfield", "open", "application"),
    ]
    assert take(client, raw.decode("utf-8-sig"))[0] == "Taken over: 2 here already."
    Application.objects.all().delete()
    take(client, raw.decode("utf-8-sig"))
    assert client.get("/applications.csv").content == raw


def test_all_applications_leave_as_json(client: Client) -> None:
    take(client)
    (harrow, _larkfield) = json.loads(client.get("/applications.json").content)
    assert harrow["decided"] == "2026-04-01"
    assert harrow["last_heard"] is None


def test_nobody_elses_applications_leave(client: Client) -> None:
    take(client)
    other = Client()
    other.force_login(an_owner("ben"))
    assert json.loads(other.get("/applications.json").content) == []
