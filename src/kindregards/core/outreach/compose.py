"""Drafts of every kind, put together by the forms below from what is known (R3, R4, R8, R27)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from kindregards.core.letters.reading import Feedback, Person, Stage, Style
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.outreach.draft import Draft, DraftKind
from kindregards.core.outreach.habits import NO_HABITS, Habits
from kindregards.core.outreach.shape import GOOD_WORDS
from kindregards.core.outreach.skeleton import Skeleton, drafted, fitting, plain, sentences, told


@dataclass(frozen=True, slots=True)
class Known:
    """What is known for a letter.

    `own_words` is what only the person knows, by its name: `learnt` completes "What I took home
    is …", `first_step` "I will start with …", `used` and `came_of_it` tell of progress, `hope` is
    the work they would like to hear of, `times` suit them for a call. `conversations` is how many
    there were, 0 for unknown. `formal` is Sie in German and "Dear" in English; `language` other
    than "de" is written in English. The same `seed` gives the same letter, another one another
    letter. `habits` are the person's own.

    A word on an `occasion` tells of `years` at an employer, of `there` (which employer) and of what
    they wrote, `post`. `happened` is what to tell of, in pairs of what it is (HAPPENED) and its
    words; `is_long_ago` says that there was no word for years.
    """

    sender_name: str
    recipient: Person | None = None
    employer: str = ""
    role: str = ""
    stage: Stage | None = None
    style: Style | None = None
    feedback: Sequence[Feedback] = ()
    conversations: int = 0
    language: str = "en"
    formal: bool = False
    thread_subject: str = ""
    seed: int | str = 0
    habits: Habits = NO_HABITS
    own_words: Mapping[str, str] = field(default_factory=dict)
    occasion: OccasionKind | None = None
    years: int | None = None
    there: str = ""
    post: str = ""
    happened: Sequence[tuple[str, str]] | None = None
    is_long_ago: bool = False


HAPPENED = ("advice", "offer", "interview", "application", "debrief", "practice", "typed")
"""What can be told of in a word of progress: from the person's own record, or typed."""
NOTE_AIM = 160
"""Characters of a new note of invitation: of 200 (R26) it leaves room for what is filled in."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of letter is built: its slots, a tuple a paragraph, and the words to aim at.

    It is for letters of which everything in `needs` is known; `aim_unmet` is the aim where nobody
    was met.
    """

    paragraphs: tuple[tuple[str, ...], ...]
    aim: tuple[int, int]
    closing: str = "farewell"
    needs: tuple[str, ...] = ()
    aim_unmet: tuple[int, int] | None = None


_SHORT = (35, 75)
"""Words of a letter that asks nothing (R3 is about those that ask)."""
_request = partial(Form, aim=GOOD_WORDS, closing="closing", aim_unmet=(55, 85))
_GREETING, _WARM = (20, 70), "greet_farewell"


def _greeting(occasion: str, own: str = "own", end: str = "greet_end") -> Form:
    """A word on an occasion: what it is, one thing that only the person can say, nothing asked."""
    return Form(((f"on_{occasion}",), (own,), (end,)), _GREETING, _WARM, (f"on {occasion}",))


_ASKING = {OccasionKind.QUESTION: ("own_question", "short_answer")}


# Of the forms of a kind the first is taken whose needs are known.
FORMS: Mapping[DraftKind, tuple[Form, ...]] = {
    DraftKind.ADVICE_REQUEST: (
        _request(
            (("thanks", "accept"), ("learnt",), ("question_reason",), ("easy_way_out",)),
            needs=("reason",),
        ),
        _request((("thanks", "accept"), ("learnt",), ("bridge", "question"), ("easy_way_out",))),
    ),
    DraftKind.THANKS: (
        Form((("thanks", "accepted"), ("learnt",), ("wish",)), (30, 60), needs=("learnt",)),
        Form((("thanks", "accepted"), ("wish",)), (30, 60)),
    ),
    DraftKind.FOLLOW_UP: (
        Form(
            (("reminder",), ("reminder_question",), ("reminder_end",)), (50, 75), closing="closing"
        ),
    ),
    DraftKind.ADVICE_THANKS: (Form((("advice",), ("first_step",), ("no_answer",)), _SHORT),),
    DraftKind.PROGRESS: (
        Form(
            (("long_ago",), ("happened",), ("happened_end",)),
            _GREETING,
            _WARM,
            needs=("on long_ago",),
        ),
        Form(
            (("happened_opening",), ("happened",), ("happened_end",)),
            _GREETING,
            _WARM,
            needs=("on happened",),
        ),
        Form((("remembered",), ("used",), ("came_of_it",), ("no_answer",)), _SHORT),
    ),
    DraftKind.ON_FILE: (
        Form((("on_file",), ("hope",), ("wish",)), _SHORT, needs=("hope",)),
        Form((("on_file",), ("on_file_yes",), ("wish",)), _SHORT),
    ),
    DraftKind.CALL: (Form((("call",), ("times",), ("call_short",)), _SHORT),),
    DraftKind.OCCASION: (
        *(_greeting(one.value, *_ASKING.get(one, ())) for one in OccasionKind),
        Form((("on_some_day",), ("own",), ("greet_end",)), _GREETING, _WARM),
    ),
    DraftKind.INVITATION: (Form((("met_here", "stay_here", "here_end"),), (15, 40)),),
}

# What only the person knows: a blank stands for it, which the Guard does not let pass.
BLANKS: Mapping[DraftKind, tuple[str, ...]] = {
    DraftKind.ADVICE_REQUEST: ("learnt",),
    DraftKind.ADVICE_THANKS: ("first_step",),
    DraftKind.PROGRESS: ("used", "came_of_it"),
    DraftKind.CALL: ("times",),
    DraftKind.OCCASION: ("own",),
    DraftKind.INVITATION: ("own",),
}


def compose(kind: DraftKind, known: Known) -> Draft:
    """A letter of that kind as a Draft to be edited.

    A stated reason in the feedback is thanked for and leads to the question after it (R24). Raises
    KeyError on a kind that has no form, which is `other`.
    """
    skeleton = _skeleton(kind, known)
    form = next(one for one in FORMS[kind] if all(map(skeleton.facts.get, one.needs)))
    if kind is DraftKind.INVITATION:
        return _note(skeleton, form, known)
    unmet = skeleton.stage is Stage.APPLICATION and form.aim_unmet
    text = fitting(skeleton, lambda turn: _blocks(skeleton, form, turn), unmet or form.aim)
    return drafted(skeleton, text, known.recipient, known.thread_subject)


def _note(skeleton: Skeleton, form: Form, known: Known) -> Draft:
    """A note of invitation: one paragraph, short enough with room to spare, without a subject."""

    def said(turn: int) -> str:
        (slots,) = form.paragraphs
        return " ".join([skeleton.greeting(turn), *(skeleton.said(turn, slot) for slot in slots)])

    tried = [said(turn) for turn in range(_TURNS)]
    text = next((one for one in tried if len(one) <= NOTE_AIM), min(tried, key=len))
    return replace(drafted(skeleton, text, known.recipient, ""), subject="")


_TURNS = 12


def impersonal(text: str, language: str) -> str:
    """The letter without the thanks for having written it oneself, for a reader who did not."""
    data = sentences("de" if language == "de" else "en")
    for voice in (data["formal"], data["first_name"]):
        for thanks in filter(None, voice["personal"]):
            text = text.replace(thanks, "", 1)
    return text


def _blocks(skeleton: Skeleton, form: Form, turn: int) -> Iterator[str]:
    yield skeleton.greeting(turn)
    for paragraph in form.paragraphs:
        yield " ".join(skeleton.said(turn, slot) for slot in paragraph)
    yield skeleton.signed(turn, form.closing)


def _skeleton(kind: DraftKind, known: Known) -> Skeleton:
    """What is known, laid out for the sentences; an unknown stage counts as an interview."""
    language = "de" if known.language == "de" else "en"
    data = sentences(language)
    stage = Stage.FINAL if known.stage is Stage.OFFER else known.stage or Stage.INTERVIEW
    name = plain(known.recipient.name) if known.recipient else ""
    own = {key: told(words) for key, words in known.own_words.items()}
    about = _about(kind, known)
    facts = {
        "name": name if known.formal else name.split(" ")[0],
        "sender": " ".join(known.sender_name.split()),
        "employer": plain(known.employer),
        "role": plain(known.role),
        "reason": _reason(data, known.feedback),
        "conversations": _conversations(data, known.conversations),
        **{key: own.get(key) or _blank(data, key, stage, about) for key in BLANKS.get(kind, ())},
        f"on {about}": "yes",
        "about": about,
        "there": plain(known.there or known.employer),
        "post": plain(known.post)[:_LONGEST_NAME],
        "years": _years(data, known.years),
    }
    voice = data["formal"] if known.formal else data["first_name"]
    skeleton = Skeleton(
        kind, language, voice, {**own, **facts}, str(known.seed), stage, known.style, known.habits
    )
    if about not in ("happened", "long_ago"):
        return skeleton
    told_of = _told_of(skeleton, known.happened or ()) or data["blank"]["happened"]
    return replace(skeleton, facts={**skeleton.facts, "happened": told_of})


def _about(kind: DraftKind, known: Known) -> str:
    """What a short word is about, by which its sentences, blank and subject are found."""
    if kind is DraftKind.OCCASION:
        return known.occasion.value if known.occasion else "some_day"
    if kind is DraftKind.PROGRESS and known.happened is not None:
        return "long_ago" if known.is_long_ago else "happened"
    return kind.value


def _told_of(skeleton: Skeleton, happened: Sequence[tuple[str, str]]) -> str:
    """What happened, a sentence each."""
    sentences_told = []
    for number, (what, words) in enumerate(happened):
        facts = {**skeleton.facts, "what": told(words)}
        slot = f"happened_{what}"
        if what in HAPPENED and facts["what"]:
            sentences_told.append(replace(skeleton, facts=facts).said(number, slot))
    return " ".join(sentences_told)


_LONGEST_NAME = 80
"""Characters of what they wrote that are named; a title that is longer would be no short word."""


def _blank(data: Mapping[str, Any], key: str, stage: Stage, about: str) -> str:
    blanks = data["blank"]
    if key == "own":
        asked: str = blanks["own"][about]
        return asked
    blank: str = blanks[stage.value if key == "learnt" else key]
    return blank


def _years(data: Mapping[str, Any], years: int | None) -> str:
    if not years:
        return ""
    said: str = data["years"]["one" if years == 1 else "many"]
    return said.format(number=years)


def _reason(data: Mapping[str, Any], feedback: Sequence[Feedback]) -> str:
    """The first stated reason that a question can be about."""
    named = (data["reason"].get(said.reason.value, "") for said in feedback)
    return next(filter(None, named), "")


def _conversations(data: Mapping[str, Any], count: int) -> str:
    told_count = data["conversations"]
    numbers = told_count["numbers"]
    if 2 <= count < len(numbers):
        counted: str = told_count["counted"]
        return counted.format(number=numbers[count])
    many: str = told_count["many"]
    return many
