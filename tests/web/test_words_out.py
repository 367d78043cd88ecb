"""Letters to somebody without an application: on an occasion, of progress, an invitation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import (
    INTERVIEWED,
    NOW,
    OFFERED,
    a_debrief,
    a_letter,
    an_owner,
    received,
    things_of,
)
from tests.web.drafting import at, save, words_of

from kindregards.core.network.card import Card
from kindregards.core.network.occasions import BY_HAND, OccasionKind
from kindregards.core.outreach import About, AnswerKind
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.web.contacts import touched
from kindregards.web.models import (
    Advice,
    Answer,
    Contact,
    Draft,
    Letter,
    Occasion,
    Reminder,
    Touch,
    User,
)
from kindregards.web.network.merging import take_apart, take_together
from kindregards.web.network.noticing import note_reason
from kindregards.web.network.services import put_in
from kindregards.web.outreach.answering import connect_answer
from kindregards.web.outreach.happened import happenings
from kindregards.web.outreach.queries import desk_for
from kindregards.web.outreach.services import record_not_sent, record_sent
from kindregards.web.rhythm import work_out

pytestmark = pytest.mark.django_db
PROFILE = "linkedin.com/in/ada-berg"


@pytest.fixture
def ada(owner: User) -> Contact:
    """Somebody whom the person knows, with an address and a profile."""
    owner.first_name = "Mara"
    owner.save()
    card = Card(name="Ada Berg", email="ada@tidewell.example", employer="Tidewell", profile=PROFILE)
    return put_in(owner=owner, card=card)


def a_touch(contact: Contact, *, days: int, words: str = "", **more: Any) -> Touch:
    """A word with somebody so many days ago."""
    when = timezone.now() - timedelta(days=days)
    touched(contact, when)
    known = {"direction": Direction.IN, "channel": Channel.LINKEDIN, "kind": DraftKind.OTHER}
    touch = Touch.objects.create(
        owner=contact.owner, contact=contact, at=when, words=words, **known | more
    )
    work_out(owner_id=contact.owner_id, contacts=[contact.pk], now=timezone.now())
    return touch


def a_reason(contact: Contact, kind: OccasionKind, words: str = "") -> Occasion:
    """A reason to write that there is since now."""
    return note_reason(contact=contact, kind=kind, words=words, link="", now=timezone.now())


def write(client: Client, contact: Contact, **wanted: str) -> Draft:
    """Press what leads to the letter."""
    client.post(reverse("plan-write", args=[contact.pk]), wanted)
    return Draft.objects.latest("pk")


def fill(client: Client, draft: Draft, words: str = "The maps on the wall of your office") -> Any:
    """Fill the one blank by hand."""
    blank = draft.text[draft.text.index("[") : draft.text.index("]") + 1]
    return save(client, draft, draft.text.replace(blank, words))


@pytest.mark.parametrize("kind", [*BY_HAND, OccasionKind.BIRTHDAY, OccasionKind.ANNIVERSARY])
def test_every_occasion_leads_to_a_letter_that_goes_only_with_ones_own_words(
    client: Client, ada: Contact, kind: OccasionKind
) -> None:
    occasion = a_reason(ada, kind)
    draft = write(client, ada, occasion=str(occasion.pk))
    assert (draft.contact, draft.application, draft.occasion) == (ada, None, occasion)
    page = words_of(client.get(at(draft)))
    assert "fill in the words in square brackets" in page
    assert "data-copy" not in page
    assert "mailto:" not in page
    for way in ("sent", "letter.eml"):
        client.post(at(draft, way)) if way == "sent" else client.get(at(draft, way))
    draft.refresh_from_db()
    assert draft.touch is None

    fill(client, draft)
    page = words_of(client.get(at(draft)))
    assert "mailto:ada@tidewell.example" in page
    assert 'data-copy="text"' in page
    assert client.get(at(draft, "letter.eml"))["Content-Type"] == "message/rfc822"
    answer = client.post(at(draft, "sent"))
    assert answer.headers["Location"] == reverse("network-page", args=[ada.pk])
    touch = Touch.objects.get()
    assert (touch.contact, touch.kind, touch.channel) == (ada, DraftKind.OCCASION, Channel.MAIL)


def test_a_greeting_whose_blank_was_only_deleted_does_not_go(client: Client, ada: Contact) -> None:
    draft = write(client, ada, occasion=str(a_reason(ada, OccasionKind.NEW_JOB).pk))
    line = next(one for one in draft.text.splitlines() if "[" in one)
    save(client, draft, draft.text.replace(line, ""))
    page = words_of(client.get(at(draft)))
    assert "A line of your own is missing" in page
    assert "data-copy" not in page
    client.post(at(draft, "sent"))
    assert not Touch.objects.exists()


def test_a_word_that_was_sent_moves_the_reminder_and_settles_its_reason(
    client: Client, owner: User, ada: Contact
) -> None:
    a_touch(ada, days=40)
    occasion = a_reason(ada, OccasionKind.POST, "On folding maps")
    assert Reminder.objects.get().why == "occasion"
    draft = write(client, ada)
    assert draft.occasion == occasion
    fill(client, draft)
    client.post(at(draft, "sent"))
    occasion.refresh_from_db()
    assert occasion.put_away_at is not None
    reminder = Reminder.objects.get()
    assert (reminder.why, reminder.due_date > timezone.localdate()) == ("dormant", True)

    draft.refresh_from_db()
    record_not_sent(draft=draft, now=timezone.now())
    occasion.refresh_from_db()
    assert occasion.put_away_at is None
    assert Reminder.objects.get().why == "occasion"


def test_pressing_twice_opens_one_letter_and_after_it_was_sent_a_new_one(
    client: Client, ada: Contact
) -> None:
    first = write(client, ada, kind="progress")
    assert write(client, ada, kind="progress") == first
    record_sent(draft=first, now=timezone.now())
    second = write(client, ada, kind="progress")
    assert second != first
    save(client, second, "Hello Ada, words of the second.")
    first.refresh_from_db()
    record_not_sent(draft=first, now=timezone.now())
    assert Draft.objects.get() == first
    first.refresh_from_db()
    assert first.earlier[-1]["text"] == "Hello Ada, words of the second."


def test_the_database_keeps_letters_to_somebody_and_one_open_a_kind(ada: Contact) -> None:
    known = {"owner": ada.owner, "seed": 1, "created_at": NOW, "language": "en"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(kind=DraftKind.PROGRESS, **known)
    Draft.objects.create(kind=DraftKind.PROGRESS, contact=ada, **known)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(kind=DraftKind.PROGRESS, contact=ada, **known)
    occasion = a_reason(ada, OccasionKind.POST)
    Draft.objects.create(kind=DraftKind.OCCASION, contact=ada, occasion=occasion, **known)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(kind=DraftKind.OCCASION, contact=ada, occasion=occasion, **known)
    Draft.objects.create(kind=DraftKind.OCCASION, contact=ada, **known)
    other = a_reason(ada, OccasionKind.QUESTION)
    Draft.objects.create(kind=DraftKind.OCCASION, contact=ada, occasion=other, **known)


@pytest.mark.parametrize("channel", list(Channel))
def test_a_word_to_them_or_to_their_colleague_this_week_counts_by_any_way(
    client: Client, owner: User, ada: Contact, channel: Channel
) -> None:
    draft = write(client, ada, kind="progress")
    assert desk_for(draft, timezone.now()).welcome_from is None
    colleague = put_in(owner=owner, card=Card(name="Piet Vos", employer="Tidewell GmbH"))
    touch = a_touch(colleague, days=2, direction=Direction.OUT, channel=channel)
    assert desk_for(draft, timezone.now()).welcome_from == touch.at + timedelta(days=7)
    Touch.objects.update(contact=ada)
    assert desk_for(draft, timezone.now()).welcome_from == touch.at + timedelta(days=7)
    elsewhere = put_in(owner=owner, card=Card(name="Rosa Lind", employer="Northlight"))
    Touch.objects.update(contact=elsewhere)
    assert desk_for(draft, timezone.now()).welcome_from is None


def test_what_they_wrote_in_german_is_answered_in_german(client: Client, ada: Contact) -> None:
    a_touch(ada, days=40, words="Hallo Mara, schön von dir zu hören. Wie geht es dir denn so?")
    draft = write(client, ada, kind="progress")
    assert draft.language == "de"
    assert "Hallo Ada" in draft.text or "Hi Ada" in draft.text
    client.post(at(draft, "anew"), {"voice": "de-sie"})
    draft.refresh_from_db()
    assert draft.text.startswith("Guten Tag Ada Berg,")
    client.post(at(draft, "anew"), {"voice": "en"})
    draft.refresh_from_db()
    assert draft.language == "en"
    client.post(at(draft, "undo"))
    draft.refresh_from_db()
    assert draft.text.startswith("Guten Tag Ada Berg,")


# Progress -------------------------------------------------------------------------------------


def test_a_word_of_progress_tells_what_was_picked_from_the_record(
    client: Client, owner: User, ada: Contact
) -> None:
    things = things_of(owner)
    debrief = a_debrief(things.application)
    debrief.practiced_at = timezone.now()
    debrief.save()
    answer = Answer.objects.create(
        owner=owner, draft=things.draft, letter=things.letter, kind=AnswerKind.ADVICE
    )
    Advice.objects.create(
        owner=owner, answer=answer, quote="Bring the coats.", about=About.PRACTICE, is_wanted=True,
        done_at=timezone.now(),
    )  # fmt: skip
    draft = write(client, ada, kind="progress")
    page = client.get(at(draft))
    shown = words_of(page)
    assert "You did what was advised: “Bring the coats.”" in shown
    assert "You practised what went badly at Brackwater Mills" in shown
    keys = [one.key for one in page.context["happenings"]]
    client.post(at(draft, "tell"), {"happened": keys[:1], "typed": "I have finished a course"})
    draft.refresh_from_db()
    assert "Bring the coats." in draft.text
    assert "I have finished a course." in draft.text
    assert "[" not in draft.text
    assert "checked" in words_of(client.get(at(draft)))
    client.post(at(draft, "undo"))
    draft.refresh_from_db()
    assert "[what is new with you, in a sentence]" in draft.text


def test_what_was_told_before_the_last_word_is_not_offered_again(
    client: Client, owner: User, ada: Contact
) -> None:
    received(owner, a_letter(sent_at=timezone.now() - timedelta(days=20)), now=timezone.now())
    draft = write(client, ada, kind="progress")
    assert len(client.get(at(draft)).context["happenings"]) == 1
    a_touch(ada, days=1, direction=Direction.OUT)
    assert client.get(at(draft)).context["happenings"] == []


def test_interviews_that_ended_in_a_no_say_so_and_are_few(
    client: Client, owner: User, ada: Contact
) -> None:
    now = timezone.now()
    for at_, employer in enumerate(("Brackwater Mills", "Quillstone", "Tidewell", "Fernhill")):
        sent = now - timedelta(days=20 + at_)
        kind = OFFERED if employer == "Fernhill" else INTERVIEWED
        raw = a_letter(
            kind,
            employer=employer,
            sent_at=sent,
            message_id=employer[:4],
            sender=f"hr@{at_}.example",
        )
        received(owner, raw, now=now)
    told = [one.said for one in happenings(write(client, ada, kind="progress"), now)]
    assert told == [
        "An offer from Fernhill",
        "An interview at Brackwater Mills; it ended in a no",
        "An interview at Quillstone; it ended in a no",
    ]


# Invitations ----------------------------------------------------------------------------------


def test_a_note_of_invitation_counts_its_characters_and_the_notes_of_the_month(
    client: Client, ada: Contact
) -> None:
    a_touch(ada, days=40, words="It was good to meet you.")
    for days in (3, 9, 14):
        a_touch(
            put_in(owner=ada.owner, card=Card(name=f"Nobody {days}")),
            days=days,
            direction=Direction.OUT,
            kind=DraftKind.INVITATION,
        )
    draft = write(client, ada, kind="invitation")
    page = words_of(client.get(at(draft)))
    assert f"<b data-length>{len(draft.text)}</b> of 200 characters" in page
    assert "2 of 5 notes left this month" in page
    assert 'id="subject"' not in page
    save(client, draft, "Hello Ada, " + "a longer and longer note. " * 9)
    page = words_of(client.get(at(draft)))
    assert "The note is too long" in page
    assert "data-copy" not in page
    save(client, draft, "Hello Ada, it was good to talk about old maps. Shall we stay in touch?")
    page = words_of(client.get(at(draft)))
    assert f'href="https://www.{PROFILE}"' in page
    assert 'rel="noreferrer noopener" data-copy="text">Copy it and open their profile' in page
    assert "mailto:" not in page
    client.post(at(draft, "sent"))
    draft.refresh_from_db()
    assert draft.touch is not None
    assert draft.touch.channel == Channel.LINKEDIN


def test_a_sixth_note_and_a_note_to_a_stranger_do_not_go(client: Client, ada: Contact) -> None:
    draft = write(client, ada, kind="invitation")
    save(client, draft, "Hello Ada, it was good to talk about old maps.")
    assert "You have not spoken yet" in words_of(client.get(at(draft)))
    a_touch(ada, days=60)
    for days in range(5, 10):
        a_touch(
            put_in(owner=ada.owner, card=Card(name=f"Nobody {days}")),
            days=days,
            direction=Direction.OUT,
            kind=DraftKind.INVITATION,
        )
    page = words_of(client.get(at(draft)))
    assert "Five notes went out this month" in page
    assert "data-copy" not in page


def test_a_note_waits_a_day_after_the_rejection_of_their_employer(
    client: Client, owner: User
) -> None:
    sent_at = timezone.now() - timedelta(hours=20)
    received(owner, a_letter(sent_at=sent_at), now=timezone.now())
    ines = Contact.objects.get(name="Ines Halloran")
    ines.profile = "linkedin.com/in/ines"
    ines.save()
    draft = write(client, ines, kind="invitation")
    save(client, draft, "Hello Ines, it was good to talk about old maps.")
    assert "In the first day after a rejection" in words_of(client.get(at(draft)))
    Letter.objects.update(sent_at=sent_at - timedelta(hours=5))
    assert "In the first day after a rejection" not in words_of(client.get(at(draft)))


# What else there is of a letter ---------------------------------------------------------------


def test_an_answer_to_it_is_kept_with_it_and_moves_the_reminder(
    client: Client, owner: User, ada: Contact
) -> None:
    draft = write(client, ada, occasion=str(a_reason(ada, OccasionKind.POST).pk))
    fill(client, draft)
    client.post(at(draft, "sent"))
    draft.refresh_from_db()
    assert draft.touch is not None
    draft.touch.at = timezone.now() - timedelta(days=2)
    draft.touch.save()
    raw = a_letter(
        "Dear Mara,\n\nthank you, that was kind. The maps are old.\n\nAda\n",
        employer="", role="", sent_at=timezone.now(), sender="Ada Berg <ada@tidewell.example>",
        Subject=f"Re: {draft.subject}", message_id="back",
    )  # fmt: skip
    letter = received(owner, raw, now=timezone.now())
    connect_answer(letter)
    answer = Answer.objects.get()
    assert (answer.draft, answer.letter.application) == (draft, None)
    assert answer.touch is not None
    assert answer.touch.contact == ada
    assert "They answered on" in words_of(client.get(at(draft)))
    client.post(at(draft, "not-answered"))


def test_they_answered_and_another_way_count_without_an_application(
    client: Client, ada: Contact
) -> None:
    draft = write(client, ada, kind="progress")
    save(client, draft, "Hello Ada,\n\nI have finished a course.\n\nMara")
    client.post(at(draft, "sent"))
    client.post(at(draft, "answered"))
    assert Touch.objects.filter(contact=ada, direction=Direction.IN).count() == 1
    assert client.get(at(draft)).status_code == 200
    client.post(at(draft, "not-answered"))
    assert not Touch.objects.filter(direction=Direction.IN).exists()
    today = timezone.localdate().isoformat()
    given = {"direction": "out", "channel": "phone", "on": today}
    assert client.post(at(draft, "rest/add"), given).status_code == 302
    assert Touch.objects.filter(contact=ada, channel=Channel.PHONE).count() == 1
    assert client.get(at(draft, "rest/")).status_code == 200


def test_letters_go_along_where_two_are_taken_together_and_come_back(
    client: Client, owner: User, ada: Contact
) -> None:
    other = put_in(owner=owner, card=Card(name="A. Berg", email="berg@home.example"))
    mine, theirs = write(client, ada, kind="progress"), write(client, other, kind="progress")
    invited = write(client, other, kind="invitation")
    take_together(kept=ada, other=other, now=timezone.now())
    invited.refresh_from_db()
    theirs.refresh_from_db()
    assert (invited.contact, theirs.contact_id) == (ada, other.pk)
    assert client.get(at(theirs)).status_code == 200
    assert write(client, ada, kind="progress").pk in (mine.pk, invited.pk)
    other.refresh_from_db()
    take_apart(other=other, now=timezone.now())
    invited.refresh_from_db()
    assert invited.contact_id == other.pk


def test_who_is_taken_out_takes_the_letters_to_them_along_and_no_touch(
    client: Client, ada: Contact
) -> None:
    draft = write(client, ada, kind="progress")
    record_sent(draft=draft, now=timezone.now())
    client.post(reverse("network-remove", args=[ada.pk]))
    assert not Draft.objects.exists()
    assert Touch.objects.count() == 1


def test_a_word_without_an_address_goes_by_linkedin(client: Client, owner: User) -> None:
    rosa = put_in(owner=owner, card=Card(name="Rosa Lind", profile="linkedin.com/in/rosa"))
    draft = write(client, rosa, kind="progress")
    save(client, draft, "Hello Rosa,\n\nI have finished a course.\n\nMara", to="Rosa Lind")
    page = words_of(client.get(at(draft)))
    assert "Copy it and open their profile" in page
    client.post(at(draft, "sent"))
    assert Touch.objects.get().channel == Channel.LINKEDIN


def test_nobody_writes_to_the_people_of_another(client: Client) -> None:
    theirs = put_in(owner=an_owner("eve"), card=Card(name="Their friend"))
    assert client.post(reverse("plan-write", args=[theirs.pk])).status_code == 404
    assert not Draft.objects.exists()
