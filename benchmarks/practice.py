"""Practice: a recording to its figures, its pages with many questions, the schedule.

A recording of 120 s is looked through against its own length, with and without its words. The
practice page with 2,000 questions and 20,000 attempts is asked for in turns with an empty page, as
in `pages.py`. A schedule of 2,000 questions is worked out, and by the bare library.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from array import array
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import sin
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import pages

QUESTIONS, ATTEMPTS, SECONDS, RUNS = 2_000, 20_000, 120, 5
WORDS = "I counted what lay about and asked the cutters what they waited for. " * 22


def main() -> None:
    """Measure all three, print the figures and what they are compared with."""
    told_recording()
    told_schedule()
    with tempfile.TemporaryDirectory() as folder:
        pages.set_up(folder)
        pages.LETTERS = 2
        cookie, _pages = pages.fill()
        fill()
        told_pages(cookie)


def told_recording() -> None:
    """From the samples to the figures, against how long one listens to them."""
    from kindregards.core.practice.sound import heard
    from kindregards.core.practice.speaking import spoken

    pcm = recording().tobytes()
    alone = best(lambda: heard(pcm))
    both = best(lambda: spoken(WORDS, heard(pcm).speech))
    print(f"A recording of {SECONDS} s to its figures, best of {RUNS}")
    for name, took in (("from the sound", alone), ("with its words", both)):
        print(f"  {name:20} {took * 1000:7.1f} ms   {took / SECONDS:.4f} of its length")


def recording() -> array[int]:
    """Something with the rise and fall of speech, and a pause of three seconds in each twenty."""
    from kindregards.core.practice.sound import RATE

    second = [int(9000 * sin(n / 12) * (0.55 + 0.45 * sin(n / 640))) for n in range(RATE)]
    quiet = [n % 7 - 3 for n in range(RATE)]
    return array("h", (one for at in range(SECONDS) for one in (quiet if at % 20 < 3 else second)))


def told_schedule() -> None:
    """Ten ratings of each question, against the library without anything around it."""
    from kindregards.core.practice.schedule import due_date, rated

    begin = date(2026, 1, 5)

    def _ours() -> None:
        for _question in range(QUESTIONS):
            memory, day = None, begin
            for level in (1, 3, 4, 4, 2, 4, 4, 5, 4, 4):
                memory = rated(memory, level, day)
                day = due_date(memory)

    ours, bare = best(_ours, runs=2), best(bare_library, runs=2)
    print(f"{QUESTIONS * 10:,} ratings of {QUESTIONS:,} questions")
    print(f"  the schedule         {ours:7.2f} s   {ours / bare:5.1f} x the bare library")


def bare_library() -> None:
    """The same ratings by the library alone."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    for number in range(QUESTIONS):
        card, at = Card(card_id=number), datetime(2026, 1, 5, 12, tzinfo=UTC)
        for rating in (1, 2, 3, 3, 1, 3, 3, 4, 3, 3):
            card, _log = scheduler.review_card(card, Rating(rating), at)
            at = card.due


def fill() -> None:
    """Put in the questions, half of them rated, and the attempts."""
    from django.utils import timezone

    from kindregards.core.practice.asked import AskedOnce
    from kindregards.core.practice.schedule import due_date, rated
    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.models import Attempt, Question
    from kindregards.web.practice.services import add_questions

    owner, now = owner_of_this_machine(), timezone.now()
    made = add_questions(owner=owner, asked=[AskedOnce(f"Why {n}?") for n in range(QUESTIONS)])
    for number, question in enumerate(made[::2]):
        memory = rated(None, 1 + number % 5, timezone.localdate() - timedelta(days=number % 40))
        question.stability, question.difficulty = memory.stability, memory.difficulty
        question.level, question.rated_date = 1 + number % 5, memory.on
        question.due_date = due_date(memory)
    fields = ["stability", "difficulty", "level", "rated_date", "due_date"]
    Question.objects.bulk_update(made[::2], fields, batch_size=500)
    Attempt.objects.bulk_create(
        (
            Attempt(
                owner=owner, question=made[n % QUESTIONS], began_at=now - timedelta(hours=n),
                ended_at=now, words=WORDS, level=1 + n % 5, rated_at=now - timedelta(hours=n),
            )
            for n in range(ATTEMPTS)
        ),
        batch_size=2000,
    )  # fmt: skip


def told_pages(cookie: str) -> None:
    """Practice and its pages, in turns with an empty one."""
    paths = {
        "empty": "/empty",
        "practice": "/practice/",
        "all questions": "/practice/questions/",
        "how it goes": "/practice/progress",
    }
    taken = pages.measured({name: pages.asking(path, cookie) for name, path in paths.items()})
    middle = {name: statistics.median(runs) for name, runs in taken.items()}
    print(f"{QUESTIONS:,} questions, {ATTEMPTS:,} attempts; median of {pages.ROUNDS} requests")
    for name, took in middle.items():
        print(f"  {name:20} {took * 1000:7.1f} ms   {took / middle['empty']:5.1f} x an empty page")


def best(done: Callable[[], object], *, runs: int = RUNS) -> float:
    """The fewest seconds of some runs."""
    taken = []
    for _run in range(runs):
        began = time.perf_counter()
        done()
        taken.append(time.perf_counter() - began)
    return min(taken)


if __name__ == "__main__":
    main()
