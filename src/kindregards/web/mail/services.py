"""Adding, changing and removing mail accounts, and keeping how far they were read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from kindregards.sources.imap import Account, Folder, FolderState, folders_of
from kindregards.sources.imap_errors import MailAccountError
from kindregards.sources.imap_hosts import Security
from kindregards.web.mail.passwords import forget_password, keep_password, password_of
from kindregards.web.models import (
    ImportRun,
    LeftOut,
    MailAccount,
    MailFolder,
    SendingServer,
    User,
)
from kindregards.web.models.mail_account import GIVEN_UP_AFTER

FETCHED_EVERY = timedelta(hours=1)
PATIENCE_OF_A_PAGE = 20.0
"""Seconds that somebody in front of a page waits for a server."""
IN_ACCOUNTS = "imap:"
"""How the place of a message begins that was left out of a mail account."""
GIVE_IT_AGAIN = (
    "The password for {user} cannot be read on this computer any more. Give it again, and the "
    "account goes on where it was."
)


@dataclass(frozen=True, slots=True)
class Connection:
    """Where an account's server is, as the person gave it."""

    user: str
    host: str
    port: int
    security: Security


def ask_server(
    where: Connection, password: str, *, patience: float = PATIENCE_OF_A_PAGE
) -> tuple[Folder, ...]:
    """The folders that the server lists for this name. Raises a MailAccountError."""
    return folders_of(reached_soon(where, patience), password)


def reached_soon(where: Connection, patience: float = PATIENCE_OF_A_PAGE) -> Account:
    """How a server is reached while somebody waits in front of a page."""
    return replace(_reached(where, patience), longest=patience * 3)


def account_to_fetch(account: MailAccount) -> tuple[Account, str]:
    """How the account is reached, and its password. Raises a MailAccountError without one."""
    password = password_of(account)
    if password is None:
        raise MailAccountError(GIVE_IT_AGAIN.format(user=account.user))
    return _reached(connection_of(account)), password


def connection_of(account: MailAccount) -> Connection:
    """Where the server of an account is."""
    security: Security = account.security  # type: ignore[assignment]  # a constraint keeps it so
    return Connection(account.user, account.host, account.port, security)


def _reached(where: Connection, patience: float = 60.0) -> Account:
    return Account(
        where.host,
        where.port,
        where.user,
        where.security,
        ca_file=Path(settings.MAIL_CA_FILE) if settings.MAIL_CA_FILE else None,
        outside_only=not settings.MAIL_INSIDE_IS_OPEN,
        patience=patience,
    )


# What the person decides ----------------------------------------------------------------------


@transaction.atomic
def add_account(
    *,
    owner: User,
    address: str,
    where: Connection,
    password: str,
    folders: Sequence[Folder],
    now: datetime,
) -> MailAccount:
    """Keep an account whose password was accepted. The same name and server is the same account."""
    account, _made = MailAccount.objects.get_or_create(
        owner=owner,
        user=where.user,
        host=where.host,
        defaults={
            "address": address,
            "port": where.port,
            "security": where.security,
            "added_at": now,
        },
    )
    change_connection(account=account, where=where, password=password, folders=folders, now=now)
    return account


@transaction.atomic
def change_connection(
    *,
    account: MailAccount,
    where: Connection,
    password: str,
    folders: Sequence[Folder],
    now: datetime,
) -> None:
    """Keep another server or password of an account, once the server has accepted it."""
    account.user, account.host = where.user, where.host
    account.port, account.security = where.port, where.security
    account.trouble, account.needs_person = "", False
    account.next_at = now if account.begun_at else None
    keep_password(account=account, password=password)
    keep_folders(account=account, found=folders)


@transaction.atomic
def keep_folders(*, account: MailAccount, found: Sequence[Folder]) -> None:
    """Keep the folders as the server lists them now; a chosen one stays though it is gone."""
    there = {folder.name: folder for folder in account.folders.all()}
    for one in found:
        if len(one.name) > 1000:
            continue
        folder = there.pop(one.name, None) or MailFolder(
            owner_id=account.owner_id,
            account=account,
            name=one.name,
            is_chosen=one.suggested and account.begun_at is None,
        )
        folder.role, folder.messages = one.role, one.messages
        folder.save()
    account.folders.filter(name__in=there, is_chosen=False).delete()


@transaction.atomic
def choose_folders(
    *,
    account: MailAccount,
    chosen: Collection[int],
    since: date | None,
    reads_sent: bool = True,
    now: datetime,
) -> None:
    """Keep which folders are read and from which day on; the account is due at once."""
    account.folders.update(is_chosen=False, noted_uid=0)  # another first day brings others
    account.folders.filter(pk__in=chosen).update(is_chosen=True)
    account.since_date, account.reads_sent = since, reads_sent
    account.begun_at = account.begun_at or now
    account.next_at = now
    account.save(update_fields=["since_date", "reads_sent", "begun_at", "next_at"])


def pause_account(*, account: MailAccount) -> None:
    """Fetch no more by itself until it is resumed."""
    account.is_paused = True
    account.save(update_fields=["is_paused"])


def resume_account(*, account: MailAccount, now: datetime) -> None:
    """Fetch by itself again, first at once."""
    account.is_paused, account.needs_person, account.next_at = False, False, now
    account.save(update_fields=["is_paused", "needs_person", "next_at"])


def fetch_soon(*, account: MailAccount, now: datetime) -> None:
    """Let the next fetch begin at once, also after one that waited for the person."""
    account.needs_person, account.next_at = False, now
    account.save(update_fields=["needs_person", "next_at"])


@transaction.atomic
def remove_account(*, account: MailAccount) -> None:
    """Forget an account, its password and what was left out of it. Its letters stay."""
    forget_password(account=account)
    for server in SendingServer.objects.filter(account=account):
        forget_password(account=server)
    LeftOut.objects.filter(
        owner_id=account.owner_id, file__startswith=f"{IN_ACCOUNTS}{account.pk}:"
    ).delete()
    account.delete()


# What a fetch keeps ---------------------------------------------------------------------------


def claim_account(*, account: MailAccount, now: datetime) -> bool:
    """Whether this fetch may begin; of several at once, one may."""
    free = Q(busy_at=None) | Q(busy_at__lt=now - GIVEN_UP_AFTER)
    begins = {"busy_at": now, "busy_since_at": now, "done_count": 0, "of_count": 0}
    return bool(MailAccount.objects.filter(free, pk=account.pk).update(**begins))


def release_account(*, account: MailAccount) -> None:
    """Let another fetch begin at once, after one that was stopped."""
    MailAccount.objects.filter(pk=account.pk).update(busy_at=None)


def left_out_at(account: MailAccount, state: FolderState) -> str:
    """Where a message of a folder stands, for the list of what was left out."""
    return f"{IN_ACCOUNTS}{account.pk}:{state.uidvalidity}:{state.folder}"


def keep_states(
    *,
    account: MailAccount,
    run: ImportRun,
    states: Collection[FolderState],
    new_letters: int,
    done: int,
    of: int,
    now: datetime,
) -> None:
    """Keep how far folders were read, in the transaction that keeps their letters.

    Call it before what was left out of them is kept.
    """
    for folder in account.folders.filter(name__in=[state.folder for state in states]):
        state = next(one for one in states if one.folder == folder.name)
        if (folder.uidvalidity, folder.since_date) != (state.uidvalidity, state.since):
            _forget_left_out(account, folder)  # gone through anew, so it is told anew
        folder.uidvalidity, folder.last_uid = state.uidvalidity, state.last_uid
        folder.since_date = state.since
        folder.save(update_fields=["uidvalidity", "last_uid", "since_date"])
    MailAccount.objects.filter(pk=account.pk).update(
        busy_at=now,
        run=run,
        letter_count=F("letter_count") + new_letters,
        done_count=done,
        of_count=of,
    )


def _forget_left_out(account: MailAccount, folder: MailFolder) -> None:
    before = FolderState(folder.name, folder.uidvalidity)
    LeftOut.objects.filter(owner_id=account.owner_id, file=left_out_at(account, before)).delete()


def is_still_wanted(account: MailAccount) -> bool:
    """Whether a fetch that is under way may go on: neither paused nor removed meanwhile."""
    return MailAccount.objects.filter(pk=account.pk, is_paused=False).exists()


def states_of(account: MailAccount) -> list[FolderState]:
    """How far the chosen folders of an account were read."""
    return [
        FolderState(folder.name, folder.uidvalidity, folder.last_uid, folder.since_date)
        for folder in account.folders.filter(is_chosen=True).order_by("pk")
    ]


def end_fetch(
    *, account: MailAccount, now: datetime, trouble: MailAccountError | None = None
) -> None:
    """Let the account rest until it is due again, with the sentence that says what went wrong."""
    ended = {
        "busy_at": None,
        "next_at": now + FETCHED_EVERY,
        "trouble": str(trouble) if trouble else "",
        "needs_person": bool(trouble and trouble.needs_person),
    }
    if trouble is None:
        ended["fetched_at"] = now
    MailAccount.objects.filter(pk=account.pk).update(**ended)
    account.refresh_from_db()
