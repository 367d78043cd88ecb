"""Letters that the person sends: what to write, and what not to."""

from kindregards.core.outreach.addresses import recipient, takes_no_replies
from kindregards.core.outreach.answers import About, Advice, Answer, AnswerKind, read_answer
from kindregards.core.outreach.chance import AnswerChance, answer_chance
from kindregards.core.outreach.compose import advice_request, follow_up, thanks
from kindregards.core.outreach.draft import (
    Channel,
    Circumstances,
    Direction,
    Draft,
    DraftKind,
    Finding,
    Guarded,
    Severity,
    Touch,
    Verdict,
)
from kindregards.core.outreach.guard import guard, taken
from kindregards.core.outreach.habits import Habits, habits_of
from kindregards.core.outreach.handover import address_of, as_eml, as_post, mailto
from kindregards.core.outreach.history import touches_from_json
from kindregards.core.outreach.intake import draft_from_text
from kindregards.core.outreach.record import guarded_record
from kindregards.core.outreach.replies import advice_thanks, call, kept_on_file, progress
from kindregards.core.outreach.spelling import spelling_findings
from kindregards.core.outreach.timing import Moment, SendWindow, send_window

__all__ = [
    "About",
    "Advice",
    "Answer",
    "AnswerChance",
    "AnswerKind",
    "Channel",
    "Circumstances",
    "Direction",
    "Draft",
    "DraftKind",
    "Finding",
    "Guarded",
    "Habits",
    "Moment",
    "SendWindow",
    "Severity",
    "Touch",
    "Verdict",
    "address_of",
    "advice_request",
    "advice_thanks",
    "answer_chance",
    "as_eml",
    "as_post",
    "call",
    "draft_from_text",
    "follow_up",
    "guard",
    "guarded_record",
    "habits_of",
    "kept_on_file",
    "mailto",
    "progress",
    "read_answer",
    "recipient",
    "send_window",
    "spelling_findings",
    "taken",
    "takes_no_replies",
    "thanks",
    "touches_from_json",
]
