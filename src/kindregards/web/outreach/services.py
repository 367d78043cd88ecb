"""Writing drafts, keeping them, and recording that the person sent one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from kindregards.core.letters.reading import Person
from kindregards.core.network.card import Card
from kindregards.core.outreach import Part, taken_over
from kindregards.core.outreach.address import readdressed
from kindregards.core.outreach.compose import impersonal
from kindregards.core.outreach.draft import Channel, Direction, DraftKind, Finding
from kindregards.core.outreach.sent import CLOCKS_DIFFER, NOTED_WITHIN
from kindregards.core.outreach.skeleton import filled
from kindregards.web.contacts import by_address, meet, touched
from kindregards.web.models import (
    Application,
    Contact,
    Draft,
    Letter,
    MetBy,
    Occasion,
    Sending,
    SendingState,
    Touch,
    User,
    Way,
)
from kindregards.web.outreach.matter import Matter, matter_of
from kindregards.web.outreach.queries import letter_answered, reader_of, wording_of
from kindregards.web.outreach.steps import one_back, one_on, remembering, wording_now
from kindregards.web.outreach.voices import Voice
from kindregards.web.outreach.writing import is_by, write
from kindregards.web.rhythm import forget_touch, work_out_with

LARGEST_SEED = 2**31 - 1


class ChangedElsewhereError(Exception):
    """Another window saved or sent the draft since this one was opened. Nothing was overwritten."""


def open_draft(
    *,
    owner: User,
    application: Application,
    letter: Letter | None,
    to: Person | None,
    now: datetime,
    kind: DraftKind = DraftKind.ADVICE_REQUEST,
) -> Draft:
    """The application's letter of that kind: the one there is, else a newly written one.

    Word of progress can be sent more than once, all others only once.
    """
    matter = Matter(owner, application=application)
    return open_letter(matter=matter, letter=letter, to=to, now=now, kind=kind)


def open_letter(
    *,
    matter: Matter,
    letter: Letter | None = None,
    to: Person | None,
    now: datetime,
    kind: DraftKind,
    own_words: dict[str, Any] | None = None,
) -> Draft:
    """The letter of that kind in a matter: the one there is, else a newly written one.

    To somebody without an application a letter of any kind can go more than once, and there is
    one open at a time for each occasion.
    """
    drafts = Draft.objects.filter(matter.drafts(), owner=matter.owner, kind=kind)
    drafts = drafts.filter(occasion=matter.occasion)
    is_once = matter.application is not None and kind is not DraftKind.PROGRESS
    there = (drafts if is_once else drafts.filter(touch=None)).last()
    if there is not None:
        return there
    draft = Draft(
        owner=matter.owner,
        application=matter.application,
        contact=matter.contact,
        occasion=matter.occasion,
        kind=kind,
        recipient_name=to.name[:300] if to else "",
        recipient_email=to.email[:320] if to else "",
        in_reply_to=_thread_id(letter),
        created_at=now,
        seed=secrets.randbelow(LARGEST_SEED),
        own_words=own_words or {},
    )
    write(draft, letter)
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:  # two windows asked at once
        return drafts.get(touch=None)
    return draft


def _thread_id(letter: Letter | None) -> str:
    """The Message-ID to reply to; for a letter that was pasted, that of the latest kept one."""
    if letter is None or letter.message_id:
        return letter.message_id if letter else ""
    kept = Letter.objects.filter(
        application__isnull=False,
        application=letter.application,
        sent_at__lte=letter.sent_at,
    )
    last = kept.exclude(message_id="").order_by("-sent_at").first()
    return last.message_id if last else ""


def keep_draft(
    *, draft: Draft, revision: int, text: str, subject: str, to: tuple[str, str, str]
) -> None:
    """Keep what the person wrote. Raises ChangedElsewhereError when another window was first.

    A changed text is looked at anew: what was overruled was another letter.
    """
    because = draft.overruled_because if text == draft.text else ""
    _change(
        draft,
        revision,
        text=text,
        subject=subject,
        recipient_name=to[0],
        recipient_email=to[1],
        more_readers=to[2],
        overruled_because=because,
    )


def take_instead(*, draft: Draft, finding: Finding) -> None:
    """Put what a finding offers in the place of its words, turn the letter to the reader it names,
    or keep it until then; it can be taken back."""
    changed: dict[str, object] = {"overruled_because": ""}
    if finding.part is Part.TIME:
        changed["kept_until"] = finding.until
    elif finding.part is Part.TO:
        changed |= _to_one(draft, finding.instead or "")
    else:
        better = taken_over(wording_of(draft), finding)
        changed |= {"text": better.text, "subject": better.subject}
    _change(draft, draft.revision, **changed, **remembering(draft))


def _to_one(draft: Draft, reader: str) -> dict[str, object]:
    """The fields of a letter to one of its readers alone; "" for none of their addresses."""
    if reader == reader_of(draft):
        return {"more_readers": ""}
    name = draft.recipient_name if not reader else ""
    return {"recipient_name": name, "recipient_email": reader, "more_readers": ""}


def take_up(*, draft: Draft) -> None:
    """Take a letter that was kept for a day up again; it can be taken back."""
    if draft.kept_until is not None:
        _change(draft, draft.revision, kept_until=None, **remembering(draft))


def fill_blanks(*, draft: Draft, given: Sequence[tuple[str, str]]) -> None:
    """Put the person's own words where blanks stand; pairs of a blank as it stands and the words.

    A blank that is not there any more, or has no words, is left; it can be taken back.
    """
    text = draft.text
    for blank, words in given:
        text = filled(text, blank, words)
    if text != draft.text:
        _change(draft, draft.revision, text=text, overruled_because="", **remembering(draft))


def write_to_another(*, draft: Draft, contact: Contact) -> None:
    """Turn the letter to somebody else, with their name in its greeting; it can be taken back.

    Who did not write the letter is not thanked for having written.
    """
    text = readdressed(draft.text, draft.recipient_name, contact.name)
    letter = letter_answered(draft)
    if letter and not is_by(letter, contact.name, contact.email):
        text = impersonal(text, draft.language)
    _change(
        draft,
        draft.revision,
        recipient_name=contact.name,
        recipient_email=contact.email,
        more_readers="",
        text=text,
        overruled_because="",
        **remembering(draft),
    )


def take_back(*, draft: Draft) -> None:
    """Take the last change back, and the one before it the next time."""
    _change(draft, draft.revision, **one_back(draft))


def make_again(*, draft: Draft) -> None:
    """Make the change again that was taken back last."""
    _change(draft, draft.revision, **one_on(draft))


def write_anew(*, draft: Draft, letter: Letter | None, voice: Voice | None = None) -> None:
    """Write the draft in other words; the old ones can be taken back.

    With a voice, in that language and form of address.
    """
    if voice is None:
        draft.seed = (draft.seed + 1) % LARGEST_SEED
    else:
        draft.own_words = {**draft.own_words, "voice": voice.value}
    _rewrite(draft, letter)


def tell(*, draft: Draft, happened: Sequence[tuple[str, str]]) -> None:
    """Write a word of progress anew with what is to be told; what stood there can be taken back."""
    draft.own_words = {**draft.own_words, "happened": [list(one) for one in happened]}
    _rewrite(draft, None)


def _rewrite(draft: Draft, letter: Letter | None) -> None:
    before, subject = remembering(draft), draft.subject
    write(draft, letter)
    _change(
        draft,
        draft.revision,
        text=draft.text,
        subject=subject if draft.application_id else draft.subject,
        language=draft.language,
        seed=draft.seed,
        own_words=draft.own_words,
        **before,
    )


def overrule(*, draft: Draft, because: str) -> None:
    """Remember that the person sends it against the guard's advice, and why."""
    draft.overruled_because = because
    draft.save(update_fields=["overruled_because"])


def say_posted_again(*, draft: Draft, is_posted_again: bool) -> None:
    """Keep that the job is advertised again, or is not: then an appeal is none (R9)."""
    draft.is_posted_again = is_posted_again
    draft.save(update_fields=["is_posted_again"])


@transaction.atomic
def record_by_hand(
    *, draft: Draft, direction: Direction, channel: Channel, at: datetime, now: datetime
) -> Touch:
    """Keep a word with the draft's reader that went another way: all channels count alike (R8)."""
    contact, matter = _contact(draft), matter_of(draft)
    touched(contact, at)
    touch = Touch.objects.create(
        owner_id=draft.owner_id,
        contact=contact,
        employer_id=matter.employer_id,
        application_id=matter.application_id,
        direction=direction,
        channel=channel,
        kind=DraftKind.OTHER,
        at=at,
    )
    work_out_with(touch, now)
    return touch


@transaction.atomic
def remove_touch(*, touch: Touch, now: datetime) -> None:
    """Remove a word that was put in by hand."""
    forget_touch(touch=touch, now=now)


@transaction.atomic
def record_sent(*, draft: Draft, now: datetime) -> Touch:
    """Record that the person sent the draft; pressing it twice records one Touch."""
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.touch is not None:
        return locked.touch
    contact, matter = _contact(draft), matter_of(draft)
    touch = _seen_already(locked, contact, now) or Touch(
        owner_id=draft.owner_id,
        employer_id=matter.employer_id,
        direction=Direction.OUT,
        channel=_channel(draft, matter),
        at=now,
    )
    touch.contact, touch.kind, touch.in_process = contact, draft.kind, False
    touch.application_id = matter.application_id
    if went_from_here(locked):
        touch.message_id = locked.message_id
    touch.save()
    touched(contact, touch.at)
    locked.touch = touch
    locked.save(update_fields=["touch"])
    draft.touch = touch
    _occasions_of(draft).filter(put_away_at=None).update(put_away_at=now)
    work_out_with(touch, now)
    return touch


def _channel(draft: Draft, matter: Matter) -> Channel:
    """The way that the letter goes: an invitation, and a word without an address, on LinkedIn."""
    on_linkedin = draft.kind == DraftKind.INVITATION or matter.by_linkedin
    return Channel.LINKEDIN if on_linkedin and not draft.recipient_email else Channel.MAIL


def _occasions_of(draft: Draft) -> QuerySet[Occasion]:
    """The reason to write that the letter was about, to be put away with it."""
    return Occasion.objects.filter(owner_id=draft.owner_id, drafts=draft)


def _seen_already(draft: Draft, contact: Contact | None, now: datetime) -> Touch | None:
    """The letter among those seen in the sent mail that this draft must be."""
    if contact is None or went_from_here(draft):
        return None
    seen = Touch.objects.filter(
        owner_id=draft.owner_id,
        contact=contact,
        direction=Direction.OUT,
        draft=None,
        at__gte=max(draft.created_at - CLOCKS_DIFFER, now - NOTED_WITHIN),
    ).exclude(message_id="")
    return seen.order_by("-at").first()


def went_from_here(draft: Draft) -> bool:
    """Whether the program handed the letter to the person's mail server."""
    return draft.sendings.filter(way=Way.SMTP, state=SendingState.DONE).exists()


@transaction.atomic
def record_not_sent(*, draft: Draft, now: datetime) -> None:
    """Take back that it was sent; what went out from here cannot be.

    A letter that was seen in the sent mail stays a contact, and is another letter than this draft.
    """
    touch = draft.touch
    if touch is None or went_from_here(draft):
        return
    _make_room_for(draft)
    _occasions_of(draft).update(put_away_at=None)
    if not touch.message_id:
        forget_touch(touch=touch, now=now)
        return
    touch.kind = DraftKind.OTHER
    touch.save(update_fields=["kind"])
    draft.touch = None
    draft.save(update_fields=["touch"])


def _make_room_for(draft: Draft) -> None:
    """Let a letter that is open again be the only one; what another says can be called back."""
    alike = Draft.objects.filter(matter_of(draft).drafts(), owner_id=draft.owner_id, touch=None)
    for other in alike.filter(kind=draft.kind, occasion=draft.occasion).exclude(pk=draft.pk):
        draft.earlier = [*draft.earlier, *other.earlier, wording_now(other)]
        draft.save(update_fields=["earlier"])
        other.delete()


@transaction.atomic
def record_answer(*, draft: Draft, now: datetime) -> None:
    """Record that they answered the letter; pressing it twice records one Touch."""
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.touch is None or answer_to(locked) is not None:
        return
    matter = matter_of(draft)
    touch = Touch.objects.create(
        owner_id=draft.owner_id,
        contact=locked.touch.contact,
        employer_id=matter.employer_id,
        application_id=matter.application_id,
        direction=Direction.IN,
        channel=Channel.MAIL,
        kind=DraftKind.OTHER,
        at=max(now, locked.touch.at + timedelta(seconds=1)),
    )
    work_out_with(touch, now)


@transaction.atomic
def record_no_answer(*, draft: Draft, now: datetime) -> None:
    """Take back that they answered."""
    answer = answer_to(draft)
    if answer is not None:
        forget_touch(touch=answer, now=now)


def answer_to(draft: Draft) -> Touch | None:
    """The first word that came back after the draft was sent."""
    if draft.touch is None:
        return None
    answers = Touch.objects.filter(
        matter_of(draft).touches(),
        owner_id=draft.owner_id,
        direction=Direction.IN,
        at__gt=draft.touch.at,
    )
    return answers.order_by("at").first()


def _change(draft: Draft, revision: int, **changes: object) -> None:
    going = (SendingState.TRYING, SendingState.UNKNOWN)
    unsent = Draft.objects.filter(pk=draft.pk, touch=None).exclude(
        Exists(Sending.objects.filter(draft=OuterRef("pk"), state__in=going))
    )
    changed = unsent.filter(revision=revision).update(revision=F("revision") + 1, **changes)
    if not changed:
        raise ChangedElsewhereError
    draft.refresh_from_db()


def _contact(draft: Draft) -> Contact | None:
    """Whom the letter goes to: whoever has the address in its To line, else whom it is about."""
    matter = matter_of(draft)
    card = Card(name=draft.recipient_name, email=draft.recipient_email.lower())
    if matter.contact is not None:
        return by_address(draft.owner, [card.email]).get(card.email, matter.contact)
    if not card.is_somebody:
        return None
    card = replace(card, employer=matter.house)
    return meet(owner=draft.owner, card=card, employer=matter.employer, met_by=MetBy.LETTER)
