"""Debriefs with what was written in them, and what other pages ask of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from kindregards.core.applications import Outcome
from kindregards.core.debriefs import Intention, Known, Prompt, cap
from kindregards.core.letters.reading import Kind, Stage, Style
from kindregards.core.self_harm import speaks_of_self_harm
from kindregards.web.models import Advice, Application, Claim, Debrief, Letter, Note, Question, User

# A plan to try aloud comes back on its day; whoever is away that day still finds it.
TOLD_FOR_DAYS = 3
# What was asked fades within days (R12); an invitation is often for one or two weeks later.
RECALLED_FOR = timedelta(days=21)


def debrief_of(owner: User, pk: int) -> Debrief:
    """One debrief of the owner with all that was written in it; 404 for anybody else's."""
    return get_object_or_404(_whole(owner), pk=pk)


def latest_debrief(application: Application) -> Debrief | None:
    """The debrief of an application with its notes; joining two applications makes several."""
    found = application.debriefs.prefetch_related("notes")
    return found.order_by("-began_at", "-pk").first()


def question_of(owner: User, pk: int) -> Question:
    """One question of the owner that a debrief holds; 404 for anybody else's."""
    told = Question.objects.exclude(debrief=None).select_related("debrief")
    return get_object_or_404(told, owner=owner, pk=pk)


def claim_of(owner: User, pk: int) -> Claim:
    """One claim of the owner; 404 for anybody else's."""
    found = Claim.objects.select_related("debrief__application")
    return get_object_or_404(found, owner=owner, pk=pk)


def known_of(debrief: Debrief) -> Known:
    """What the screens of a debrief follow from."""
    return Known(
        met_somebody=debrief.application.stage != Stage.APPLICATION,
        has_letter=rejection_in(debrief.application) is not None,
        questions=tuple(one.pk for one in debrief.questions.all()),
        causes=tuple(one.pk for one in debrief.claims.all()),
    )


def rejection_in(application: Application) -> Letter | None:
    """The letter that said no, the latest where there are several."""
    letters: Iterable[Letter] = application.letters.all()
    refusals = [letter for letter in letters if letter.kind == Kind.REJECTION]
    return max(refusals, key=lambda letter: letter.sent_at, default=None)


def is_heavy(debrief: Debrief) -> bool:
    """Whether anything written in it speaks of hurting oneself (R17)."""
    written = [one.text for one in (*debrief.notes.all(), *debrief.questions.all())]
    return any(speaks_of_self_harm(text) for text in written)


def cap_of(debrief: Debrief) -> int:
    """The most that a cause of this one can be held for, by what is known of it."""
    letter = rejection_in(debrief.application)
    answered = Advice.objects.filter(answer__draft__application_id=debrief.application_id)
    return cap(
        is_personal=letter is not None and letter.style == Style.PERSONAL,
        gives_reason=bool(letter and letter.reading["feedback"]),
        was_answered=answered.exists(),
    )


def note_at(debrief: Debrief, prompt: Prompt, question: int | None = None) -> Note | None:
    """What was written at a prompt; of a question where it is what was said to it."""
    for note in debrief.notes.all():
        if note.prompt == prompt and note.question_id == question:
            return note
    return None


def words_at(debrief: Debrief, prompt: Prompt, question: int | None = None) -> str:
    """The words written at a prompt; "" for none."""
    note = note_at(debrief, prompt, question)
    return note.text.strip() if note else ""


def intention_of(debrief: Debrief) -> Intention:
    """The one plan that the debrief ends with; empty while there is none."""
    return Intention(
        cue=words_at(debrief, Prompt.IF_THEN),
        then=words_at(debrief, Prompt.THEN),
        on=debrief.practice_date,
        place=words_at(debrief, Prompt.TRY),
    )


def questions_to_practice(owner: User) -> QuerySet[Question]:
    """The questions that the owner wants to practice: those that went worst first."""
    found = Question.objects.filter(owner=owner, to_practice=True).exclude(text="")
    return (
        found.select_related("debrief__application__employer")
        .prefetch_related("notes")
        .order_by("went", "-pk")
    )


def intention_due(owner: User, today: date) -> tuple[Debrief, Intention] | None:
    """The plan to try aloud whose day it is: told from its day on for three days, then no more."""
    waiting = Debrief.objects.filter(
        owner=owner,
        practiced_at=None,
        practice_date__gt=today - timedelta(days=TOLD_FOR_DAYS),
        practice_date__lte=today,
    )
    found = waiting.select_related("application__employer").prefetch_related("notes")
    for debrief in found.order_by("-practice_date", "-pk")[:5]:
        intention = intention_of(debrief)
        if intention.said:
            return debrief, intention
    return None


def conversation_to_recall(owner: User, now: datetime) -> Application | None:
    """An open application with a conversation of late and nothing written down of it."""
    met = [Stage.SCREEN, Stage.INTERVIEW, Stage.FINAL]
    found = Application.objects.filter(
        owner=owner,
        outcome=Outcome.OPEN,
        stage__in=met,
        debriefs=None,
        last_heard_at__gte=now - RECALLED_FOR,
    )
    return found.select_related("employer").order_by("-last_heard_at", "-pk").first()


def _whole(owner: User) -> QuerySet[Debrief]:
    letters = Letter.objects.defer("as_read", "losses")
    return (
        Debrief.objects.filter(owner=owner)
        .select_related("application__employer", "application__plan", "owner")
        .prefetch_related(
            "notes",
            Prefetch("questions", Question.objects.order_by("pk")),
            Prefetch("claims", Claim.objects.order_by("pk")),
            Prefetch("application__letters", letters),
        )
    )
