"""A mail in the morning with what is worth doing: to the person's own address, once a day."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta

from django.db import DatabaseError
from django.utils import timezone

from kindregards.core.outreach import address_of, as_post
from kindregards.core.outreach.draft import Draft as Wording
from kindregards.core.outreach.draft import DraftKind
from kindregards.sources.smtp import Post, send
from kindregards.sources.smtp_errors import MaybeSent, SendingError
from kindregards.web.mail.sending import server_to_send_with
from kindregards.web.models import Digest, MailAccount, SendingServer, SendingState, User
from kindregards.web.plan.worth_doing import Thing, worth_doing_now
from kindregards.web.zones import zone_named

Clock = Callable[[], datetime]
MORNING = time(7)
SUBJECT = "Worth doing today"
NO_SERVER = "No server for sending is set up for this address any more."
NO_ADDRESS = "{} is no address that a mail server takes."
BROKE_OFF = "The program was stopped before it went."
MAYBE = "The program was stopped while it went out, so it may have come, or not."


def turn_on(*, owner: User, account: MailAccount, now: datetime) -> None:
    """Send the digest from this account to its own address, from the next morning on."""
    told = {"account": account, "next_at": next_morning(owner, now), "state": "", "trouble": ""}
    Digest.objects.update_or_create(owner=owner, defaults=told)


def turn_off(*, owner: User) -> None:
    """Send none any more."""
    Digest.objects.filter(owner=owner).delete()


def digest_in_trouble(owner: User) -> Digest | None:
    """The digest of the owner if the last one did not come, or nobody can tell."""
    bad = (SendingState.FAILED, SendingState.UNKNOWN)
    return Digest.objects.filter(owner=owner, state__in=bad).first()


def some_are_due(now: datetime) -> bool:
    """Whether a digest is due."""
    return Digest.objects.filter(next_at__lte=now).exists()


def send_due_digests(*, clock: Clock) -> None:
    """Send each digest that is due, once; how it ended is kept, and nothing is tried again."""
    for one in Digest.objects.filter(next_at__lte=clock()).select_related("owner", "account"):
        send_digest(digest=one, clock=clock)


def send_digest(*, digest: Digest, clock: Clock) -> None:
    """Send one digest, unless another process has begun it or there is nothing to tell."""
    now = clock()
    mine = Digest.objects.filter(pk=digest.pk, next_at=digest.next_at)
    begun = {"state": SendingState.TRYING, "begun_at": now, "left_at": None, "trouble": ""}
    # The next one is of another morning from here on: whatever happens, this one goes once.
    if not mine.update(next_at=next_morning(digest.owner, now), **begun):
        return
    with timezone.override(zone_named(digest.owner.time_zone)):
        things = worth_doing_now(digest.owner, now)
        raw = _bytes_of(digest, things, now) if things else b""
    if not raw:
        _end(digest, "", "")
        return
    try:
        _send(digest, raw, clock)
    except MaybeSent as doubt:
        _end(digest, SendingState.UNKNOWN, str(doubt))
    except SendingError as trouble:
        _end(digest, SendingState.FAILED, str(trouble))
    except BaseException:
        with suppress(DatabaseError):
            digest.refresh_from_db()
            has_left = digest.left_at is not None
            state = SendingState.UNKNOWN if has_left else SendingState.FAILED
            _end(digest, state, MAYBE if has_left else BROKE_OFF)
        raise
    else:
        _end(digest, SendingState.DONE, "")


def next_morning(owner: User, now: datetime) -> datetime:
    """The next time that it is seven in the morning where the owner is."""
    here = timezone.localtime(now, zone_named(owner.time_zone))
    day = here.date() + timedelta(days=here.time() >= MORNING)
    return timezone.make_aware(datetime.combine(day, MORNING), here.tzinfo)


def _send(digest: Digest, raw: bytes, clock: Clock) -> None:
    server = SendingServer.objects.filter(account_id=digest.account_id).first()
    if server is None:
        raise SendingError(NO_SERVER)
    own = address_of(digest.account.address)
    if not own:
        raise SendingError(NO_ADDRESS.format(digest.account.address))
    reached, password = server_to_send_with(server)
    send(reached, password, Post(raw, own, own), may_leave=lambda: _may_leave(digest, clock()))


def _may_leave(digest: Digest, now: datetime) -> bool:
    trying = Digest.objects.filter(pk=digest.pk, state=SendingState.TRYING, left_at=None)
    return bool(trying.update(left_at=now))


def _end(digest: Digest, state: SendingState | str, trouble: str) -> None:
    trying = Digest.objects.filter(pk=digest.pk, state=SendingState.TRYING)
    trying.update(state=state, trouble=trouble)


def _bytes_of(digest: Digest, things: Sequence[Thing], now: datetime) -> bytes:
    own = address_of(digest.account.address)
    wording = Wording(
        text=words_of(digest.owner.first_name, things),
        subject=SUBJECT,
        to=(own,),
        kind=DraftKind.OTHER,
    )
    return as_post(
        wording,
        sender_name="Kind Regards",
        sender_email=own,
        message_id=f"<{secrets.token_hex(16)}@{own.rpartition('@')[2] or 'digest.invalid'}>",
        date=timezone.localtime(now),
    )


def words_of(first_name: str, things: Sequence[Thing]) -> str:
    """The text of a digest."""
    greeting = f"Good morning, {first_name}." if first_name else "Good morning."
    parts = [greeting, *map(_paragraph, things)]
    parts.append("One of them is enough. Open Kind Regards on your computer when it suits you.")
    parts.append("This mail comes because you asked for it under Settings, Reminders elsewhere.")
    return "\n\n".join(parts) + "\n"


def _paragraph(one: Thing) -> str:
    about = f" ({one.application})" if one.application else ""
    lines = [f"- {one.title}{about}", f"  {one.why}"]
    if one.idea:
        lines.append(f"  What to say: {one.idea}")
    return "\n".join(lines)
