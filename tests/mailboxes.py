"""Mailboxes for tests: rejections by many employers among ordinary mail, and mbox files of them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import timedelta

from tests.factories import FORM, NOW, a_letter
from tests.sources.made import ENVELOPE, quoted
from tests.sources.ordinary import ordinary_message

SHOP = b"""From: Haberdash <offers@haberdash.example>
Subject: Buttons at half price
Date: Fri, 20 Nov 2026 15:10:00 +0000
List-Unsubscribe: <https://haberdash.example/leave>
Message-ID: <buttons@haberdash.example>

This week all horn buttons cost half. Come in and have a look.
"""
ODD = b"""From: Wren <wren@haberdash.example>
Subject: About the buttons
Date: Thu, 19 Nov 2026 15:10:00 +0000
List-Unsubscribe: <https://haberdash.example/leave>
Message-ID: <odd@haberdash.example>

The blue ones are all gone, and the brown ones are on their way to you and to the others.
"""


def mbox_of(messages: Iterable[bytes]) -> bytes:
    """One mbox of these messages."""
    return b"".join(ENVELOPE + quoted(one) + b"\n" for one in messages)


def rejection_from(number: int) -> bytes:
    """A rejection by an employer of its own."""
    return a_letter(
        FORM,
        employer=f"Hazelwick {number} Mills",
        role="Pattern Cutter",
        message_id=f"no-{number}",
        sender=f"Hazelwick <jobs@hazelwick{number}.example>",
        sent_at=NOW - timedelta(days=1 + number),
    )


def bulk_mail(count: int, seed: int = 4) -> list[bytes]:
    """Ordinary mail of shops and machines, all of which the first look leaves out."""
    dice, found = random.Random(seed), []
    while len(found) < count:
        message = ordinary_message(dice, len(found))
        if b"List-Unsubscribe" in message and b"cloudshelf" not in message:
            found.append(message)
    return found
