"""What surrounds a letter: its readers, what it carries, the hour and the day it would go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from kindregards.core.outreach.addresses import takes_no_replies
from kindregards.core.outreach.cues import Lexicon
from kindregards.core.outreach.draft import (
    ANSWERS_TO_THEM,
    GREETS,
    Circumstances,
    Draft,
    DraftKind,
    Finding,
    Part,
    Severity,
)
from kindregards.core.outreach.prose import Prose
from kindregards.core.outreach.salutation import name_findings
from kindregards.core.outreach.shape import asks
from kindregards.core.outreach.timing import (
    Moment,
    SendWindow,
    good_morning,
    kept_until,
    send_window,
)

_RESUME = re.compile(r"resume|résumé|\bcv\b|curriculum|lebenslauf|bewerbung|zeugnis|cover", re.I)


def reader_findings(
    draft: Draft, prose: Prose, circumstances: Circumstances
) -> tuple[Finding, ...]:
    """What is to be said of the recipients (R5), the name in the greeting, and attachments (R9)."""
    names = name_findings(draft, prose, circumstances)
    return (*_recipients(draft), *names, *_attachments(draft))


def hour_findings(
    prose: Prose, lexicon: Lexicon, draft: Draft, circumstances: Circumstances, now: datetime
) -> tuple[Finding, ...]:
    """Too early, too late (R2), or an hour at which letters lie around."""
    letter_at = circumstances.letter_at
    window = send_window(letter_at, now) if letter_at else None
    return (*_window(window, prose, lexicon, draft), *_hour(now, window))


def _recipients(draft: Draft) -> Iterator[Finding]:
    silent = [one for one in (*draft.to, *draft.cc) if takes_no_replies(one)]
    if silent:
        yield Finding(
            "no-reply",
            Severity.STOP,
            "Nobody reads this address",
            f"{silent[0]} takes no replies. A signature in the thread or the invitation to an"
            " interview may show a person's address.",
            instead=next((one for one in (*draft.to, *draft.cc) if one not in silent), ""),
            part=Part.TO,
        )
    if len(draft.to) + len(draft.cc) > 1:
        yield Finding(
            "recipients",
            Severity.SOFTEN,
            "It goes to several people",
            "A letter to one person is answered by that person. To several, each waits for the"
            " others.",
            instead=next(iter(draft.to), None),
            part=Part.TO,
        )


def _attachments(draft: Draft) -> Iterator[Finding]:
    if not draft.attachments:
        return
    resume = next((name for name in draft.attachments if _RESUME.search(name)), None)
    yield Finding(
        "attachment",
        Severity.STOP if resume else Severity.SOFTEN,
        "It brings a resume nobody asked for" if resume else "It carries an attachment",
        "An attachment doubles the wait for an answer (Kooti et al. 2015), and nobody asked for"
        f" one. Leave {resume or draft.attachments[0]} out.",
        instead="",
        part=Part.ATTACHMENTS,
    )


def _window(
    window: SendWindow | None, prose: Prose, lexicon: Lexicon, draft: Draft
) -> Iterator[Finding]:
    if window is None or draft.kind in ANSWERS_TO_THEM | GREETS | {DraftKind.FOLLOW_UP}:
        return
    if window.moment is Moment.EARLY and asks(prose, lexicon):
        at = window.next_at
        yield Finding(
            "too-early",
            Severity.WAIT,
            "Sleep on it",
            "A question less than a day after the letter reads as a protest, and after a night as a"
            f" wish to learn. It is welcome from the morning of {at:%A}, {at.day} {at:%B}.",
            instead=kept_until(at),
            part=Part.TIME,
            until=at,
        )
    else:
        yield from _too_late(window.moment, prose, lexicon)


def _too_late(moment: Moment, prose: Prose, lexicon: Lexicon) -> Iterator[Finding]:
    """What is said of a late letter, unless its own words say it."""
    begin = prose.greeting.end if prose.greeting else 0
    if moment is Moment.LATE and not lexicon.pattern("says_late").search(prose.folded):
        yield Finding(
            "too-late",
            Severity.SOFTEN,
            "It is a little late",
            "Letters within a week are remembered best. It can still go, soon; a word on it is"
            " enough.",
            start=begin,
            end=begin,
            instead=lexicon.words["late"],
            minor=True,
        )
    elif moment is Moment.CLOSED and not lexicon.pattern("says_new").search(prose.folded):
        yield Finding(
            "too-late",
            Severity.SOFTEN,
            "It is late for this letter",
            "After two weeks the conversation has faded. A word on another occasion, a post of"
            " theirs or news of yours, is better now.",
            start=begin,
            end=begin,
            instead=lexicon.words["occasion"],
        )


def _hour(now: datetime, window: SendWindow | None) -> Iterator[Finding]:
    there = now.astimezone(window.letter_at.tzinfo) if window else now
    if there.weekday() >= 5 or not 7 <= there.hour < 19:
        at = good_morning(there)
        yield Finding(
            "hour",
            Severity.SOFTEN,
            "Morning is better",
            "Weekday mornings get the fastest and longest answers (Kooti et al. 2015). The next"
            " one is soon enough.",
            instead=kept_until(at),
            minor=True,
            part=Part.TIME,
            until=at,
        )
