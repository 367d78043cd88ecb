"""What can go wrong between here and a mail account; each says a sentence for the person."""

from __future__ import annotations


class MailAccountError(Exception):
    """An account could not be read; the message says why and what to do."""


class HostNotFound(MailAccountError):
    """There is no server of that name."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"No server called {host} was found. Look for its name in the help pages of your mail "
            "provider, under IMAP, and check that this computer is online."
        )


class NotReachable(MailAccountError):
    """The server is known but does not answer."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"{host} does not answer on port {port}. It may be down for a while; if it stays so, "
            "look for the port in the help pages of your mail provider."
        )


class NotVerified(MailAccountError):
    """The server could not show that it is the one it says it is."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(
            f"{host} could not show that it is the server you mean ({reason}), so nothing was "
            "sent to it, your password neither. Check the name; on a network that asks you to "
            "sign in first, do that and try again."
        )


class NotEncrypted(MailAccountError):
    """The connection would not be, or could not be, encrypted."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"The connection to {host} could not be encrypted, so your password was not sent. "
            "Choose TLS and port 993, which nearly every provider has."
        )


class WrongPassword(MailAccountError):
    """The server does not let this name in with this password."""

    def __init__(self, user: str, hint: str = "") -> None:
        advice = hint or (
            "Many providers want a password made for this one program (an app password) or IMAP "
            "switched on first; both are in their settings on the web, under security."
        )
        super().__init__(f"The password for {user} was not accepted. {advice}")


class Refused(MailAccountError):
    """The server understood and said no; its own words are told."""

    def __init__(self, host: str, words: str) -> None:
        told = f": “{words}”" if words else ""
        super().__init__(f"{host} would not go on{told}. Try again in some minutes.")


class ConnectionCut(MailAccountError):
    """The connection ended in the middle; what came before it is kept."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"The connection to {host} broke off. What had come by then is kept, and the next "
            "time goes on from there."
        )
