"""Opening applications, joining letters to them, and how far they came."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from kindregards.core.applications import Event, Outcome, name_key, progress
from kindregards.core.letters.reading import Kind, Stage
from kindregards.web.models import Application, Employer, Letter, User

# Letters of these kinds belong to one application; the others are about none.
ABOUT_AN_APPLICATION = frozenset(
    {
        Kind.REJECTION,
        Kind.ACKNOWLEDGEMENT,
        Kind.INTERVIEW_INVITATION,
        Kind.ASSESSMENT,
        Kind.OFFER,
        Kind.ON_HOLD,
    }
)
# The same role at the same employer after this long is a new try (R9: re-applying after 6 months).
ONE_TRY_LASTS = timedelta(days=180)


@transaction.atomic
def place_letter(*, letter: Letter, now: datetime) -> Application | None:
    """Join a letter to its application, or open one; None for letters that are about none.

    Called again after a correction: a letter that is alone in its application takes the
    application's name along, so that the plan and its notes stay.
    """
    before = letter.application
    after = _application_for(letter, before, now)
    if after != before:
        letter.application = after
        letter.save(update_fields=["application"])
    for application in {before, after} - {None}:
        if application is not None:
            settle(application=application)
    if before is not None and before != after:
        _drop_if_untouched(before)
    return after


def settle(*, application: Application) -> None:
    """Work out stage and outcome anew from all letters of the application."""
    told = application.letters.values_list("sent_at", "kind", "stage")
    stands = progress(
        [Event(at, Kind(kind), Stage(stage) if stage else None) for at, kind, stage in told],
        own_stage=Stage(application.own_stage) if application.own_stage else None,
    )
    application.stage = stands.stage
    application.outcome = stands.outcome
    application.decided_at = stands.decided_at
    application.save(update_fields=["stage", "outcome", "decided_at"])


@transaction.atomic
def change_application(
    *, application: Application, employer_name: str, role: str, own_stage: str
) -> None:
    """Take over what the person says about an application."""
    _name(application, employer_name, role)
    application.own_stage = own_stage
    application.save(update_fields=["employer", "role", "role_key", "own_stage"])
    settle(application=application)


def _application_for(
    letter: Letter, before: Application | None, now: datetime
) -> Application | None:
    if letter.kind not in ABOUT_AN_APPLICATION:
        return None
    if before is not None and _fits(before, letter):
        return before
    found = _by_thread(letter) or _by_name(letter)
    if found is not None:
        return found
    if before is not None and not before.letters.exclude(pk=letter.pk).exists():
        _name(before, letter.employer_name, letter.role)
        before.save(update_fields=["employer", "role", "role_key"])
        return before
    return _open_application(letter, now)


def _fits(application: Application, letter: Letter) -> bool:
    employer_key = name_key(letter.employer_name)
    role_key = name_key(letter.role)
    own_key = application.employer.key if application.employer else ""
    return own_key == employer_key and application.role_key in ("", role_key)


def _by_thread(letter: Letter) -> Application | None:
    if not letter.in_reply_to:
        return None
    other = (
        Letter.objects.filter(owner_id=letter.owner_id, message_id=letter.in_reply_to)
        .exclude(application=None)
        .select_related("application__employer")
        .first()
    )
    return other.application if other else None


def _by_name(letter: Letter) -> Application | None:
    """The latest try for this role at this employer; a letter without a role joins the latest."""
    key = name_key(letter.employer_name)
    if not key:
        return None
    tries = Application.objects.filter(owner_id=letter.owner_id, employer__key=key)
    role_key = name_key(letter.role)
    if role_key:
        tries = tries.filter(role_key__in=["", role_key])
    near = tries.filter(
        letters__sent_at__gte=letter.sent_at - ONE_TRY_LASTS,
        letters__sent_at__lte=letter.sent_at + ONE_TRY_LASTS,
    )
    found = near.order_by("-role_key", "-letters__sent_at").first()
    if found is not None and role_key and not found.role_key:
        _name(found, letter.employer_name, letter.role)
        found.save(update_fields=["employer", "role", "role_key"])
    return found


def _open_application(letter: Letter, now: datetime) -> Application:
    application = Application(
        owner_id=letter.owner_id,
        stage=Stage.APPLICATION,
        outcome=Outcome.OPEN,
        created_at=now,
    )
    _name(application, letter.employer_name, letter.role)
    application.save()
    return application


def _name(application: Application, employer_name: str, role: str) -> None:
    application.employer = _employer(application.owner, employer_name)
    application.role = role
    application.role_key = name_key(role)


def _employer(owner: User, name: str) -> Employer | None:
    key = name_key(name)
    if not key:
        return None
    employer, _made = Employer.objects.get_or_create(
        owner=owner, key=key, defaults={"name": name.strip()}
    )
    return employer


def _drop_if_untouched(application: Application) -> None:
    """Remove an application that a correction left without a letter, unless work hangs on it."""
    has_work = (
        application.letters.exists()
        or application.drafts.exists()
        or application.touches.exists()
        or (hasattr(application, "plan") and application.plan.steps.exists())
    )
    if not has_work:
        application.delete()
