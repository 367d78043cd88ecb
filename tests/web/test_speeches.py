"""Something to hear: choosing, listening, marks before and after, and what is kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import (
    FORM,
    INTERVIEWED,
    INVITED,
    a_letter,
    an_owner,
    received,
    rejection_bytes,
)
from tests.web.drafting import words_of

from kindregards.core.mood import felt_on_grid
from kindregards.core.speeches.speech import Evening, SpeechKind
from kindregards.sources.voice import installed_voice
from kindregards.web.models import (
    Application,
    Comfort,
    Contact,
    KindWord,
    Letter,
    Listening,
    Mood,
    User,
)
from kindregards.web.plan.queries import plan_for_letter
from kindregards.web.speeches.queries import ABOUT_YOU, chosen_from, evenings_of, heard_of
from kindregards.web.speeches.record import record_of
from kindregards.web.speeches.services import begin_listening, mark

SOMEBODY = "/somebody-to-talk-to/"


def _begun(client: Client, key: str = "own:second-chair-en") -> Listening:
    answer = client.post("/hear/begin", {"speech": key})
    assert answer.status_code == 302
    found = Listening.objects.order_by("-pk").first()
    assert found is not None
    return found


def _marked(owner: User, before: int, after: int, *, days: int = 0) -> Listening:
    now = timezone.now() - timedelta(days=days)
    speech = chosen_from(owner)[0]
    listening = begin_listening(owner=owner, speech=speech, now=now)
    mark(listening=listening, is_after=False, pleasure=before, energy=5, now=now)
    return mark(listening=listening, is_after=True, pleasure=after, energy=5, now=now)


def _offered(client: Client, address: str = "/hear/") -> str:
    found = re.search(r'name="speech" value="([^"]+)"', words_of(client.get(address)))
    assert found
    return found.group(1)


# Choosing -------------------------------------------------------------------------------------


def test_one_thing_is_offered_and_stays_the_same_until_something_else_is_asked_for(
    client: Client,
) -> None:
    first = _offered(client)
    assert _offered(client) == first
    assert _offered(client, f"/hear/?turn=1&other_than={first}") != first


def test_every_page_leads_there_in_one_press(client: Client, owner: User) -> None:
    received(owner, a_letter(sent_at=timezone.now()), now=timezone.now())
    for address in ("/", "/letters/", "/applications/", "/diagnosis/", "/for-yourself/"):
        assert words_of(client.get(address)).count('href="/hear/"') >= 2


def test_a_wish_is_kept_to_and_nonsense_is_no_wish(client: Client) -> None:
    page = words_of(client.get("/hear/?direction=fire&length=short"))
    assert 'value="fire" checked' in page
    for address in (
        "/hear/?direction=loud&length=x&turn=-1",
        "/hear/?turn=9999999999",
        "/hear/?after=²",
    ):
        assert client.get(address).status_code == 200


def test_old_speeches_are_offered_by_themselves_only_once_their_words_are_here(owner: User) -> None:
    assert all(one.text for one in chosen_from(owner) if one.kind is SpeechKind.TEXT)


def test_what_evening_it_is_comes_from_the_letters(owner: User) -> None:
    now = timezone.now()
    received(owner, a_letter(INTERVIEWED, sent_at=now - timedelta(hours=2)), now=now)
    assert Evening.DAY_AFTER not in evenings_of(owner, now)
    assert Evening.DAY_AFTER in evenings_of(owner, now + timedelta(hours=30))
    received(owner, a_letter(INVITED, employer="Fernside", message_id="two", sent_at=now), now=now)
    assert Evening.TOMORROW in evenings_of(owner, now)


# Listening and marks --------------------------------------------------------------------------


def test_a_piece_is_there_whole_and_can_be_kept_as_text(client: Client) -> None:
    listening = _begun(client)
    page = words_of(client.get(f"/hear/{listening.pk}/"))
    assert "For the next minutes let yourself feel it." in page
    assert page.count("data-sentence=") > 15
    text = client.get(f"/hear/{listening.pk}/text")
    assert text.headers["Content-Disposition"].startswith("attachment")
    assert "Somewhere in a building there was a table" in text.content.decode()


def test_a_talk_is_a_link_of_its_own_and_never_part_of_the_page(client: Client) -> None:
    key = "talk:guy_winch_the_case_for_emotional_hygiene"
    page = words_of(client.get(f"/hear/{_begun(client, key).pk}/"))
    assert 'href="https://www.ted.com/talks/guy_winch_the_case_for_emotional_hygiene"' in page
    assert 'rel="noopener noreferrer"' in page
    for tag in ("<iframe", "<video", "<audio", "<embed"):
        assert tag not in page


def test_one_tap_before_and_one_after_lead_to_the_next_choice(client: Client) -> None:
    listening = _begun(client)
    page = f"/hear/{listening.pk}/"
    assert client.post(f"{page}mark", {"when": "before", "spot": "3-4"})["Location"] == page
    answer = client.post(f"{page}mark", {"when": "after", "spot": "5-5"})
    assert answer["Location"] == f"/hear/?after={listening.pk}"
    told = words_of(client.get(answer["Location"]))
    assert "your mark is two steps higher than before" in told
    assert "Next, if you like." in told
    assert "because" not in told
    listening.refresh_from_db()
    assert listening.before is not None
    assert (listening.before.pleasure, listening.before.energy, listening.before.felt) == (3, 4, 3)
    assert listening.ended_at is not None


def test_two_sliders_are_the_equal_of_the_grid(client: Client) -> None:
    listening = _begun(client)
    client.post(f"/hear/{listening.pk}/mark", {"when": "before", "pleasure": "7", "energy": "2"})
    listening.refresh_from_db()
    assert listening.before is not None
    assert (listening.before.pleasure, listening.before.energy) == (7, 2)


def test_marking_again_takes_the_place_of_the_first_mark(client: Client) -> None:
    listening = _begun(client)
    for spot in ("2-2", "6-6"):
        client.post(f"/hear/{listening.pk}/mark", {"when": "before", "spot": spot})
    assert [one.pleasure for one in Mood.objects.all()] == [6]


@pytest.mark.parametrize(
    "given", [{}, {"spot": "0-5"}, {"spot": "5"}, {"pleasure": "10", "energy": "1"}]
)
def test_what_is_no_mark_is_not_kept(client: Client, given: dict[str, str]) -> None:
    listening = _begun(client)
    answer = client.post(f"/hear/{listening.pk}/mark", {"when": "before", **given})
    assert answer.status_code == 302
    assert not Mood.objects.exists()


def test_leaving_marks_out_counts_for_nothing(client: Client, owner: User) -> None:
    listening = _begun(client)
    assert client.post(f"/hear/{listening.pk}/end")["Location"] == "/hear/"
    assert [one.change for one in heard_of(owner)] == [None]
    client.post(f"/hear/{listening.pk}/mark", {"when": "after", "spot": "4-4"})
    assert [one.change for one in heard_of(owner)] == [None]
    assert "Noted." in words_of(client.get(f"/hear/?after={listening.pk}"))


def test_three_very_low_days_lead_to_somebody_to_talk_to(client: Client, owner: User) -> None:
    now = timezone.now()
    for days in (1, 2):
        Mood.objects.create(owner=owner, felt=1, marked_at=now - timedelta(days=days))
    listening = _begun(client)
    answer = client.post(f"/hear/{listening.pk}/mark", {"when": "before", "spot": "2-3"})
    assert answer["Location"] == SOMEBODY


def test_a_low_mark_offers_the_kind_minutes_beside(client: Client) -> None:
    listening = _begun(client)
    client.post(f"/hear/{listening.pk}/mark", {"when": "before", "spot": "3-3"})
    assert "/for-yourself/kindness" in words_of(client.get(f"/hear/{listening.pk}/"))
    assert "/for-yourself/kindness" in words_of(client.get("/hear/"))


@pytest.mark.parametrize(("pleasure", "felt"), [(1, 0), (2, 1), (3, 3), (5, 5), (9, 10)])
def test_a_mark_on_the_grid_is_one_on_the_scale_of_ten(pleasure: int, felt: int) -> None:
    assert felt_on_grid(pleasure) == felt


def test_under_six_uses_the_page_says_nothing_of_effects(client: Client, owner: User) -> None:
    for use in range(5):
        _marked(owner, 3, 6, days=use)
    page = words_of(client.get("/hear/marks/"))
    assert "From 6 on it can be said" in page
    assert "In the middle your mark was" not in page
    _marked(owner, 3, 6)
    page = words_of(client.get("/hear/marks/"))
    assert "In the middle your mark was three steps higher afterwards" in page
    assert "because" not in page
    assert page.count('class="marks__before"') == page.count('class="marks__after"') == 6
    assert "<table>" in page


def test_forgotten_marks_leave_the_listenings_without_them(client: Client, owner: User) -> None:
    _marked(owner, 2, 5)
    client.post("/for-yourself/forget", {"what": "marks"})
    assert [one.change for one in heard_of(owner)] == [None]
    assert client.get("/hear/marks/").status_code == 200


def test_what_is_not_there_any_more_is_said_and_something_else_offered(client: Client) -> None:
    for key in ("", "own:nothing", "mine:7", "mine:²", "mine:", "about_you ", "talk:x"):
        answer = client.post("/hear/begin", {"speech": key}, follow=True)
        assert "Here is something else." in words_of(answer)
    assert not Listening.objects.exists()


# A speech about you ---------------------------------------------------------------------------


def test_the_speech_about_you_holds_what_the_record_holds(client: Client, owner: User) -> None:
    now = timezone.now()
    for number, employer in enumerate(("Brackwater Mills", "Fernside")):
        raw = a_letter(
            INTERVIEWED,
            employer=employer,
            message_id=f"r{number}",
            sent_at=now - timedelta(days=9 * number),
        )
        received(owner, raw, now=now)
    KindWord.objects.create(owner=owner, quote="You draw well.", who="Orla", added_at=now)
    listening = _begun(client, "about_you")
    assert "Brackwater Mills" in listening.text
    assert "“You draw well.”" in listening.text
    assert "Orla" in listening.text
    page = words_of(client.get(f"/hear/{listening.pk}/"))
    assert "A speech about you" in page
    assert _begun(client, "about_you").text != listening.text


def test_with_nothing_on_record_it_says_so_kindly(client: Client) -> None:
    listening = _begun(client, "about_you")
    assert "There is not enough written down here yet" in listening.text


def test_what_everybody_was_told_by_a_form_is_no_kind_word(owner: User) -> None:
    received(owner, a_letter(FORM), now=timezone.now())
    assert record_of(owner).kind_words == ()


def test_of_a_form_after_a_conversation_a_whole_sentence_is_one_and_a_phrase_is_none(
    owner: User,
) -> None:
    received(owner, rejection_bytes(), now=timezone.now())
    received(
        owner, a_letter(INTERVIEWED, employer="Fernside", message_id="two"), now=timezone.now()
    )
    quotes = [word.quote for word in record_of(owner).kind_words]
    assert quotes == ["It was a pleasure to hear about your work on the winter coats"]


def test_nothing_of_anybody_else_is_in_it(client: Client, owner: User) -> None:
    other, now = an_owner("ben"), timezone.now()
    received(other, a_letter(INTERVIEWED, employer="Tallow House"), now=now)
    KindWord.objects.create(owner=other, quote="Yours alone.", added_at=now)
    text = begin_listening(owner=owner, speech=ABOUT_YOU, now=now).text
    assert "Tallow House" not in text
    assert "Yours alone" not in text


# What is kept ---------------------------------------------------------------------------------


def test_kind_words_are_kept_by_hand_and_forgotten(client: Client) -> None:
    client.post("/hear/kind-words/", {"quote": "You draw well.", "who": "Orla", "on_date": ""})
    assert "You draw well." in words_of(client.get("/hear/kind-words/"))
    kept = KindWord.objects.get()
    client.post(f"/hear/kind-words/{kept.pk}/forget")
    assert not KindWord.objects.exists()
    answer = client.post("/hear/kind-words/", {"quote": " ", "who": "", "on_date": "x"})
    assert answer.status_code == 422
    assert "Write the words down as they were said." in words_of(answer)


def test_somebody_to_call_and_music_are_chosen_and_at_hand(client: Client, owner: User) -> None:
    contact = Contact.objects.create(owner=owner, name="Orla Wren")
    stranger = Contact.objects.create(owner=an_owner("ben"), name="Ben’s friend")
    told = {"contact": contact.pk, "number": "+44 113 496 0018", "music": "music.example/quiet"}
    client.post("/hear/small/", told)
    page = words_of(client.get("/hear/"))
    assert 'href="tel:+441134960018"' in page
    assert 'href="https://music.example/quiet"' in page
    client.post("/hear/small/", {"contact": stranger.pk, "number": "", "music": ""})
    assert not Comfort.objects.filter(owner=owner).exists()


@pytest.mark.parametrize("music", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "here"])
def test_music_is_an_address_of_a_page_or_refused(client: Client, music: str) -> None:
    answer = client.post("/hear/small/", {"contact": "", "number": "", "music": music})
    assert answer.status_code == 422
    assert "That is no address of a page." in words_of(answer)
    assert not Comfort.objects.exists()


# Reading aloud by a program -------------------------------------------------------------------

needs_voice = pytest.mark.skipif(installed_voice() is None, reason="there is no speech program")


@needs_voice
def test_a_sentence_is_spoken_by_the_program_of_this_computer(client: Client) -> None:
    listening = _begun(client)
    answer = client.get(f"/hear/{listening.pk}/voice/0")
    assert answer.headers["Content-Type"] == "audio/wav"
    assert answer.content[:4] == b"RIFF"
    assert len(answer.content) > 20_000
    assert client.get(f"/hear/{listening.pk}/voice/4000").status_code == 404


def test_without_a_program_there_is_no_such_voice(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    listening = _begun(client)
    assert client.get(f"/hear/{listening.pk}/voice/0").status_code == 404
    assert "data-program" not in words_of(client.get(f"/hear/{listening.pk}/"))


def test_where_others_are_served_no_program_of_the_machine_speaks(
    client: Client, settings: Any
) -> None:
    settings.SPEAKS_BY_PROGRAM = False
    listening = _begun(client)
    assert client.get(f"/hear/{listening.pk}/voice/0").status_code == 404


# Where it is offered --------------------------------------------------------------------------


def test_on_the_day_of_a_letter_it_comes_before_any_work(client: Client, owner: User) -> None:
    now = timezone.now()
    letter = received(owner, a_letter(sent_at=now - timedelta(hours=3)), now=now)
    home = words_of(client.get("/"))
    assert home.index("Before any work there is") < home.index("Worth doing today")
    page = words_of(client.get(f"/letters/{letter.pk}/"))
    assert page.index("Before any of it, if you like") < page.index('class="next"')


def test_an_old_letter_that_came_in_today_offers_nothing_first(client: Client, owner: User) -> None:
    now = timezone.now()
    letter = received(owner, a_letter(sent_at=now - timedelta(days=90)), now=now)
    assert "Before any work there is" not in words_of(client.get("/"))
    assert "Before any of it" not in words_of(client.get(f"/letters/{letter.pk}/"))


def test_after_three_rejections_in_two_weeks_home_names_it_beside_the_kind_minutes(
    client: Client, owner: User
) -> None:
    now = timezone.now()
    for number in range(3):
        at = now - timedelta(days=2 + number)
        raw = a_letter(employer=f"House {number}", message_id=f"t{number}", sent_at=at)
        received(owner, raw, now=now)
    home = words_of(client.get("/"))
    assert "five kind minutes</a> and <a" in home


def test_a_fresh_invitation_leads_to_it(client: Client, owner: User) -> None:
    now = timezone.now()
    letter = received(owner, a_letter(INVITED, sent_at=now), now=now)
    assert "on the evening before" in words_of(client.get(f"/letters/{letter.pk}/"))


@pytest.mark.parametrize(("days", "is_evening_before"), [(0, True), (1, True), (2, False)])
def test_where_the_day_of_an_interview_is_known_it_counts(
    owner: User, days: int, is_evening_before: bool
) -> None:
    now = timezone.now()
    received(owner, a_letter(INVITED, sent_at=now), now=now)
    assert Evening.TOMORROW in evenings_of(owner, now)
    Application.objects.update(interview_date=timezone.localdate(now) + timedelta(days=days))
    assert (Evening.TOMORROW in evenings_of(owner, now)) is is_evening_before


def test_step_four_offers_what_the_page_offers(client: Client, letter: Letter) -> None:
    plan = plan_for_letter(letter.owner, letter)
    assert plan is not None
    offered = _offered(client)
    assert _offered(client, f"/plans/{plan.pk}/encouragement/") == offered
