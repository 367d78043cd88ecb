"""Letters from mail accounts into the database, going on where the last time ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from kindregards.core.letters.triage import looks_like_job_mail
from kindregards.sources.imap import Fetched, fetch
from kindregards.sources.imap_errors import MailAccountError
from kindregards.web.mail.queries import due_accounts
from kindregards.web.mail.services import (
    account_to_fetch,
    claim_account,
    end_fetch,
    is_still_wanted,
    keep_states,
    release_account,
    states_of,
)
from kindregards.web.models import MailAccount
from kindregards.web.plan.receiving import receive_sources
from kindregards.web.plan.services import Received

Clock = Callable[[], datetime]
Watch = Callable[[Fetched], None]
AT_ONCE = 100
"""Messages that are kept in one transaction, together with how far the folder was read."""


@dataclass(slots=True)
class Harvest:
    """What came of fetching an account; `trouble` is the sentence of what broke it off."""

    letters: int = 0
    new: int = 0
    known: int = 0
    rejections: int = 0
    left_out: int = 0
    unreadable: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)
    trouble: str = ""
    was_busy: bool = False

    def count(self, received: Received) -> None:
        """Add what became of one message."""
        if received.error:
            self.unreadable += 1
            self.problems.append((received.name, received.error))
        elif received.letter is None:
            self.left_out += 1
        else:
            self.letters += 1
            self.new += received.is_new
            self.known += not received.is_new
            self.rejections += received.letter.kind == "rejection"


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
        is_whole = _fetch(account, harvest, clock, watch, stopping)
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
    fetching = fetch(
        reached,
        password,
        [state.folder for state in states],
        since=account.since_date,
        states=states,
        wanted=lambda beginning: looks_like_job_mail(beginning).worth_reading,
    )
    for batch in _batches(fetching):
        _keep(account, batch, harvest, clock())
        for one in batch:
            watch(one)
        if stopping() or not is_still_wanted(account):
            fetching.close()
            return False
    return True


def _batches(fetching: Iterable[Fetched]) -> Iterator[list[Fetched]]:
    """The messages by the hundred; what had come before a connection broke comes first."""
    batch: list[Fetched] = []
    try:
        for one in fetching:
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


@transaction.atomic
def _keep(account: MailAccount, batch: list[Fetched], harvest: Harvest, now: datetime) -> None:
    new_before = harvest.new
    sources = [one.source for one in batch]
    for received in receive_sources(owner=account.owner, sources=sources, now=now):
        harvest.count(received)
    keep_states(
        account=account,
        states={one.state.folder: one.state for one in batch}.values(),
        new_letters=harvest.new - new_before,
        done=batch[-1].done,
        of=batch[-1].of,
        now=now,
    )
