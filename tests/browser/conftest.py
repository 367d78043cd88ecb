"""A real browser on the real server. A console error, a page error or a request to any other
place fails the test, and a failed test leaves a picture in build/failures/."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect
from tests.browser.chromium import chromium_path, started_chromium
from tests.factories import an_owner
from waitress.server import create_server

from kindregards.web.accounts.services import make_sign_in_link
from kindregards.web.models import User

# Playwright runs an event loop in this thread; the tests still ask the database directly.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE = 10_000  # milliseconds until something that should appear is missing
expect.set_options(timeout=PATIENCE)
FAILURES = Path(__file__).parents[2] / "build" / "failures"
# Answers by design: a form that is not valid, two windows that changed the same thing.
BY_DESIGN = re.compile(r"status of (409|422)\b")
NO_BROWSER = "There is no Chromium; `make test` installs it where it runs as root on Debian."
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder; skip them without a browser, except where all must run."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if chromium_path() is None and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Remember whether the test failed, for the picture."""
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    if chromium_path() is None:
        pytest.fail(NO_BROWSER)
    with started_chromium() as started:
        yield started


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """The program on a free port of this machine, served as in life; gives its address."""
    from kindregards.web.wsgi import application

    server = create_server(application, host="127.0.0.1", port=0, threads=4, ident="Kind Regards")
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.task_dispatcher.shutdown()


@dataclass
class Visitor:
    """Somebody in front of the program: opens windows of any size, and notes what goes wrong."""

    browser: Browser
    site: str
    owner: User
    contexts: list[BrowserContext] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    minds_problems: bool = True

    def window(
        self,
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        scripts: bool = True,
        forced_colors: bool = False,
        signed_in: bool = True,
    ) -> Page:
        """Open a window, by default signed in through a one-time link and at home."""
        context = self.browser.new_context(
            base_url=self.site,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            forced_colors="active" if forced_colors else "none",
            reduced_motion="reduce",
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="UTC",
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.problems.append(f"page error: {error.error}"))
        page = context.new_page()
        if signed_in:
            page.goto(self.sign_in_link())
        return page

    def sign_in_link(self) -> str:
        """Give a link as the program prints it."""
        token = make_sign_in_link(owner=self.owner, now=timezone.now())
        return self.site + reverse("accounts-enter", args=[token])

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.problems.append(f"asked elsewhere: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not BY_DESIGN.search(message.text):
            self.problems.append(f"console {message.type}: {message.text}")

    def take_pictures(self, name: str) -> None:
        """Keep what each window shows."""
        FAILURES.mkdir(parents=True, exist_ok=True)
        pages = [page for context in self.contexts for page in context.pages]
        for number, page in enumerate(pages):
            page.screenshot(path=FAILURES / f"{name}-{number}.png", full_page=True)

    def leave(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def owner(transactional_db: None) -> User:
    """The person whose program it is."""
    return an_owner()


@pytest.fixture
def visitor(
    browser: Browser, site: str, owner: User, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    """The owner in front of the program. What went wrong in any window fails the test."""
    visitor = Visitor(browser, site, owner)
    yield visitor
    if request.node.stash.get(FAILED, False):
        visitor.take_pictures(re.sub(r"[^\w-]+", "-", request.node.name))
    visitor.leave()
    assert not visitor.minds_problems or visitor.problems == []


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """A window of common size, signed in, at home."""
    return visitor.window()


@pytest.fixture
def narrow_page(visitor: Visitor) -> Page:
    """The narrowest window that everything must fit: 320 px."""
    return visitor.window(width=320, height=640)


@pytest.fixture
def plain_page(visitor: Visitor) -> Page:
    """A window with scripts off."""
    return visitor.window(scripts=False)


@pytest.fixture(scope="session")
def check_access() -> Callable[[Page], None]:
    """Give the check that axe finds nothing on a page."""
    axe = Axe()

    def _check(page: Page) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()

    return _check
