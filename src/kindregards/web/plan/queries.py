"""Plans with everything they are worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from kindregards.core.applications import Outcome
from kindregards.core.diagnosis import practice_first
from kindregards.core.letters.reading import Door, Kind, Person, Stage, Style
from kindregards.core.outreach import recipient, send_window
from kindregards.core.outreach.addresses import is_house
from kindregards.core.outreach.draft import Direction, DraftKind
from kindregards.core.plan import (
    ASK_AFTER,
    FRESH_DAYS,
    REST_AFTER_DAYS,
    Choice,
    Decision,
    Facts,
    State,
    Step,
    StepKind,
    is_awake,
    next_step,
    steps,
    worth_doing,
)
from kindregards.core.plan_words import Words, words_for
from kindregards.web.diagnosis.queries import passings_of
from kindregards.web.models import (
    Application,
    Draft,
    Letter,
    Meeting,
    Plan,
    PlanStep,
    Touch,
    User,
)
from kindregards.web.plan.advice import still_to_follow

# More plans than this at once are not looked through for what is worth doing today: the newest
# come first, and only five things are shown.
PLANS_LOOKED_AT = 60
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Due:
    """One thing worth doing now."""

    plan: Plan
    step: Step
    words: Words


def plan_of(owner: User, pk: int) -> Plan:
    """One plan of the owner with what it is worked out from; 404 for anybody else's."""
    return get_object_or_404(_whole_plans(owner), pk=pk)


def plan_for_letter(owner: User, letter: Letter) -> Plan | None:
    """The plan that is open for the letter's application, if it is a rejection's."""
    if letter.application_id is None:
        return None
    return _whole_plans(owner).filter(application_id=letter.application_id).first()


def due_now(owner: User, now: datetime) -> list[Due]:
    """What is worth doing now, at most five things, the most pressing first."""
    return at_home(owner, now)[0]


def at_home(owner: User, now: datetime) -> tuple[list[Due], Due | None]:
    """What is worth doing now, and where that is nothing, the next thing to come."""
    plans = [(plan, facts_of(plan, now)) for plan in _awake(owner, now) if not _in_doubt(plan)]
    found = [one for one in worth_doing(plans) if not _is_kept(one[0], one[2])]
    due = _worded(found, owner)
    return due, None if due else _coming_up(plans, owner)


def _worded(found: Sequence[tuple[Plan, Facts, Step]], owner: User) -> list[Due]:
    """What is worth doing, in words; all applications are looked at where a step asks for it."""
    improving = [(plan, facts) for plan, facts, step in found if step.kind is StepKind.IMPROVE]
    first = seen_together(improving[0][1], owner).practice_first if improving else None
    advised = still_to_follow(owner, [plan for plan, _facts in improving])
    return [
        Due(plan, step, words_for(step.kind, _with(facts, first, advised[plan.application_id])))
        for plan, facts, step in found
    ]


def _with(facts: Facts, first: bool | None, advised: Sequence[str]) -> Facts:
    return replace(facts, practice_first=first, taken_up=tuple(advised))


def latest_at_rest(owner: User) -> Plan | None:
    """The newest plan that waits to be opened: its letter was old when it came in. [design]"""
    old = Plan.objects.filter(
        owner=owner,
        application__decided_at__lt=F("opened_at") - timedelta(days=FRESH_DAYS),
    ).exclude(Exists(_steps(~Q(choice=""))))
    return old.select_related("application__employer").order_by("-application__decided_at").first()


def steps_ahead(owner: User, now: datetime) -> list[Due]:
    """Every step that waits in a plan that may ask for something, with its day."""
    plans = ((plan, facts_of(plan, now)) for plan in _awake(owner, now) if not _in_doubt(plan))
    return [
        Due(plan, step, words_for(step.kind, facts))
        for plan, facts in plans
        if is_awake(facts)
        for step in steps(facts)
        if step.state in (State.NOW, State.LATER)
    ]


def _in_doubt(plan: Plan) -> bool:
    """Whether its letter is likelier something else than a no: a second look comes first then."""
    letter = rejection_of(plan)
    return letter is not None and letter.probability < LIKELY


def _coming_up(plans: Iterable[tuple[Plan, Facts]], owner: User) -> Due | None:
    waiting = []
    for plan, facts in plans:
        step = next_step(steps(facts)) if is_awake(facts) else None
        if step is not None:
            waiting.append((plan, facts, step))
    first = sorted(waiting, key=lambda one: one[2].on)[:1]
    return next(iter(_worded(first, owner)), None)


def _awake(owner: User, now: datetime) -> QuerySet[Plan]:
    """The plans that may ask for something, newest first; not those with nothing left to do."""
    since = now - timedelta(days=REST_AFTER_DAYS + 1)
    # The cheaper condition first: SQLite works a difference of days out row by row.
    fresh = Q(application__decided_at__gte=since) & Q(
        application__decided_at__gte=F("opened_at") - timedelta(days=FRESH_DAYS)
    )
    begun = Q(Exists(_steps(Q(changed_at__gte=since) | Q(put_off_until_date__gte=since.date()))))
    return (
        _whole_plans(owner)
        .alias(others_decided=_others_decided())
        .filter(fresh | begun)
        .exclude(_ask_decided(), others_decided=len(StepKind) - 1)
        .order_by("-application__decided_at", "-pk")[:PLANS_LOOKED_AT]
    )


def _others_decided() -> Coalesce:
    """How many steps besides asking are decided; nothing would be neither few nor all."""
    decided = _steps(~Q(choice="") & ~Q(kind=StepKind.ASK))
    number = decided.values("plan").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def _ask_decided() -> Q:
    """Asking counts as decided once the letter went out, whatever was decided before."""
    sent = Touch.objects.filter(
        application=OuterRef("application"),
        direction=Direction.OUT,
        kind=DraftKind.ADVICE_REQUEST,
    )
    return Q(Exists(sent)) | Q(Exists(_steps(~Q(choice="") & Q(kind=StepKind.ASK))))


def _steps(like: Q) -> QuerySet[PlanStep]:
    return PlanStep.objects.filter(like, plan=OuterRef("pk"))


def local_date(moment: datetime) -> date:
    """The day it is on the person's own calendar."""
    return timezone.localtime(moment).date()


def rejection_of(plan: Plan) -> Letter | None:
    """The letter that said no; the latest one where there are several."""
    letters: Iterable[Letter] = plan.application.letters.all()
    refusals = [letter for letter in letters if letter.kind == Kind.REJECTION]
    return max(refusals, key=lambda letter: letter.sent_at, default=None)


def recipient_of(plan: Plan) -> Person | None:
    """Whom to write to (R5): somebody who was met, as a debrief tells, or else named in the letters
    of this application; never guessed."""
    letter = rejection_of(plan)
    if letter is None:
        return None
    met = _met(plan)
    people = [*reversed(met), *_people(plan)]
    reachable = recipient(
        people,
        sender=Person(name=letter.sender_name, email=letter.sender_email),
        reply_to=letter.reply_to_email,
        met=_heard_from(letter, [person.name or person.email for person in met]),
    )
    # A person without an address is still the one to greet; the page says where to look for it.
    named = next((person for person in people if person.name), None)
    employer = plan.application.employer
    if reachable and is_house(reachable.name, employer.name if employer else ""):
        return replace(reachable, name=named.name if named else "")
    return reachable or named


def _heard_from(letter: Letter, met: list[str]) -> list[str]:
    """Those met, and once more the one of them who then wrote: heard from last, and most."""
    wrote = letter.sender_name.casefold()
    return [*met, *(one for one in set(met) if wrote and one.casefold() == wrote)]


def facts_of(plan: Plan, now: datetime) -> Facts:
    """What the plan is worked out from, in the person's own time zone."""
    application = plan.application
    letter = rejection_of(plan)
    letter_at = letter.sent_there_at if letter else application.decided_at or plan.opened_at
    asked_at, answered_at = _asked(plan)
    return Facts(
        now=timezone.localtime(now),
        letter_at=timezone.localtime(letter_at),
        opened_at=timezone.localtime(plan.opened_at),
        stage=Stage(application.stage),
        ask_on=_ask_on(letter_at, plan.opened_at, kept_of(plan)),
        style=Style(letter.style) if letter and letter.style else None,
        door=Door(letter.door) if letter and letter.door else None,
        gives_reason=bool(letter and letter.reading["feedback"]),
        is_written_down=any(one.facts_done_at for one in application.debriefs.all()),
        begun=_begun(application),
        employer=application.employer.name if application.employer else "",
        people=_names(plan),
        asked_at=asked_at,
        answered_at=answered_at,
        decisions={StepKind(step.kind): _decision(step) for step in plan.steps.all()},
    )


def _begun(application: Application) -> frozenset[StepKind]:
    """The sittings of a debrief that were begun and left half way."""
    begun = set()
    for one in application.debriefs.all():
        if one.place and not one.facts_done_at:
            begun.add(StepKind.FACTS)
        if one.meaning_began_at and not one.meaning_done_at:
            begun.add(StepKind.MEANING)
    return frozenset(begun)


def seen_together(facts: Facts, owner: User) -> Facts:
    """The facts with what all applications together say of answers and resume (R22)."""
    return replace(facts, practice_first=practice_first(passings_of(owner, facts.now)))


def notes_at_step_0(application: Application) -> str:
    """The lines kept at both sittings of step 0 before there was a debrief."""
    kept = PlanStep.objects.filter(
        plan__application=application, kind__in=[StepKind.FACTS, StepKind.MEANING]
    )
    return "\n\n".join(step.note for step in kept.exclude(note="").order_by("kind"))


def _whole_plans(owner: User) -> QuerySet[Plan]:
    return (
        Plan.objects.filter(owner=owner, application__outcome=Outcome.REJECTED)
        .annotate(letter_kept_until=Subquery(_letter_kept().values("kept_until")[:1]))
        .select_related("application__employer")
        .prefetch_related(
            "steps",
            Prefetch("application__letters", Letter.objects.defer("text", "as_read", "losses")),
            Prefetch(
                "application__touches", Touch.objects.select_related("contact").order_by("at")
            ),
            Prefetch("application__debriefs__meetings", Meeting.objects.select_related("contact")),
        )
    )


def _letter_kept() -> QuerySet[Draft]:
    """The request that was written, and is kept for its day."""
    open_ones = Draft.objects.filter(application=OuterRef("application"), touch=None)
    return open_ones.filter(kind=DraftKind.ADVICE_REQUEST, kept_until__isnull=False)


def _is_kept(plan: Plan, step: Step) -> bool:
    """Whether the step's letter is written and kept: it comes back by itself."""
    return step.kind is StepKind.ASK and kept_of(plan) is not None


def kept_of(plan: Plan) -> datetime | None:
    """Until when the letter of the plan's request is kept; None where it is not."""
    until: datetime | None = getattr(plan, "letter_kept_until", None)
    return until


def _people(plan: Plan) -> list[Person]:
    newest_first = sorted(
        plan.application.letters.all(), key=lambda letter: letter.sent_at, reverse=True
    )
    return [Person(**told) for letter in newest_first for told in letter.reading["people"]]


def _met(plan: Plan) -> list[Person]:
    """Who was there, as the debriefs of this application name them, in that order."""
    meetings = (
        one for debrief in plan.application.debriefs.all() for one in debrief.meetings.all()
    )
    contacts = [one.contact for one in sorted(meetings, key=lambda one: one.pk)]
    return [Person(name=one.name, email=one.email, role=one.role) for one in contacts]


def _names(plan: Plan) -> tuple[str, ...]:
    first, request = recipient_of(plan), _request(plan)
    named = [*([first] if first else []), *_met(plan), *_people(plan)]
    asked = [request.contact.name] if request and request.contact else []
    names = [*asked, *(person.name for person in named)]
    return tuple(dict.fromkeys(name for name in names if name))


def _ask_on(letter_at: datetime, opened_at: datetime, kept_until: datetime | None) -> date:
    """The first good morning for asking (R2); a letter found later is asked about from then on, and
    one that is written and kept has its day."""
    if kept_until is not None:
        return local_date(kept_until)
    seen_at = max(letter_at, opened_at - ASK_AFTER)
    return local_date(send_window(letter_at, seen_at.astimezone(letter_at.tzinfo)).next_at)


def _request(plan: Plan) -> Touch | None:
    """The request for advice that went out, to whomever it went."""
    touches: Iterable[Touch] = plan.application.touches.all()
    return next(
        (
            touch
            for touch in touches
            if touch.direction == Direction.OUT and touch.kind == DraftKind.ADVICE_REQUEST
        ),
        None,
    )


def _asked(plan: Plan) -> tuple[datetime | None, datetime | None]:
    touches = list(plan.application.touches.all())
    request = _request(plan)
    asked = request.at if request else None
    if asked is None:
        return None, None
    answer = next(
        (touch.at for touch in touches if touch.direction == Direction.IN and touch.at > asked),
        None,
    )
    return timezone.localtime(asked), timezone.localtime(answer) if answer else None


def _decision(step: PlanStep) -> Decision:
    return Decision(
        choice=Choice(step.choice) if step.choice else None,
        put_off_until=step.put_off_until_date,
        decided_on=local_date(step.changed_at) if step.choice else None,
        note=step.note,
    )
