"""Which application a letter belongs to, from the letters that each has already.

A letter joins by its thread, else by the employer and role that it names, else by its sender.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from kindregards.core.letters.known import known_words
from kindregards.core.letters.reading import Kind
from kindregards.core.letters.senders import sends_for_others, site_of

K = TypeVar("K", bound=Hashable)

# The same role at the same employer after this long is a new try (R9: re-applying after 6 months).
ONE_TRY_LASTS = timedelta(days=180)
# An acknowledgement this long after a rejection is the first letter of a new try. [design]
BEGINS_ANEW_AFTER = timedelta(days=30)

# Letters of these kinds belong to one application; the others are about none.
ABOUT_AN_APPLICATION = frozenset(
    {
        Kind.REJECTION,
        Kind.ACKNOWLEDGEMENT,
        Kind.INTERVIEW_INVITATION,
        Kind.ASSESSMENT,
        Kind.OFFER,
        Kind.ON_HOLD,
    }
)


@dataclass(frozen=True, slots=True)
class Mail:
    """What of a letter decides where it belongs. Keys are "" where the letter tells nothing.

    `thread` are the ids of the messages that it answers or continues.
    """

    at: datetime
    kind: Kind
    employer_key: str = ""
    role_key: str = ""
    message_id: str = ""
    thread: frozenset[str] = frozenset()
    sender_key: str = ""


@dataclass(slots=True)
class Try:
    """One application as far as joining looks at it: its names and the letters it has."""

    employer_key: str = ""
    role_key: str = ""
    mails: list[Mail] = field(default_factory=list)

    @property
    def is_ended(self) -> bool:
        """Whether its latest letter is a rejection."""
        return bool(self.mails) and max(self.mails, key=_when).kind is Kind.REJECTION


class Tries(Generic[K]):
    """The applications of one owner, each under a key, found by what their letters share."""

    def __init__(self) -> None:
        self._tries: dict[K, Try] = {}
        self._by_employer: dict[str, list[K]] = {}
        self._by_thread: dict[str, list[K]] = {}
        self._by_sender: dict[str, list[K]] = {}

    def add(self, key: K, employer_key: str, role_key: str) -> None:
        """Take up an application. One that is known already gets these names."""
        known = self._tries.setdefault(key, Try())
        if key not in self._by_employer.get(employer_key, ()):
            self._by_employer.setdefault(employer_key, []).append(key)
        known.employer_key, known.role_key = employer_key, role_key

    def put(self, key: K, mail: Mail) -> None:
        """Take up a letter that belongs to a known application."""
        self._tries[key].mails.append(mail)
        for identifier in (mail.message_id, *mail.thread):
            if identifier:
                self._by_thread.setdefault(identifier, []).append(key)
        if mail.sender_key:
            self._by_sender.setdefault(mail.sender_key, []).append(key)

    def __iter__(self) -> Iterator[K]:
        """The keys of all applications."""
        return iter(self._tries)

    def find(self, mail: Mail, *, by_thread: bool = True) -> K | None:
        """The application that a letter belongs to; None where it opens one of its own."""
        found = self._in_thread(mail) if by_thread else None
        found = self._named_alike(mail) if found is None else found
        return self._sent_alike(mail) if found is None else found

    def _in_thread(self, mail: Mail) -> K | None:
        ids = {mail.message_id, *mail.thread} - {""}
        known = {key for one in ids for key in self._by_thread.get(one, ())}
        return self._nearest(
            [key for key in known if not _begins_anew(self._tries[key].mails, mail)], mail
        )

    def _named_alike(self, mail: Mail) -> K | None:
        """By employer and role; a letter without a role joins the latest that is still open."""
        if not mail.employer_key:
            return None
        there = self._in_time(self._by_employer.get(mail.employer_key, ()), mail)
        if not mail.role_key:
            still_open = [key for key in there if not self._tries[key].is_ended]
            return self._nearest(still_open or there, mail)
        for fits in (_same, _unnamed, _longer):
            found = self._nearest(
                [key for key in there if fits(self._tries[key].role_key, mail.role_key)], mail
            )
            if found is not None:
                return found
        return None

    def _sent_alike(self, mail: Mail) -> K | None:
        """By an address or a site of the employer's own, where the names do not contradict."""
        there = self._in_time(self._by_sender.get(mail.sender_key, ()), mail)
        return self._nearest(
            [key for key in there if _agree(self._tries[key], mail)] if mail.sender_key else [],
            mail,
        )

    def _in_time(self, keys: Iterable[K], mail: Mail) -> list[K]:
        return [key for key in dict.fromkeys(keys) if _one_try(self._tries[key].mails, mail)]

    def _nearest(self, keys: Iterable[K], mail: Mail) -> K | None:
        """The one with a letter nearest in time; of two as near, the later one."""

        def _distance(key: K) -> tuple[timedelta, float]:
            mails = self._tries[key].mails
            near = min((abs(mail.at - one.at) for one in mails), default=timedelta.max)
            return near, -max((one.at.timestamp() for one in mails), default=0.0)

        return min(keys, key=_distance, default=None)


def sender_key(email: str) -> str:
    """What letters of one sender share: their site, or the address where a provider hosts it.

    "" for systems and job boards, which send for many employers.
    """
    email = email.strip().lower()
    if not email or "@" not in email:
        return ""
    if not sends_for_others(email):
        return email.rpartition("@")[2]
    return email if site_of(email) in known_words("senders", "providers") else ""


def _when(mail: Mail) -> datetime:
    return mail.at


def _one_try(mails: Iterable[Mail], new: Mail) -> bool:
    """Whether a letter can be of the same try: near enough in time, and nothing ended between."""
    mails = list(mails)
    near = any(abs(new.at - one.at) <= ONE_TRY_LASTS for one in mails)
    return near and not _begins_anew(mails, new)


def _begins_anew(mails: Iterable[Mail], new: Mail) -> bool:
    """Whether a try ended and another began between these letters and the new one."""
    return any(_ends_before(one, new) or _ends_before(new, one) for one in mails)


def _ends_before(earlier: Mail, later: Mail) -> bool:
    return (
        earlier.kind is Kind.REJECTION
        and later.kind is Kind.ACKNOWLEDGEMENT
        and later.at - earlier.at > BEGINS_ANEW_AFTER
    )


def _same(known: str, named: str) -> bool:
    return known == named


def _unnamed(known: str, _named: str) -> bool:
    return not known


def _longer(known: str, named: str) -> bool:
    """Whether one goes on where the other stops: a place or a number behind the role."""
    return known.startswith(f"{named} ") or named.startswith(f"{known} ")


def _agree(known: Try, mail: Mail) -> bool:
    """Whether nothing that both name tells them apart."""
    pairs = ((known.employer_key, mail.employer_key), (known.role_key, mail.role_key))
    return all(not one or not two or _same(one, two) or _longer(one, two) for one, two in pairs)
