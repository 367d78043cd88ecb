"""Real rows for tests, made as the program makes them: a letter comes in, the rest follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import uuid4

from kindregards.core.debriefs import Prompt
from kindregards.sources.documents.reading import take
from kindregards.web.debriefs.services import begin_debrief
from kindregards.web.imports.services import begin_run
from kindregards.web.models import (
    Application,
    Claim,
    Debrief,
    Draft,
    ImportRun,
    ImportState,
    LeftOut,
    Letter,
    MailAccount,
    MailFolder,
    Note,
    Plan,
    PrivatePage,
    Question,
    Resume,
    User,
    Version,
)
from kindregards.web.outreach.services import open_draft
from kindregards.web.plan.queries import recipient_of, rejection_of
from kindregards.web.plan.services import receive_file
from kindregards.web.resumes.services import take_in
from kindregards.web.writing.services import begin_track, keep_page

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "lantern gravel otter noon"

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


def a_mail_account(owner: User) -> MailAccount:
    """An account whose server is not there, with one folder."""
    account, _made = MailAccount.objects.get_or_create(
        owner=owner,
        user="ada@home.example",
        host="127.0.0.1",
        defaults={
            "address": "ada@home.example", "port": 1, "security": "tls", "added_at": NOW,
        },
    )  # fmt: skip
    MailFolder.objects.get_or_create(
        owner=owner, account=account, name="INBOX", defaults={"role": "inbox", "messages": 41}
    )
    return account


def a_private_page(owner: User, words: str = "Heavy.") -> PrivatePage:
    """A page that was locked away in the first sitting of a track that goes on."""
    track = begin_track(
        owner=owner, is_kept=True, minutes=15, sittings=4, passphrase=PASSPHRASE, now=NOW
    )
    name = uuid4()
    keep_page(track=track, name=name, words=words, passphrase=PASSPHRASE, now=NOW)
    return PrivatePage.objects.get(name=name)


def a_debrief(application: Application) -> Debrief:
    """A debrief with one badly answered question about winter coats, and one claim."""
    debrief = begin_debrief(application=application, now=NOW)
    if not debrief.questions.exists():
        owner = debrief.owner
        question = Question.objects.create(
            owner=owner, debrief=debrief, text="How do you line winter coats?", went=2
        )
        said = "I began with the sleeves."
        Note.objects.create(
            owner=owner, debrief=debrief, prompt=Prompt.SAID, question=question, text=said
        )
        Claim.objects.create(
            owner=owner, debrief=debrief, text="Too little about winter coats.", confidence=90
        )
    return debrief


RESUME = """\
# Ada Lindqvist

Pattern Cutter, Leeds
ada@home.example, +44 113 496 0018

## Experience

**Senior Pattern Cutter**, Brackwater Mills, 2019 – 2023

- Led a cutting room of eleven people through the move to a new floor.
- Cut the waste of wool by a fifth with winter coats nested anew.

**Pattern Cutter**, Oriel & Daughters, 2015 – 2019

- Made the first patterns of forty coats.

## Education

BA Fashion, Fähringen College, 2015
"""


def a_version(owner: User, words: str = RESUME, *, resume: Resume | None = None) -> Version:
    """A version of a resume that came as a Markdown file: the next one of `resume`, or a first."""
    raw = words.encode()
    return take_in(
        owner=owner,
        taken=take(raw, "ada.md"),
        raw=raw,
        file_name="ada.md",
        now=NOW,
        resume=resume,
    )


@dataclass(frozen=True)
class Things:
    """One of each thing that a rejection opens for its owner."""

    owner: User
    letter: Letter
    application: Application
    plan: Plan
    draft: Draft
    run: ImportRun
    left: LeftOut


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
    run, left = _import_of(owner)
    return Things(owner, letter, application, plan, draft, run, left)


def _import_of(owner: User) -> tuple[ImportRun, LeftOut]:
    """An import that ended and left one message out."""
    run = begin_run(owner=owner, what="brackwater.mbox", now=NOW)
    run.state, run.left_out, run.ended_at = ImportState.ENDED, 1, NOW
    run.save()
    left = LeftOut.objects.create(
        owner=owner,
        run=run,
        key="offers@brackwater.example",
        sender="Brackwater <offers@brackwater.example>",
        subject="Winter coats at half price",
        sent_at=NOW,
        file="nowhere.mbox",
    )
    return run, left


# Letters by any name, on any day --------------------------------------------------------------

FORM = """\
Dear Ada,

Thank you for your interest in the {role} position at {employer} and for the time you put into
your application.

After careful consideration we have decided to move forward with other candidates whose
experience more closely matches our needs at this time. We wish you every success in your search.

Kind regards,
The {employer} Recruiting Team
"""
INTERVIEWED = """\
Dear Ada,

Thank you for coming to the interview for the {role} position at {employer}. It was a pleasure
to hear about your work on the winter coats.

Unfortunately, we have decided not to move forward with your application. Please do apply
again when a similar role opens.

Kind regards,
Ines Halloran
Head of Studio, {employer}
"""
INVITED = """\
Dear Ada,

Thank you for applying for the {role} position at {employer}. We would like to invite you to an
interview with Ines Halloran next Tuesday at ten. Please let us know whether that suits you.

Kind regards,
The {employer} Recruiting Team
"""
ACKNOWLEDGED = """\
Dear Ada,

We have received your application for the {role} position at {employer}. Our team will review it
and get back to you within two weeks.

Kind regards,
The {employer} Recruiting Team
"""
OFFERED = """\
Dear Ada,

We are delighted to offer you the {role} position at {employer}. The contract is attached;
please sign and return it by Friday.

Kind regards,
Ines Halloran
"""


def a_letter(
    words: str = INTERVIEWED,
    *,
    employer: str = "Brackwater Mills",
    role: str = "Data Analyst",
    sent_at: datetime = NOW,
    message_id: str = "one",
    sender: str = "Ines Halloran <ines.halloran@brackwater.example>",
    **headers: str,
) -> bytes:
    """The bytes of a letter. Further headers by name, `_` for `-`; an empty one is left out."""
    told = {
        "From": sender,
        "To": "Ada <ada@home.example>",
        "Subject": f"Your application for {role}" if role else "Your application",
        "Date": format_datetime(sent_at),
        "Message-ID": f"<{message_id}@brackwater.example>" if message_id else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in told.items() if value)
    if not role:
        words = words.replace("the {role} position", "a position")
    return f"{head}\n{words.format(role=role, employer=employer)}".encode()


Put = Callable[..., Letter]
"""Lets a letter come in: `put(FORM, role="Planner", days=3)`, days after the first."""


def application_of(letter: Letter) -> Application:
    """The application that it belongs to by now."""
    letter.refresh_from_db()
    assert letter.application is not None
    return letter.application


def received(owner: User, raw: bytes, *, now: datetime = NOW) -> Letter:
    """The letter that these bytes became."""
    letter = receive_file(owner=owner, name="letter.eml", raw=raw, now=now).letter
    assert letter is not None
    return letter
