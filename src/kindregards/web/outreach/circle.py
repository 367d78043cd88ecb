"""The people and houses of the applications, as letters to them find them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kindregards.core.letters.reading import Kind
from kindregards.core.letters.senders import sends_for_others
from kindregards.core.outreach.sent import SentLetter
from kindregards.web.models import Letter, MailAccount, Touch, User


@dataclass(slots=True, eq=False)
class Known:
    """An application as letters to its people find it."""

    application_id: int
    employer_id: int | None
    letters: list[tuple[datetime, str, str]] = field(default_factory=list)

    @property
    def first_at(self) -> datetime:
        """When they wrote first."""
        return min(at for at, _kind, _message_id in self.letters)

    def last_before(self, at: datetime) -> datetime | None:
        """When they wrote last before a moment; None where they had not."""
        return max((sent for sent, *_rest in self.letters if sent <= at), default=None)


@dataclass(slots=True)
class Circle:
    """The people and houses of the applications, by address and by domain."""

    by_address: dict[str, list[Known]] = field(default_factory=dict)
    by_letter: dict[str, Known] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    @classmethod
    def of(cls, owner: User) -> Circle:
        """The circle of an owner, whose own addresses are nobody in it."""
        circle = cls(own=_own(owner))
        placed = Letter.objects.filter(owner=owner, application__isnull=False).order_by("pk")
        known: dict[int, Known] = {}
        for pk, employer, message_id, at, kind, *places, people in placed.values_list(
            "application_id", "application__employer_id", "message_id", "sent_at", "kind",
            "sender_email", "reply_to_email", "reading__people",
        ):  # fmt: skip
            one = known.setdefault(pk, Known(pk, employer))
            one.letters.append((at, kind, message_id))
            if message_id:
                circle.by_letter[message_id], circle.kinds[message_id] = one, kind
            named = [str(person.get("email", "")) for person in people or ()]
            for address in {*places, *named}:
                circle._add(address.lower(), one)
        for email, pk in _met(owner):
            if pk in known:
                circle._add(email, known[pk])
        return circle

    def _add(self, address: str, one: Known) -> None:
        if "@" not in address or address in self.own:
            return
        for key in (address, _house(address)):
            if key and one not in (there := self.by_address.setdefault(key, [])):
                there.append(one)

    def find(self, letter: SentLetter) -> tuple[int, Known] | None:
        """The recipient that is known, by number, and the application it is about."""
        in_thread = next(
            (self.by_letter[one] for one in letter.thread if one in self.by_letter), None
        )
        for keys in (
            [one.email.lower() for one in letter.to],
            [_house(one.email) for one in letter.to],
        ):
            for number, key in enumerate(keys):
                there = self.by_address.get(key, [])
                if in_thread is not None and in_thread in there:
                    return number, in_thread
                if there:
                    return number, _nearest(there, letter.sent_at)
        return None

    def is_in_process(self, letter: SentLetter, one: Known) -> bool:
        """Whether they asked for it before they had decided, or it is the application itself."""
        if letter.sent_at < one.first_at:
            return True
        answered = {self.kinds[mine] for mine in letter.thread if mine in self.kinds}
        refused = any(
            kind == Kind.REJECTION and at < letter.sent_at for at, kind, _id in one.letters
        )
        return bool(answered - {Kind.REJECTION}) and not refused


def _met(owner: User) -> Iterable[tuple[str, int]]:
    touches = Touch.objects.filter(owner=owner, application__isnull=False)
    named = touches.exclude(contact__email="").exclude(contact=None)
    return named.values_list("contact__email", "application_id").distinct()


def _own(owner: User) -> frozenset[str]:
    accounts = MailAccount.objects.filter(owner=owner).values_list("address", flat=True)
    return frozenset(one.lower() for one in (owner.email, *accounts) if one)


def _house(address: str) -> str:
    """What addresses of one employer share; "" for mail providers and systems of many."""
    domain = address.lower().rpartition("@")[2]
    return "" if not domain or sends_for_others(address) else f"@{domain}"


def _nearest(there: Sequence[Known], at: datetime) -> Known:
    """The application that wrote last before a letter; where none did, the first that wrote."""
    before = [(one.last_before(at), one) for one in there]
    told = [(last, one) for last, one in before if last is not None]
    if told:
        return max(told, key=lambda pair: pair[0])[1]
    return min(there, key=lambda one: one.first_at)
