"""Thinking it through as a person does it: one thing at a time, left and taken up again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import press, tab_to, width_of, write
from tests.factories import INTERVIEWED, a_letter, received

from kindregards.web.models import Claim, Contact, Debrief, Letter, Note, Question, User

WAYS: dict[str, dict[str, Any]] = {
    "with the mouse": {},
    "with the keyboard alone": {"keys": True},
    "with scripts off": {"scripts": False},
    "on the narrowest phone": {"width": 320, "height": 640},
    "on the narrowest phone, with keys and scripts off": {
        "width": 320, "height": 640, "keys": True, "scripts": False,
    },
    "in forced colours": {"forced_colors": True},
}  # fmt: skip


@pytest.fixture
def letter(owner: User) -> Letter:
    """A rejection of two days ago."""
    now = timezone.now()
    return received(owner, a_letter(sent_at=now - timedelta(days=2)), now=now)


class Walk:
    """Somebody who goes through a debrief, by mouse or by keys alone."""

    def __init__(
        self, page: Page, check_access: Callable[[Page], None] | None, *, keys: bool
    ) -> None:
        self.page, self.keys = page, keys
        self.check_access = check_access

    def asked(self, question: str) -> None:
        """See that this is asked, and that everybody can use the screen."""
        expect(self.page.locator("h1")).to_have_text(question)
        assert width_of(self.page) <= self.page.viewport_size["width"]  # type: ignore[index]
        if self.check_access:
            self.check_access(self.page)

    def answer(self, question: str, text: str = "", *, tap: str = "") -> None:
        """Answer what is asked, and go on."""
        self.asked(question)
        if text:
            write(self.page, self.page.locator("#text"), text, keys=self.keys)
        if tap:
            self.tap(tap)
        self.on()

    def tap(self, name: str) -> None:
        """Choose one of a row of answers."""
        radio = self.page.get_by_role("radio", name=name, exact=True)
        if not self.keys:
            self.page.locator("label", has=radio).click()
            return
        group = self.page.get_by_role("radio")
        tab_to(self.page, group.first)
        self.page.keyboard.press("Space")
        for _ in range(5):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrows do not reach {name}")

    def on(self, name: str = "Next") -> None:
        """Press the button that leads on, and wait for the next page."""
        self.page.evaluate("window.isOld = true")
        press(self.page, name, keys=self.keys)
        for _ in range(100):
            if _is_new(self.page):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("the next screen does not come")


def _is_new(page: Page) -> bool:
    try:
        return bool(page.evaluate("!window.isOld && document.readyState === 'complete'"))
    except Exception:
        return False  # between two pages


@pytest.mark.parametrize("way", WAYS)
def test_a_rejection_is_thought_through_in_two_sittings(
    visitor: Visitor, letter: Letter, check_access: Callable[[Page], None], way: str
) -> None:
    given = dict(WAYS[way])
    keys = bool(given.pop("keys", False))
    page = visitor.window(**given)
    has_scripts = given.get("scripts", True)  # axe is one
    walk = Walk(page, check_access if has_scripts else None, keys=keys)
    page.goto(f"/plans/{letter.application.plan.pk}/facts/")  # type: ignore[union-attr]
    press(page, "Start with the facts", keys=keys)

    walk.answer("Which conversations were there?", "A video talk on Tuesday, an hour.")
    walk.answer("Who was there?", "Ines Halloran, head of studio\nTom Bakker")
    walk.answer("What is one question they asked?", "How do you line a coat?", tap="badly")
    walk.answer("What else did they ask?", "Why us?", tap="very well")
    walk.answer("What else did they ask?")
    walk.answer("What did you say to it?", "I began with the sleeves.")
    walk.answer("What did you say to it?")
    walk.answer("What did they come back to?", "The wool.")
    walk.answer("What did the job ask for that you could not show?")
    expect(page.get_by_label("The letter", exact=True)).to_contain_text("Unfortunately")
    walk.answer("What does the letter say, and what does it not say?", "Not why.")
    walk.asked("What could it have been that has nothing to do with you?")
    walk.on("That is all")
    walk.asked("The facts are written down")

    walk.on("Look at it today all the same")
    walk.answer("What was meant to happen?", "To show that I can lead.")
    walk.answer("And what happened?")
    walk.answer("If there was a gap, why?", "Ada answered from the cloth.")
    walk.answer("What could have been a cause?", "Too little about leading.", tap="possible")
    walk.answer("What else could have been a cause?")
    walk.answer("What went well, and stays as it is?", "The greeting.")
    walk.answer(re.compile("do differently"), "Begin with the range.")  # type: ignore[arg-type]
    walk.asked("One plan for the next time")
    write(page, page.get_by_label("If", exact=True), "they ask about lining", keys=keys)
    write(page, page.get_by_label("then", exact=True), "I begin with the range", keys=keys)
    walk.on()
    walk.asked("When and where will you try it aloud?")
    write(page, page.get_by_label("Where"), "the kitchen table", keys=keys)
    walk.on("That is all")

    walk.asked("Thought through")
    sentence = "If they ask about lining, then I begin with the range."
    expect(page.locator("main")).to_contain_text(sentence)
    expect(page.locator("main")).to_contain_text("Tom Bakker")
    walk.on("Practice the one that went worst")
    walk.asked("Practice")
    expect(page.locator("main")).to_contain_text("How do you line a coat?")
    expect(page.locator("main")).not_to_contain_text("Why us?")
    assert Contact.objects.count() == 2
    page.goto(f"/plans/{letter.application.plan.pk}/")  # type: ignore[union-attr]
    expect(page.locator(".step--done")).to_have_count(2)
    expect(page.locator("main")).to_contain_text(sentence)


def _begun(letter: Letter, page: Page) -> None:
    page.goto(f"/plans/{letter.application.plan.pk}/facts/")  # type: ignore[union-attr]
    press(page, "Start with the facts", keys=False)
    expect(page.locator("h1")).to_have_text("Which conversations were there?")


def test_words_are_kept_as_they_are_written_and_found_again(
    visitor: Visitor, letter: Letter
) -> None:
    page = visitor.window()
    _begun(letter, page)
    page.goto(f"/debriefs/{Debrief.objects.get().pk}/question/0/")
    page.locator("#text").press_sequentially("How do you line")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    expect(page).to_have_url(re.compile(r"/question/[1-9]\d*/$"))
    page.locator("#text").press_sequentially(" a coat?")
    # The words before may be on their way still: it is the answer to this press that counts.
    with page.expect_response(lambda answer: "went=2" in (answer.request.post_data or "")):
        page.get_by_text("not so well").click()
    page.close()

    again = visitor.window(width=390, height=780)
    again.goto(f"/debriefs/{Debrief.objects.get().pk}/")
    press(again, "Go on where you left", keys=False)
    expect(again.locator("#text")).to_have_value("How do you line a coat?")
    expect(again.get_by_role("radio", name="not so well")).to_be_checked()
    assert Question.objects.count() == 1


def test_two_tabs_keep_both_texts_and_put_them_together(
    visitor: Visitor, letter: Letter, check_access: Callable[[Page], None]
) -> None:
    first = visitor.window()
    _begun(letter, first)
    second = first.context.new_page()
    second.goto(first.url)
    first.locator("#text").fill("From the first tab.")
    expect(first.locator("#saved")).to_contain_text("Saved at")
    second.locator("#text").fill("From the second tab.")
    expect(second.locator("#saved")).to_contain_text("Both texts are kept")
    second.get_by_role("link", name="See both").click()
    expect(second.locator("#text")).to_have_value("From the first tab.")
    expect(second.locator(".ask__aside")).to_contain_text("From the second tab.")
    check_access(second)
    second.get_by_role("button", name="Put both together").click()
    expect(second.locator("#text")).to_have_value("From the first tab.\n\nFrom the second tab.")
    assert Note.objects.get().aside == ""


def test_a_button_pressed_while_words_are_being_kept_loses_none(
    visitor: Visitor, letter: Letter
) -> None:
    page = visitor.window()
    _begun(letter, page)
    for text in ("A call", "A call and a talk", "A call, a talk and a day there."):
        page.locator("#text").fill(text)
        page.wait_for_timeout(710)
    page.get_by_role("button", name="Next").click()
    expect(page.locator("h1")).to_have_text("Who was there?")
    assert Note.objects.get().text == "A call, a talk and a day there."


@pytest.mark.parametrize("way", ["with the mouse", "on the narrowest phone", "with scripts off"])
def test_whom_one_met_is_one_press_away_in_the_letter(
    visitor: Visitor, letter: Letter, check_access: Callable[[Page], None], way: str
) -> None:
    page = visitor.window(**WAYS[way])
    plan = letter.application.plan.pk  # type: ignore[union-attr]
    page.goto(f"/plans/{plan}/ask/")
    page.get_by_role("button", name="Draft the letter").click()
    expect(page.locator("#text")).to_have_value(re.compile(r"^\w+ Ines\b"))
    draft = page.url
    debrief = Debrief.objects.create(
        owner=letter.owner, application=letter.application, began_at=timezone.now()
    )
    Claim.objects.create(owner=letter.owner, debrief=debrief, text="Too little wool.")
    page.goto(f"/debriefs/{debrief.pk}/people/")
    page.locator("#text").fill("Tom Bakker, cutting room, tom@brackwater.example")
    page.get_by_role("button", name="Next", exact=True).last.click()
    expect(page.locator("h1")).to_have_text("What is one question they asked?")

    page.goto(draft)
    if WAYS[way].get("scripts", True):
        check_access(page)
    page.get_by_role("button", name="Tom Bakker").click()
    expect(page.locator("#to")).to_have_value("Tom Bakker <tom@brackwater.example>")
    expect(page.locator("#text")).to_have_value(re.compile(r"^\w+ Tom\b"))
    page.get_by_role("button", name="Take the last change back").click()
    expect(page.locator("#text")).to_have_value(re.compile(r"^\w+ Ines\b"))
    assert width_of(page) <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("way", ["with the mouse", "on the narrowest phone", "with scripts off"])
def test_a_cause_is_marked_where_the_letter_that_speaks_of_it_is_read(
    visitor: Visitor, letter: Letter, check_access: Callable[[Page], None], way: str
) -> None:
    now = timezone.now()
    debrief = Debrief.objects.create(
        owner=letter.owner, application=letter.application, began_at=now - timedelta(days=1)
    )
    Claim.objects.create(owner=letter.owner, debrief=debrief, text="I have not led a team.")
    words = INTERVIEWED.replace(
        "Kind regards,", "We chose somebody who has led a team before.\n\nKind regards,"
    )
    later = received(letter.owner, a_letter(words, message_id="later", sent_at=now), now=now)
    page = visitor.window(**WAYS[way])
    page.goto(f"/letters/{later.pk}/")
    expect(page.get_by_role("heading", name="Does it bear out what you thought?")).to_be_visible()
    if WAYS[way].get("scripts", True):
        check_access(page)
    page.get_by_role("button", name="Borne out", exact=True).click()
    expect(page).to_have_url(re.compile(rf"/letters/{later.pk}/$"))
    expect(page.locator("main")).to_contain_text("What came later bears it out.")
    assert Claim.objects.get().is_borne_out is True
    assert width_of(page) <= page.viewport_size["width"]  # type: ignore[index]
