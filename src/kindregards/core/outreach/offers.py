"""What can be taken over for findings that come without it: a piece of the person's own text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kindregards.core.outreach.cues import Lexicon
from kindregards.core.outreach.draft import Draft, Finding, Part, Severity
from kindregards.core.outreach.prose import WORD, Prose, Sentence
from kindregards.core.outreach.readability import syllables
from kindregards.core.outreach.rewording import (
    joined,
    keeps,
    less_of_oneself,
    parted,
    plainer,
    without_aside,
)
from kindregards.core.outreach.shape import HARD_WORDS, most_own, own_words
from kindregards.core.outreach.wording import Hit, hits

OF_THE_LETTER = ("about-me", "length", "reading-level")
"""Rules that mind the letter as a whole; what they offer is for one sentence of it."""


@dataclass(slots=True)
class _Letter:
    """A letter whose findings are being given something to take over."""

    prose: Prose
    lexicon: Lexicon
    found: Sequence[Hit]
    said: Sequence[Finding]
    draft: Draft
    settled: list[Finding] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.lexicon.language

    def free(self) -> Iterator[Sentence]:
        """The sentences that may be changed: first those of which nothing is said yet, then those
        with a small remark; never the question, the thanks, or what is praised."""
        said = [*self.said, *self.settled]
        rest = [told for told in self.prose.sentences if not self._carries(told)]
        for spared in (False, True):
            for told in rest:
                remarks = [one for one in said if _objects(one) and _touches(one, told)]
                if bool(remarks) is spared and all(one.minor for one in remarks):
                    yield told

    def _carries(self, told: Sentence) -> bool:
        praised = (hit.sentence for hit in self.found if hit.cue.severity is Severity.PRAISE)
        thanks = self.lexicon.pattern("thanks").search(told.text)
        accepts = keeps(told.text, self.language)
        return bool(self.asks(told.text) or thanks or accepts or told in praised)

    def asks(self, text: str) -> bool:
        """Whether words ask for something, with a question mark or without one."""
        return "?" in text or bool(self.lexicon.pattern("asks").search(text))

    def is_clean(self, made: str, before: str) -> bool:
        """Whether the guard has nothing new to say of a wording."""
        return self._rules(made) <= self._rules(before)

    def _rules(self, text: str) -> set[str]:
        return {
            hit.cue.rule
            for hit in hits(Prose(text), self.lexicon)
            if hit.cue.severity is not Severity.PRAISE
        }

    def has(self, rule: str) -> bool:
        """Whether the letter has what a rule praises."""
        return any(hit.cue.rule == rule for hit in self.found)

    def spares(self, told: Sentence) -> bool:
        """Whether the letter still says something when the sentence is gone."""
        return any(other != told for other in self.prose.sentences)


def with_offers(
    said: Iterable[Finding],
    prose: Prose,
    found: Sequence[Hit],
    lexicon: Lexicon,
    draft: Draft,
) -> list[Finding]:
    """The findings, each that objects with something to take over (R10).

    What minds the whole letter gets the sentence that weighs most, and that sentence said with less
    of oneself, more plainly or in fewer words; where no wording reads well, it is offered to take
    the sentence out. Where every sentence that could change is objected to already, such a
    finding is left out: what is offered there mends it too.
    """
    given = list(said)
    letter = _Letter(prose, lexicon, found, [one for one in given if one.quote], draft)
    offered = [_offered(one, letter) for one in sorted(given, key=_whole_last)]
    return [one for one in offered if one is not None]


def _whole_last(finding: Finding) -> int:
    return OF_THE_LETTER.index(finding.rule) + 1 if finding.rule in OF_THE_LETTER else 0


def _offered(finding: Finding, letter: _Letter) -> Finding | None:
    if finding.instead is not None or not _objects(finding) or finding.rule == "blank":
        return finding
    offer = _OFFERS.get(finding.rule, _a_plain_one)(finding, letter)
    if offer is not None and offer.quote:
        letter.settled.append(offer)
    return offer


def _objects(finding: Finding) -> bool:
    return finding.severity is not Severity.PRAISE


def _touches(finding: Finding, told: Sentence) -> bool:
    return finding.start < told.end and told.start < finding.end


def _placed(
    finding: Finding, letter: _Letter, start: int, end: int, made: str, why: str = ""
) -> Finding:
    quote = letter.prose.text[start:end]
    instead = _as_typed(quote, letter.prose.folded[start:end], made)
    return replace(
        finding, quote=quote, start=start, end=end, instead=instead, why=finding.why + why
    )


def _as_typed(quote: str, folded: str, made: str) -> str:
    """The new wording with the person's own quotation marks and dashes."""
    pairs = zip(folded.split(), quote.split(), strict=True)
    typed = {plain: own for plain, own in pairs if plain != own}
    again = re.sub(r"\S+", lambda word: typed.get(word.group(), word.group()), made)
    return again.replace("'", "\u2019") if "\u2019" in quote else again


# Much of oneself ----------------------------------------------------------------------------


def _of_oneself(finding: Finding, letter: _Letter) -> Finding | None:
    """With less of it: a sentence said again, two made one, a line on them, a sentence out."""
    ways = (_about_them, _out_of_oneself) if finding.minor else (_out_of_oneself, _about_them)
    free = list(letter.free())
    offers = (way(finding, letter, free) for way in (_said_again, _made_one, *ways))
    return next(filter(None, offers), None)


def _said_again(finding: Finding, letter: _Letter, free: list[Sentence]) -> Finding | None:
    every = letter.prose.sentences
    spoken = [told for told in every if told in free or not _objected_to(told, letter)]
    for told in sorted(spoken, key=lambda one: -_own(one.text, letter)):
        made = less_of_oneself(told.text, letter.language)
        is_less = made is not None and _own(made, letter) < _own(told.text, letter)
        if made and is_less and letter.is_clean(made, told.text):
            return _placed(finding, letter, told.start, told.end, made)
    return None


def _made_one(finding: Finding, letter: _Letter, free: list[Sentence]) -> Finding | None:
    for one, other in pairwise(letter.prose.sentences):
        apart = "\n\n" in letter.prose.text[one.end : other.start]
        if apart or one not in free or other not in free:
            continue
        made = joined(one.text, other.text, letter.language)
        if made and letter.is_clean(made, f"{one.text} {other.text}"):
            return _placed(finding, letter, one.start, other.end, made)
    return None


def _out_of_oneself(finding: Finding, letter: _Letter, free: list[Sentence]) -> Finding | None:
    """Without the sentence that speaks of oneself most."""
    most = max(free, key=lambda one: _own(one.text, letter), default=None)
    if most is None or not _own(most.text, letter) or not letter.spares(most):
        return None
    why = " This sentence has most of them."
    return _placed(finding, letter, most.start, most.end, "", why)


def _about_them(finding: Finding, letter: _Letter, _: list[Sentence]) -> Finding | None:
    """With a line on something they said, where there is none yet and it is enough."""
    line, at = letter.lexicon.words["about_them"], letter.prose.leave
    if line in letter.prose.text or letter.has("learnt"):
        return None
    text = letter.prose.text
    own, words = own_words(Prose(f"{text[:at]}\n\n{line}\n\n{text[at:]}"), letter.lexicon)
    if own / words > most_own(letter.draft):
        return None
    return replace(finding, start=at, end=at, instead=line)


def _own(text: str, letter: _Letter) -> int:
    own = letter.lexicon.markers["first_person"]
    return sum(bool(own.fullmatch(word.split("'")[0])) for word in WORD.findall(text))


def _objected_to(told: Sentence, letter: _Letter) -> bool:
    return any(_objects(one) and _touches(one, told) for one in (*letter.said, *letter.settled))


# Too long, too hard -------------------------------------------------------------------------


def _of_length(finding: Finding, letter: _Letter) -> Finding | None:
    """Into a short letter a line that it lacks; out of a long one the longest that carries
    nothing, else one that can be said in fewer words."""
    if not letter.prose.sentences:
        return replace(finding, instead=_a_beginning(letter.lexicon))
    if letter.prose.words < HARD_WORDS[0]:
        return _one_more(finding, letter)
    free = list(letter.free())
    for told in sorted(free, key=lambda one: -one.words):
        if letter.spares(told):
            why = " It says what it has to without this sentence."
            return _placed(finding, letter, told.start, told.end, "", why)
    for told in sorted(letter.prose.sentences, key=lambda one: -one.words):
        made = _shortened(told, letter)
        if made is not None and not _objected_to(told, letter):
            return _placed(finding, letter, told.start, told.end, made)
    return None


def _one_more(finding: Finding, letter: _Letter) -> Finding | None:
    """With the first part of R4 that it lacks: a thing learnt, an easy way out, the acceptance."""
    words = letter.lexicon.words
    for rule, line in (
        ("learnt", words["learnt"]),
        ("easy-way-out", words["way_out"]),
        ("acceptance", words["accept"]),
    ):
        if line not in letter.prose.text and not letter.has(rule):
            return replace(finding, instead=line)
    return None


def _a_beginning(lexicon: Lexicon) -> str:
    words = lexicon.words
    return "\n\n".join((words["greeting"], words["thank_you"], words["question"]))


def _shortened(told: Sentence, letter: _Letter) -> str | None:
    for way in (without_aside, less_of_oneself, plainer):
        made = way(told.text, letter.language)
        if made and len(made) < len(told.text) and letter.is_clean(made, told.text):
            return made
    return None


def _of_level(finding: Finding, letter: _Letter) -> Finding | None:
    """The hardest sentence in plain words, or in two; else out of the letter."""
    every = [told for told in letter.prose.sentences if not _objected_to(told, letter)]
    free = list(letter.free())
    hardest = sorted(dict.fromkeys([*every, *free]), key=lambda one: -_weight(one, letter))
    for way in (plainer, parted, without_aside):
        for told in hardest:
            made = way(told.text, letter.language)
            if made and letter.is_clean(made, told.text):
                return _placed(finding, letter, told.start, told.end, made)
    for told in hardest:
        if told in free and letter.spares(told):
            why = " The letter stands without this sentence."
            return _placed(finding, letter, told.start, told.end, "", why)
    return None


def _weight(told: Sentence, letter: _Letter) -> int:
    return sum(max(0, syllables(word, letter.language) - 1) for word in WORD.findall(told.text))


ALWAYS_SAID = 25
"""Words from which on a long sentence is minded even where no wording parts it [design]."""


def _of_sentence(finding: Finding, letter: _Letter) -> Finding | None:
    """The long sentence in two, without its aside or its "I think"; a little long one that cannot
    be said so is left alone, another is taken out or said plainly."""
    text = letter.prose.folded[finding.start : finding.end]
    for way in (parted, without_aside, less_of_oneself):
        made = way(text, letter.language)
        shorter = made and (way is parted or _count(made) < _count(text))
        if made and shorter and letter.is_clean(made, text):
            return _placed(finding, letter, finding.start, finding.end, made)
    return _a_plain_one(finding, letter) if _count(text) > ALWAYS_SAID else None


def _count(text: str) -> int:
    return len(WORD.findall(text))


def _a_plain_one(finding: Finding, letter: _Letter) -> Finding | None:
    """A plain sentence that does what this one was for; out with one that was for nothing."""
    if finding.part is not Part.TEXT or not finding.quote:
        return finding
    words, text = letter.lexicon.words, letter.prose.folded[finding.start : finding.end]
    rest = letter.prose.folded[: finding.start] + letter.prose.folded[finding.end :]
    thanks, said = letter.lexicon.pattern("thanks"), []
    if thanks.search(text) and words["thank_you"] not in rest:
        said.append(words["thank_you"])
    if letter.asks(text) and not letter.asks(rest):
        said.append(words["question"])
    return replace(finding, instead=" ".join(said))


def _of_own_line(finding: Finding, letter: _Letter) -> Finding | None:
    """With a line that leaves room for what only the person would say."""
    at = letter.prose.leave
    return replace(finding, start=at, end=at, instead=letter.lexicon.words["own_line"])


_OFFERS: dict[str, Callable[[Finding, _Letter], Finding | None]] = {
    "about-me": _of_oneself,
    "length": _of_length,
    "own-line": _of_own_line,
    "reading-level": _of_level,
    "sentence-length": _of_sentence,
}
