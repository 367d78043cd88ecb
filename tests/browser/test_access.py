"""Pages for everybody: reached by keys, in their order, seen in every light, nothing in the way.

What axe finds is in test_every_page.py.
"""

from __future__ import annotations

import base64
import math
from itertools import combinations, pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import NEEDY
from tests.factories import Things, things_of

from kindregards.core.plan import StepKind

WIDTHS = (1080, 1280, 1920)
TARGET = 24  # px, WCAG 2.2, 2.5.8
FOCUSED = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  if (!one.dataset.place) one.dataset.place = String(window.places = (window.places || 0) + 1);
  const shown = (part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      || style.boxShadow !== "none";
  };
  const box = one.getBoundingClientRect();
  return {
    place: one.dataset.place,
    name: one.outerHTML.slice(0, 90),
    order: [...document.querySelectorAll("*")].indexOf(one),
    seen: shown(one) || shown(one.closest(".sheet, label, .fix") || one),
    onScreen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0
      && box.left < innerWidth && box.top < innerHeight || one.matches("input[type=file]"),
  };
}
"""
GOES_ON = """
() => {
  const main = document.querySelector("main");
  const something = main.querySelector("a, button, input:not([type=hidden]), select, summary");
  return main.contains(document.activeElement) === Boolean(something);
}
"""
SMALL = """
(least) => [...document.querySelectorAll("button, .button, summary, input, select, textarea")]
  .filter((one) => one.checkVisibility() && !one.closest(".vh, p, dd, .tiny")
    && !one.matches("[type=hidden], .vh"))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < least || box.width < least)
  .map(([name, box]) => `${name} ${box.width} x ${box.height}`)
"""
BOXES = """
() => [...document.querySelectorAll(".notes > li")].map((note) => {
  const box = note.getBoundingClientRect();
  return [box.left, box.top + scrollY, box.right, box.bottom + scrollY];
})
"""
ROOM = """
() => {
  const box = document.querySelector(".two:has(.notes)").getBoundingClientRect();
  return [box.left, box.top + scrollY, box.right, box.bottom + scrollY];
}
"""
LUMINANCE = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const light = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)) / 255;
  };
  const style = getComputedStyle(document.body);
  return [light(getComputedStyle(document.documentElement).backgroundColor === "rgba(0, 0, 0, 0)"
    ? style.backgroundColor : getComputedStyle(document.documentElement).backgroundColor),
    light(style.color)];
}
"""
ONLY_THE_INK = """
([shown, hidden]) => {
  const ink = (one, color) => one.style.setProperty("color", color, "important");
  document.querySelectorAll("#marks mark").forEach((mark) => {
    mark.style.background = "none";
    mark.style.boxShadow = "none";
    ink(mark, shown === "#marks" ? "black" : "transparent");
  });
  ink(document.querySelector(shown), "black");
  ink(document.querySelector(hidden), "transparent");
  document.activeElement.blur();
}
"""
# How many inked pixels of one picture have none in the other within a pixel up or down: a line's
# place may be rounded in another way in a field than beside it.
INK_APART = """
async (pictures) => {
  const inks = [];
  let wide = 0;
  for (const picture of pictures) {
    const image = new Image();
    image.src = picture;
    await image.decode();
    wide = image.width;
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const pixels = canvas.getImageData(0, 0, image.width, image.height).data;
    const darker = (than) => [...Array(pixels.length / 4).keys()]
      .filter((at) => pixels[at * 4] < than);
    inks.push({dark: darker(80), any: new Set(darker(220))});
  }
  const [one, other] = inks;
  const lonely = (at, ink) => ![-wide, 0, wide].some((step) => ink.any.has(at + step));
  const apart = one.dark.filter((at) => lonely(at, other)).length
    + other.dark.filter((at) => lonely(at, one)).length;
  return {inked: one.dark.length, apart};
}
"""
Box = list[float]


def addresses(things: Things) -> list[str]:
    plan = f"/plans/{things.plan.pk}/"
    return [
        "/",
        "/letters/",
        "/letters/example",
        "/settings/",
        "/somebody-to-talk-to/",
        f"/letters/{things.letter.pk}/",
        f"/applications/{things.application.pk}/",
        plan,
        *(f"{plan}{kind}/" for kind in StepKind),
        f"/drafts/{things.draft.pk}/",
    ]


@pytest.fixture
def things(visitor: Visitor) -> Things:
    """One of everything."""
    return things_of(visitor.owner)


def tabbed(page: Page) -> list[dict[str, Any]]:
    """What Tab reaches, from the top of the page to its end."""
    reached: list[dict[str, Any]] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        if one is None or any(one["place"] == before["place"] for before in reached):
            return reached
        reached.append(one)
    raise AssertionError("Tab does not come to an end")


# Keys -----------------------------------------------------------------------------------------


def test_the_first_key_offers_to_skip_to_the_page(page: Page, things: Things) -> None:
    for address in addresses(things):
        page.goto(address)
        page.keyboard.press("Tab")
        link = page.get_by_role("link", name="Skip to the page")
        expect(link).to_be_focused()
        assert link.bounding_box()["y"] >= 0, address  # type: ignore[index]
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate(GOES_ON), address


@pytest.mark.parametrize("width", [320, 1280])
def test_tab_goes_through_each_page_in_its_order_and_shows_where_it_is(
    visitor: Visitor, things: Things, width: int
) -> None:
    page = visitor.window(width=width)
    for address in addresses(things):
        page.goto(address)
        reached = tabbed(page)
        assert len(reached) > 3, address
        assert all(one["order"] < other["order"] for one, other in pairwise(reached)), address
        assert [one["name"] for one in reached if not one["seen"]] == [], address
        assert [one["name"] for one in reached if not one["onScreen"]] == [], address


def test_everything_that_can_be_pressed_is_large_enough_for_a_thumb(
    narrow_page: Page, things: Things
) -> None:
    for address in addresses(things):
        narrow_page.goto(address)
        assert narrow_page.evaluate(SMALL, TARGET) == [], address


def test_marked_words_and_their_notes_lead_to_one_another(page: Page, things: Things) -> None:
    page.goto(f"/letters/{things.letter.pk}/")
    marks = page.locator(".letter a.mark")
    assert marks.count() > 0
    for target in {mark.get_attribute("href") for mark in marks.all()}:
        assert target is not None
        expect(page.locator(target)).to_have_count(1)


# Light ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [True, False])
def test_pages_take_the_light_of_the_system(visitor: Visitor, things: Things, dark: bool) -> None:
    page = visitor.window(dark=dark)
    for address in addresses(things):
        page.goto(address)
        ground, ink = page.evaluate(LUMINANCE)
        assert (ground < 0.3 < 0.6 < ink) if dark else (ink < 0.3 < 0.8 < ground), address


def test_in_forced_colours_marks_and_the_step_of_today_can_still_be_told(
    visitor: Visitor, things: Things
) -> None:
    page = visitor.window(forced_colors=True)
    colour = "one => getComputedStyle(one).backgroundColor"
    page.goto(f"/letters/{things.letter.pk}/")
    sheet = page.locator(".letter").evaluate(colour)
    assert page.locator(".letter mark").first.evaluate(colour) not in (sheet, "rgba(0, 0, 0, 0)")
    page.goto(f"/plans/{things.plan.pk}/")
    border = "one => getComputedStyle(one).borderTopStyle"
    assert page.locator(".step__open").first.evaluate(border) == "solid"


# Room -----------------------------------------------------------------------------------------


def overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] - 1
        and other[0] < one[2] - 1
        and one[1] < other[3] - 1
        and other[1] < one[3] - 1
    )


def check_notes(page: Page, width: int) -> None:
    boxes: list[Box] = page.evaluate(BOXES)
    room: Box = page.evaluate(ROOM)
    assert len(boxes) > 0
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
    assert max(box[3] for box in boxes) <= room[3] + 1
    assert min(box[1] for box in boxes) >= room[1] - 1
    assert max(box[2] for box in boxes) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_notes_beside_a_letter_stand_apart_and_within_their_room(
    visitor: Visitor, things: Things, width: int
) -> None:
    page = visitor.window(width=width)
    for address in (f"/letters/{things.letter.pk}/", "/letters/example"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        check_notes(page, width)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("times", [1, 4])
def test_notes_beside_a_draft_do_too_however_many(
    visitor: Visitor, things: Things, width: int, times: int
) -> None:
    page = visitor.window(width=width)
    page.goto(f"/drafts/{things.draft.pk}/")
    page.get_by_label("Your letter").fill("\n\n".join(["Dear Ines,", *[NEEDY] * times, "Ada"]))
    expect(page.locator("#found")).to_contain_text("Please reconsider")
    page.wait_for_load_state("networkidle")
    check_notes(page, width)


def test_every_note_beside_a_draft_is_level_with_its_words_or_below(
    page: Page, things: Things
) -> None:
    page.goto(f"/drafts/{things.draft.pk}/")
    page.get_by_label("Your letter").fill(f"Dear Ines,\n\n{NEEDY}\n\nAda")
    expect(page.locator("#found")).to_contain_text("Please reconsider")
    for note in page.locator("#found > li:not(.notes__whole)").all():
        number = (note.get_attribute("id") or "").removeprefix("n")
        mark = page.locator(f"#m{number}").bounding_box()
        level = note.bounding_box()
        assert mark is not None
        assert level is not None
        assert level["y"] >= math.floor(mark["y"]) - 2


def test_the_marks_lie_exactly_under_the_words(page: Page, things: Things) -> None:
    page.goto(f"/drafts/{things.draft.pk}/")
    page.get_by_label("Your letter").fill(f"Dear Ines,\n\n{NEEDY} {NEEDY}\n\n  Ada\tM.")
    expect(page.locator("#found")).to_contain_text("Please reconsider")
    page.wait_for_load_state("networkidle")
    pictures = []
    for shown, hidden in (("#marks", "#text"), ("#text", "#marks")):
        page.evaluate(ONLY_THE_INK, [shown, hidden])
        picture = page.locator(".over").screenshot()
        pictures.append(f"data:image/png;base64,{base64.b64encode(picture).decode()}")
    ink = page.evaluate(INK_APART, pictures)
    assert ink["inked"] > 1000
    assert ink["apart"] == 0


def test_a_letter_with_very_long_words_stays_in_its_sheet(narrow_page: Page) -> None:
    words = "Dear Ada,\n\nUnfortunately we chose another candidate. " + "verylong" * 60
    narrow_page.get_by_label("The letter").fill(words + " https://mill.example/" + "x" * 300)
    narrow_page.get_by_role("button", name="Read it with me").click()
    expect(narrow_page.get_by_role("article", name="The letter")).to_be_visible()
    assert narrow_page.evaluate("document.documentElement.scrollWidth") <= 320
