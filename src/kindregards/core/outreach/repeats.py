"""What is said twice: a sentence within the letter, or a letter they have already (R8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kindregards.core.outreach.cues import Lexicon
from kindregards.core.outreach.draft import Draft, DraftKind, Finding, Severity, Touch
from kindregards.core.outreach.prose import WORD, Prose, Sentence

# Our own figures: shorter sentences ("Thank you for your time.") may stand twice; of a letter that
# was written anew hardly a fifth of the runs of four words stand in an earlier one.
SHORTEST = 6
RUN = 4
SAME_SHARE = 0.6


def repeat_findings(
    draft: Draft, prose: Prose, lexicon: Lexicon, sent: Sequence[Touch]
) -> tuple[Finding, ...]:
    """A sentence that stands twice, and a letter whose words they have already.

    `sent` are the person's touches that count for this reader; those without words say nothing.
    A reminder may say its question again (R8), a letter a week later may not be the same one.
    """
    return (*_twice(prose), *_again(draft, prose, lexicon, sent))


def _twice(prose: Prose) -> Iterator[Finding]:
    seen: set[tuple[str, ...]] = set()
    for told in prose.sentences:
        words = _words(told.text)
        if len(words) >= SHORTEST and words in seen:
            yield Finding(
                "repeated",
                Severity.SOFTEN,
                "It says this twice",
                "Said once it is heard. Said twice it sounds as if you did not trust the first.",
                prose.text[told.start : told.end],
                told.start,
                told.end,
                "",
            )
        seen.add(words)


def _again(
    draft: Draft, prose: Prose, lexicon: Lexicon, sent: Sequence[Touch]
) -> Iterator[Finding]:
    runs = _runs(prose)
    if draft.kind is DraftKind.FOLLOW_UP or not runs:
        return
    for touch in reversed(sent):
        earlier = Prose(touch.text)
        if len(runs & _runs(earlier)) >= SAME_SHARE * len(runs):
            place = _first_shared(prose, earlier)
            yield Finding(
                "same-letter",
                Severity.STOP,
                "They have this letter already",
                f"Most of it stands in your letter of {touch.at.day} {touch.at:%B}. The same words"
                " again press; one thing that is new is a reason to write.",
                prose.text[place.start : place.end],
                place.start,
                place.end,
                lexicon.words["new"],
            )
            return


def _first_shared(prose: Prose, earlier: Prose) -> Sentence:
    theirs = _runs(earlier)
    shared = (told for told in prose.sentences if _runs_of(_words(told.text)) & theirs)
    return next(shared, prose.sentences[0])


def _runs(prose: Prose) -> set[tuple[str, ...]]:
    return {run for told in prose.sentences for run in _runs_of(_words(told.text))}


def _runs_of(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[at : at + RUN] for at in range(len(words) - RUN + 1)}


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORD.findall(text))
