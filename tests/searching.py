"""Whole searches as rows: so many applications that ended alike, with their letters."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from kindregards.core.applications import Outcome, name_key
from kindregards.core.diagnosis import Route
from kindregards.core.letters.reading import Stage
from kindregards.web.models import Application, Employer, Letter, User
from kindregards.web.plan.services import put_in_application
from tests.factories import FORM, INTERVIEWED, a_letter, received

_NUMBERS = count(1)


def silent(owner: User, many: int, *, days: int = 40) -> None:
    """Applications put in by hand, so many days ago, of which nothing was heard."""
    now = timezone.now()
    day = timezone.localdate() - timedelta(days=days)
    for _ in range(many):
        told = {"employer": f"Mill {next(_NUMBERS)}", "role": "Planner", "applied_date": day}
        put_in_application(owner=owner, told=told, now=now)


def letters(owner: User, many: int, words: str = FORM, *, days: int = 40) -> list[Letter]:
    """Letters that came in, each of another employer."""
    now = timezone.now()
    came = []
    for number in range(many):
        name = f"Mill {next(_NUMBERS)}"
        raw = a_letter(
            words,
            employer=name,
            sent_at=now - timedelta(days=days + number),
            message_id=name.replace(" ", ""),
            sender=f"Jobs <jobs@{name.lower().replace(' ', '')}.example>",
        )
        came.append(received(owner, raw, now=now))
    return came


def interviews(owner: User, many: int, *, days: int = 40) -> list[Letter]:
    """Rejections after an interview, each of another employer."""
    return letters(owner, many, INTERVIEWED, days=days)


def rows(
    owner: User,
    many: int,
    stage: Stage = Stage.APPLICATION,
    outcome: Outcome = Outcome.REJECTED,
    *,
    began_at: datetime,
    route: Route = Route.DIRECT,
    feedback: tuple[str, str] | None = None,
) -> None:
    """Applications with one letter each, as bare rows, for large numbers of them."""
    names = [f"Mill {next(_NUMBERS)}" for _ in range(many)]
    employers = Employer.objects.bulk_create(
        Employer(owner=owner, name=name, key=name_key(name)) for name in names
    )
    applications = Application.objects.bulk_create(
        Application(
            owner=owner,
            employer=employer,
            stage=stage,
            outcome=outcome,
            route=route,
            began_at=began_at,
            last_heard_at=began_at,
            decided_at=began_at + timedelta(days=12) if outcome is Outcome.REJECTED else None,
            created_at=began_at,
        )
        for employer in employers
    )
    quotes, reasons = ([feedback[1]], [feedback[0]]) if feedback else ([], [])
    Letter.objects.bulk_create(
        Letter(
            owner=owner,
            application=application,
            message_id=f"<{application.pk}@rows.example>",
            digest=str(application.pk),
            text="Dear Ada,",
            sent_at=began_at,
            arrived_at=began_at,
            as_read={},
            reading={"feedback": quotes, "reasons": reasons, "people": []},
            kind="rejection",
            style="personal",
            told="",
            probability=1.0,
        )
        for application in applications
    )
