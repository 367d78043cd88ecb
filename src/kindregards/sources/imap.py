"""Mail from an IMAP account: read only, going on where the last time ended, marking nothing.

The only module of the sources that opens connections. They are encrypted and the server's
certificate is verified; only to this computer itself may one be plain.
"""

from __future__ import annotations

import imaplib
import ipaddress
import re
import socket
import ssl
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, U
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from kindregards.sources.imap_errors import (
    ConnectionCut,
    HostNotFound,
    NotEncrypted,
    NotReachable,
    NotVerified,
    Refused,
    WrongPassword,
)
from kindregards.sources.imap_hosts import Security, server_for
from kindregards.sources.source import CUT_AT, Source

PATIENCE = 60.0
"""Seconds to wait for a server that says nothing."""
BATCH = 200
FIRST_LOOK = 65_536
"""Bytes of each message fetched at first: all of most letters, and little of large attachments."""


@dataclass(frozen=True, slots=True)
class Account:
    """How to reach a mail account; the password is handed over beside it and never kept here.

    `ca_file` names the certificate of a server that only its owner vouches for.
    """

    host: str
    port: int
    user: str
    security: Security = "tls"
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """A mail folder: its name, what it is for (inbox, all, junk, …), whether to begin with it."""

    name: str
    role: str = ""
    suggested: bool = True


@dataclass(frozen=True, slots=True)
class FolderState:
    """How far a folder was read: to be kept, and given again the next time.

    Messages up to `last_uid` have come, as numbered under `uidvalidity`, from the day `since` on.
    """

    folder: str
    uidvalidity: int = 0
    last_uid: int = 0
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message (or a folder that cannot be read), and the state once it is taken in.

    `done` of `of` messages of all folders have come with this one.
    """

    source: Source
    state: FolderState
    done: int
    of: int


def folders_of(account: Account, password: str) -> tuple[Folder, ...]:
    """The folders of an account, those suggested that hold received mail, each message once.

    Raises a MailAccountError.
    """
    with _opened(account, password) as box:
        listed = [(one.name, tuple(one.flags)) for one in box.folder.list()]
    found = [
        Folder(name, _role(name, flags))
        for name, flags in listed
        if not {flag.lower() for flag in flags} & {"\\noselect", "\\nonexistent"}
    ]
    everything = any(one.role == "all" for one in found)
    return tuple(replace(one, suggested=_suggested(one.role, everything)) for one in found)


def fetch(
    account: Account,
    password: str,
    folders: Sequence[str],
    *,
    since: date | None = None,
    states: Sequence[FolderState] = (),
    wanted: Callable[[bytes], bool] = lambda beginning: True,
) -> Generator[Fetched, None, None]:
    """The messages of the folders that are newer than the states say, oldest first.

    A message longer than 64 KB comes whole (or its first 3 MB) only where `wanted` says so of
    its beginning. Keep each state after its message is kept: then a broken connection costs
    nothing. A folder renumbered by the server (UIDVALIDITY), or asked for from an earlier day
    on, is gone through again. Raises a MailAccountError.
    """
    before = {state.folder: state for state in states}
    with _opened(account, password) as box:
        outlines = [_outline(box, name, since, before.get(name)) for name in folders]
        of = sum(max(len(one.uids), bool(one.error)) for one in outlines)
        done = 0
        for outline in outlines:
            for source, state in _messages(box, account, outline, wanted):
                done += 1
                yield Fetched(source, state, done, of)


# Connecting -----------------------------------------------------------------------------------


@contextmanager
def _opened(account: Account, password: str) -> Iterator[BaseMailBox]:
    """A signed-in connection; what goes wrong inside is raised as a MailAccountError."""
    box = _connected(account)
    try:
        _sign_in(box, account, password)
        yield box
    except (imaplib.IMAP4.abort, OSError) as cut:
        raise ConnectionCut(account.host) from cut
    except (imaplib.IMAP4.error, ImapToolsError) as refusal:
        raise Refused(account.host, _words_of(refusal)) from refusal
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
    try:
        return _box(account)
    except ssl.SSLCertVerificationError as failure:
        raise NotVerified(account.host, failure.verify_message) from failure
    except socket.gaierror as failure:
        raise HostNotFound(account.host) from failure
    except (ssl.SSLError, imaplib.IMAP4.error, ImapToolsError) as failure:
        raise NotEncrypted(account.host) from failure
    except (OSError, UnicodeError) as failure:
        raise NotReachable(account.host, account.port) from failure


def _box(account: Account) -> BaseMailBox:
    if account.security == "tls":
        return MailBox(account.host, account.port, timeout=PATIENCE, ssl_context=_trust(account))
    box = MailBoxUnencrypted(account.host, account.port, timeout=PATIENCE)
    if account.security == "starttls":
        try:
            box.client.starttls(_trust(account))
        except BaseException:
            with suppress(OSError):
                box.client.shutdown()
            raise
    return box


def _trust(account: Account) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=account.ca_file)


def _on_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _sign_in(box: BaseMailBox, account: Account, password: str) -> None:
    both = account.user + password
    # LOGIN has no way to write other characters, and a line end would begin another command.
    sign_in = box.login if both.isascii() and both.isprintable() else box.login_utf8
    try:
        sign_in(account.user, password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as refusal:
        words = _words_of(refusal)
        if re.search(r"\[(?:UNAVAILABLE|INUSE|LIMIT|CONTACTADMIN|SERVERBUG)\]", words):
            raise
        server = server_for(account.user)
        hint = server.hint if server and server.host == account.host else ""
        raise WrongPassword(account.user, hint) from refusal


def _words_of(refusal: Exception) -> str:
    """What the server said, on one line, at most 200 characters."""
    result = getattr(refusal, "command_result", None)
    said: Any = result[1][0] if result and len(result) > 1 and result[1] else str(refusal)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())[:200]


# Folders --------------------------------------------------------------------------------------

_ROLES = ("all", "archive", "drafts", "junk", "sent", "trash", "inbox")
_BY_NAME = {
    "drafts": "drafts entwürfe brouillons borradores rascunhos bozze concepten",
    "junk": "junk spam junk-e-mail bulk indésirables unerwünscht pourriel",
    "sent": "sent gesendet envoyés enviados inviata verzonden sent-items sent-messages gesendete",
    "trash": "trash papierkorb corbeille papelera lixo cestino prullenbak deleted-items deleted",
}


def _role(name: str, flags: tuple[str, ...]) -> str:
    """What the folder is for, by the server's own word (RFC 6154), else by its name."""
    told = {flag.lower().lstrip("\\") for flag in flags}
    for role in _ROLES:
        if role in told:
            return role
    last = re.split(r"[/.]", name.lower())[-1].replace(" ", "-")
    if last == "inbox":
        return "inbox"
    return next((role for role, names in _BY_NAME.items() if last in names.split()), "")


def _suggested(role: str, everything: bool) -> bool:
    if everything:
        return role == "all"
    return role not in ("drafts", "junk", "sent", "trash")


@dataclass(frozen=True, slots=True)
class _Outline:
    """What there is to fetch from one folder, or why nothing can be."""

    state: FolderState
    uids: tuple[int, ...] = ()
    error: str = ""


def _outline(
    box: BaseMailBox, name: str, since: date | None, before: FolderState | None
) -> _Outline:
    state = before or FolderState(name)
    try:
        uidvalidity = _examine(box, name) if name.isprintable() else -1
    except MailboxFolderSelectError:
        uidvalidity = -1
    if uidvalidity < 0:
        said = f"The folder {name} is no longer in this account. Choose the folders again."
        return _Outline(state, error=said)
    if uidvalidity != state.uidvalidity or _earlier(since, state):
        state = FolderState(name, uidvalidity, 0, since)
    sought: dict[str, Any] = {"uid": U(str(state.last_uid + 1), "*")}
    if since is not None:
        sought["date_gte"] = since
    # "n:*" always holds the last message, also where its number is smaller than n.
    uids = sorted(int(uid) for uid in box.uids(AND(**sought), charset=None))
    return _Outline(state, tuple(uid for uid in uids if uid > state.last_uid))


def _examine(box: BaseMailBox, name: str) -> int:
    """Open a folder for reading only; the answer is its UIDVALIDITY."""
    box.folder.set(name, readonly=True)
    told = box.client.response("UIDVALIDITY")[1]
    return int(told[0]) if told and told[0] else 0


def _earlier(since: date | None, state: FolderState) -> bool:
    return state.since is not None and (since is None or since < state.since)


# Messages -------------------------------------------------------------------------------------

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


def _messages(
    box: BaseMailBox, account: Account, outline: _Outline, wanted: Callable[[bytes], bool]
) -> Iterator[tuple[Source, FolderState]]:
    state = outline.state
    name = f"{account.user}, {state.folder}"
    if outline.error:
        yield Source(name, error=outline.error), state
        return
    if outline.uids and _examine(box, state.folder) != state.uidvalidity:
        return  # renumbered since the outline; the next time begins anew
    for at in range(0, len(outline.uids), BATCH):
        batch = outline.uids[at : at + BATCH]
        came = _fetched(box, batch, FIRST_LOOK)
        for uid in batch:
            raw, size = came.get(uid, (b"", 0))
            if size > len(raw) and wanted(raw):
                raw, size = _fetched(box, (uid,), CUT_AT).get(uid, (raw, size))
            state = replace(state, last_uid=uid)
            yield _source(f"{name}, message {uid}", raw), state


def _source(name: str, raw: bytes) -> Source:
    if raw:
        return Source(name, raw)
    return Source(name, error="The server has this message in its list but did not give it.")


def _fetched(box: BaseMailBox, uids: Sequence[int], most: int) -> dict[int, tuple[bytes, int]]:
    """The first `most` bytes of messages, by UID, each with its whole size; PEEK marks nothing."""
    numbers = ",".join(str(uid) for uid in uids)
    status, lines = box.client.uid("FETCH", numbers, f"(UID RFC822.SIZE BODY.PEEK[]<0.{most}>)")
    if status != "OK":
        raise imaplib.IMAP4.error(lines[0] if lines else status)
    found: dict[int, tuple[bytes, int]] = {}
    for number, line in enumerate(lines):
        if not isinstance(line, tuple):
            continue
        after = lines[number + 1] if number + 1 < len(lines) else b""
        told = line[0] + b" " + (after if isinstance(after, bytes) else b"")
        uid, size = _UID.search(told), _SIZE.search(told)
        if uid:
            found[int(uid.group(1))] = (line[1], int(size.group(1)) if size else len(line[1]))
    return found
