"""Drafts by the skeleton of R4: thanks, acceptance, one question, an easy way out, thanks."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kindregards.core.letters.reading import Feedback, Person, Stage, Style
from kindregards.core.outreach.draft import Draft, DraftKind
from kindregards.core.outreach.prose import WORD
from kindregards.core.outreach.shape import GOOD_WORDS

_TRIES = 24
_REPLY = re.compile(r"\s*(?:re|aw|antw|sv|wg|fwd?)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Occasion:
    """What is known of the letter to be written; `facts` fill the sentences' places."""

    kind: DraftKind
    voice: Mapping[str, Any]
    data: Mapping[str, Any]
    stage: Stage
    style: Style | None
    facts: Mapping[str, str]
    reason: str
    seed: str


_Blocks = Callable[[_Occasion, int], Iterator[str]]


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
) -> Draft:
    """A letter that thanks and asks for advice, once (R3, R4), as a Draft to be edited.

    `learnt` completes "What I took home is …", in the person's own words; without it a blank in
    square brackets stands there, which the Guard does not let pass. `conversations` is how many
    there were, 0 for unknown. A stated reason in `feedback` is thanked for and leads to the
    question after it. `formal` is Sie in German and "Dear" in English; `language` other than "de"
    is written in English. The same `seed` gives the same letter, another one another letter.
    """
    occasion = _occasion(
        DraftKind.ADVICE_REQUEST,
        sender_name=sender_name,
        recipient=recipient,
        employer=employer,
        role=role,
        stage=stage,
        style=style,
        feedback=feedback,
        learnt=learnt,
        conversations=conversations,
        language=language,
        formal=formal,
        seed=seed,
    )
    text = _fitting(occasion, _advice_blocks, _aim(occasion))
    return _draft(occasion, text, recipient, thread_subject, language)


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
) -> Draft:
    """A short letter that thanks and asks nothing, about 25 to 60 words, as a Draft.

    The arguments are those of `advice_request`; without `learnt` there is no sentence for it.
    """
    occasion = _occasion(
        DraftKind.THANKS,
        sender_name=sender_name,
        recipient=recipient,
        employer=employer,
        role=role,
        stage=stage,
        style=style,
        learnt=learnt,
        conversations=conversations,
        language=language,
        formal=formal,
        seed=seed,
    )
    blocks = _thanks_blocks if learnt.strip() else _bare_thanks_blocks
    return _draft(
        occasion, _fitting(occasion, blocks, (30, 60)), recipient, thread_subject, language
    )


def follow_up(
    *,
    sender_name: str,
    recipient: Person | None = None,
    employer: str = "",
    language: str = "en",
    formal: bool = False,
    thread_subject: str = "",
    seed: int | str = 0,
) -> Draft:
    """The one short reminder, 7 to 10 days after an unanswered request (R8), as a Draft."""
    occasion = _occasion(
        DraftKind.FOLLOW_UP,
        sender_name=sender_name,
        recipient=recipient,
        employer=employer,
        language=language,
        formal=formal,
        seed=seed,
    )
    text = _fitting(occasion, _reminder_blocks, (50, 75))
    return _draft(occasion, text, recipient, thread_subject, language)


def _occasion(
    kind: DraftKind,
    *,
    sender_name: str,
    recipient: Person | None,
    employer: str,
    language: str,
    formal: bool,
    seed: int | str,
    role: str = "",
    stage: Stage | None = None,
    style: Style | None = None,
    feedback: Sequence[Feedback] = (),
    learnt: str = "",
    conversations: int = 0,
) -> _Occasion:
    data = _skeleton("de" if language == "de" else "en")
    voice = {**data["first_name"], **data["formal"]} if formal else data["first_name"]
    stage = Stage.FINAL if stage is Stage.OFFER else stage or Stage.INTERVIEW
    name = _plain(recipient.name) if recipient else ""
    facts = {
        "name": name if formal else name.split(" ")[0],
        "sender": " ".join(sender_name.split()),
        "employer": _plain(employer),
        "role": _plain(role),
        "learnt": " ".join(learnt.split()).rstrip(".!") or data["blank"][stage.value],
        "conversations": _conversations(data, conversations),
    }
    reasons = [data["reason"].get(said.reason.value, "") for said in feedback]
    return _Occasion(
        kind, voice, data, stage, style, facts, next(filter(None, reasons), ""), str(seed)
    )


@cache
def _skeleton(language: str) -> Mapping[str, Any]:
    source = files("kindregards.core.outreach") / "skeletons" / f"{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _plain(name: str) -> str:
    """A name or role as it can stand in a sentence: on one line, without what is in brackets."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]|[*/]\w*|[\[\]!?_<>{}|]", " ", name)
    return " ".join(bare.split()).strip(" ,;:-")


def _conversations(data: Mapping[str, Any], count: int) -> str:
    numbers = data["conversations"]["numbers"]
    if 2 <= count < len(numbers):
        counted: str = data["conversations"]["counted"]
        return counted.format(number=numbers[count])
    many: str = data["conversations"]["many"]
    return many


def _aim(occasion: _Occasion) -> tuple[int, int]:
    """The words to aim at: the target of R3, less where nobody was met."""
    return (55, 85) if occasion.stage is Stage.APPLICATION else GOOD_WORDS


def _fitting(occasion: _Occasion, blocks: _Blocks, aim: tuple[int, int]) -> str:
    """The first letter of the seed's sequence within `aim` words, else the nearest to it."""
    letters = ["\n\n".join(blocks(occasion, turn)) for turn in range(_TRIES)]
    low, high = aim

    def distance(letter: str) -> int:
        words = len(WORD.findall(letter))
        return max(low - words, words - high, 0)

    return min(letters, key=distance)


def _advice_blocks(occasion: _Occasion, turn: int) -> Iterator[str]:
    voice, met = occasion.voice, occasion.stage is not Stage.APPLICATION
    suffix = "" if met else "_application"
    yield _greeting(occasion, turn)
    yield f"{_thanked(occasion, turn)} {_chosen(occasion, turn, 'accept', voice['accept'])}"
    yield _learnt(occasion, turn)
    if occasion.reason:
        yield _chosen(occasion, turn, "question", voice["question_reason"])
    else:
        bridge = _chosen(occasion, turn, "bridge", voice[f"bridge{suffix}"])
        yield f"{bridge} {_chosen(occasion, turn, 'question', voice[f'question{suffix}'])}"
    yield _chosen(occasion, turn, "easy_way_out", voice["easy_way_out"])
    yield _signed(occasion, turn, "closing")


def _thanks_blocks(occasion: _Occasion, turn: int) -> Iterator[str]:
    greeting, thanked, wish, signed = _bare_thanks_blocks(occasion, turn)
    yield from (greeting, thanked, _learnt(occasion, turn), wish, signed)


def _bare_thanks_blocks(occasion: _Occasion, turn: int) -> Iterator[str]:
    yield _greeting(occasion, turn)
    yield f"{_thanked(occasion, turn)} {occasion.voice['accept'][0]}"
    yield _chosen(occasion, turn, "wish", occasion.voice["wish"])
    yield _signed(occasion, turn, "farewell")


def _reminder_blocks(occasion: _Occasion, turn: int) -> Iterator[str]:
    yield _greeting(occasion, turn)
    for slot in ("reminder", "reminder_question", "reminder_end"):
        yield _chosen(occasion, turn, slot, occasion.voice[slot])
    yield _signed(occasion, turn, "farewell")


def _thanked(occasion: _Occasion, turn: int) -> str:
    return _chosen(occasion, turn, "thanks", occasion.voice["thanks"][occasion.stage.value])


def _learnt(occasion: _Occasion, turn: int) -> str:
    group = "application" if occasion.stage is Stage.APPLICATION else "met"
    return _chosen(occasion, turn, "learnt", occasion.voice["learnt"][group])


def _signed(occasion: _Occasion, turn: int, slot: str) -> str:
    leave = _chosen(occasion, turn, slot, occasion.voice[slot])
    return f"{leave}\n{occasion.facts['sender']}".rstrip()


def _greeting(occasion: _Occasion, turn: int) -> str:
    slot = "greeting" if occasion.facts["name"] else "greeting_nobody"
    return _chosen(occasion, turn, slot, occasion.voice[slot])


def _chosen(occasion: _Occasion, turn: int, slot: str, choices: Sequence[str]) -> str:
    """One of the choices whose places can be filled, by the seed, and filled."""
    facts = {**occasion.facts, "reason": occasion.reason, "personal": ""}
    able = [one for one in choices if all(facts[place] for place in _places(one))]
    choice = able[_number(occasion.seed, turn, slot) % len(able)]
    if "{personal}" in choice and occasion.style is Style.PERSONAL:
        personal: Sequence[str] = occasion.voice["personal"]
        facts["personal"] = personal[_number(occasion.seed, turn, "personal") % len(personal)]
    return choice.format(**facts)


def _places(sentence: str) -> list[str]:
    return [place for place in re.findall(r"\{(\w+)\}", sentence) if place != "personal"]


def _number(seed: str, turn: int, slot: str) -> int:
    digest = hashlib.sha256(f"{seed}\0{turn}\0{slot}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big")


def _draft(
    occasion: _Occasion, text: str, recipient: Person | None, thread_subject: str, language: str
) -> Draft:
    return Draft(
        text=text + "\n",
        subject=_subject(occasion, thread_subject),
        to=(recipient.email,) if recipient and recipient.email else (),
        kind=occasion.kind,
        language="de" if language == "de" else "en",
    )


def _subject(occasion: _Occasion, thread_subject: str) -> str:
    subject = " ".join(thread_subject.split())
    if not subject:
        return _chosen(occasion, 0, "subject", occasion.data["subject"][occasion.kind.value])
    if _REPLY.match(subject):
        return subject
    return f"{occasion.data['subject']['prefix']}{subject}"
