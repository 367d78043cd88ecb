"""Noticing what the person sent, whoever's program sent it, in the sent mail of their accounts.

Only headings are asked for: to whom, when, what about, and in which thread. No words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from kindregards.core.outreach.sent import SentLetter, read_heading
from kindregards.sources.imap import FolderState, fetch_headings
from kindregards.sources.imap_errors import NotUnderstood, Refused
from kindregards.web.mail.services import account_to_fetch
from kindregards.web.models import Draft, Letter, MailAccount, MailFolder
from kindregards.web.outreach.answering import connect_answers
from kindregards.web.outreach.sent_mail import keep_sent, keep_sent_drafts

LOOKED_BACK = timedelta(days=90)
"""So far back letters count for the contact budget (R8): from there on all are looked at again
where new letters came, since these may tell who somebody is."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is new in a folder of sent mail, and how far it was read with that."""

    folder: MailFolder
    letters: tuple[SentLetter, ...]
    state: FolderState


def notice_drafts(account: MailAccount) -> Noticed | None:
    """Record the drafts that went out since the last time; None where sent mail is not read.

    It comes before new letters, so that an answer among them finds what it answers. Raises a
    MailAccountError.
    """
    folder = account.folders.filter(role="sent").order_by("pk").first()
    if folder is None or not account.reads_sent:
        return None
    before = FolderState(folder.name, folder.noted_uidvalidity, folder.noted_uid)
    try:
        letters, state = _headings(account, before, account.since_date)
    except (Refused, NotUnderstood):  # what cannot be noticed must not keep letters out
        return None
    _record(account, letters)
    return Noticed(folder, letters, state)


def notice_others(
    account: MailAccount, noticed: Noticed | None, *, is_new: bool, now: datetime
) -> None:
    """Record the other letters to people of applications, and how far the folder was read.

    `is_new` says that letters have come, which may tell of people who were strangers before.
    Raises a MailAccountError.
    """
    if noticed is None:
        return
    letters = noticed.letters
    if is_new and noticed.folder.noted_uid:
        afresh = FolderState(noticed.folder.name)
        since = (now - LOOKED_BACK).date()
        first = account.since_date
        letters, _state = _headings(account, afresh, max(since, first) if first else since)
    _record(account, letters)
    with transaction.atomic():
        keep_sent(owner=account.owner, letters=letters, now=now)
        folder = noticed.folder
        folder.noted_uidvalidity = noticed.state.uidvalidity
        folder.noted_uid = noticed.state.last_uid
        folder.save(update_fields=["noted_uidvalidity", "noted_uid"])


def _headings(
    account: MailAccount, before: FolderState, since: date | None
) -> tuple[tuple[SentLetter, ...], FolderState]:
    reached, password = account_to_fetch(account)
    raws, state = fetch_headings(reached, password, before, since=since)
    return tuple(one for raw in raws if (one := read_heading(raw)) is not None), state


def _record(account: MailAccount, letters: Sequence[SentLetter]) -> None:
    """Record drafts that are among the letters, with answers that came before they were."""
    for draft in keep_sent_drafts(owner=account.owner, letters=letters):
        connect_answers(account.owner, _letters_after(draft))


def _letters_after(draft: Draft) -> list[Letter]:
    if draft.touch is None:
        return []
    later = Letter.objects.filter(owner_id=draft.owner_id, sent_at__gt=draft.touch.at, answer=None)
    return list(later.select_related("source").order_by("sent_at"))
