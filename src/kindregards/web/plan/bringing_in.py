"""Messages that were left out and matter after all: read again from where they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from kindregards.core.letters.triage import looks_like_job_mail
from kindregards.sources.files import Place, Source, sources_in
from kindregards.sources.imap import fetch_these
from kindregards.sources.imap_errors import MailAccountError
from kindregards.web.mail.services import IN_ACCOUNTS, account_to_fetch
from kindregards.web.models import ImportRun, LeftOut, MailAccount
from kindregards.web.plan.receiving import receive_sources
from kindregards.web.plan.services import Received

GONE = (
    "The mailbox that this message was in is not there any more, or has changed since. "
    "Give the mailbox again, or the one message as a file."
)
NOT_REACHED = (
    "This message could not be fetched from the mail account again. Look whether the account still "
    "works, under Settings, or save the message there and give it as a file."
)


def bring_in(*, run: ImportRun, left: Sequence[LeftOut], now: datetime) -> list[Received]:
    """Keep messages that an import left out, whatever they say; in the same order.

    Those that are not found where they were stay in the list, with a sentence.
    """
    found = _again(left)
    sources = [source for source in found if source is not None]
    with transaction.atomic():
        received = iter(
            receive_sources(
                owner=run.owner,
                sources=sources,
                chosen={source.name for source in sources},
                now=now,
            )
        )
        told = [
            next(received) if source is not None else Received(run.what, error=_why_not(one))
            for source, one in zip(found, left, strict=True)
        ]
        kept = [one for one, mine in zip(left, told, strict=True) if mine.letter]
        LeftOut.objects.filter(pk__in=[one.pk for one in kept]).delete()
        _count(run, told)
    return told


def _count(run: ImportRun, told: Sequence[Received]) -> None:
    kept = [one.letter for one in told if one.letter is not None]
    run.letters += len(kept)
    run.new += sum(one.is_new for one in told)
    run.known += sum(not one.is_new for one in told if one.letter is not None)
    run.rejections += sum(letter.kind == "rejection" for letter in kept)
    run.left_out = max(0, run.left_out - len(kept))
    run.save(update_fields=["letters", "new", "known", "rejections", "left_out"])


def _again(left: Sequence[LeftOut]) -> list[Source | None]:
    """The messages, each None where it stands no more where it was; every file is read once."""
    found: dict[int, Source] = {}
    by_file: dict[str, list[LeftOut]] = defaultdict(list)
    for one in left:
        by_file[one.file].append(one)
    for file, wanted in by_file.items():
        is_account = file.startswith(IN_ACCOUNTS)
        found |= _in_account(file, wanted) if is_account else _in_file(file, wanted)
    return [found.get(one.pk) for one in left]


def _in_file(file: str, wanted: Sequence[LeftOut]) -> dict[int, Source]:
    by_place = {(one.offset, one.number): one for one in wanted}
    at = min(by_place)
    begins = Place(file, *at)
    found: dict[int, Source] = {}
    for source in sources_in([Path(file)], after=begins if any(at) else None):
        one = by_place.pop(at, None)
        if one is not None and not source.error and _is_same(one, source):
            found[one.pk] = source
        if not by_place:
            break
        at = (source.place.offset, source.place.number)
    return found


def _in_account(file: str, wanted: Sequence[LeftOut]) -> dict[int, Source]:
    """Messages of a mail account, asked for at its server; none where it does not let in."""
    account_pk, uidvalidity, folder = file.removeprefix(IN_ACCOUNTS).split(":", 2)
    account = MailAccount.objects.filter(owner_id=wanted[0].owner_id, pk=int(account_pk)).first()
    if account is None:
        return {}
    try:
        reached, password = account_to_fetch(account)
        came = fetch_these(
            reached, password, folder, int(uidvalidity), [one.offset for one in wanted]
        )
    except MailAccountError:
        return {}
    return {
        one.pk: came[one.offset]
        for one in wanted
        if one.offset in came and _is_same(one, came[one.offset])
    }


def _why_not(one: LeftOut) -> str:
    return NOT_REACHED if one.file.startswith(IN_ACCOUNTS) else GONE


def _is_same(left: LeftOut, source: Source) -> bool:
    glance = looks_like_job_mail(source.raw)
    return glance.sender[:300] == left.sender and glance.subject[:300] == left.subject
