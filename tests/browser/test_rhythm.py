"""From a mailbox and an export to the right people, on the right days, for the right reasons."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import press, width_of, write
from tests.factories import a_letter, received
from tests.mailboxes import mbox_of

from kindregards.core.network.occasions import OccasionKind
from kindregards.web.models import Contact
from kindregards.web.network.noticing import note_reason

WAYS: dict[str, dict[str, Any]] = {
    "with the mouse": {},
    "with the keyboard alone, scripts off, on the narrowest phone": {
        "keys": True,
        "scripts": False,
        "width": 320,
        "height": 640,
    },
}
LINK = "https://www.linkedin.com/in/"
EXPORT = f"""\
Notes:
"When exporting your connection data, you may notice that some addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Adaeze,Berg,{LINK}adaeze,,Tidewell,Planner,12 Mar 2019
Joe,Odd,{LINK}joe,joe@odd.example,Quayside,Cook,1 Feb 2021
Rosa,Lind,{LINK}rosa,,Northlight,Pattern Cutter,9 May 2022
Piet,Vos,{LINK}piet,,Oldgate,Baker,3 Jun 2024
"""
NOTICE = """\
From: LinkedIn <notifications-noreply@linkedin.com>
To: Ada <ada@home.example>
Subject: {subject}
Date: {date}
Message-ID: <{name}@linkedin.com>
X-LinkedIn-Class: EMAIL-DEFAULT

See it: https://www.linkedin.com/comm/feed?otpToken=secret
"""
SENT = """\
From: Ada <ada@home.example>
To: Joe Odd <joe@odd.example>
Subject: The boots
Date: {date}
Message-ID: <boots@home.example>

Dear Joe,

the boots are dry again. Come by on Sunday.

Ada
"""


def a_notice(name: str, subject: str, at: datetime) -> bytes:
    """A notice as it lies in the mailbox."""
    return NOTICE.format(name=name, subject=subject, date=format_datetime(at)).encode()


def a_mailbox(folder: Path, now: datetime) -> Path:
    """A rejection, three notices of LinkedIn's, and a letter that the person sent."""
    messages = [
        a_letter(sent_at=now - timedelta(days=31)),
        a_notice(
            "one", "Congratulate Adaeze Berg for 5 years at Tidewell", now - timedelta(days=1)
        ),
        a_notice("two", "Rosa Lind shared a post: Sleeves", now - timedelta(days=2)),
        a_notice(
            "three",
            "Congratulate Joe Odd for starting a new position as Head Cook at Oldgate",
            now - timedelta(days=3),
        ),
        SENT.format(date=format_datetime(now - timedelta(days=1))).encode(),
    ]
    path = folder / "mail.mbox"
    path.write_bytes(mbox_of(messages))
    return path


def an_export(folder: Path) -> Path:
    """What LinkedIn sends on request."""
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w") as writing:
        writing.writestr("Connections.csv", EXPORT)
        writing.writestr("Profile.csv", "First Name,Last Name\nAda,Winter\n")
    return path


def said(day: date) -> str:
    """A day as pages say it."""
    return f"{day.day} {day:%B %Y}"


def on_the_page_of(page: Page, name: str) -> str:
    """What the page of somebody says of the next word."""
    page.goto("/people/?q=" + name.split()[0])
    page.get_by_role("link", name=re.compile(name)).first.click()
    expect(page.locator("h1")).to_have_text(name)
    return page.locator("main").inner_text()


def names_at_home(page: Page) -> list[str]:
    """To whom a word is due, as home shows them."""
    page.goto("/")
    return page.locator(".word h3 a").all_inner_texts()


def test_a_mailbox_and_an_export_end_with_the_right_people_due(
    visitor: Visitor, tmp_path: Path, check_access: Callable[[Page], None]
) -> None:
    now, today = timezone.now(), timezone.localdate()
    page = visitor.window()
    page.goto("/settings/")
    page.get_by_label("Your e-mail address").fill("ada@home.example")
    press(page, "Keep this", keys=True)
    expect(page.get_by_text("Kept.")).to_be_visible()
    page.goto("/people/take-in")
    page.get_by_label("The file").set_input_files(an_export(tmp_path))
    press(page, "Take them in", keys=True)
    expect(page.get_by_text("4 new")).to_be_visible()
    page.goto("/")
    page.locator("input[type=file]").set_input_files(a_mailbox(tmp_path, now))
    expect(page.locator("h1")).to_have_text("mail.mbox")

    assert sorted(names_at_home(page)) == ["Adaeze Berg", "Ines Halloran", "Rosa Lind"]
    words = {
        one.locator("h3 a").inner_text(): one.inner_text() for one in page.locator(".word").all()
    }
    assert "5 years at Tidewell." in words["Adaeze Berg"]
    assert "They wrote something on LinkedIn." in words["Rosa Lind"]
    assert "They know your work from the process at Brackwater Mills." in words["Ines Halloran"]
    assert "The last word was 31 days ago." in words["Ines Halloran"]
    check_access(page)

    for name, day in (
        ("Ines Halloran", today - timedelta(days=1)),
        ("Adaeze Berg", today - timedelta(days=1)),
        ("Rosa Lind", today - timedelta(days=2)),
    ):
        assert f"A word is due since {said(day)}." in on_the_page_of(page, name)
        check_access(page)
    joe = on_the_page_of(page, "Joe Odd")  # written to yesterday: the new job waits a week
    assert f"The next word is due on {said(today + timedelta(days=6))}." in joe
    assert "A new job: Head Cook at Oldgate" in joe
    assert "No word is due." in on_the_page_of(page, "Piet Vos")


@pytest.mark.parametrize("way", WAYS)
def test_from_somebody_who_is_due_to_a_letter_with_ones_own_words(
    visitor: Visitor, tmp_path: Path, check_access: Callable[[Page], None], way: str
) -> None:
    given = dict(WAYS[way])
    keys, has_scripts = bool(given.pop("keys", False)), bool(given.get("scripts", True))
    page = visitor.window(**given)

    def look() -> None:
        if has_scripts:  # the checker is a script itself
            check_access(page)

    page.goto("/people/take-in")
    page.get_by_label("The file").set_input_files(an_export(tmp_path))
    press(page, "Take them in", keys=keys)
    expect(page.get_by_text("4 new")).to_be_visible()
    now = timezone.now()
    received(visitor.owner, a_letter(sent_at=now - timedelta(days=31)), now=now)
    rosa = Contact.objects.get(name="Rosa Lind")
    note_reason(contact=rosa, kind=OccasionKind.POST, words="On sleeves", link="", now=now)
    page.goto("/")
    expect(page.locator(".word h3 a").get_by_text("Rosa Lind")).to_be_visible()
    press(page, "Write to Rosa Lind", keys=keys)
    expect(page.locator("h1")).to_have_text("A short word to Rosa Lind")
    look()
    assert width_of(page) <= given.get("width", 1280)

    expect(page.get_by_text("One thing first: fill in the words")).to_be_visible()
    expect(page.locator("[data-copy]")).to_have_count(0)
    expect(page.get_by_role("button", name="I have sent it")).to_have_count(0)
    field = page.get_by_label("The point in it that you will use")
    write(page, field, "The seam goes on last", keys=keys)
    press(page, "Put it into the letter", keys=keys)
    expect(page.locator("#text")).to_have_value(re.compile("The seam goes on last"))
    look()
    out = page.get_by_role("link", name="Copy it and open their profile")
    expect(out).to_have_attribute("href", "https://www.linkedin.com/in/rosa")
    if has_scripts:
        page.context.route("https://**", lambda route: route.fulfill(body="A profile."))
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        assert visitor.problems == []  # nothing was asked elsewhere before the press
        with page.context.expect_page() as opened:
            out.click()
        opened.value.close()
        assert visitor.problems[:1] == ["asked elsewhere: https://www.linkedin.com/in/rosa"]
        visitor.problems.clear()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#text").input_value()
    press(page, "I have sent it", keys=keys)
    expect(page.locator("h1")).to_have_text("Rosa Lind")
    expect(page.get_by_text("Noted: you wrote to Rosa Lind.")).to_be_visible()
    expect(page.get_by_text("You wrote on an occasion, on LinkedIn")).to_be_visible()
    expect(page.get_by_text("A word is due")).to_have_count(0)
    page.goto("/")
    expect(page.locator(".word h3 a").get_by_text("Rosa Lind")).to_have_count(0)


def test_words_are_settled_and_taken_back_with_the_keyboard(
    visitor: Visitor, tmp_path: Path, check_access: Callable[[Page], None]
) -> None:
    now = timezone.now()
    page = visitor.window(width=320, height=640)
    page.goto("/people/take-in")
    page.get_by_label("The file").set_input_files(an_export(tmp_path))
    press(page, "Take them in", keys=True)
    expect(page.get_by_text("4 new")).to_be_visible()
    page.goto("/")
    page.locator("input[type=file]").set_input_files(a_mailbox(tmp_path, now))
    expect(page.locator("h1")).to_have_text("mail.mbox")
    before = names_at_home(page)
    press(page, f"Done, {before[0]}", keys=True)
    expect(page.get_by_text(f"Noted: you wrote to {before[0]}.")).to_be_visible()
    check_access(page)
    assert names_at_home(page) == before[1:]
    press(page, "Take that back", keys=True)
    expect(page.get_by_text(f"Taken back. {before[0]} is as before.")).to_be_visible()
    assert names_at_home(page) == before
    press(page, f"Let rest, {before[0]}", keys=True)
    expect(page.get_by_text(f"{before[0]} rests.")).to_be_visible()
    assert names_at_home(page) == before[1:]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_address_of_the_calendar_is_made_and_stands_on_a_page_for_everybody(
    visitor: Visitor, check_access: Callable[[Page], None]
) -> None:
    for window in ({"width": 1280, "dark": True}, {"width": 320}):
        page = visitor.window(**window)  # type: ignore[arg-type]
        page.goto("/settings/reminders/")
        press(page, re.compile("Make an address|Another address"), keys=True)
        address = page.locator("code").inner_text()
        check_access(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= window["width"]
        assert page.request.get(address).text().startswith("BEGIN:VCALENDAR")
        press(page, "Let it show nothing any more", keys=True)
        expect(page.locator("code")).to_have_count(0)
        assert page.request.get(address).status == 404
