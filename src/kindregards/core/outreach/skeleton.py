"""The sentences a letter is put together from, chosen by a seed and filled with what is known."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kindregards.core.letters.reading import Person, Stage, Style
from kindregards.core.outreach.draft import Draft, DraftKind
from kindregards.core.outreach.habits import NO_HABITS, Habits, aimed, with_habits
from kindregards.core.outreach.prose import WORD
from kindregards.core.outreach.shape import LONG_SENTENCE

_TRIES = 24
_REPLY = re.compile(r"\s*(?:re|aw|antw|sv|wg|fwd?)\s*:", re.IGNORECASE)
_WAYS = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What is known of the letter to be written; `facts` fill the sentences' places.

    `voice` are the sentences in the form of address; a slot has a list of them, or one for each
    stage ("met" stands for all but the application).
    """

    kind: DraftKind
    language: str
    voice: Mapping[str, Any]
    facts: Mapping[str, str]
    seed: str
    stage: Stage = Stage.INTERVIEW
    style: Style | None = None
    habits: Habits = NO_HABITS

    def said(self, turn: int, slot: str) -> str:
        """One of the sentences of a slot, by the seed."""
        choices = self.voice[slot]
        if isinstance(choices, Mapping):
            choices = choices.get(self.stage.value) or choices["met"]
        return self.chosen(turn, slot, choices)

    def chosen(self, turn: int, slot: str, choices: Sequence[str]) -> str:
        """One of the choices whose places can be filled, by the seed, and filled."""
        facts = {**self.facts, "personal": ""}
        able = [one for one in choices if all(facts.get(place) for place in _places(one))]
        choice = self._one_way(turn, slot, able[_number(self.seed, turn, slot) % len(able)])
        said = choice.format(**facts)
        if "{personal}" not in choice or self.style is not Style.PERSONAL:
            return said
        personal: Sequence[str] = self.voice["personal"]
        facts["personal"] = personal[_number(self.seed, turn, "personal") % len(personal)]
        longer = choice.format(**facts)
        return longer if len(WORD.findall(longer)) <= LONG_SENTENCE else said

    def _one_way(self, turn: int, slot: str, choice: str) -> str:
        """The sentence with one of the words of each "(these|those)" in it."""

        def way(found: re.Match[str]) -> str:
            ways = found.group(1).split("|")
            return ways[_number(self.seed, turn, f"{slot} {found.start()}") % len(ways)]

        return _WAYS.sub(way, choice)

    def greeting(self, turn: int) -> str:
        """A greeting by name where there is one."""
        return self.said(turn, "greeting" if self.facts["name"] else "greeting_nobody")

    def signed(self, turn: int, slot: str) -> str:
        """The closing and the person's name below it."""
        return f"{self.said(turn, slot)}\n{self.facts['sender']}".rstrip()


def told(words: str) -> str:
    """What the person filled in, as it can stand inside a sentence."""
    return " ".join(words.split()).rstrip(".!")


def filled(text: str, blank: str, words: str) -> str:
    """The text with the person's words where the blank stands; a question keeps one mark."""
    own = told(words)
    if not blank or not own:
        return text
    before, there, after = text.partition(blank)
    if there and own.endswith("?"):
        after = after.lstrip("?.")
    return f"{before}{own}{after}" if there else text


@cache
def sentences(language: str) -> Mapping[str, Any]:
    """All sentences of a language, `en` or `de`.

    Under `first_name` and `formal` stand those of that form of address with those of any form.
    """
    source = files("kindregards.core.outreach") / "skeletons" / f"{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    forms = {form: _merged(data["any"], data[form]) for form in ("first_name", "formal")}
    return {**data, **forms}


def _merged(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {**shared, **own}
    for slot in shared.keys() & own.keys():
        one, other = shared[slot], own[slot]
        merged[slot] = _merged(one, other) if isinstance(one, Mapping) else [*one, *other]
    return merged


def plain(name: str) -> str:
    """A name or role as it can stand in a sentence: on one line, without what is in brackets."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]|[*/]\w*|[\[\]!?_<>{}|]", " ", name)
    return " ".join(bare.split()).strip(" ,;:-")


def fitting(
    skeleton: Skeleton, blocks: Callable[[int], Iterable[str]], aim: tuple[int, int]
) -> str:
    """The first letter of the seed's sequence within `aim` words, else the nearest to it.

    The person's own length moves the aim.
    """
    letters = ["\n\n".join(blocks(turn)) for turn in range(_TRIES)]
    low, high = aimed(aim, skeleton.habits)

    def distance(letter: str) -> int:
        words = len(WORD.findall(letter))
        return max(low - words, words - high, 0)

    return min(letters, key=distance)


def drafted(skeleton: Skeleton, text: str, recipient: Person | None, thread_subject: str) -> Draft:
    """The Draft of a text, in the thread of the letter it answers where there is one."""
    return Draft(
        text=with_habits(text, skeleton.habits, skeleton.language) + "\n",
        subject=_subject(skeleton, thread_subject),
        to=(recipient.email,) if recipient and recipient.email else (),
        kind=skeleton.kind,
        language=skeleton.language,
    )


def _subject(skeleton: Skeleton, thread_subject: str) -> str:
    subject = " ".join(thread_subject.split())
    data = sentences(skeleton.language)["subject"]
    if not subject:
        named = data.get(skeleton.facts.get("about", "")) or data[skeleton.kind.value]
        return skeleton.chosen(0, "subject", named)
    return subject if _REPLY.match(subject) else f"{data['prefix']}{subject}"


def _places(sentence: str) -> list[str]:
    return [place for place in re.findall(r"\{(\w+)\}", sentence) if place != "personal"]


def _number(seed: str, turn: int, slot: str) -> int:
    digest = hashlib.sha256(f"{seed}\0{turn}\0{slot}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big")
