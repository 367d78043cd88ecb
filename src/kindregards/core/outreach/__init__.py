"""Letters that the person sends: what to write, and what not to."""

from kindregards.core.outreach.addresses import recipient, takes_no_replies
from kindregards.core.outreach.answers import About, Advice, Answer, AnswerKind, read_answer
from kindregards.core.outreach.chance import AnswerChance, answer_chance
from kindregards.core.outreach.compose import Known, compose
from kindregards.core.outreach.draft import (
    Channel,
    Circumstances,
    Direction,
    Draft,
    DraftKind,
    Finding,
    Guarded,
    Part,
    Severity,
    Touch,
    Verdict,
)
from kindregards.core.outreach.guard import guard, taken, taken_over
from kindregards.core.outreach.habits import Habits, habits_of
from kindregards.core.outreach.handover import address_of, as_eml, as_post, mailto
from kindregards.core.outreach.history import check_times, touches_from_json
from kindregards.core.outreach.intake import draft_from_text
from kindregards.core.outreach.record import guarded_record
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
    "Known",
    "Moment",
    "Part",
    "SendWindow",
    "Severity",
    "Touch",
    "Verdict",
    "address_of",
    "answer_chance",
    "as_eml",
    "as_post",
    "check_times",
    "compose",
    "draft_from_text",
    "guard",
    "guarded_record",
    "habits_of",
    "mailto",
    "read_answer",
    "recipient",
    "send_window",
    "spelling_findings",
    "taken",
    "taken_over",
    "takes_no_replies",
    "touches_from_json",
]
