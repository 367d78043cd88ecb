"""A mailbox of 50,000 messages, taken in, looked over and read; beside notmuch over the same.

Two of a hundred messages are job mail, from our own corpus; the others are ordinary mail, most of
it from machines, in six codings. Another number of messages may be given.
"""

from __future__ import annotations

import json
import mailbox
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from email.header import Header
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.sources.made import ENVELOPE, quoted  # noqa: E402 - the tests lie beside, not within
from tests.sources.ordinary import coded, ordinary_message  # noqa: E402

JOB_SHARE = 0.02
LENGTH = 1500


def main() -> None:
    """Make the mailbox, take it in, and let another program do what it does with it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory(prefix="kindregards-bench-") as place:
        folder = Path(place)
        size = make(folder, count)
        print(f"{count:,} messages, {size / 1e6:,.0f} MB")
        ours = in_a_process(folder / "mbox")
        report("Kind Regards, mbox to readings", count, ours)
        print(f"  split alone {ours['split']:.1f} s, with the first look {ours['looked']:.1f} s")
        print(
            f"  {ours['read']:,} of them read in full ({ours['rejections']:,} rejections), "
            f"{ours['left']:,} left out at the first look, {ours['errors']} not readable"
        )
        print(f"  {ours['lost']} rejections of the corpus left out at the first look")
        name, seconds = peer(folder)
        report(name, count, {"seconds": seconds})
        print(f"  ours is {seconds / ours['seconds']:.1f} times as fast")


def report(name: str, count: int, figures: dict[str, float]) -> None:
    """One line with the rate and the memory."""
    rate, memory = count / figures["seconds"], figures.get("memory", 0) / 1024
    told = f", at most {memory:,.0f} MiB" if memory else ""
    print(f"{name}: {figures['seconds']:.1f} s, {rate:,.0f} messages a second{told}")


def make(folder: Path, count: int) -> int:
    """An mbox and a Maildir with the same messages; the size of the mbox."""
    dice = random.Random(8)
    letters = corpus()
    (folder / "mail" / "cur").mkdir(parents=True)
    with (folder / "mbox").open("wb") as box:
        for number in range(count):
            if dice.random() < JOB_SHARE:
                message = job_message(dice, number, dice.choice(letters))
            else:
                message = ordinary_message(dice, number, length=LENGTH)
            box.write(ENVELOPE + quoted(message) + b"\n")
            (folder / "mail" / "cur" / f"{number}.host:2,S").write_bytes(message)
    return (folder / "mbox").stat().st_size


def corpus() -> list[dict[str, str]]:
    """Our own letters about jobs."""
    lines: list[str] = []
    for file in sorted((ROOT / "tests/letters/corpus").glob("*.jsonl")):
        lines += file.read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [one for one in found if not one["label"].startswith("other")]


def job_message(dice: random.Random, number: int, letter: dict[str, str]) -> bytes:
    """A letter of the corpus as a message that says of itself what it is."""
    headers = {
        "From": Header(letter["sender"] or "Robin <robin@hazelwick.example>", "utf-8").encode(),
        "To": "sam@ortega.example",
        "Subject": Header(letter["subject"] or "hello", "utf-8").encode(),
        "Date": "Tue, 04 Mar 2025 09:00:00 +0000",
        "Message-ID": f"<job-{letter['label']}-{number}@mail.example>",
    }
    if letter["form"] == "form":
        headers["Auto-Submitted"] = "auto-generated"
    return coded(headers, letter["text"], dice.randrange(6))


def in_a_process(box: Path) -> dict[str, float]:
    """Take the mailbox in by a process of its own, whose memory can be told."""
    done = subprocess.run(
        [sys.executable, __file__, "--take-in", str(box)], check=True, capture_output=True
    )
    return dict(json.loads(done.stdout))


def take_in(box: Path) -> dict[str, float]:
    """What `import` does before it stores: split, look, parse, read."""
    from kindregards.core.letters import NotALetter, parse_letter, read_letter
    from kindregards.core.letters.triage import looks_like_job_mail
    from kindregards.sources.files import sources_in

    counts = {"read": 0, "rejections": 0, "left": 0, "errors": 0, "lost": 0}
    split = clock(lambda: sum(1 for _ in sources_in([box])))
    looked = clock(lambda: [looks_like_job_mail(one.raw).why for one in sources_in([box])])
    began = time.perf_counter()
    for source in sources_in([box]):
        if not looks_like_job_mail(source.raw).worth_reading:
            counts["left"] += 1
            counts["lost"] += b"<job-rejection-" in source.raw
            continue
        try:
            reading = read_letter(parse_letter(source.raw))
        except NotALetter:
            counts["errors"] += 1
            continue
        counts["read"] += 1
        counts["rejections"] += reading.kind == "rejection"
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {**counts, "seconds": seconds, "memory": memory, "split": split, "looked": looked}


def clock(work: Callable[[], object]) -> float:
    """Seconds for a piece of work."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peer(folder: Path) -> tuple[str, float]:
    """notmuch over the same messages as files; where it is not there, Python's own mailbox."""
    if shutil.which("notmuch"):
        return with_notmuch(folder)
    print("notmuch is not installed here (Debian: apt install notmuch)")
    began = time.perf_counter()
    for message in mailbox.mbox(folder / "mbox"):
        for part in message.walk():
            part.get_payload(decode=True)
    return "Python's mailbox module, parsed only", time.perf_counter() - began


def with_notmuch(folder: Path) -> tuple[str, float]:
    """How long `notmuch new` takes for the first index."""
    configuration = folder / "notmuch-config"
    configuration.write_text(
        f"[database]\npath={folder / 'mail'}\n[user]\nname=Sam\n"
        "primary_email=sam@ortega.example\n[new]\ntags=new\n"
    )
    surroundings = {**os.environ, "NOTMUCH_CONFIG": str(configuration)}
    began = time.perf_counter()
    subprocess.run(["notmuch", "new", "--quiet"], check=True, env=surroundings)
    return "notmuch new, indexed", time.perf_counter() - began


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take-in"]:
        print(json.dumps(take_in(Path(sys.argv[2]))))
    else:
        main()
