"""The diagnosis as three people meet it, and everybody's way to its pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import in_main, width_of
from tests.searching import interviews, letters, rows, silent

from kindregards.core.letters.reading import Stage
from kindregards.web.models import Application, User

WAYS = {
    "wide": {"width": 1280},
    "wide and dark": {"width": 1280, "dark": True},
    "on the narrowest phone": {"width": 320, "height": 640},
    "with scripts off": {"scripts": False},
    "in forced colours": {"forced_colors": True},
}


def at_the_diagnosis(page: Page) -> Page:
    """Over the list of applications: home has no rooms before the first letter."""
    page.goto("/applications/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Diagnosis").click()
    expect(page.locator("h1")).to_be_visible()
    return page


def part(page: Page, title: str) -> str:
    """What stands under one of the headings at the top."""
    heading = page.get_by_role("heading", name=title, exact=True)
    return heading.locator("xpath=..").inner_text()


def test_three_letters_are_told_kindly_that_it_is_too_early(visitor: Visitor) -> None:
    letters(visitor.owner, 2)
    interviews(visitor.owner, 1)
    page = at_the_diagnosis(visitor.window())
    expect(page.locator("h1")).to_have_text("It is too early to tell.")
    assert "almost nothing about you" in page.locator(".lead").inner_text()
    assert "no reason to change either" in part(page, "Leave alone")
    assert page.locator(".rates").get_by_text("Too early to tell.").count() == 3
    in_main(page, "See what is worth doing today").click()
    expect(page).to_have_url(re.compile(r"/$"))


def test_thirty_silent_applications_are_told_of_resume_and_channels(visitor: Visitor) -> None:
    silent(visitor.owner, 30)
    page = at_the_diagnosis(visitor.window())
    expect(page.locator("h1")).to_contain_text("Look at the resume, and at the ways you apply.")
    assert "Of thirty applications, none led to a first call" in page.locator(".lead").inner_text()
    work_on = part(page, "Work on")
    assert "The resume" in work_on
    assert "The channels" in work_on
    assert "twice in 100" in part(page, "How sure")
    assert "aloud" not in page.locator("main").inner_text()
    in_main(page, "Begin with the resume").click()
    expect(page.get_by_role("heading", name="How to begin")).to_be_in_viewport()


def test_twelve_interviews_without_an_offer_leave_the_resume_alone(visitor: Visitor) -> None:
    interviews(visitor.owner, 12)
    page = at_the_diagnosis(visitor.window())
    expect(page.locator("h1")).to_have_text("Your resume gets you conversations. Leave it alone.")
    assert "How you answer in interviews." in part(page, "Work on")
    assert "The resume." in part(page, "Leave alone")
    in_main(page, "Begin with two answers").click()
    expect(page).to_have_url(re.compile(r"/plans/\d+/improve/$"))
    assert "would be the wrong fix" in page.locator("main").inner_text()


PEOPLE: dict[str, Callable[[User], object]] = {
    "three letters": lambda owner: (letters(owner, 2), interviews(owner, 1)),
    "thirty silent applications": lambda owner: silent(owner, 30),
    "twelve interviews": lambda owner: interviews(owner, 12),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("person", PEOPLE)
def test_no_picture_needs_a_legend(visitor: Visitor, person: str, way: str) -> None:
    PEOPLE[person](visitor.owner)
    page = visitor.window(**WAYS[way])  # type: ignore[arg-type]
    page.goto("/diagnosis/")
    flow = page.locator(".flow svg:visible")
    reached, ended = flow.locator(".bar"), flow.locator(".bar-end, .bar-look")
    named = flow.locator("text:not(.here)")
    assert named.count() == reached.count() + ended.count()
    for label in named.all():
        assert re.match(r"\d+ \w+", label.text_content() or "")
    for bars in page.locator(".rates li:has(svg)").all():
        lines = [line.split("\n") for line in bars.locator(".rates__one").all_inner_texts()]
        assert [line[0] for line in lines] == ["yours", "usual"]
        assert all(re.fullmatch(r"(\d+ to )?\d+ in 100", line[-1]) for line in lines)
    for days in page.locator(".days__one").all():
        assert re.search(r"(days?|the same day) until", days.inner_text())


@pytest.mark.parametrize("person", PEOPLE)
def test_behind_every_picture_stands_a_table_with_its_figures(
    visitor: Visitor, person: str
) -> None:
    PEOPLE[person](visitor.owner)
    page = visitor.window()
    page.goto("/diagnosis/")
    pictures = page.locator("main svg:visible").all()
    assert pictures
    for picture in pictures:
        part = picture.locator("xpath=ancestor::*[self::section or self::figure][1]")
        assert part.get_by_text("The same as a table").count() == 1
        table = part.locator("table")
        part.get_by_text("The same as a table").click()
        expect(table).to_be_visible()
        part.get_by_text("The same as a table").click()
    for line in page.locator(".rates li:has(svg)").all():
        title, counts = line.locator("b").inner_text(), line.locator("b + span").inner_text()
        row = page.locator("#rates tbody tr", has=page.locator("th", has_text=title))
        assert counts in (row.text_content() or "")


def test_somebody_who_is_answered_for_one_kind_of_role_is_told_so(visitor: Visitor) -> None:
    began_at = timezone.now() - timedelta(days=90)
    rows(visitor.owner, 30, began_at=began_at)
    rows(visitor.owner, 14, Stage.SCREEN, began_at=began_at)
    for application in Application.objects.filter(owner=visitor.owner):
        application.role = "Data Analyst" if application.stage == "application" else "Planner"
        application.save()
    page = at_the_diagnosis(visitor.window())
    assert "Planner roles: fourteen of fourteen led to a first call" in part(page, "Work on")
    told = page.locator(".splits__told")
    expect(told.get_by_role("heading", name="By kind of role")).to_be_visible()
    assert "Chance hardly explains that." in told.inner_text()


@pytest.mark.parametrize("way", WAYS)
def test_everybody_can_read_the_pictures(
    visitor: Visitor, check_access: Callable[[Page], None], way: str
) -> None:
    silent(visitor.owner, 20)
    interviews(visitor.owner, 12)
    page = visitor.window(**WAYS[way])  # type: ignore[arg-type]
    for address in ("/diagnosis/", "/diagnosis/usual-rates"):
        page.goto(address)
        if way != "with scripts off":  # axe is a script itself
            check_access(page)
        assert width_of(page) <= page.viewport_size["width"], address  # type: ignore[index]
    page.goto("/diagnosis/")
    flow = page.locator(".flow--tall" if way == "on the narrowest phone" else ".flow--wide")
    expect(flow.get_by_role("img")).to_be_visible()
    expect(flow).to_contain_text("32 applications")
    expect(flow).to_contain_text("This is where to look.")


def test_the_words_of_the_flow_stand_apart_and_inside(visitor: Visitor) -> None:
    silent(visitor.owner, 20)
    letters(visitor.owner, 4)
    interviews(visitor.owner, 12)
    for width, kind in ((1280, "wide"), (320, "tall")):
        page = visitor.window(width=width)
        page.goto("/diagnosis/")
        boxes = [
            box
            for text in page.locator(f".flow--{kind} text").all()
            if (box := text.bounding_box()) is not None
        ]
        assert len(boxes) >= 6
        assert max(box["x"] + box["width"] for box in boxes) <= width
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                beside = one["x"] + one["width"] <= other["x"]
                beside |= other["x"] + other["width"] <= one["x"]
                above = one["y"] + one["height"] <= other["y"] + 2
                above |= other["y"] + other["height"] <= one["y"] + 2
                assert beside or above


def test_another_kind_of_work_is_chosen_without_scripts(visitor: Visitor) -> None:
    silent(visitor.owner, 30)
    page = visitor.window(scripts=False)
    page.goto("/diagnosis/")
    page.get_by_label("Where you apply").select_option(label="Tech or remote work")
    in_main(page, "Compare with these").click()
    expect(page.locator("h1")).to_have_text("Nothing stands out so far.")


def test_the_picture_to_keep_is_a_file(visitor: Visitor, tmp_path: Path) -> None:
    interviews(visitor.owner, 3)
    page = visitor.window()
    page.goto("/diagnosis/")
    page.get_by_text("Keep the picture, or post it").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Save it without names as SVG").click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.suffix == ".svg"
    page.goto("/diagnosis/")
    page.set_content(file.read_text("utf-8").partition("?>")[2])
    expect(page.locator("svg")).to_be_visible()
    assert "Mill" not in file.read_text("utf-8")


def test_the_picture_to_keep_is_a_png_where_there_are_scripts(
    visitor: Visitor, tmp_path: Path
) -> None:
    interviews(visitor.owner, 3)
    page = visitor.window()
    page.goto("/diagnosis/")
    page.get_by_text("Keep the picture, or post it").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save it without names as PNG").click()
    assert coming.value.suggested_filename == "where-they-ended.png"
    file = tmp_path / "picture.png"
    coming.value.save_as(file)
    raw = file.read_bytes()
    assert raw.startswith(b"\x89PNG")
    assert int.from_bytes(raw[16:20]) == 2 * 1016
    assert len(raw) > 5000
    bare = visitor.window(scripts=False)
    bare.goto("/diagnosis/")
    bare.get_by_text("Keep the picture, or post it").click()
    expect(bare.get_by_role("link", name="Save it with names as SVG")).to_be_visible()
    expect(bare.get_by_text("Save it as PNG").first).to_be_hidden()
