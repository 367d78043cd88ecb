"""What a person does in front of the pages, in their words, for the journeys."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

LETTER = """\
Dear Ada,

Thank you for coming to the interview for the Data Analyst position at Brackwater Mills. It was
a pleasure to hear about your work on the winter coats.

Unfortunately, we have decided not to move forward with your application. Please do apply again
when a similar role opens.

Kind regards,
Ines Halloran
Head of Studio, Brackwater Mills
"""
NEEDY = "Please reconsider. I need this job!! Why was I not chosen?"
FIRST_PRESSES = 80  # Tab presses after which a thing counts as out of reach


def in_main(page: Page, name: str | re.Pattern[str]) -> Locator:
    """The button or link of that name in the page's own part, not in the rail."""
    main = page.locator("main")
    return main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first


def tab_to(page: Page, thing: Locator) -> None:
    """Reach a thing with the Tab key alone."""
    for _ in range(FIRST_PRESSES):
        if thing.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {thing}")


def press(page: Page, name: str | re.Pattern[str], *, keys: bool) -> None:
    """Press a button or follow a link, by mouse or by keys alone."""
    thing = in_main(page, name)
    if not keys:
        thing.click()
        return
    tab_to(page, thing)
    page.keyboard.press("Enter")


def write(page: Page, field: Locator, text: str, *, keys: bool) -> None:
    """Put text in the place of what a field holds, as a paste does."""
    if not keys:
        field.fill(text)
        return
    tab_to(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def put_in(page: Page, text: str = LETTER, *, keys: bool = False) -> None:
    """Paste a letter at home, and see its page."""
    write(page, page.get_by_label(re.compile("The letter|A letter came")), text, keys=keys)
    press(page, re.compile("^Read it"), keys=keys)
    expect(page.get_by_role("article", name="The letter")).to_be_visible()


def begin_draft(page: Page, *, keys: bool = False) -> None:
    """From the page of a letter over its plan to the letter that asks for advice."""
    press(page, "The whole plan", keys=keys)
    expect(page.locator("h1")).to_have_text("From this letter to the next application")
    press(page, re.compile("^(Ask .*for advice|Draft the letter)$"), keys=keys)
    if not re.search(r"/drafts/\d+/$", page.url):
        press(page, "Draft the letter", keys=keys)
    expect(page.get_by_label("Your letter")).to_be_visible()


def fill_blanks(page: Page, *, keys: bool = False) -> str:
    """Write something of one's own in the place of each blank; gives the letter."""
    field = page.get_by_label("Your letter")
    text = re.sub(r"\[[^\]]*\]", "how you lay out a winter range", field.input_value())
    write(page, field, text, keys=keys)
    return text


def download(page: Page, folder: Path, *, keys: bool = False) -> bytes:
    """Take the letter along as a file."""
    with page.expect_download() as coming:
        press(page, "Save as .eml", keys=keys)
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file.read_bytes()


def width_of(page: Page) -> int:
    """How wide the page is; more than its window means scrolling sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
