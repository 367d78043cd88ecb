"""How long it takes to take in a network of 30,000 people, and to look at it.

Taking in: a `Connections.csv` from bytes to rows in an SQLite file, as the page does it, against
`csv.DictReader` going through the same bytes, in time of the processor and by the clock. Looking:
the page of people, as in `pages.py`, against an empty page. Names are made up here. Everything is
in a folder that is removed afterwards.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pages import ROUNDS, asking, measured, set_up

PEOPLE = 30_000
RUNS = 5
GIVEN = re.findall(
    r"\w+", "Ada Bela Caro Dorte Élise Finn Greta Håkon Ines Jörg Kaya Leo Mara Nuno"
)
BEGIN = re.findall(r"\w+", "Al Ber Cor Dal El Fen Gal Hol Ing Jar Kel Lin Mor Nor Ost Per Quin Ros")
MIDDLE = re.findall(r"\w+", "an bek dor en fer gil hav in kov lor man nes oren par rik sen tal ung")
END = re.findall(r"\w+", "berg by dal feld gard holm land ley lund mark quist sson strand ton vik")
ROLES = ("Planner", "Head of Studio", "Data Analyst", "Product Manager", "Engineer", "Buyer")
HEAD = "Notes:\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def main() -> None:
    """Measure both, print the figures and what they are compared with."""
    raw = export(PEOPLE)
    print(f"{PEOPLE:,} people, {len(raw) / 1e6:.1f} MB of Connections.csv")
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        told_taking_in(raw)
        told_looking()


def export(people: int) -> bytes:
    """An export with so many people in it, each with a profile, one in forty with an address."""
    family = itertools.cycle("".join(parts) for parts in itertools.product(BEGIN, MIDDLE, END))
    lines = [HEAD]
    for number, last in zip(range(people), family, strict=False):
        first, day = GIVEN[number * 5 % len(GIVEN)], date(2008, 1, 1) + timedelta(number % 6500)
        name = f"{first}-{last}-{number:x}".lower()
        email = f"{name}@post.example" if number % 40 == 0 else ""
        lines.append(
            f"{first},{last},https://www.linkedin.com/in/{name},{email},"
            f"Mill & Sons {number % 4000},{ROLES[number % len(ROLES)]},{day:%d %b %Y}\n"
        )
    return "".join(lines).encode()


def told_taking_in(raw: bytes) -> None:
    """Take the export in as the first one, and again as a second one."""
    taken: dict[str, list[tuple[float, float]]] = {}
    for _run in range(RUNS):
        forget()
        for name, done in (
            ("csv.DictReader", read), ("the first export", take), ("the same again", take),
        ):  # fmt: skip
            taken.setdefault(name, []).append(seconds(done, raw))
    floor = [min(each) for each in zip(*taken["csv.DictReader"], strict=True)]
    print(f"Taken in, the best of {RUNS}: processor and clock")
    for name, runs in taken.items():
        best = [min(each) for each in zip(*runs, strict=True)]
        told = (
            f"{one * 1000:6.0f} ms {one / least:5.1f} x"
            for one, least in zip(best, floor, strict=True)
        )
        print(f"  {name:20}", "   ".join(told))


def seconds(done: Callable[[bytes], object], raw: bytes) -> tuple[float, float]:
    """How long it took the processor, and how long by the clock."""
    began, began_at = time.process_time(), time.perf_counter()
    done(raw)
    return time.process_time() - began, time.perf_counter() - began_at


def read(raw: bytes) -> int:
    """What is compared with: each row as the standard library gives it."""
    text = io.StringIO(raw.decode("utf-8-sig").partition("\n\n")[2], newline="")
    return sum(1 for _row in csv.DictReader(text))


def take(raw: bytes) -> None:
    """The export into the database, as the page does it."""
    from django.utils import timezone

    from kindregards.sources.people import people_in
    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.network.taking import take_people

    taken = take_people(
        owner=owner_of_this_machine(), people=people_in(io.BytesIO(raw)), now=timezone.now()
    )
    assert taken.new + taken.known == PEOPLE


def forget() -> None:
    """Nobody is known any more."""
    from kindregards.web.models import Contact

    Contact.objects.all().delete()


def told_looking() -> None:
    """The page of people and a search in it, in turns with an empty page."""
    from django.test import Client

    from kindregards.web.accounts.services import owner_of_this_machine

    client = Client()
    client.force_login(owner_of_this_machine())
    cookie = client.cookies.output(header="", attrs=[]).strip()
    pages = {
        "an empty page": "/empty",
        "people": "/people/",
        "the last of them": f"/people/?page={PEOPLE // 50}",
        "by employer": "/people/?sort=employer",
        "a name": "/people/?q=greta+dal",
        "dormant": "/people/?shown=dormant",
        "where you applied": "/people/?shown=inside",
        "who is here twice": "/people/doubles",
        "all in one picture": "/people/picture",
    }
    taken = measured({name: asking(path, cookie) for name, path in pages.items()})
    floor = statistics.median(taken["an empty page"])
    print(f"Looked at, median of {ROUNDS} requests")
    for name, runs in taken.items():
        middle = statistics.median(runs)
        print(f"  {name:20} {middle * 1000:7.1f} ms   {middle / floor:5.1f} x")


if __name__ == "__main__":
    main()
