"""What happened in the last seven days, counted."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from kindregards.core.diagnosis.week import Week
from kindregards.core.letters.reading import Kind
from kindregards.core.outreach import AnswerKind, Direction, DraftKind
from kindregards.core.plan import Choice
from kindregards.web.models import Answer, Application, Letter, PlanStep, Touch, User

SIX_DAYS = timedelta(days=6)


def week_of(owner: User, now: datetime) -> Week:
    """Today and the six days before, by the owner's calendar."""
    ends = timezone.localtime(now).date()
    since = timezone.make_aware(datetime.combine(ends - SIX_DAYS, time.min))
    letters = Letter.objects.filter(owner=owner, sent_at__gte=since, sent_at__lte=now, answer=None)
    touches = Touch.objects.filter(owner=owner, at__gte=since, direction=Direction.OUT)
    steps = PlanStep.objects.filter(plan__owner=owner, changed_at__gte=since, choice=Choice.DONE)
    answers = Answer.objects.filter(owner=owner, letter__sent_at__gte=since)
    said, by = _kind_words(Letter.objects.filter(owner=owner))
    return Week(
        begins=ends - SIX_DAYS,
        ends=ends,
        applied=Application.objects.filter(owner=owner, began_at__gte=since).count(),
        noes=letters.filter(kind=Kind.REJECTION).count(),
        invitations=letters.filter(kind=Kind.INTERVIEW_INVITATION).count(),
        asked=touches.filter(kind=DraftKind.ADVICE_REQUEST).count(),
        answered=answers.exclude(kind=AnswerKind.AWAY).count(),
        steps_done=steps.count(),
        kind_words=said,
        kind_from=by,
    )


def _kind_words(letters: QuerySet[Letter]) -> tuple[str, str]:
    """The latest kind words of any letter, and who wrote them; two empty ones for none."""
    kept = letters.filter(reading__kind_words__0__isnull=False).order_by("-sent_at", "-pk")
    found = kept.values_list("reading__kind_words", "sender_name", "sender_email").first()
    return (found[0][0], found[1] or found[2]) if found else ("", "")
