"""A mailbox of 50,000 messages, imported to the last row; beside `notmuch new` over the same.

Two of a hundred messages are job mail, from our own corpus; the others are ordinary mail, most of
it from machines, in six codings. Another number of messages may be given.
"""

from __future__ import annotations

import json
import mailbox
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
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
        ours = imported(folder, "mbox")
        report("kindregards import, to the last row stored", count, ours)
        print(
            f"  {ours['letters']:,} letters kept ({ours['rejections']:,} rejections), "
            f"{ours['left_out']:,} left out, {ours['unreadable']:,} not readable; "
            f"{ours['stored'] / 1e6:,.0f} MB stored"
        )
        print(f"  {lost_in(folder, 'mbox')} rejections of the corpus are not among them")
        name, theirs = peer(folder)
        report(name, count, theirs)
        print(
            f"  ours is {theirs['seconds'] / ours['seconds']:.1f} times as fast, "
            f"with {theirs['cpu'] / ours['cpu']:.1f} times less work of the processor"
        )


def report(name: str, count: int, figures: dict[str, float]) -> None:
    """One line with the rate and the memory."""
    rate, memory = count / figures["seconds"], figures.get("memory", 0) / 1024
    told = f", at most {memory:,.0f} MiB a process" if memory else ""
    cpu = f"{figures['cpu']:.1f} s of the processor"
    print(f"{name}: {figures['seconds']:.1f} s ({cpu}), {rate:,.0f} messages a second{told}")


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


def imported(folder: Path, mailbox: str) -> dict[str, float]:
    """`kindregards import` from the command to its end, by its own clock and its own counts."""
    home = folder / f"home-{mailbox}"
    surroundings = {**os.environ, "KINDREGARDS_DATA_DIR": str(home)}
    command = [sys.executable, "-m", "kindregards"]
    subprocess.run([*command, "tick"], check=True, env=surroundings)  # makes the database
    began = time.perf_counter()
    running = subprocess.Popen(
        [*command, "import", "--json", str(folder / mailbox)],
        env=surroundings,
        stdout=subprocess.PIPE,
    )
    assert running.stdout is not None
    counts = json.loads(running.stdout.read())
    _pid, _status, used = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - began
    counts.pop("problems")
    stored = (home / "kindregards.sqlite3").stat().st_size
    figures = {"seconds": seconds, "cpu": cpu_of(used), "memory": used.ru_maxrss}
    return {**counts, **figures, "stored": stored}


def cpu_of(used: resource.struct_rusage) -> float:
    """Seconds of the processor, which tell more than the clock where others are at work."""
    return used.ru_utime + used.ru_stime


def lost_in(folder: Path, mailbox: str) -> int:
    """Rejections of the corpus that are not among the letters kept."""
    kept = sqlite3.connect(folder / f"home-{mailbox}" / "kindregards.sqlite3")
    with closing(kept):
        ids = {row[0] for row in kept.execute("SELECT message_id FROM kindregards_letter")}
    box = (folder / mailbox).read_bytes()
    meant = set(re.findall(rb"^Message-ID: (<job-rejection-[^>]*>)", box, re.MULTILINE))
    return sum(one.decode() not in ids for one in meant)


def peer(folder: Path) -> tuple[str, dict[str, float]]:
    """notmuch over the same messages as files; where it is not there, Python's own mailbox."""
    if can_have_notmuch():
        return "notmuch new, indexed", with_notmuch(folder)
    print("notmuch is not here (Debian: apt install notmuch)")
    began, cpu = time.perf_counter(), time.process_time()
    for message in mailbox.mbox(folder / "mbox"):
        for part in message.walk():
            part.get_payload(decode=True)
    figures = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    return "Python's mailbox module, parsed only", figures


def can_have_notmuch() -> bool:
    """Whether it is there, or could be installed because this is a machine of its own."""
    if not shutil.which("notmuch") and os.environ.get("CI") and shutil.which("apt-get"):
        command = ["apt-get", "-qq", "-y", "--no-install-recommends", "install", "notmuch"]
        subprocess.run(command, check=False, capture_output=True)
    return bool(shutil.which("notmuch"))


def with_notmuch(folder: Path) -> dict[str, float]:
    """How long `notmuch new` takes for the first index."""
    configuration = folder / "notmuch-config"
    configuration.write_text(
        f"[database]\npath={folder / 'mail'}\n[user]\nname=Sam\n"
        "primary_email=sam@ortega.example\n[new]\ntags=new\n"
    )
    surroundings = {**os.environ, "NOTMUCH_CONFIG": str(configuration)}
    began = time.perf_counter()
    running = subprocess.Popen(["notmuch", "new", "--quiet"], env=surroundings)
    _pid, status, used = os.wait4(running.pid, 0)
    if status:
        raise SystemExit("notmuch failed")
    figures = {"seconds": time.perf_counter() - began, "cpu": cpu_of(used)}
    return {**figures, "memory": used.ru_maxrss}


if __name__ == "__main__":
    main()
