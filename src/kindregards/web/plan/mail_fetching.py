"""Letters from mail accounts into the database, going on where the last time ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.db import transaction

from kindregards.core.letters.triage import looks_like_job_mail
from kindregards.core.resumes.carried import may_carry
from kindregards.sources.imap import Fetched, fetch
from kindregards.sources.imap_errors import MailAccountError
from kindregards.sources.side_by_side import sort_side_by_side
from kindregards.sources.sorting import Acquainted, Sorted
from kindregards.sources.source import Place, Source
from kindregards.web.imports.services import Left, Tally, count, left_out, run_to_add_to
from kindregards.web.mail.queries import due_accounts
from kindregards.web.mail.services import (
    account_to_fetch,
    claim_account,
    end_fetch,
    is_still_wanted,
    keep_states,
    left_out_at,
    release_account,
    states_of,
)
from kindregards.web.models import ImportRun, MailAccount
from kindregards.web.plan.noticing import notice_drafts, notice_others
from kindregards.web.plan.overhearing import Overheard
from kindregards.web.plan.receiving import acquainted_with, receive_sorted
from kindregards.web.plan.services import Received

Clock = Callable[[], datetime]
Watch = Callable[[Fetched], None]
AT_ONCE = 200
"""Messages that are kept in one transaction, together with how far the folder was read."""
USUAL_SIZE = 20_000
"""Bytes of what is fetched of a message, by which many are known to be worth several processes."""


@dataclass(slots=True)
class Harvest:
    """What came of fetching an account; `trouble` is the sentence of what broke it off."""

    letters: int = 0
    new: int = 0
    known: int = 0
    rejections: int = 0
    left_out: int = 0
    unreadable: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)
    trouble: str = ""
    was_busy: bool = False

    def add(self, tally: Tally) -> None:
        """Add what came of a batch."""
        self.letters += tally.letters
        self.new += tally.new
        self.known += tally.known
        self.rejections += tally.rejections
        self.left_out += len(tally.left)
        self.unreadable += tally.unreadable
        self.problems += tally.problems


def fetch_due_accounts(*, clock: Clock, stopping: Callable[[], bool]) -> None:
    """Fetch each account that is due, those that are due meanwhile too, until told to stop."""
    tried: set[int] = set()
    while not stopping():
        account = due_accounts(clock()).exclude(pk__in=tried).select_related("owner").first()
        if account is None:
            return
        tried.add(account.pk)
        fetch_account(account=account, clock=clock, stopping=stopping)


def fetch_account(
    *,
    account: MailAccount,
    clock: Clock,
    watch: Watch = lambda one: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Harvest:
    """Fetch what is new from an account and keep it. Nothing is raised for what a server does.

    Letters and how far their folder was read are kept together, so that a fetch that breaks off
    or is killed loses nothing and brings nothing twice. `watch` sees each message once it is kept.
    It ends early, and is due again, where `stopping` says so; where the account is paused or
    removed meanwhile, it ends as well.
    """
    harvest, is_whole = Harvest(), False
    if not claim_account(account=account, now=clock()):
        harvest.was_busy = True
        return harvest
    try:
        noticed = notice_drafts(account)
        is_whole = _fetch(account, harvest, clock, watch, stopping)
        if is_whole:
            notice_others(account, noticed, is_new=bool(harvest.new), now=clock())
    except MailAccountError as trouble:
        harvest.trouble = str(trouble)
        end_fetch(account=account, now=clock(), trouble=trouble)
    except BaseException:
        release_account(account=account)
        raise
    if is_whole:
        end_fetch(account=account, now=clock())
    elif not harvest.trouble:
        release_account(account=account)
    return harvest


def _fetch(
    account: MailAccount,
    harvest: Harvest,
    clock: Clock,
    watch: Watch,
    stopping: Callable[[], bool],
) -> bool:
    """Whether everything came."""
    reached, password = account_to_fetch(account)
    states = states_of(account)
    acquainted = acquainted_with(account.owner)
    fetching = fetch(
        reached,
        password,
        [state.folder for state in states],
        since=account.since_date,
        states=states,
        wanted=lambda beginning: _is_worth_reading(beginning, acquainted),
    )
    with closing(fetching), closing(_sorted(fetching, acquainted)) as sorted_ones:
        for batch in _batches(sorted_ones):
            harvest.add(_keep(account, batch, clock()))
            for one, _found in batch:
                watch(one)
            if stopping() or not is_still_wanted(account):
                return False
    return True


def _sorted(
    fetching: Iterator[Fetched], acquainted: Acquainted
) -> Generator[tuple[Fetched, Sorted], None, None]:
    """The messages as they come, each with what it is; many are sorted by several processes.

    Where the connection breaks, what had come by then comes first. Raises a MailAccountError.
    """
    waiting: deque[Fetched] = deque()
    troubles: list[MailAccountError] = []

    def _arriving(first: Fetched) -> Iterator[Source]:
        try:
            for one in chain([first], fetching):
                waiting.append(one)
                yield one.source
        except MailAccountError as trouble:
            troubles.append(trouble)

    first = next(fetching, None)
    if first is None:
        return
    found = sort_side_by_side(_arriving(first), size=first.of * USUAL_SIZE, acquainted=acquainted)
    for one in found:
        yield waiting.popleft(), one
    if troubles:
        raise troubles[0]


def _is_worth_reading(beginning: bytes, acquainted: Acquainted) -> bool:
    glance = looks_like_job_mail(beginning, known_already=acquainted, own=acquainted.own)
    return glance.worth_reading or may_carry(beginning)


def _batches(
    messages: Iterable[tuple[Fetched, Sorted]],
) -> Iterator[list[tuple[Fetched, Sorted]]]:
    """The messages by the hundred; what had come before a connection broke comes first."""
    batch: list[tuple[Fetched, Sorted]] = []
    try:
        for one in messages:
            batch.append(one)
            if len(batch) == AT_ONCE:
                yield batch
                batch = []
    except MailAccountError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _keep(account: MailAccount, batch: Sequence[tuple[Fetched, Sorted]], now: datetime) -> Tally:
    """Keep a batch whole, or not at all; what came of it."""
    last, _found = batch[-1]
    with transaction.atomic():
        run = run_to_add_to(
            owner=account.owner, last=_last_run(account), what=account.address, now=now
        )
        letters = [found for _one, found in batch if not found.is_left_out]
        tally = Tally(left=list(_left_out(account, run, batch)))
        _count(tally, receive_sorted(owner=account.owner, looked=letters, now=now))
        Overheard(found for _one, found in batch).keep(owner=account.owner, now=now)
        keep_states(
            account=account,
            run=run,
            states={one.state.folder: one.state for one, _found in batch}.values(),
            new_letters=tally.new,
            done=last.done,
            of=last.of,
            now=now,
        )
        count(run=run, tally=tally)
    return tally


def _last_run(account: MailAccount) -> ImportRun | None:
    found = MailAccount.objects.filter(pk=account.pk).select_related("run").first()
    return found.run if found else None


def _left_out(
    account: MailAccount, run: ImportRun, batch: Sequence[tuple[Fetched, Sorted]]
) -> Iterator[Left]:
    for one, found in batch:
        if found.is_left_out and found.glance is not None:
            place = Place(left_out_at(account, one.state), one.state.last_uid)
            yield left_out(run=run, glance=found.glance, before=place)


def _count(tally: Tally, received: Iterable[Received]) -> None:
    for one in received:
        if one.letter is None:
            tally.unreadable += 1
            tally.problems.append({"source": one.name, "error": one.error})
            continue
        tally.letters += 1
        tally.new += one.is_new
        tally.known += not one.is_new
        tally.rejections += one.letter.kind == "rejection"
