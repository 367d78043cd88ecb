"""Mail accounts of an owner on the real Dovecot, as the pages make them."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.servers.dovecot import PASSWORD, Dovecot

from kindregards.sources.imap_hosts import Security
from kindregards.web.mail.services import Connection, add_account, ask_server, choose_folders
from kindregards.web.models import MailAccount, User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def clock() -> datetime:
    """The time in these tests."""
    return NOW


def an_account(
    owner: User,
    dovecot: Dovecot,
    user: str,
    *,
    port: int | None = None,
    security: Security = "none",
) -> MailAccount:
    """An account whose password was accepted and whose suggested folders are chosen."""
    where = Connection(user, "127.0.0.1", dovecot.plain, "none")
    account = add_account(
        owner=owner,
        address=f"{user}@home.example",
        where=where,
        password=PASSWORD,
        folders=ask_server(where, PASSWORD),
        now=NOW,
    )
    if port is not None:
        MailAccount.objects.filter(pk=account.pk).update(port=port)
        account.refresh_from_db()
    chosen = account.folders.filter(is_chosen=True).values_list("pk", flat=True)
    choose_folders(account=account, chosen=list(chosen), since=None, now=NOW)
    return account
