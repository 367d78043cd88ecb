"""What can go wrong between here and the server that takes letters out; each says a sentence.

Every sentence says whether the letter went out: that is what the person has to know.
"""

from __future__ import annotations

NOT_SENT = "The letter was not sent."


class SendingError(Exception):
    """The letter did not go out; the message says why and what to do."""


class MaybeSent(SendingError):
    """The server had the whole letter and did not say what it did with it."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} was given the letter and then said nothing more, so it may have been sent, "
            "or not."
        )


class SmtpHostNotFound(SendingError):
    """There is no server of that name, or this computer is not online."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{NOT_SENT} No server called {host} was found. Look for its name in the help pages of "
            "your mail provider, under SMTP, and check that this computer is online."
        )


class SmtpNotReachable(SendingError):
    """The server is known but does not answer, or broke off before it had the letter."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"{NOT_SENT} {host} does not answer on port {port}, or broke off. It may be down for a "
            "while; if it stays so, look for the port in the help pages of your mail provider."
        )


class SmtpTookTooLong(SendingError):
    """The server was reached, and said nothing for long before it had the letter."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{NOT_SENT} {host} took too long to answer and never had it. Try again in some "
            "minutes."
        )


class SmtpNotVerified(SendingError):
    """The server could not show that it is the one it says it is."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(
            f"{NOT_SENT} {host} could not show that it is the server you mean ({reason}), so it "
            "was given nothing, your password neither. Check the name; on a network that asks you "
            "to sign in first, do that and try again."
        )


class SmtpNotEncrypted(SendingError):
    """The connection would not be, or could not be, encrypted."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{NOT_SENT} The connection to {host} could not be encrypted, so it was given nothing, "
            "your password neither. Choose TLS and port 465, or STARTTLS and port 587; nearly "
            "every provider has one of them."
        )


class SmtpNotOutside(SendingError):
    """The name leads into the network of the computer that asks, where others have no business."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{NOT_SENT} {host} is no mail server that can be reached from here: only servers of "
            "the open Internet, on port 465 or 587, are asked."
        )


class SmtpWrongPassword(SendingError):
    """The server does not let this name in with this password."""

    def __init__(self, user: str, hint: str = "") -> None:
        advice = hint or (
            "Many providers want a password made for this one program (an app password); it is in "
            "their settings on the web, under security."
        )
        super().__init__(f"{NOT_SENT} The password for {user} was not accepted. {advice}")


class SmtpPasswordsNotTaken(SendingError):
    """The server takes no password on this port, or from other programs at all."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{NOT_SENT} {host} takes no password here. Your provider may want another port, or "
            "let other programs in by its own sign-in page alone; then take the letter along by "
            "your mail program."
        )


class SmtpRefused(SendingError):
    """The server understood and said no; its own words are told."""

    def __init__(self, host: str, words: str) -> None:
        told = f": “{words}”" if words else ""
        super().__init__(f"{NOT_SENT} {host} would not take it{told}.")


class RecipientRefused(SendingError):
    """The server takes no letters to this address; its own words are told."""

    def __init__(self, host: str, address: str, words: str) -> None:
        told = f": “{words}”" if words else ""
        super().__init__(
            f"{NOT_SENT} {host} takes no letters to {address}{told}. Look whether the address is "
            "written right."
        )


class SmtpNotUnderstood(SendingError):
    """What answers is no mail server, or one that does not keep to the rules."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{NOT_SENT} {host} answers in a way that cannot be understood as mail. Check its name "
            "and its port."
        )


class StoppedElsewhere(SendingError):
    """Somebody else took the attempt over before the letter left, so it did not leave."""

    def __init__(self) -> None:
        super().__init__(f"{NOT_SENT} The attempt took so long that it was given up.")
