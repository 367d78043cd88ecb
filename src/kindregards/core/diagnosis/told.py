"""The diagnosis in words: where applications end, how sure, what to work on, what to leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kindregards.core.diagnosis import saying
from kindregards.core.diagnosis.boundary import EVER_TOLD
from kindregards.core.diagnosis.diagnosis import Diagnosis, Verdict
from kindregards.core.diagnosis.differences import worth_work
from kindregards.core.diagnosis.moves import PRACTICE_FIRST, RESUME_FIRST
from kindregards.core.diagnosis.passing import Passing
from kindregards.core.diagnosis.stated import Recurring
from kindregards.core.diagnosis.usual import Market, passages
from kindregards.core.letters.reading import Stage

_QUITE_SURE = 0.01
_A = {
    Stage.SCREEN: "a first call",
    Stage.INTERVIEW: "an interview",
    Stage.FINAL: "the final interview",
    Stage.OFFER: "an offer",
}


class Act(StrEnum):
    """The one thing that a diagnosis leads to."""

    PUT_IN = "put_in"
    TODAY = "today"
    RESUME = "resume"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said. `begin` are the first moves, and `more` says how many results would tell."""

    title: str
    lead: str
    work_on: tuple[str, ...]
    leave_alone: tuple[str, ...]
    sure: str
    more: tuple[str, ...]
    begin: tuple[str, ...]
    act: Act


def words_for(found: Diagnosis) -> Words:
    """The words of a diagnosis. Reasons that employers stated come before all figures (R24)."""
    title, lead, work_on, leave_alone, begin, act = _SAID[found.verdict](found)
    return Words(
        title=title,
        lead=lead,
        work_on=(
            *_stated(found.reasons),
            *_came_back(found),
            *work_on,
            *worth_work(found.splits, by_talks=by_talks(found.market)),
        ),
        leave_alone=(*_not_about_you(found.reasons), *leave_alone),
        sure=_sure(found),
        more=_more(found),
        begin=begin,
        act=act,
    )


_Said = tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...], Act]


def _nothing_yet(_found: Diagnosis) -> _Said:
    return (
        "Nothing to tell yet.",
        "One no says almost nothing, and many together say a lot. What your letters tell is put "
        "together here: where applications end, how sure that is, and what to leave alone.",
        (),
        (),
        (),
        Act.PUT_IN,
    )


def _too_early(found: Diagnosis) -> _Said:
    many = found.decided
    ended = f"{saying.capital(saying.counted(many, Stage.APPLICATION))}"
    heard = f"{ended} {'has' if many == 1 else 'have'} ended"
    return (
        "It is too early to tell.",
        f"{heard}, and that {'says' if many else 'can say'} almost nothing about you. "
        f"{_ordinary(found)}",
        ("Nothing new because of this. The plan of each letter is enough.",),
        ("Your resume, and how you speak. So far there is no reason to change either.",),
        (),
        Act.TODAY,
    )


def _ordinary(found: Diagnosis) -> str:
    """What is ordinary, in place of a cause (R23)."""
    if any(count.lost for count in found.stages[1:]):
        return "Strong candidates, too, fail about one interview in five: one no is mostly chance."
    usual = found.on_paper.whole.usual
    return (
        f"Only about {saying.rate(usual)} applications leads to a conversation, whoever sends them."
    )


def _as_usual(found: Diagnosis) -> _Said:
    return (
        "Nothing stands out so far.",
        f"{_passed(found.on_paper, found)} {_ends(found)} Nothing in this is out of the ordinary.",
        (
            "People more than paper: somebody inside who puts in a word helps more than a better "
            "layout. Of those who are referred, 57 in 100 get a first call; of those who apply "
            "directly, 13.",
        ),
        ("Whatever you only mean to change because of these letters. They do not ask for it.",),
        (),
        Act.TODAY,
    )


def _gets_talks(found: Diagnosis) -> _Said:
    return (
        "Your resume gets you conversations. Leave it alone.",
        f"{_passed(found.on_paper, found)} {_ends(found)}",
        (
            "If you work on one thing, let it be how you answer in interviews. That it is weak, "
            "nothing says; it is where a little is most likely to help.",
        ),
        ("The resume. It does its work as well as is usual, or better.",),
        PRACTICE_FIRST,
        Act.PRACTICE,
    )


def _ends_on_paper(found: Diagnosis) -> _Said:
    assert found.weak is not None
    return (
        "They end before anybody talks to you. Look at the resume, and at the ways you apply.",
        f"{_passed(found.weak, found)} It says nothing about how you speak, and nothing about what "
        "you can do: nobody has asked you yet.",
        (
            "The resume: fresh eyes, and the words of the adverts you answer.",
            "The channels: fewer applications, and more of them with somebody inside who puts in a "
            "word.",
        ),
        ("Practicing for interviews. What ends on paper says nothing about how you answer.",),
        RESUME_FIRST,
        Act.RESUME,
    )


def _ends_in_talks(found: Diagnosis) -> _Said:
    assert found.weak is not None
    works = found.on_paper.works
    where = _tried(found.weak, found)
    title = (
        "Your resume gets you conversations. Leave it alone."
        if works
        else f"They end at {where}. That is where to look."
    )
    first = f"{_passed(found.on_paper, found)} " if works else ""
    resume = (
        "The resume. It has done its work once somebody talks to you; polishing it would mend what "
        "is not broken."
    )
    return (
        title,
        f"{first}They end at the {where}: {_passed(found.weak, found, whole=False)}",
        (f"How you answer in {where}.",),
        (resume,),
        PRACTICE_FIRST,
        Act.PRACTICE,
    )


_SAID: dict[Verdict, Callable[[Diagnosis], _Said]] = {
    Verdict.NOTHING_YET: _nothing_yet,
    Verdict.TOO_EARLY: _too_early,
    Verdict.AS_USUAL: _as_usual,
    Verdict.GETS_TALKS: _gets_talks,
    Verdict.ENDS_ON_PAPER: _ends_on_paper,
    Verdict.ENDS_IN_TALKS: _ends_in_talks,
}


def by_talks(market: Market) -> bool:
    """Whether the usual rates of a market count every conversation alike."""
    return passages(market)[-1].start is Stage.SCREEN


def _tried(passing: Passing, found: Diagnosis) -> str:
    return saying.start_of(passing.passage, by_talks=by_talks(found.market))


def _passed(passing: Passing, found: Diagnosis, *, whole: bool = True) -> str:
    """What came of a passage, with what is usual: "Of thirty applications, none led to …"."""
    share = passing.whole
    to = saying.end_of(passing.passage, by_talks=by_talks(found.market))
    usual = f"about {saying.rate(share.usual)} is usual"
    tried, many = _tried(passing, found), saying.number(share.tried)
    if share.passed == share.tried:
        came = f"all {many} {tried} led to {to}"
    else:
        came = f"of {many} {tried}, {saying.number(share.passed)} led to {to}"
    return f"{saying.capital(came) if whole else came}; {usual}."


def _ends(found: Diagnosis) -> str:
    """At which stage most were lost."""
    at = found.ends_at
    if at is None:
        return "None has ended with a no."
    if at.stage is Stage.APPLICATION:
        return "Most of the others ended before a conversation, as most applications do."
    return f"Most ended after {_A[at.stage]}."


def _stated(reasons: tuple[Recurring, ...]) -> tuple[str, ...]:
    same = [one for one in reasons if one.recurs and one.is_about_you]
    lines = [
        f"{saying.capital(saying.number(one.employers))} employers gave the same reason: "
        f"{saying.REASONS[one.reason]}."
        for one in same
    ]
    return (f"{lines[0]} Their own words come before any figure.", *lines[1:]) if lines else ()


def _came_back(found: Diagnosis) -> tuple[str, ...]:
    """Questions that went badly twice, unless it all ends on paper, and gaps named twice."""
    badly = [one for one in found.questions if one.is_told]
    if found.verdict is Verdict.ENDS_ON_PAPER:
        badly = []
    return (
        *(f"This question went badly {_times(one.badly)}: “{one.words}”" for one in badly),
        *(f"You named the same gap {_times(len(one.times))}: “{one.words}”" for one in found.gaps),
    )


def _times(many: int) -> str:
    return "twice" if many == 2 else f"{saying.number(many)} times"


def _not_about_you(reasons: tuple[Recurring, ...]) -> tuple[str, ...]:
    return tuple(
        f"{saying.capital(saying.number(one.employers))} employers named "
        f"{saying.REASONS[one.reason]}. That has nothing to do with you."
        for one in reasons
        if one.recurs and not one.is_about_you
    )


def _sure(found: Diagnosis) -> str:
    """How sure it is, with the chance line (R20) and other markets' view."""
    if found.weak is not None:
        return f"{_how_sure(found.weak)} {_elsewhere(found)}".strip()
    near = found.least_sure_of
    if found.verdict is Verdict.GETS_TALKS:
        return f"Sure enough for the resume. {_not_told(near, found)}".strip()
    if near is None:
        return "Not at all. Below five ends at a stage, every figure would be chance."
    return f"Not sure of any weakness. {_not_told(near, found)}"


def _how_sure(weak: Passing) -> str:
    level = "Quite sure" if weak.chance < _QUITE_SURE else "Fairly sure"
    return (
        f"{level}. Somebody average would see a run like this, or a worse one, "
        f"{saying.times_in_100(weak.chance)}."
    )


def _not_told(near: Passing | None, found: Diagnosis) -> str:
    if near is None:
        return "Of what comes after it there are too few to tell."
    share, to = near.whole, saying.end_of(near.passage, by_talks=by_talks(found.market))
    so_few = saying.number(share.passed) + (" or fewer" if share.passed else "")
    return (
        f"Of {saying.number(share.tried)} {_tried(near, found)}, somebody average would see "
        f"{so_few} lead to {to} {saying.times_in_100(near.chance)}."
    )


def _elsewhere(found: Diagnosis) -> str:
    """Beside which markets' rates the same would not be told."""
    others = [market for market in Market if market not in (found.market, *found.told_elsewhere)]
    if not others:
        return "Beside the rates of any other kind of work it would be told as well."
    named = " or ".join(saying.MARKETS_IN_A_SENTENCE[market] for market in others)
    return f"Beside the usual rates {named} it would not be told yet, so choose yours below."


def _more(found: Diagnosis) -> tuple[str, ...]:
    """How many more results would tell."""
    if found.verdict is Verdict.NOTHING_YET:
        return ()
    if found.weak is not None:
        return (
            "Each further one makes this firmer, or shows that it has changed. "
            f"Of a hundred average people who look after every letter, at most "
            f"{saying.number(saying.hundreds(EVER_TOLD))} are ever told of a weakness within sixty "
            "applications.",
        )
    if found.verdict is Verdict.TOO_EARLY:
        return (
            "A first figure appears here from five ends at a stage on. Anything firm takes dozens "
            "of applications, or about a dozen interviews.",
        )
    said = [_needed(one, found) for one in found.passings if one.more_needed and not one.works]
    return tuple(said[:2]) or ("Go on as you do; this page looks again after every letter.",)


def _needed(passing: Passing, found: Diagnosis) -> str:
    to = saying.end_of(passing.passage, by_talks=by_talks(found.market)).split(" ", 1)[1]
    assert passing.more_needed is not None
    more = saying.number(passing.more_needed)
    several = passing.more_needed > 1
    tried = _tried(passing, found) if several else _tried(passing, found).removesuffix("s")
    article = "an" if to[0] in "aeio" else "a"
    row = " in a row" if several else ""
    return (
        f"{saying.capital(more)} more {tried}{row} without {article} {to} would show that "
        "something is off there."
    )
