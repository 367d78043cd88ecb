"""Drafts by the skeleton of R4: thanks, acceptance, one question, an easy way out, thanks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kindregards.core.letters.reading import Feedback, Person, Stage, Style
from kindregards.core.outreach.draft import Draft, DraftKind
from kindregards.core.outreach.habits import NO_HABITS, Habits
from kindregards.core.outreach.shape import GOOD_WORDS
from kindregards.core.outreach.skeleton import Skeleton, drafted, fitting, sentences, skeleton


def advice_request(
    *,
    sender_name: str,
    recipient: Person | None = None,
    employer: str = "",
    role: str = "",
    stage: Stage | None = None,
    style: Style | None = None,
    feedback: Sequence[Feedback] = (),
    learnt: str = "",
    conversations: int = 0,
    language: str = "en",
    formal: bool = False,
    thread_subject: str = "",
    seed: int | str = 0,
    habits: Habits = NO_HABITS,
) -> Draft:
    """A letter that thanks and asks for advice, once (R3, R4), as a Draft to be edited.

    `learnt` completes "What I took home is …", in the person's own words; without it a blank in
    square brackets stands there, which the Guard does not let pass. `conversations` is how many
    there were, 0 for unknown. A stated reason in `feedback` is thanked for and leads to the
    question after it. `formal` is Sie in German and "Dear" in English; `language` other than "de"
    is written in English. The same `seed` gives the same letter, another one another letter.
    `habits` are the person's own.
    """
    told = skeleton(
        DraftKind.ADVICE_REQUEST,
        sender_name=sender_name,
        recipient=recipient,
        employer=employer,
        role=role,
        stage=stage,
        style=style,
        language=language,
        formal=formal,
        seed=seed,
        habits=habits,
        learnt=learnt.strip() or _blank(language, stage),
        conversations=_conversations(language, conversations),
        reason=_reason(language, feedback),
    )
    text = fitting(told, _advice_blocks, _aim(told))
    return drafted(told, text, recipient, thread_subject, language)


def thanks(
    *,
    sender_name: str,
    recipient: Person | None = None,
    employer: str = "",
    role: str = "",
    stage: Stage | None = None,
    style: Style | None = None,
    learnt: str = "",
    conversations: int = 0,
    language: str = "en",
    formal: bool = False,
    thread_subject: str = "",
    seed: int | str = 0,
    habits: Habits = NO_HABITS,
) -> Draft:
    """A short letter that thanks and asks nothing, about 25 to 60 words, as a Draft.

    The arguments are those of `advice_request`; without `learnt` there is no sentence for it.
    """
    told = skeleton(
        DraftKind.THANKS,
        sender_name=sender_name,
        recipient=recipient,
        employer=employer,
        role=role,
        stage=stage,
        style=style,
        language=language,
        formal=formal,
        seed=seed,
        habits=habits,
        learnt=learnt,
        conversations=_conversations(language, conversations),
    )
    blocks = _thanks_blocks if learnt.strip() else _bare_thanks_blocks
    return drafted(told, fitting(told, blocks, (30, 60)), recipient, thread_subject, language)


def follow_up(
    *,
    sender_name: str,
    recipient: Person | None = None,
    employer: str = "",
    language: str = "en",
    formal: bool = False,
    thread_subject: str = "",
    seed: int | str = 0,
    habits: Habits = NO_HABITS,
) -> Draft:
    """The one short reminder, 7 to 10 days after an unanswered request (R8), as a Draft."""
    told = skeleton(
        DraftKind.FOLLOW_UP,
        sender_name=sender_name,
        recipient=recipient,
        employer=employer,
        language=language,
        formal=formal,
        seed=seed,
        habits=habits,
    )
    text = fitting(told, _reminder_blocks, (50, 75))
    return drafted(told, text, recipient, thread_subject, language)


def _blank(language: str, stage: Stage | None) -> str:
    data = sentences("de" if language == "de" else "en")
    met = Stage.FINAL if stage is Stage.OFFER else stage or Stage.INTERVIEW
    blank: str = data["blank"][met.value]
    return blank


def _reason(language: str, feedback: Sequence[Feedback]) -> str:
    """The first stated reason that a question can be about."""
    data = sentences("de" if language == "de" else "en")
    named = (data["reason"].get(said.reason.value, "") for said in feedback)
    return next(filter(None, named), "")


def _conversations(language: str, count: int) -> str:
    told: Mapping[str, Any] = sentences("de" if language == "de" else "en")["conversations"]
    numbers = told["numbers"]
    if 2 <= count < len(numbers):
        counted: str = told["counted"]
        return counted.format(number=numbers[count])
    many: str = told["many"]
    return many


def _aim(told: Skeleton) -> tuple[int, int]:
    """The words to aim at: the target of R3, less where nobody was met."""
    return (55, 85) if told.stage is Stage.APPLICATION else GOOD_WORDS


def _advice_blocks(told: Skeleton, turn: int) -> Iterator[str]:
    voice, met = told.voice, told.stage is not Stage.APPLICATION
    suffix = "" if met else "_application"
    yield told.greeting(turn)
    yield f"{_thanked(told, turn)} {told.said(turn, 'accept')}"
    yield _learnt(told, turn)
    if told.facts["reason"]:
        yield told.chosen(turn, "question", voice["question_reason"])
    else:
        bridge = told.chosen(turn, "bridge", voice[f"bridge{suffix}"])
        yield f"{bridge} {told.chosen(turn, 'question', voice[f'question{suffix}'])}"
    yield told.said(turn, "easy_way_out")
    yield told.signed(turn, "closing")


def _thanks_blocks(told: Skeleton, turn: int) -> Iterator[str]:
    greeting, thanked, wish, signed = _bare_thanks_blocks(told, turn)
    yield from (greeting, thanked, _learnt(told, turn), wish, signed)


def _bare_thanks_blocks(told: Skeleton, turn: int) -> Iterator[str]:
    yield told.greeting(turn)
    yield f"{_thanked(told, turn)} {told.voice['accept'][0]}"
    yield told.said(turn, "wish")
    yield told.signed(turn, "farewell")


def _reminder_blocks(told: Skeleton, turn: int) -> Iterator[str]:
    yield told.greeting(turn)
    for slot in ("reminder", "reminder_question", "reminder_end"):
        yield told.said(turn, slot)
    yield told.signed(turn, "farewell")


def _thanked(told: Skeleton, turn: int) -> str:
    return told.chosen(turn, "thanks", told.voice["thanks"][told.stage.value])


def _learnt(told: Skeleton, turn: int) -> str:
    group = "application" if told.stage is Stage.APPLICATION else "met"
    return told.chosen(turn, "learnt", told.voice["learnt"][group])
