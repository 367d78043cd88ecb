"""A signed-in connection to the server that takes letters out, or a sentence why there is none.

It is encrypted and the server's certificate is verified; only to this computer itself may it be
plain. Whatever the server does, there is an end to it.
"""

from __future__ import annotations

import base64
import io
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from kindregards.sources.connection import (
    Account,
    InsideError,
    dialled,
    is_this_computer,
    trust_of,
)
from kindregards.sources.imap_hosts import sending_server_at
from kindregards.sources.smtp_errors import (
    SendingError,
    SmtpHostNotFound,
    SmtpNotEncrypted,
    SmtpNotOutside,
    SmtpNotReachable,
    SmtpNotUnderstood,
    SmtpNotVerified,
    SmtpPasswordsNotTaken,
    SmtpRefused,
    SmtpTookTooLong,
    SmtpWrongPassword,
)

PORTS_OUTSIDE = (465, 587)
"""The only ports that may be named where others use this computer to reach out."""
LARGEST_ANSWER = 64 * 1024
"""Bytes that a server may say in one connection; a talkative one says some hundreds."""
OUR_NAME = "[127.0.0.1]"
"""How this computer introduces itself; its own name is nobody's business."""


class SmtpClient(smtplib.SMTP):
    """smtplib's client, over a connection that was made here and whose answers have an end.

    Raises SmtpTookTooLong and SmtpNotUnderstood out of whatever it is asked.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self._left, self._ends = LARGEST_ANSWER, time.monotonic() + account.longest
        self._watched: io.BufferedReader | None = None
        try:
            super().__init__(account.host, account.port, OUR_NAME, account.patience)
        except BaseException:
            self.close()
            raise

    def _get_socket(self, _host: str, _port: int, _timeout: float) -> socket.socket:
        raw = dialled(self.account)
        if self.account.security != "tls":
            return raw
        try:
            return trust_of(self.account).wrap_socket(raw, server_hostname=self.account.host)
        except BaseException:
            raw.close()
            raise

    @property
    def file(self) -> io.BufferedReader | None:
        """What the server says."""
        return self._watched

    @file.setter
    def file(self, opened: io.BufferedReader | None) -> None:
        watched = opened and io.BufferedReader(_Watched(opened.detach(), self))
        self._watched = watched or None

    def take(self, count: int) -> None:
        """Count what came, which may be none yet. Raises where it is too much, or too late."""
        self._left -= count
        if self._left < 0:
            raise SmtpNotUnderstood(self.account.host)
        if time.monotonic() > self._ends:
            raise SmtpTookTooLong(self.account.host)

    def said(self, *words: str) -> tuple[int, str]:
        """What the server answers to a command: its number, and its words on one line."""
        code, answer = self.docmd(*words)
        return code, words_of(answer)


class _Watched(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, client: SmtpClient) -> None:
        self._raw, self._client = raw, client

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._client.take(0)
        try:
            count: int | None = self._raw.readinto(buffer)
        except TimeoutError as silence:  # smtplib would take it for a connection that was cut
            raise SmtpTookTooLong(self._client.account.host) from silence
        self._client.take(count or 0)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


@contextmanager
def signed_in(account: Account, password: str) -> Iterator[SmtpClient]:
    """A signed-in connection; what goes wrong inside is raised as a SendingError."""
    client = _connected(account)
    try:
        _sign_in(client, password)
        yield client
    except (OSError, ValueError) as problem:
        raise _told(account, problem) from problem
    finally:
        _close(client)


def _close(client: SmtpClient) -> None:
    """Say goodbye as far as the other side still listens, and let the connection go."""
    if client.sock is not None:
        with suppress(Exception):
            client.sock.settimeout(2)
            client.putcmd("quit")
    with suppress(Exception):
        client.close()


def _connected(account: Account) -> SmtpClient:
    if account.security == "none" and not is_this_computer(account.host):
        raise SmtpNotEncrypted(account.host)
    if account.outside_only and account.port not in PORTS_OUTSIDE:
        raise SmtpNotOutside(account.host)
    try:
        client = SmtpClient(account)
    except InsideError as failure:
        raise SmtpNotOutside(account.host) from failure
    except (OSError, ValueError) as failure:
        raise _told(account, failure) from failure
    try:
        _greet(client)
    except BaseException:
        _close(client)
        raise
    return client


def _greet(client: SmtpClient) -> None:
    """Introduce ourselves, over an encrypted line from here on."""
    account = client.account
    try:
        client.ehlo_or_helo_if_needed()
        if account.security == "starttls":
            if not client.has_extn("starttls"):
                raise SmtpNotEncrypted(account.host)
            _encrypt(client)
            client.ehlo_or_helo_if_needed()
    except (OSError, ValueError) as failure:
        raise _told(account, failure) from failure


def _encrypt(client: SmtpClient) -> None:
    try:
        client.starttls(context=trust_of(client.account))
    except smtplib.SMTPResponseException as refusal:
        raise SmtpNotEncrypted(client.account.host) from refusal


def _told(account: Account, problem: OSError | ValueError) -> SendingError:
    """What a problem on the way to the letter means; smtplib's own are OSErrors as well."""
    host = account.host
    match problem:
        case ssl.SSLCertVerificationError():
            return SmtpNotVerified(host, problem.verify_message)
        case ssl.SSLError():
            return SmtpNotEncrypted(host)
        case socket.gaierror():
            return SmtpHostNotFound(host)
        case TimeoutError():
            return SmtpTookTooLong(host)
        case smtplib.SMTPResponseException():
            return SmtpRefused(host, words_of(problem.smtp_error))
        case OSError():
            return SmtpNotReachable(host, account.port)
    return SmtpNotUnderstood(host)


# Signing in -----------------------------------------------------------------------------------


def _sign_in(client: SmtpClient, password: str) -> None:
    """Give name and password once, by one way: a second try may lock an account."""
    ways = client.esmtp_features.get("auth", "").upper().split()
    account = client.account
    if "PLAIN" in ways:
        secret = _in_base64(f"\0{account.user}\0{password}")
        code, words = client.said("AUTH", f"PLAIN {secret}")
    elif "LOGIN" in ways:
        code, words = client.said("AUTH", f"LOGIN {_in_base64(account.user)}")
        if code == 334:
            code, words = client.said(_in_base64(password))
    else:
        raise SmtpPasswordsNotTaken(account.host)
    if code in (534, 535):
        server = sending_server_at(account.host, account.port)
        raise SmtpWrongPassword(account.user, server.hint if server else "")
    if code != 235:
        raise SmtpRefused(account.host, words)


def _in_base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii")


def words_of(answer: bytes | str) -> str:
    """What the server said, on one line, at most 200 characters."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return re.sub(r"[^\x20-\x7e\xa0-\U0010ffff]+", " ", " ".join(text.split()))[:200]
