"""`make pictures`: each page with our example letters, wide and narrow, light and dark.

Starts the program as a person does, on a fresh folder, takes the letters in by the command line,
and saves the pages into the folder that is named first.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from playwright.sync_api import Browser, Page
from tests.browser.chromium import chromium_path, started_chromium

from kindregards.core.plan import StepKind

COMMAND = [sys.executable, "-m", "kindregards"]
WIDTHS = {"1280": (1280, 800), "360": (360, 740)}
SCHEMES = ("light", "dark")
SHOWN, SHOWN_NAME, FORM_NAME = "personal-final-open.eml", "Tidewell Transit", "Marrow"
SHOWN_PERSON = "Ines Okafor"
LEARNED = "how early you bring the drivers in"
OBJECTED = (
    "And why did the other person seem stronger? I really need to land a role like this soon."
)
SEARCHES = {
    "silent": ["Applied"] * 30,
    "interviews": ["Rejected", "Rejected after interview", "Rejected"] * 12,
}
ALWAYS = {
    "home": "/",
    "letters": "/letters/",
    "letters-found": "/letters/?q=interview",
    "review": "/letters/review",
    "applications": "/applications/",
    "application-new": "/applications/new",
    "application-list": "/applications/list",
    "people": "/people/",
    "people-new": "/people/new",
    "people-take-in": "/people/take-in",
    "diagnosis": "/diagnosis/",
    "diagnosis-usual": "/diagnosis/usual-rates",
    "diagnosis-tried": "/diagnosis/what-people-try",
    "diagnosis-week": "/diagnosis/week",
    "for-yourself": "/for-yourself/",
    "before-the-next": "/for-yourself/before?coming=final",
    "kind-minutes": "/for-yourself/kindness",
    "writing": "/writing/",
    "practice": "/practice/",
    "practice-starter": "/practice/questions/starter",
    "practice-stories": "/practice/stories/",
    "imports": "/imports/",
    "mail": "/settings/mail/",
    "mail-new": "/settings/mail/new",
    "example": "/letters/example",
    "what-people-try": "/diagnosis/what-people-try",
    "settings": "/settings/",
    "somebody": "/somebody-to-talk-to/",
    "nothing-here": "/letters/999999/",
}


def main(out: Path, letters: Path) -> int:
    """Save every picture; 1 where there is no browser."""
    if chromium_path() is None:
        print("There is no Chromium, so there are no pictures.", file=sys.stderr)  # noqa: T201
        return 1
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, started_chromium() as browser:
        environment = {**os.environ, "KINDREGARDS_DATA_DIR": folder, "KINDREGARDS_BROWSER": "none"}
        with _program(environment) as link:
            state = _signed_in(browser, link)
            _take(browser, link, state, {"begin": "/"}, out)
            _take(browser, link, None, {"stranger": "/"}, out)
        subprocess.run(
            [*COMMAND, "import", str(_as_if_new(letters, Path(folder) / "letters"))],
            env=environment,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        with _program(environment) as link:
            state = _signed_in(browser, link)
            _take(browser, link, state, ALWAYS | _found(browser, link, state), out)
        for name, how in SEARCHES.items():
            _search(browser, name, how, Path(folder) / name, out)
    return 0


def _search(browser: Browser, name: str, how: Sequence[str], folder: Path, out: Path) -> None:
    """The diagnosis of a whole search, taken in as a list of so many applications."""
    folder.mkdir()
    environment = {**os.environ, "KINDREGARDS_DATA_DIR": str(folder), "KINDREGARDS_BROWSER": "none"}
    began = datetime.now().astimezone() - timedelta(days=4 * len(how) + 40)
    lines = ["Company,Position,Applied,Status,Ended"]
    for number, status in enumerate(how):
        day = began + timedelta(days=4 * number)
        ended = "" if status == "Applied" else f"{day + timedelta(days=21):%Y-%m-%d}"
        lines.append(f"Mill {number + 1},Planner,{day:%Y-%m-%d},{status},{ended}")
    with _program(environment) as link:
        state = _signed_in(browser, link)
        context = browser.new_context(storage_state=state, base_url=_site(link))
        page = context.new_page()
        page.goto("/applications/list")
        page.locator("textarea[name=text]").fill("\n".join(lines))
        page.locator("main button[type=submit]").first.click()
        page.get_by_role("button", name="Take them over").click()
        page.wait_for_load_state()
        context.close()
        _take(browser, link, state, {f"diagnosis-{name}": "/diagnosis/"}, out)


def _as_if_new(letters: Path, out: Path) -> Path:
    """Copy the letters with days near today, so that plans are as a person first sees them.

    The one that is shown came a day and a half ago; what came after it, this morning.
    """
    out.mkdir()
    days = {file: _sent(file) for file in letters.glob("*.eml")}
    now = datetime.now().astimezone()
    moved = now - timedelta(hours=36) - days[letters / SHOWN]
    for file, sent in days.items():
        near = sent + moved if sent <= days[letters / SHOWN] else now - timedelta(hours=5)
        line = b"Date: " + format_datetime(near).encode()
        raw = re.sub(rb"(?m)^Date: .*$", line, file.read_bytes(), count=1)
        (out / file.name).write_bytes(raw)
    return out


def _sent(file: Path) -> datetime:
    return parsedate_to_datetime(message_from_bytes(file.read_bytes())["Date"])


@contextmanager
def _program(environment: dict[str, str]) -> Iterator[str]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)


def _site(link: str) -> str:
    return link.partition("/enter/")[0]


def _signed_in(browser: Browser, link: str) -> str:
    """Use the link up; gives the file that holds the session."""
    context = browser.new_context()
    context.new_page().goto(link)
    handle, state = tempfile.mkstemp(suffix=".json")
    os.close(handle)
    context.storage_state(path=state)
    context.close()
    return state


def _found(browser: Browser, link: str, state: str) -> dict[str, str]:
    """Give the pages of the letter that has most to show, by name."""
    context = browser.new_context(storage_state=state, base_url=_site(link))
    page = context.new_page()
    page.goto("/letters/")
    best = _address_of(page, SHOWN_NAME)
    found = {"letter": best, "form-letter": _address_of(page, FORM_NAME)}
    page.goto(best)
    for address in _links(page):
        if re.fullmatch(r"/plans/\d+/", address):
            found["plan"] = address
        if re.fullmatch(r"/applications/\d+/", address):
            found["application"] = address
    if "plan" in found:
        found |= {f"step-{kind}": f"{found['plan']}{kind}/" for kind in StepKind}
        found |= _draft(page, found["plan"]) | _debrief(page, found["plan"])
    page.goto("/people/")
    found["person"] = _address_of(page, SHOWN_PERSON)
    found |= _rested(page, found["form-letter"])
    context.close()
    return found


def _rested(page: Page, letter: str) -> dict[str, str]:
    """A letter to somebody who left two words unanswered, and the rest that it is led to."""
    page.goto(letter)
    plan = next(one for one in _links(page) if re.fullmatch(r"/plans/\d+/", one))
    page.goto(f"{plan}ask/")
    page.locator(f"form[action='{plan}draft'] button:not([name])").first.click()
    page.wait_for_url(re.compile(r"/drafts/\d+/$"))
    draft = "/" + page.url.split("/", 3)[3]
    text = re.sub(r"\[[^\]]*\]", LEARNED, page.locator("#text").input_value())
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Check it").click()
    page.wait_for_load_state()
    for days in (8, 2):  # both after their letter
        page.goto(f"{draft}rest/")
        page.locator("details summary", has_text="What counts").click()
        day = (datetime.now().astimezone() - timedelta(days=days)).date()
        page.get_by_label("When").fill(day.isoformat())
        page.get_by_role("button", name="Add it").click()
        page.wait_for_load_state()
    return {"draft-rest": draft, "rest": f"{draft}rest/"}


def _links(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return list(dict.fromkeys(found))


def _address_of(page: Page, name: str) -> str:
    return str(page.get_by_role("link", name=name).first.get_attribute("href"))


def _draft(page: Page, plan: str) -> dict[str, str]:
    for kind in ("", "ask/"):
        page.goto(plan + kind)
        begin = page.locator(f"form[action='{plan}draft'] button")
        if begin.count():
            begin.first.click()
            page.wait_for_url(re.compile(r"/drafts/\d+/$"))
            _write(page)
            draft = "/" + page.url.split("/", 3)[3]
            return {"draft": draft, "rest": f"{draft}rest/", "last-look": f"{draft}last-look"}
    return {}


def _debrief(page: Page, plan: str) -> dict[str, str]:
    """Begin one, and give its first screens and all of it on one page."""
    page.goto(f"{plan}facts/")
    page.locator("form[action$='/debrief'] button").first.click()
    page.wait_for_url(re.compile(r"/debriefs/\d+/\w+/$"))
    first = "/" + page.url.split("/", 3)[3]
    whole = re.sub(r"\w+/$", "", first)
    screens = ("letter", "other_reasons", "why", "if_then")
    return {"debrief": whole, "debrief-begin": first} | {
        f"debrief-{screen}": f"{whole}{screen}/" for screen in screens
    }


def _write(page: Page) -> None:
    """Fill in the blank, and say two things that the guard has a word about."""
    text = re.sub(r"\[[^\]]*\]", LEARNED, page.locator("#text").input_value(), count=1)
    before, question, after = text.partition("?")
    written = f"{before}{question} {OBJECTED}{after}"
    page.locator("#text").fill(written)
    page.get_by_role("button", name="Check it").click()
    page.wait_for_load_state()


def _take(browser: Browser, link: str, state: str | None, pages: dict[str, str], out: Path) -> None:
    for width, size in WIDTHS.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                base_url=_site(link),
                storage_state=state,
                viewport={"width": size[0], "height": size[1]},
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            page = context.new_page()
            for name, address in pages.items():
                page.goto(address)
                page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=True)
            context.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
