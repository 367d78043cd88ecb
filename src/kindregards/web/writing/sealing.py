"""The lock on private pages: a passphrase gives a key, the key opens a key, and that opens pages.

The passphrase goes through scrypt with a salt of its own. What comes out of it only encrypts a
random key, and this one encrypts the pages (AES-256-GCM, each with its own nonce), bound to their
owner and their name. Passphrase and keys are kept nowhere. See decision note 21.
"""

from __future__ import annotations

import os
import threading
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12  # what AES-GCM is made for
# 64 MB and about half a second a guess; one of the settings that OWASP's cheat sheet on keeping
# passwords gives for scrypt, all of about the same strength.
COST, BLOCK, LANES = 2**16, 8, 2
MOST_BYTES = 256 * 1024 * 1024
"""A lock that would take more memory to open is none of ours: a strange backup may hold one."""

_one_at_a_time = threading.Lock()  # several at once would take several times the memory


class WrongPassphraseError(Exception):
    """The passphrase does not open this lock."""


class DamagedPageError(Exception):
    """What is kept is not what was sealed."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What is kept to check a passphrase: salt, scrypt's N, r and p, and the encrypted key."""

    salt: bytes
    cost: int
    block: int
    lanes: int
    wrapped: bytes


def make_lock(passphrase: str, *, owner: int) -> Lock:
    """A new lock for the owner's pages, with a new key inside."""
    salt = os.urandom(SALT_BYTES)
    key = AESGCM.generate_key(bit_length=KEY_BYTES * 8)
    outer = _derived(passphrase, salt, COST, BLOCK, LANES)
    return Lock(salt, COST, BLOCK, LANES, _encrypted(outer, key, _of_lock(owner)))


def open_lock(lock: Lock, passphrase: str, *, owner: int) -> bytes:
    """The key of the owner's pages. Raises WrongPassphraseError."""
    if 128 * lock.cost * lock.block > MOST_BYTES:
        raise WrongPassphraseError
    try:
        outer = _derived(passphrase, lock.salt, lock.cost, lock.block, lock.lanes)
        return _decrypted(outer, lock.wrapped, _of_lock(owner))
    except (InvalidTag, ValueError) as wrong:
        raise WrongPassphraseError from wrong


def seal(key: bytes, words: str, *, owner: int, name: str) -> bytes:
    """The words of a page, encrypted and bound to its owner and name."""
    return _encrypted(key, words.encode("utf-8", "replace"), _of_page(owner, name))


def unseal(key: bytes, sealed: bytes, *, owner: int, name: str) -> str:
    """The words of a page. Raises DamagedPageError."""
    try:
        return _decrypted(key, sealed, _of_page(owner, name)).decode()
    except (InvalidTag, ValueError) as wrong:
        raise DamagedPageError from wrong


def _derived(passphrase: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    # Keyboards write the same letter in several ways, and phones add a space to a word.
    typed = unicodedata.normalize("NFKC", passphrase).strip().encode("utf-8", "replace")
    with _one_at_a_time:
        return Scrypt(salt=salt, length=KEY_BYTES, n=cost, r=block, p=lanes).derive(typed)


def _encrypted(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def _decrypted(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)


def _of_lock(owner: int) -> bytes:
    return f"Kind Regards, lock of {owner}".encode()


def _of_page(owner: int, name: str) -> bytes:
    return f"Kind Regards, page {name} of {owner}".encode()
