"""10,000 messages fetched from a mail account on a real Dovecot, looked over, read and stored.

Beside the bare download of the same messages in the same run: imap-tools, 200 at a time, nothing
kept. Two of a hundred messages are job mail. Another number of messages may be given.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.mbox import JOB_SHARE, LENGTH, corpus, job_message  # noqa: E402 - as above
from tests.servers import dovecot  # noqa: E402 - the tests lie beside, not within
from tests.sources.ordinary import ordinary_message  # noqa: E402

USER = "sam"
BULK = 200


def main() -> None:
    """Deliver the messages, download them barely, then fetch them as the program does."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    reason = dovecot.why_not()
    if reason:
        print(f"Not measured: {reason}.")
        return
    with dovecot.running() as server:
        server.deliver(USER, messages(count))
        bare_download(server.plain)  # so that the server has made its lists
        bare = bare_download(server.plain)
        told = in_a_process(server.plain)
    seconds, again = told["seconds"], told["again"]
    print(f"Kind Regards, {count:,} messages from the server to the database: {seconds:.1f} s")
    print(f"  {told['new']:,} letters kept, {told['left_out']:,} messages left out")
    print(f"  a second time, when nothing is new: {again:.2f} s")
    print(f"imap-tools, the bare download of the same: {bare:.1f} s")
    print(f"  ours takes {seconds / bare:.1f} times as long, and has read and stored them")


def messages(count: int) -> Iterator[bytes]:
    """Ordinary mail with some letters about jobs in it."""
    dice, letters = random.Random(8), corpus()
    for number in range(count):
        if dice.random() < JOB_SHARE:
            yield job_message(dice, number, dice.choice(letters))
        else:
            yield ordinary_message(dice, number, length=LENGTH)


def bare_download(port: int) -> float:
    """Seconds to fetch every message, whole, without doing anything with it."""
    from imap_tools import MailBoxUnencrypted

    began = time.perf_counter()
    with MailBoxUnencrypted("127.0.0.1", port).login(USER, dovecot.PASSWORD) as box:
        for _message in box.fetch(mark_seen=False, bulk=BULK):
            pass
    return time.perf_counter() - began


def in_a_process(port: int) -> dict[str, float]:
    """Fetch into a database of its own, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="kindregards-bench-") as folder:
        own = {"KINDREGARDS_DATA_DIR": folder, "KINDREGARDS_KEYRING": "none"}
        done = subprocess.run(
            [sys.executable, __file__, "--fetch", str(port)],
            check=True,
            stdout=subprocess.PIPE,
            env={**os.environ, **own},
        )
    return dict(json.loads(done.stdout))


def fetch(port: int) -> dict[str, float]:
    """What `kindregards sync` does, twice."""
    from kindregards.web.start import ready

    if ready(say=print):
        raise SystemExit(1)
    from django.utils import timezone

    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.mail import services
    from kindregards.web.plan.mail_fetching import fetch_account

    where = services.Connection(USER, "127.0.0.1", port, "none")
    account = services.add_account(
        owner=owner_of_this_machine(),
        address="sam@ortega.example",
        where=where,
        password=dovecot.PASSWORD,
        folders=services.ask_server(where, dovecot.PASSWORD),
        now=timezone.now(),
    )
    chosen = list(account.folders.values_list("pk", flat=True))
    services.choose_folders(account=account, chosen=chosen, since=None, now=timezone.now())
    began = time.perf_counter()
    harvest = fetch_account(account=account, clock=timezone.now)
    seconds = time.perf_counter() - began
    fetch_account(account=account, clock=timezone.now)
    again = time.perf_counter() - began - seconds
    if harvest.trouble:
        raise SystemExit(harvest.trouble)
    return {
        "seconds": seconds, "again": again, "new": harvest.new, "left_out": harvest.left_out,
    }  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fetch"]:
        print(json.dumps(fetch(int(sys.argv[2]))))
    else:
        main()
