"""The folders of an IMAP account: what the server lists, and what each is for."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from imap_tools import BaseMailBox
from imap_tools.errors import MailboxFolderStatusError
from imap_tools.imap_utf7 import utf7_decode

from kindregards.sources.imap_connection import Account, opened

MOST_FOLDERS = 1000
MOST_COUNTED = 300
"""Folders that are asked how many messages they hold; each is a question of its own."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A mail folder: its name, what it is for (inbox, all, junk, …), whether to begin with it.

    `messages` is how many it holds; None where the server does not say.
    """

    name: str
    role: str = ""
    suggested: bool = True
    messages: int | None = None


def folders_of(account: Account, password: str) -> tuple[Folder, ...]:
    """The folders of an account, those suggested that hold received mail, each message once.

    Raises a MailAccountError.
    """
    with opened(account, password) as box:
        listed = [(name, flags) for name, flags in _listed(box) if _can_be_opened(flags)]
        listed.sort(key=lambda one: one[0].lower() != "inbox")
        counted = _counted_until(box, account, [name for name, _flags in listed])
        found = [
            Folder(name, _role(name, flags), messages=counted.get(name))
            for name, flags in listed[:MOST_FOLDERS]
        ]
    everything = any(one.role == "all" for one in found)
    return tuple(replace(one, suggested=_suggested(one.role, everything)) for one in found)


def folder_for(box: BaseMailBox, role: str) -> str | None:
    """The name of the folder for drafts, sent mail and so on; None where there is none.

    The server's own word (RFC 6154) counts before the name of a folder.
    """
    listed = [(name, flags) for name, flags in _listed(box) if _can_be_opened(flags)]
    told = (name for name, flags in listed if _told(flags) == role)
    named = (name for name, flags in listed if _role(name, flags) == role)
    return next(told, None) or next(named, None)


_ROLES = ("all", "archive", "drafts", "junk", "sent", "trash", "inbox")
_BY_NAME = {
    "drafts": "drafts entwürfe brouillons borradores rascunhos bozze concepten",
    "junk": "junk spam junk-e-mail bulk indésirables unerwünscht pourriel",
    "sent": "sent gesendet envoyés enviados inviata verzonden sent-items sent-messages gesendete",
    "trash": "trash papierkorb corbeille papelera lixo cestino prullenbak deleted-items deleted",
}


def _role(name: str, flags: tuple[str, ...]) -> str:
    """What the folder is for, by the server's own word (RFC 6154), else by its name."""
    told = _told(flags)
    if told:
        return told
    last = re.split(r"[/.]", name.lower())[-1].replace(" ", "-")
    if last == "inbox":
        return "inbox"
    return next((role for role, names in _BY_NAME.items() if last in names.split()), "")


def _told(flags: tuple[str, ...]) -> str:
    told = {flag.lower().lstrip("\\") for flag in flags}
    return next((role for role in _ROLES if role in told), "")


def _can_be_opened(flags: tuple[str, ...]) -> bool:
    return not {flag.lower() for flag in flags} & {"\\noselect", "\\nonexistent"}


_LISTED = re.compile(rb'\(([^)]*)\) (?:"(?:\\.|[^"\\])*"|\S+) (.*)', re.DOTALL)


def _listed(box: BaseMailBox) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of the folders with their flags; what is no name that could be asked for is not.

    Of many, one that is written wrongly must not hide the others.
    """
    _status, lines = box.client.list()
    for line in lines:
        head, given = (line[0], line[1]) if isinstance(line, tuple) else (line or b"", None)
        found = _LISTED.match(head)
        if found is None:
            continue
        with suppress(ValueError):
            name = utf7_decode(_unescaped(found.group(2)) if given is None else given)
            name.encode()
            if name.isprintable() and name:
                yield name, tuple(found.group(1).decode("ascii").split())


def _unescaped(name: bytes) -> bytes:
    if len(name) > 1 and name.startswith(b'"') and name.endswith(b'"'):
        return re.sub(rb"\\(.)", rb"\1", name[1:-1])
    return name


def _counted_until(box: BaseMailBox, account: Account, names: Sequence[str]) -> dict[str, int]:
    """How many messages the folders hold, as far as the server says so before patience ends."""
    ends = time.monotonic() + account.patience
    counted: dict[str, int] = {}
    for name in names[:MOST_COUNTED]:
        if time.monotonic() > ends:
            break
        with suppress(MailboxFolderStatusError, KeyError, ValueError):
            count = int(box.folder.status(name, ["MESSAGES"])["MESSAGES"])
            if count < 2**31:
                counted[name] = count
    return counted


def _suggested(role: str, everything: bool) -> bool:
    if everything:
        return role == "all"
    return role not in ("drafts", "junk", "sent", "trash")
