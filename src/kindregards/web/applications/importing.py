"""Applications from a list: taken over once, however often the same list comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from kindregards.core.applications import STAGES, Outcome, name_key
from kindregards.core.joining import Mail, Tries
from kindregards.core.letters.reading import Kind, Stage
from kindregards.core.spreadsheet import Entry
from kindregards.web.applications.joining import noon, tries_of
from kindregards.web.applications.settling import settle_all
from kindregards.web.columns import write_columns
from kindregards.web.models import Application, Employer, User

AT_ONCE = 500
FILLED = [
    "employer", "role", "role_key", "listed_stage", "own_outcome", "own_outcome_at",
    "applied_date", "found_through", "link", "note", "put_in_by_hand",
]  # fmt: skip


@dataclass(slots=True)
class Taken:
    """How many rows became new applications, completed one, or brought nothing new."""

    new: int = 0
    completed: int = 0
    known: int = 0
    applications: list[Application] = field(default_factory=list)


@transaction.atomic
def take_over(*, owner: User, entries: Sequence[Entry], now: datetime) -> Taken:
    """Take over what a list says. A row is an application that is here already where it names the
    same employer and role on the same day, or has the same link, or where letters of that time are
    about them; then only what was not known is filled in.

    Gives what was touched, settled; whoever calls opens the plans.
    """
    taking = _Taking(owner, now)
    for entry in entries:
        taking.take(entry)
    return taking.keep()


class _Taking:
    """What is known while rows are taken. New applications have a word for a key until kept."""

    def __init__(self, owner: User, now: datetime) -> None:
        self.owner, self.now = owner, now
        self.tries: Tries[int | str] = tries_of(owner)
        self.employers = {one.key: one for one in Employer.objects.filter(owner=owner)}
        mine = Application.objects.filter(owner=owner).select_related("employer").order_by("pk")
        self.applications: dict[int | str, Application] = {one.pk: one for one in mine}
        self.by_link = {one.link: key for key, one in self.applications.items() if one.link}
        self.by_names: dict[tuple[str, str], list[int | str]] = {}
        for key, one in self.applications.items():
            own_key = one.employer.key if one.employer else ""
            self.by_names.setdefault((own_key, one.role_key), []).append(key)
        self.changed: dict[int | str, Application] = {}
        self.taken = Taken()

    def take(self, entry: Entry) -> None:
        key = self._known(entry)
        if key is None:
            key = f"line {entry.line}"
            self._open(key, entry)
            self.taken.new += 1
        elif self._fill(self.applications[key], entry):
            self.taken.completed += key not in self.changed
        else:
            self.taken.known += 1
            return
        application = self.applications[key]
        self.changed[key] = application
        if application.link:
            self.by_link[application.link] = key

    def keep(self) -> Taken:
        fresh = [one for one in self.employers.values() if one.pk is None]
        Employer.objects.bulk_create(fresh, batch_size=AT_ONCE)
        new = [one for one in self.changed.values() if one.pk is None]
        known = [one for one in self.changed.values() if one.pk is not None]
        Application.objects.bulk_create(new, batch_size=AT_ONCE)
        write_columns(known, FILLED)
        self.taken.applications = [*new, *known]
        settle_all(applications=self.taken.applications)
        return self.taken

    def _known(self, entry: Entry) -> int | str | None:
        if entry.link and entry.link in self.by_link:
            return self.by_link[entry.link]
        names = name_key(entry.employer), name_key(entry.role)
        there = self.by_names.get(names, [])
        same_day = [
            key for key in there if self.applications[key].applied_date == entry.applied_date
        ]
        if same_day or entry.applied_date is None:
            alike = same_day or there
            return alike[-1] if alike else None
        mail = Mail(noon(entry.applied_date), Kind.ACKNOWLEDGEMENT, *names)
        key = self.tries.find(mail, by_thread=False)
        if key is None or self.applications[key].applied_date is not None:
            return None  # two days in a list are two applications
        return key

    def _open(self, key: int | str, entry: Entry) -> None:
        application = Application(
            owner=self.owner,
            stage=Stage.APPLICATION,
            outcome=Outcome.OPEN,
            began_at=self.now,
            created_at=self.now,
            put_in_by_hand=True,
        )
        own_key = name_key(entry.employer)
        if own_key:
            fresh = Employer(owner=self.owner, key=own_key, name=entry.employer)
            application.employer = self.employers.setdefault(own_key, fresh)
        application.role, application.role_key = entry.role, name_key(entry.role)
        self._fill(application, entry)
        self.applications[key] = application
        self.by_names.setdefault((own_key, application.role_key), []).append(key)
        self.tries.add(key, own_key, application.role_key)
        if entry.applied_date is not None:
            at = noon(entry.applied_date)
            self.tries.put(key, Mail(at, Kind.ACKNOWLEDGEMENT, own_key, application.role_key))

    def _fill(self, application: Application, entry: Entry) -> bool:
        """Fill in what was not known; whether there was anything."""
        before = [getattr(application, name) for name in FILLED]
        application.applied_date = application.applied_date or entry.applied_date
        application.found_through = application.found_through or entry.found_through
        application.link = application.link or entry.link
        application.note = application.note or entry.note
        if not application.role_key and entry.role:
            application.role, application.role_key = entry.role, name_key(entry.role)
        reached = Stage(application.listed_stage or application.stage)
        if entry.stage and STAGES.index(entry.stage) > STAGES.index(reached):
            application.listed_stage = entry.stage
        if entry.outcome and entry.outcome not in (application.outcome, application.own_outcome):
            application.own_outcome = entry.outcome
            application.own_outcome_at = _moment(entry.decided_date)
        return [getattr(application, name) for name in FILLED] != before


def _moment(day: date | None) -> datetime | None:
    return None if day is None else noon(day)
