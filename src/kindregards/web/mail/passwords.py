"""Keeping the passwords of mail accounts: in the system's keyring, else encrypted.

What is kept is the password together with the server and the name it was given for, so that a
row that was changed, or came with a strange backup, cannot send it anywhere else. The key of the
encrypted ones is a file of the data folder and in no backup; see decision note 17.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings

from kindregards.web.data_folder import mail_key
from kindregards.web.models import MailAccount, SendingServer

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Kind Regards"
LOWEST_PRIORITY = 1
"""Below it keyring itself calls a backend no place for passwords."""
NAME_BYTES = 18
Keeper = MailAccount | SendingServer
"""What has a password: the row names the server and the name there that it is for."""


def keep_password(*, account: Keeper, password: str) -> None:
    """Keep the password of a row, which is saved with it; an older one is forgotten."""
    forget_password(account=account)
    text = json.dumps({"host": account.host, "user": account.user, "password": password})
    account.secret_name = secrets.token_urlsafe(NAME_BYTES)
    account.secret = "" if _kept_in_keyring(account.secret_name, text) else _encrypted(text)
    account.save()


def password_of(account: Keeper) -> str | None:
    """The password for exactly this server and name; None where there is none to be read here."""
    text = _decrypted(account.secret) if account.secret else _in_keyring(account.secret_name)
    try:
        kept = json.loads(text or "null")
    except ValueError:
        return None
    if not isinstance(kept, dict) or (kept.get("host"), kept.get("user")) != (
        account.host,
        account.user,
    ):
        return None
    return str(kept.get("password", ""))


def forget_password(*, account: Keeper) -> None:
    """Take the password of an account out of wherever it is."""
    backend = _keyring() if account.secret_name and not account.secret else None
    if backend is not None:
        with suppress(Exception):  # it may be gone already, and each keyring says so in its own way
            backend.delete_password(SERVICE, account.secret_name)
    account.secret, account.secret_name = "", ""


def is_keyring_there() -> bool:
    """Whether passwords go into the system's keyring."""
    return _keyring() is not None


# The keyring ----------------------------------------------------------------------------------


def _keyring() -> KeyringBackend | None:
    if not settings.KEYRING_IS_USED:
        return None
    import keyring  # slow, and most starts need none

    try:
        backend = keyring.get_keyring()
        return backend if backend.priority >= LOWEST_PRIORITY else None
    except Exception:  # a keyring that cannot even be asked is as good as none
        return None


def _kept_in_keyring(name: str, text: str) -> bool:
    """Whether the keyring took it and gives it back."""
    backend = _keyring()
    if backend is None:
        return False
    try:
        backend.set_password(SERVICE, name, text)
        return backend.get_password(SERVICE, name) == text
    except Exception:  # locked, or refused by the person: then it is encrypted instead
        return False


def _in_keyring(name: str) -> str | None:
    backend = _keyring() if name else None
    if backend is None:
        return None
    try:
        return backend.get_password(SERVICE, name)
    except Exception:  # locked for now
        return None


# Encrypted ------------------------------------------------------------------------------------


def _encrypted(text: str) -> str:
    from cryptography.fernet import Fernet

    return Fernet(mail_key(settings.DATA_FOLDER)).encrypt(text.encode()).decode("ascii")


def _decrypted(token: str) -> str | None:
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(mail_key(settings.DATA_FOLDER)).decrypt(token.encode()).decode()
    except (InvalidToken, ValueError):  # another computer's backup, or a key that was changed
        return None
