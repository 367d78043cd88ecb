"""Something to hear in a browser: from a letter of today to the next choice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.factories import a_letter, received

from kindregards.sources.voice import installed_voice
from kindregards.web.models import KindWord, Listening, User
from kindregards.web.speeches.queries import ABOUT_YOU
from kindregards.web.speeches.services import begin_listening

needs_voice = pytest.mark.skipif(installed_voice() is None, reason="there is no speech program")
Check = Callable[[Page], None]


@pytest.fixture
def letter_of_today(owner: User) -> str:
    """The address of a rejection after an interview, of three hours ago."""
    now = timezone.now()
    letter = received(owner, a_letter(sent_at=now - timedelta(hours=3)), now=now)
    KindWord.objects.create(owner=owner, quote="You draw well.", who="Orla", added_at=now)
    return f"/letters/{letter.pk}/"


def _heard() -> Listening:
    found = Listening.objects.select_related("before", "after").order_by("-pk").first()
    assert found is not None
    return found


@needs_voice
def test_from_a_letter_of_today_through_a_speech_about_oneself_to_the_next_choice(
    page: Page, letter_of_today: str, check_access: Check
) -> None:
    page.goto(letter_of_today)
    page.get_by_role("main").get_by_role("link", name="something to hear", exact=True).click()
    page.get_by_role("button", name=re.compile("A speech about you")).click()

    side = page.get_by_role("complementary", name="Before")
    side.get_by_role("button", name="pleasant 3 of 9, awake 4 of 9").click()
    expect(side.get_by_role("heading", name="Noted")).to_be_visible()
    words = page.locator("[data-words]")
    expect(words).to_contain_text("Brackwater Mills")
    expect(words).to_contain_text("“You draw well.”")

    page.get_by_role("button", name="Read it aloud").click()
    expect(page.locator("[data-sentence='0'][data-lit]")).to_be_visible()
    expect(page.locator("[data-sentence='1'][data-lit]")).to_be_visible(timeout=30_000)
    expect(page.locator("[data-lit]")).to_have_count(1)
    check_access(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("[data-lit]")).to_have_count(0)

    now = page.get_by_role("region", name="And now?")
    now.get_by_role("button", name="pleasant 5 of 9, awake 5 of 9").click()
    expect(page.get_by_text("your mark is two steps higher than before")).to_be_visible()
    expect(page.get_by_text("Next, if you like.")).to_be_visible()
    check_access(page)
    first = _heard()
    assert first.before is not None
    assert first.after is not None
    assert (first.before.pleasure, first.after.pleasure) == (3, 5)
    page.locator(".hear").get_by_role("button").click()
    expect(page.get_by_text("For the next minutes let yourself feel it.")).to_be_visible()
    assert _heard().key != first.key


@needs_voice
def test_speed_and_place_are_kept(page: Page, owner: User) -> None:
    listening = begin_listening(owner=owner, speech=ABOUT_YOU, now=timezone.now())
    page.goto(f"/hear/{listening.pk}/")
    page.get_by_label("Pace").select_option("1.5")
    page.get_by_role("button", name="Read it aloud").click()
    expect(page.locator("[data-sentence='1'][data-lit]")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Pause").click()
    page.reload()
    expect(page.get_by_label("Pace")).to_have_value("1.5")
    page.get_by_role("button", name="Go on reading aloud").click()
    expect(page.locator("[data-sentence='0'][data-lit]")).to_have_count(0)


def test_without_any_voice_the_button_never_shows(
    page: Page, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    listening = begin_listening(owner=owner, speech=ABOUT_YOU, now=timezone.now())
    page.goto(f"/hear/{listening.pk}/")
    expect(page.locator("[data-words]")).to_be_visible()
    expect(page.get_by_role("button", name="Read it aloud")).to_have_count(0)


def test_the_grid_by_keys_alone(page: Page, owner: User) -> None:
    listening = begin_listening(owner=owner, speech=ABOUT_YOU, now=timezone.now())
    page.goto(f"/hear/{listening.pk}/")
    side = page.get_by_role("complementary", name="Before")
    side.get_by_role("button", name="pleasant 5 of 9, awake 5 of 9").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    expect(side.get_by_role("button", name="pleasant 3 of 9, awake 4 of 9")).to_be_focused()
    page.keyboard.press("Enter")
    expect(side.get_by_role("heading", name="Noted")).to_be_visible()


def test_without_scripts_one_tap_and_the_sliders_do_the_same(plain_page: Page, owner: User) -> None:
    listening = begin_listening(owner=owner, speech=ABOUT_YOU, now=timezone.now())
    plain_page.goto(f"/hear/{listening.pk}/")
    side = plain_page.get_by_role("complementary", name="Before")
    side.get_by_role("button", name="pleasant 2 of 9, awake 8 of 9").click()
    expect(side.get_by_role("heading", name="Noted")).to_be_visible()
    now = plain_page.get_by_role("region", name="And now?")
    now.get_by_text("With two sliders instead").click()
    now.get_by_label("From unpleasant, 1, to pleasant, 9").fill("6")
    now.get_by_role("button", name="Note it").click()
    expect(plain_page.get_by_text("four steps higher than before")).to_be_visible()


def test_the_clock_for_a_walk_runs(page: Page) -> None:
    page.goto("/hear/walk/")
    page.get_by_role("button", name="Start the clock").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"4:5\d"))


ADDRESSES = (
    "/hear/", "/hear/everything/", "/hear/kind-words/", "/hear/small/", "/hear/walk/",
    "/hear/marks/",
    "/hear/own/",
)  # fmt: skip


@pytest.mark.parametrize(
    "window",
    [
        {"width": 1280, "dark": True},
        {"width": 320, "height": 640},
        {"width": 1280, "forced_colors": True},
    ],
    ids=["dark", "narrow", "forced colours"],
)
def test_nothing_is_wrong_and_nothing_sticks_out(
    visitor: Visitor, owner: User, check_access: Check, window: dict[str, int]
) -> None:
    page = visitor.window(**window)  # type: ignore[arg-type]
    now = timezone.now()
    KindWord.objects.create(owner=owner, quote="You draw well.", who="Orla", added_at=now)
    listening = begin_listening(owner=owner, speech=ABOUT_YOU, now=now)
    for address in (*ADDRESSES, f"/hear/{listening.pk}/"):
        page.goto(address)
        check_access(page)
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, address
