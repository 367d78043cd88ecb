"""Every kind of offer of the guard, taken over and taken back in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import begin_draft, in_main, press, put_in, width_of, write

from kindregards.web.models import Draft, Touch

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
SELFISH = """Dear Ines,

I wanted to thank you for the tour. I read the two books that you named. I tried the ledger at
home.

I think that I could be of use to your team, and I understand the decision.

Ada
"""
LONG = """Dear Ines,

Thank you for the tour of the studio. I understand the decision.

Your remark that a collection should show one idea that failed made me smile, and it made me think
of my own first coat for a very long time.

What is the one thing you would work on before my next interview? One line is plenty.

Thank you,
Ada
"""
GERMAN = """Guten Tag Frau Halloran,

vielen Dank für das Gespräch und für Ihre klare Nachricht. Die Entscheidung kann ich gut verstehen.

Das Gespäch über den Mantel ist mir geblieben.

Was würden Sie an meiner Stelle als Erstes üben? Ein Satz genügt.

Freundliche Grüße
Ada
"""


class Desk:
    """Somebody before a draft."""

    def __init__(self, visitor: Visitor, given: dict[str, Any]) -> None:
        self.keys = bool(given.pop("keys", False))
        self.has_scripts = bool(given.get("scripts", True))
        self.page: Page = visitor.window(**given)
        put_in(self.page, keys=self.keys)
        begin_draft(self.page, keys=self.keys)

    def write(self, text: str) -> None:
        """Write the letter, and have it looked over."""
        write(self.page, self.page.get_by_label("Your letter"), text, keys=self.keys)
        self.press("Check it")
        expect(self.page.get_by_label("Your letter")).to_have_value(text.rstrip("\n"))

    def press(self, name: str | re.Pattern[str]) -> None:
        press(self.page, name, keys=self.keys)

    def take(self, title: str) -> None:
        """Take over what the remark of that title offers."""
        remark = self.page.locator("#found > li").filter(has_text=title).first
        button = remark.get_by_role("button")
        if self.keys:
            button.focus()
            self.page.keyboard.press("Enter")
        else:
            button.click()
        expect(in_main(self.page, "Take the last change back")).to_be_visible()

    def is_for_everybody(self, check_access: Callable[[Page], None]) -> None:
        """Nothing for axe to find, which needs scripts, and nothing to scroll sideways."""
        if self.has_scripts:
            check_access(self.page)
        assert width_of(self.page) <= self.page.viewport_size["width"]  # type: ignore[index]

    @property
    def text(self) -> str:
        return self.page.get_by_label("Your letter").input_value()


@pytest.fixture(params=WAYS, ids=lambda way: way.replace(" ", "-"))
def desk(visitor: Visitor, request: pytest.FixtureRequest) -> Desk:
    """A draft, in each of the ways."""
    return Desk(visitor, dict(WAYS[request.param]))


@pytest.mark.parametrize(
    ("text", "title", "before", "after"),
    [
        (SELFISH, "It speaks much of you", "I think that I could be", "\n\nI could be of use"),
        (LONG, "A long sentence", "made me smile, and it", "made me smile. It"),
        (GERMAN, "Is this spelled as you mean it?", "Gespäch", "Das Gespräch über"),
        (LONG.replace("Thank you", "I noted"), "It does not say thank you", "", "Thank you for"),
    ],
    ids=["much-of-oneself", "long", "german-spelling", "no-thanks"],
)
def test_an_offer_is_taken_over_and_taken_back(
    desk: Desk, text: str, title: str, before: str, after: str
) -> None:
    desk.write(text)
    typed = desk.text
    assert before in typed
    desk.take(title)
    assert after in desk.text
    assert desk.text != typed
    desk.press("Take the last change back")
    expect(desk.page.get_by_label("Your letter")).to_have_value(typed)


def test_a_letter_that_comes_too_soon_is_kept_and_taken_up_again(
    desk: Desk, check_access: Callable[[Page], None]
) -> None:
    draft = Draft.objects.get()
    Touch.objects.create(
        owner=draft.owner,
        application=draft.application,
        employer=draft.application.employer,
        direction="out",
        channel="mail",
        kind="thanks",
        at=timezone.now() - timedelta(days=1),
    )
    desk.write(LONG)
    desk.take("They heard from you this week")
    expect(desk.page.locator(".lead")).to_contain_text("Kept until")
    desk.is_for_everybody(check_access)
    desk.press("Take it up now again")
    expect(desk.page.locator(".lead")).not_to_contain_text("Kept until")
    desk.press("Take the last change back")
    expect(desk.page.locator(".lead")).to_contain_text("Kept until")
    Draft.objects.update(kept_until=timezone.now() - timedelta(hours=1))
    desk.page.goto("/")
    expect(desk.page.locator("main")).to_contain_text("You kept")
    desk.is_for_everybody(check_access)
