"""What a person may write to a reader: with the link or the file, and to thank them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format

from kindregards.core.outreach import Draft
from kindregards.core.outreach.handover import mailto
from kindregards.core.resumes.remarks import CarriedBy, Decision
from kindregards.web.models import Comment, Reviewer

SUBJECT = "Would you read my resume?"
THANKS = "Thank you for reading my resume"
MOST_TOLD = 5  # changes that a letter of thanks names


def invitation(reviewer: Reviewer, address: str) -> str:
    """The letter that carries a link, or to which the file is attached."""
    until = date_format(timezone.localtime(reviewer.closes_at), "j F")
    if reviewer.carried_by == CarriedBy.LINK:
        way = f"This link opens it, without an account, until {until}:\n{address}"
    else:
        way = (
            f"The file with this mail opens in your browser and works without a connection, until "
            f"{until}. At its end it saves a small file; please send me that one back."
        )
    return (
        f"Hello {_first(reviewer)},\n\n"
        "would you read my resume and tell me where it is unclear or weak? Ten minutes are plenty, "
        f"and short is fine.\n\n{way}\n\n"
        f"Thank you,\n{_signed(reviewer)}"
    )


def thanks(reviewer: Reviewer, comments: Iterable[Comment]) -> str:
    """A letter that says what was taken of what the reader proposed or pointed out."""
    taken = [one for one in comments if one.decision == Decision.TAKEN]
    lines = "\n".join(f"- {_told(one)}" for one in taken[:MOST_TOLD])
    more = len(taken) - MOST_TOLD
    if more > 0:
        lines += f"\n- and {more} more"
    if taken:
        said = f"I went through all of it, and this I took over:\n\n{lines}"
    else:
        said = "I went through all of it, and it helped me to see it with other eyes."
    return (
        f"Hello {_first(reviewer)},\n\n"
        f"thank you for reading my resume so carefully. {said}\n\n"
        f"Thank you again,\n{_signed(reviewer)}"
    )


def mail_address(reviewer: Reviewer, subject: str, text: str) -> str:
    """What opens the letter in the person's own mail program."""
    to = (reviewer.email,) if reviewer.email else ()
    return mailto(Draft(to=to, subject=subject, text=text))


def _told(comment: Comment) -> str:
    words = _short(comment.exact)
    if comment.replacement:
        return f"“{_short(comment.replacement)}” instead of “{words}”"
    return f"the place “{words}”"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 80 else line[:79].rstrip() + "…"


def _first(reviewer: Reviewer) -> str:
    return reviewer.name.split()[0] if reviewer.name.split() else reviewer.name


def _signed(reviewer: Reviewer) -> str:
    return reviewer.owner.called
