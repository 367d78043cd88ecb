"""One letter out by the person's own mail server: sent, not sent, or nobody can tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kindregards.sources.connection import Account
from kindregards.sources.smtp_connection import SmtpClient, signed_in, words_of
from kindregards.sources.smtp_errors import (
    MaybeSent,
    RecipientRefused,
    SendingError,
    SmtpRefused,
    StoppedElsewhere,
)


@dataclass(frozen=True, slots=True)
class Post:
    """A letter as it goes out: its bytes, who sends it, and to whom; bare addresses."""

    raw: bytes
    sender: str
    recipient: str


def check_sign_in(account: Account, password: str) -> None:
    """Sign in and leave again. Raises a SendingError."""
    with signed_in(account, password):
        pass


def send(account: Account, password: str, post: Post, *, may_leave: Callable[[], bool]) -> None:
    """Hand the letter to the server, which has taken it when this returns.

    `may_leave` is asked last thing before the letter's bytes go: whoever keeps book can note there
    that from now on it may be out, or stop it. Raises MaybeSent where the bytes went and no answer
    came, and another SendingError where the letter is certain not to be out. It is given once;
    nothing here tries again.
    """
    with signed_in(account, password) as client:
        _address(client, post)
        if not may_leave():
            raise StoppedElsewhere
        code, words = client.said("DATA")
        if code != 354:
            raise SmtpRefused(account.host, words)
        _hand_over(client, post.raw)


def _address(client: SmtpClient, post: Post) -> None:
    host = client.account.host
    code, words = client.said("MAIL", f"FROM:<{post.sender}>")
    if code != 250:
        raise SmtpRefused(host, words)
    code, words = client.said("RCPT", f"TO:<{post.recipient}>")
    if code not in (250, 251):
        raise RecipientRefused(host, post.recipient, words)


def _hand_over(client: SmtpClient, raw: bytes) -> None:
    """Give the bytes; from the first one on only the server's own word tells what came of them."""
    host = client.account.host
    try:
        client.send(_dotted(raw))
        code, answer = client.getreply()
    except (SendingError, OSError, ValueError) as silence:
        raise MaybeSent(host) from silence
    if code == -1:
        raise MaybeSent(host)
    if code // 100 != 2:
        raise SmtpRefused(host, words_of(answer))


def _dotted(raw: bytes) -> bytes:
    """The bytes as RFC 5321 wants them: CRLF, a dot doubled where it begins a line, one to end."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    stuffed = (b"." + line if line.startswith(b".") else line for line in lines)
    return b"\r\n".join(stuffed) + b"\r\n.\r\n"
