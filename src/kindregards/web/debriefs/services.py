"""Beginning a debrief, closing its sittings, and what follows from what was written."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from kindregards.core.debriefs import (
    Known,
    Named,
    Prompt,
    Screen,
    Sitting,
    people_in,
    screens,
    went_badly,
)
from kindregards.core.debriefs.prompts import AFTER_THE_LETTER, SITTING_OF
from kindregards.core.network.card import Card
from kindregards.web.contacts import meet
from kindregards.web.debriefs.queries import words_at
from kindregards.web.models import (
    Application,
    Claim,
    Contact,
    Debrief,
    Meeting,
    MetBy,
    Note,
    Question,
)
from kindregards.web.rhythm import work_out

# R13: one to three badly answered questions go to practice at once; more is no help.
PRACTICED_AT_ONCE = 3


@transaction.atomic
def begin_debrief(*, application: Application, now: datetime, note: str = "") -> Debrief:
    """The debrief of an application: the one there is, else a new one.

    `note` is what the person had written down of it before; it stays with the new one.
    """
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    there = application.debriefs.order_by("-began_at", "-pk").first()
    if there is not None:
        return there
    debrief = Debrief.objects.create(
        owner_id=application.owner_id, application=application, began_at=now
    )
    if note.strip():
        Note.objects.create(
            owner_id=debrief.owner_id, debrief=debrief, prompt=Prompt.REST, text=note
        )
    return debrief


def place_in(debrief: Debrief, known: Known, sitting: Sitting | None = None) -> Screen:
    """Where to go on: the screen that was left, else the first that has nothing yet.

    With a sitting it is a screen of that one.
    """
    if sitting is None:
        sitting = Sitting.MEANING if debrief.facts_done_at else Sitting.FACTS
    here = screens(sitting, known)
    if debrief.place and SITTING_OF.get(Prompt(debrief.place)) is sitting:
        left = Screen(Prompt(debrief.place), debrief.place_of)
        if left in here:
            return left
    if sitting is Sitting.FACTS and debrief.facts_done_at:
        unread = [one for one in here if one.prompt in AFTER_THE_LETTER]
        return next((one for one in unread if not words_at(debrief, one.prompt)), here[0])
    return here[0]


def remember_place(*, debrief: Debrief, screen: Screen, now: datetime) -> None:
    """Keep where the person is, so that they come back to it."""
    debrief.place, debrief.place_of = screen.prompt, screen.of
    changed = ["place", "place_of"]
    if SITTING_OF[screen.prompt] is Sitting.MEANING and debrief.meaning_began_at is None:
        debrief.meaning_began_at = now
        changed.append("meaning_began_at")
    debrief.save(update_fields=changed)


def finish_sitting(*, debrief: Debrief, sitting: Sitting, now: datetime) -> None:
    """Close a sitting; it can be gone back to at any time."""
    name = "facts_done_at" if sitting is Sitting.FACTS else "meaning_done_at"
    setattr(debrief, name, now)
    debrief.place, debrief.place_of = "", None
    debrief.save(update_fields=[name, "place", "place_of"])


@transaction.atomic
def keep_people(*, debrief: Debrief, now: datetime) -> None:
    """Make contacts of those who are named as having been there; take back who is not any more.

    A contact goes again only if it came by this debrief and nothing else hangs on it.
    """
    kept = [_contact(debrief, named) for named in people_in(words_at(debrief, Prompt.PEOPLE))]
    for contact, made in kept:
        Meeting.objects.get_or_create(
            debrief=debrief,
            contact=contact,
            defaults={"owner_id": debrief.owner_id, "made_contact": made},
        )
    stale = debrief.meetings.exclude(contact__in=[contact for contact, _made in kept])
    for meeting in stale.select_related("contact"):
        contact, made = meeting.contact, meeting.made_contact
        meeting.delete()
        if made and _is_bare(contact):
            contact.delete()
    met = [contact.pk for contact, _made in kept]
    work_out(owner_id=debrief.owner_id, contacts=met, now=now)


def practice_badly_answered(*, debrief: Debrief) -> int:
    """Put the questions that went worst into practice, at most three; gives how many."""
    badly = [one for one in debrief.questions.all() if went_badly(one.went) and one.text.strip()]
    badly.sort(key=lambda one: (one.went or 0, one.pk))
    chosen = [one.pk for one in badly[:PRACTICED_AT_ONCE]]
    return Question.objects.filter(pk__in=chosen).update(to_practice=True)


def practice_question(*, question: Question, is_wanted: bool) -> None:
    """Put one question into practice, or take it out."""
    question.to_practice = is_wanted
    question.save(update_fields=["to_practice"])


def judge_claim(*, claim: Claim, is_borne_out: bool | None, now: datetime) -> None:
    """Keep whether what was heard later bears a cause out; None takes the judgement back."""
    claim.is_borne_out = is_borne_out
    claim.judged_at = now if is_borne_out is not None else None
    claim.save(update_fields=["is_borne_out", "judged_at"])


def move_intention(*, debrief: Debrief, on: date) -> None:
    """Give the one plan another day."""
    debrief.practice_date, debrief.practiced_at = on, None
    debrief.save(update_fields=["practice_date", "practiced_at"])


def settle_intention(*, debrief: Debrief, now: datetime | None) -> None:
    """Keep that the one plan was tried, or with None that it was not, after all."""
    debrief.practiced_at = now
    debrief.save(update_fields=["practiced_at"])


@transaction.atomic
def remove_debrief(*, debrief: Debrief) -> None:
    """Remove a debrief for good, with the contacts that came by it alone."""
    meetings = debrief.meetings.filter(made_contact=True).select_related("contact")
    made = [one.contact for one in meetings]
    debrief.delete()
    for contact in made:
        if _is_bare(contact):
            contact.delete()


def _contact(debrief: Debrief, named: Named) -> tuple[Contact, bool]:
    """Who that is among the contacts, completed by what is told here, and whether they are new."""
    employer = debrief.application.employer
    newest = Contact.objects.aggregate(pk=Max("pk"))["pk"] or 0
    card = Card(
        name=named.name,
        email=named.email,
        role=named.role,
        employer=employer.name if employer else "",
    )
    contact = meet(owner=debrief.owner, card=card, employer=employer, met_by=MetBy.HAND)
    return contact, contact.pk > newest


def _is_bare(contact: Contact) -> bool:
    """Whether nothing hangs on somebody, and the person wrote nothing about them."""
    hangs = contact.touches.exists() or contact.meetings.exists() or contact.drafts.exists()
    return not (hangs or contact.note or contact.own)
