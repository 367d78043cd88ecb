"""Drafts of one owner, with what the guard needs to know around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from kindregards.core.letters.reading import Stage
from kindregards.core.network.card import person_key
from kindregards.core.outreach import (
    AnswerChance,
    AnswerKind,
    SendWindow,
    answer_chance,
    guard,
    send_window,
    spelling_findings,
    takes_no_replies,
)
from kindregards.core.outreach.cadence import AFTER_TWO, Exchange, exchange_of, welcome_from
from kindregards.core.outreach.draft import Channel, Circumstances, Direction, DraftKind, Guarded
from kindregards.core.outreach.draft import Draft as Wording
from kindregards.core.outreach.draft import Touch as Contacted
from kindregards.core.outreach.intake import language_written
from kindregards.web.models import (
    Advice,
    Answer,
    Contact,
    Draft,
    Letter,
    MailAccount,
    Meeting,
    Touch,
    User,
)
from kindregards.web.outreach.inviting import invited_as
from kindregards.web.outreach.matter import matter_of

ANSWERS_COME_WITHIN = timedelta(days=7)
RESTS_AFTER = 2
REMIND_AFTER = timedelta(days=7)
"""One reminder, 7 to 10 days after a request without an answer (R8)."""
TELL_OF_PROGRESS_AFTER = timedelta(days=14)
OTHERS_THERE = 4


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft as its page shows it: what the guard says, when to send, what to expect."""

    draft: Draft
    letter: Letter | None
    guarded: Guarded
    window: SendWindow | None
    chance: AnswerChance
    letter_takes_no_replies: bool
    circumstances: Circumstances
    exchange: Exchange
    welcome_from: datetime | None


def draft_of(owner: User, pk: int) -> Draft:
    """One draft of the owner; 404 for anybody else's."""
    drafts = Draft.objects.filter(owner=owner).select_related(
        "owner", "application__employer", "application__plan", "contact__employer", "occasion",
        "touch",
    )  # fmt: skip
    return get_object_or_404(drafts, pk=pk)


def letter_answered(draft: Draft) -> Letter | None:
    """The rejection that the draft answers."""
    return matter_of(draft).rejection()


def letter_replied_to(draft: Draft) -> Letter | None:
    """The letter whose thread the draft goes on in; where it is not kept, the rejection."""
    if draft.in_reply_to:
        named = Letter.objects.filter(owner_id=draft.owner_id, message_id=draft.in_reply_to)
        found = named.filter(matter_of(draft).letters()).first()
        if found is not None:
            return found
    return letter_answered(draft)


def thread_of(draft: Draft) -> list[str]:
    """The Message-IDs of the thread before the letter that is replied to, the oldest first."""
    letter = letter_replied_to(draft)
    if letter is None or letter.message_id != draft.in_reply_to:
        return []
    ids = letter.thread_ids.order_by("pk").values_list("identifier", flat=True)
    parent = [letter.in_reply_to] if letter.in_reply_to else []
    return [*(one for one in ids if one not in parent), *parent]


def desk_for(draft: Draft, now: datetime) -> Desk:
    """The draft with everything that its page shows.

    One that is kept for a day is looked at as it will be then.
    """
    goes_at = max(now, draft.kept_until or now)
    letter = letter_answered(draft)
    wording, history = wording_of(draft), history_for(draft)
    circumstances = _circumstances(draft, letter)
    own = [_contacted(draft.touch)] if draft.touch else []
    exchange = exchange_of(wording, [*history, *own], circumstances, now)
    return Desk(
        draft=draft,
        letter=letter,
        guarded=guard(
            wording,
            now=goes_at,
            history=history,
            circumstances=circumstances,
            noticed=spelling_findings(wording, _names_around(draft, letter)),
        ),
        window=send_window(letter.sent_there_at, now) if letter else None,
        chance=answer_chance(
            stage=matter_of(draft).stage or Stage.INTERVIEW, **_own_results(draft.owner_id, now)
        ),
        letter_takes_no_replies=bool(letter and takes_no_replies(letter.sender_email)),
        circumstances=circumstances,
        exchange=exchange,
        welcome_from=welcome_from(exchange, now),
    )


def is_kept(draft: Draft, now: datetime) -> bool:
    """Whether the person keeps the letter for a time that is still to come."""
    return draft.touch is None and draft.kept_until is not None and draft.kept_until > now


def letters_kept(owner: User, now: datetime) -> list[Draft]:
    """The letters whose day has come: kept until now, and not sent; the oldest first."""
    kept = Draft.objects.filter(owner=owner, touch=None, kept_until__lte=now)
    whole = kept.select_related("application__employer", "contact__employer")
    return list(whole.order_by("kept_until", "pk"))


def is_rest(desk: Desk) -> bool:
    """Whether two words without an answer ask for the long rest (R8)."""
    return len(desk.exchange.unanswered) >= RESTS_AFTER and desk.welcome_from is not None


def _names_around(draft: Draft, letter: Letter | None) -> list[str]:
    """Words that are spelled right however odd they look: the names of this application, and what
    stands in their letter."""
    matter = matter_of(draft)
    people = letter.reading["people"] if letter else []
    return [
        matter.owner.called,
        matter.house,
        matter.role,
        draft.recipient_name,
        *((matter.occasion.words, matter.occasion.employer) if matter.occasion else ()),
        *(person["name"] for person in people),
        letter.text if letter else "",
    ]


def answers_to(draft: Draft) -> list[Answer]:
    """The letters that came back, the newest first, with the advice in them."""
    found = Answer.objects.filter(draft=draft).select_related("letter")
    return list(found.prefetch_related("advice").order_by("-letter__sent_at"))


def answer_of(owner: User, pk: int) -> Answer:
    """One answer to a draft of the owner; 404 for anybody else's."""
    return get_object_or_404(Answer.objects.filter(owner=owner), pk=pk)


def advice_of(owner: User, pk: int) -> Advice:
    """One piece of advice of the owner; 404 for anybody else's."""
    found = Advice.objects.filter(owner=owner).select_related("answer")
    return get_object_or_404(found, pk=pk)


def letters_next(draft: Draft, answer: Touch | None, now: datetime) -> list[DraftKind]:
    """The letters that may follow one that was sent: a reminder, thanks for advice, progress."""
    if draft.touch is None:
        return []
    sent = set(
        Draft.objects.filter(matter_of(draft).drafts(), touch__isnull=False).values_list(
            "kind", flat=True
        )
    )
    if answer is None:
        may_remind = draft.kind == DraftKind.ADVICE_REQUEST and DraftKind.FOLLOW_UP not in sent
        return [DraftKind.FOLLOW_UP] if may_remind and now >= reminder_from(draft) else []
    following = [kind for kind in _kinds_that_answer(draft) if kind not in sent]
    if DraftKind.ADVICE_THANKS in following and _has_answered_back(draft, answer):
        following.remove(DraftKind.ADVICE_THANKS)
    is_time = now - answer.at >= TELL_OF_PROGRESS_AFTER or DraftKind.ADVICE_THANKS in sent
    if is_time and draft.application_id is not None:
        following.append(DraftKind.PROGRESS)
    return following


def _has_answered_back(draft: Draft, answer: Touch) -> bool:
    """Whether a word went out since their answer: a yes to a call, or any other to the same reader.

    It thanks already, and one more so soon would be held by the guard (R8).
    """
    since = Draft.objects.filter(matter_of(draft).drafts(), touch__at__gt=answer.at)
    to_them = Q(recipient_email=draft.recipient_email) & ~Q(recipient_email="")
    return since.filter(to_them | Q(kind=DraftKind.CALL)).exists()


def latest_answer(draft: Draft) -> Letter | None:
    """The last letter that a person wrote in answer to the draft; None where none is kept."""
    kept = Answer.objects.filter(draft=draft).exclude(kind=AnswerKind.AWAY)
    last = kept.select_related("letter").order_by("-letter__sent_at").first()
    return last.letter if last else None


def _kinds_that_answer(draft: Draft) -> tuple[DraftKind, ...]:
    """What may answer their answer: a yes to a call where they offer one, thanks for advice.

    An answer that was only noted may be anything, and one that gives no feedback asks for nothing;
    so does what comes back to a word that asked for no advice, unless it advises.
    """
    kinds = set(Answer.objects.filter(draft=draft).values_list("kind", flat=True))
    kinds -= {AnswerKind.AWAY}
    if draft.application_id is None:
        kinds &= {AnswerKind.ADVICE, AnswerKind.CALL}
    elif not kinds:
        return DraftKind.ADVICE_THANKS, DraftKind.CALL
    if not kinds:
        return ()
    call = (DraftKind.CALL,) if AnswerKind.CALL in kinds else ()
    thanks = () if kinds == {AnswerKind.REFUSED} else (DraftKind.ADVICE_THANKS,)
    return (*call, *thanks)


def is_silent(draft: Draft, answer: Touch | None, now: datetime) -> bool:
    """Whether a letter that asks had its week without an answer: it counts as none then (R6)."""
    asks = draft.kind in (DraftKind.ADVICE_REQUEST, DraftKind.FOLLOW_UP)
    if draft.touch is None or answer is not None or not asks:
        return False
    return draft.touch.at < now - ANSWERS_COME_WITHIN


def reminder_from(draft: Draft) -> datetime:
    """When one short reminder of a sent draft becomes welcome (R8)."""
    if draft.touch is None:
        raise ValueError("the draft was not sent")
    return draft.touch.at + REMIND_AFTER


def may_go_from_here(draft: Draft) -> bool:
    """Whether a mail account is there by which the draft could go out."""
    return MailAccount.objects.filter(
        ~Q(sending_server=None) | Q(begun_at__isnull=False), owner_id=draft.owner_id
    ).exists()


def wording_of(draft: Draft) -> Wording:
    """The draft as the core knows it, in the language that the person came to write it in."""
    first, *more = reader_of(draft), *filter(None, draft.more_readers.split(", "))
    return Wording(
        text=draft.text,
        subject=draft.subject,
        to=(first, *more) if first else (),
        kind=DraftKind(draft.kind),
        language=language_written(draft.text, draft.language),
    )


def reader_of(draft: Draft) -> str:
    """Whom the draft goes to: name and address, or the one of them that is known."""
    name, email = draft.recipient_name, draft.recipient_email
    return f"{name} <{email}>" if name and email else name or email


def history_for(draft: Draft) -> Sequence[Contacted]:
    """Every contact so far with this employer or this person, letters received among them.

    The touch that records this very draft is left out: it is not a contact before it. So is what
    belongs to the application's own course, as a time agreed for an interview.
    """
    matter, whom = matter_of(draft), draft.recipient_email or draft.recipient_name
    sent = [
        _contacted(touch, whom if matter.is_with(touch) else "")
        for touch in _touches_around(draft).exclude(draft=draft)
    ]
    received = Letter.objects.filter(matter.letters(), owner_id=draft.owner_id).values_list(
        "sent_at", "sender_email", "employer_name"
    )
    return [
        *sent,
        *(
            Contacted(at=at, direction=Direction.IN, person=email, employer=employer)
            for at, email, employer in received
        ),
    ]


def _touches_around(draft: Draft) -> QuerySet[Touch]:
    """Every touch with this person, with anybody of this employer, or about this matter (R8)."""
    matter, email = matter_of(draft), draft.recipient_email.lower()  # as contacts keep it
    near = Q(works_at_key__in=matter.house_keys)
    near |= Q(email=email) if email else Q()
    people = Contact.everyone.filter(near, owner_id=draft.owner_id).values("pk")
    at_them = Q(employer__key__in=matter.house_keys) if matter.house_keys else Q()
    touches = Touch.objects.filter(Q(contact__in=people) | at_them | matter.touches())
    own = touches.filter(owner_id=draft.owner_id).exclude(in_process=True)
    return own.select_related("contact", "employer", "draft")


def words_between(draft: Draft) -> list[Touch]:
    """What went between the person and this side, the newest first; letters received apart."""
    return list(_touches_around(draft).order_by("-at")[:SHOWN_WORDS])


SHOWN_WORDS = 30


def touch_by_hand(owner: User, pk: int) -> Touch:
    """A touch of the owner that was put in by hand; 404 for any other."""
    by_hand = Touch.objects.filter(owner=owner, kind=DraftKind.OTHER, message_id="", draft=None)
    return get_object_or_404(by_hand, pk=pk)


def others_to_write_to(draft: Draft, now: datetime) -> list[Contact]:
    """Up to three people elsewhere to whom nothing was written in the last 30 days (R8)."""
    recent = Touch.objects.filter(
        owner_id=draft.owner_id, direction=Direction.OUT, at__gt=now - AFTER_TWO
    )
    to_them = recent.filter(contact=OuterRef("pk"))
    to_theirs = recent.filter(employer__isnull=False, employer=OuterRef("employer"))
    people = Contact.objects.filter(owner_id=draft.owner_id, gone_at=None).exclude(name="")
    elsewhere = people.exclude(email=draft.recipient_email.lower() or None)
    matter = matter_of(draft)
    if matter.contact:
        elsewhere = elsewhere.exclude(pk=matter.contact.pk)
    if matter.employer_id:
        elsewhere = elsewhere.exclude(employer_id=matter.employer_id)
    free = elsewhere.exclude(Exists(to_them)).exclude(Exists(to_theirs))
    return list(
        free.select_related("employer").order_by(F("last_at").desc(nulls_last=True), "-pk")[:3]
    )


def others_there(draft: Draft) -> Sequence[Contact]:
    """Up to four others of this process to write to, those first who were met (R5)."""
    matter = matter_of(draft)
    if matter.application is None:
        return []  # a word that is meant for one person is for nobody else
    at_them = Q(was_met=True)
    if matter.employer_id:
        at_them |= Q(employer_id=matter.employer_id)
    met = Meeting.objects.filter(contact=OuterRef("pk"), debrief__application=matter.application)
    people = Contact.objects.filter(owner_id=draft.owner_id, gone_at=None).exclude(name="")
    others = people.annotate(was_met=Exists(met)).filter(at_them)
    if draft.recipient_email:
        others = others.exclude(email=draft.recipient_email.lower())
    if draft.recipient_name:
        others = others.exclude(name_key=person_key(draft.recipient_name))
    reached = [one for one in others.order_by("-was_met", "-pk") if not takes_no_replies(one.email)]
    return reached[:OTHERS_THERE]


def _contacted(touch: Touch, known_as: str = "") -> Contacted:
    """A touch as the core counts it; `known_as` is the draft's own reader, if it was with them."""
    contact = touch.contact
    works_at = contact.works_at if contact else ""
    return Contacted(
        at=touch.at,
        direction=Direction(touch.direction),
        person=known_as or ((contact.email or contact.name) if contact else ""),
        employer=touch.employer.name if touch.employer else works_at,
        channel=Channel(touch.channel),
        kind=DraftKind(touch.kind),
        text=_words_of(touch),
    )


def _words_of(touch: Touch) -> str:
    """What was written, where it was kept or the letter was a draft here."""
    try:
        return touch.words or touch.draft.text
    except Draft.DoesNotExist:
        return ""


def _circumstances(draft: Draft, letter: Letter | None) -> Circumstances:
    matter = matter_of(draft)
    if draft.kind == DraftKind.INVITATION:
        return invited_as(draft, matter)
    return Circumstances(
        given=draft.own_words.get("given", ""),
        letter_at=letter.sent_there_at if letter else None,
        letter_sender=letter.sender_email if letter else "",
        stage=matter.stage,
        employer=matter.house,
        reposted=draft.is_posted_again,
    )


def overruled_before(draft: Draft) -> list[Draft]:
    """Letters that went out against the guard's advice, the newest first: what came of it."""
    sent = Draft.objects.filter(owner_id=draft.owner_id, touch__isnull=False)
    others = sent.exclude(overruled_because="").exclude(pk=draft.pk).select_related("touch")
    same = Q(application=OuterRef("application")) | Q(contact=OuterRef("contact"))
    answer = Touch.objects.filter(same, direction=Direction.IN, at__gt=OuterRef("touch__at"))
    return list(others.annotate(was_answered=Exists(answer)).order_by("-touch__at")[:3])


def _own_results(owner_id: int, now: datetime) -> dict[str, int]:
    """How many advice requests had a week for an answer, and how many got one (R6)."""
    asked = Touch.objects.filter(
        owner_id=owner_id,
        direction=Direction.OUT,
        kind=DraftKind.ADVICE_REQUEST,
        at__lt=now - ANSWERS_COME_WITHIN,
    )
    answer = Touch.objects.filter(
        direction=Direction.IN, application=OuterRef("application"), at__gt=OuterRef("at")
    )
    counted: dict[str, int] = asked.alias(was_answered=Exists(answer)).aggregate(
        sent=Count("pk"), answered=Count("pk", filter=Q(was_answered=True))
    )
    return counted
