"""Reminders as rows: when the next word to somebody is due, kept whenever something changes.

Letters, drafts, debriefs, address books and the person's own choices all change it, so this stands
beside the slices. Whoever writes a Touch, an Occasion, or what became of an application calls
`work_out` in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from kindregards.core.applications import Outcome
from kindregards.core.network.rhythm import Closeness, Next, Reason, Tie, Why, next_word
from kindregards.core.outreach.draft import Direction
from kindregards.web.models import Application, Contact, Letter, Occasion, Reminder, Touch, User

AT_ONCE = 500
KEPT = ["due_date", "until_date", "why", "is_dormant", "changed_at"]


def work_out(*, owner_id: int, contacts: Collection[int], now: datetime) -> None:
    """Keep for each of the contacts when the next word is due, or that none is.

    Asks the database as often for one as for 500. One that is due as before is left as it is.
    """
    keys = sorted(contacts)
    for at in range(0, len(keys), AT_ONCE):
        some = Contact.objects.filter(owner_id=owner_id, pk__in=keys[at : at + AT_ONCE])
        _keep(owner_id, dict(_next_words(owner_id, list(some), now)), now)


def work_out_with(touch: Touch, now: datetime) -> None:
    """Work out whoever a Touch was with."""
    if touch.contact_id is not None:
        work_out(owner_id=touch.owner_id, contacts=[touch.contact_id], now=now)


@transaction.atomic
def forget_touch(*, touch: Touch, now: datetime) -> None:
    """Remove a Touch that was none; the last word is then the one before it."""
    contact = touch.contact
    touch.delete()
    if contact is None:
        return
    last = contact.touches.aggregate(at=Max("at"))["at"]
    heard = [at for _address, at in _letters_from(touch.owner_id, set(_addresses([contact])))]
    contact.last_at = max([*heard, *([last] if last else [])], default=None)
    contact.save(update_fields=["last_at"])
    work_out_with(touch, now)


def work_out_near(*, applications: Iterable[Application], now: datetime) -> None:
    """Work out those of the applications' employers, after something became of them."""
    by_owner: defaultdict[int, set[int]] = defaultdict(set)
    for one in applications:
        if one.employer_id is not None:
            by_owner[one.owner_id].add(one.employer_id)
    for owner_id, employers in by_owner.items():
        near = Contact.objects.filter(owner_id=owner_id, employer__in=employers)
        work_out(owner_id=owner_id, contacts=near.values_list("pk", flat=True), now=now)


def work_out_everybody(*, owner: User, now: datetime) -> None:
    """Work out all with whom there may be a next word."""
    known = Q(employer__isnull=False) | Q(last_at__isnull=False) | ~Q(closeness="")
    known |= Q(pk__in=Reminder.objects.filter(owner=owner).values("contact"))
    known |= Q(pk__in=Occasion.objects.filter(owner=owner, ends_at__gt=now).values("contact"))
    pks = Contact.objects.filter(known, owner=owner).values_list("pk", flat=True)
    work_out(owner_id=owner.pk, contacts=pks, now=now)


def lapsed(owner: User, now: datetime) -> QuerySet[Reminder]:
    """Reminders whose last day is over."""
    return Reminder.objects.filter(owner=owner, until_date__lt=local_day(now))


def local_day(moment: datetime) -> date:
    """The day it is on the person's own calendar."""
    return timezone.localtime(moment).date()


def _keep(owner_id: int, words: dict[int, Next | None], now: datetime) -> None:
    there = {one.contact_id: one for one in Reminder.objects.filter(contact__in=words)}
    over = [one.pk for key, one in there.items() if words[key] is None]
    if over:
        Reminder.objects.filter(pk__in=over).delete()
    fresh = [
        Reminder(
            owner_id=owner_id,
            contact_id=key,
            due_date=word.on,
            until_date=word.until,
            why=word.why,
            is_dormant=word.why is Why.DORMANT,
            changed_at=now,
        )
        for key, word in words.items()
        if word is not None and (key not in there or _told(there[key]) != word)
    ]
    Reminder.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["contact"], update_fields=KEPT
    )


def _told(one: Reminder) -> Next:
    return Next(one.due_date, Why(one.why), one.until_date)


# What is known of them ------------------------------------------------------------------------


def _next_words(
    owner_id: int, contacts: list[Contact], now: datetime
) -> Iterator[tuple[int, Next | None]]:
    today = local_day(now)
    ended, reasons = _ended(owner_id, contacts), _reasons(contacts, now)
    words = _words(owner_id, contacts)
    for contact in contacts:
        said = words[contact.pk]
        tie = Tie(
            last_on=max(
                [*said.days, *([local_day(contact.last_at)] if contact.last_at else [])],
                default=None,
            ),
            written_on=tuple(map(local_day, said.written[-2:])),
            unanswered=said.unanswered,
            ended_on=ended.get(contact.employer_id),
            closeness=Closeness(contact.closeness) if contact.closeness else None,
            passed_on=contact.passed_date,
            put_off_until=contact.put_off_until_date,
            reasons=tuple(reasons[contact.pk]),
        )
        yield contact.pk, next_word(tie, today)


class _Said:
    """What went between the person and one of them, oldest first.

    What the person was asked for in a process is a word, and takes nothing from the budget (R8).
    """

    def __init__(self) -> None:
        self.written: list[datetime] = []
        self.heard: list[datetime] = []
        self.last: list[datetime] = []

    def put(self, direction: str, at: datetime, *, in_process: bool) -> None:
        self.last = [max([*self.last, at])]
        if direction == Direction.IN:
            self.heard = [max([*self.heard, at])]
        elif not in_process:
            self.written.append(at)

    @property
    def days(self) -> list[date]:
        return [local_day(at) for at in self.last]

    @property
    def unanswered(self) -> int:
        return sum(not self.heard or at > self.heard[0] for at in self.written)


def _words(owner_id: int, contacts: list[Contact]) -> defaultdict[int, _Said]:
    words: defaultdict[int, _Said] = defaultdict(_Said)
    touches = Touch.objects.filter(owner_id=owner_id, contact__in=contacts).order_by("at")
    for key, direction, at, in_process in touches.values_list(
        "contact_id", "direction", "at", "in_process"
    ):
        assert key is not None
        words[key].put(direction, at, in_process=in_process)
    by_address = _addresses([one for one in contacts if words[one.pk].unanswered >= 2])
    for address, at in _letters_from(owner_id, set(by_address)):
        words[by_address[address]].put(Direction.IN, at, in_process=False)
    return words


def _addresses(contacts: list[Contact]) -> dict[str, int]:
    """Whose address it is, in small letters; theirs also by whom they were taken together with."""
    if not contacts:
        return {}
    also = Contact.everyone.filter(same_as__in=contacts).exclude(email="")
    found = {email.lower(): key for email, key in also.values_list("email", "same_as") if key}
    return found | {one.email.lower(): one.pk for one in contacts if one.email}


def _letters_from(owner_id: int, addresses: set[str]) -> Iterable[tuple[str, datetime]]:
    """When each of these last wrote: a letter of theirs is an answer, if no Touch tells it."""
    if not addresses:
        return ()
    letters = Letter.objects.filter(owner_id=owner_id).annotate(address=Lower("sender_email"))
    theirs = letters.filter(address__in=addresses).order_by().values_list("address")
    return theirs.annotate(at=Max("sent_at"))


def _ended(owner_id: int, contacts: list[Contact]) -> dict[int | None, date]:
    """The day of the latest rejection by each of the employers whose process they belong to."""
    employers = {one.employer_id for one in contacts} - {None}
    if not employers:
        return {}
    refused = Application.objects.filter(
        owner_id=owner_id,
        employer__in=employers,
        outcome=Outcome.REJECTED,
        decided_at__isnull=False,
    )
    told = refused.order_by().values_list("employer").annotate(at=Max("decided_at"))
    return {key: local_day(at) for key, at in told if at is not None}


def _reasons(contacts: list[Contact], now: datetime) -> defaultdict[int, list[Reason]]:
    found: defaultdict[int, list[Reason]] = defaultdict(list)
    mine = Occasion.objects.filter(contact__in=contacts, put_away_at=None, ends_at__gt=now)
    for key, at, ends_at in mine.values_list("contact_id", "at", "ends_at"):
        found[key].append(Reason(local_day(at), local_day(ends_at)))
    return found
