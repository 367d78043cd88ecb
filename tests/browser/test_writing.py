"""Private writing in a browser: what is thrown away is never sent, what is kept is not lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect
from tests.browser.conftest import PATIENCE, Visitor
from tests.factories import NOW, PASSPHRASE, a_private_page

from kindregards.web.models import PrivatePage, WritingLock, WritingTrack
from kindregards.web.writing.services import begin_track

WORDS = "Zwirnsfaden and quartz, and how quiet the room was."
PAPER = "#words"
LONG = 3 * PATIENCE
"""A passphrase is meant to take time, and on a busy machine takes more of it."""


def _thrown(visitor: Visitor) -> None:
    begin_track(owner=visitor.owner, is_kept=False, minutes=15, sittings=4, passphrase="", now=NOW)


def _kept(visitor: Visitor) -> None:
    begin_track(
        owner=visitor.owner, is_kept=True, minutes=15, sittings=4, passphrase=PASSPHRASE, now=NOW
    )


def _is_done(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Done for today", timeout=LONG)


def _watched(page: Page) -> list[str]:
    """What the page sends from now on: addresses and bodies, as text."""
    sent: list[str] = []

    def _note(request: Request) -> None:
        body = (request.post_data_buffer or b"").decode("utf-8", "replace")
        sent.append(f"{request.method} {request.url} {request.headers} {body}")

    page.context.on("request", _note)
    return sent


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_thrown_away_is_never_sent(visitor: Visitor, scripts: bool) -> None:
    _thrown(visitor)
    page = visitor.window(scripts=scripts)
    page.goto("/writing/sitting")
    sent = _watched(page)
    page.locator(PAPER).press_sequentially(WORDS)
    page.get_by_role("button", name="Close it and throw it away").click()
    _is_done(page)
    assert any("/writing/done" in one for one in sent)
    assert [one for one in sent if "quartz" in one.lower()] == []
    assert WritingTrack.objects.get().held == 1
    assert not PrivatePage.objects.exists()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_way_back_shows_an_empty_page(visitor: Visitor, scripts: bool) -> None:
    _thrown(visitor)
    page = visitor.window(scripts=scripts)
    page.goto("/writing/sitting")
    page.locator(PAPER).fill(WORDS)
    page.goto("/writing/")
    page.go_back()
    expect(page.locator(PAPER)).to_have_value("")


def test_a_page_that_the_browser_puts_aside_is_emptied_first(visitor: Visitor) -> None:
    private = a_private_page(visitor.owner, WORDS)
    page = visitor.window()
    page.goto("/writing/sitting")
    page.locator(PAPER).fill(WORDS)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(page.locator(PAPER)).to_have_value("")
    page.goto(f"/writing/pages/{private.pk}/")
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open the page").click()
    expect(page.locator("main")).to_contain_text(WORDS, timeout=LONG)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(page.locator("main")).not_to_contain_text("quartz")


def test_nothing_of_it_stays_in_the_stores_of_the_browser(visitor: Visitor) -> None:
    _thrown(visitor)
    page = visitor.window()
    page.goto("/writing/sitting")
    page.locator(PAPER).fill(WORDS)
    kept = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, history.state,"
        " document.cookie, await caches.keys(), (await indexedDB.databases()).length])"
    )
    assert kept == '[{},{},null,"",[],0]'


@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_is_locked_and_read_again(visitor: Visitor, scripts: bool) -> None:
    _kept(visitor)
    page = visitor.window(scripts=scripts)
    page.goto("/writing/sitting")
    page.locator(PAPER).fill(WORDS)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Lock it and close").click()
    _is_done(page)
    page.goto("/writing/pages/")
    page.locator("main .row").click()
    expect(page.locator("main")).not_to_contain_text("quartz")
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open the page").click()
    expect(page.locator("main")).to_contain_text(WORDS, timeout=LONG)
    page.get_by_role("link", name="Close it").click()
    expect(page.locator("h1")).to_have_text("Your pages")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wrong_passphrase_leaves_the_words_where_they_are(
    visitor: Visitor, scripts: bool
) -> None:
    _kept(visitor)
    page = visitor.window(scripts=scripts)
    page.goto("/writing/sitting")
    page.locator(PAPER).fill(WORDS)
    page.get_by_label("Your passphrase").fill("not the one at all")
    page.get_by_role("button", name="Lock it and close").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("That is not the passphrase of your pages.", timeout=LONG)
    expect(page.locator(PAPER)).to_have_value(WORDS)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Lock it and close").click()
    _is_done(page)
    assert WritingLock.objects.get().wrong_tries == 0


def test_a_program_that_does_not_answer_loses_no_word(visitor: Visitor) -> None:
    _kept(visitor)
    visitor.minds_problems = False  # the browser reports the broken connection
    page = visitor.window()
    page.goto("/writing/sitting")
    page.locator(PAPER).fill(WORDS)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.context.set_offline(True)
    page.get_by_role("button", name="Lock it and close").click()
    expect(page.get_by_role("alert")).to_contain_text("The program did not answer")
    expect(page.locator(PAPER)).to_have_value(WORDS)
    page.context.set_offline(False)
    page.get_by_role("button", name="Lock it and close").click()
    _is_done(page)


def test_a_slip_of_the_hand_asks_before_it_loses_a_page_that_is_to_be_kept(
    visitor: Visitor,
) -> None:
    _kept(visitor)
    page = visitor.window()
    page.goto("/writing/sitting")
    page.locator(PAPER).click()
    page.keyboard.type(WORDS)
    asked: list[str] = []

    def _stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", _stay)
    page.get_by_role("link", name="Kind Regards", exact=True).click()
    expect(page.locator(PAPER)).to_have_value(WORDS)
    assert asked == ["beforeunload"]


def test_the_time_is_told_quietly_and_the_page_stays_open_after_it(visitor: Visitor) -> None:
    _thrown(visitor)
    page = visitor.window()
    page.clock.install()
    page.goto("/writing/sitting")
    told = page.locator("[data-left]")
    expect(told).to_have_text("There is time.")
    page.locator(PAPER).fill(WORDS)
    page.clock.run_for(11 * 60_000)
    expect(told).to_have_text("About 4 minutes left.")
    page.clock.run_for(5 * 60_000)
    expect(told).to_have_text("The time is over. Finish the sentence, and let it be.")
    expect(page.locator(PAPER)).to_have_value(WORDS)
    expect(page.locator(PAPER)).to_be_editable()


def test_without_scripts_the_page_says_when_to_stop(visitor: Visitor) -> None:
    _thrown(visitor)
    page = visitor.window(scripts=False)
    page.goto("/writing/sitting")
    expect(page.locator("#until")).to_have_text(re.compile(r"until about \d\d:\d\d"))
    expect(page.locator("[data-time]")).to_be_hidden()


def test_an_opened_page_can_be_used_by_everybody(
    visitor: Visitor, check_access: Callable[[Page], None]
) -> None:
    private = a_private_page(visitor.owner, WORDS)
    page = visitor.window(width=320, height=640, dark=True)
    page.goto(f"/writing/pages/{private.pk}/")
    page.get_by_label("Your passphrase").fill("not the one at all")
    page.get_by_role("button", name="Open the page").click()
    check_access(page)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open the page").click()
    expect(page.locator("main")).to_contain_text(WORDS, timeout=LONG)
    check_access(page)


def test_the_whole_way_is_made_by_keys_alone(visitor: Visitor) -> None:
    page = visitor.window()
    page.goto("/writing/")
    page.get_by_role("radio", name="It is locked with a passphrase").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Open an empty page").focus()
    page.keyboard.press("Enter")
    page.locator(PAPER).focus()
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    _is_done(page)
    assert PrivatePage.objects.count() == 1
