"""The applications of an owner as joining looks at them: all of them, or those near one letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.utils import timezone

from kindregards.core.applications import Outcome, name_key
from kindregards.core.joining import ONE_TRY_LASTS, Mail, Tries
from kindregards.core.letters.reading import Kind
from kindregards.web.models import Application, Letter, ThreadId, User

V = TypeVar("V")

ASKED_AT_ONCE = 500  # values in one question to the database


def mail_of(letter: Letter, thread: Iterable[str]) -> Mail:
    """What of a letter decides where it belongs."""
    return Mail(
        at=letter.sent_at,
        kind=Kind(letter.kind),
        employer_key=name_key(letter.employer_name),
        role_key=name_key(letter.role),
        message_id=letter.message_id,
        thread=frozenset(thread) | ({letter.in_reply_to} - {""}),
        sender_key=letter.sender_key,
    )


def threads_of(letters: Collection[int]) -> dict[int, list[str]]:
    """The ids of earlier messages that these letters name, by letter."""
    threads: dict[int, list[str]] = defaultdict(list)
    for part in _parts(sorted(letters)):
        named = ThreadId.objects.filter(letter_id__in=part).values_list("letter_id", "identifier")
        for letter, identifier in named:
            threads[letter].append(identifier)
    return threads


def tries_near(
    owner: User, mails: Collection[Mail], *, without: Letter | None = None
) -> Tries[Any]:
    """The applications that these letters could belong to: those that share a message, a name of
    an employer or a sender with one of them. `without` is a letter that is placed anew."""
    mine = Letter.objects.filter(owner=owner, application__isnull=False)
    threads = ThreadId.objects.filter(owner=owner, letter__application__isnull=False)
    near: set[int | None] = set()
    for ids in _parts(_every(one for mail in mails for one in (mail.message_id, *mail.thread))):
        near.update(mine.filter(message_id__in=ids).values_list("application_id", flat=True))
        answering = threads.filter(identifier__in=ids)
        near.update(answering.values_list("letter__application_id", flat=True))
    for keys in _parts(_every(mail.employer_key for mail in mails)):
        named = Application.objects.filter(owner=owner, employer__key__in=keys)
        near.update(named.values_list("pk", flat=True))
    days = [mail.at for mail in mails]
    for keys in _parts(_every(mail.sender_key for mail in mails)):
        sent = mine.filter(
            sender_key__in=keys,
            sent_at__gte=min(days) - ONE_TRY_LASTS,
            sent_at__lte=max(days) + ONE_TRY_LASTS,
        )
        near.update(sent.values_list("application_id", flat=True).distinct())
    return tries_of(owner, {one for one in near if one is not None}, without=without)


def tries_of(
    owner: User, among: Collection[int] | None = None, *, without: Letter | None = None
) -> Tries[Any]:
    """The applications of the owner with their letters, all or those named."""
    tries: Tries[Any] = Tries()
    for part in [None] if among is None else _parts(sorted(among)):
        _take_up(tries, owner, part, without)
    return tries


def _take_up(
    tries: Tries[Any], owner: User, part: list[int] | None, without: Letter | None
) -> None:
    applications = Application.objects.filter(owner=owner).select_related("employer")
    letters = Letter.objects.filter(owner=owner, application__isnull=False)
    if part is not None:
        applications = applications.filter(pk__in=part)
        letters = letters.filter(application_id__in=part)
    if without is not None:
        letters = letters.exclude(pk=without.pk)
    for application in applications.only(
        "role_key", "applied_date", "began_at", "own_outcome", "own_outcome_at", "employer__key"
    ):
        key = application.employer.key if application.employer else ""
        tries.add(application.pk, key, application.role_key)
        for mail in _as_mails(application):
            tries.put(application.pk, mail)
    light = letters.only(
        "application_id", "sent_at", "kind", "employer_name", "role", "message_id",
        "in_reply_to", "sender_key",
    )  # fmt: skip
    rows = list(light)
    threads = threads_of([row.pk for row in rows])
    for row in rows:
        assert row.application_id is not None
        tries.put(row.application_id, mail_of(row, threads.get(row.pk, ())))


def _as_mails(application: Application) -> Iterable[Mail]:
    """What the person said of an application, as if letters had told it."""
    yield Mail(application.began_at, Kind.OTHER)
    if application.applied_date is not None:
        yield Mail(noon(application.applied_date), Kind.ACKNOWLEDGEMENT)
    if application.own_outcome == Outcome.REJECTED and application.own_outcome_at is not None:
        yield Mail(application.own_outcome_at, Kind.REJECTION)


def noon(day: date) -> datetime:
    """A day without an hour, as a moment in the middle of it on the person's own clock."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def _every(words: Iterable[str]) -> list[str]:
    return sorted(set(words) - {""})


def _parts(values: list[V]) -> Iterable[list[V]]:
    return (values[at : at + ASKED_AT_ONCE] for at in range(0, len(values), ASKED_AT_ONCE))
