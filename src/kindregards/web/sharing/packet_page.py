"""The packet: the reader's page as one file that works without this program or any connection."""

from __future__ import annotations

import re

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from kindregards.web.models import Reviewer
from kindregards.web.sharing import bundle
from kindregards.web.sharing.page import page_of


def packet_of(reviewer: Reviewer) -> bytes:
    """The file to mail to a reader. It holds what they may see, and the key that signs a return."""
    page = page_of(reviewer)
    script, style = bundle.script(), bundle.style()
    context = {
        **page,
        "is_packet": True,
        "kept": {},
        "said": [],
        "questions": [(question, "") for question, _answer in page["questions"]],
        "file_name": review_name(reviewer),
        "data": {
            "text": page["shown"].text,
            "kinds": page["kind_names"],
            "reviewer": str(reviewer.uid),
            "version": page["shown"].digest,
            "key": reviewer.packet_key,
            "file": review_name(reviewer),
            "closes": reviewer.closes_at.isoformat(),
        },
        # Both are files of this package, with nothing of anybody's in them.
        "script": mark_safe(script),  # noqa: S308
        "style": mark_safe(style),  # noqa: S308
        "script_hash": bundle.hash_of(script),
        "style_hash": bundle.hash_of(style),
    }
    return render_to_string("sharing/packet.html", context).encode()


def packet_name(reviewer: Reviewer) -> str:
    """What the packet is called on disk."""
    return f"resume-for-{_plain(reviewer.name)}.html"


def review_name(reviewer: Reviewer) -> str:
    """What the review is called that comes back."""
    return f"review-by-{_plain(reviewer.name)}.json"


def _plain(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name, flags=re.ASCII).strip("-").lower()[:40] or "reader"
