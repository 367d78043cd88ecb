"""The sentences a letter is put together from, chosen by a seed and filled with what is known."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kindregards.core.letters.reading import Person, Stage, Style
from kindregards.core.outreach.draft import Draft, DraftKind
from kindregards.core.outreach.habits import NO_HABITS, Habits, aimed, with_habits
from kindregards.core.outreach.prose import WORD

_TRIES = 24
_REPLY = re.compile(r"\s*(?:re|aw|antw|sv|wg|fwd?)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What is known of the letter to be written; `facts` fill the sentences' places.

    `voice` are the sentences in the form of address, `data` is the whole file of the language.
    """

    kind: DraftKind
    voice: Mapping[str, Any]
    data: Mapping[str, Any]
    facts: Mapping[str, str]
    seed: str
    stage: Stage = Stage.INTERVIEW
    style: Style | None = None
    habits: Habits = NO_HABITS

    def chosen(self, turn: int, slot: str, choices: Sequence[str]) -> str:
        """One of the choices whose places can be filled, by the seed, and filled."""
        facts = {**self.facts, "personal": ""}
        able = [one for one in choices if all(facts.get(place) for place in _places(one))]
        choice = able[_number(self.seed, turn, slot) % len(able)]
        if "{personal}" in choice and self.style is Style.PERSONAL:
            personal: Sequence[str] = self.voice["personal"]
            facts["personal"] = personal[_number(self.seed, turn, "personal") % len(personal)]
        return choice.format(**facts)

    def said(self, turn: int, slot: str) -> str:
        """One of the voice's sentences of that slot."""
        return self.chosen(turn, slot, self.voice[slot])

    def greeting(self, turn: int) -> str:
        """A greeting by name where there is one."""
        return self.said(turn, "greeting" if self.facts["name"] else "greeting_nobody")

    def signed(self, turn: int, slot: str = "farewell") -> str:
        """The closing and the person's name below it."""
        return f"{self.said(turn, slot)}\n{self.facts['sender']}".rstrip()


Blocks = Callable[[Skeleton, int], Iterator[str]]


def skeleton(
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
    habits: Habits = NO_HABITS,
    **facts: str,
) -> Skeleton:
    """The skeleton for a letter; a stage that is not known counts as an interview.

    `facts` are what the person filled in; an empty one becomes the blank of its name where the
    language's file has one.
    """
    data = sentences("de" if language == "de" else "en")
    voice = {**data["first_name"], **data["formal"]} if formal else data["first_name"]
    name = plain(recipient.name) if recipient else ""
    blanks = data["blank"]
    told = {key: _told(value) or blanks.get(key, "") for key, value in facts.items()}
    known = {
        "name": name if formal else name.split(" ")[0],
        "sender": " ".join(sender_name.split()),
        "employer": plain(employer),
        "role": plain(role),
        **told,
    }
    stage = Stage.FINAL if stage is Stage.OFFER else stage or Stage.INTERVIEW
    return Skeleton(kind, voice, data, known, str(seed), stage, style, habits)


def _told(words: str) -> str:
    """What the person filled in, as it can stand inside a sentence."""
    return " ".join(words.split()).rstrip(".!")


@cache
def sentences(language: str) -> Mapping[str, Any]:
    """All sentences of a language, `en` or `de`."""
    source = files("kindregards.core.outreach") / "skeletons" / f"{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def plain(name: str) -> str:
    """A name or role as it can stand in a sentence: on one line, without what is in brackets."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]|[*/]\w*|[\[\]!?_<>{}|]", " ", name)
    return " ".join(bare.split()).strip(" ,;:-")


def fitting(told: Skeleton, blocks: Blocks, aim: tuple[int, int]) -> str:
    """The first letter of the seed's sequence within `aim` words, else the nearest to it.

    The person's own length moves the aim.
    """
    letters = ["\n\n".join(blocks(told, turn)) for turn in range(_TRIES)]
    low, high = aimed(aim, told.habits)

    def distance(letter: str) -> int:
        words = len(WORD.findall(letter))
        return max(low - words, words - high, 0)

    return min(letters, key=distance)


def drafted(
    told: Skeleton, text: str, recipient: Person | None, thread_subject: str, language: str
) -> Draft:
    """The Draft of a text, in the thread of the letter it answers where there is one."""
    return Draft(
        text=with_habits(text, told.habits, "de" if language == "de" else "en") + "\n",
        subject=_subject(told, thread_subject),
        to=(recipient.email,) if recipient and recipient.email else (),
        kind=told.kind,
        language="de" if language == "de" else "en",
    )


def _subject(told: Skeleton, thread_subject: str) -> str:
    subject = " ".join(thread_subject.split())
    if not subject:
        return told.chosen(0, "subject", told.data["subject"][told.kind.value])
    if _REPLY.match(subject):
        return subject
    return f"{told.data['subject']['prefix']}{subject}"


def _places(sentence: str) -> list[str]:
    return [place for place in re.findall(r"\{(\w+)\}", sentence) if place != "personal"]


def _number(seed: str, turn: int, slot: str) -> int:
    digest = hashlib.sha256(f"{seed}\0{turn}\0{slot}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big")
