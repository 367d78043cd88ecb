"""A signed-in connection to a mail server, or a sentence that says why there is none.

The only module of the sources that opens connections. They are encrypted and the server's
certificate is verified; only to this computer itself may one be plain.
"""

from __future__ import annotations

import imaplib
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxLoginError

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
from kindregards.sources.imap_hosts import Security, server_at

PATIENCE = 60.0
"""Seconds to wait for a server that says nothing."""
LONGEST_ANSWER = 900.0
"""Seconds that the answer to one question may take, however steadily it comes."""
PORTS_OUTSIDE = (143, 993)
"""The only ports that may be named where others use this computer to reach out."""


@dataclass(frozen=True, slots=True)
class Account:
    """How to reach a mail account; the password is handed over beside it and never kept here.

    `ca_file` names the certificate of a server that only its owner vouches for. With
    `outside_only`, a host that lies in this computer's own network is refused: for a server that
    many people use. `patience` is how many seconds a server may say nothing, `longest` how many
    one answer may take.
    """

    host: str
    port: int
    user: str
    security: Security = "tls"
    ca_file: Path | None = None
    outside_only: bool = False
    patience: float = PATIENCE
    longest: float = LONGEST_ANSWER


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
    if account.security == "none" and not _on_this_computer(account.host):
        raise NotEncrypted(account.host)
    if account.outside_only and account.port not in PORTS_OUTSIDE:
        raise NotOutside(account.host)
    try:
        return _Box(account)
    except MailAccountError:
        raise
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
                client.starttls(_trust(account))
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
        return _dialled(self._account)


class _Encrypted(Bounded, imaplib.IMAP4_SSL):  # type: ignore[misc]  # `file` is watched there
    def __init__(self, account: Account) -> None:
        self._account = account
        self.bound_by(account.host, account.longest)
        super().__init__(
            account.host, account.port, ssl_context=_trust(account), timeout=account.patience
        )

    def _create_socket(self, timeout: float | None) -> socket.socket:
        raw = _dialled(self._account)
        try:
            return _trust(self._account).wrap_socket(raw, server_hostname=self._account.host)
        except BaseException:
            raw.close()
            raise


def _dialled(account: Account) -> socket.socket:
    """A connection to one of the host's addresses.

    Each address is looked at before it is dialled, and exactly that one is dialled: a name could
    mean another machine the next time it is asked for. Raises NotOutside, OSError.
    """
    found = socket.getaddrinfo(account.host, account.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(where[0]) for *_kind, where in found))
    if account.outside_only and not all(is_outside(address) for address in addresses):
        raise NotOutside(account.host)
    failure: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, account.port), account.patience)
        except OSError as problem:
            failure = problem
    raise failure


def is_outside(address: str) -> bool:
    """Whether an IP address is one of the open Internet: no loopback, no private network.

    Addresses that carry another one inside (mapped, 6to4, Teredo, NAT64) are judged by it too.
    """
    try:
        given = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_open, (given, *_carried(given))))


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that was ever given out (RFC 4291); the rest carries IPv4 or stays inside."""
_OF_NETWORKS = ipaddress.IPv4Network("192.0.0.0/24")
"""For the inside of networks (RFC 6890), which Python takes for open in part."""


def _is_open(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        known = address not in _OF_NETWORKS
    else:
        known = any(address in one for one in (_UNICAST, _NAT64, _MAPPED))
    return known and address.is_global and not address.is_multicast


def _carried(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in carried if one is not None]


def _trust(account: Account) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=account.ca_file)


def _on_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


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
