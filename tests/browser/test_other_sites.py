"""A page of another site, open in the same browser, learns nothing and changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.factories import things_of

from kindregards.web.models import Letter

LURE = """
<!doctype html><title>Lure</title>
<form id="form" method="post" action="{site}/letters/new" enctype="multipart/form-data">
<textarea name="text">Unfortunately we chose somebody else for the role.</textarea></form>
<a id="link" href="{site}/letters/">Letters</a>
"""
FETCH = """
async ([site, mode]) => {
  try {
    const answer = await fetch(site + "/letters/", {credentials: "include", mode});
    return answer.type + " " + answer.status + " " + (await answer.text()).length;
  } catch (refused) { return "refused"; }
}
"""
LOADED = """
([site, path]) => new Promise((done) => {
  const script = document.createElement("script");
  script.src = site + path;
  script.onload = () => done("loaded");
  script.onerror = () => done("refused");
  document.head.append(script);
})
"""


@pytest.fixture(params=["127.0.0.1", "localhost"])
def elsewhere(site: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Another site: on the same machine under another port, or under another name."""

    class Lure(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = LURE.format(site=site).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_line: object) -> None:
            """Say nothing."""

    class Patient(ThreadingHTTPServer):
        def handle_error(self, *_connection: object) -> None:
            """A browser that hangs up is no failure of the test."""

    with Patient(("127.0.0.1", 0), Lure) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{request.param}:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def lured(visitor: Visitor, elsewhere: str) -> Page:
    """The owner's own browser, signed in, on the page of another site."""
    visitor.minds_problems = False  # the lure is elsewhere, and its console tells each refusal
    things_of(visitor.owner)
    page = visitor.window()
    page.goto(elsewhere)
    return page


@pytest.mark.parametrize("mode", ["cors", "no-cors"])
def test_it_cannot_read_a_page(lured: Page, site: str, mode: str) -> None:
    assert lured.evaluate(FETCH, [site, mode]) == "refused"


def test_it_cannot_post_a_form(lured: Page, site: str) -> None:
    before = Letter.objects.count()
    lured.evaluate("document.getElementById('form').submit()")
    expect(lured.locator("body")).to_contain_text("Kind Regards answers only its own pages")
    assert Letter.objects.count() == before


def test_it_cannot_show_a_page_in_a_frame(lured: Page, site: str) -> None:
    lured.evaluate(
        "site => { const frame = document.createElement('iframe'); frame.src = site + '/letters/';"
        " document.body.append(frame); }",
        site,
    )
    lured.wait_for_timeout(500)
    shown = [frame.content() for frame in lured.frames[1:]]
    assert len(shown) == 1
    assert "Pattern Cutter" not in shown[0]


def test_it_cannot_load_a_page_as_a_script(lured: Page, site: str) -> None:
    assert lured.evaluate(LOADED, [site, "/letters/"]) == "refused"


def test_a_link_there_does_not_bring_the_session_along(lured: Page, site: str) -> None:
    is_other_name = "//localhost" in lured.url
    lured.locator("#link").click()
    lured.wait_for_url(f"{site}/letters/")
    main = lured.locator("main")
    if is_other_name:  # the cookie is SameSite=Strict, and another name is another site
        expect(main).to_contain_text("Open the link that the program printed")
    else:
        expect(main).to_contain_text("Pattern Cutter")
