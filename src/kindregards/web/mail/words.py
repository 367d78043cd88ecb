"""How a mail account stands, in a sentence or two."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from kindregards.web.models import MailAccount


def standing(account: MailAccount, now: datetime) -> str:
    """When letters came last, how many so far, and when the next are fetched."""
    if account.begun_at is None:
        return "Not begun yet: choose its folders first."
    return " ".join(part for part in (_came(account, now), _comes(account, now)) if part)


def _came(account: MailAccount, now: datetime) -> str:
    letters = f"{account.letter_count} letter{'' if account.letter_count == 1 else 's'} so far"
    if account.fetched_at is None:
        return f"{letters[0].upper()}{letters[1:]}." if account.letter_count else ""
    return f"Fetched {_when(account.fetched_at, now)}, {letters}."


def _comes(account: MailAccount, now: datetime) -> str:
    if account.is_busy(now):
        return _under_way(account, now)
    if account.is_paused:
        return "It rests until you resume it."
    if account.needs_person:
        return "It waits for you."
    if account.next_at is None or account.next_at <= now:
        return "The next are fetched in a moment."
    return f"The next are fetched {_when(account.next_at, now)}."


def _under_way(account: MailAccount, now: datetime) -> str:
    if not account.done_count or account.busy_since_at is None:
        return "Letters are being fetched."
    said = f"Letters are being fetched: {account.done_count:,} of {account.of_count:,} looked at"
    seconds = (now - account.busy_since_at).total_seconds()
    left = seconds / account.done_count * (account.of_count - account.done_count)
    minutes = round(left / 60)
    if minutes < 1:
        return f"{said}."
    return f"{said}, about {minutes} minute{'' if minutes == 1 else 's'} left."


def _when(at: datetime, now: datetime) -> str:
    """`at 10:32`, and the day before it where it is another one."""
    there, today = timezone.localtime(at), timezone.localtime(now).date()
    clock = f"at {date_format(there, 'H:i')}"
    return clock if there.date() == today else f"on {date_format(there, 'j F')} {clock}"
