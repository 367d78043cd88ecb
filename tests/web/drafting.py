"""Saving a draft as its page does, for the tests of outreach."""

from __future__ import annotations

from typing import Any

from django.test import Client

from kindregards.web.models import Draft

NEEDY = """Dear Ines,

Please reconsider. I need this job and I would do anything. Could you give me another chance?

Ada
"""
CALM = """Dear Ines,

Thank you for the interview on Tuesday, and for telling me so soon. I understand the decision.
I learned a lot from the way you laid out the winter range.

What is the one thing you would work on before my next interview? One line is plenty, and no
worries if your rules do not allow it.

Thank you for your time,
Ada
"""


def at(draft: Draft, end: str = "") -> str:
    return f"/drafts/{draft.pk}/{end}"


def words_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def save(client: Client, draft: Draft, text: str, *, htmx: bool = False, **more: Any) -> Any:
    """Save the text as its form does, from the revision that is there unless told another."""
    draft.refresh_from_db()
    given = {
        "text": text,
        "subject": draft.subject,
        "to": f"{draft.recipient_name} <{draft.recipient_email}>",
        "revision": draft.revision,
    }
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(at(draft, "check"), given | more, headers=headers)


def text_of(draft: Draft) -> str:
    draft.refresh_from_db()
    return draft.text
