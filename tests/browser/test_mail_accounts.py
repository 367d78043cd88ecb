"""A mail account is added, and its letters come, as a person does it in front of the pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import press, width_of
from tests.factories import rejection_bytes
from tests.servers.conftest import dovecot as dovecot
from tests.servers.dovecot import PASSWORD, Dovecot

from kindregards.web import worker

WAYS = {
    "with the mouse": {},
    "with the keyboard alone on the narrowest phone": {"keys": True, "width": 320, "height": 640},
    "with scripts off": {"scripts": False},
    "in the dark": {"dark": True},
}


def fits(page: Page) -> None:
    assert width_of(page) <= page.viewport_size["width"], page.url  # type: ignore[index]


@pytest.mark.parametrize("way", WAYS)
def test_an_account_is_added_and_its_letters_come(
    visitor: Visitor, dovecot: Dovecot, check_access: Callable[[Page], None], way: str
) -> None:
    window = dict(WAYS[way])
    keys = bool(window.pop("keys", False))
    user = f"ada{list(WAYS).index(way)}"
    dovecot.deliver(user, [rejection_bytes("one"), rejection_bytes("two")])
    dovecot.deliver(user, [rejection_bytes("three")], folder="Trash")
    page = visitor.window(**window)  # type: ignore[arg-type]

    def looked_at(title: str = "ada@home.example") -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.wait_for_load_state()
        fits(page)
        if window.get("scripts", True):
            check_access(page)

    page.goto("/settings/")
    press(page, "Choose or add one", keys=keys)
    looked_at("Mail accounts")
    page.get_by_label("Your e-mail address").fill("ada@home.example")
    press(page, "Go on", keys=keys)
    looked_at()
    page.get_by_label("Server").fill("127.0.0.1")
    page.get_by_label("Port").fill(str(dovecot.plain))
    page.get_by_label("Encryption").select_option("none")
    page.get_by_label("The name you sign in with there").fill(user)
    page.get_by_label("Password").fill("wrong")
    press(page, "Check and go on", keys=keys)
    expect(page.get_by_role("alert")).to_contain_text("was not accepted")
    looked_at()
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Check and go on", keys=keys)

    expect(page.get_by_label("INBOX")).to_be_checked()
    expect(page.get_by_label("Trash")).not_to_be_checked()
    looked_at()
    page.get_by_label("Letters since").fill("2001-01-01")
    press(page, "Keep this and begin", keys=keys)
    expect(page.locator("#standing")).to_contain_text("fetched in a moment")
    looked_at()
    assert worker.run_what_is_due("one", now=timezone.now())
    if not window.get("scripts", True):
        press(page, "Look again", keys=keys)
    expect(page.locator("#standing")).to_contain_text("2 letters so far")
    looked_at()
    press(page, "See the letters", keys=keys)
    expect(page.locator("main")).to_contain_text(re.compile("Brackwater"))


def test_an_account_is_removed_and_its_letters_stay(
    visitor: Visitor, dovecot: Dovecot, check_access: Callable[[Page], None]
) -> None:
    from tests.servers.accounts import an_account

    dovecot.deliver("leaving", [rejection_bytes("one")])
    account = an_account(visitor.owner, dovecot, "leaving")
    page = visitor.window()
    page.goto(f"/settings/mail/{account.pk}/")
    press(page, "Pause", keys=False)
    expect(page.locator("#standing")).to_contain_text("It rests until you resume it.")
    page.get_by_text("Remove this account").click()
    check_access(page)
    press(page, "Remove it", keys=False)
    expect(page.get_by_role("status")).to_contain_text("Its letters stay.")
