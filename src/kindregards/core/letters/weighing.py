"""Which kind a letter is: all evidence weighed together, as a calibrated probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache
from itertools import compress, pairwise
from math import exp, log1p
from pathlib import Path

from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import Phrasebook
from kindregards.core.letters.reading import Kind
from kindregards.core.letters.senders import LINKEDIN_TEMPLATES, sends_for_others, takes_no_replies
from kindregards.core.letters.signs import Sign

KINDS = tuple(Kind)

_SOFTENED = 1.3
"""Letters left out of the fitting are told right less often than the bare scores say."""
_GATE = 1.0
"""Log odds taken from a refusal in which no wording of refusal was found."""

# Before fitting: how a letter without any sign is divided, in log odds.
_START = {Kind.OTHER: 1.2, Kind.REJECTION: -0.6, Kind.OFFER: -1.0, Kind.ON_HOLD: -0.8}


def features_of(
    page: Page, book: Phrasebook, signs: list[Sign], vocabulary: Set[str] | None = None
) -> dict[str, float]:
    """What is weighed, by name: groups found (also those spared), marks, shape, sender."""
    found: dict[str, float] = {}
    for sign in signs:
        name = f"{sign.group.name}~{sign.spared}" if sign.spared else sign.group.name
        found[name] = 1.5 if name in found else 1.0
    for mark, words in book.marks.items():
        count = len(words & page.words)
        if count:
            found[f"mark.{mark}"] = min(count, 4) / 4
    elsewhere = [name for name in _ELSEWHERE if name in found]
    if elsewhere:
        found["context.elsewhere" if "mark.work" not in found else "context.both"] = 1.0
    strong = any(sign.group.weight >= 3 and not sign.spared for sign in signs)
    if not strong:
        found["context.nothing_strong"] = 1.0
        if "mark.work" not in found:
            found["context.no_work"] = 1.0
    if not any(sign.group.field == Kind.REJECTION and not sign.spared for sign in signs):
        found["gate.no_refusal"] = 1.0
    found |= _shape(page) | _sender(page)
    learnt = _words_known(page) if vocabulary is None else words_of(page) & set(vocabulary)
    found |= dict.fromkeys(learnt, 1.0)
    return found


# Those who refuse in the words of employers: where nothing speaks of work, they are meant.
_ELSEWHERE = ("other.school", "other.paper", "other.loan", "other.home", "other.grant")


def _shape(page: Page) -> dict[str, float]:
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


Weights = Mapping[str, Sequence[float]]


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


def words_of(page: Page) -> set[str]:
    """The words, stems and pairs of words of a letter, as the fitted weights name them."""
    tokens = page.tokens
    pairs = compress(map(" ".join, pairwise(tokens.words)), tokens.joined)
    return {f"w:{words}" for words in {*pairs, *page.words}}


@cache
def _known_words() -> dict[str, str]:
    """The words and pairs that have weights, with the name each has there."""
    return {name[2:]: name for name in fitted_weights() if name.startswith("w:")}


def _words_known(page: Page) -> set[str]:
    """Those of `words_of` that have weights, without naming all the others first."""
    tokens, known = page.tokens, _known_words()
    pairs = compress(map(" ".join, pairwise(tokens.words)), tokens.joined)
    return {
        known[words] for words in {*known.keys() & page.words, *filter(known.__contains__, pairs)}
    }


def scores_of(
    features: Mapping[str, float], book: Phrasebook, fitted: Weights | None = None
) -> dict[Kind, float]:
    """The log odds of each kind, up to a constant; `fitted` replaces the weights that ship."""
    scores = {kind: _START.get(kind, -0.4) for kind in KINDS}
    for name, value in features.items():
        if name[:2] == "w:":
            continue
        group = book.groups.get(name)
        if group is not None and group.field in _BY_NAME:
            scores[_BY_NAME[group.field]] += group.weight * value
        elif name.startswith("linkedin."):
            scores[_BY_NAME[name[9:]]] += 6.0
        elif name == "gate.no_refusal":
            # Never fitted: letters of ours refuse in stranger ways than most mailboxes hold.
            scores[Kind.REJECTION] -= _GATE
        elif name == "context.elsewhere":
            scores[Kind.OTHER] += 4.0
        elif name.endswith("~condition"):
            scores[Kind.ACKNOWLEDGEMENT] += 1.0
    fitted = fitted_weights() if fitted is None else fitted
    rows = [
        weights if value == 1.0 else [weight * value for weight in weights]
        for name, value in features.items()
        if (weights := fitted.get(name))
    ]
    for kind, total in zip(KINDS, map(sum, zip(*rows, strict=True)), strict=False):
        scores[kind] += total
    return scores


_BY_NAME = {str(kind): kind for kind in KINDS}


def probabilities(scores: Mapping[Kind, float]) -> dict[Kind, float]:
    """The scores as probabilities that sum to one, softened by what fitting makes too sure."""
    highest = max(scores.values())
    powers = {kind: exp((score - highest) / _SOFTENED) for kind, score in scores.items()}
    total = sum(powers.values())
    return {kind: power / total for kind, power in powers.items()}
