"""The nouns: one file each, fields and constraints, no behaviour that reads the database."""

from kindregards.web.models.answer import Advice, Answer
from kindregards.web.models.application import Application, Employer, Rearrangement
from kindregards.web.models.attempt import Attempt, WordsFrom
from kindregards.web.models.blog import Blog
from kindregards.web.models.claim import Claim
from kindregards.web.models.contact import Apart, Contact, MetBy, Touch
from kindregards.web.models.critique import Critique
from kindregards.web.models.debrief import Debrief, Meeting, Note
from kindregards.web.models.digest import Digest
from kindregards.web.models.draft import Draft
from kindregards.web.models.feed import CalendarFeed
from kindregards.web.models.import_run import ImportRun, ImportState, LeftOut
from kindregards.web.models.kept_line import KeptLine
from kindregards.web.models.letter import Correction, Letter, LetterSource, ThreadId
from kindregards.web.models.listening import Comfort, KindWord, Listening
from kindregards.web.models.mail_account import MailAccount, MailFolder, SendingServer
from kindregards.web.models.mood import Mood
from kindregards.web.models.occasion import Occasion
from kindregards.web.models.plan import Plan, PlanStep
from kindregards.web.models.question import Question
from kindregards.web.models.reminder import Reminder
from kindregards.web.models.resume import Resume, Rewrite, Version
from kindregards.web.models.reviewer import Comment, Reviewer, ShareLink
from kindregards.web.models.sample import Sample
from kindregards.web.models.sending import Sending, SendingState, Way
from kindregards.web.models.sign_in import SignInLink
from kindregards.web.models.speech import Podcast, SoundPart, Speech
from kindregards.web.models.story import Story
from kindregards.web.models.user import User
from kindregards.web.models.work import Schedule, Worker
from kindregards.web.models.writing import PrivatePage, WritingLock, WritingTrack

__all__ = [
    "Advice",
    "Answer",
    "Apart",
    "Application",
    "Attempt",
    "Blog",
    "CalendarFeed",
    "Claim",
    "Comfort",
    "Comment",
    "Contact",
    "Correction",
    "Critique",
    "Debrief",
    "Digest",
    "Draft",
    "Employer",
    "ImportRun",
    "ImportState",
    "KeptLine",
    "KindWord",
    "LeftOut",
    "Letter",
    "LetterSource",
    "Listening",
    "MailAccount",
    "MailFolder",
    "Meeting",
    "MetBy",
    "Mood",
    "Note",
    "Occasion",
    "Plan",
    "PlanStep",
    "Podcast",
    "PrivatePage",
    "Question",
    "Rearrangement",
    "Reminder",
    "Resume",
    "Reviewer",
    "Rewrite",
    "Sample",
    "Schedule",
    "Sending",
    "SendingServer",
    "SendingState",
    "ShareLink",
    "SignInLink",
    "SoundPart",
    "Speech",
    "Story",
    "ThreadId",
    "Touch",
    "User",
    "Version",
    "Way",
    "WordsFrom",
    "Worker",
    "WritingLock",
    "WritingTrack",
]
