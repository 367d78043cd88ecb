"""Real rows for tests, made as the program makes them: a letter comes in, the rest follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kindregards.web.models import Application, Draft, Letter, Plan, User
from kindregards.web.outreach.services import open_draft
from kindregards.web.plan.queries import recipient_of, rejection_of
from kindregards.web.plan.services import receive_file

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

REJECTION = """\
From: Ines Halloran <ines.halloran@brackwater.example>
To: Ada <ada@home.example>
Subject: Your application for Pattern Cutter
Date: Fri, 20 Nov 2026 15:10:00 +0000
Message-ID: <{message_id}@brackwater.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Dear Ada,

Thank you for coming to the interview for the Pattern Cutter position at Brackwater Mills.
It was a pleasure to hear about your work on the winter coats.

Unfortunately, we have decided not to move forward with your application. We will gladly look
at your application again when a similar role opens.

Kind regards,
Ines Halloran
Head of Studio, Brackwater Mills
"""


def an_owner(username: str = "ada") -> User:
    """A person who has signed in."""
    return User.objects.create_user(username)


def rejection_bytes(message_id: str = "one") -> bytes:
    """The bytes of a rejection after an interview; another id makes another letter."""
    return REJECTION.format(message_id=message_id).encode()


@dataclass(frozen=True)
class Things:
    """One of each thing that a rejection opens for its owner."""

    owner: User
    letter: Letter
    application: Application
    plan: Plan
    draft: Draft


def things_of(owner: User) -> Things:
    """Let a rejection come in and begin the draft that asks for advice."""
    letter = receive_file(owner=owner, name="no.eml", raw=rejection_bytes(), now=NOW).letter
    assert letter is not None
    application = letter.application
    assert application is not None
    plan = application.plan
    draft = open_draft(
        owner=owner,
        application=application,
        letter=rejection_of(plan),
        to=recipient_of(plan),
        now=NOW,
    )
    return Things(owner, letter, application, plan, draft)
