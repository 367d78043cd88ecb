"""Every page: axe finds nothing, and nothing sticks out, wide or narrow, light or dark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.browser.conftest import Visitor
from tests.factories import (
    Things,
    a_debrief,
    a_letter,
    a_mail_account,
    a_private_page,
    received,
    things_of,
)
from tests.web.drafting import CALM

from kindregards.core.letters.reading import Person
from kindregards.core.network.card import Card
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.outreach import DraftKind
from kindregards.core.plan import StepKind
from kindregards.web.models import Contact, Draft, MailAccount, SendingServer
from kindregards.web.network.merging import take_together
from kindregards.web.network.noticing import note_reason
from kindregards.web.network.services import put_in
from kindregards.web.outreach.services import open_draft
from kindregards.web.plan.words_out import wanted_word
from kindregards.web.practice.services import keep_written

WINDOWS = {
    "wide": {"width": 1280},
    "wide and dark": {"width": 1280, "dark": True},
    "narrow": {"width": 320, "height": 640},
    "narrow and dark": {"width": 320, "height": 640, "dark": True},
    "forced colours": {"width": 1280, "forced_colors": True},
}
EMPTY = [
    "/",
    "/letters/",
    "/letters/example",
    "/diagnosis/",
    "/diagnosis/usual-rates",
    "/diagnosis/what-people-try",
    "/diagnosis/week",
    "/letters/review",
    "/applications/",
    "/applications/new",
    "/applications/list",
    "/settings/",
    "/settings/reminders/",
    "/somebody-to-talk-to/",
    "/for-yourself/",
    "/for-yourself/before",
    "/for-yourself/before?coming=final",
    "/for-yourself/kindness?screen=3",
    "/for-yourself/kindness?screen=4",
    "/writing/",
    "/writing/pages/",
]
PAGES_OF_MAIL = ("", "change", "sending")
MAIL = ["", "new", "new?address=ada%40gmail.com", "new?address=ada%40outlook.com"]


def _addresses(things: Things) -> list[str]:
    plan = f"/plans/{things.plan.pk}/"
    return [
        *EMPTY,
        *(f"/settings/mail/{page}" for page in MAIL),
        *(f"/settings/mail/{a_mail_account(things.owner).pk}/{page}" for page in PAGES_OF_MAIL),
        f"/letters/{things.letter.pk}/",
        "/letters/?q=winter",
        "/applications/?standing=rejected&q=mill",
        f"/applications/{things.application.pk}/",
        plan,
        *(f"{plan}{kind}/" for kind in StepKind),
        *(f"/drafts/{things.draft.pk}/{page}" for page in ("", "rest/", "last-look")),
        f"/drafts/{_may_go(things)}/last-look",
        *_debrief_addresses(things),
        *_practice_addresses(things),
        *_people_addresses(things),
        *_words_to_somebody(things),
        "/imports/",
        f"/imports/{things.run.pk}/",
        f"/imports/{things.run.pk}/left-out",
        f"/imports/{things.run.pk}/left-out?from={things.left.key}",
        f"/writing/pages/{a_private_page(things.owner).pk}/",
        "/writing/",
        "/writing/sitting",
        "/writing/after",
    ]


def _may_go(things: Things) -> int:
    """A second letter that may go out from here, so that its last look shows all of it."""
    account = a_mail_account(things.owner)
    MailAccount.objects.filter(pk=account.pk).update(begun_at=timezone.now())
    SendingServer.objects.get_or_create(
        account=account,
        defaults={"owner": things.owner, "host": "127.0.0.1", "port": 1, "security": "none"},
    )
    letter = received(things.owner, a_letter(sent_at=_days_ago(2)), now=timezone.now())
    assert letter.application is not None
    draft = open_draft(
        owner=things.owner,
        application=letter.application,
        letter=letter,
        to=Person("Ines Halloran", "ines.halloran@brackwater.example"),
        now=timezone.now(),
        kind=DraftKind.THANKS,
    )
    Draft.objects.filter(pk=draft.pk).update(text=CALM, overruled_because="They asked me to.")
    return draft.pk


def _people_addresses(things: Things) -> list[str]:
    """The people: two who may be one, one who was two, and the pages around them."""
    owner = things.owner
    kept = Contact.objects.filter(owner=owner).order_by("pk")[0]
    if not Contact.everyone.filter(same_as=kept).exists():
        for name in ("I. Halloran", "Ines Halloran"):
            put_in(owner=owner, card=Card(name=name, employer="Brackwater Mills"))
        other = Contact.objects.get(owner=owner, name="I. Halloran")
        take_together(kept=kept, other=other, now=timezone.now())
    pages = ["", "new", "take-in", "doubles", "doubles?later=9", "picture", f"{kept.pk}/"]
    return [f"/people/{page}" for page in pages]


def _words_to_somebody(things: Things) -> list[str]:
    """A letter of each kind to somebody with whom there is no application."""
    owner = things.owner
    rosa = Contact.objects.filter(owner=owner, name="Rosa Lind").first()
    if rosa is None:
        rosa = put_in(owner=owner, card=Card(name="Rosa Lind", profile="linkedin.com/in/rosa"))
        note_reason(
            contact=rosa, kind=OccasionKind.POST, words="Sleeves", link="", now=timezone.now()
        )
    reason = str(rosa.occasions.get().pk)
    drafts = [
        wanted_word(contact=rosa, kind=kind, occasion=reason, now=timezone.now())
        for kind in ("", "progress", "invitation")
    ]
    filled = "Hello Rosa, I enjoyed our talk about sleeves. Shall we stay in touch here?"
    Draft.objects.filter(pk=drafts[-1].pk).update(text=filled)
    return [f"/people/{rosa.pk}/", *(f"/drafts/{one.pk}/" for one in drafts)]


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _practice_addresses(things: Things) -> list[str]:
    question = a_debrief(things.application).questions.get()
    attempts = [
        keep_written(question=question, words="I began with the sleeves.", now=timezone.now())
        for _ in range(2)
    ]
    own = ["", "new", "take-in", "starter", f"{question.pk}/", f"{question.pk}/try"]
    return [
        *(f"/practice/questions/{page}" for page in own),
        f"/practice/attempts/{attempts[0].pk}/",
        f"/practice/attempts/{attempts[0].pk}/critique",
        "/practice/progress",
        "/practice/stories/",
        "/practice/stories/new",
    ]


def _debrief_addresses(things: Things) -> list[str]:
    debrief = a_debrief(things.application)
    debrief.questions.update(to_practice=True)
    path, question = f"/debriefs/{debrief.pk}/", debrief.questions.get()
    screens = ["rounds/", f"question/{question.pk}/", "letter/", "other_reasons/", "cause/0/"]
    return [
        path,
        f"{path}notes",
        "/practice/",
        *(f"{path}{screen}" for screen in [*screens, "why/", "if_then/", "try/"]),
    ]


def _check_each(page: Page, addresses: list[str], check_access: Callable[[Page], None]) -> None:
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        _check_one(page, address, check_access)


def _check_one(page: Page, address: str, check_access: Callable[[Page], None]) -> None:
    check_access(page)
    assert page.locator("h1").count() == 1, address
    assert page.locator("main").count() == 1, address
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], f"{address} is {wide} px wide"  # type: ignore[index]


@pytest.mark.parametrize("window", WINDOWS)
def test_each_page_can_be_used_by_everybody(
    visitor: Visitor, check_access: Callable[[Page], None], window: str
) -> None:
    things = things_of(visitor.owner)
    page = visitor.window(**WINDOWS[window])  # type: ignore[arg-type]
    _check_each(page, _addresses(things), check_access)


@pytest.mark.parametrize("window", ["wide", "narrow"])
def test_each_page_can_be_used_before_the_first_letter(
    visitor: Visitor, check_access: Callable[[Page], None], window: str
) -> None:
    page = visitor.window(**WINDOWS[window])  # type: ignore[arg-type]
    _check_each(page, EMPTY, check_access)


def test_the_page_for_strangers_can_be_used_by_everybody(
    visitor: Visitor, check_access: Callable[[Page], None]
) -> None:
    page = visitor.window(signed_in=False)
    page.goto("/")
    assert "Open the link that the program printed" in page.locator("main").inner_text()
    check_access(page)
    visitor.problems[:] = [one for one in visitor.problems if "status of 403" not in one]
