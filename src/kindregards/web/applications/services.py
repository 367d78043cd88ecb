"""Opening applications, joining letters to them, and how far they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kindregards.core.applications import Outcome, name_key
from kindregards.core.joining import ABOUT_AN_APPLICATION
from kindregards.core.letters.reading import Stage
from kindregards.web.applications.joining import mail_of, noon, threads_of, tries_near
from kindregards.web.applications.settling import settle
from kindregards.web.models import Application, Employer, Letter, Plan, PlanStep, User


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
        leave(before, after)
    if after is not None:
        settle(application=after)
    if before is not None and before != after and before.pk is not None:
        settle(application=before)
    return after


@transaction.atomic
def remove_letter(*, letter: Letter) -> None:
    """Remove a letter for good; with its last letter an application goes, plan and drafts too.

    One that the person put in by hand, or thought through, stays.
    """
    application = letter.application
    letter.delete()
    if application is None:
        return
    if application.letters.exists() or application.lives_alone or application.debriefs.exists():
        settle(application=application)
    else:
        application.delete()


@transaction.atomic
def add_application(*, owner: User, told: Mapping[str, Any], now: datetime) -> Application:
    """Put in an application by hand; letters that come for it will join it."""
    application = Application(
        owner=owner,
        stage=Stage.APPLICATION,
        outcome=Outcome.OPEN,
        began_at=now,
        created_at=now,
        put_in_by_hand=True,
    )
    name_application(application, told.get("employer", ""), told.get("role", ""))
    application.save()
    change_application(application=application, told=told, now=now)
    return application


@transaction.atomic
def change_application(*, application: Application, told: Mapping[str, Any], now: datetime) -> None:
    """Take over what the person says about an application, as `ApplicationForm.told` gives it.

    What is not in it stays. An outcome without a day is of `now`, or of its day before.
    """
    known = application.employer.name if application.employer else ""
    name_application(application, told.get("employer", known), told.get("role", application.role))
    application.own_stage = told.get("stage", application.own_stage)
    for name in ("applied_date", "found_through", "link", "note"):
        setattr(application, name, told.get(name, getattr(application, name)))
    application.route = told.get("route") or application.route
    if "outcome" in told:
        _decide(application, told["outcome"], told.get("outcome_date"), now)
    application.save()
    settle(application=application)


def _decide(application: Application, outcome: str, day: date | None, now: datetime) -> None:
    known = application.own_outcome_at
    same_day = day is None or (known is not None and timezone.localtime(known).date() == day)
    if outcome == application.own_outcome and same_day:
        return
    application.own_outcome = outcome
    decided_at = min(noon(day), now) if day is not None else now
    application.own_outcome_at = decided_at if outcome else None


@transaction.atomic
def remove_application(*, application: Application) -> bool:
    """Remove an application that has no letters, with all that hangs on it; whether it had none."""
    if application.letters.exists():
        return False
    application.delete()
    return True


def put_out_of_sight(*, owner: User, rejected: bool) -> None:
    """Remember whether rejected applications are shown in the list; they are never lost."""
    owner.hides_rejected = rejected
    owner.save(update_fields=["hides_rejected"])


def _application_for(
    letter: Letter,
    before: Application | None,
    now: datetime,
    *,
    was: Names | None,
    by_person: bool,
) -> Application | None:
    renamed = by_person and was is not None and was != names_in(letter)
    if before is not None and letter.moved_by_person and not renamed:
        return before
    if letter.kind not in ABOUT_AN_APPLICATION:
        return before if before is not None and _has_work(before) else None
    if before is not None and _stays(before, letter, was, by_person=by_person):
        return before
    found = _found_for(letter, by_thread=not by_person)
    if found is not None:
        return found
    if before is not None and not before.letters.exclude(pk=letter.pk).exists():
        name_application(before, letter.employer_name, letter.role)
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


def _found_for(letter: Letter, *, by_thread: bool) -> Application | None:
    """The application that the letter joins, which takes over a role that it did not know."""
    mail = mail_of(letter, threads_of([letter.pk]).get(letter.pk, ()))
    near = tries_near(letter.owner, [mail], without=letter)
    key = near.find(mail, by_thread=by_thread)
    if key is None:
        return None
    found = Application.objects.select_related("employer").get(pk=key)
    take_over_names(found, letter)
    return found


def take_over_names(application: Application, letter: Letter) -> None:
    """Let an application have the employer or role that it did not know until this letter."""
    knows_employer = application.employer is not None
    if (knows_employer or not name_key(letter.employer_name)) and (
        application.role_key or not name_key(letter.role)
    ):
        return
    employer = application.employer.name if application.employer else letter.employer_name
    name_application(application, employer, application.role or letter.role)
    application.save(update_fields=["employer", "role", "role_key"])


def new_application(letter: Letter, now: datetime) -> Application:
    """The application that a letter opens, neither named nor kept yet."""
    return Application(
        owner_id=letter.owner_id,
        stage=Stage.APPLICATION,
        outcome=Outcome.OPEN,
        began_at=letter.sent_at,
        created_at=now,
    )


def _open_application(letter: Letter, now: datetime) -> Application:
    application = new_application(letter, now)
    name_application(application, letter.employer_name, letter.role)
    application.save()
    return application


def name_application(application: Application, employer_name: str, role: str) -> None:
    """Set employer and role with their keys; saving is left to the caller."""
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


def leave(before: Application, after: Application | None, *, also_by_hand: bool = False) -> None:
    """Remove an application that has no letter left; what hangs on it goes on to the other.

    One that the person put in by hand stays, but for `also_by_hand`; so does one that was thought
    through where there is no other.
    """
    if before.letters.exists() or (before.lives_alone and not also_by_hand):
        return
    if after is None and before.debriefs.exists():
        return
    if after is not None:
        before.touches.update(application=after)
        before.debriefs.update(application=after)
        _hand_on_drafts(before, after)
        _hand_on_plan(before, after)
    before.delete()


def _hand_on_drafts(before: Application, after: Application) -> None:
    for draft in before.drafts.all():
        open_there = after.drafts.filter(kind=draft.kind, touch=None).first()
        if draft.touch_id is None and open_there is not None:
            # One letter of a kind is open at a time: the other text can be called back there.
            open_there.earlier = [*open_there.earlier, {"text": draft.text}]
            open_there.revision += 1
            open_there.save(update_fields=["earlier", "revision"])
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
