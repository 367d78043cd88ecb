"""Which kind a letter is: all evidence weighed together, as a calibrated probability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cache, partial
from itertools import pairwise
from math import exp, log1p
from pathlib import Path

from kindregards.core.letters.lanes import Added, Lanes, Row
from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import Phrasebook
from kindregards.core.letters.reading import Kind
from kindregards.core.letters.senders import LINKEDIN_TEMPLATES, sends_for_others, takes_no_replies
from kindregards.core.letters.signs import Sign

KINDS = tuple(Kind)

SOFTENED = 1.15
"""Letters left out of the fitting are told right less often than the bare scores say."""
_GATE = 1.0
"""Log odds taken from a refusal in which no wording of refusal was found, or only a hint at one."""
_GATE_BY_LENGTH = 0.8
"""The same for every 300 characters past 200: who writes much and refuses says so somewhere."""
_PLAIN = 3.0
"""The weight from which on a wording of refusal says no by itself."""
_LIKELIER = 0.5
"""The chance from which on a refusal is told against a plain wording of another kind."""
_LESS = 0.6
"""What each further wording for the same kind adds, against the one before: they say it again."""

# Before fitting: how a letter without any sign is divided, in log odds.
_BEFORE = {Kind.OTHER: 1.2, Kind.REJECTION: -0.6, Kind.OFFER: -1.0, Kind.ON_HOLD: -0.8}
_LANES = Lanes(len(KINDS))
_START = _LANES.packed([_BEFORE.get(kind, -0.4) for kind in KINDS])


def features_of(
    page: Page, book: Phrasebook, signs: list[Sign], vocabulary: Set[str] = frozenset()
) -> dict[str, float]:
    """What is weighed, by name: groups found (also those spared), marks, shape, sender.

    And the words that stand there, of a `vocabulary` that is being fitted.
    """
    found: dict[str, float] = {}
    strong, refused = False, 0.0
    for sign in signs:
        name = sign.group.name
        if sign.spared:
            name = f"{name}~{sign.spared}"
        else:
            strong = strong or sign.group.weight >= 3
            if sign.group.field == Kind.REJECTION:
                refused = max(refused, sign.group.weight)
        found[name] = 1.5 if name in found else 1.0
    marking = page.words & book.marking
    for mark, words in book.marks.items():
        if here := words & marking:
            found[f"mark.{mark}"] = min(len(here), 4) / 4
    for name in _context(found, strong=strong, refused=refused):
        found[name] = 1.0
    if refused < _PLAIN:
        found["gate.length"] = min(max(len(page.letter.text) - 200, 0) / 300, 4.0)
    found |= shape_of(page) | _sender(page)
    said = words_of(page) & vocabulary if vocabulary else ()
    return found | dict.fromkeys(said, force_of_a_word(page))


def _context(found: Mapping[str, float], *, strong: bool, refused: float) -> Iterator[str]:
    """What is told by signs that are there together, or are not there."""
    of_work = "mark.work" in found
    if any(name in found for name in _ELSEWHERE):
        yield "context.both" if of_work else "context.elsewhere"
    if not strong:
        yield "context.nothing_strong"
        if not of_work:
            yield "context.no_work"
    if refused >= _PLAIN and "on_hold.undecided" in found:
        yield "pair.waiting_and_refused"
    if refused < _PLAIN and "on_hold.paused" in found:
        yield "pair.paused_and_not_refused"
    if not refused:
        yield "gate.no_refusal"
    elif refused < _PLAIN:
        yield "context.hinted_refusal"


# Those who refuse in the words of employers: where nothing speaks of work, they are meant.
_ELSEWHERE = ("other.school", "other.paper", "other.loan", "other.home", "other.grant")


def shape_of(page: Page) -> dict[str, float]:
    """How long the letter is, how it asks and how it breaks its lines; `shape.always` is 1."""
    text = page.letter.text
    sentences = len(page.starts) - page.first
    return {
        "shape.always": 1.0,
        "shape.length": min(log1p(len(text)) / 7, 1.5),
        "shape.questions": min(text.count("?"), 3) / 3,
        "shape.exclamations": min(text.count("!"), 3) / 3,
        "shape.lines": min(text.count("\n") / max(sentences, 1), 1.5),
    }


def _sender(page: Page) -> dict[str, float]:
    letter = page.letter
    found: dict[str, float] = {}
    template = letter.headers.get("x-linkedin-template", "").lower()
    if template in LINKEDIN_TEMPLATES:
        found[f"linkedin.{LINKEDIN_TEMPLATES[template]}"] = 1.0
    if "list-unsubscribe" in letter.headers:
        found["sender.list"] = 1.0
    if letter.sender.email and sends_for_others(letter.sender.email):
        found["sender.system"] = 1.0
    if takes_no_replies(letter.sender.email):
        found["sender.no_replies"] = 1.0
    return found


Weights = Mapping[str, Row]


@cache
def fitted_weights() -> Weights:
    """The weights fitted on top of those of the phrase files: a number for each kind, by feature.

    Features that begin with `w:` are words and pairs of words of our own letters. Empty where no
    weights ship.
    """
    import json

    file = Path(__file__).parent / "weights.json"
    if not file.is_file():
        return {}
    weights: dict[str, list[float]] = json.loads(file.read_text("utf-8"))
    return weights


def force_of_a_word(page: Page) -> float:
    """How much each word of a letter counts for its kind: less where there are many.

    Else a long letter would be told by its many small words and not by what it says.
    """
    return min(200 / (80 + len(page.words)), 1.5)


def words_of(page: Page) -> set[str]:
    """The words, stems and pairs of words of a letter, as the fitted weights name them."""
    pairs = (" ".join(pair) for run in page.tokens.different for pair in pairwise(run.words))
    return {f"w:{words}" for words in {*pairs, *page.words}}


def chances_of(
    page: Page, book: Phrasebook, signs: list[Sign], said_by_words: Row
) -> dict[Kind, float]:
    """The probability of each kind, by all that a letter shows and by what its words add."""
    scores = _scores(features_of(page, book, signs), book, _added(book))
    pairs = zip(scores.items(), said_by_words, strict=True)
    return probabilities({kind: score + added for (kind, score), added in pairs})


def likeliest(chances: Mapping[Kind, float], signs: list[Sign]) -> Kind:
    """The likeliest kind; a letter that plainly is another and refuses in no words is none.

    Where a plain wording speaks for another kind and none refuses, a refusal is told only if it is
    likelier than all else together.
    """
    first, second = sorted(chances, key=lambda kind: -chances[kind])[:2]
    if first is not Kind.REJECTION or chances[first] >= _LIKELIER:
        return first
    plain = {sign.group.field for sign in signs if _is_plain(sign)} & _BY_NAME.keys()
    return second if plain and Kind.REJECTION not in plain else first


def _is_plain(sign: Sign) -> bool:
    return sign.group.weight >= _PLAIN and not sign.spared


def scores_of(
    features: Mapping[str, float], book: Phrasebook, fitted: Weights
) -> dict[Kind, float]:
    """The log odds of each kind, up to a constant, with the weights fitted so far."""
    return _scores(features, book, Added(_LANES, partial(_row_of, book, fitted)))


def _scores(features: Mapping[str, float], book: Phrasebook, added: Added) -> dict[Kind, float]:
    totals = added.by(features, _START)
    scores: dict[Kind, float] = dict(zip(KINDS, totals, strict=True))
    for kind, said in _said_again(features, book).items():
        again = sorted(said, reverse=True)
        scores[kind] -= sum(weight * (1 - _LESS**place) for place, weight in enumerate(again))
    return scores


def _said_again(features: Mapping[str, float], book: Phrasebook) -> dict[Kind, list[float]]:
    """What the groups found say for each kind, where they say it more than once."""
    said: dict[Kind, list[float]] = {}
    for name in features.keys() & book.groups.keys():
        group = book.groups[name]
        if group.field in _BY_NAME:
            said.setdefault(_BY_NAME[group.field], []).append(group.weight * features[name])
    return {kind: weights for kind, weights in said.items() if len(weights) > 1}


@cache
def _added(book: Phrasebook) -> Added:
    return Added(_LANES, partial(_row_of, book, fitted_weights()))


def _row_of(book: Phrasebook, fitted: Weights, name: str, value: float) -> Row:
    """What a feature of some value adds to the score of each kind."""
    added = [weight * value for weight in fitted.get(name, _NOTHING)]
    told = None if name[:2] == "w:" else _told_by(name, value, book)
    if told:
        kind, weight = told
        added[KINDS.index(kind)] += weight
    return added


_NOTHING = (0.0,) * len(KINDS)


def _told_by(name: str, value: float, book: Phrasebook) -> tuple[Kind, float] | None:
    """The kind that a feature speaks for before any fitting, and how strongly."""
    group = book.groups.get(name)
    if group is not None and group.field in _BY_NAME:
        return _BY_NAME[group.field], group.weight * value
    if name.startswith("linkedin."):
        return _BY_NAME[name[9:]], 6.0
    if name in ("gate.no_refusal", "context.hinted_refusal"):
        # No refusal at all is never fitted: ours refuse in stranger ways than most mailboxes hold.
        return Kind.REJECTION, -_GATE
    if name == "gate.length":
        return Kind.REJECTION, -_GATE_BY_LENGTH * value
    if name == "pair.waiting_and_refused":
        # "We offered it to somebody, and if she declines": the refusal is not one yet.
        return Kind.ON_HOLD, 1.0
    if name == "pair.paused_and_not_refused":
        return Kind.ON_HOLD, 2.0
    if name == "context.elsewhere":
        return Kind.OTHER, 4.0
    if name.endswith("~condition"):
        return Kind.ACKNOWLEDGEMENT, 1.0
    return None


_BY_NAME = {str(kind): kind for kind in KINDS}


def probabilities(scores: Mapping[Kind, float]) -> dict[Kind, float]:
    """The scores as probabilities that sum to one, softened by what fitting makes too sure."""
    highest = max(scores.values())
    powers = {kind: exp((score - highest) / SOFTENED) for kind, score in scores.items()}
    total = sum(powers.values())
    return {kind: power / total for kind, power in powers.items()}
