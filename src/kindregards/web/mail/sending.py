"""Setting up the server that takes letters out, and reaching mailboxes to put letters there."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from kindregards.sources.connection import Account
from kindregards.sources.imap_hosts import Security
from kindregards.sources.smtp import check_sign_in
from kindregards.sources.smtp_errors import NOT_SENT, SendingError
from kindregards.web.mail.passwords import forget_password, keep_password, password_of
from kindregards.web.mail.services import Connection, account_to_fetch, reached_soon
from kindregards.web.models import MailAccount, SendingServer, User

PATIENCE = 30.0
"""Seconds that a server may say nothing while a letter goes out; some look it over for long."""


def ask_sending_server(where: Connection, password: str) -> None:
    """Sign in to a server that takes letters out, and leave again. Raises a SendingError."""
    check_sign_in(reached_soon(where), password)


@transaction.atomic
def set_up_sending(
    *, account: MailAccount, where: Connection, password: str, keeps_copy: bool
) -> SendingServer:
    """Keep the server that takes out an account's letters, once it has let the person in."""
    server = SendingServer.objects.filter(account=account).first() or SendingServer(
        owner_id=account.owner_id, account=account
    )
    server.user, server.host = where.user, where.host
    server.port, server.security = where.port, where.security
    server.keeps_copy = keeps_copy
    keep_password(account=server, password=password)
    return server


@transaction.atomic
def stop_sending(*, account: MailAccount) -> None:
    """Forget the server that takes letters out, and its password."""
    for server in SendingServer.objects.filter(account=account):
        forget_password(account=server)
        server.delete()


def server_to_send_with(server: SendingServer) -> tuple[Account, str]:
    """How the server is reached, and the password there. Raises a SendingError without one."""
    password = password_of(server)
    if password is None:
        raise SendingError(
            f"{NOT_SENT} The password for {server.user} cannot be read on this computer any more. "
            "Give it again under Settings, Mail accounts."
        )
    security: Security = server.security  # type: ignore[assignment]  # a constraint keeps it so
    where = Connection(server.user, server.host, server.port, security)
    return reached_soon(where, PATIENCE), password


def mailbox_to_write_to(account: MailAccount) -> tuple[Account, str]:
    """How the mailbox is reached while somebody waits. Raises a MailAccountError."""
    reached, password = account_to_fetch(account)
    where = Connection(reached.user, reached.host, reached.port, reached.security)
    return reached_soon(where), password


def accounts_that_send(owner: User) -> list[MailAccount]:
    """The accounts from which a letter can go: by their server, or into their drafts."""
    ready = ~Q(sending_server=None) | Q(begun_at__isnull=False)
    found = MailAccount.objects.filter(ready, owner=owner).select_related("sending_server")
    in_order = found.order_by("added_at", "pk")
    return sorted(in_order, key=lambda account: not hasattr(account, "sending_server"))
