"""A signed-in connection to an IMAP server, or a sentence that says why there is none.

It is encrypted and the server's certificate is verified; only to this computer itself may it be
plain.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxLoginError

from kindregards.sources.connection import Account as Account
from kindregards.sources.connection import InsideError, dialled, is_this_computer, trust_of
from kindregards.sources.imap_bounds import Bounded
from kindregards.sources.imap_errors import (
    AppPasswordWanted,
    ConnectionCut,
    HostNotFound,
    ImapSwitchedOff,
    MailAccountError,
    NotEncrypted,
    NotOutside,
    NotReachable,
    NotUnderstood,
    NotVerified,
    PasswordsNotTaken,
    Refused,
    TookTooLong,
    WrongPassword,
)
from kindregards.sources.imap_hosts import server_at

PORTS_OUTSIDE = (143, 993)
"""The only ports that may be named where others use this computer to reach out."""


@contextmanager
def opened(account: Account, password: str) -> Iterator[BaseMailBox]:
    """A signed-in connection; what goes wrong inside is raised as a MailAccountError."""
    box = _connected(account)
    try:
        _sign_in(box, account, password)
        yield box
    except TimeoutError as silence:
        raise TookTooLong(account.host) from silence
    except (imaplib.IMAP4.abort, OSError) as cut:
        raise ConnectionCut(account.host) from cut
    except (imaplib.IMAP4.error, ImapToolsError) as refusal:
        raise Refused(account.host, _words_of(refusal)) from refusal
    except ValueError as nonsense:  # numbers and names that are none
        raise NotUnderstood(account.host) from nonsense
    finally:
        _close(box)


def _close(box: BaseMailBox) -> None:
    """Say goodbye as far as the other side still listens, and let the connection go."""
    with suppress(Exception):  # it may be cut already, and there is nothing more to say
        box.logout()
    with suppress(OSError):
        box.client.shutdown()


def _connected(account: Account) -> BaseMailBox:
    if account.security == "none" and not is_this_computer(account.host):
        raise NotEncrypted(account.host)
    if account.outside_only and account.port not in PORTS_OUTSIDE:
        raise NotOutside(account.host)
    try:
        return _Box(account)
    except MailAccountError:
        raise
    except InsideError as failure:
        raise NotOutside(account.host) from failure
    except ssl.SSLCertVerificationError as failure:
        raise NotVerified(account.host, failure.verify_message) from failure
    except socket.gaierror as failure:
        raise HostNotFound(account.host) from failure
    except TimeoutError as failure:
        raise TookTooLong(account.host) from failure
    except (ssl.SSLError, imaplib.IMAP4.error, ImapToolsError) as failure:
        raise NotEncrypted(account.host) from failure
    except (OSError, UnicodeError) as failure:
        raise NotReachable(account.host, account.port) from failure


class _Box(BaseMailBox):
    """imap-tools' mailbox over a connection that was made here."""

    def __init__(self, account: Account) -> None:
        self._account = account
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        account = self._account
        if account.security == "tls":
            return _Encrypted(account)
        client = _Plain(account)
        if account.security == "starttls":
            try:
                client.starttls(trust_of(account))
            except BaseException:
                with suppress(OSError):
                    client.shutdown()
                raise
        return client


class _Plain(Bounded, imaplib.IMAP4):  # type: ignore[misc]  # `file` is watched there
    def __init__(self, account: Account) -> None:
        self._account = account
        self.bound_by(account.host, account.longest)
        super().__init__(account.host, account.port, account.patience)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return dialled(self._account)


class _Encrypted(Bounded, imaplib.IMAP4_SSL):  # type: ignore[misc]  # `file` is watched there
    def __init__(self, account: Account) -> None:
        self._account = account
        self.bound_by(account.host, account.longest)
        super().__init__(
            account.host, account.port, ssl_context=trust_of(account), timeout=account.patience
        )

    def _create_socket(self, timeout: float | None) -> socket.socket:
        raw = dialled(self._account)
        try:
            return trust_of(self._account).wrap_socket(raw, server_hostname=self._account.host)
        except BaseException:
            raw.close()
            raise


# Signing in -----------------------------------------------------------------------------------

_TRY_LATER = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|CONTACTADMIN|SERVERBUG)\]")
_SAYS_OFF = re.compile(
    r"(?i)\b(?:not enabled|disabled|deactivated|switched off|turned off|deaktiviert|désactivé"
    r"|nicht (?:aktiv|freigesch)\w*)\b"
)
_SAYS_APP = re.compile(r"(?i)\bapp(?:lication)?[- ](?:specific )?password|\bapp-passw")
_SAYS_NO_PASSWORDS = re.compile(r"(?i)basic ?auth\w* is (?:disabled|blocked)|BasicAuthBlocked")


def _sign_in(box: BaseMailBox, account: Account, password: str) -> None:
    both = account.user + password
    # LOGIN has no way to write other characters, and a line end would begin another command.
    sign_in = box.login if both.isascii() and both.isprintable() else box.login_utf8
    try:
        sign_in(account.user, password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as refusal:
        told = _explained(account, _words_of(refusal))
        if told is None:
            raise
        raise told from refusal


def _explained(account: Account, words: str) -> MailAccountError | None:
    """What the server's words mean; None where it only wants to be asked later.

    Servers have no common words for it, so where they say nothing it is the password.
    """
    server = server_at(account.host, account.port)
    hint = server.hint if server else ""
    if _SAYS_NO_PASSWORDS.search(words) or (server and not server.lets_in):
        return PasswordsNotTaken(account.host)
    if _SAYS_APP.search(words):
        return AppPasswordWanted(account.user, hint)
    if re.search(r"(?i)\bIMAP\b", words) and _SAYS_OFF.search(words):
        return ImapSwitchedOff(account.host, hint)
    return None if _TRY_LATER.search(words) else WrongPassword(account.user, hint)


def _words_of(refusal: Exception) -> str:
    """What the server said, on one line, at most 200 characters."""
    result = getattr(refusal, "command_result", None)
    said: Any = result[1][0] if result and len(result) > 1 and result[1] else str(refusal)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())[:200]
