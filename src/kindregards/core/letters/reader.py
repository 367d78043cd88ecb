"""A Letter → its Reading: every conclusion with the words that show it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from kindregards.core.letters.circumstances import (
    door_of,
    facts_of,
    leanings_of,
    of_field,
    stage_of,
    style_of,
)
from kindregards.core.letters.lanes import Row
from kindregards.core.letters.language import language_of
from kindregards.core.letters.letter import Letter
from kindregards.core.letters.naming import names_of
from kindregards.core.letters.page import Page
from kindregards.core.letters.people import people_of
from kindregards.core.letters.phrasebook import Phrasebook, phrasebook
from kindregards.core.letters.reading import Evidence, Feedback, Kind, Reading, Reason
from kindregards.core.letters.reasons import reason_in
from kindregards.core.letters.signatures import Named
from kindregards.core.letters.signs import Sign, signs_of
from kindregards.core.letters.tokens import lookup_words
from kindregards.core.letters.vocabulary import said_by_words
from kindregards.core.letters.weighing import chances_of, likeliest

_WHYS = {
    Reason.SKILL: "A reason: a skill. It can be learnt, or shown better.",
    Reason.EXPERIENCE: "A reason: experience. It names what they looked for, nothing you did.",
    Reason.SENIORITY: "A reason: the level. They looked for more, or less, seniority.",
    Reason.TEAM_FIT: "A reason about working together. It is one team's view.",
    Reason.COMMUNICATION: "A reason: how things were told. That can be practised.",
    Reason.SALARY: "A reason: money. It says nothing about what you can do.",
    Reason.PLACE_OR_VISA: "A reason: place or permit. It says nothing about what you can do.",
    Reason.TIMING: "A reason: timing. It says nothing about what you can do.",
    Reason.INTERNAL_CANDIDATE: "A reason: somebody from inside. It says nothing against you.",
    Reason.ROLE_CHANGED: "A reason: the role changed. It says nothing about what you can do.",
    Reason.STRONGER_CANDIDATE: "A reason: they preferred somebody else. It names nothing you lack.",
    Reason.OTHER: "A reason of their own.",
}
_MOST_SHOWN = {"kind": 3, "door": 2, "stage": 2, "style": 2}


def read_letter(letter: Letter) -> Reading:
    """What the letter says, with evidence in the order of its place. Never raises."""
    read = read_if(letter, lambda kind, chance: True)
    assert read is not None
    return read


def read_if(letter: Letter, wanted: Callable[[Kind, float], bool]) -> Reading | None:
    """The same reading, or None where the letter's kind, as likely as it is, is not wanted.

    No names are looked for then, so that ordinary mail is gone through more quickly.
    """
    page = Page(letter)
    language = language_of(page.words)
    book = phrasebook(language)
    signs = signs_of(page, book)
    for_kinds, for_others = said_by_words(page)
    chances = chances_of(page, book, signs, for_kinds)
    kind = likeliest(chances, signs)
    if not wanted(kind, chances[kind]):
        return None
    return _reading_of(page, book, signs, (kind, chances[kind]), for_others, language)


def reasons_in(letter: Letter) -> tuple[Feedback, ...]:
    """The reasons a letter states, whatever kind of letter it is (R24). Never raises."""
    page = Page(letter)
    book = phrasebook(language_of(page.words))
    return tuple(_reasons(page, book, signs_of(page, book)))


def _reading_of(
    page: Page,
    book: Phrasebook,
    signs: list[Sign],
    likeliest: tuple[Kind, float],
    said_by_words: Row,
    language: str,
) -> Reading:
    kind, chance = likeliest
    reasons = _stated(page, book, signs, language) if kind is Kind.REJECTION else []
    praise = [sign for sign in of_field(signs, "kind_words") if not sign.in_subject]
    employer, role = names_of(page, book)
    name = employer.name if employer else ""
    people, places = people_of(page, book, name)
    plain = kind in (Kind.OTHER, Kind.JOB_ALERT)
    facts = {} if plain else facts_of(page, signs, language, signed=bool(places))
    leanings = leanings_of(facts, said_by_words) if facts else {}
    stage, stage_signs = stage_of(kind, page, signs, leanings)
    door, door_signs = door_of(kind, signs, leanings)
    style, style_signs = style_of(kind, signs, leanings)
    shown = _Shown(page.letter.text)
    shown.add_signs("kind", kind, _kind_signs(kind, signs))
    shown.add_signs("stage", stage or "", stage_signs)
    shown.add_signs("door", door or "", door_signs)
    for said in reasons:
        shown.add_reason(said)
    shown.add_signs("kind_words", "", praise if kind is not Kind.OTHER else [])
    shown.add_signs("style", style or "", style_signs)
    shown.add_name("employer", employer, "Named here as the employer.")
    shown.add_name("role", role, "Named here as the role.")
    for (start, end), person in zip(places, people, strict=False):
        shown.add("people", person.name, start, end, "Signed the letter.")
    return Reading(
        kind=kind,
        probability=round(chance, 4),
        language=language,
        style=style,
        stage=stage,
        door=door,
        employer=name or None,
        role=role.name if role else None,
        people=people,
        feedback=tuple(reasons),
        kind_words=tuple(dict.fromkeys(shown.quotes("kind_words"))),
        evidence=shown.in_order(),
    )


def _kind_signs(kind: Kind, signs: list[Sign]) -> list[Sign]:
    """The strongest signs of the kind first; weak ones only where there is nothing stronger."""
    telling = sorted(of_field(signs, kind), key=lambda sign: (-sign.group.weight, sign.start))
    strong = [sign for sign in telling if sign.group.weight >= 3]
    return strong or telling


def _reasons(page: Page, book: Phrasebook, signs: list[Sign]) -> list[Feedback]:
    """Stated reasons, one a sentence; the sentence is what the letter says, word for word."""
    found: list[Feedback] = []
    told: set[int] = set()
    for sign in of_field(signs, "feedback"):
        reason = Reason(sign.group.value)
        if sign.in_subject or sign.sentence in told:
            continue
        told.add(sign.sentence)
        found.append(_said_in(page, sign.sentence, reason, book))
    return found


def _stated(page: Page, book: Phrasebook, signs: list[Sign], language: str) -> list[Feedback]:
    """The reasons of a refusal: those that a wording names, else one that is told as a story."""
    named = _reasons(page, book, signs)
    if named or not (story := reason_in(page, language)):
        return named
    sentence, reason = story
    return [_said_in(page, sentence, reason, book)]


def _said_in(page: Page, sentence: int, reason: Reason, book: Phrasebook) -> Feedback:
    start, end = page.sentence_bounds(sentence)
    quote = page.letter.text[max(0, start - page.offset) : end - page.offset].strip()
    return Feedback(quote, _narrowed(reason, quote, book))


def _narrowed(reason: Reason, quote: str, book: Phrasebook) -> Reason:
    """What a reason of general wording is about, by the words of its sentence."""
    if reason is not Reason.SKILL:
        return reason
    words = lookup_words(quote.lower())
    if words & book.marks.get("experience", frozenset()):
        return Reason.EXPERIENCE
    return Reason.COMMUNICATION if words & book.marks.get("voice", frozenset()) else reason


class _Shown:
    """The evidence of one reading as it grows; what would overlap an earlier mark is left out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Evidence] = []
        """In order; since none overlaps another, their ends are in order, too."""

    def add(self, field: str, value: str, start: int, end: int, why: str) -> None:
        """One piece of evidence, unless its words are marked for something else already."""
        if start < 0 or end <= start or end > len(self.text):
            return
        before, after = self._among(start, end)
        if before == after:
            shown = Evidence(field, value, self.text[start:end], start, end, why)
            self.found.insert(before, shown)

    def _among(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first mark that overlaps a span and of the first one behind it."""
        return (
            bisect_right(self.found, start, key=lambda one: one.end),
            bisect_left(self.found, end, key=lambda one: one.start),
        )

    def add_signs(self, field: str, value: str, signs: list[Sign]) -> None:
        """The words of the signs, widened to their clause where that is short."""
        for sign in [sign for sign in signs if not sign.in_subject][: _MOST_SHOWN.get(field, 4)]:
            start, end = _clause(self.text, sign.start, sign.end)
            before, after = self._among(start, end)
            if before < after:
                start, end = sign.start, sign.end
            self.add(field, value or sign.group.value, start, end, sign.group.why)

    def add_reason(self, said: Feedback) -> None:
        """The sentence of a reason, or what of it is not marked for something else.

        Where all of it is a sign of the refusal, and other words show that too, it is the reason's.
        """
        start = self.text.find(said.quote)
        end = start + len(said.quote)
        self._give_up(start, end)
        before, after = self._among(start, end)
        for other in self.found[before:after]:
            if start < other.end and other.start < end:
                # The longer rest of the sentence, before or behind the other mark.
                rests = ((start, other.start), (other.end, end))
                start, end = max(rests, key=lambda rest: rest[1] - rest[0])
        while start < end and not self.text[start].isalnum():
            start += 1
        while start < end and not self.text[end - 1].isalnum():
            end -= 1
        self.add("feedback", said.reason, start, end, _WHYS[said.reason])

    def _give_up(self, start: int, end: int) -> None:
        """Take back a mark of the kind that fills these words, where another one is left."""
        before, after = self._among(start, end)
        for one in self.found[before:after]:
            rest = f"{self.text[start : one.start]}{self.text[one.end : end]}"
            inside = one.field == "kind" and start <= one.start and one.end <= end
            if inside and not any(map(str.isalnum, rest)) and len(self.quotes("kind")) > 1:
                self.found.remove(one)

    def add_name(self, field: str, named: Named | None, why: str) -> None:
        """A name where it stands in the text, if it does."""
        if named and self.text[max(named.start, 0) : named.end] == named.name:
            self.add(field, named.name, named.start, named.end, why)

    def quotes(self, field: str) -> list[str]:
        """The words shown for a field."""
        return [one.quote for one in self.found if one.field == field]

    def in_order(self) -> tuple[Evidence, ...]:
        """All evidence by its place."""
        return tuple(self.found)


_CLAUSE_START = re.compile(
    r"[,.;:!?\n(\"](?!\d) *|\b(?:but|and|that|although|while|aber|und|dass|jedoch) "
)
_CLAUSE_END = re.compile(r"[,.;:!?\n)\"](?!\d)|$")


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around some words, as far as it is within 60 characters on either side."""
    before = text[max(0, start - 60) : start]
    cuts = [found.end() for found in _CLAUSE_START.finditer(before)]
    if cuts or start <= 60:
        start = max(0, start - 60) + (cuts[-1] if cuts else 0)
    found = _CLAUSE_END.search(text, end)
    if found and found.start() - end <= 60:
        end = found.start()
    return start, end
