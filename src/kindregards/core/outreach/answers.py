"""What came back after a letter of the person's: advice, reasons, an offer to talk, or neither."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from kindregards.core.letters.language import language_of
from kindregards.core.letters.letter import Letter
from kindregards.core.letters.reader import reasons_in
from kindregards.core.letters.reading import Feedback, Reason
from kindregards.core.letters.tokens import lookup_words
from kindregards.core.outreach.cues import compiled
from kindregards.core.outreach.prose import Prose, Sentence


class AnswerKind(StrEnum):
    """What an answer is, by the most helpful thing in it."""

    ADVICE = "advice"
    CALL = "call"
    REFUSED = "refused"
    AWAY = "away"
    OTHER = "other"


class About(StrEnum):
    """What a piece of advice is about, so that it can become something to do."""

    PRACTICE = "practice"
    SKILL = "skill"
    RESUME = "resume"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence that advises, `quote == letter.text[start:end]`, and what it is about."""

    quote: str
    start: int
    end: int
    about: About


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as read. `reasons` are stated ones, word for word; `call` offers to talk."""

    kind: AnswerKind
    advice: tuple[Advice, ...] = ()
    reasons: tuple[Feedback, ...] = ()
    call: str = ""


def read_answer(letter: Letter) -> Answer:
    """What a letter says as the answer to a request for advice. Never raises.

    An automatic reply is AWAY and no answer. A stated reason makes an answer one that advises
    (R24); a sentence that advises is no reason. In
    languages other than English and German only automatic replies are told.
    """
    words = _words(language_of(lookup_words(letter.text.lower())))
    if _is_automatic(letter) or _says(words, "away", letter.subject):
        return Answer(AnswerKind.AWAY)
    sentences = Prose(letter.text).sentences
    if sentences and _says(words, "away", sentences[0].text):
        return Answer(AnswerKind.AWAY)
    refused = any(_says(words, "refused", told.text) for told in sentences)
    told = [one for one in reasons_in(letter) if not _says(words, "refused", one.quote)]
    advice = tuple(_advice(words, sentences, told))
    advised = {one.quote for one in advice}
    reasons = tuple(one for one in told if one.quote not in advised)
    call = next((told.text for told in sentences if _says(words, "call", told.text)), "")
    return Answer(_kind(advice, reasons, call, refused=refused), advice, reasons, call)


def _kind(
    advice: tuple[Advice, ...], reasons: tuple[Feedback, ...], call: str, *, refused: bool
) -> AnswerKind:
    if call:
        return AnswerKind.CALL
    if advice or reasons:
        return AnswerKind.ADVICE
    return AnswerKind.REFUSED if refused else AnswerKind.OTHER


def _advice(
    words: Mapping[str, Any], sentences: tuple[Sentence, ...], reasons: Sequence[Feedback]
) -> Iterator[Advice]:
    for told in sentences:
        if (
            told.text.endswith("?")
            or _says(words, "refused", told.text)
            or _says(words, "call", told.text)
        ):
            continue
        if _says(words, "advice", told.text):
            yield Advice(told.text, told.start, told.end, _about(words, told.text, reasons))


def _about(words: Mapping[str, Any], sentence: str, reasons: Sequence[Feedback]) -> About:
    for name, pattern in words.get("about", {}).items():
        if compiled(pattern).search(sentence):
            return About(name)
    said = (one.reason for one in reasons if one.quote in sentence or sentence in one.quote)
    return next((_BY_REASON[reason] for reason in said if reason in _BY_REASON), About.OTHER)


_BY_REASON = {
    Reason.SKILL: About.SKILL,
    Reason.EXPERIENCE: About.SKILL,
    Reason.COMMUNICATION: About.PRACTICE,
    Reason.TEAM_FIT: About.PRACTICE,
}


def _says(words: Mapping[str, Any], what: str, text: str) -> bool:
    return any(compiled(pattern).search(text) for pattern in words.get(what, ()))


def _words(language: str) -> Mapping[str, Any]:
    every = _every_language()
    return every.get(language, {"away": [one for known in every.values() for one in known["away"]]})


@cache
def _every_language() -> Mapping[str, Mapping[str, Any]]:
    source = files("kindregards.core.outreach") / "phrases" / "answers.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


_BY_MACHINE = re.compile(r"auto[-_](?:replied|generated|notified|reply|response)", re.IGNORECASE)


def _is_automatic(letter: Letter) -> bool:
    """Whether its header says that a machine answered (RFC 3834, and older habits)."""
    told = (letter.headers.get(name, "") for name in ("auto-submitted", "precedence"))
    return bool(letter.headers.get("x-autoreply")) or any(map(_BY_MACHINE.search, told))
