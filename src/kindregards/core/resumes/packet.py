"""A review that comes back as a file: which one it is, and whether its packet made it.

The file holds the review as a string, so that what is signed are exactly the bytes that came.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kindregards.core.resumes.review import BROKEN, MOST_BYTES, TOO_LARGE, ReviewError

MARK = "kind-regards-review"
NUMBER = 1  # of this format
NEWER = "This review was made by a newer Kind Regards. Update the program, then take it in again."
NOT_SIGNED = "This review was changed on its way, or another packet made it. Nothing was taken."
OTHER_VERSION = "This review is about another version of the resume. Nothing was taken."


@dataclass(frozen=True, slots=True)
class Returned:
    """A review file: of which reviewer it says it is, and what it says, not yet believed."""

    reviewer: UUID
    version: str
    payload: str
    signature: str


def digest_of(shown: str) -> str:
    """What tells the text of one version from every other: SHA-256 in hexadecimal."""
    return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()


def looks_returned(raw: bytes) -> bool:
    """Whether bytes may be a review file, at a glance."""
    return MARK.encode() in raw[:200] and raw.lstrip()[:1] == b"{"


def returned(raw: bytes) -> Returned:
    """Read a review file as far as its envelope. Raises ReviewError."""
    if len(raw) > MOST_BYTES:
        raise ReviewError(TOO_LARGE)
    told = _record(raw.decode("utf-8-sig", "replace"))
    if told.get("format") != MARK:
        raise ReviewError(BROKEN)
    if told.get("number") != NUMBER:
        raise ReviewError(NEWER if isinstance(told.get("number"), int) else BROKEN)
    words = [told.get(name) for name in ("reviewer", "version", "review", "signature")]
    if not all(isinstance(one, str) for one in words):
        raise ReviewError(BROKEN)
    reviewer, version, payload, signature = (str(one) for one in words)
    try:
        return Returned(UUID(reviewer), version, payload, signature)
    except ValueError:
        raise ReviewError(BROKEN) from None


def opened(back: Returned, *, key: str, version: str) -> dict[str, Any]:
    """What a returned review says, once it is known to be of this packet and version.

    `key` is the packet's, `version` the digest of the text that it showed. Raises ReviewError.
    """
    told = back.signature.encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(signature_of(back, key).encode(), told):
        raise ReviewError(NOT_SIGNED)
    if back.version != version:
        raise ReviewError(OTHER_VERSION)
    return _record(back.payload)


def signature_of(back: Returned, key: str) -> str:
    """HMAC-SHA-256, in hexadecimal, of which review it is and what it says."""
    signed = f"{back.reviewer}\n{back.version}\n{back.payload}"
    return hmac.new(
        key.encode(), signed.encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()


def written(back: Returned) -> str:
    """Give a returned review as its file."""
    return json.dumps(
        {
            "format": MARK,
            "number": NUMBER,
            "reviewer": str(back.reviewer),
            "version": back.version,
            "review": back.payload,
            "signature": back.signature,
        },
        indent=1,
    )


def _record(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise ReviewError(BROKEN) from None
    if not isinstance(told, dict):
        raise ReviewError(BROKEN)
    return told
