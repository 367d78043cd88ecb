"""Somebody who writes a fifth letter to the same person is stopped, and sees a good rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import fill_blanks, in_main, press, width_of
from tests.factories import a_letter, received

from kindregards.web.models import Draft, Touch, User

WAYS: dict[str, dict[str, Any]] = {
    "with the mouse": {},
    "with the keyboard alone, scripts off, on the narrowest phone": {
        "keys": True,
        "scripts": False,
        "width": 320,
        "height": 640,
    },
    "in the dark": {"dark": True},
}


def four_letters(owner: User) -> int:
    """A rejection of weeks ago, and four words after it that found no answer; gives its plan."""
    now = timezone.now()
    letter = received(owner, a_letter(sent_at=now - timedelta(days=40)), now=now)
    application = letter.application
    assert application is not None
    for days in (35, 25, 15, 4):
        Touch.objects.create(
            owner=owner,
            direction="out",
            channel="mail",
            kind="other",
            at=now - timedelta(days=days),
            application=application,
            employer=application.employer,
        )
    return int(application.plan.pk)


@pytest.mark.parametrize("way", WAYS)
def test_a_fifth_letter_is_stopped_and_a_good_rest_is_shown(
    visitor: Visitor, check_access: Callable[[Page], None], way: str
) -> None:
    given = dict(WAYS[way])
    keys, has_scripts = bool(given.pop("keys", False)), bool(given.get("scripts", True))
    page = visitor.window(**given)
    plan = four_letters(visitor.owner)

    def look() -> None:
        page.wait_for_load_state()
        assert width_of(page) <= page.viewport_size["width"]  # type: ignore[index]
        if has_scripts:
            check_access(page)

    page.goto(f"/plans/{plan}/ask/")
    press(page, re.compile("[Ww]rite|[Dd]raft"), keys=keys)
    expect(page.get_by_label("Your letter")).to_be_visible()
    fill_blanks(page, keys=keys)
    if not has_scripts:
        press(page, "Check it", keys=keys)

    # It is stopped, and says why.
    lead = page.get_by_role("status").first
    expect(lead).to_contain_text("Better left to rest. Four words of yours had no answer yet.")
    expect(page.locator("#found")).to_contain_text("Four words from you have had no answer.")
    expect(in_main(page, "Open in my mail program")).to_have_count(0)
    expect(in_main(page, "I have sent it")).to_have_count(0)
    look()

    # What a good rest looks like is one press away.
    press(page, "See what a good rest looks like", keys=keys)
    until = timezone.localdate(Touch.objects.latest("at").at + timedelta(days=90))
    expect(page.locator("h1")).to_have_text(
        f"A good rest, until {until.day} {until:%B} {until.year}"
    )
    expect(page.locator("main")).to_contain_text("That is about their days, not about you.")
    expect(page.locator("main")).to_contain_text("Today: leave the letter where it is.")
    marked = page.locator(".calendar .day--you")
    assert marked.count() == 4
    look()

    # The last look lets it no further either, and the letter is still there.
    draft = Draft.objects.get()
    page.goto(f"/drafts/{draft.pk}/last-look")
    expect(page.locator("main")).to_contain_text("better to hold this letter for now")
    look()
    page.goto(f"/drafts/{draft.pk}/")
    expect(page.get_by_label("Your letter")).to_have_value(re.compile("winter range"))


def test_who_has_a_reason_sends_it_all_the_same_and_is_reminded_of_it_later(
    visitor: Visitor,
) -> None:
    plan = four_letters(visitor.owner)
    page = visitor.window()
    page.goto(f"/plans/{plan}/ask/")
    press(page, re.compile("[Ww]rite|[Dd]raft"), keys=False)
    fill_blanks(page)
    page.get_by_label("Why it should go as it is").fill("She asked me to, at the fair.")
    press(page, "Take it along all the same", keys=False)
    press(page, "I have sent it", keys=False)
    expect(page.locator("main")).to_contain_text("Noted.")
    page.goto(f"/drafts/{Draft.objects.get().pk}/")
    expect(page.locator("main")).to_contain_text("She asked me to, at the fair.")
