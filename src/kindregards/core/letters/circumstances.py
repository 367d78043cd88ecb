"""How far the person came, whether the door is open, and whether a person wrote."""

from __future__ import annotations

import re

from kindregards.core.letters.page import Page
from kindregards.core.letters.reading import Door, Kind, Stage, Style
from kindregards.core.letters.senders import takes_no_replies
from kindregards.core.letters.signatures import is_person
from kindregards.core.letters.signs import Sign

_PLACEHOLDER = re.compile(r"\{\{|\$\{|<<|%s|\[(?:First|Name|Candidate|Applicant|Position)")
# Who says "I" writes as a person; languages that leave the word out say it in the verb.
_SELF = {
    language: frozenset(words.split())
    for language, words in {
        "en": "i",
        "de": "ich",
        "fr": "je j'ai j'aurais j'espère moi",
        "nl": "ik",
        "es": "yo me mi mí quería quiero escribo siento espero creo",
        "pt": "eu me mim minha meu gostei queria espero estou",
        "it": "io mi ho scrivo spero volevo penso",
        "pl": "mi ja mnie chciałem chciałam piszę mam jestem",
        "fi": "minä mä minun olen halusin pidin mielestäni",
    }.items()
}
_STAGED = (Kind.REJECTION, Kind.ON_HOLD)
_NOT_YET = re.compile(
    r"(?:invit|offer you|next|to an?|for an?|select\w* for|be interview|proceed|consider\w* for)"
    r"\b[^.]{0,25}$"
)


def of_field(signs: list[Sign], field: str) -> list[Sign]:
    """The signs of a field whose force nothing takes."""
    return [sign for sign in signs if sign.group.field == field and not sign.spared]


def stage_of(kind: Kind, page: Page, signs: list[Sign]) -> tuple[Stage | None, list[Sign]]:
    """The furthest stage the words show; `application` for a refusal that shows no other."""
    if kind not in _STAGED:
        return None, []
    shown = [sign for sign in of_field(signs, "stage") if not _only_wished(page, sign)]
    by_phone = {sign.sentence for sign in shown if sign.group.value == Stage.SCREEN}
    for stage in (Stage.FINAL, Stage.INTERVIEW, Stage.SCREEN):
        telling = [sign for sign in shown if sign.group.value == stage]
        if stage is Stage.INTERVIEW:
            # "Speaking with us on the phone" is a first call, whatever else the sentence says.
            telling = [sign for sign in telling if sign.sentence not in by_phone]
        if telling:
            return stage, telling
    return Stage.APPLICATION, []


def _only_wished(page: Page, sign: Sign) -> bool:
    """Whether the conversation is one that does not come about ("invite you to an interview")."""
    start = sign.start + page.offset
    return bool(_NOT_YET.search(page.lowered[max(0, start - 60) : start]))


def door_of(kind: Kind, signs: list[Sign]) -> tuple[Door | None, list[Sign]]:
    """Open where the letter leaves a way back, closed where it leaves none."""
    if kind not in _STAGED:
        return None, []
    for door in (Door.CLOSED, Door.OPEN, Door.UNCLEAR):
        telling = [sign for sign in of_field(signs, "door") if sign.group.value == door]
        if telling:
            return door, telling
    return (Door.CLOSED if kind is Kind.REJECTION else Door.UNCLEAR), []


def style_of(
    kind: Kind,
    page: Page,
    signs: list[Sign],
    stage: Stage | None,
    *,
    told_reason: bool,
    signed: bool,
    language: str,
) -> tuple[Style | None, list[Sign]]:
    """Personal where details of this conversation outweigh the wording of forms."""
    if kind is Kind.OTHER or kind is Kind.JOB_ALERT:
        return None, []
    personal = [sign for sign in of_field(signs, "style") if sign.group.value == Style.PERSONAL]
    form = [sign for sign in of_field(signs, "style") if sign.group.value == Style.FORM]
    kind_words = of_field(signs, "kind_words")
    score = 1.6 * min(len(personal), 3) + 1.0 * min(len(kind_words), 2) + 1.5 * told_reason
    sender = page.letter.sender
    score += 0.8 * (not page.words.isdisjoint(_SELF.get(language, ()))) + 0.6 * signed
    score += 1.0 * (bool(sender.email) and is_person(sender.name, sender.email))
    score -= 1.2 * (_PLACEHOLDER.search(page.letter.text) is not None)
    score += {Stage.FINAL: 1.0, Stage.INTERVIEW: 0.8, Stage.SCREEN: 0.2}.get(
        stage or Stage.OFFER, 0
    )
    score -= 1.0 * min(len(form), 3) + 1.5 * takes_no_replies(sender.email)
    if score >= 2.4:
        return Style.PERSONAL, personal
    return Style.FORM, form
