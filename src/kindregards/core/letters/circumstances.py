"""How far the person came, whether the door is open, and whether a person wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from functools import cache
from itertools import chain
from operator import add
from pathlib import Path

from kindregards.core.letters.lanes import Added, Lanes, Row
from kindregards.core.letters.page import Page
from kindregards.core.letters.reading import Door, Kind, Stage, Style
from kindregards.core.letters.senders import takes_no_replies
from kindregards.core.letters.signatures import is_person
from kindregards.core.letters.signs import Sign
from kindregards.core.letters.weighing import Weights, shape_of, words_of

VALUES: dict[str, tuple[str, ...]] = {
    "style": (Style.FORM, Style.PERSONAL),
    "stage": (Stage.APPLICATION, Stage.SCREEN, Stage.INTERVIEW, Stage.FINAL),
    "door": (Door.OPEN, Door.CLOSED, Door.UNCLEAR),
}
"""What is weighed for each field, in the order in which `circumstances.json` gives weights."""

_PLACEHOLDER = re.compile(r"\{\{|\$\{|<<|%s|\[(?:First|Name|Candidate|Applicant|Position)")
_BEGINS = ("{{", "<<", "%s", "[")
# Who says "I" writes as a person; languages that leave the word out say it in the verb.
_SELF = {
    language: frozenset(words.split())
    for language, words in {
        "en": "i",
        "de": "ich",
        "fr": "je j'ai j'aurais j'espère moi",
        "nl": "ik",
        "es": "yo me mi mí quería quiero escribo siento espero creo",
        "pt": "eu me mim minha meu gostei queria espero estou",
        "it": "io mi ho scrivo spero volevo penso",
        "pl": "mi ja mnie chciałem chciałam piszę mam jestem",
        "fi": "minä mä minun olen halusin pidin mielestäni",
    }.items()
}
_STAGED = (Kind.REJECTION, Kind.ON_HOLD)
_NOT_YET = re.compile(
    r"(?:invit|offer you|next|to an?|for an?|select\w* for|be interview|proceed|consider\w* for)"
    r"\b[^.]{0,25}$"
)
_PLAIN_NO = 3.0
"""The weight from which on a wording of refusal says no by itself, as in `weighing`."""
_COUNTED = ("feedback", "kind_words", "rejection", "stage", "style.personal", "style.form")

Leanings = Mapping[str, Mapping[str, float]]
"""By field and value: how much is to be said for it, up to a constant."""
COLUMNS = tuple((field, value) for field, values in VALUES.items() for value in values)
"""Each field and value, in the order of a row of numbers."""


def of_field(signs: list[Sign], field: str) -> list[Sign]:
    """The signs of a field whose force nothing takes."""
    return [sign for sign in signs if sign.group.field == field and not sign.spared]


def facts_of(
    page: Page,
    signs: list[Sign],
    language: str,
    *,
    signed: bool,
    vocabulary: Set[str] = frozenset(),
) -> dict[str, float]:
    """What is weighed, by name: groups found, how many, who wrote, the shape.

    And the words that stand there, of a `vocabulary` that is being fitted.
    """
    facts: dict[str, float] = {}
    counts = dict.fromkeys(_COUNTED, 0)
    for sign in signs:
        name = _name_of(page, sign)
        facts[name] = 1.5 if name in facts else 1.0
        if not sign.spared:
            for told in (sign.group.field, sign.group.name):
                if told in counts:
                    counts[told] += 1
    facts |= {f"count.{told}": min(count, 5) / 3 for told, count in counts.items() if count}
    facts[f"first.{_furthest(page, signs)}"] = 1.0
    facts[f"first.{_plainest(signs, Door.CLOSED)}"] = 1.0
    sender = page.letter.sender
    marks = {
        "letter.signed": signed,
        "letter.self": not page.words.isdisjoint(_SELF.get(language, ())),
        "letter.placeholder": _has_placeholder(page.letter.text),
        "letter.ends_with_no": not signed and _ends_with_no(page, signs),
        "letter.only_no": not signed and _says_only_no(page, signs),
        "sender.person": bool(sender.email) and is_person(sender.name, sender.email),
        "sender.no_replies": takes_no_replies(sender.email),
    }
    facts |= {name: 1.0 for name, holds in marks.items() if holds}
    words = words_of(page) & vocabulary if vocabulary else ()
    return facts | shape_of(page) | dict.fromkeys(words, 1.0)


def leanings_of(facts: Mapping[str, float], said_by_words: Row) -> Leanings:
    """How much the facts of a letter and its words speak for each value of each field."""
    totals = map(add, _added().by(facts), said_by_words)
    leanings: dict[str, dict[str, float]] = {field: {} for field in VALUES}
    for (field, value), total in zip(COLUMNS, totals, strict=True):
        leanings[field][value] = total
    return leanings


def _has_placeholder(text: str) -> bool:
    """Whether a form was sent with a place left unfilled; few letters hold what one begins with."""
    return any(map(text.__contains__, _BEGINS)) and _PLACEHOLDER.search(text) is not None


def _ends_with_no(page: Page, signs: list[Sign]) -> bool:
    """Whether nothing follows the refusal: no farewell, no thanks, no name."""
    last = len(page.starts) - 1
    refused = [sign.sentence for sign in signs if _refuses(sign)]
    return last in refused


def _says_only_no(page: Page, signs: list[Sign]) -> bool:
    """Whether a letter ends with its refusal and gives neither a reason nor a hint at later."""
    said = {
        sign.group.name if sign.group.field == "rejection" else sign.group.field for sign in signs
    }
    return said.isdisjoint(("door", "feedback", "rejection.filled")) and _ends_with_no(page, signs)


def _refuses(sign: Sign) -> bool:
    group = sign.group
    return group.field == Kind.REJECTION and group.weight >= _PLAIN_NO and not sign.spared


def _name_of(page: Page, sign: Sign) -> str:
    if sign.spared:
        return f"{sign.group.name}~{sign.spared}"
    wished = sign.group.field == "stage" and _only_wished(page, sign)
    return f"{sign.group.name}~wished" if wished else sign.group.name


def stage_of(
    kind: Kind, page: Page, signs: list[Sign], leanings: Leanings
) -> tuple[Stage | None, list[Sign]]:
    """The stage the evidence leans to, of those whose words stand there; else `application`."""
    if kind not in _STAGED:
        return None, []
    shown = [sign for sign in of_field(signs, "stage") if not _only_wished(page, sign)]
    values = {sign.group.value for sign in shown}
    if Stage.SCREEN in values and _furthest(page, signs) is Stage.SCREEN:
        values.discard(Stage.INTERVIEW)  # it is only spoken of where the call is
    told = {
        stage: {sign.sentence for sign in shown if sign.group.value == stage} for stage in values
    }
    if told.get(Stage.FINAL, set()) >= told.get(Stage.INTERVIEW, set()) > set():
        values.discard(Stage.INTERVIEW)  # it is only spoken of as the last one
    stage = Stage(_leaning("stage", leanings, values, "application"))
    return stage, [sign for sign in shown if sign.group.value == stage]


def _furthest(page: Page, signs: list[Sign]) -> Stage:
    """The furthest stage the words show; `application` for a refusal that shows no other."""
    shown = [sign for sign in of_field(signs, "stage") if not _only_wished(page, sign)]
    by_phone = {sign.sentence for sign in shown if sign.group.value == Stage.SCREEN}
    for stage in (Stage.FINAL, Stage.INTERVIEW, Stage.SCREEN):
        telling = {sign.sentence for sign in shown if sign.group.value == stage}
        # "Speaking with us on the phone" is a first call, whatever else the sentence says.
        if telling - by_phone if stage is Stage.INTERVIEW else telling:
            return stage
    return Stage.APPLICATION


def _only_wished(page: Page, sign: Sign) -> bool:
    """Whether the conversation is one that does not come about ("invite you to an interview")."""
    start = sign.start + page.offset
    return bool(_NOT_YET.search(page.lowered[max(0, start - 60) : start]))


def door_of(kind: Kind, signs: list[Sign], leanings: Leanings) -> tuple[Door | None, list[Sign]]:
    """Open where the letter leaves a way back, closed where it leaves none."""
    if kind not in _STAGED:
        return None, []
    shown = of_field(signs, "door")
    values = {sign.group.value for sign in shown}
    if kind is Kind.ON_HOLD:
        door = _plainest(signs, Door.UNCLEAR)
    else:
        door = Door(_leaning("door", leanings, values, Door.CLOSED, Door.UNCLEAR))
    return door, [sign for sign in shown if sign.group.value == door]


def _plainest(signs: list[Sign], otherwise: Door) -> Door:
    shown = {sign.group.value for sign in of_field(signs, "door")}
    order = (Door.CLOSED, Door.OPEN, Door.UNCLEAR)
    return next((door for door in order if door in shown), otherwise)


def style_of(kind: Kind, signs: list[Sign], leanings: Leanings) -> tuple[Style | None, list[Sign]]:
    """Personal where details of this conversation outweigh the wording of forms."""
    if kind is Kind.OTHER or kind is Kind.JOB_ALERT:
        return None, []
    style = Style(_leaning("style", leanings, VALUES["style"]))
    return style, [sign for sign in of_field(signs, "style") if sign.group.value == style]


def _leaning(field: str, leanings: Leanings, shown: Iterable[str], *always: str) -> str:
    """The value all facts together lean to, of those that the letter's words can show."""
    scores = leanings[field]
    return max({*shown, *always} & scores.keys(), key=lambda value: scores[value])


@cache
def fitted_leanings() -> Mapping[str, Weights]:
    """For each field of `VALUES`, a number for each of its values, by the name of a fact."""
    import json

    file = Path(__file__).parent / "circumstances.json"
    weights: dict[str, dict[str, list[float]]] = json.loads(file.read_text("utf-8"))
    return weights


def fitted_row(name: str) -> Row:
    """The same numbers for a fact in one row, in the order of `COLUMNS`."""
    rows = (fitted_leanings()[field].get(name, (0.0,) * len(VALUES[field])) for field in VALUES)
    return list(chain.from_iterable(rows))


@cache
def _added() -> Added:
    return Added(
        Lanes(len(COLUMNS)), lambda name, value: [number * value for number in fitted_row(name)]
    )
