"""Readers for tests: a version that somebody was asked to read, and what they say."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from kindregards.core.resumes.anchors import anchor_at
from kindregards.core.resumes.packet import Returned, digest_of, signature_of, written
from kindregards.sources.documents.reading import take
from kindregards.web.models import Reviewer, User, Version
from kindregards.web.resumes.services import take_in
from kindregards.web.reviews import keep_review, text_for
from kindregards.web.share_links import make_link

RESUME = """\
# Ada Kestrel

12 Mill Lane · +44 7700 900123 · ada@home.example

## Work

**Pattern cutter**, Brackwater Mills, 2019 – 2023

- Led a team of six cutters.
- Was responsible for the winter range.
- Taught two apprentices.

## Education

BA Fashion, Thornfield College, 2015
"""
QUESTION = "Where did you stop reading?"


def a_version_to_read(owner: User, now: datetime, markdown: str = RESUME) -> Version:
    """A version as its file made it."""
    raw = markdown.encode()
    taken = take(raw, "mills.md")
    return take_in(owner=owner, taken=taken, raw=raw, file_name="mills.md", now=now)


def a_reviewer(version: Version, now: datetime, name: str = "Ines", **told: Any) -> Reviewer:
    """Somebody who was asked to read a version, by a link unless told otherwise."""
    return Reviewer.objects.create(
        **{
            "owner": version.owner,
            "version": version,
            "name": name,
            "questions": [QUESTION],
            "carried_by": "link",
            "asked_at": now,
            "closes_at": now + timedelta(days=14),
            **told,
        }
    )


def token_for(reviewer: Reviewer, now: datetime) -> str:
    """Make the reviewer's link; gives its secret part."""
    from kindregards.web.share_links import _token

    link = make_link(reviewer=reviewer, now=now)
    return _token(reviewer, link.nonce)


def a_comment(shown: str, words: str, **told: Any) -> dict[str, Any]:
    """A comment on words of the text that a reader's page shows, as that page makes it."""
    start = shown.index(words)
    anchor = anchor_at(shown, start, start + len(words))
    return {
        "key": f"key-{start}-{len(words)}",
        "kind": "unclear",
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": anchor.start,
        "end": anchor.end,
        "text": "What was this?",
        "replacement": "",
        **told,
    }


def give_back(reviewer: Reviewer, now: datetime, *comments: dict[str, Any], **told: Any) -> None:
    """Let a reader give back their review."""
    record = {"comments": list(comments), "done": True, **told}
    keep_review(reviewer=reviewer, record=record, now=now)
    reviewer.refresh_from_db()


def a_file(reviewer: Reviewer, record: dict[str, Any], *, key: str = "") -> bytes:
    """The file that the reviewer's packet makes of a review."""
    digest = digest_of(text_for(reviewer))
    back = Returned(reviewer.uid, digest, json.dumps(record), "")
    signature = signature_of(back, key or reviewer.packet_key)
    return written(Returned(back.reviewer, digest, back.payload, signature)).encode()
