"""What each message of a mailbox is, alone and by several processes."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from email.header import Header
from pathlib import Path

import pytest
from tests.factories import NOW, a_letter, rejection_bytes
from tests.mailboxes import SHOP, bulk_mail, rejection_from
from tests.sources.ordinary import coded, ordinary_message

from kindregards.sources import side_by_side
from kindregards.sources.side_by_side import sort_side_by_side
from kindregards.sources.sorting import UNREADABLE, Acquainted, Sorted, sort_sources
from kindregards.sources.source import Source


def _one(raw: bytes, *, acquainted: Acquainted | None = None, chosen: bool = False) -> Sorted:
    names = {"it"} if chosen else set()
    return next(sort_sources([Source("it", raw)], chosen=names, acquainted=acquainted))


def _told(found: Iterator[Sorted]) -> list[tuple[object, ...]]:
    return [
        (one.source.name, one.source.raw, one.reading, one.error, one.is_left_out) for one in found
    ]


def test_a_refusal_is_to_be_kept_and_a_shop_left_out() -> None:
    refusal, shop = _one(rejection_bytes()), _one(SHOP)
    assert refusal.reading is not None
    assert refusal.reading.kind == "rejection"
    assert shop.is_left_out
    assert shop.glance is not None
    assert shop.glance.subject == "Buttons at half price"


def test_what_was_chosen_by_hand_is_kept_whatever_it_says() -> None:
    assert _one(SHOP, chosen=True).message is not None


def test_a_letter_that_is_here_is_known_without_being_read() -> None:
    here = Acquainted(ids=frozenset({"<one@brackwater.example>"}))
    found = _one(rejection_bytes("one"), acquainted=here)
    assert (found.known_id, found.message) == ("<one@brackwater.example>", None)


def test_who_was_written_to_is_heard_whatever_they_say() -> None:
    words = "Hello Ada, do bring the blue ones on Sunday. The soup will be warm."
    answer = a_letter(words, sender="Lou <Lou@Home.example>", sent_at=NOW, Subject="soup")
    assert _one(answer).is_left_out
    asked = Acquainted(written_to=frozenset({"lou@home.example"}))
    assert _one(answer, acquainted=asked).message is not None


def test_what_is_no_message_is_told_and_the_next_is_read() -> None:
    sources = [Source("empty", b""), Source("lost", error="Gone."), Source("no", rejection_bytes())]
    empty, lost, refusal = sort_sources(sources)
    assert empty.error not in ("", UNREADABLE)
    assert lost.error == "Gone."
    assert refusal.message is not None


@pytest.fixture
def mailbox() -> list[Source]:
    """Enough for several batches."""
    mail = [*bulk_mail(900), *(rejection_from(number) for number in range(40)), b"", SHOP]
    return [Source(f"mail {number}", raw) for number, raw in enumerate(mail)]


@pytest.mark.skipif(side_by_side._cores() < 2, reason="there is only one core")
def test_several_processes_find_the_same_in_the_same_order(mailbox: list[Source]) -> None:
    found = sort_side_by_side(mailbox, size=side_by_side.WORTH_IT)
    assert _told(found) == _told(sort_sources(mailbox))


@pytest.mark.skipif(side_by_side._cores() < 2, reason="there is only one core")
def test_where_a_process_is_lost_this_one_goes_on_alone(
    mailbox: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_by_side, "_begin", os._exit)
    found = sort_side_by_side(mailbox, size=side_by_side.WORTH_IT)
    assert _told(found) == _told(sort_sources(mailbox))


# How well: our own letters about jobs among ordinary mail -------------------------------------

CORPUS = Path(__file__).parent.parent / "letters" / "corpus"
NOT_JOB_MAIL = ("other", "other_rejection")


def _corpus() -> list[dict[str, str]]:
    files = sorted(CORPUS.glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [row for row in rows if row["label"] not in NOT_JOB_MAIL]


def _as_message(row: dict[str, str], number: int) -> bytes:
    headers = {
        "From": Header(row["sender"] or "Robin <robin@hazelwick.example>", "utf-8").encode(),
        "Subject": Header(row["subject"] or "hello", "utf-8").encode(),
    }
    return coded(headers, row["text"], number % 6)


def test_nearly_every_refusal_of_a_mailbox_is_kept_and_little_of_the_rest() -> None:
    dice = random.Random(11)
    letters = _corpus()
    mail = [(row["label"], _as_message(row, number)) for number, row in enumerate(letters)]
    mail += [("ordinary", ordinary_message(dice, number, length=1500)) for number in range(3000)]
    dice.shuffle(mail)
    sources = [Source(label, raw) for label, raw in mail]
    kept: Counter[str] = Counter()
    for one in sort_sources(sources):
        kept[one.source.name] += one.message is not None
    of = Counter(label for label, _raw in mail)
    share = {label: kept[label] / of[label] for label in of}
    job_mail = [label for label in of if label not in ("ordinary", "rejection")]
    others = sum(kept[label] for label in job_mail) / sum(of[label] for label in job_mail)
    told = f"kept of rejections {share['rejection']:.1%}, of other job mail {others:.1%}"
    print(f"{told}, of ordinary mail {share['ordinary']:.1%}")  # noqa: T201 - to be seen
    assert share["rejection"] >= 0.98
    assert others >= 0.97
    assert share["ordinary"] <= 0.03
