"""What people try after a no: what research says of each, and what their own letters say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kindregards.core.diagnosis import saying
from kindregards.core.diagnosis.diagnosis import Diagnosis, Verdict, weakest
from kindregards.core.diagnosis.passing import Passing
from kindregards.core.diagnosis.stated import Recurring
from kindregards.core.diagnosis.told import by_talks
from kindregards.core.diagnosis.usual import Route
from kindregards.core.letters.reading import Reason

TOLD_FROM = 2
"""From so many employers, or letters of one's own, on something is said of them together."""
_TEN = 10


class Speaks(StrEnum):
    """Which way the person's own letters speak: for a fix, against it, or not at all."""

    FOR = "for"
    AGAINST = "against"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted in a person's letters beside their applications.

    `rejections` are letters that said no and `open_doors` those of them that leave a door open;
    `asked` are requests for advice, `overruled` letters that went out although the guard would
    have held them, each with how many found an answer.
    """

    rejections: int = 0
    open_doors: int = 0
    asked: int = 0
    answered: int = 0
    overruled: int = 0
    overruled_answered: int = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing that people try: `research` says what studies found, `own` what one's letters say.

    `key` names it in addresses and does not change.
    """

    key: str
    title: str
    research: str
    own: str
    speaks: Speaks


def fixes(found: Diagnosis, counted: Counted) -> tuple[Fix, ...]:
    """What people try after a no, those first of which the person's own letters say something.

    Studies are those of R8, R9, R22, R37 to R39 and of our evidence on practice and networks;
    where there is none, it says so. Below five results only counts are told (R20).
    """
    told = [one(found, counted) for one in _FIXES]
    return tuple(sorted(told, key=lambda one: one.speaks is Speaks.NOT))


def practice_first(all_passings: Sequence[Passing]) -> bool | None:
    """Whether answers come before the resume (R22): True, False, or None where nothing tells."""
    weak = weakest(all_passings)
    if weak is not None and weak.is_on_paper:
        return False
    return True if all_passings[0].works else None


def _resume(found: Diagnosis, _counted: Counted) -> Fix:
    so_far = _so_far(found)
    own, speaks = f"{so_far} That speaks neither for it nor against it.", Speaks.NOT
    if practice_first(found.passings) is False:
        own, speaks = f"{so_far} This is the place to work.", Speaks.FOR
    elif practice_first(found.passings):
        own, speaks = f"{so_far} The one you have does its work.", Speaks.AGAINST
    elif not found.on_paper.whole.is_shown:
        own = so_far
    return Fix(
        "resume",
        "A new resume, or somebody to rewrite it",
        "A resume decides who talks with you, and nothing after that. With help in writing it, "
        "people were hired 8% more often (Wiles and others, 2023). Two slips of spelling cost 7 "
        "chances in 100 (Sterkens and others, 2023).",
        own,
        speaks,
    )


def _template(found: Diagnosis, _counted: Counted) -> Fix:
    own, speaks = "No letter of yours can tell: they never speak of the layout.", Speaks.NOT
    if practice_first(found.passings):
        own, speaks = f"{_came(found)}. They can read the one you have.", Speaks.AGAINST
    elif practice_first(found.passings) is False:
        own = f"{_came(found)}. Something is off there; that it is the layout, nothing says."
    return Fix(
        "template",
        "A new template",
        "A first look takes about seven seconds, and most of it goes to six things: name, last two "
        "roles, their days, education (Ladders, 2018). We found no study in which layout alone "
        "changed who was invited.",
        own,
        speaks,
    )


def _certificate(found: Diagnosis, counted: Counted) -> Fix:
    own, speaks = _of_skills(found.reasons, counted)
    return Fix(
        "certificate",
        "A certificate or a course",
        "We found no study of certificates gained after a no. That a skill which somebody named is "
        "a better reason for a course than a guess is our own view.",
        own,
        speaks,
    )


def _of_skills(reasons: tuple[Recurring, ...], counted: Counted) -> tuple[str, Speaks]:
    skill = next((one for one in reasons if one.reason is Reason.SKILL), None)
    if skill is not None:
        named = _employers(skill.employers)
        first = skill.stated[0]
        return f"{named} named a skill: “{first.quote}” That is worth a look.", Speaks.FOR
    stating = len({one.letter for reason in reasons for one in reason.stated})
    if stating >= TOLD_FROM:
        return (
            f"{saying.capital(saying.number(stating))} letters state a reason of their own, and "
            "none of them is a skill.",
            Speaks.AGAINST,
        )
    if stating:
        return "One letter states a reason, and it is not a skill. One says little.", Speaks.NOT
    if not counted.rejections:
        return "No letter here has said no yet.", Speaks.NOT
    if counted.rejections == 1:
        return "The one letter that said no names no skill.", Speaks.NOT
    return f"{_none_of(counted.rejections)} names a skill that was missing.", Speaks.NOT


def _coach(found: Diagnosis, _counted: Counted) -> Fix:
    own, speaks = "It is too early to know what a coach should work on.", Speaks.NOT
    if found.verdict is Verdict.ENDS_IN_TALKS:
        own = "Yours end in conversations. Practice with somebody who listens helps there, paid "
        own, speaks = f"{own}or not.", Speaks.FOR
    elif practice_first(found.passings) is False:
        own = f"{_came(found)}. A coach for interviews would train what nobody has seen yet."
        speaks = Speaks.AGAINST
    elif practice_first(found.passings):
        own = f"{_came(found)}. If a coach, then for answers and not for the resume."
    return Fix(
        "coach",
        "A paid coach",
        "Programs that trained skills and gave courage raised the odds of a job 2.7 times; one "
        "without the other did not help (Liu and others, 2014). We found no study that compares "
        "paid coaches with friends who listen well.",
        own,
        speaks,
    )


def _more(found: Diagnosis, _counted: Counted) -> Fix:
    share = found.on_paper.whole
    own, speaks = _so_far(found), Speaks.NOT
    if found.on_paper.is_weak:
        own, speaks = f"{own} More of the same would mostly end the same way.", Speaks.AGAINST
    elif share.is_shown:
        own = f"{own} Ten more like them would lead to {_about(_TEN * share.mean)}."
    return Fix(
        "more",
        "More applications",
        "Employers have about three times as many for each place as a few years ago (Ashby, 2024). "
        "Where somebody inside puts in a word, 57 in 100 lead to a first call; where one applies "
        "directly, 13 (Lever, 2017).",
        f"{own} {_by_word(found)}".strip(),
        speaks,
    )


def _appeal(_found: Diagnosis, counted: Counted) -> Fix:
    own, speaks = "No letter here has said no yet.", Speaks.NOT
    if counted.rejections:
        own = _of_doors(counted)
    if counted.overruled:
        own += f" {_against_advice(counted)}"
        unheard = counted.overruled >= TOLD_FROM and not counted.overruled_answered
        speaks = Speaks.AGAINST if unheard else Speaks.NOT
    return Fix(
        "appeal",
        "Asking them to decide again",
        "Nearly always in vain, advisers say, unless the job is posted once more. One in three HR "
        "managers has dropped a candidate for being too pushy (Accountemps, 2018).",
        own,
        speaks,
    )


def _again(_found: Diagnosis, counted: Counted) -> Fix:
    own = "You have asked nobody for advice yet. Asking once is welcome."
    if counted.asked:
        times = {1: "once", 2: "twice"}.get(counted.asked, f"{saying.number(counted.asked)} times")
        came = saying.number(counted.answered) if counted.answered else "no"
        answers = "answer" if counted.answered == 1 else "answers"
        own = f"You asked for advice {times}, and {came} {answers} came. One in ten is usual."
    return Fix(
        "again",
        "Writing again, until somebody answers",
        "Nine in ten answers come within a day (Kooti and others, 2015), so a week of silence is "
        "one too. One short reminder is fine. Contact more than once a week puts recruiters off "
        "most (Bullhorn, 2012).",
        own,
        Speaks.NOT,
    )


def _so_far(found: Diagnosis) -> str:
    """What came of all applications that can be told: "Two of your nine applications led to …"."""
    share = found.on_paper.whole
    to = saying.end_of(found.on_paper.passage, by_talks=by_talks(found.market))
    if not share.tried:
        return "None of your applications can be counted yet."
    if share.tried == 1:
        led = "It led" if share.passed else "It did not lead"
        return f"One application can be counted. {led} to {to}, and one says nothing."
    if not share.is_shown:
        return f"{_came(found)}. That is too few to tell."
    return f"{_came(found)}; about {saying.rate(share.usual)} is usual."


def _came(found: Diagnosis) -> str:
    share = found.on_paper.whole
    to = saying.end_of(found.on_paper.passage, by_talks=by_talks(found.market))
    many = f"{saying.number(share.passed)} of your {saying.number(share.tried)} applications"
    return f"{saying.capital(many)} led to {to}"


def _by_word(found: Diagnosis) -> str:
    """How those went where somebody put in a word, beside the others; "" without both."""
    ways = found.on_paper.by_route
    inside, direct = ways.get(Route.REFERRAL), ways.get(Route.DIRECT)
    if inside is None or direct is None:
        return ""
    return (
        f"With a word from inside, {saying.number(inside.passed)} of "
        f"{saying.number(inside.tried)} did; directly, {saying.number(direct.passed)} of "
        f"{saying.number(direct.tried)}."
    )


def _about(many: float) -> str:
    whole = round(many)
    return "about " + saying.number(whole) if whole else "one at most"


def _of_doors(counted: Counted) -> str:
    """How many letters leave a door open for another role."""
    doors, many = counted.open_doors, counted.rejections
    if not doors:
        only = "The one letter that said no leaves no door open"
        return f"{only if many == 1 else f'{_none_of(many)} leaves a door open'} in so many words."
    if many == 1:
        return "The one letter that said no leaves a door open for another role."
    leave = "leaves" if doors == 1 else "leave"
    return (
        f"{saying.capital(saying.number(doors))} of {saying.number(many)} letters that said no "
        f"{leave} a door open for another role. That is the way back."
    )


def _none_of(many: int) -> str:
    return f"None of {saying.number(many)} letters that said no"


def _employers(many: int) -> str:
    return f"{saying.capital(saying.number(many))} employer{'' if many == 1 else 's'}"


def _against_advice(counted: Counted) -> str:
    """What came of the letters that went out against the guard's advice."""
    many, came = counted.overruled, counted.overruled_answered
    if many == 1:
        return f"One went out against advice here, and {'one' if came else 'no'} answer came."
    answered = saying.number(came)
    return (
        f"{saying.capital(saying.number(many))} went out against advice here; {answered} "
        f"{'was' if came <= 1 else 'were'} answered."
    )


_FIXES: tuple[Callable[[Diagnosis, Counted], Fix], ...] = (
    _resume,
    _template,
    _certificate,
    _coach,
    _more,
    _appeal,
    _again,
)
