"""From a rejection in the mailbox to the advice that comes back, with real mail servers."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import begin_draft, fill_blanks, in_main, press, width_of
from tests.factories import a_letter
from tests.servers.accounts import an_account
from tests.servers.conftest import dovecot as dovecot
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.hostile_smtp import HANG_UP, saying
from tests.servers.postbox import REFUSED, Postbox, postbox

from kindregards.core.outreach import Direction
from kindregards.web import worker
from kindregards.web.mail.sending import set_up_sending
from kindregards.web.mail.services import Connection
from kindregards.web.models import Draft, MailAccount, Touch

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
ADVICE = "My advice: bring one small finished piece to the next interview and talk about it."
ANSWER = f"""Hi Ada,

thank you for asking so kindly. {ADVICE}

All the best
Ines
"""


class Walk:
    """Somebody on the way, and the servers they have their mail at."""

    def __init__(self, visitor: Visitor, dovecot: Dovecot, user: str, given: dict[str, Any]):
        self.keys = bool(given.pop("keys", False))
        self.has_scripts = bool(given.get("scripts", True))
        self.visitor, self.dovecot, self.user = visitor, dovecot, user
        self.page = visitor.window(**given)
        self.fetches = 0
        owner = visitor.owner
        owner.first_name, owner.last_name, owner.email = "Ada", "Berg", "ada@home.example"
        owner.save()
        refused = a_letter(sent_at=timezone.now() - timedelta(hours=3))
        dovecot.deliver(user, [refused])
        for folder in ("Unfinished", "Gone out"):
            dovecot.deliver(user, [], folder=folder)
        account = an_account(owner, dovecot, user)
        MailAccount.objects.filter(pk=account.pk).update(address="ada@home.example")
        self.account = MailAccount.objects.get(pk=account.pk)

    def press(self, name: str | re.Pattern[str]) -> None:
        press(self.page, name, keys=self.keys)

    def fetch(self) -> None:
        """Fetch the mail now, as its page offers."""
        self.page.goto(f"/settings/mail/{self.account.pk}/")
        if in_main(self.page, "Fetch now").is_visible():
            self.press("Fetch now")
        expect(self.page.locator("#standing")).to_contain_text("in a moment")
        self.fetches += 1  # mail is looked for every few seconds, and this page is quicker
        then = timezone.now() + timedelta(minutes=self.fetches)
        assert worker.run_what_is_due("one", now=then)

    def write(self) -> None:
        """From the mailbox over the letter to a draft without blanks that may go."""
        self.fetch()
        self.page.goto("/letters/")
        self.press(re.compile("Brackwater"))
        expect(self.page.get_by_role("article", name="The letter")).to_be_visible()
        begin_draft(self.page, keys=self.keys)
        fill_blanks(self.page, keys=self.keys)
        if not self.has_scripts:
            self.press("Check it")
        # A letter of today is held until tomorrow; its sender is free to send it all the same.
        self.page.get_by_label("Why it should go as it is").fill("They asked me to write today.")
        self.press("Take it along all the same")
        expect(in_main(self.page, "Send it from my own address")).to_be_visible()

    def last_look(self) -> None:
        self.press("Send it from my own address")
        expect(self.page.locator("h1")).to_have_text("A last look")

    def sending_by(self, port: int) -> None:
        set_up_sending(
            account=self.account,
            where=Connection("ada", "127.0.0.1", port, "none"),
            password=PASSWORD,
            keeps_copy=True,
        )


def fits(page: Page) -> None:
    assert width_of(page) <= page.viewport_size["width"], page.url  # type: ignore[index]


def set_up(walk: Walk, box: Postbox, look: Callable[[], None]) -> None:
    """Set up sending in front of the page, with a wrong password first."""
    page = walk.page
    page.goto(f"/settings/mail/{walk.account.pk}/")
    look()
    walk.press("Set up sending")
    page.get_by_label("Server").fill("127.0.0.1")
    page.get_by_label("Port").fill(str(box.port))
    page.get_by_label("Encryption").select_option("none")
    page.get_by_label("The name you sign in with there").fill("ada")
    page.get_by_label("Password").fill("wrong")
    walk.press("Check and go on")
    expect(page.get_by_role("alert")).to_have_text(re.compile("^The password for ada was not"))
    look()
    page.get_by_label("Password").fill(PASSWORD)
    walk.press("Check and go on")
    expect(page.locator("main")).to_contain_text("can go out by 127.0.0.1")
    look()


@pytest.mark.parametrize("way", WAYS)
def test_a_letter_goes_out_and_its_answer_s_advice_stands_in_the_plan(
    visitor: Visitor, dovecot: Dovecot, check_access: Callable[[Page], None], way: str
) -> None:
    walk = Walk(visitor, dovecot, f"walk{list(WAYS).index(way)}", dict(WAYS[way]))
    page = walk.page

    def look() -> None:
        page.wait_for_load_state()
        fits(page)
        if walk.has_scripts:
            check_access(page)

    with postbox() as box:
        set_up(walk, box, look)
        walk.write()
        look()
        walk.last_look()
        look()
        draft = Draft.objects.get()
        expect(page.get_by_role("article", name="The letter as it goes")).to_contain_text(
            "Ines Halloran, ines.halloran@brackwater.example"
        )
        walk.press("Send it now")
        expect(page.locator(".told").first).to_contain_text("Sent. Noted. Now a quiet week")
    (taken,) = box.taken
    message = email.message_from_bytes(taken.content, policy=email.policy.default)
    assert message["In-Reply-To"] == "<one@brackwater.example>"
    assert message.get_content().split() == draft.text.split()

    answer = a_letter(
        ANSWER,
        sent_at=timezone.now() + timedelta(minutes=1),
        role="",
        message_id="back",
        Subject="Re: Your application for Data Analyst",
        In_Reply_To=str(message["Message-ID"]),
    )
    dovecot.deliver(walk.user, [answer])
    walk.fetch()
    assert Touch.objects.filter(direction=Direction.OUT).count() == 1

    page.goto(f"/drafts/{draft.pk}/")
    expect(page.locator("main")).to_contain_text("Their advice")
    expect(page.get_by_role("blockquote")).to_have_text(ADVICE)
    look()
    walk.press("I will do this")
    expect(in_main(page, "Leave it")).to_be_visible()
    page.goto(f"/plans/{draft.application.plan.pk}/improve/")
    expect(page.locator("main")).to_contain_text(ADVICE)
    look()


def test_a_letter_that_nobody_can_tell_of_is_looked_for_first(
    visitor: Visitor, dovecot: Dovecot, check_access: Callable[[Page], None]
) -> None:
    walk = Walk(visitor, dovecot, "doubting", {})
    page = walk.page
    with saying(letter=HANG_UP) as (port, heard):
        walk.sending_by(port)
        walk.write()
        walk.last_look()
        walk.press("Send it now")
        expect(page.locator("h1")).to_have_text("It may have been sent")
        check_access(page)
        expect(in_main(page, "Send it now")).to_have_count(0)
        page.goto(f"/drafts/{Draft.objects.get().pk}/")
        expect(page.locator("h1")).to_have_text("It may have been sent")
        walk.press("It is there")
        expect(page.locator(".told").first).to_contain_text("Now a quiet week")
    assert sum(line.upper() == "DATA" for line in heard) == 1


def test_a_letter_that_is_refused_says_so_and_goes_once_it_is_mended(
    visitor: Visitor, dovecot: Dovecot, check_access: Callable[[Page], None]
) -> None:
    walk = Walk(visitor, dovecot, "mending", {})
    page = walk.page
    with postbox() as box:
        walk.sending_by(box.port)
        walk.write()
        right = Draft.objects.get().recipient_email
        Draft.objects.update(recipient_email=REFUSED)
        walk.last_look()
        walk.press("Send it now")
        expect(page.get_by_role("alert")).to_contain_text(f"takes no letters to {REFUSED}")
        check_access(page)
        Draft.objects.update(recipient_email=right)
        page.reload()
        walk.press("Send it now")
        expect(page.locator(".told").first).to_contain_text("Now a quiet week")
    assert len(box.taken) == 1


def test_a_letter_is_laid_among_the_drafts_and_noticed_when_it_went_from_there(
    visitor: Visitor, dovecot: Dovecot, check_access: Callable[[Page], None]
) -> None:
    walk = Walk(visitor, dovecot, "laying", {})
    page = walk.page
    walk.write()
    walk.last_look()
    check_access(page)
    walk.press("Lay it into my drafts folder")
    expect(page.get_by_role("status").first).to_contain_text("It lies in the folder Unfinished")
    check_access(page)
    (file,) = (dovecot.maildir(walk.user, "Unfinished") / "cur").iterdir()
    dovecot.deliver(walk.user, [file.read_bytes()], folder="Gone out")
    walk.fetch()
    page.goto(f"/drafts/{Draft.objects.get().pk}/")
    expect(page.locator("main")).to_contain_text("You sent this on")
