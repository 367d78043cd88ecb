"""The people: who is here twice, by keys alone; the picture; and what everybody can use of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor

from kindregards.core.network.card import Card
from kindregards.web.models import Blog, Contact, Reminder, User
from kindregards.web.network.services import put_in


@pytest.fixture
def people(owner: User) -> list[Contact]:
    """Ada three times and Joe once; a word is due to Joe, and Ada has a blog."""
    ada = {"name": "Ada Berg", "employer": "Tidewell"}
    made = [
        put_in(owner=owner, card=Card(**ada, profile="linkedin.com/in/ada-berg", role="Planner")),
        put_in(owner=owner, card=Card(**ada, email="ada@berg.example")),
        put_in(owner=owner, card=Card(name="A. Berg", employer="Tidewell")),
        put_in(owner=owner, card=Card(name="Joe Odd", employer="Quayside")),
    ]
    now = timezone.now()
    Contact.objects.filter(pk=made[3].pk).update(last_at=now - timedelta(days=100))
    Reminder.objects.create(
        owner=owner, contact=made[3], due_date=now.date(), why="closeness", changed_at=now
    )
    Blog.objects.create(
        owner=owner, contact=made[0], address="https://ada.example/feed", problem="It is broken."
    )
    return made


def test_who_is_here_twice_is_settled_by_keys_alone_and_undone(
    page: Page, people: list[Contact]
) -> None:
    page.goto("/people/")
    page.get_by_role("link", name="Who is here twice").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The same person?")
    page.keyboard.press("l")
    page.wait_for_url("**later=1*")
    page.goto("/people/doubles")
    page.keyboard.press("y")
    expect(page.get_by_role("status")).to_contain_text("Ada Berg is one person now")
    assert Contact.objects.filter(name="Ada Berg").count() == 1
    page.get_by_role("button", name="Undo it").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("two people again")
    assert Contact.objects.filter(name="Ada Berg").count() == 2


@pytest.mark.parametrize(
    "window",
    [{"width": 1280}, {"width": 320, "height": 640, "dark": True}, {"forced_colors": True}],
    ids=["wide", "narrow and dark", "forced colours"],
)
def test_the_pages_of_people_can_be_used_by_everybody(
    visitor: Visitor,
    people: list[Contact],
    check_access: Callable[[Page], None],
    window: dict[str, int | bool],
) -> None:
    page = visitor.window(**window)  # type: ignore[arg-type]
    for address in ("", "doubles", "doubles?later=9", "picture", f"{people[0].pk}/"):
        page.goto(f"/people/{address}")
        page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
        check_access(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= page.viewport_size["width"], address  # type: ignore[index]


def test_two_are_taken_together_with_scripts_off(plain_page: Page, people: list[Contact]) -> None:
    plain_page.goto("/people/doubles")
    plain_page.get_by_role("button", name="Yes, one person").click()
    expect(plain_page.get_by_role("status")).to_contain_text("is one person now")
