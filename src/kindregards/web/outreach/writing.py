"""The first words of a draft, by its kind, from what is known of its application and letter."""

from __future__ import annotations

from kindregards.core.letters.reading import Person, Reading, Style, from_record
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.outreach import Draft as Wording
from kindregards.core.outreach import Habits, Known, compose, habits_of
from kindregards.core.outreach.address import addresses_formally
from kindregards.core.outreach.addresses import is_house, takes_no_replies
from kindregards.core.outreach.draft import GREETS, DraftKind
from kindregards.web.models import Draft, Letter, Sample
from kindregards.web.outreach.matter import Matter, matter_of
from kindregards.web.outreach.voices import Voice, voice_with

# A blank, which the guard asks to fill, where the person has not said who they are.
UNNAMED = {"en": "[your name]", "de": "[Ihr Name]"}


def write(draft: Draft, letter: Letter | None) -> None:
    """Lay subject, text and language into the draft; nothing is saved here."""
    wording = _worded(draft, letter)
    draft.subject, draft.language = wording.subject, wording.language
    draft.text = wording.text.rstrip()
    if not draft.owner.called and draft.kind != DraftKind.INVITATION:
        draft.text += "\n" + UNNAMED.get(wording.language, UNNAMED["en"])
    if draft.kind in GREETS:
        draft.own_words = {**draft.own_words, "given": draft.text}


def is_by(letter: Letter, name: str, email: str) -> bool:
    """Whether somebody wrote the letter, by their name or by their address.

    Where the sender is a department or a machine, those named in the letter count as its writers.
    """
    writers = {letter.sender_name, letter.sender_email, letter.reply_to_email}
    is_nobody = is_house(letter.sender_name, letter.employer_name)
    if is_nobody or takes_no_replies(letter.sender_email):
        writers |= {str(person["name"]) for person in letter.reading["people"]}
    told = {name.casefold(), email.casefold()} - {""}
    return bool(told & {one.casefold() for one in writers})


def _worded(draft: Draft, letter: Letter | None) -> Wording:
    matter = matter_of(draft)
    if matter.application is None:
        return compose(DraftKind(draft.kind), _known_of(draft, matter))
    reading: Reading | None = from_record(letter.reading) if letter else None
    language = reading.language if reading else "en"
    by_them = letter and is_by(letter, draft.recipient_name, draft.recipient_email)
    known = Known(
        sender_name=matter.owner.called,
        recipient=Person(draft.recipient_name, draft.recipient_email),
        employer=matter.house,
        role=matter.role,
        stage=matter.stage,
        style=reading.style if reading and by_them else Style.FORM,
        feedback=reading.feedback if reading else (),
        language=language,
        formal=addresses_formally(letter.text, language) if letter else False,
        thread_subject=letter.subject if letter else "",
        seed=draft.seed,
        habits=own_habits(draft.owner_id, "de" if language == "de" else "en"),
    )
    return compose(DraftKind(draft.kind), known)


def _known_of(draft: Draft, matter: Matter) -> Known:
    """What is known for a word to somebody with whom there is no application."""
    told, occasion = draft.own_words, matter.occasion
    voice = Voice(told["voice"]) if "voice" in told else voice_with(matter)
    on_post = occasion is not None and occasion.kind == OccasionKind.POST
    return Known(
        sender_name=matter.owner.called,
        recipient=Person(draft.recipient_name, draft.recipient_email),
        employer=matter.house,
        language=voice.language,
        formal=voice is Voice.SIE,
        seed=draft.seed,
        habits=own_habits(draft.owner_id, voice.language),
        occasion=OccasionKind(occasion.kind) if occasion else None,
        years=occasion.years if occasion else None,
        there=occasion.employer if occasion else "",
        post=occasion.words if occasion and on_post else "",
        happened=[(what, words) for what, words in told.get("happened", [])],
        is_long_ago=bool(told.get("is_long_ago")),
    )


def own_habits(owner_id: int, language: str) -> Habits:
    """What the person's samples in that language show."""
    texts = Sample.objects.filter(owner_id=owner_id).values_list("text", flat=True)
    return habits_of(texts, language)
