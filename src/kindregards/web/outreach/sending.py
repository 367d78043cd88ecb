"""Attempts to bring a letter out: begun once, and how each ended, so that none goes twice."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from kindregards.core.outreach import Verdict, address_of
from kindregards.web.models import Draft, MailAccount, Sending, SendingState, Way
from kindregards.web.outreach.queries import desk_for, is_kept
from kindregards.web.outreach.services import record_sent
from kindregards.web.outreach.words import barrier_in

GIVEN_UP_AFTER = timedelta(minutes=5)
"""No attempt lasts so long (see the patience of web/mail/sending.py): it was killed."""
ID_BYTES = 16

SENT_ALREADY = "This letter was sent already."
UNDER_WAY = "This letter is being sent already, from another window."
CHANGED = "The letter was changed since you looked at it. Look at it once more."
EMPTY = "There is no letter yet: it has no words."
HELD = "It would be better to hold this letter for now. If you have a reason, say it there first."
KEPT = "You keep this letter for another day. Take it up again first, and it can go."
NO_ADDRESS = "There is no address to send it to. Write it into the To line first."
SEVERAL = "It goes to several people. Leave one in the To line; one person answers sooner."
BROKE_OFF = "The letter was not sent: the program was stopped before it went."
NOT_LAID = "The program was stopped before the letter lay in your drafts folder."
STOPPED = "The program was stopped while the letter went out, so it may have been sent, or not."
NOT_THERE = "You looked, and it was not sent."


class NotNowError(Exception):
    """The letter cannot go out as things are; the message says why."""


def obstacle_to(draft: Draft, now: datetime) -> str:
    """What stands between a draft and its reader, in a sentence; "" where nothing does."""
    if not draft.text.strip():
        return EMPTY
    if is_kept(draft, now):
        return KEPT
    guarded = desk_for(draft, now).guarded
    if barrier := barrier_in(guarded):
        return barrier
    if guarded.verdict is Verdict.HOLD and not draft.overruled_because:
        return HELD
    if draft.more_readers:
        return SEVERAL
    return "" if address_of(draft.recipient_email) else NO_ADDRESS


@transaction.atomic
def begin_sending(
    *, draft: Draft, account: MailAccount, way: Way, revision: int, now: datetime
) -> Sending:
    """Begin the one attempt that there may be, of exactly the words that were looked at.

    The draft gets its Message-ID, which it keeps for every later attempt. Raises NotNowError.
    """
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.touch_id is not None:
        raise NotNowError(SENT_ALREADY)
    if sending_at(locked, now) is not None:
        raise NotNowError(UNDER_WAY)
    if locked.revision != revision:
        raise NotNowError(CHANGED)
    if obstacle := obstacle_to(locked, now):
        raise NotNowError(obstacle)
    name = locked.message_id or _new_id(account.address)
    # Another window that began with this revision cannot change the words any more.
    Draft.objects.filter(pk=draft.pk).update(message_id=name, revision=F("revision") + 1)
    try:
        with transaction.atomic():
            sending = Sending.objects.create(
                owner_id=draft.owner_id,
                draft=locked,
                account=account,
                way=way,
                state=SendingState.TRYING,
                begun_at=now,
            )
    except IntegrityError as other:
        raise NotNowError(UNDER_WAY) from other
    draft.refresh_from_db()
    return sending


def may_leave(*, sending: Sending, now: datetime) -> bool:
    """Note that the letter's bytes go now; False where the attempt was given up meanwhile."""
    mine = Sending.objects.filter(pk=sending.pk, state=SendingState.TRYING, left_at=None)
    return bool(mine.update(left_at=now))


@transaction.atomic
def end_sending(*, sending: Sending, state: SendingState, trouble: str = "", now: datetime) -> None:
    """Keep how an attempt ended. One that went out by the mail server is recorded as sent."""
    open_ones = (SendingState.TRYING, SendingState.UNKNOWN)
    mine = Sending.objects.filter(pk=sending.pk, state__in=open_ones)
    if not mine.update(state=state, trouble=trouble, ended_at=now):
        return
    sending.refresh_from_db()
    if state is SendingState.DONE and sending.way == Way.SMTP:
        record_sent(draft=sending.draft, now=sending.left_at or now)


def note_trouble(*, sending: Sending, trouble: str) -> None:
    """Keep what went wrong after the letter was out."""
    Sending.objects.filter(pk=sending.pk).update(trouble=trouble)


def settle_sending(*, draft: Draft, was_sent: bool, now: datetime) -> None:
    """Keep what the person found when they looked whether an unknown attempt went out."""
    sending = draft.sendings.filter(state=SendingState.UNKNOWN).first()
    if sending is None:
        return
    if was_sent:
        end_sending(sending=sending, state=SendingState.DONE, now=now)
    else:
        end_sending(sending=sending, state=SendingState.FAILED, trouble=NOT_THERE, now=now)


def sending_at(draft: Draft, now: datetime) -> Sending | None:
    """The attempt that is under way, or that nobody knows the end of; None where there is none.

    One that was killed is settled first: before the letter's bytes went it is not sent, after that
    nobody can tell.
    """
    sending = draft.sendings.filter(state__in=(SendingState.TRYING, SendingState.UNKNOWN)).first()
    if sending is None or sending.state == SendingState.UNKNOWN:
        return sending
    if sending.begun_at > now - GIVEN_UP_AFTER:
        return sending
    if sending.left_at is not None:
        end_sending(sending=sending, state=SendingState.UNKNOWN, trouble=STOPPED, now=now)
    else:
        why = BROKE_OFF if sending.way == Way.SMTP else NOT_LAID
        end_sending(sending=sending, state=SendingState.FAILED, trouble=why, now=now)
    sending.refresh_from_db()
    return sending if sending.state == SendingState.UNKNOWN else None


def last_sending(draft: Draft) -> Sending | None:
    """The latest attempt, however it ended."""
    return draft.sendings.order_by("-begun_at", "-pk").first()


def _new_id(address: str) -> str:
    """A Message-ID (RFC 5322) that tells nothing but the sender's own domain."""
    bare = address_of(address)
    domain = bare.rpartition("@")[2] or "letter.invalid"
    return f"<{secrets.token_hex(ID_BYTES)}@{domain}>"
