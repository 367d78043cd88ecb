"""What can go wrong between here and a mail account; each says a sentence for the person."""

from __future__ import annotations


class MailAccountError(Exception):
    """An account could not be read; the message says why and what to do.

    `needs_person` is whether only the person can mend it: trying again would change nothing, and
    some providers lock an account after many tries.
    """

    needs_person = True


class HostNotFound(MailAccountError):
    """There is no server of that name, or this computer is not online."""

    needs_person = False

    def __init__(self, host: str) -> None:
        super().__init__(
            f"No server called {host} was found. Look for its name in the help pages of your mail "
            "provider, under IMAP, and check that this computer is online."
        )


class NotReachable(MailAccountError):
    """The server is known but does not answer."""

    needs_person = False

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


class NotOutside(MailAccountError):
    """The name leads into the network of the computer that asks, where others have no business."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} is no mail server that can be reached from here: only servers of the open "
            "Internet, on port 993 or 143, are asked."
        )


class TookTooLong(MailAccountError):
    """The server was reached and then said nothing for long."""

    needs_person = False

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} took too long to answer. It may be busy, or the network slow; what had come "
            "by then is kept. Try again in some minutes."
        )


class WrongPassword(MailAccountError):
    """The server does not let this name in with this password."""

    def __init__(self, user: str, hint: str = "") -> None:
        advice = hint or (
            "Many providers want a password made for this one program (an app password) or IMAP "
            "switched on first; both are in their settings on the web, under security."
        )
        super().__init__(f"The password for {user} was not accepted. {advice}")


class AppPasswordWanted(MailAccountError):
    """The server says that it wants an app password."""

    def __init__(self, user: str, hint: str = "") -> None:
        advice = hint or (
            "Make one in the settings of your mail provider on the web, mostly under security, and "
            "give that here instead of the password you sign in with."
        )
        super().__init__(f"A password made for this one program is wanted for {user}. {advice}")


class PasswordsNotTaken(MailAccountError):
    """The provider lets other programs in by its own sign-in page alone."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} does not let other programs in with a password any more, and no password "
            "would help. Export your mail there and give the file here, or save the letters that "
            "matter one by one."
        )


class ImapSwitchedOff(MailAccountError):
    """The account is right, but the provider has IMAP switched off for it."""

    def __init__(self, host: str, hint: str = "") -> None:
        advice = hint or (
            "Switch it on in the settings of your mail provider on the web, under IMAP or other "
            "mail programs, and try again."
        )
        super().__init__(f"{host} says that IMAP is switched off for this account. {advice}")


class Refused(MailAccountError):
    """The server understood and said no; its own words are told."""

    needs_person = False

    def __init__(self, host: str, words: str) -> None:
        told = f": “{words}”" if words else ""
        super().__init__(f"{host} would not go on{told}. Try again in some minutes.")


class ConnectionCut(MailAccountError):
    """The connection ended in the middle; what came before it is kept."""

    needs_person = False

    def __init__(self, host: str) -> None:
        super().__init__(
            f"The connection to {host} broke off. What had come by then is kept, and the next "
            "time goes on from there."
        )


class NotUnderstood(MailAccountError):
    """What answers is no mail server, or one that does not keep to the rules."""

    needs_person = False

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} answers in a way that cannot be understood as mail. What had come by then is "
            "kept. If it stays so, save the letters in your mail program and give them as files."
        )
