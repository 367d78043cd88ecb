"""For yourself in a browser: with and without scripts, by keys, and with each strip on its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import tab_to
from tests.factories import a_letter, received

from kindregards.web.models import KeptLine, Letter, Mood
from kindregards.web.resting import OPENED

SUGGESTION = "A suggestion to rest"


@pytest.fixture
def letter(visitor: Visitor) -> Letter:
    """A rejection of two days ago."""
    now = timezone.now()
    return received(visitor.owner, a_letter(sent_at=now - timedelta(days=2)), now=now)


def _opened_before(letter: Letter, now: datetime) -> None:
    """Let this rejection have been opened on the three days before, in every session."""
    at = [(now - timedelta(days=days, hours=1)).isoformat() for days in (3, 2, 1)]
    for session in Session.objects.all():
        store = SessionStore(session.session_key)
        store[OPENED] = {str(letter.application_id): {"at": at, "quiet": ""}}
        store.save()


@pytest.mark.parametrize("scripts", [True, False])
def test_kind_minutes_go_screen_by_screen_and_keep_what_is_asked_for(
    visitor: Visitor, scripts: bool
) -> None:
    page = visitor.window(scripts=scripts)
    page.goto("/for-yourself/")
    page.get_by_role("link", name="Five kind minutes").click()
    page.get_by_label("One or two words for it").fill("Tired.")
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.locator("h1")).to_have_text("Others know this")
    page.get_by_role("textbox").fill("My sister.")
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("h1")).to_have_text("As a good friend would put it")
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("h1")).to_have_text("That is all of it")
    assert [line.text for line in KeptLine.objects.all()] == ["Tired."]


def test_how_one_feels_is_noted_by_keys_alone(visitor: Visitor) -> None:
    page = visitor.window()
    page.goto("/for-yourself/")
    tab_to(page, page.get_by_role("radio", name="0", exact=True))
    page.keyboard.press("Space")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Noted.")
    assert [mood.felt for mood in Mood.objects.all()] == [6]


def test_a_rest_is_suggested_and_taken(
    visitor: Visitor, letter: Letter, check_access: Callable[[Page], None]
) -> None:
    page = visitor.window(width=320, height=640)
    _opened_before(letter, timezone.now())
    page.goto(f"/letters/{letter.pk}/")
    expect(page.get_by_role("article", name="The letter")).to_be_visible()
    expect(page.get_by_label(SUGGESTION)).to_be_visible()
    check_access(page)
    page.get_by_role("button", name="Put it away for now").click()
    page.goto(f"/letters/{letter.pk}/")
    expect(page.get_by_label(SUGGESTION)).to_have_count(0)


def test_each_strip_can_be_used_by_everybody(
    visitor: Visitor, letter: Letter, check_access: Callable[[Page], None]
) -> None:
    now = timezone.now()
    page = visitor.window(dark=True)
    Mood.objects.create(owner=visitor.owner, felt=3, marked_at=now)
    page.goto("/")
    expect(page.locator(".strip")).to_contain_text("five kind minutes")
    check_access(page)
    for days in range(3):
        Mood.objects.create(
            owner=visitor.owner, felt=1, marked_at=now - timedelta(days=days, seconds=1)
        )
    page.goto("/")
    expect(page.locator(".strip")).to_contain_text("You do not have to carry them alone.")
    check_access(page)
    page.goto("/writing/")
    check_access(page)
    assert letter.application is not None
    page.goto(f"/plans/{letter.application.plan.pk}/network/")
    page.locator("#note").fill("I do not want to live any more.")
    page.get_by_role("button", name="Keep it for now").click()
    expect(page.locator(".strip")).to_contain_text("This sounds heavy.")
    check_access(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_somebody_to_talk_to_is_one_press_away_on_any_window(
    visitor: Visitor, letter: Letter, width: int
) -> None:
    page = visitor.window(width=width)
    for address in ("/", f"/letters/{letter.pk}/", "/settings/"):
        page.goto(address)
        page.get_by_role("link", name="Somebody to talk to").locator("visible=true").first.click()
        expect(page.locator("h1")).to_have_text("Somebody to talk to")
        expect(page.locator("a[href='tel:988']").first).to_be_visible()
