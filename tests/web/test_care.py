"""For yourself: exercises, marks of mood, the suggestion to rest, and who is offered what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import INVITED, NOW, a_letter, an_owner, received
from tests.web.drafting import at, save, words_of

from kindregards.core.plan import StepKind
from kindregards.web.models import Debrief, Draft, KeptLine, Letter, Mood, Plan, User
from kindregards.web.plan.queries import plan_for_letter
from kindregards.web.plan.resting import Strip, strip_at_home
from kindregards.web.resting import MOST_KEPT, OPENED

SOMEBODY = "/somebody-to-talk-to/"
SUGGESTION = 'aria-label="A suggestion to rest"'


def _plan(letter: Letter) -> Plan:
    plan = plan_for_letter(letter.owner, letter)
    assert plan is not None
    return plan


def _opened(client: Client, letter: Letter, *ago: timedelta) -> None:
    """Let the rejection have been opened so long ago."""
    now = timezone.now()
    session = client.session
    at = [(now - one).isoformat() for one in sorted(ago, reverse=True)]
    session[OPENED] = {str(letter.application_id): {"at": at, "quiet": ""}}
    session.save()


DAYS = [timedelta(days=days, hours=1) for days in (1, 2, 3)]


# The exercises --------------------------------------------------------------------------------


def test_nothing_is_kept_unless_its_button_is_pressed(client: Client) -> None:
    page = words_of(client.get("/for-yourself/kindness?screen=1"))
    assert "gone when you go on, unless you keep it" in page
    assert "Go on" in page
    client.get("/for-yourself/kindness?screen=2")
    assert not KeptLine.objects.exists()


def test_a_kept_line_is_there_the_next_time_and_can_be_forgotten(client: Client) -> None:
    told = {"exercise": "kindness", "screen": "1", "text": "Tired, and relieved."}
    answer = client.post("/for-yourself/keep", told)
    assert answer.headers["Location"] == "/for-yourself/kindness?screen=2"
    client.post("/for-yourself/keep", {**told, "text": "Only tired."})
    assert [line.text for line in KeptLine.objects.all()] == ["Only tired."]
    assert "Only tired.</textarea>" in words_of(client.get("/for-yourself/kindness?screen=1"))
    client.post("/for-yourself/forget", {"exercise": "kindness"})
    assert not KeptLine.objects.exists()


def test_an_emptied_line_is_forgotten(client: Client) -> None:
    told = {"exercise": "kindness", "screen": "1", "text": "Tired."}
    client.post("/for-yourself/keep", told)
    client.post("/for-yourself/keep", {**told, "text": "  "})
    assert not KeptLine.objects.exists()


def test_a_line_that_is_too_long_comes_back(client: Client) -> None:
    told = {"exercise": "kindness", "screen": "1", "text": "w" * 4001}
    answer = client.post("/for-yourself/keep", told)
    assert answer.status_code == 422
    assert "w" * 4001 in words_of(answer)


def test_before_the_next_step_asks_first_what_comes_next(client: Client) -> None:
    page = words_of(client.get("/for-yourself/before"))
    assert "What comes next?" in page
    first = words_of(client.get("/for-yourself/before?coming=final&screen=1"))
    assert "Of a hundred last rounds, about 32 end in an offer" in first
    told = {"exercise": "before", "coming": "final", "screen": "4", "text": "ring Ben."}
    answer = client.post("/for-yourself/keep", told)
    assert answer.headers["Location"] == "/for-yourself/before?coming=final&screen=5"
    assert "That is all of it" in words_of(client.get(answer.headers["Location"]))


def test_the_figure_follows_where_they_apply(owner: User, client: Client) -> None:
    owner.market = "tech_remote"
    owner.save()
    page = words_of(client.get("/for-yourself/before?coming=application"))
    assert "about 5 lead to a talk" in page


def test_a_fresh_invitation_offers_the_exercise_before_it(owner: User, client: Client) -> None:
    now = timezone.now()
    fresh = received(owner, a_letter(INVITED, sent_at=now - timedelta(days=2)), now=now)
    old = received(
        owner,
        a_letter(INVITED, employer="Ropewalk", message_id="two", sent_at=now - timedelta(days=60)),
        now=now,
    )
    offer = "/for-yourself/before?coming=interview"
    assert offer in words_of(client.get(f"/letters/{fresh.pk}/"))
    assert offer not in words_of(client.get(f"/letters/{old.pk}/"))


def test_an_invitation_that_ended_in_a_no_offers_the_plan_and_not_the_exercise(
    owner: User, client: Client
) -> None:
    now = timezone.now()
    invited = received(owner, a_letter(INVITED, sent_at=now - timedelta(days=2)), now=now)
    received(owner, a_letter(message_id="two", sent_at=now), now=now)
    page = words_of(client.get(f"/letters/{invited.pk}/"))
    assert "/for-yourself/before" not in page
    assert "The whole plan" in page


@pytest.mark.parametrize(
    "query", ["screen=0", "screen=-1", "screen=x", "screen=99999", "screen=%00", "coming=x"]
)
def test_any_screen_that_is_asked_for_is_answered(client: Client, query: str) -> None:
    for exercise in ("before", "kindness"):
        assert client.get(f"/for-yourself/{exercise}?{query}").status_code == 200


@pytest.mark.parametrize("screen", ["0", "99", "x", ""])
def test_a_line_for_no_screen_breaks_nothing(client: Client, screen: str) -> None:
    told = {"exercise": "nothing", "screen": screen, "text": "Tired."}
    assert client.post("/for-yourself/keep", told).status_code == 302


def test_a_line_that_speaks_of_hurting_oneself_leads_to_somebody_and_is_kept(
    client: Client,
) -> None:
    told = {"exercise": "kindness", "screen": "1", "text": "I do not want to live any more."}
    assert client.post("/for-yourself/keep", told).headers["Location"] == SOMEBODY
    assert KeptLine.objects.count() == 1


# Marks of mood --------------------------------------------------------------------------------


def test_a_mark_is_noted_and_can_be_forgotten(client: Client) -> None:
    assert client.post("/for-yourself/mood", {"felt": "6"}).headers["Location"] == "/"
    assert [mood.felt for mood in Mood.objects.all()] == [6]
    client.post("/for-yourself/forget", {"what": "marks"})
    assert not Mood.objects.exists()


@pytest.mark.parametrize("felt", ["", "-1", "11", "x", "5.5", "9" * 40])
def test_only_marks_of_the_scale_are_noted(client: Client, felt: str) -> None:
    assert client.post("/for-yourself/mood", {"felt": felt}).status_code == 302
    assert not Mood.objects.exists()


def test_the_third_very_low_day_leads_to_somebody_to_talk_to(owner: User, client: Client) -> None:
    now = timezone.now()
    for days in (2, 1):
        Mood.objects.create(owner=owner, felt=2, marked_at=now - timedelta(days=days))
    assert client.post("/for-yourself/mood", {"felt": "1"}).headers["Location"] == SOMEBODY


def test_home_offers_somebody_after_three_very_low_days(
    owner: User, client: Client, letter: Letter
) -> None:
    now = timezone.now()
    for days in range(3):
        Mood.objects.create(owner=owner, felt=2, marked_at=now - timedelta(days=days))
    assert strip_at_home(owner, now) is Strip.SOMEBODY
    assert "You do not have to carry them alone." in words_of(client.get("/"))


def test_home_offers_kind_minutes_after_three_rejections_in_two_weeks(
    owner: User, client: Client
) -> None:
    now = timezone.now()
    for number in range(3):
        assert strip_at_home(owner, now) is None
        sent_at = now - timedelta(days=number + 1)
        raw = a_letter(employer=f"Mill {number}", message_id=str(number), sent_at=sent_at)
        received(owner, raw, now=now)
    assert strip_at_home(owner, now) is Strip.KINDNESS
    assert "five kind minutes" in words_of(client.get("/"))


def test_another_persons_marks_and_rejections_offer_me_nothing(owner: User) -> None:
    ben, now = an_owner("ben"), timezone.now()
    for number in range(3):
        Mood.objects.create(owner=ben, felt=0, marked_at=now - timedelta(days=number))
        raw = a_letter(employer=f"Mill {number}", message_id=str(number), sent_at=now)
        received(ben, raw, now=now)
    assert strip_at_home(owner, now) is None
    assert strip_at_home(ben, now) is Strip.SOMEBODY


# A rest ---------------------------------------------------------------------------------------


def test_the_fourth_opening_in_a_week_suggests_a_rest_and_blocks_nothing(
    client: Client, letter: Letter
) -> None:
    page = f"/letters/{letter.pk}/"
    assert SUGGESTION not in words_of(client.get(page))
    _opened(client, letter, *DAYS)
    told = words_of(client.get(page))
    assert SUGGESTION in told
    assert 'aria-label="The letter"' in told  # the letter is there as ever


@pytest.mark.parametrize("kind", [StepKind.FACTS, StepKind.MEANING])
def test_the_sittings_suggest_it_too_and_the_steps_ahead_do_not(
    client: Client, letter: Letter, kind: StepKind
) -> None:
    _opened(client, letter, *DAYS)
    plan = _plan(letter)
    assert SUGGESTION in words_of(client.get(f"/plans/{plan.pk}/{kind}/"))
    assert SUGGESTION not in words_of(client.get(f"/plans/{plan.pk}/ask/"))
    assert SUGGESTION not in words_of(client.get(f"/plans/{plan.pk}/"))


def test_pages_of_one_rejection_within_half_an_hour_are_one_opening(
    client: Client, letter: Letter
) -> None:
    plan = _plan(letter)
    for path in (f"/letters/{letter.pk}/", f"/plans/{plan.pk}/facts/") * 3:
        assert SUGGESTION not in words_of(client.get(path))
    assert len(client.session[OPENED][str(letter.application_id)]["at"]) == 1


@pytest.fixture
def debrief(client: Client, letter: Letter) -> Debrief:
    """The debrief of that rejection, begun."""
    client.post(f"/applications/{letter.application_id}/debrief")
    return Debrief.objects.get()


def test_a_debrief_suggests_it_on_its_page_and_where_the_meaning_is_thought_about(
    client: Client, letter: Letter, debrief: Debrief
) -> None:
    _opened(client, letter, *DAYS)
    assert SUGGESTION in words_of(client.get(f"/debriefs/{debrief.pk}/"))
    assert words_of(client.get(f"/debriefs/{debrief.pk}/why/")).count(SUGGESTION) == 1
    assert SUGGESTION not in words_of(client.get(f"/debriefs/{debrief.pk}/people/"))


def test_the_meaning_suggests_to_stop_after_twenty_five_minutes(
    client: Client, debrief: Debrief
) -> None:
    debrief.meaning_began_at = timezone.now() - timedelta(minutes=24)
    debrief.save()
    assert SUGGESTION not in words_of(client.get(f"/debriefs/{debrief.pk}/why/"))
    debrief.meaning_began_at = timezone.now() - timedelta(minutes=26)
    debrief.save()
    page = words_of(client.get(f"/debriefs/{debrief.pk}/why/"))
    assert "twenty-five minutes. What you wrote is kept." in page
    assert SUGGESTION not in words_of(client.get(f"/debriefs/{debrief.pk}/people/"))


def test_a_debrief_before_any_rejection_suggests_no_rest(client: Client, owner: User) -> None:
    letter = received(owner, a_letter(INVITED, sent_at=timezone.now()), now=timezone.now())
    client.post(f"/applications/{letter.application_id}/debrief")
    debrief = Debrief.objects.get()
    _opened(client, letter, *DAYS)
    assert SUGGESTION not in words_of(client.get(f"/debriefs/{debrief.pk}/why/"))


def test_a_heavy_line_in_a_debrief_offers_somebody_on_its_pages(
    client: Client, debrief: Debrief
) -> None:
    page, screen = f"/debriefs/{debrief.pk}/", f"/debriefs/{debrief.pk}/reactions/"
    assert "This sounds heavy." not in words_of(client.get(page))
    client.post(screen, {"text": "I do not want to live any more.", "was": "", "go": "on"})
    assert "This sounds heavy." in words_of(client.get(page))
    assert "This sounds heavy." in words_of(client.get(screen))


def test_put_away_for_now_is_quiet_about_this_one_only(client: Client, letter: Letter) -> None:
    other = received(
        letter.owner, a_letter(employer="Ropewalk", message_id="two", sent_at=NOW), now=NOW
    )
    _opened(client, letter, *DAYS)
    told = {"choice": "later", "application": letter.application_id}
    assert client.post("/for-yourself/rest", told).headers["Location"] == "/"
    assert SUGGESTION not in words_of(client.get(f"/letters/{letter.pk}/"))
    session = client.session
    ago = [(timezone.now() - day).isoformat() for day in DAYS]
    session[OPENED] |= {str(other.application_id): {"at": sorted(ago), "quiet": ""}}
    session.save()
    assert SUGGESTION in words_of(client.get(f"/letters/{other.pk}/"))


def test_never_again_holds_and_forgets_what_was_noted(
    client: Client, letter: Letter, owner: User
) -> None:
    _opened(client, letter, *DAYS)
    client.post("/for-yourself/rest", {"choice": "never"})
    assert OPENED not in client.session
    client.get(f"/letters/{letter.pk}/")
    assert OPENED not in client.session
    owner.refresh_from_db()
    assert not owner.offers_rest
    assert "Suggest it again" in words_of(client.get("/for-yourself/"))
    client.post("/for-yourself/rest", {"choice": "again"})
    owner.refresh_from_db()
    assert owner.offers_rest


def test_what_was_noted_is_forgotten_after_seven_days(client: Client, letter: Letter) -> None:
    _opened(client, letter, timedelta(days=8), timedelta(days=9))
    client.get(f"/letters/{letter.pk}/")
    assert len(client.session[OPENED][str(letter.application_id)]["at"]) == 1


def test_no_more_than_so_many_rejections_are_remembered(client: Client, letter: Letter) -> None:
    at = [(timezone.now() - timedelta(days=1)).isoformat()]
    session = client.session
    session[OPENED] = {str(-number): {"at": at, "quiet": ""} for number in range(1, 100)}
    session.save()
    client.get(f"/letters/{letter.pk}/")
    assert len(client.session[OPENED]) == MOST_KEPT
    assert str(letter.application_id) in client.session[OPENED]


def test_with_a_plan_the_suggestion_says_so(client: Client, letter: Letter) -> None:
    _opened(client, letter, *DAYS)
    page = f"/letters/{letter.pk}/"
    assert "You have the plan" not in words_of(client.get(page))
    client.post(f"/plans/{_plan(letter).pk}/meaning/decide", {"decision": "done"})
    assert "You have the plan" in words_of(client.get(page))


# Lines in the clear ---------------------------------------------------------------------------


def test_a_heavy_line_in_a_step_offers_somebody_beside_it(client: Client, letter: Letter) -> None:
    plan = _plan(letter)
    client.post(
        f"/plans/{plan.pk}/facts/note", {"note": "I do not want to live any more.", "was": ""}
    )
    page = words_of(client.get(f"/plans/{plan.pk}/facts/"))
    assert "This sounds heavy." in page
    assert "I do not want to live any more.</textarea>" in page


def test_an_ordinary_line_in_a_step_does_not(client: Client, letter: Letter) -> None:
    plan = _plan(letter)
    client.post(f"/plans/{plan.pk}/facts/note", {"note": "I killed it.", "was": ""})
    assert "This sounds heavy." not in words_of(client.get(f"/plans/{plan.pk}/facts/"))


def test_the_foot_of_every_page_leads_to_somebody(client: Client, letter: Letter) -> None:
    for path in ("/", f"/letters/{letter.pk}/", "/settings/", "/diagnosis/", "/for-yourself/"):
        main = words_of(client.get(path)).split("<main", 1)[1]
        assert f'href="{SOMEBODY}"' in main, path


def test_a_heavy_line_in_a_draft_offers_somebody_before_anything_is_sent(
    client: Client, draft: Draft
) -> None:
    assert "This sounds heavy." not in words_of(client.get(at(draft)))
    save(client, draft, "Dear Ines, without this job I do not want to live.")
    assert "This sounds heavy." in words_of(client.get(at(draft)))


# Somebody to talk to --------------------------------------------------------------------------


def test_the_line_of_the_country_by_the_clock_stands_first(owner: User, client: Client) -> None:
    owner.time_zone = "Europe/Vienna"
    owner.save()
    page = words_of(client.get(SOMEBODY))
    assert page.index('href="tel:142"') < page.index('href="tel:08001110111"')
    assert page.count('href="tel:142"') == 1


def test_without_a_known_country_every_line_is_there(owner: User, client: Client) -> None:
    owner.time_zone = "UTC"
    owner.save()
    page = words_of(client.get(SOMEBODY))
    for dialed in ("142", "988", "116123", "131114", "1411"):
        assert f'href="tel:{dialed}"' in page
    assert "It is no treatment and gives no diagnosis." in page
    assert "compared with public lists on" in page
