"""Readings a second on one core, beside the standard library's parsing of the same bytes.

usage: readings.py [SECONDS]

The letters are our own examples and the corpus of the tests, each as a message of 2 kB (padded
with a plain company text below the signature) and as it stands. Prints the figure, the figure of
the reference and the ratio; the reference is `email.message_from_bytes` with the payload decoded.
"""

from __future__ import annotations

import email
import json
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from kindregards.core.letters import parse_letter, read_letter

ROOT = Path(__file__).parents[1]
FOOTER = (
    "\n\nHalden Rail is a small railway between two rivers. We carry people, parcels and now and "
    "then a beehive. Our trains run from five in the morning until midnight.\n"
) * 12


def messages(size: int | None) -> list[bytes]:
    """The letters as messages; padded to `size` bytes where that is given."""
    rows = (ROOT / "tests" / "letters" / "corpus" / "seen.jsonl").read_text("utf-8").splitlines()
    found = []
    for row in map(json.loads, rows):
        mail = EmailMessage()
        mail["From"] = row["sender"] if "@" in (row["sender"] or "") else "jobs@halden.example"
        mail["Subject"] = " ".join((row["subject"] or "").split())
        text = row["text"]
        mail.set_content(text + FOOTER[: max(0, size - len(text))] if size else text)
        found.append(mail.as_bytes())
    return found


def parsed(raw: bytes) -> None:
    """The reference: the standard library's parsing and decoding."""
    message = email.message_from_bytes(raw)
    payload = message.get_payload(decode=True)
    assert payload is not None


def read(raw: bytes) -> None:
    """Bytes to Reading."""
    read_letter(parse_letter(raw))


def a_second(work: Callable[[bytes], None], raws: list[bytes], seconds: float) -> float:
    """How often `work` is done in a second of processor time, warm."""
    for raw in raws:
        work(raw)
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        for raw in raws:
            work(raw)
        done += len(raws)
    return done / spent


def main() -> None:
    """Print a line for short letters and one for letters of 2 kB."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    for name, size in (("as they stand", None), ("2 kB", 2000)):
        raws = messages(size)
        ours, reference = a_second(read, raws, seconds), a_second(parsed, raws, seconds)
        print(
            f"readings, letters {name}: {ours:,.0f} a second; stdlib email parsing: "
            f"{reference:,.0f} a second; ratio 1 : {reference / ours:.1f}"
        )


if __name__ == "__main__":
    main()
