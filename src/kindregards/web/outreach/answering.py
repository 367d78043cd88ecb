"""Connecting what came back with the letter that asked, and deciding on the advice in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from kindregards.core.letters import Letter as Message
from kindregards.core.letters import parse_letter
from kindregards.core.letters.reading import Kind, Reason
from kindregards.core.outreach import About, AnswerKind, read_answer
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.core.outreach.sent import NOTED_WITHIN
from kindregards.web.models import Advice, Answer, Correction, Draft, Letter, Touch, User
from kindregards.web.outreach.matter import matter_of
from kindregards.web.outreach.services import answer_to
from kindregards.web.rhythm import work_out_with

ANSWERED_WITHIN = timedelta(days=90)
NEVER_ANSWERS = (Kind.JOB_ALERT,)
NO_ANSWERS = (Kind.REJECTION, Kind.ACKNOWLEDGEMENT, Kind.JOB_ALERT, Kind.ASSESSMENT, Kind.OFFER)
MAY_BEGIN_A_THREAD = (Kind.OTHER,)
_REPLY = re.compile(r"\s*(?:re|aw|antw|sv|rv|r)\s*:", re.IGNORECASE)


@transaction.atomic
def connect_answer(letter: Letter) -> bool:
    """Keep a letter as the answer to a draft where it is one, in the draft's application.

    Gives whether it has its place with that; an answer to a letter that is about no application
    may still be about one.
    """
    if Correction.objects.filter(letter=letter, field="kind").exists():
        return False
    draft = draft_answered_by(letter)
    if draft is None:
        return False
    if draft.application is not None and letter.application_id != draft.application_id:
        letter.application = draft.application
        letter.save(update_fields=["application"])
    keep_answer(draft=draft, letter=letter)
    return draft.application is not None


def draft_answered_by(letter: Letter) -> Draft | None:
    """The letter of the person's that this one answers: by its thread, else by sender and time.

    By sender it is the last one before it, within the answering time. A letter in the same
    application from the same employer's domain counts too, because somebody else may answer. A
    receipt answers nothing, a rejection only where it is a reply that advises, refuses to, or
    offers to talk, and an invitation only where it stands in a thread.
    """
    if not letter.sender_email or letter.kind in NEVER_ANSWERS:
        return None
    sent = Draft.objects.filter(
        Q(touch__at__lt=letter.sent_at) | _noted_late(letter),
        owner_id=letter.owner_id,
        touch__isnull=False,
        touch__at__gt=letter.sent_at - ANSWERED_WITHIN,
    ).select_related("touch", "application")
    in_thread = sent.filter(_in_thread_of(letter)).order_by("-touch__at").first()
    if in_thread is not None and letter.kind != Kind.ACKNOWLEDGEMENT:
        return in_thread
    if letter.kind in NO_ANSWERS and not _tells_something(letter):
        return None
    if in_thread is not None:
        return in_thread
    if letter.kind not in MAY_BEGIN_A_THREAD and not _is_reply(letter):
        return None  # the same recruiter may write of something new
    return _by_sender(sent, letter).order_by("-touch__at").first()


def _noted_late(letter: Letter) -> Q:
    """What was written before it came, and by hand noted as sent only some days after it."""
    return Q(
        touch__message_id="",
        created_at__lt=letter.sent_at,
        touch__at__lt=letter.sent_at + NOTED_WITHIN,
    )


def _in_thread_of(letter: Letter) -> Q:
    """What answers a letter of the person's own by its id, whoever writes."""
    known = letter.thread_ids.exclude(identifier="").values_list("identifier", flat=True)
    ids = {letter.in_reply_to, *known} - {""}
    return Q(message_id__in=ids) | Q(touch__message_id__in=ids)


def _by_sender(sent: QuerySet[Draft], letter: Letter) -> QuerySet[Draft]:
    domain = letter.sender_email.rpartition("@")[2]
    same_house = Q(
        application_id=letter.application_id, recipient_email__iendswith=f"@{domain}"
    ) & Q(application_id__isnull=False)
    named = sent.exclude(recipient_email="")
    return named.filter(Q(recipient_email__iexact=letter.sender_email) | same_house)


def _is_reply(letter: Letter) -> bool:
    return bool(letter.in_reply_to) or _REPLY.match(letter.subject) is not None


def _tells_something(letter: Letter) -> bool:
    """Whether it answers all the same: read as a rejection because it looks back on one, or as a
    receipt because a machine wrote it."""
    if letter.kind not in (Kind.REJECTION, Kind.ACKNOWLEDGEMENT):
        return False
    read = read_answer(as_message(letter))
    if read.kind is AnswerKind.AWAY:
        return True
    return _is_reply(letter) and (bool(read.advice) or read.kind in _TELLING)


_TELLING = (AnswerKind.REFUSED, AnswerKind.CALL)


def recipients_of(owner: User) -> set[str]:
    """The addresses, in small letters, that the person has sent letters of this program to."""
    sent = Draft.objects.filter(owner=owner, touch__isnull=False).exclude(recipient_email="")
    return {one.lower() for one in sent.values_list("recipient_email", flat=True)}


def ids_of_sent(owner: User) -> set[str]:
    """The Message-IDs, as far as they are known, of the letters that the person sent."""
    touches = Touch.objects.filter(owner=owner, direction=Direction.OUT)
    return set(touches.exclude(message_id="").values_list("message_id", flat=True))


def connect_answers(owner: User, letters: Iterable[Letter]) -> None:
    """The same for many new letters, in one question where nothing was sent before them."""
    sent = Draft.objects.filter(owner=owner, touch__isnull=False)
    first_at = sent.aggregate(first_at=Min("touch__at"))["first_at"]
    for letter in letters:
        if first_at is not None and letter.sent_at > first_at - NOTED_WITHIN:
            connect_answer(letter)


@transaction.atomic
def keep_answer(*, draft: Draft, letter: Letter) -> Answer:
    """Keep a letter as the answer to a draft, with the advice in it; once a letter.

    A word from them is recorded, unless a machine answered or the person had noted it.
    """
    known = Answer.objects.filter(letter=letter).first()
    if known is not None:
        return known
    _went_before(draft, letter)
    read = read_answer(as_message(letter))
    answer = Answer.objects.create(
        owner_id=letter.owner_id,
        draft=draft,
        letter=letter,
        kind=read.kind,
        reasons=[[one.quote, one.reason] for one in read.reasons],
        touch=None if read.kind is AnswerKind.AWAY else _answering_touch(draft, letter),
    )
    if answer.touch is not None:
        work_out_with(answer.touch, letter.sent_at)
    Advice.objects.bulk_create(
        Advice(owner_id=letter.owner_id, answer=answer, quote=one.quote, about=one.about)
        for one in read.advice
    )
    return answer


def _went_before(draft: Draft, letter: Letter) -> None:
    """What is answered had gone by then, however late it was noted."""
    touch = draft.touch
    if touch is not None and touch.at >= letter.sent_at:
        touch.at = max(draft.created_at, letter.sent_at - timedelta(minutes=1))
        touch.save(update_fields=["at"])


def _answering_touch(draft: Draft, letter: Letter) -> Touch:
    noted = answer_to(draft)
    if noted is not None and not hasattr(noted, "answer"):
        noted.at = letter.sent_at
        noted.save(update_fields=["at"])
        return noted
    matter = matter_of(draft)
    return Touch.objects.create(
        owner_id=draft.owner_id,
        contact=draft.touch.contact if draft.touch else None,
        employer_id=matter.employer_id,
        application_id=matter.application_id,
        direction=Direction.IN,
        channel=Channel.MAIL,
        kind=DraftKind.OTHER,
        at=letter.sent_at,
    )


def as_message(letter: Letter) -> Message:
    """The kept letter as the core reads it, with the headers that tell a machine."""
    return (
        parse_letter(bytes(letter.source.raw))
        if not letter.source.pasted
        else Message(text=letter.text, subject=letter.subject)
    )


def decide_advice(*, advice: Advice, is_wanted: bool | None, done_at: datetime | None) -> None:
    """Keep what the person makes of a piece of advice."""
    advice.is_wanted, advice.done_at = is_wanted, done_at
    advice.save(update_fields=["is_wanted", "done_at"])


def decide_about(*, advice: Advice, about: About) -> None:
    """Keep what the person means to make of it: something to practice, to learn, or to change."""
    advice.about = about
    advice.save(update_fields=["about"])


@transaction.atomic
def correct_reason(*, answer: Answer, number: int, reason: Reason | None) -> None:
    """Keep what a stated reason is about, as the person says; None where it is no reason at all.

    `number` is its place among the reasons. What is not there any more is left alone.
    """
    locked = Answer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    reasons = list(locked.reasons)
    if not 0 <= number < len(reasons):
        return
    quote, _was = reasons[number]
    reasons[number] = [quote, reason or ""]
    locked.reasons = reasons
    locked.save(update_fields=["reasons"])
