"""The whole way as a person goes it: a letter in, a plan and a letter out."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import (
    LETTER,
    NEEDY,
    begin_draft,
    download,
    fill_blanks,
    in_main,
    press,
    put_in,
    width_of,
)
from tests.factories import a_letter, received
from tests.mailboxes import ODD, bulk_mail, mbox_of, rejection_from

from kindregards.web.models import Draft, Letter, Touch, User
from kindregards.web.worker import run_what_is_due

WAYS: dict[str, dict[str, Any]] = {
    "with the mouse": {},
    "with the keyboard alone": {"keys": True},
    "with scripts off": {"scripts": False},
    "with the keyboard alone and scripts off": {"keys": True, "scripts": False},
    "on the narrowest phone": {"width": 320, "height": 640},
    "in the dark": {"dark": True},
    "in forced colours": {"forced_colors": True},
}


@pytest.fixture
def letter(owner: User) -> Letter:
    """A rejection of two days ago."""
    now = timezone.now()
    return received(owner, a_letter(sent_at=now - timedelta(days=2)), now=now)


def fits(page: Page) -> None:
    assert width_of(page) <= page.viewport_size["width"], page.url  # type: ignore[index]


def on_the_draft(page: Page, letter: Letter) -> None:
    page.goto(f"/letters/{letter.pk}/")
    begin_draft(page)


@pytest.mark.parametrize("way", WAYS)
def test_a_pasted_letter_becomes_a_plan_and_a_letter_to_send(
    visitor: Visitor, tmp_path: Path, way: str
) -> None:
    given = dict(WAYS[way])
    keys = bool(given.pop("keys", False))
    page = visitor.window(**given)
    fits(page)

    put_in(page, keys=keys)
    expect(page.locator(".letter mark").first).to_be_visible()
    expect(page.get_by_label("Stage")).to_have_value("interview")
    fits(page)

    begin_draft(page, keys=keys)
    fits(page)
    expect(page.locator("#out")).to_contain_text("fill in the words in square brackets")
    text = fill_blanks(page, keys=keys)
    if not given.get("scripts", True):
        press(page, "Check it", keys=keys)
    # A letter of today is held until tomorrow; its sender is free to send it all the same.
    expect(page.get_by_label("Why it should go as it is")).to_be_visible()
    page.get_by_label("Why it should go as it is").fill("They asked me to write today.")
    press(page, "Take it along all the same", keys=keys)

    raw = download(page, tmp_path, keys=keys)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    assert message.get_content().replace("\r\n", "\n").split() == text.split()

    press(page, "I have sent it", keys=keys)
    expect(page.locator(".told")).to_contain_text("Now a quiet week")
    expect(page.locator(".step--done")).to_contain_text("Asked Ines Halloran for advice")
    assert Touch.objects.count() == 1
    fits(page)


def test_a_chosen_file_is_read_at_once(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "no.eml"
    file.write_bytes(a_letter())
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("article", name="The letter")).to_contain_text("Ines Halloran")


def test_a_dropped_file_is_read_at_once(page: Page) -> None:
    dropped = page.evaluate_handle(
        """text => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "no.eml", {type: "message/rfc822"}));
            return transfer;
        }""",
        a_letter().decode(),
    )
    page.dispatch_event("form[data-drop]", "drop", {"dataTransfer": dropped})
    expect(page.get_by_role("article", name="The letter")).to_contain_text("Ines Halloran")
    assert Letter.objects.get().message_id == "<one@brackwater.example>"


def test_several_chosen_files_lead_to_the_list(page: Page, tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        files.append(tmp_path / f"{name}.eml")
        files[-1].write_bytes(a_letter(message_id=name))
    page.locator("input[type=file]").set_input_files(files)
    expect(page.locator(".told")).to_contain_text("2 letters read, 2 of them new.")
    expect(page.locator(".rows li")).to_have_count(2)


def test_a_file_that_is_no_letter_says_what_to_do(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "no.pdf"
    file.write_bytes(b"%PDF-1.7")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".told")).to_contain_text("copy the words of the letter and paste them")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reading_is_corrected_in_place_and_stays_corrected(
    visitor: Visitor, letter: Letter, scripts: bool
) -> None:
    page = visitor.window(scripts=scripts)
    page.goto(f"/letters/{letter.pk}/")
    stage = page.get_by_label("Stage")
    stage.focus()
    stage.select_option("final")
    press(page, "Keep this correction", keys=False)
    expect(page.locator(".told")).to_contain_text("It stays, even when the letter is read again")
    expect(stage).to_have_value("final")

    press(page, "Read it again", keys=False)
    expect(stage).to_have_value("final")
    page.get_by_role("button", name="undo").click()
    expect(stage).to_have_value("interview")


def test_what_the_guard_notices_follows_the_typing(page: Page, letter: Letter) -> None:
    on_the_draft(page, letter)
    field = page.get_by_label("Your letter")
    field.fill("Dear Ines,\n\n")
    field.press_sequentially(NEEDY)
    expect(page.locator("#found")).to_contain_text("Please reconsider")
    expect(page.locator("#out")).not_to_contain_text("Save as .eml")
    marked = page.locator("#marks mark").all_inner_texts()
    assert marked
    assert all(words in NEEDY for words in marked)

    # Words typed before the marks: they go along at once, before the guard has looked again.
    field.press("Control+Home")
    field.press_sequentially("Hi! ")
    layer = page.locator("#marks").evaluate("layer => layer.textContent")
    assert layer == field.input_value()
    assert "Please reconsider" in " ".join(page.locator("#marks mark").all_inner_texts())
    expect(page.locator("[name=revision]")).not_to_have_value("0")


def test_words_to_change_are_never_marked_as_words_to_keep(page: Page, letter: Letter) -> None:
    on_the_draft(page, letter)
    field = page.get_by_label("Your letter")
    accepted = "I understand the decision."
    field.fill(f"Dear Ines,\n\n{accepted}\n\nAda")
    expect(page.locator("#marks mark.good")).to_have_text([accepted])
    field.fill(f"Dear Ines,\n\nPlease reconsider.\n\n{accepted}\n\nAda")
    expect(page.locator("#found")).to_contain_text("Please reconsider")
    expect(page.locator("#marks mark:not(.good)").first).to_contain_text("Please reconsider")
    expect(page.locator("#marks mark.good")).to_have_text([accepted])


def test_an_offer_is_used_and_taken_back(page: Page, letter: Letter) -> None:
    on_the_draft(page, letter)
    field = page.get_by_label("Your letter")
    field.fill(f"Dear Ines,\n\n{NEEDY}\n\nAda")
    expect(page.locator("#found")).to_contain_text("Please reconsider")
    before = field.input_value()
    page.get_by_role("button", name=re.compile("^(Use this instead|Take it out)$")).first.click()
    expect(page.locator(".told")).to_contain_text("You can take it back")
    assert page.get_by_label("Your letter").input_value() != before
    press(page, "Take the last change back", keys=False)
    expect(page.get_by_label("Your letter")).to_have_value(before)


def test_what_was_typed_is_kept_without_pressing_anything(page: Page, letter: Letter) -> None:
    on_the_draft(page, letter)
    page.get_by_label("Your letter").fill("Dear Ines, thank you for the call.")
    expect(page.locator("#foot")).to_contain_text("7 words")
    page.reload()
    expect(page.get_by_label("Your letter")).to_have_value("Dear Ines, thank you for the call.")


def test_a_button_pressed_while_typing_loses_no_word(page: Page, letter: Letter) -> None:
    on_the_draft(page, letter)
    field = page.get_by_label("Your letter")
    for words in ("Dear Ines, one.", "Dear Ines, one. Two.", "Dear Ines, one. Two. Three."):
        field.fill(words)
        page.wait_for_timeout(550)  # just as the guard begins to look
    in_main(page, "Check it").click()
    expect(page.locator(".told--look")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Your letter")).to_have_value("Dear Ines, one. Two. Three.")
    assert Draft.objects.get().text == "Dear Ines, one. Two. Three."


def test_two_tabs_never_overwrite_one_another(page: Page, letter: Letter) -> None:
    on_the_draft(page, letter)
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label("Your letter").fill("From the first tab.")
    expect(page.locator("#foot")).to_contain_text("4 words")

    late = other.get_by_label("Your letter")
    late.fill("From the second tab.")
    expect(other.get_by_role("alert")).to_contain_text("changed in another window")
    late.press_sequentially(" And on.")
    other.wait_for_timeout(1200)
    assert Draft.objects.get().text == "From the first tab."
    expect(late).to_have_value("From the second tab. And on.")

    in_main(other, "Check it").click()
    expect(other.get_by_label("What you wrote in this window")).to_have_value(
        "From the second tab. And on."
    )
    expect(other.get_by_label("Your letter")).to_have_value("From the first tab.")


def test_the_mail_program_is_offered_the_same_words(page: Page, letter: Letter) -> None:
    on_the_draft(page, letter)
    fill_blanks(page)
    link = page.get_by_role("link", name="Open in my mail program")
    expect(link).to_have_attribute("href", re.compile("^mailto:ines.halloran@brackwater.example"))


def test_lines_at_a_step_are_kept(page: Page) -> None:
    put_in(page, LETTER)
    press(page, "The whole plan", keys=False)
    press(page, re.compile("^Stay in touch"), keys=False)
    page.get_by_label("Who, and what would be a reason").fill("Ines, when her range is out.")
    press(page, "Keep it, this is done", keys=False)
    expect(page.locator(".step--done")).to_contain_text("Stay in touch")
    page.locator(".step--done summary").click()
    expect(page.locator(".step--done")).to_contain_text("Ines, when her range is out.")


def test_a_whole_mailbox_is_taken_in_beside_the_page_and_one_left_out_is_brought_in(
    visitor: Visitor, tmp_path: Path
) -> None:
    mailbox = tmp_path / "archive.mbox"
    mail = [*bulk_mail(2500), ODD, rejection_from(1), rejection_from(2)]
    mailbox.write_bytes(mbox_of(mail))
    page = visitor.window()
    page.goto("/")
    page.locator("input[type=file]").set_input_files(mailbox)
    expect(page.locator("h1")).to_have_text("archive.mbox")
    expect(page.get_by_text("This begins in a moment.")).to_be_visible()
    run_what_is_due("one", now=timezone.now())
    expect(page.get_by_text("2 letters, 2 of them rejections: 2 new")).to_be_visible()
    press(page, "Look at what was left out", keys=True)
    page.get_by_label("Sender or subject").fill("about the buttons")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Wren").click()
    fits(page)
    press(page, re.compile("This one matters"), keys=True)
    expect(page.get_by_text("It is one of your letters now.")).to_be_visible()
    assert Letter.objects.count() == 3
