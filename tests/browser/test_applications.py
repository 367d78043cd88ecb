"""Applications in the browser: looked for, moved, split, taken from a list, looked at again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import in_main, press, tab_to, width_of
from tests.factories import ACKNOWLEDGED, FORM, INTERVIEWED, Put, a_letter, application_of, received

from kindregards.web.models import Application, Letter, User

LIST = """\
Company,Role,Date applied,Status
Harrow,Planner,2026-03-12,Rejected
Larkfield,Cook,31/02/2026,Applied
Norwick,Cook,2026-03-14,Applied
"""


@pytest.fixture
def put(owner: User) -> Put:
    """Let a letter come in: `put(FORM, role="Planner", days=3)`, so many days ago."""
    count = iter(range(1000))

    def _put(words: str, *, days: int = 1, sure: float = 1.0, **known: str) -> Letter:
        at = timezone.now() - timedelta(days=days)
        raw = a_letter(words, sent_at=at, message_id=f"n{next(count)}", **known)
        letter = received(owner, raw, now=timezone.now())
        Letter.objects.filter(pk=letter.pk).update(probability=sure)
        return letter

    return _put


@pytest.mark.parametrize("keys", [False, True], ids=["by mouse", "by keys"])
def test_a_letter_is_moved_in_one_step_and_back(page: Page, put: Put, *, keys: bool) -> None:
    refusal, other = put(FORM), put(ACKNOWLEDGED, role="Planner")
    before = application_of(refusal)
    page.goto(f"/letters/{refusal.pk}/")
    fold = page.locator("summary", has_text="It belongs to another application")
    if keys:
        tab_to(page, fold)
        page.keyboard.press("Enter")
    else:
        fold.click()
    page.get_by_label("Where it belongs").select_option(str(application_of(other).pk))
    press(page, "Move it there", keys=keys)
    expect(page.locator("h1")).to_have_text("Brackwater Mills, Planner")
    expect(page.locator(".told")).to_contain_text("A letter was moved here.")
    assert application_of(refusal) == application_of(other)
    press(page, "Undo it", keys=keys)
    expect(page.locator(".told")).to_contain_text("Everything is back where it was.")
    assert application_of(refusal) == before


def test_an_application_is_split_without_scripts(plain_page: Page, put: Put) -> None:
    first, second = put(ACKNOWLEDGED, days=9), put(FORM)
    plain_page.goto(f"/applications/{application_of(first).pk}/")
    plain_page.locator("summary", has_text="Split it").click()
    plain_page.get_by_role("checkbox").nth(1).check()
    press(plain_page, "Split them off", keys=False)
    expect(plain_page.locator(".told")).to_contain_text("This was split")
    assert application_of(first) != application_of(second)


# A second look --------------------------------------------------------------------------------


def test_what_is_in_doubt_is_answered_by_one_key_each(page: Page, put: Put) -> None:
    met = put(INTERVIEWED, sure=0.6, employer="Harrow")
    receipt = put(ACKNOWLEDGED, sure=0.5, employer="Norwick")
    page.goto("/")
    in_main(page, "2 letters are worth a second look").click()
    expect(page.locator("h1")).to_have_text("Is this a rejection?")
    page.keyboard.press("l")
    expect(page.locator("h1")).to_have_text("Is this an acknowledgement?")
    page.keyboard.press("6")
    expect(page.locator("h1")).to_have_text("Is this a rejection?")
    expect(page.locator(".lead")).to_have_text("It is the last one.")
    page.keyboard.press("y")
    expect(page.locator("h1")).to_have_text("Nothing is in doubt")
    kinds = [Letter.objects.get(pk=one.pk).kind for one in (met, receipt)]
    assert kinds == ["rejection", "on_hold"]


def test_a_correction_is_offered_to_what_looks_the_same(page: Page, put: Put) -> None:
    sender = "no-reply@greenhouse-mail.io"
    letters = [
        put(FORM, sure=0.6, employer=name, sender=f"{name} <{sender}>")
        for name in ("Harrow", "Larkfield", "Norwick")
    ]
    page.goto("/letters/review")
    page.keyboard.press("6")
    expect(page.locator("h1")).to_have_text("2 more letters look the same")
    page.keyboard.press("y")
    expect(page.locator(".told")).to_contain_text("2 more corrected.")
    assert {Letter.objects.get(pk=one.pk).kind for one in letters} == {"on_hold"}


def test_keys_with_a_modifier_and_keys_elsewhere_answer_nothing(page: Page, put: Put) -> None:
    letter = put(FORM, sure=0.6)
    page.goto("/letters/review")
    page.keyboard.press("Alt+6")
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("6")
    expect(page.locator("h1")).to_have_text("Is this a rejection?")
    assert Letter.objects.get(pk=letter.pk).probability == 0.6


def test_a_second_look_needs_no_scripts(plain_page: Page, put: Put) -> None:
    letter = put(FORM, sure=0.6)
    plain_page.goto("/letters/review")
    expect(plain_page.locator(".answers__hint")).to_be_hidden()
    press(plain_page, "an acknowledgement", keys=False)
    expect(plain_page.locator("h1")).to_have_text("Nothing is in doubt")
    assert Letter.objects.get(pk=letter.pk).kind == "acknowledgement"


def test_a_second_look_can_be_used_by_everybody(
    visitor: Visitor, put: Put, check_access: Callable[[Page], None]
) -> None:
    for name in ("Harrow", "Larkfield"):
        put(FORM, sure=0.6, employer=name, sender="jobs@jobboard.example")
    for window in ({"width": 1280}, {"width": 320, "dark": True}, {"forced_colors": True}):
        page = visitor.window(**window)  # type: ignore[arg-type]
        page.goto("/letters/review")
        check_access(page)
        assert width_of(page) <= window.get("width", 1280)
    page.keyboard.press("6")
    expect(page.locator("h1")).to_contain_text("looks the same")
    check_access(page)


# Looking for something ------------------------------------------------------------------------


def test_letters_are_found_while_one_types(page: Page, put: Put) -> None:
    put(INTERVIEWED)
    put(FORM, role="Planner")
    page.goto("/letters/")
    expect(page.locator(".rows > li")).to_have_count(2)
    page.get_by_label("Look for words in them").press_sequentially("winter co")
    expect(page.locator(".rows > li")).to_have_count(1)
    expect(page.locator("mark")).to_have_text(["winter", "coats"])
    expect(page).to_have_url(re.compile(r"\?q=winter(\+|%20)co$"))
    page.reload()
    expect(page.locator(".rows > li")).to_have_count(1)


def test_letters_are_found_without_scripts(plain_page: Page, put: Put) -> None:
    put(INTERVIEWED)
    put(FORM, role="Planner")
    plain_page.goto("/letters/")
    plain_page.get_by_label("Look for words in them").fill("winter")
    press(plain_page, "Look for them", keys=False)
    expect(plain_page.locator("mark")).to_have_text(["winter"])


def test_applications_are_narrowed_by_an_address_that_can_be_kept(page: Page, put: Put) -> None:
    put(ACKNOWLEDGED, days=20, employer="Harrow")
    put(FORM, employer="Larkfield")
    page.goto("/applications/")
    expect(page.locator(".rows > li")).to_have_count(2)
    page.locator("summary", has_text="Narrow it down").click()
    page.get_by_label("How it stands").select_option("late")
    expect(page.locator(".rows > li")).to_have_count(1)
    expect(page.locator(".row")).to_contain_text("Late: nothing came since")
    expect(page).to_have_url(re.compile("standing=late"))
    page.go_back()
    expect(page.locator(".rows > li")).to_have_count(2)
    press(page, "Put those that said no out of sight", keys=False)
    expect(page.locator(".rows > li")).to_have_count(1)
    page.goto("/applications/")
    expect(page.locator("main")).to_contain_text("1 out of sight, none lost")


def test_a_list_is_looked_at_before_it_is_taken_over(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST)
    page.goto("/applications/list")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("h1")).to_have_text("2 applications understood")
    expect(page.locator("main")).to_contain_text("Line 3: “31/02/2026”")
    assert Application.objects.count() == 0
    page.get_by_label("Date applied").select_option("note")
    press(page, "Look at it this way", keys=False)
    expect(page.locator("h1")).to_have_text("3 applications understood")
    page.get_by_label("Date applied").select_option("applied_date")
    press(page, "Take them over", keys=False)
    expect(page.locator(".told")).to_contain_text("Taken over: 2 new.")
    assert Application.objects.count() == 2
