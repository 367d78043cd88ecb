"""How long home takes with 30,000 people and 200,000 words between them and the person.

Home is asked of the real WSGI application, signed in, in one process, on the SQLite file that a
person's own machine would have, in turns with an empty page behind the same middleware; before and
after the people came. How often the database is asked is printed beside it: it must not grow.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import pages

PEOPLE, WORDS, LETTERS = 30_000, 200_000, 20


def main() -> None:
    """Fill a database, ask for home in turns with an empty page, print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        pages.set_up(folder)
        pages.LETTERS = LETTERS
        cookie, _pages = pages.fill()
        before, asked_before = measured(cookie)
        seconds = fill()
        after, asked_after = measured(cookie)
    print(f"Home with {PEOPLE:,} people and {WORDS:,} words, median of {pages.ROUNDS} requests")
    for name, (floor, home), asked in (
        ("a handful of people", before, asked_before),
        ("all of them", after, asked_after),
    ):
        print(
            f"  {name:20} {home * 1000:7.1f} ms   {home / floor:5.1f} x an empty page"
            f"   {asked} questions to the database"
        )
    print(f"  working out when each of them is due: {seconds:.1f} s, once a day beside the pages")


def measured(cookie: str) -> tuple[tuple[float, float], int]:
    """The medians of an empty page and of home, in seconds, and how often home asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asks = {name: pages.asking(path, cookie) for name, path in (("empty", "/empty"), ("home", "/"))}
    taken = pages.measured(asks)
    with CaptureQueriesContext(connection) as asked:
        asks["home"]()
    middle = {name: statistics.median(runs) for name, runs in taken.items()}
    return (middle["empty"], middle["home"]), len(asked)


def fill() -> float:
    """Put in the people and the words, and work out who is due; gives the seconds for the last."""
    from django.utils import timezone

    from kindregards.core.network.card import Card
    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.contacts import take_in
    from kindregards.web.models import Contact, MetBy, Touch
    from kindregards.web.rhythm import work_out_everybody

    owner, now = owner_of_this_machine(), timezone.now()
    cards = [
        Card(name=f"Person{at} Of{at}", email=f"p{at}@mill{at % 900}.example", employer=f"Mill{at}")
        for at in range(PEOPLE)
    ]
    take_in(owner=owner, cards=cards, met_by=MetBy.LINKEDIN)
    keys = list(Contact.objects.filter(owner=owner).order_by("pk").values_list("pk", flat=True))
    Touch.objects.bulk_create(
        (
            Touch(
                owner=owner,
                contact_id=keys[at % len(keys)],
                direction="out" if at % 3 else "in",
                channel="linkedin",
                kind="other",
                at=now - timedelta(days=8 + at % 2400, minutes=at),
                words="We spoke of winter coats and of the mill.",
            )
            for at in range(WORDS)
        ),
        batch_size=2000,
    )
    for closeness, share in (("close", 7), ("warm", 5), ("weak", 3)):
        Contact.objects.filter(pk__in=keys[:: share * 10]).update(closeness=closeness)
    began = time.perf_counter()
    work_out_everybody(owner=owner, now=now)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
