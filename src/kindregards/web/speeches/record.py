"""The record of an owner, as a speech about them may tell it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Stage, Style
from kindregards.core.outreach import AnswerKind, Direction, DraftKind
from kindregards.core.speeches.record import Answered, Better, KindWord, Reached, Record, Used
from kindregards.web import models
from kindregards.web.models import Advice, Answer, Application, Letter, Question, Touch, User

MOST = 50
"""Of each kind of fact: a speech tells a handful, drawn from so many of the latest."""
MOST_LETTERS = 200
LONGEST_PHRASE = 5
"""Words: "it was a pleasure" is said to everybody."""


def record_of(owner: User) -> Record:
    """Everything of the owner's that a speech about them may tell."""
    applications = Application.objects.filter(owner=owner)
    rejected = sorted(
        at
        for at in applications.filter(outcome=Outcome.REJECTED).values_list("decided_at", flat=True)
        if at is not None
    )
    went_on = applications.filter(began_at__gt=rejected[0]).count() if rejected else 0
    asked = Touch.objects.filter(
        owner=owner, direction=Direction.OUT, kind=DraftKind.ADVICE_REQUEST
    )
    return Record(
        name=owner.first_name,
        applications=applications.count(),
        letters_out=asked.count(),
        kind_words=tuple(kind_words_of(owner)),
        reached=_reached(applications),
        answered=_answered(owner),
        used=_used(owner),
        better=_better(owner),
        rejected_on=tuple(_day(at) for at in rejected),
        went_on=went_on,
    )


def kind_words_of(owner: User) -> list[KindWord]:
    """Kind words that were put in by hand, then those of letters, each the latest first."""
    by_hand = models.KindWord.objects.filter(owner=owner).order_by("-added_at", "-pk")[:MOST]
    words = [KindWord(one.quote, one.who, one.on_date) for one in by_hand]
    known = {word.quote for word in words}
    for said in words_of_letters(owner):
        if said.quote not in known:
            known.add(said.quote)
            words.append(said)
    return words[:MOST]


def words_of_letters(owner: User) -> list[KindWord]:
    """The kind words that letters hold, word for word, the latest first.

    Of form letters only what is more than a phrase, and came after a conversation: the rest was
    said to everybody.
    """
    letters = Letter.objects.filter(owner=owner, reading__kind_words__0__isnull=False)
    told = letters.order_by("-sent_at", "-pk").values_list(
        "reading__kind_words", "style", "stage", "sender_name", "employer_name", "sent_at"
    )
    return [
        KindWord(quote, _who(sender, employer), _day(at))
        for quotes, style, stage, sender, employer, at in told[:MOST_LETTERS]
        for quote in quotes
        if style != Style.FORM
        or (stage not in ("", Stage.APPLICATION) and len(quote.split()) > LONGEST_PHRASE)
    ][:MOST]


def _who(sender: str, employer: str) -> str:
    if sender and employer and employer.casefold() not in sender.casefold():
        return f"{sender} of {employer}"
    return sender or employer


def _reached(applications: QuerySet[Application]) -> tuple[Reached, ...]:
    far = applications.exclude(stage=Stage.APPLICATION).select_related("employer")
    return tuple(
        Reached(Stage(one.stage), one.employer.name if one.employer else "", one.role)
        for one in far.order_by("-began_at", "-pk")[:MOST_LETTERS]
    )


def _answered(owner: User) -> tuple[Answered, ...]:
    answers = Answer.objects.filter(owner=owner).exclude(kind=AnswerKind.AWAY)
    rows = answers.order_by("-letter__sent_at", "-pk").values_list(
        "letter__sender_name", "letter__sent_at"
    )
    return tuple(Answered(who, _day(at)) for who, at in rows[:MOST_LETTERS])


def _used(owner: User) -> tuple[Used, ...]:
    done = Advice.objects.filter(owner=owner, done_at__isnull=False).order_by("-done_at", "-pk")
    rows = done.values_list("quote", "answer__letter__sender_name")
    return tuple(Used(quote, who) for quote, who in rows[:MOST])


def _better(owner: User) -> tuple[Better, ...]:
    """Questions that came more than once, in the same words, and went better the last time."""
    asked = Question.objects.filter(owner=owner, went__isnull=False).order_by(
        "debrief__began_at", "pk"
    )
    went: dict[str, list[tuple[str, int]]] = {}
    for text, mark in asked.values_list("text", "went"):
        if mark is not None and text.strip():
            went.setdefault(" ".join(text.casefold().split()), []).append((text, mark))
    return tuple(
        Better(each[-1][0], each[0][1], each[-1][1])
        for each in went.values()
        if each[-1][1] > each[0][1]
    )[:MOST]


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
