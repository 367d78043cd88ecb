"""Opening applications, joining letters to them, and how far they came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from kindregards.core.applications import Event, Outcome, name_key, progress
from kindregards.core.letters.reading import Kind, Stage
from kindregards.web.models import Application, Employer, Letter, Plan, PlanStep, User

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


@dataclass(frozen=True, slots=True)
class Names:
    """The employer and role that a letter names; "" for none."""

    employer: str
    role: str


def names_in(letter: Letter) -> Names:
    """What the letter names, as it is read and corrected now."""
    return Names(letter.employer_name, letter.role)


@transaction.atomic
def place_letter(
    *, letter: Letter, now: datetime, was: Names | None = None, by_person: bool = False
) -> Application | None:
    """Join a letter to its application, or open one; None for letters that are about none.

    Called again after a correction (`by_person`) or another reading, with what the letter named
    before: it moves only where that changed, and another reading never undoes how the person
    named the application. What hangs on an application without letters goes along.
    """
    before = letter.application
    after = _application_for(letter, before, now, was=was, by_person=by_person)
    if after != before:
        letter.application = after
        letter.save(update_fields=["application"])
    if before is not None and before != after:
        _leave(before, after)
    if after is not None:
        settle(application=after)
    if before is not None and before != after and before.pk is not None:
        settle(application=before)
    return after


@transaction.atomic
def remove_letter(*, letter: Letter) -> None:
    """Remove a letter for good; with its last letter an application goes, plan and drafts too."""
    application = letter.application
    letter.delete()
    if application is None:
        return
    if application.letters.exists():
        settle(application=application)
    else:
        application.delete()


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
    letter: Letter,
    before: Application | None,
    now: datetime,
    *,
    was: Names | None,
    by_person: bool,
) -> Application | None:
    if letter.kind not in ABOUT_AN_APPLICATION:
        return before if before is not None and _has_work(before) else None
    if before is not None and _stays(before, letter, was, by_person=by_person):
        return before
    found = (None if by_person else _by_thread(letter)) or _by_name(letter)
    if found is not None:
        return found
    if before is not None and not before.letters.exclude(pk=letter.pk).exists():
        _name(before, letter.employer_name, letter.role)
        before.save(update_fields=["employer", "role", "role_key"])
        return before
    return _open_application(letter, now)


def _stays(application: Application, letter: Letter, was: Names | None, *, by_person: bool) -> bool:
    now_named = names_in(letter)
    if _fits(application, now_named) or was is None or was == now_named:
        return True
    return not by_person and not _fits(application, was)


def _fits(application: Application, names: Names) -> bool:
    own_key = application.employer.key if application.employer else ""
    same_role = application.role_key in ("", name_key(names.role))
    return own_key == name_key(names.employer) and same_role


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
    near = Application.objects.filter(
        owner_id=letter.owner_id,
        employer__key=key,
        letters__sent_at__gte=letter.sent_at - ONE_TRY_LASTS,
        letters__sent_at__lte=letter.sent_at + ONE_TRY_LASTS,
    ).order_by("-letters__sent_at", "-pk")
    role_key = name_key(letter.role)
    if role_key:  # one of the same role first, else one whose role is not known yet
        near = near.filter(role_key__in=["", role_key]).order_by(
            "-role_key", "-letters__sent_at", "-pk"
        )
    found = near.first()
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


def _has_work(application: Application) -> bool:
    """Whether the person has done anything that hangs on the application."""
    return (
        application.drafts.exists()
        or application.touches.exists()
        or PlanStep.objects.filter(plan__application=application).exists()
    )


def _leave(before: Application, after: Application | None) -> None:
    """Remove an application that has no letter left; what hangs on it goes on to the other."""
    if before.letters.exists():
        return
    if after is not None:
        before.touches.update(application=after)
        _hand_on_drafts(before, after)
        _hand_on_plan(before, after)
    before.delete()


def _hand_on_drafts(before: Application, after: Application) -> None:
    for draft in before.drafts.all():
        open_there = after.drafts.filter(kind=draft.kind, touch=None).first()
        if draft.touch_id is None and open_there is not None:
            # One letter of a kind is open at a time: the other text can be called back there.
            open_there.text_before = draft.text
            open_there.revision += 1
            open_there.save(update_fields=["text_before", "revision"])
        else:
            draft.application = after
            draft.save(update_fields=["application"])


def _hand_on_plan(before: Application, after: Application) -> None:
    there = Plan.objects.filter(application=after).first()
    if there is None:
        Plan.objects.filter(application=before).update(application=after)
        return
    for step in PlanStep.objects.filter(plan__application=before):
        same = there.steps.filter(kind=step.kind).first()
        if same is None:
            step.plan = there
            step.save(update_fields=["plan"])
        elif step.note:
            same.note = f"{same.note}\n\n{step.note}".strip()
            same.save(update_fields=["note"])
