"""Joining many new letters at once: the same rules, in few questions to the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from kindregards.core.applications import Event, name_key
from kindregards.core.joining import ABOUT_AN_APPLICATION, Mail, Tries
from kindregards.web.applications.joining import mail_of, threads_of, tries_near
from kindregards.web.applications.services import new_application
from kindregards.web.applications.settling import event_of, settle_all, work_out
from kindregards.web.columns import write_columns
from kindregards.web.models import Application, Employer, Letter, User

AT_ONCE = 500
Key = int | str  # a number, or a word for an application that is not kept yet


@transaction.atomic
def place_letters(*, owner: User, letters: Iterable[Letter], now: datetime) -> list[Application]:
    """Join new letters of one owner to their applications, or open them, as `place_letter` does.

    The letters are taken by their day, whatever order they come in. Those that have an application
    already, or are about none, stay as they are. Gives the applications that got letters, settled;
    whoever calls opens their plans (`web.plan.services.open_plans`).
    """
    about = [
        one for one in letters if one.application_id is None and one.kind in ABOUT_AN_APPLICATION
    ]
    if not about:
        return []
    threads = threads_of([letter.pk for letter in about])
    in_time = sorted(about, key=lambda one: (one.sent_at, one.pk))
    mails = [mail_of(letter, threads.get(letter.pk, ())) for letter in in_time]
    placing = _Placing(owner, now, tries_near(owner, mails))
    for letter, mail in zip(in_time, mails, strict=True):
        placing.place(letter, mail)
    return placing.keep()


@dataclass
class _Placing:
    """What is known while letters are placed. New applications have a word for a key until kept."""

    owner: User
    now: datetime
    tries: Tries[Key]
    known: dict[Key, Application] = field(default_factory=dict)
    employers: dict[str, Employer] = field(default_factory=dict)
    touched: dict[Key, Application] = field(default_factory=dict)
    placed: list[Letter] = field(default_factory=list)

    def __post_init__(self) -> None:
        keys = [key for key in self.tries if isinstance(key, int)]
        for at in range(0, len(keys), AT_ONCE):
            some = Application.objects.filter(owner=self.owner, pk__in=keys[at : at + AT_ONCE])
            self.known.update((one.pk, one) for one in some.select_related("employer"))

    def place(self, letter: Letter, mail: Mail) -> None:
        key = self.tries.find(mail)
        if key is None:
            key = f"new {letter.pk}"
            self.touched[key] = new_application(letter, self.now)
        elif key not in self.touched:
            self.touched[key] = self.known[key]
        self._name(self.touched[key], letter)
        application = self.touched[key]
        own_key = application.employer.key if application.employer else ""
        self.tries.add(key, own_key, application.role_key)
        self.tries.put(key, mail)
        letter.application = application
        self.placed.append(letter)

    def _name(self, application: Application, letter: Letter) -> None:
        """Let it have the employer and the role that it did not know until this letter."""
        key = name_key(letter.employer_name)
        if application.employer is None and key:
            fresh = Employer(owner=self.owner, key=key, name=letter.employer_name.strip())
            application.employer = self.employers.setdefault(key, fresh)
        if not application.role_key and name_key(letter.role):
            application.role, application.role_key = letter.role, name_key(letter.role)

    def keep(self) -> list[Application]:
        """Write everything down; new applications are worked out before they are written."""
        self._keep_employers()
        events: dict[int, list[Event]] = defaultdict(list)
        for letter in self.placed:
            events[id(letter.application)].append(
                event_of(letter.sent_at, letter.kind, letter.stage)
            )
        applications = list(self.touched.values())
        new = [one for one in applications if one.pk is None]
        known = [one for one in applications if one.pk is not None]
        for one in new:
            work_out(one, events[id(one)])
        # Django takes the numbers over from what it has just made.
        Application.objects.bulk_create(new, batch_size=AT_ONCE)
        write_columns(known, ["employer", "role", "role_key"])
        for letter in self.placed:
            letter.application = letter.application  # whose number is known now
        write_columns(self.placed, ["application"])
        settle_all(applications=known)
        return applications

    def _keep_employers(self) -> None:
        """Find or make the employers that are named for the first time in this round."""
        fresh = {key: one for key, one in self.employers.items() if one.pk is None}
        Employer.objects.bulk_create(fresh.values(), batch_size=AT_ONCE, ignore_conflicts=True)
        keys = list(fresh)
        for at in range(0, len(keys), AT_ONCE):
            made = Employer.objects.filter(owner=self.owner, key__in=keys[at : at + AT_ONCE])
            for one in made:
                fresh[one.key].pk = one.pk
        for application in self.touched.values():
            application.employer = application.employer
