"""The diagnosis as pages: words, pictures with their tables, the market, a picture to keep."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import an_owner
from tests.searching import interviews, letters, rows, silent

from kindregards.core.applications import Outcome
from kindregards.core.debriefs import Prompt
from kindregards.core.diagnosis import Market, Route, Verdict
from kindregards.core.letters.reading import Stage
from kindregards.web.diagnosis.queries import counted_of, diagnosis_of, requests_of, stated_to
from kindregards.web.models import (
    Application,
    Claim,
    Correction,
    Debrief,
    Draft,
    Letter,
    Note,
    Question,
    Touch,
    User,
)

SENIOR = ("seniority", "We were looking for somebody with more years of leading a team.")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def words(client: Client, path: str = "/diagnosis/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_before_the_first_letter_the_page_says_how_to_begin(client: Client) -> None:
    assert "Nothing to tell yet." in words(client)


def test_letters_that_came_in_and_silence_are_counted_once_each(owner: User, now: datetime) -> None:
    letters(owner, 3)
    silent(owner, 4)
    silent(owner, 2, days=5)
    found = diagnosis_of(owner, now)
    assert (found.applications, found.decided) == (9, 7)


def test_a_late_rejection_ends_a_silence_and_lowers_no_stage(owner: User, now: datetime) -> None:
    (first,) = interviews(owner, 1, days=60)
    before = diagnosis_of(owner, now)
    Letter.objects.filter(pk=first.pk).update(sent_at=now)
    assert diagnosis_of(owner, now).stages == before.stages


def test_counts_under_five_are_never_shares(owner: User, client: Client) -> None:
    letters(owner, 4)
    lines = client.get("/diagnosis/").context["lines"]
    assert [line.is_shown for line in lines] == [False, False, False]
    assert words(client).count("Too early to tell.") == 3


def test_every_picture_has_its_table(owner: User, client: Client, now: datetime) -> None:
    rows(owner, 20, began_at=now - timedelta(days=50))
    rows(owner, 6, Stage.INTERVIEW, began_at=now - timedelta(days=50))
    page = words(client)
    assert page.count("The same as a table") == page.count("<table>") == 3
    assert '<th scope="row">Interview</th> <td>6</td>' in page


def test_another_market_is_another_usual_rate(owner: User, client: Client) -> None:
    silent(owner, 30)
    assert "Look at the resume" in words(client)
    answer = client.post("/diagnosis/market", {"market": "tech_remote"})
    assert answer["Location"] == "/diagnosis/#rates"
    assert "Nothing stands out so far." in words(client)
    owner.refresh_from_db()
    assert owner.market == Market.TECH_REMOTE


def test_a_market_that_does_not_exist_changes_nothing(owner: User, client: Client) -> None:
    client.post("/diagnosis/market", {"market": "moon"})
    owner.refresh_from_db()
    assert owner.market == Market.GENERAL


def test_the_way_an_application_took_is_said_on_its_page(owner: User, client: Client) -> None:
    silent(owner, 1)
    application = Application.objects.get()
    client.post(f"/applications/{application.pk}/correct", {"route": "referral"})
    application.refresh_from_db()
    assert application.route == Route.REFERRAL
    client.post(f"/applications/{application.pk}/correct", {"note": "A friend there."})
    application.refresh_from_db()
    assert application.route == Route.REFERRAL
    exported = json.loads(client.get("/applications.json").content)
    assert json.dumps(exported).count('"referral"') == 1


# Reasons -----------------------------------------------------------------------------------


def test_the_same_reason_from_two_employers_leads_to_both_letters(
    owner: User, client: Client, now: datetime
) -> None:
    rows(owner, 2, Stage.INTERVIEW, began_at=now, feedback=SENIOR)
    page = words(client)
    assert "Two employers gave the same reason: seniority." in page
    for letter in Letter.objects.all():
        assert f'href="/letters/{letter.pk}/"' in page


def test_a_form_letter_states_no_reason_unless_the_person_says_so(
    owner: User, now: datetime
) -> None:
    rows(owner, 1, began_at=now, feedback=SENIOR)
    letter = Letter.objects.get()
    Letter.objects.update(style="form")
    assert stated_to(owner) == []
    Correction.objects.create(
        owner=owner, letter=letter, field="reason", value="seniority", made_at=now
    )
    assert [one.letter for one in stated_to(owner)] == [letter.pk]


def test_a_request_for_advice_is_a_dot_and_a_row(sent: Draft, client: Client) -> None:
    (asked,) = requests_of(sent.owner)
    assert asked.answer is None
    page = words(client)
    assert "0 of 1 answered so far" in page
    assert page.count("<circle cx=") >= 1


# What comes back in debriefs ----------------------------------------------------------------


def debriefed(owner: User, asked: str, went: int, *, lacked: str = "", cause: str = "") -> Debrief:
    """The debrief of one application with a question, a gap and a cause."""
    application = Application.objects.filter(owner=owner, debriefs=None).first()
    assert application is not None
    debrief = Debrief.objects.create(owner=owner, application=application, began_at=timezone.now())
    Question.objects.create(owner=owner, debrief=debrief, text=asked, went=went)
    Note.objects.create(owner=owner, debrief=debrief, prompt=Prompt.NOT_SHOWN, text=lacked)
    Claim.objects.create(owner=owner, debrief=debrief, text=cause, confidence=90)
    return debrief


def test_a_question_that_went_badly_twice_leads_to_both_debriefs(
    owner: User, client: Client
) -> None:
    interviews(owner, 3)
    first = debriefed(owner, "Tell me about a conflict with a colleague.", 2)
    second = debriefed(owner, "A conflict you had with colleagues?", 1)
    debriefed(owner, "Why us?", 5)
    page = words(client)
    assert "This question went badly twice: “A conflict you had with colleagues?”" in page
    part = page.partition('id="questions"')[2].partition("</section>")[0]
    for debrief in (first, second):
        assert f'href="/debriefs/{debrief.pk}/"' in part
    assert "Why us?" not in part
    assert part.count("<table>") == 1


def test_the_same_gap_in_two_debriefs_is_told_with_both(owner: User, client: Client) -> None:
    interviews(owner, 2)
    both = [debriefed(owner, "", 3, lacked="- Leading a team") for _ in range(2)]
    page = words(client)
    assert "You named the same gap twice: “Leading a team”" in page
    part = page.partition('id="gaps"')[2].partition("</section>")[0]
    assert all(f'href="/debriefs/{one.pk}/"' in part for one in both)


def test_what_the_person_takes_for_a_cause_stands_apart_and_makes_no_figure(
    owner: User, client: Client, now: datetime
) -> None:
    letters(owner, 1)
    before = diagnosis_of(owner, now)
    debriefed(owner, "", 3, cause="I was <late>")
    assert diagnosis_of(owner, now) == before
    part = words(client).partition('id="own-view"')[2].partition("</section>")[0]
    assert "I was &lt;late&gt;" in part
    assert "How sure you are: rather likely." in part  # only a form letter is known


def test_nobody_sees_what_comes_back_for_somebody_else(owner: User, client: Client) -> None:
    letters(owner, 1)
    other = an_owner("ben")
    interviews(other, 2)
    for _ in range(2):
        debriefed(other, "A conflict?", 1, lacked="French", cause="Nerves")
    page = words(client)
    for said in ("conflict", "French", "Nerves"):
        assert said not in page


# The wrong fix ---------------------------------------------------------------------------


def test_the_step_that_improves_warns_of_the_wrong_fix(owner: User, client: Client) -> None:
    came = interviews(owner, 16)
    assert came[0].application is not None
    page = words(client, f"/plans/{came[0].application.plan.pk}/improve/")
    assert "Sixteen of your sixteen applications led to a first call" in page


def test_with_few_applications_the_step_says_nothing_of_them(owner: User, client: Client) -> None:
    (came,) = interviews(owner, 1)
    assert came.application is not None
    page = words(client, f"/plans/{came.application.plan.pk}/improve/")
    assert "wrong fix" not in page


def test_who_plans_resume_work_while_talks_come_is_offered_practice(
    owner: User, client: Client
) -> None:
    rows(owner, 15, Stage.INTERVIEW, began_at=timezone.now() - timedelta(days=50))
    (came,) = letters(owner, 1)
    assert came.application is not None
    plan = f"/plans/{came.application.plan.pk}/"
    page = words(client, f"{plan}improve/")
    assert "Fifteen of your sixteen applications led to a first call" in page
    assert "polishing it would be the wrong fix" in page
    assert "<h1>Practice two answers, leave the resume</h1>" in page
    assert page.index("Say each aloud") < page.index("If you still want to look at the resume")
    assert "Your applications together do lead to conversations" in words(client, plan)


def test_who_plans_practice_while_nobody_calls_is_offered_readers(
    owner: User, client: Client
) -> None:
    silent(owner, 40)
    (came,) = interviews(owner, 1)
    assert came.application is not None
    page = words(client, f"/plans/{came.application.plan.pk}/improve/")
    assert "Practicing answers can wait" in page
    assert "<h1>Fresh eyes on the resume, without hurry</h1>" in page
    assert page.index("ask three to six people") < page.index("If you would rather practice")


def test_what_people_try_stands_beside_their_own_numbers(owner: User, client: Client) -> None:
    interviews(owner, 16)
    page = words(client, "/diagnosis/what-people-try")
    assert page.count('class="tried"') == 7
    assert "Your letters speak against it</b> Sixteen of your sixteen applications led" in page
    assert "Begin with two answers" in page
    assert 'href="/diagnosis/what-people-try"' in words(client)


def test_what_people_try_can_be_read_before_the_first_letter(owner: User, client: Client) -> None:
    page = words(client, "/diagnosis/what-people-try")
    assert page.count('class="tried"') == 7
    assert "No letter here has said no yet." in page
    assert "speak for it" not in page


def test_what_is_counted_are_ones_own_letters_both_ways(owner: User, client: Client) -> None:
    interviews(owner, 3)
    other = an_owner("eve")
    letters(other, 4)
    assert counted_of(owner).rejections == 3
    Letter.objects.filter(owner=owner).update(door="open")
    assert counted_of(owner).open_doors == 3
    asked = Touch.objects.create(
        owner=owner,
        direction="out",
        channel="mail",
        kind="advice_request",
        at=timezone.now(),
        application=Application.objects.filter(owner=owner).first(),
    )
    Draft.objects.create(
        owner=owner,
        application=asked.application,
        touch=asked,
        text="Please decide again.",
        overruled_because="She asked me to.",
        kind="advice_request",
        language="en",
        seed=1,
        created_at=asked.at,
    )
    assert (counted_of(owner).asked, counted_of(owner).answered) == (1, 0)
    assert (counted_of(owner).overruled, counted_of(owner).overruled_answered) == (1, 0)


# The week ------------------------------------------------------------------------------------


def test_a_week_is_told_with_one_skill_and_one_thing_for_the_heart(
    owner: User, client: Client
) -> None:
    interviews(owner, 2, days=1)
    silent(owner, 3)
    page = words(client, "/diagnosis/week")
    assert "<li>Two applications begun</li>" in page
    assert "<li>Two letters that said no</li>" in page
    assert page.count("One skill") == page.count("One thing for the heart") == 1
    assert "It was a pleasure to hear about your work" in page


def test_a_quiet_week_is_told_as_one(owner: User, client: Client) -> None:
    silent(owner, 30)
    assert "A quiet week: no letter came." in words(client, "/diagnosis/week")


def test_the_week_as_markdown_says_the_same(owner: User, client: Client) -> None:
    silent(owner, 30)
    answer = client.get("/diagnosis/week.md")
    assert answer["Content-Type"].startswith("text/markdown")
    told = answer.content.decode()
    assert told.startswith("# The week to ")
    assert "## One skill\n\nAsk three to six people to read your resume" in told
    assert "## One thing for the heart" in told


# A picture to keep --------------------------------------------------------------------------


def test_the_picture_to_keep_has_no_names_unless_they_are_wanted(
    owner: User, client: Client, now: datetime
) -> None:
    User.objects.update(first_name="Ada", last_name="Winter")
    rows(owner, 3, Stage.FINAL, began_at=now)
    plain = client.get("/diagnosis/flow.svg")
    named = client.get("/diagnosis/flow.svg?names=shown").content.decode()
    assert plain["Content-Type"].startswith("image/svg+xml")
    assert plain["Content-Disposition"].startswith("attachment")
    for told in (plain.content.decode(), named):
        assert ET.fromstring(told).tag == "{http://www.w3.org/2000/svg}svg"
    name = Application.objects.select_related("employer").first()
    assert name is not None
    assert name.employer is not None
    assert name.employer.name in named
    assert "Ada Winter" in named
    assert "Mill" not in plain.content.decode()
    assert "Ada" not in plain.content.decode()


@pytest.mark.parametrize("many", [1, 40])
def test_all_words_of_the_picture_to_keep_lie_inside_it(
    owner: User, client: Client, now: datetime, many: int
) -> None:
    for stage in (Stage.INTERVIEW, Stage.FINAL, Stage.OFFER):
        rows(owner, many, stage, began_at=now)
    root = ET.fromstring(client.get("/diagnosis/flow.svg?names=shown").content)
    _left, top, _width, height = map(float, root.attrib["viewBox"].split())
    named = root.find("{*}g")
    assert named is not None
    below = float(re.findall(r"\d+", named.attrib["transform"])[1])
    places = [float(text.attrib["y"]) for text in root.findall("{*}text")]
    places += [below + float(text.attrib["y"]) for text in named]
    assert top + 14 <= min(places)
    assert max(places) <= top + height - 8
    assert all(len("".join(text.itertext())) < 125 for text in named)


def test_names_that_look_like_markup_stay_words(owner: User, client: Client, now: datetime) -> None:
    User.objects.update(first_name="<script>", last_name="&")
    rows(owner, 1, Stage.FINAL, began_at=now)
    told = client.get("/diagnosis/flow.svg?names=shown").content.decode()
    assert "<script>" not in told
    assert ET.fromstring(told) is not None


def test_an_empty_picture_is_still_a_picture(client: Client) -> None:
    assert ET.fromstring(client.get("/diagnosis/flow.svg").content) is not None


# One's own and many -------------------------------------------------------------------------


def test_somebody_elses_applications_count_for_nobody_else(
    owner: User, client: Client, now: datetime
) -> None:
    rows(an_owner("ben"), 30, Stage.INTERVIEW, began_at=now, feedback=SENIOR)
    assert "Nothing to tell yet." in words(client)
    assert diagnosis_of(owner, now).verdict is Verdict.NOTHING_YET


def test_two_thousand_applications_take_no_more_questions_than_three(
    owner: User, client: Client, now: datetime
) -> None:
    began_at = now - timedelta(days=50)
    rows(owner, 12, Stage.INTERVIEW, began_at=began_at, feedback=SENIOR)
    with CaptureQueriesContext(connection) as for_few:
        client.get("/diagnosis/")
    rows(owner, 1500, began_at=began_at)
    rows(owner, 300, Stage.SCREEN, began_at=began_at, route=Route.REFERRAL)
    rows(owner, 200, Stage.INTERVIEW, Outcome.OPEN, began_at=began_at, feedback=SENIOR)
    with CaptureQueriesContext(connection) as for_many:
        answer = client.get("/diagnosis/")
    assert answer.context["found"].applications == 2012
    assert len(for_many) == len(for_few) <= 12
