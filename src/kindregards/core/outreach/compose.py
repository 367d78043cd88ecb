"""Drafts of every kind, put together by the forms below from what is known (R3, R4, R8, R27)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kindregards.core.letters.reading import Feedback, Person, Stage, Style
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
        Form((("remembered",), ("used",), ("came_of_it",), ("no_answer",)), _SHORT),
    ),
    DraftKind.ON_FILE: (
        Form((("on_file",), ("hope",), ("wish",)), _SHORT, needs=("hope",)),
        Form((("on_file",), ("on_file_yes",), ("wish",)), _SHORT),
    ),
    DraftKind.CALL: (Form((("call",), ("times",), ("call_short",)), _SHORT),),
}

# What only the person knows: a blank stands for it, which the Guard does not let pass.
BLANKS: Mapping[DraftKind, tuple[str, ...]] = {
    DraftKind.ADVICE_REQUEST: ("learnt",),
    DraftKind.ADVICE_THANKS: ("first_step",),
    DraftKind.PROGRESS: ("used", "came_of_it"),
    DraftKind.CALL: ("times",),
}


def compose(kind: DraftKind, known: Known) -> Draft:
    """A letter of that kind as a Draft to be edited.

    A stated reason in the feedback is thanked for and leads to the question after it (R24). Raises
    KeyError on a kind that has no form, which is `other`.
    """
    skeleton = _skeleton(kind, known)
    form = next(one for one in FORMS[kind] if all(map(skeleton.facts.get, one.needs)))
    unmet = skeleton.stage is Stage.APPLICATION and form.aim_unmet
    text = fitting(skeleton, lambda turn: _blocks(skeleton, form, turn), unmet or form.aim)
    return drafted(skeleton, text, known.recipient, known.thread_subject)


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
    facts = {
        "name": name if known.formal else name.split(" ")[0],
        "sender": " ".join(known.sender_name.split()),
        "employer": plain(known.employer),
        "role": plain(known.role),
        "reason": _reason(data, known.feedback),
        "conversations": _conversations(data, known.conversations),
        **{key: own.get(key) or _blank(data, key, stage) for key in BLANKS.get(kind, ())},
    }
    voice = data["formal"] if known.formal else data["first_name"]
    return Skeleton(
        kind, language, voice, {**own, **facts}, str(known.seed), stage, known.style, known.habits
    )


def _blank(data: Mapping[str, Any], key: str, stage: Stage) -> str:
    blank: str = data["blank"][stage.value if key == "learnt" else key]
    return blank


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
