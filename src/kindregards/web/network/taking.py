"""Taking in people and what was written: an export, an address book, letters that came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from kindregards.core.letters.senders import takes_no_replies
from kindregards.core.network.card import LONGEST_ADDRESS, LONGEST_NAME, Card, person_key
from kindregards.core.network.linkedin import Word
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.sources.people import People, all_of_it_stays
from kindregards.web.columns import write_columns
from kindregards.web.contacts import AT_ONCE, Taken, heard_from, take_in
from kindregards.web.models import Contact, Letter, MetBy, Touch, User
from kindregards.web.network.noticing import keep_news
from kindregards.web.rhythm import work_out, work_out_near


@transaction.atomic
@all_of_it_stays()
def take_people(*, owner: User, people: People, now: datetime) -> Taken:
    """Take in all that a file of people holds: the people first, then what was written."""
    met_by = MetBy.LINKEDIN if people.from_linkedin else MetBy.ADDRESS_BOOK
    taken = take_in(
        owner=owner,
        cards=people.cards,
        met_by=met_by,
        whole_at=now if people.all_connections else None,
    )
    keep_news(owner=owner, news=taken.news, now=now)
    if people.words:
        taken.touches = take_words(owner=owner, words=people.words, now=now)
    return taken


@transaction.atomic
def meet_people(*, owner: User, letters: Iterable[Letter], now: datetime) -> None:
    """Let the people whom letters name, and who wrote them, become contacts of that process.

    When the next word to the people of these applications is due is worked out as well.
    """
    about = [letter for letter in letters if letter.application is not None]
    met = [
        (card, letter.application.employer)
        for letter in about
        if letter.application is not None
        for card in cards_in(letter)
    ]
    if met:
        cards, employers = zip(*met, strict=True)
        take_in(owner=owner, cards=cards, employers=employers, met_by=MetBy.LETTER)
        heard_from(owner, {one.sender_email.lower(): one.sent_at for one in _in_time(about)})
    work_out_near(applications=[one.application for one in about if one.application], now=now)


def _in_time(letters: Iterable[Letter]) -> list[Letter]:
    return sorted(letters, key=lambda one: (one.sent_at, one.pk))


def cards_in(letter: Letter) -> list[Card]:
    """The people of a letter about an application: whom it names, and where they work."""
    return [
        Card(
            name=" ".join((one["name"] or "").split())[:LONGEST_NAME],
            email=(one["email"] or "").lower()[:LONGEST_ADDRESS],
            role=_role(one["role"] or "", letter.employer_name)[:LONGEST_NAME],
            employer=letter.employer_name,
        )
        for one in letter.reading["people"]
        if one["name"] and not takes_no_replies(one["email"] or "")
    ]


def _role(told: str, employer: str) -> str:
    """What somebody does, without the employer that signatures put behind it."""
    role = " ".join(told.split())
    if employer and role.casefold().endswith(employer.casefold()):
        role = re.sub(r"[\s,|·–—-]+(?:at|bei|chez|@)?\s*$", "", role[: -len(employer)])
    return role


@transaction.atomic
def take_words(*, owner: User, words: Sequence[Word], now: datetime) -> int:
    """Keep what was written on LinkedIn to people who are known here; how many touches are new.

    The same message from a second export is the same touch.
    """
    known = _Acquaintances(owner)
    touches, written_to = [], []
    for word in words:
        contact = known.of(word)
        if contact is None or word.direction is None:
            continue
        key = (contact.pk, word.at, word.direction.value)
        if key not in known.had:
            known.had.add(key)
            touches.append(
                Touch(
                    owner=owner,
                    contact=contact,
                    employer_id=contact.employer_id,
                    direction=word.direction,
                    channel=Channel.LINKEDIN,
                    kind=_kind_of(word),
                    at=word.at,
                    words=word.text,
                )
            )
            written_to.append(contact)
            contact.last_at = max(filter(None, (contact.last_at, word.at)))
    Touch.objects.bulk_create(touches, batch_size=AT_ONCE)
    write_columns(list({one.pk: one for one in written_to}.values()), ["last_at"])
    work_out(owner_id=owner.pk, contacts={one.pk for one in written_to}, now=now)
    return len(touches)


def _kind_of(word: Word) -> DraftKind:
    """An invitation with a note of the person's own counts among those of the month (R26)."""
    is_note = word.is_invitation and word.direction is Direction.OUT and word.text.strip()
    return DraftKind.INVITATION if is_note else DraftKind.OTHER


class _Acquaintances:
    """The contacts of one owner by profile and name, and the touches that they have."""

    def __init__(self, owner: User) -> None:
        rows = list(Contact.everyone.filter(owner=owner))
        here = {one.pk: one for one in rows}
        people = [(one, here[one.same_as_id or one.pk]) for one in rows]
        self.by_profile = {one.profile: whom for one, whom in people if one.profile}
        named: dict[str, list[Contact]] = {}
        for one, whom in people:
            if whom not in named.setdefault(one.name_key, []):
                named[one.name_key].append(whom)
        self.by_name = {key: some[0] for key, some in named.items() if key and len(some) == 1}
        there = Touch.objects.filter(owner=owner, channel=Channel.LINKEDIN)
        self.had = set(there.values_list("contact_id", "at", "direction"))

    def of(self, word: Word) -> Contact | None:
        """With whom it was: by profile, else by a name that only one person has."""
        return self.by_profile.get(word.profile) or self.by_name.get(person_key(word.name))
