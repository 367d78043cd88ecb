"""The nouns: one file each, fields and constraints, no behaviour that reads the database."""

from kindregards.web.models.answer import Advice, Answer
from kindregards.web.models.application import Application, Employer, Rearrangement
from kindregards.web.models.contact import Contact, Touch
from kindregards.web.models.draft import Draft
from kindregards.web.models.import_run import ImportRun, ImportState, LeftOut
from kindregards.web.models.letter import Correction, Letter, LetterSource, ThreadId
from kindregards.web.models.mail_account import MailAccount, MailFolder
from kindregards.web.models.plan import Plan, PlanStep
from kindregards.web.models.sample import Sample
from kindregards.web.models.sign_in import SignInLink
from kindregards.web.models.user import User
from kindregards.web.models.work import Schedule, Worker

__all__ = [
    "Advice",
    "Answer",
    "Application",
    "Contact",
    "Correction",
    "Draft",
    "Employer",
    "ImportRun",
    "ImportState",
    "LeftOut",
    "Letter",
    "LetterSource",
    "MailAccount",
    "MailFolder",
    "Plan",
    "PlanStep",
    "Rearrangement",
    "Sample",
    "Schedule",
    "SignInLink",
    "ThreadId",
    "Touch",
    "User",
    "Worker",
]
