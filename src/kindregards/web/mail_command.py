"""The command `sync`: fetch the mail accounts once, with a bar on a terminal that is watched."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kindregards.web.start import ready

if TYPE_CHECKING:
    from kindregards.sources.imap import Fetched
    from kindregards.web.models import Blog, MailAccount
    from kindregards.web.plan.mail_fetching import Harvest

Say = Callable[[str], None]
BAR_WIDTH = 30
COUNTS = ("letters", "new", "known", "rejections", "left_out", "unreadable")
NO_ACCOUNTS = "There is no mail account yet. Add one in the program, under Settings, Mail accounts."


def sync(*, as_json: bool, say: Say, answer: Say) -> int:
    """Fetch every account that is not paused; 1 where one could not be fetched to its end."""
    if ready(say=say):
        return 1
    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.mail.queries import accounts_of

    feeds = _looked_at_feeds()
    begun = accounts_of(owner_of_this_machine()).filter(begun_at__isnull=False)
    accounts = list(begun.filter(is_paused=False))
    harvests = [(account, _fetched(account)) for account in accounts]
    if as_json:
        told = [{"address": account.address, **_record(one)} for account, one in harvests]
        total = {name: sum(one[name] for one in told) for name in COUNTS}
        blogs = {"feeds": [{"address": one.address, "error": one.problem} for one in feeds]}
        answer(json.dumps({**total, "accounts": told, **blogs}, ensure_ascii=False))
    elif not accounts and not feeds:
        answer("Every mail account is paused." if begun else NO_ACCOUNTS)
    for account, one in harvests if not as_json else ():
        for problem in one.problems:
            say(f"{problem['source']}: {problem['error']}")
        answer(f"{account.address}: {_summary(one)}")
    for feed in feeds if not as_json else ():
        (say if feed.problem else answer)(f"{feed}: {feed.problem or 'read'}")
    return 1 if any(one.trouble or one.was_busy or one.problems for _, one in harvests) else 0


def _looked_at_feeds() -> list[Blog]:
    """The blogs that were due, looked at."""
    from django.utils import timezone

    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.network.blogs import look_at_due

    return look_at_due(now=timezone.now(), owner=owner_of_this_machine())


def _fetched(account: MailAccount) -> Harvest:
    from django.utils import timezone

    from kindregards.web.plan.mail_fetching import fetch_account

    is_watched = sys.stderr is not None and sys.stderr.isatty()
    harvest = fetch_account(
        account=account, clock=timezone.now, watch=_draw_bar if is_watched else lambda one: None
    )
    if is_watched:
        sys.stderr.write("\n")
    return harvest


def _draw_bar(one: Fetched) -> None:
    share = one.done / max(one.of, 1)
    bar = "█" * round(BAR_WIDTH * share) + "░" * (BAR_WIDTH - round(BAR_WIDTH * share))
    sys.stderr.write(f"\r{bar} {share:4.0%}, {one.done} of {one.of} looked at")
    sys.stderr.flush()


def _record(harvest: Harvest) -> dict[str, Any]:
    record: dict[str, Any] = {name: getattr(harvest, name) for name in COUNTS}
    record["problems"] = harvest.problems
    record["trouble"] = harvest.trouble or (BUSY if harvest.was_busy else "")
    return record


BUSY = "It is being fetched already."


def _summary(harvest: Harvest) -> str:
    if harvest.was_busy:
        return BUSY
    said = "No letters about applications."
    if harvest.letters:
        counts = ((harvest.new, "new"), (harvest.known, "here already"))
        told = ", ".join(f"{many} {what}" for many, what in counts if many)
        said = f"{harvest.letters} letters, {harvest.rejections} of them rejections: {told}."
    if harvest.left_out:
        said += f" {harvest.left_out} were not about applications and were left out."
    if harvest.unreadable:
        said += f" {harvest.unreadable} could not be read."
    return f"{said} {harvest.trouble}".strip()
