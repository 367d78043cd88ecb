"""The shape of a letter: its length, its question, how it begins and ends (R3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kindregards.core.outreach.cues import Lexicon
from kindregards.core.outreach.draft import (
    ASKS_NOTHING,
    GREETS,
    Draft,
    DraftKind,
    Finding,
    Part,
    Severity,
)
from kindregards.core.outreach.prose import WORD, Prose, Sentence
from kindregards.core.outreach.readability import grade, syllables

HARD_WORDS = (50, 125)
GOOD_WORDS = (75, 100)
LONG_SENTENCE = 20
# The share of I, me and my (R10); German spends more of its words on them.
OWN_SHARE = 0.12
HARD_OWN_SHARE = {"en": 0.12, "de": 0.16}
HARD_GRADE = {"en": 8.0, "de": 10.0}


def shape_findings(
    prose: Prose,
    lexicon: Lexicon,
    draft: Draft,
    strengths: int = 0,
    *,
    is_asked_ill: bool = False,
) -> tuple[Finding, ...]:
    """What R3 says of the letter as a whole, its sentences, questions, greeting and closing.

    `strengths` counts what the letter has of the skeleton of R4 beside its question: a thing
    learnt, an acceptance, an easy way out. Where two parts of it carry the letter, or the letter
    only reminds, a missing thanks or much "I" is minor. `is_asked_ill` says that it asks in words
    that are objected to anyway, with a question to put there.
    """
    found: list[Finding] = []
    for part in (_sentences, _grade, _greeting):
        found.extend(part(prose, lexicon))
    wants = draft.kind not in ASKS_NOTHING and asks(prose, lexicon)
    found.extend(_length(prose, lexicon, wants=wants))
    found.extend(_questions(prose, wants=wants, instead=lexicon.words["question"]))
    if not (is_asked_ill or asks(prose, lexicon)):
        found.extend(_nothing_asked(prose, draft, lexicon))
    thanks = bool(lexicon.pattern("thanks").search(prose.folded))
    carried = draft.kind in _CALM or strengths + thanks >= 2
    if draft.kind not in GREETS | {DraftKind.PROGRESS}:  # they tell or wish, and need no thanks
        found.extend(_closing(prose, lexicon, thanks=thanks, carried=carried))
    found.extend(_self(prose, lexicon, most=most_own(draft), carried=carried))
    if draft.kind is not DraftKind.INVITATION:  # a note has no subject
        found.extend(_subject(draft, lexicon))
    return tuple(found)


def asks(prose: Prose, lexicon: Lexicon) -> bool:
    """Whether the letter asks for something, with a question mark or without one."""
    return bool(prose.questions) or any(
        lexicon.pattern("asks").search(told.text) for told in prose.sentences
    )


def _length(prose: Prose, lexicon: Lexicon, *, wants: bool) -> Iterator[Finding]:
    shortest, longest = HARD_WORDS
    if not prose.sentences and not prose.words:
        yield _soften("length", "The letter is empty", "There is nothing to send yet.")
    elif prose.words > longest:
        yield _soften(
            "length",
            "It is long",
            f"It has {prose.words} words. Letters of 50 to 125 words are answered most"
            " (Boomerang 2016); 75 to 100 is a good aim.",
        )
    elif prose.words < shortest and wants:
        yield _soften(
            "length",
            "It is very short",
            f"It has {prose.words} words. Letters of 50 to 125 words are answered most"
            " (Boomerang 2016). One thing more would fill it well.",
            minor=True,
            place=prose.leave,
        )


def _questions(prose: Prose, *, wants: bool, instead: str) -> Iterator[Finding]:
    asked = prose.questions
    count = sum(told.asks for told in asked)
    if count > 2:
        yield _at(
            prose,
            asked[-1],
            "question",
            "One question is enough",
            f"It asks {count} questions. One is answered most easily; more than two are put off.",
            instead="" if len(asked) > 1 else re.sub(r"\?{2,}", "?", asked[-1].text),
        )
    elif wants and count == 0:
        yield _soften(
            "question",
            "The question is between the lines",
            "One plain question with a question mark is easier to answer than a wish.",
            minor=True,
            place=prose.leave,
            instead=instead,
        )


def _nothing_asked(prose: Prose, draft: Draft, lexicon: Lexicon) -> Iterator[Finding]:
    """A request without a question (R4); of other languages than the lexicon's nothing is known."""
    is_request = draft.kind is DraftKind.ADVICE_REQUEST and draft.language == lexicon.language
    if is_request and prose.sentences:
        yield _soften(
            "question",
            "It asks nothing yet",
            "Whoever reads it cannot know what would help you. One plain question about your next"
            " step is easy to answer.",
            place=prose.leave,
            instead=lexicon.words["question"],
        )


def _sentences(prose: Prose, lexicon: Lexicon) -> Iterator[Finding]:
    longest = sorted(prose.sentences, key=lambda told: -told.words)[:2]
    for told in longest:
        if told.words > LONG_SENTENCE:
            yield _at(
                prose,
                told,
                "sentence-length",
                "A long sentence",
                f"It has {told.words} words. Two short ones read more easily; 20 words are a good"
                " limit.",
                minor=told.words <= 2 * LONG_SENTENCE,
            )


def _grade(prose: Prose, lexicon: Lexicon) -> Iterator[Finding]:
    level = grade(prose.body_words, len(prose.sentences), lexicon.language)
    if level is not None and level > HARD_GRADE[lexicon.language]:
        yield _soften(
            "reading-level",
            "It could be plainer",
            f"It reads like school grade {level:.0f}. Plain letters are answered most"
            f" (Boomerang 2016). {_hardest(prose, lexicon)}",
            minor=True,
        )


def _greeting(prose: Prose, lexicon: Lexicon) -> Iterator[Finding]:
    if prose.words and prose.greeting is None:
        yield _soften(
            "greeting",
            "It has no greeting",
            "A greeting with a name makes it a letter to somebody.",
            minor=True,
            instead=lexicon.words["greeting"],
        )


def _closing(prose: Prose, lexicon: Lexicon, *, thanks: bool, carried: bool) -> Iterator[Finding]:
    if prose.words and not thanks:
        yield _soften(
            "thanks",
            "It does not say thank you",
            "Letters that close with thanks are answered more often, and one thanks doubled"
            " further help (Grant and Gino 2010).",
            minor=carried,
            place=prose.leave,
            instead=lexicon.words["thank_you"],
        )


def _self(prose: Prose, lexicon: Lexicon, *, most: float, carried: bool) -> Iterator[Finding]:
    own, words = own_words(prose, lexicon)
    if words >= FEWEST_FOR_SHARE and own / words > most:
        yield _soften(
            "about-me",
            "It speaks much of you",
            f"{own} of its {words} words are {_OWN_WORDS[lexicon.language]}. Begin one sentence"
            " with what they said or did, and it reads more easily.",
            minor=carried or own / words <= HARD_OWN_SHARE[lexicon.language],
        )


def own_words(prose: Prose, lexicon: Lexicon) -> tuple[int, int]:
    """How many words of the sentences are I, me or my, and how many there are (R10)."""
    own = lexicon.markers["first_person"]
    words = [word.lower().split("'")[0] for word in prose.body_words]
    return sum(bool(own.fullmatch(word)) for word in words), len(words)


def most_own(draft: Draft) -> float:
    """The share of I, me and my that a letter of its kind bears (R10)."""
    return 2 * OWN_SHARE if draft.kind in _CALM else OWN_SHARE


_CALM = {DraftKind.FOLLOW_UP, *ASKS_NOTHING}
FEWEST_FOR_SHARE = 25
_OWN_WORDS = {"en": "I, me or my", "de": "ich, mich, mir or mein"}


def _subject(draft: Draft, lexicon: Lexicon) -> Iterator[Finding]:
    words = len(WORD.findall(draft.subject))
    if not draft.subject.strip():
        yield _soften(
            "subject",
            "The subject is empty",
            "Few letters without a subject are opened. Keep the one of their letter, with Re:.",
            minor=True,
            instead=_short_subject(draft, lexicon),
            part=Part.SUBJECT,
        )
    elif words > 6 and not re.match(r"(?:re|aw|antw|sv|wg|fwd?)\s*:", draft.subject, re.IGNORECASE):
        yield _soften(
            "subject",
            "The subject is long",
            "Three or four words are opened most (Boomerang 2016), or the one of their letter.",
            minor=True,
            instead=_short_subject(draft, lexicon),
            part=Part.SUBJECT,
        )


def _short_subject(draft: Draft, lexicon: Lexicon) -> str:
    return lexicon.words["subject_thanks" if draft.kind in ASKS_NOTHING else "subject"]


def _hardest(prose: Prose, lexicon: Lexicon) -> str:
    """Which words weigh most, to be replaced by plainer ones."""
    counted = {word.lower(): syllables(word, lexicon.language) for word in prose.body_words}
    hard = sorted((word for word in counted if counted[word] >= 4), key=lambda w: -counted[w])[:2]
    if not hard:
        return "Shorter sentences would help most."
    named = " and ".join(f"\u201c{word}\u201d" for word in hard)
    return f"A plainer word for {named} would help most."


def _soften(
    rule: str,
    title: str,
    why: str,
    *,
    minor: bool = False,
    place: int = 0,
    instead: str | None = None,
    part: Part = Part.TEXT,
) -> Finding:
    return Finding(
        rule, Severity.SOFTEN, title, why, "", place, place, instead, minor=minor, part=part
    )


def _at(
    prose: Prose,
    told: Sentence,
    rule: str,
    title: str,
    why: str,
    *,
    instead: str | None = None,
    minor: bool = False,
) -> Finding:
    quote = prose.text[told.start : told.end]
    return Finding(rule, Severity.SOFTEN, title, why, quote, told.start, told.end, instead, minor)
