"""One version, three readers: two by link, one with a file from disk and no network; and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import PATIENCE, Visitor
from tests.browser.walking import width_of
from tests.documents import office as libreoffice
from tests.documents.made import like_word
from tests.reviewing import a_comment, a_reviewer, a_version_to_read, give_back, token_for

from kindregards.core.resumes.document import document_of
from kindregards.sources.documents.reading import take
from kindregards.web.models import Comment, Reviewer, Version
from kindregards.web.resumes.services import take_in
from kindregards.web.reviews import text_for
from kindregards.web.sharing.packet_page import packet_of

AGREED, CLASHED = "Led a cutting room of eleven people", "every delivery"
DRAG = """
(words) => {
  const block = [...document.querySelectorAll("[data-at]")]
    .find((one) => one.textContent.includes(words));
  block.scrollIntoView({block: "center"});
  const range = new Range();
  const at = block.textContent.indexOf(words);
  range.setStart(block.firstChild, at);
  range.setEnd(block.firstChild, at + words.length);
  const boxes = [...range.getClientRects()];
  const [first, last] = [boxes[0], boxes.at(-1)];
  return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
}
"""


def drag_over(page: Page, words: str) -> None:
    """Select words with the mouse."""
    x, y, to_x, to_y = page.evaluate(DRAG, words)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=6)
    page.mouse.up()
    expect(page.get_by_label("The words you mean")).to_have_value(words)


def comment(page: Page, kind: str, why: str, instead: str = "") -> None:
    """Say something of the chosen words."""
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("Why?").fill(why)
    page.get_by_label("What would you write instead?").fill(instead)
    page.get_by_role("button", name="Keep this comment").click()
    expect(page.locator("#told")).to_contain_text("Kept.")


def ask(page: Page, version: Version, name: str, *, by_link: bool) -> None:
    """Ask somebody to read."""
    page.goto(f"/versions/{version.pk}/readers/")
    page.get_by_label("Their name").fill(name)
    page.get_by_label("A link." if by_link else "A file.").check()
    page.get_by_role("button", name="Prepare it for them").click()
    expect(page.locator("h1")).to_have_text(name)


def link_in(page: Page) -> str:
    """The link in the letter that the page offers."""
    found = re.search(r"http\S+/review/\S+", page.get_by_label("The words to send").input_value())
    assert found is not None
    return found[0]


@pytest.fixture
def version(visitor: Visitor) -> Version:
    """A resume as a word processor made it."""
    raw = like_word()
    return take_in(
        owner=visitor.owner,
        taken=take(raw, "ada.docx"),
        raw=raw,
        file_name="ada.docx",
        now=timezone.now(),
    )


@pytest.fixture
def from_disk(browser: Browser) -> Iterator[Page]:
    """A window that has no network at all. Any error on its page fails the test."""
    context = browser.new_context(offline=True, reduced_motion="reduce", locale="en-GB")
    context.set_default_timeout(PATIENCE)
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    context.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("file:", "blob:")) else problems.append(asked.url)
        ),
    )
    yield context.new_page()
    context.close()
    assert problems == []


def test_a_version_goes_to_three_readers_and_comes_back_as_a_better_one(
    visitor: Visitor,
    version: Version,
    from_disk: Page,
    settings: Any,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    settings.SHARE_URL = visitor.site
    mine = visitor.window()
    ask(mine, version, "Ines Halloran", by_link=True)
    ines_link = link_in(mine)
    ask(mine, version, "Oona Quist", by_link=True)
    oona_link = link_in(mine)
    ask(mine, version, "Wilma Brandt", by_link=False)
    with mine.expect_download() as coming:
        mine.get_by_role("link", name="Save the file").click()
    packet = tmp_path / coming.value.suggested_filename
    coming.value.save_as(packet)

    _ines_reads_with_the_mouse(visitor.window(signed_in=False), ines_link)
    _oona_reads_with_the_keyboard(visitor.window(signed_in=False, width=390, height=844), oona_link)
    back = _wilma_reads_from_disk(from_disk, packet, tmp_path)

    mine.goto(f"/versions/{version.pk}/readers/")
    expect(mine.get_by_text("Gave it back with 2 comments")).to_have_count(2)
    mine.get_by_role("link", name=re.compile("Wilma Brandt")).click()
    mine.get_by_label("The file").set_input_files(back)
    mine.get_by_role("button", name="Take it in").click()
    expect(mine.get_by_text("The review by Wilma Brandt is here.")).to_be_visible()

    first = mine.locator(".group").first
    expect(first).to_contain_text(AGREED)
    expect(first).to_contain_text("3 readers point here")
    for who in ("Ines Halloran", "Oona Quist"):
        _take(mine, who, CLASHED)
    _take(mine, "Wilma Brandt", AGREED)
    expect(mine.get_by_text("neither is put in")).to_be_visible()
    mine.get_by_role("button", name="Take the words of Oona Quist").click()
    expect(mine.get_by_text("neither is put in")).to_have_count(0)
    mine.get_by_role("button", name="Make the next version with 2 changes").click()
    expect(mine.locator("h1")).to_have_text("Version 2")
    expect(mine.get_by_label("What it says")).to_contain_text("Built and led a cutting room")

    with mine.expect_download() as coming:
        mine.get_by_role("link", name=re.compile("changes tracked")).click()
    tracked = Path(coming.value.path()).read_bytes()
    office = libreoffice.started(tmp_path_factory.mktemp("office"))
    accepted = _text(office.settled(tracked, "AcceptAllTrackedChanges"))
    assert "Built and led a cutting room" in accepted
    assert "each delivery" in accepted
    rejected = _text(office.settled(tracked, "RejectAllTrackedChanges"))
    assert AGREED in rejected
    assert CLASHED in rejected


def _text(docx: bytes) -> str:
    return document_of(take(docx).markdown).text


def _ines_reads_with_the_mouse(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Show it for seven seconds").click()
    expect(page.get_by_text("Led a cutting room")).to_be_visible()
    page.get_by_label("What do you remember?").fill("That she leads people.")
    page.get_by_role("button", name="Go on to the text").click()
    drag_over(page, AGREED)
    comment(page, "Could be stronger", "It sounds small.")
    drag_over(page, CLASHED)
    comment(page, "Wrong", "Not quite true.", "nearly every delivery")
    with page.expect_response(lambda answer: "At the dates." in (answer.request.post_data or "")):
        page.get_by_label("Where did you stop reading?").fill("At the dates.")
    page.reload()
    expect(page.get_by_label("Where did you stop reading?")).to_have_value("At the dates.")
    page.get_by_role("button", name="Give it back").click()
    expect(page.locator("#told")).to_contain_text("It is given back.")


def _oona_reads_with_the_keyboard(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Go straight to the text").click()
    for words, why, instead in (
        (AGREED, "What came of it?", ""),
        (CLASHED, "Shorter is better.", "each delivery"),
    ):
        _walk_to(page, words)
        page.keyboard.press("Enter")
        comment(page, "Could be stronger", why, instead)
    page.get_by_role("button", name="Give it back").click()
    expect(page.locator("#told")).to_contain_text("It is given back.")


def _walk_to(page: Page, words: str) -> None:
    """Go to the words by arrow keys alone, and take all of them with Shift."""
    field, first = page.get_by_label("The words you mean"), words.split()[0]
    page.locator("#words").focus()
    page.keyboard.press("Home")
    for _ in range(300):
        if field.input_value() == first:
            for _more in words.split()[1:]:
                page.keyboard.press("Shift+ArrowRight")
            if field.input_value() == words:
                return
            for _more in words.split()[1:]:
                page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"The arrow keys do not reach {words!r}.")


def _wilma_reads_from_disk(page: Page, packet: Path, folder: Path) -> Path:
    page.goto(packet.as_uri())
    page.get_by_role("button", name="Go straight to the text").click()
    page.get_by_label("The words you mean").fill("led a cutting room of eleven people")
    comment(page, "Unclear", "Led where to?", "Built and led a cutting room of eleven people")
    page.reload()
    expect(page.locator("#said")).to_contain_text("Led where to?")
    page.get_by_label("Anything else?").fill("I liked it. 👏")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save the review").click()
    back = folder / coming.value.suggested_filename
    coming.value.save_as(back)
    return back


def _take(page: Page, who: str, words: str) -> None:
    said = page.locator(".group", has_text=words).locator(".comment", has_text=who)
    said.get_by_role("button", name="Take it").click()
    expect(said).to_contain_text("Taken.")


WINDOWS: dict[str, dict[str, Any]] = {
    "wide": {"width": 1280},
    "narrow and dark": {"width": 320, "height": 640, "dark": True},
    "forced colours": {"width": 1280, "forced_colors": True},
}


@pytest.fixture
def reviewer(visitor: Visitor) -> Reviewer:
    """Somebody who was asked, beside two who gave their reviews back and clash."""
    now = timezone.now()
    asked = a_version_to_read(visitor.owner, now)
    for name, instead in (("Ines", "eight cutters"), ("Oona", "six people")):
        one = a_reviewer(asked, now, name=name)
        shown = text_for(one)
        said = a_comment(shown, "six cutters", kind="stronger", replacement=instead)
        give_back(one, now, said, a_comment(shown, "BA Fashion", kind="good"), remarks="Good.")
    Comment.objects.filter(exact="six cutters").update(decision="taken")
    return a_reviewer(asked, now, name="Wilma", carried_by="packet")


def _seen(page: Page, check_access: Callable[[Page], None]) -> None:
    check_access(page)
    assert width_of(page) <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_the_pages_about_readers_are_for_everybody(
    visitor: Visitor,
    reviewer: Reviewer,
    window: dict[str, Any],
    check_access: Callable[[Page], None],
) -> None:
    page = visitor.window(**window)
    gave_back = Reviewer.objects.get(name="Ines")
    for address in (
        f"/versions/{reviewer.version_id}/readers/",
        f"/versions/{reviewer.version_id}/comments/",
        f"/readers/{reviewer.pk}/",
        f"/readers/{gave_back.pk}/",
    ):
        page.goto(address)
        _seen(page, check_access)


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_the_page_of_a_reader_is_for_everybody(
    visitor: Visitor,
    reviewer: Reviewer,
    window: dict[str, Any],
    check_access: Callable[[Page], None],
) -> None:
    page = visitor.window(signed_in=False, **window)
    page.goto(f"/review/{token_for(reviewer, timezone.now())}/")
    _seen(page, check_access)
    page.get_by_role("button", name="Go straight to the text").click()
    page.locator("#words").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#say")).to_be_visible()
    _seen(page, check_access)
    comment(page, "Good", "At once.")
    _seen(page, check_access)


def test_a_reader_without_scripts_comments_by_the_form(
    visitor: Visitor, reviewer: Reviewer
) -> None:
    page = visitor.window(signed_in=False, scripts=False)
    page.goto(f"/review/{token_for(reviewer, timezone.now())}/")
    page.get_by_label("The words you mean").fill("taught two apprentices")
    page.get_by_role("radio", name="Something is missing").check()
    page.get_by_label("Why?").fill("With what result?")
    page.get_by_role("button", name="Keep this comment").click()
    expect(page.locator("#said")).to_contain_text("With what result?")
    page.get_by_label("Anything else?").fill("Good.")
    page.get_by_role("button", name="Give it back").click()
    expect(page.locator("#told")).to_contain_text("It is given back.")
    reviewer.refresh_from_db()
    assert (reviewer.remarks, reviewer.comments.get().kind) == ("Good.", "missing")


def test_a_packet_shows_nothing_after_its_day(
    reviewer: Reviewer, from_disk: Page, tmp_path: Path
) -> None:
    reviewer.closes_at = timezone.now() - timedelta(minutes=1)
    file = tmp_path / "packet.html"
    file.write_bytes(packet_of(reviewer))
    from_disk.goto(file.as_uri())
    expect(from_disk.get_by_role("heading", name="Nothing to read here any more")).to_be_visible()
    expect(from_disk.get_by_text("Led a team of six cutters.")).to_be_hidden()


def test_words_chosen_with_a_finger_bring_up_the_form(visitor: Visitor, reviewer: Reviewer) -> None:
    page = visitor.window(signed_in=False, width=390, height=844)
    page.goto(f"/review/{token_for(reviewer, timezone.now())}/")
    page.get_by_role("button", name="Go straight to the text").click()
    expect(page.locator("#say")).to_be_hidden()
    # A long press selects a word by itself; what comes of it is the page's part.
    page.evaluate(
        """() => {
          const block = [...document.querySelectorAll("[data-at]")]
            .find((one) => one.textContent.includes("winter range"));
          const at = block.textContent.indexOf("winter") + 2;
          getSelection().setBaseAndExtent(block.firstChild, at, block.firstChild, at + 8);
        }"""
    )
    expect(page.get_by_label("The words you mean")).to_have_value("winter range")
    words, form = page.get_by_text("Was responsible for").bounding_box(), page.locator("#say")
    assert words is not None
    assert words["y"] + words["height"] <= form.bounding_box()["y"]  # type: ignore[index]
    page.get_by_role("button", name="Never mind").click()
    expect(form).to_be_hidden()
