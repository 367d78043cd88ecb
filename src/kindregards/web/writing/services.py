"""Beginning, holding and leaving the track; locking pages and opening them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kindregards.web.models import PrivatePage, User, WritingLock, WritingTrack
from kindregards.web.writing.sealing import Lock, make_lock, open_lock, seal, unseal

FREE_TRIES = 4
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


class WaitError(Exception):
    """Too many wrong passphrases in a row; `until` when the next is looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"wait until {until}")
        self.until = until


def begin_track(
    *, owner: User, is_kept: bool, minutes: int, sittings: int, passphrase: str, now: datetime
) -> WritingTrack:
    """Open a track; one that is open already stays. A kept one gets a lock where there is none."""
    lock = make_lock(passphrase, owner=owner.pk) if is_kept and not has_lock(owner) else None
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)
        if lock is not None:
            WritingLock.objects.get_or_create(
                owner=owner,
                defaults={
                    "salt": lock.salt, "cost": lock.cost, "block": lock.block,
                    "lanes": lock.lanes, "wrapped": lock.wrapped, "made_at": now,
                },
            )  # fmt: skip
        track, _made = WritingTrack.objects.get_or_create(
            owner=owner,
            ended_at=None,
            defaults={
                "begun_at": now, "is_kept": is_kept, "minutes": minutes, "sittings": sittings,
            },
        )  # fmt: skip
    return track


def has_lock(owner: User) -> bool:
    """Whether there is a passphrase already."""
    return WritingLock.objects.filter(owner=owner).exists()


def hold_sitting(*, track: WritingTrack, now: datetime) -> None:
    """Count a sitting as held; the last one ends the track."""
    with transaction.atomic():
        held = WritingTrack.objects.select_for_update().get(pk=track.pk)
        if held.ended_at is not None:  # left meanwhile, or in another window
            return
        held.held, held.held_at = held.held + 1, now
        if held.held >= held.sittings:
            held.ended_at = now
        held.save(update_fields=["held", "held_at", "ended_at"])


def leave_track(*, owner: User, now: datetime) -> None:
    """End the open track before its last sitting. Pages stay."""
    WritingTrack.objects.filter(owner=owner, ended_at=None).update(ended_at=now)


def keep_page(
    *, track: WritingTrack, name: UUID, words: str, passphrase: str, now: datetime
) -> None:
    """Lock the words of a sitting away. Raises WrongPassphraseError and WaitError.

    `name` was given out with the empty page: what comes twice under it is kept once.
    """
    owner = track.owner
    key = key_of(owner=owner, passphrase=passphrase, now=now)
    sealed = seal(key, words, owner=owner.pk, name=str(name))
    with transaction.atomic():
        _page, is_new = PrivatePage.objects.get_or_create(
            owner=owner, name=name, defaults={"written_at": now, "sealed": sealed}
        )
        if is_new:
            hold_sitting(track=track, now=now)


def words_of(*, page: PrivatePage, passphrase: str, now: datetime) -> str:
    """The words of a page. Raises WrongPassphraseError, WaitError and DamagedPageError."""
    key = key_of(owner=page.owner, passphrase=passphrase, now=now)
    return unseal(key, bytes(page.sealed), owner=page.owner_id, name=str(page.name))


def key_of(*, owner: User, passphrase: str, now: datetime) -> bytes:
    """The key of the owner's pages. Raises WrongPassphraseError and WaitError.

    A try is counted before it is looked at, so that many at once are not looked at either.
    """
    kept = _count_try(owner, now)
    lock = Lock(bytes(kept.salt), kept.cost, kept.block, kept.lanes, bytes(kept.wrapped))
    key = open_lock(lock, passphrase, owner=owner.pk)
    WritingLock.objects.filter(owner=owner).update(wrong_tries=0, wait_until=None)
    return key


def delete_everything(*, owner: User) -> None:
    """Remove every page, the lock and what is known of the sittings."""
    with transaction.atomic():
        PrivatePage.objects.filter(owner=owner).delete()
        WritingLock.objects.filter(owner=owner).delete()
        WritingTrack.objects.filter(owner=owner).delete()


def _count_try(owner: User, now: datetime) -> WritingLock:
    with transaction.atomic():
        lock = WritingLock.objects.select_for_update().get(owner=owner)
        if lock.wait_until is not None and lock.wait_until > now:
            raise WaitError(lock.wait_until)
        lock.wrong_tries += 1
        lock.wait_until = _wait_after(lock.wrong_tries, now)
        lock.save(update_fields=["wrong_tries", "wait_until"])
    return lock


def _wait_after(wrong_tries: int, now: datetime) -> datetime | None:
    """When the next try is looked at: at once for four, then after 1, 2, 4 … 60 minutes."""
    more = wrong_tries - FREE_TRIES
    if more <= 0:
        return None
    doublings = min(more - 1, 10)
    return now + min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
