"""How long the home page and others take with 2,000 letters.

Each page is asked of the real WSGI application, signed in, in one process, on the SQLite file that
a person's own machine would have; against an empty page that passes the same middleware. Pages take
turns, so that a busy moment is shared by all. Everything is in a folder that is removed afterwards.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from types import ModuleType
from typing import Any

LETTERS = 2000
ROUNDS = 60
EMPLOYERS = 400
WORDS = """\
From: Ines Halloran <ines.halloran@mill{employer}.example>
To: Ada Winter <ada@home.example>
Subject: Your application for Data Analyst
Date: {date}
Message-ID: <{number}@mill{employer}.example>

Dear Ada,

Thank you for coming to the interview for the Data Analyst position at Mill{employer}. It was a
pleasure to hear about your work on the winter coats.

Unfortunately, we have decided not to move forward with your application. You are welcome to apply
again when a similar role opens.

Kind regards,
Ines Halloran
"""
Ask = Callable[[], bytes]


def main() -> None:
    """Fill a database, ask for each page in turn, print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        cookie, pages = fill()
        asks = {name: asking(path, cookie) for name, path in pages.items()}
        taken = measured(asks)
    floor = statistics.median(taken["an empty page"])
    print(f"Pages with {LETTERS:,} letters, median of {ROUNDS} requests")
    for name, runs in taken.items():
        middle = statistics.median(runs)
        print(f"  {name:20} {middle * 1000:7.1f} ms   {middle / floor:5.1f} x")


def set_up(folder: str) -> None:
    """Make Django ready on an empty database in the folder, with one more, empty, page."""
    os.environ["KINDREGARDS_DATA_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "kindregards.web.settings"
    os.environ.pop("KINDREGARDS_DATABASE_URL", None)
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.http import HttpRequest, HttpResponse
    from django.urls import include, path

    django.setup()

    def _empty(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    urls: Any = ModuleType("urls_with_an_empty_page")
    urls.urlpatterns = [path("empty", _empty), path("", include("kindregards.web.urls"))]
    sys.modules[urls.__name__] = urls
    settings.ROOT_URLCONF = urls.__name__
    call_command("migrate", verbosity=0)


def fill() -> tuple[str, dict[str, str]]:
    """Let the letters come in one by one; gives the cookie of a session and the paths of pages."""
    from django.test import Client
    from django.utils import timezone

    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.models import Letter, Plan
    from kindregards.web.plan.services import receive_file

    owner, now = owner_of_this_machine(), timezone.now()
    began = time.perf_counter()
    for number in range(LETTERS):
        raw = letter(number, now - timedelta(hours=8 * number))
        receive_file(owner=owner, name="letter.eml", raw=raw, now=now)
    seconds = time.perf_counter() - began
    print(f"{LETTERS / seconds:,.0f} letters a second came in, were read and kept", file=sys.stderr)
    client = Client()
    client.force_login(owner)
    newest = Letter.objects.order_by("-sent_at")[0]
    plan = Plan.objects.get(application_id=newest.application_id)
    return client.cookies.output(header="", attrs=[]).strip(), {
        "an empty page": "/empty",
        "home": "/",
        "a letter": f"/letters/{newest.pk}/",
        "all letters": "/letters/",
        "the last of all": f"/letters/?page={LETTERS // 50}",
        "words in letters": "/letters/?q=winter+coats",
        "what is in doubt": "/letters/review",
        "applications": "/applications/",
        "some applications": "/applications/?standing=rejected&sort=stage&q=mill1",
        "an application": f"/applications/{newest.application_id}/",
        "the diagnosis": "/diagnosis/",
        "a plan": f"/plans/{plan.pk}/",
    }


def letter(number: int, sent_at: datetime) -> bytes:
    """The bytes of one of the letters."""
    date, employer = format_datetime(sent_at), number % EMPLOYERS
    return WORDS.format(date=date, employer=employer, number=number).encode()


def asking(path: str, cookie: str) -> Ask:
    """What asks for the path and gives the page; anything but a page of status 200 stops."""
    from django.test import RequestFactory

    from kindregards.web.wsgi import application

    place, _, query = path.partition("?")

    def _ask() -> bytes:
        environ = RequestFactory().get(place).environ
        environ |= {"HTTP_COOKIE": cookie, "HTTP_HOST": "127.0.0.1", "QUERY_STRING": query}
        told: list[str] = []
        answer = application(environ, lambda status, _headers, _problem=None: told.append(status))
        page = b"".join(answer)
        answer.close()
        assert told == ["200 OK"], f"{path}: {told}"
        return page

    return _ask


def measured(asks: dict[str, Ask]) -> dict[str, list[float]]:
    """The seconds that each page took, in turns; the first turns warm it up and do not count."""
    taken: dict[str, list[float]] = {name: [] for name in asks}
    for turn in range(ROUNDS + 3):
        for name, ask in asks.items():
            began = time.perf_counter()
            ask()
            if turn >= 3:
                taken[name].append(time.perf_counter() - began)
    return taken


if __name__ == "__main__":
    main()
