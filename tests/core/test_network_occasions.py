"""Notices in the mailbox, as occasions to write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.network.occasions import LASTS, Notice, OccasionKind, notice_in

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
SENDER = "notifications-noreply@linkedin.com"


@pytest.mark.parametrize(
    ("subject", "notice"),
    [
        (
            "Congratulate Ada Berg for 5 years at Tidewell Transit",
            Notice(OccasionKind.ANNIVERSARY, "Ada Berg", AT, 5, "Tidewell Transit"),
        ),
        (
            "Congratulate Ada Berg for starting a new position as Head of Planning at Northlight",
            Notice(OccasionKind.NEW_JOB, "Ada Berg", AT, None, "Northlight", "Head of Planning"),
        ),
        ("Ada Berg shared a post: Maps", Notice(OccasionKind.POST, "Ada Berg", AT)),
        ("Ada Berg recently posted", Notice(OccasionKind.POST, "Ada Berg", AT)),
        (
            "Mara, start a conversation with your new connection, Ada Berg",
            Notice(OccasionKind.CONNECTED, "Ada Berg", AT),
        ),
        (
            "Gratulieren Sie Jörg Groß zu 10 Jahren bei Uhrwerk",
            Notice(OccasionKind.ANNIVERSARY, "Jörg Groß", AT, 10, "Uhrwerk"),
        ),
        (
            "Félicitez Zoé Marin pour ses 3 ans chez Bruneau",
            Notice(OccasionKind.ANNIVERSARY, "Zoé Marin", AT, 3, "Bruneau"),
        ),
        ("Gratulieren Sie Ada Berg zum Geburtstag", Notice(OccasionKind.BIRTHDAY, "Ada Berg", AT)),
    ],
)
def test_a_notice_tells_who_and_what(subject: str, notice: Notice) -> None:
    assert notice_in(address=SENDER, subject=subject, at=AT) == notice


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        (SENDER, "You appeared in 7 searches this week"),
        (SENDER, "Joe Odd congratulated you on your work anniversary!"),
        (SENDER, "3 new jobs for 'planner'"),
        (SENDER, "Your application was viewed by Tidewell"),
        ("news@linkedin.com.evil.example", "Ada Berg shared a post"),
        ("ada@berg.example", "Ada Berg shared a post"),
        (SENDER, ""),
    ],
)
def test_other_mail_is_no_notice(address: str, subject: str) -> None:
    assert notice_in(address=address, subject=subject, at=AT) is None


def test_a_notice_without_a_day_is_none() -> None:
    assert notice_in(address=SENDER, subject="Ada Berg shared a post", at=None) is None


def test_every_occasion_ends() -> None:
    assert set(LASTS) == set(OccasionKind)


@given(st.text(max_size=300))
def test_no_subject_makes_it_raise(subject: str) -> None:
    found = notice_in(address=SENDER, subject=subject, at=AT)
    assert found is None or found.name
