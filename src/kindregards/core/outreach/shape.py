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
    is_calm = draft.kind in {DraftKind.FOLLOW_UP, *ASKS_NOTHING}
    carried = is_calm or strengths + thanks >= 2
    if draft.kind not in GREETS | {DraftKind.PROGRESS}:  # they tell or wish, and need no thanks
        found.extend(_closing(prose, lexicon, thanks=thanks, carried=carried))
    most = 2 * OWN_SHARE if is_calm else OWN_SHARE
    found.extend(_self(prose, lexicon, most=most, carried=carried))
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
            " (Boomerang 2016). One thing you learned would fill it well.",
            minor=True,
            place=_leave(prose),
            instead=None if lexicon.words["learnt"] in prose.text else lexicon.words["learnt"],
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
            instead="" if len(asked) > 1 else None,
        )
    elif wants and count == 0:
        yield _soften(
            "question",
            "The question is between the lines",
            "One plain question with a question mark is easier to answer than a wish.",
            minor=True,
            place=_leave(prose),
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
            place=_leave(prose),
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
                instead=_halved(told.text),
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
            place=_leave(prose),
            instead=lexicon.words["thank_you"],
        )


def _self(prose: Prose, lexicon: Lexicon, *, most: float, carried: bool) -> Iterator[Finding]:
    words = [word.lower() for word in prose.body_words]
    own = sum(bool(lexicon.markers["first_person"].fullmatch(word.split("'")[0])) for word in words)
    if len(words) >= 25 and own / len(words) > most:
        yield _soften(
            "about-me",
            "It speaks much of you",
            f"{own} of its {len(words)} words are I, me or my. Begin one sentence with what they"
            " said or did, and it reads more easily.",
            minor=carried or own / len(words) <= HARD_OWN_SHARE[lexicon.language],
        )


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


def _leave(prose: Prose) -> int:
    """Where one more paragraph has its place: before the closing, else behind the last sentence."""
    leave = prose.closing or prose.signature
    if leave is not None:
        return leave.start
    return prose.sentences[-1].end if prose.sentences else 0


def _halved(sentence: str) -> str | None:
    """The sentence as two, cut where a clause with its own subject begins, nearest the middle."""
    cuts = [cut for cut in _CLAUSE.finditer(sentence) if _leaves_enough(sentence, cut)]
    if not cuts:
        return None
    cut = min(cuts, key=lambda one: abs(one.start() - len(sentence) / 2))
    after = sentence[cut.end() :]
    return f"{sentence[: cut.start()]}. {after[:1].upper()}{after[1:]}"


_CLAUSE = re.compile(
    r"(?:;|,? and|, but|, so|,? und|, aber) +(?=(?:I|we|you|it|they|there|ich|wir|Sie|du|es"
    r"|(?:that|this|das|dies) (?:is|was|would|will|ist|war|wäre|hat))\b)"
)


def _leaves_enough(sentence: str, cut: re.Match[str]) -> bool:
    halves = (sentence[: cut.start()], sentence[cut.end() :])
    return all(len(WORD.findall(half)) >= 5 for half in halves)


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
