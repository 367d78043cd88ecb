"""What the diagnosis is worked out from: applications, stated reasons, days, answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, OuterRef, Q, When

from kindregards.core.applications import Event, Outcome, reached
from kindregards.core.diagnosis import (
    Counted,
    Diagnosis,
    Pace,
    Passing,
    Past,
    Route,
    Stated,
    Way,
    diagnose,
    family_of,
    paces,
    passings_in,
)
from kindregards.core.diagnosis.usual import Market
from kindregards.core.letters.reading import Door, Kind, Reason, Stage, Style
from kindregards.core.outreach import AnswerKind, Direction, DraftKind
from kindregards.web.diagnosis.returning import gaps_of, questions_of
from kindregards.web.models import (
    Answer,
    Application,
    Correction,
    Draft,
    Letter,
    Plan,
    Resume,
    Touch,
    User,
)

# Letters that say when a stage was reached. A rejection says how far one came, not when.
_SHOWS_A_DAY = (Kind.INTERVIEW_INVITATION, Kind.ASSESSMENT, Kind.OFFER)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for advice and what came back; None while nothing has."""

    employer: str
    at: datetime
    answer: AnswerKind | None


def diagnosis_of(owner: User, now: datetime) -> Diagnosis:
    """The diagnosis of everything the owner has put in. Asks the database four times."""
    return diagnose(
        pasts_of(owner),
        market=Market(owner.market),
        stated=stated_to(owner),
        questions=questions_of(owner),
        gaps=gaps_of(owner),
        now=now,
    )


def passings_of(owner: User, now: datetime) -> tuple[Passing, ...]:
    """How the owner passes from stage to stage, and nothing else of it. Asks only once."""
    return passings_in(pasts_of(owner), market=Market(owner.market), now=now)


def pasts_of(owner: User) -> list[Past]:
    """Every application as the diagnosis takes it."""
    told = Application.objects.filter(owner=owner).values_list(*_OF_A_PAST)
    return [_past(*values) for values in told]


_OF_A_PAST = ("stage", "outcome", "began_at", "last_heard_at", "route", "role")


def _past(
    stage: str,
    outcome: str,
    began_at: datetime,
    heard_at: datetime | None,
    route: str,
    role: str,
) -> Past:
    return Past(
        stage=Stage(stage),
        outcome=Outcome(outcome),
        began_at=began_at,
        heard_at=heard_at or began_at,
        route=Route(route),
        family=family_of(role),
    )


def pasts_by_version(resume: Resume) -> list[tuple[int, Past]]:
    """The applications that versions of a resume went to, each with the version's key."""
    went = Application.objects.filter(version__resume=resume)
    told = went.order_by("began_at", "pk").values_list("version", *_OF_A_PAST)
    return [(version, _past(*values)) for version, *values in told]


def stated_to(owner: User) -> list[Stated]:
    """The reasons that personal letters and answers state, or that the person corrected (R24)."""
    corrected = Correction.objects.filter(letter=OuterRef("pk"), field="reason")
    in_letter = ~Q(reading__feedback=[]) & (~Q(style=Style.FORM) | Exists(corrected))
    in_answer = Q(answer__isnull=False) & ~Q(answer__reasons=[]) & ~Exists(corrected)
    letters = (
        Letter.objects.filter(in_letter | in_answer, owner=owner, application__isnull=False)
        .annotate(is_answer=Case(When(in_answer, then=True), default=False))
        .values_list(
            *("pk", "sent_at", "application__employer__name", "is_answer", "answer__reasons"),
            *("reading__feedback", "reading__reasons"),
        )
    )
    return [
        Stated(Reason(reason), quote, employer or "", pk, sent_at)
        for pk, sent_at, employer, is_answer, answered, quotes, reasons in letters
        for quote, reason in (answered if is_answer else zip(quotes, reasons, strict=True))
        if reason
    ]


def paces_of(owner: User) -> tuple[Pace, ...]:
    """How long the owner's applications stayed at each stage. Asks the database twice."""
    events: dict[int, list[tuple[Stage, datetime]]] = defaultdict(list)
    letters = Letter.objects.filter(owner=owner, kind__in=_SHOWS_A_DAY, answer=None)
    told = letters.values_list("application_id", "sent_at", "kind", "stage")
    for key, sent_at, kind, stage in told:
        shown = reached(Event(sent_at, Kind(kind), Stage(stage) if stage else None))
        if key is not None and shown is not None:
            events[key].append((shown, sent_at))
    mine = Application.objects.filter(owner=owner)
    known = mine.values_list("pk", "stage", "began_at", "outcome", "decided_at")
    return paces(
        Way(
            furthest=Stage(stage),
            began_at=began_at,
            reached=tuple(events[pk]),
            ended_at=decided_at if outcome == Outcome.REJECTED else None,
        )
        for pk, stage, began_at, outcome, decided_at in known
    )


def requests_of(owner: User) -> list[Asked]:
    """Every request for advice that went out, the latest first. Asks the database twice."""
    sent = Touch.objects.filter(
        owner=owner, direction=Direction.OUT, kind=DraftKind.ADVICE_REQUEST
    ).order_by("-at", "-pk")
    answers = Answer.objects.filter(owner=owner).exclude(kind=AnswerKind.AWAY)
    came = dict(answers.values_list("draft__touch_id", "kind"))
    return [
        Asked(employer or "", at, AnswerKind(came[pk]) if pk in came else None)
        for pk, at, employer in sent.values_list("pk", "at", "application__employer__name")
    ]


def counted_of(owner: User) -> Counted:
    """What is counted in the owner's letters both ways. Asks the database four times."""
    letters = Letter.objects.filter(owner=owner, kind=Kind.REJECTION, answer=None).aggregate(
        said_no=Count("pk"), open_doors=Count("pk", filter=Q(door=Door.OPEN))
    )
    asked = requests_of(owner)
    against = Draft.objects.filter(owner=owner, touch__isnull=False).exclude(overruled_because="")
    answer = Touch.objects.filter(
        direction=Direction.IN, application=OuterRef("application"), at__gt=OuterRef("touch__at")
    )
    heard = against.annotate(was_answered=Exists(answer)).values_list("was_answered", flat=True)
    return Counted(
        rejections=letters["said_no"],
        open_doors=letters["open_doors"],
        asked=len(asked),
        answered=sum(one.answer is not None for one in asked),
        overruled=len(heard),
        overruled_answered=sum(heard),
    )


def names_by_stage(owner: User) -> dict[str, list[str]]:
    """The employers at which the owner came to an interview or further, for a picture to keep."""
    far = Application.objects.filter(
        owner=owner, stage__in=(Stage.INTERVIEW, Stage.FINAL, Stage.OFFER), employer__isnull=False
    )
    found: dict[str, list[str]] = defaultdict(list)
    for stage, name in far.order_by("began_at", "pk").values_list("stage", "employer__name"):
        if name not in found[stage]:
            found[stage].append(name)
    return dict(found)


def plan_to_improve(owner: User, stages: Sequence[Stage]) -> int | None:
    """The number of the latest plan whose application ended at one of the stages, if any."""
    ended = Plan.objects.filter(
        owner=owner, application__outcome=Outcome.REJECTED, application__stage__in=stages
    )
    latest = ended.order_by("-application__decided_at", "-pk").values_list("pk", flat=True)
    return latest.first()
