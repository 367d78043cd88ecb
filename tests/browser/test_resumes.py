"""A resume as a person works at it: given, looked over, edited, printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.walking import width_of
from tests.documents.made import full_pages, like_word, two_columns
from tests.factories import RESUME, a_version

from kindregards.core.resumes.document import document_of
from kindregards.sources.documents.pdf import read_pdf
from kindregards.sources.documents.reading import take
from kindregards.web.models import Rewrite, Version


def _give(page: Page, raw: bytes, name: str, folder: Path) -> None:
    path = folder / name
    path.write_bytes(raw)
    page.goto("/resumes/")
    page.set_input_files("input[type=file]", path)
    # The first file of all starts the process that opens files, and loads the dictionary.
    page.get_by_role("button", name="Take it in").click(timeout=60_000)
    expect(page.locator("h1")).to_have_text("Version 1")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "with scripts off"])
def test_a_file_is_given_edited_and_kept_as_the_next_version(
    visitor: Visitor, tmp_path: Path, scripts: bool
) -> None:
    page = visitor.window(scripts=scripts)
    _give(page, like_word(), "ada.docx", tmp_path)
    page.get_by_role("link", name="Edit it").click()
    text = page.get_by_label("Your resume")
    text.fill(text.input_value().replace("Led a cutting room", "I ran a cutting room"))
    if not scripts:
        page.get_by_role("button", name="Look it over").click()
    expect(page.locator("#found")).to_contain_text("“I” can go")
    page.locator("#found li", has_text="“I” can go").get_by_role("button").click()
    expect(text).to_contain_text("- Ran a cutting room")
    page.get_by_role("button", name="Take the last change back").click()
    expect(text).to_contain_text("- I ran a cutting room")
    page.get_by_role("button", name="Make it again").click()
    page.get_by_role("button", name="Make it the next version").click()
    expect(page.locator("h1")).to_have_text("Version 2")
    made = Version.objects.get(number=2)
    assert "Ran a cutting room" in made.text
    with page.expect_download() as download:
        page.get_by_role("link", name="As DOCX, changes tracked").click()
    copy = download.value.path().read_bytes()
    assert document_of(take(copy).markdown).text == made.text


def test_the_second_of_two_windows_overwrites_nothing(visitor: Visitor) -> None:
    version = a_version(visitor.owner)
    first, second = visitor.window(), visitor.window()
    for page in (first, second):
        page.goto(f"/versions/{version.pk}/edit")
    first.get_by_label("Your resume").fill("# First window")
    expect(first.locator("#look-lead input[name=revision]")).to_have_value("1")
    second.get_by_label("Your resume").fill("# Second window")
    expect(second.get_by_role("alert")).to_contain_text("changed in another window")
    assert Rewrite.objects.get().markdown == "# First window"
    assert second.get_by_label("Your resume").input_value() == "# Second window"


def test_the_pages_of_a_pdf_are_shown_as_pictures(page: Page, tmp_path: Path) -> None:
    _give(page, two_columns(), "ada.pdf", tmp_path)
    picture = page.get_by_role("img", name="Page 2, as the file shows it")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 500


def test_what_the_browser_prints_says_what_the_version_says(page: Page, visitor: Visitor) -> None:
    version = a_version(visitor.owner)
    page.goto(f"/versions/{version.pk}/print")
    printed = read_pdf(page.pdf(prefer_css_page_size=True))
    assert printed.page_count == 1
    expected = [" ".join(block.text.split()) for block in document_of(RESUME).blocks]
    found = " ".join(line.text for line in printed.lines)
    assert found == " ".join(expected)


def test_a_resume_of_two_pages_prints_on_two(page: Page, visitor: Visitor) -> None:
    words = take(full_pages(jobs=7)).markdown
    version = a_version(visitor.owner, words)
    page.goto(f"/versions/{version.pk}/print")
    assert read_pdf(page.pdf(prefer_css_page_size=True)).page_count == 2


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everybody_can_use_the_pages_of_a_resume(
    visitor: Visitor, check_access: Callable[[Page], None], width: int, dark: bool
) -> None:
    version = a_version(visitor.owner, RESUME.replace("Leeds", "Leeds, linkedin.com/in/ada"))
    a_version(visitor.owner, RESUME, resume=version.resume)
    page = visitor.window(width=width, dark=dark)
    resume = f"/resumes/{version.resume_id}/"
    own = f"/versions/{version.pk}/"
    compare = f"{resume}compare"
    for address in [
        "/resumes/", resume, own, f"{own}edit", f"{own}print", compare, f"{compare}?show=side",
    ]:  # fmt: skip
        page.goto(address)
        check_access(page)
        assert page.locator("h1").count() == 1, address
        assert width_of(page) <= width, address
