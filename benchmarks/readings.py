"""Readings a second on one core, beside the standard library's parsing of the same bytes.

The letters are the corpus of the tests, each as a message as it stands, and each padded to 2 kB
with what companies write about themselves below a signature: eight such footers, as a mailbox
holds many letters of few companies.

Every letter is read once. Two thirds of them are read beforehand and not timed: they bring in what
is the same for all letters, the wordings and expressions of nine languages, as in a mailbox after
its first thousand messages. The third that is timed has not been read before; what the reader
remembers of the others (footers, greetings, single words) helps it as it would in a mailbox. As
there, what is remembered after some hundred letters is left out of the garbage collector's rounds
(kindregards.core.letters.settling). Each size is measured in a process of its own.
Prints the figure, the figure of the reference and the ratio; the reference is
`email.message_from_bytes` with the payload decoded.
"""

from __future__ import annotations

import email
import json
import time
from collections.abc import Callable
from email.message import EmailMessage
from multiprocessing import get_context
from pathlib import Path

from kindregards.core.letters import parse_letter, read_letter
from kindregards.core.letters.settling import settling

CORPUS = Path(__file__).parents[1] / "tests" / "letters" / "corpus"
FOOTERS = (
    "Halden Rail is a small railway between two rivers. We carry people, parcels and now and "
    "then a beehive. Our trains run from five in the morning until midnight.",
    "Quillmark prints books for people who still fold the corners of pages. Founded in a garage "
    "by three sisters, we are now sixty, with presses in Leiden and York.",
    "Sie erhalten diese Nachricht von der Weidenau AG, Am Mühlbach 4, 87435 Kempten. Sitz der "
    "Gesellschaft: Kempten. Vorstand: Dr. Ilse Brandl. Amtsgericht Kempten HRB 99999.",
    "This message and anything attached to it may be confidential. If it is not meant for you, "
    "please tell us and delete it. Tarn & Fell Ltd is registered in England, number 00000000.",
    "Les Ateliers Bruneau fabriquent des vélos à Nantes depuis trois générations. Pensez à la "
    "planète avant d'imprimer ce message. Nos bureaux ferment le vendredi à seize heures.",
    "Ostara Labs measures soil. Follow our field notes, meet us at the spring fair, or visit our "
    "glasshouses any Saturday. We plant a tree for each person who joins us.",
    "Bodegas Miralta elabora vinos en la sierra desde hace cuatro siglos. Puede darse de baja de "
    "estos mensajes en su perfil. Protegemos sus datos según la ley vigente.",
    "Kestrel Housing looks after nine thousand homes along the coast. Our help line is open day "
    "and night. Large print, Braille and other languages are there for the asking.",
)
SIZE = 2000
TURN = 24
"""Letters after which reading and reference take turns: both share a machine's busy moments."""


def messages(size: int | None) -> list[bytes]:
    """The letters as messages; padded to `size` bytes where that is given."""
    found = []
    for file in sorted(CORPUS.glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            row = json.loads(line)
            text = row["text"]
            if size:
                footer = f"\n\n{FOOTERS[number % len(FOOTERS)]}\n" * (size // 100)
                text += footer[: max(0, size - len(text))]
            found.append(as_message(row, text))
    return found


def as_message(row: dict[str, str | None], text: str) -> bytes:
    """A row of the corpus as the bytes of a message."""
    mail = EmailMessage()
    sender = row["sender"] or ""
    mail["From"] = sender if "@" in sender else "jobs@halden.example"
    mail["Subject"] = " ".join((row["subject"] or "").split())
    mail.set_content(text)
    return mail.as_bytes()


def parsed(raw: bytes) -> None:
    """The reference: the standard library's parsing and decoding."""
    message = email.message_from_bytes(raw)
    payload = message.get_payload(decode=True)
    assert payload is not None


def read(raw: bytes) -> None:
    """Bytes to Reading."""
    read_letter(parse_letter(raw))
    settling.one_more()


def taken(work: Callable[[bytes], None], raws: list[bytes]) -> float:
    """Seconds of processor time in which `work` is done, each message once."""
    start = time.process_time()
    for raw in raws:
        work(raw)
    return time.process_time() - start


def line(size: int | None) -> str:
    """The figures for letters of that size, as a sentence."""
    raws = messages(size)
    timed = raws[::3]
    for raw in (*raws[1::3], *raws[2::3]):
        read(raw)
    seconds = reference_seconds = 0.0
    for first in range(0, len(timed), TURN):
        some = timed[first : first + TURN]
        seconds += taken(read, some)
        reference_seconds += taken(parsed, some)
    ours, reference = len(timed) / seconds, len(timed) / reference_seconds
    return (
        f"readings, {len(timed)} letters {f'of {size:,} bytes' if size else 'as they stand'}: "
        f"{ours:,.0f} a second; stdlib email parsing: {reference:,.0f} a second; "
        f"ratio 1 : {reference / ours:.1f}"
    )


def main() -> None:
    """Print a line for letters of 2 kB and one for short letters, each from a fresh process."""
    fresh = get_context("spawn")
    for size in (SIZE, None):
        with fresh.Pool(1) as pool:
            print(pool.apply(line, (size,)))


if __name__ == "__main__":
    main()
