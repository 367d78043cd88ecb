"""One letter of the person's into their own mailbox: among the drafts, or among the sent mail.

The only module that writes to a mailbox. It adds, and changes or removes nothing.
"""

from __future__ import annotations

from imap_tools import BaseMailBox

from kindregards.sources.connection import Account
from kindregards.sources.imap_connection import opened
from kindregards.sources.imap_errors import MailAccountError
from kindregards.sources.imap_folders import folder_for

_FLAGS = {"drafts": ("\\Draft", "\\Seen"), "sent": ("\\Seen",)}
_CALLED = {"drafts": "drafts", "sent": "sent mail"}


class NoSuchFolder(MailAccountError):
    """The mailbox has no folder for this."""

    def __init__(self, host: str, role: str) -> None:
        super().__init__(f"No folder for {_CALLED[role]} was found at {host}.")


def put_letter(
    account: Account, password: str, *, role: str, message_id: str, raw: bytes
) -> tuple[str, bool]:
    """Put a message into the folder for "drafts" or "sent" mail, unless it lies there already.

    Gives the folder's name, and whether the message was there before, by its Message-ID: so it can
    be asked for again after a connection that broke. Raises a MailAccountError.
    """
    with opened(account, password) as box:
        folder = folder_for(box, role)
        if folder is None:
            raise NoSuchFolder(account.host, role)
        if _lies_there(box, folder, message_id):
            return folder, True
        box.append(raw, folder, flag_set=_FLAGS[role])
        return folder, False


def _lies_there(box: BaseMailBox, folder: str, message_id: str) -> bool:
    box.folder.set(folder, readonly=True)
    return bool(box.uids(f'HEADER Message-ID "{message_id}"', charset=None))
