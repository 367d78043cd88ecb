"""A real SMTP server on this computer that takes letters in, or refuses them as servers do."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from tests.servers.dovecot import PASSWORD, free_port

REFUSED = "nobody@brackwater.example"
"""The address that the server takes no letters to."""


@dataclass
class Postbox:
    """A server that is running, with the letters it took and the words it was given."""

    port: int
    taken: list[Envelope] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    says_after_letter: str = "250 Message accepted for delivery"

    async def handle_RCPT(
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address == REFUSED:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:
        if self.says_after_letter.startswith("250"):
            self.taken.append(envelope)
        return self.says_after_letter

    def admit(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: Any
    ) -> AuthResult:
        """Whether name and password let in."""
        assert isinstance(given, LoginPassword)
        self.signed_in.append(given.login.decode())
        return AuthResult(success=given.password.decode() == PASSWORD, handled=False)


@contextmanager
def postbox(
    certificate: Path | None = None, *, from_the_start: bool = False, **more: Any
) -> Iterator[Postbox]:
    """A server: plain, by STARTTLS with a certificate, or encrypted from the start.

    The certificate's file has its key beside it.
    """
    box = Postbox(free_port())
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    settings: dict[str, Any] = {
        "authenticator": box.admit,
        "auth_require_tls": context is not None and not from_the_start,
        "hostname": "127.0.0.1",
        "port": box.port,
        "server_hostname": "postbox.example",
    }
    if from_the_start:
        settings["ssl_context"] = context
    elif context is not None:
        settings["tls_context"] = context
    controller = Controller(box, **settings | more)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
