"""Fit the reader's weights on labelled letters; words are learnt from our own letters only.

usage: fit_reader.py LETTERS.jsonl… [--folds 5] [--strength 2.0] [--write]

The features are the reader's own evidence (kindregards.core.letters.weighing.features_of) and words
of our own letters; letters of others (ids that begin with L) give numbers and no words. What is
fitted is a correction to the weights of the phrase files, by maximum a posteriori: the phrase
files' weights are the prior's mean, `--strength` its precision. Prints accuracy, log loss and
calibration error by cross-validation; `--write` fits on everything and writes weights.json.
Needs numpy, which the program itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import numpy as np

from kindregards.core.letters import parse_letter, weighing
from kindregards.core.letters.language import language_of
from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import phrasebook
from kindregards.core.letters.signs import signs_of

KINDS = [str(kind) for kind in weighing.KINDS]
FILE = Path(weighing.__file__).parent / "weights.json"
Array = np.ndarray[Any, Any]


def as_eml(row: dict[str, Any]) -> bytes:
    """A labelled row as the bytes of a message."""
    message = EmailMessage()
    message["Subject"] = " ".join((row.get("subject") or "").split())
    sender = " ".join((row.get("sender") or "").split())
    message["From"] = sender if "@" in sender else f'"{sender}" <sender@mail.example>'
    message.set_content(row["text"])
    return message.as_bytes()


def evidence_of(page: Page, vocabulary: set[str]) -> tuple[dict[str, float], list[float]]:
    """The features of a letter and its scores before fitting."""
    book = phrasebook(language_of(page.words))
    features = weighing.features_of(page, book, signs_of(page, book), vocabulary)
    scores = weighing.scores_of(features, book, fitted={})
    return features, [scores[kind] for kind in weighing.KINDS]


def vocabulary_of(rows: list[dict[str, Any]], pages: list[Page], least: int) -> set[str]:
    """Words and pairs that stand in at least so many letters of OURS; never those of others."""
    own = [weighing.words_of(page) for row, page in zip(rows, pages, strict=True) if is_own(row)]
    counts = Counter(word for words in own for word in words)
    return {word for word, count in counts.items() if count >= least}


def is_own(row: dict[str, Any]) -> bool:
    """Whether a letter is one of ours; the letters to measure with have ids that begin with L."""
    return not row["id"].startswith("L")


def counts_of(rows: list[dict[str, Any]], own: float) -> Array:
    """How much each letter counts: ours so that their labels are as frequent as in mailboxes.

    Refusals that are not about a job are counted apart from the other letters told as `other`:
    we wrote many of them, and they must not teach that words of refusal speak for `other`.
    """
    ours = np.array([is_own(row) for row in rows])
    counts = np.ones(len(rows))
    if ours.all() or not ours.any():
        return counts
    labels = np.array([row["label"] for row in rows])
    for label in set(labels.tolist()):
        here = labels == label
        theirs = (here & ~ours).sum() + 12.0  # few of a kind do not make it rare
        wanted = own * theirs / (~ours).sum() * ours.sum() / max((here & ours).sum(), 1)
        counts[here & ours] = min(max(wanted, 0.05), 2.5)
    return counts


def label_of(row: dict[str, Any]) -> int:
    """The number of the row's kind; refusals not about a job are `other`."""
    label = row["label"]
    return KINDS.index("other" if label == "other_rejection" else label)


class Sparse:
    """A matrix of letters by features of which few are not zero."""

    def __init__(self, dense: Array) -> None:
        rows, columns = np.nonzero(dense)
        values = dense[rows, columns].astype(np.float32)[:, None]
        by_column = np.argsort(columns, kind="stable")
        self.shape = dense.shape
        self._of_rows = (*np.unique(rows, return_index=True), columns, values)
        self._of_columns = (
            *np.unique(columns[by_column], return_index=True),
            rows[by_column],
            values[by_column],
        )

    def times(self, weights: Array) -> Array:
        """Letters by what `weights` has for each feature."""
        return self._summed(self.shape[0], self._of_rows, weights)

    def turned_times(self, slopes: Array) -> Array:
        """Features by what `slopes` has for each letter."""
        return self._summed(self.shape[1], self._of_columns, slopes)

    @staticmethod
    def _summed(length: int, parts: tuple[Array, ...], other: Array) -> Array:
        filled, starts, places, values = parts
        result = np.zeros((length, other.shape[1]), np.float32)
        result[filled] = np.add.reduceat(other[places] * values, starts)
        return result


def shares(scores: Array) -> Array:
    """Scores as probabilities, row by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = powers / powers.sum(axis=1, keepdims=True)
    return result


def chances(features: Array, prior: Array, weights: Array) -> Array:
    """The probability of each kind for each letter, softened as the reader softens it."""
    return shares((prior + features @ weights) / weighing.SOFTENED)


def fitted(features: Array, prior: Array, labels: Array, counts: Array, strength: Array) -> Array:
    """Weights by gradient ascent with momentum (Adam): a row a feature, a column a label."""
    sparse, kinds = Sparse(features), prior.shape[1]
    meant = np.eye(kinds, dtype=np.float32)[labels]
    many, firm = counts.astype(np.float32)[:, None], strength.astype(np.float32)[:, None]
    prior = prior.astype(np.float32)
    weights = np.zeros((features.shape[1], kinds), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, 201):
        slope = sparse.turned_times((shares(prior + sparse.times(weights)) - meant) * many)
        slope += firm * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def strength_of(name: str, strength: float, words: float) -> float:
    """The prior's precision; below zero for what only the first step fits."""
    if name.startswith("w:"):
        return strength * words
    return -strength if name.startswith(("shape.", "context.", "sender.", "mark.")) else strength


def in_two_steps(
    features: Array, prior: Array, labels: Array, counts: Array, first: Array, strength: Array
) -> Array:
    """Shape, sender and context by letters as mailboxes hold them; then everything else by all.

    `first` marks the letters of the first step, `strength` below zero the features that only it
    fits. Letters of ours are stranger than most, and would teach that a letter without any sign is
    a refusal.
    """
    once = fitted(features[first], prior[first], labels[first], counts[first], abs(strength))
    after = prior + features @ once
    held = np.where(strength < 0, 1e6, strength)
    return once + fitted(features, after, labels, counts, held)


def report(told: Array, labels: Array) -> str:
    """Accuracy, macro-F1, log loss and calibration error in ten bins."""
    best, sure = told.argmax(axis=1), told.max(axis=1)
    right = best == labels
    scores = []
    for kind in sorted(set(labels.tolist())):
        hit = int(((best == kind) & (labels == kind)).sum())
        scores.append(2 * hit / max(int((best == kind).sum() + (labels == kind).sum()), 1))
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs(sure[bins == b].sum() - right[bins == b].sum()) for b in range(10)) / len(
        labels
    )
    loss = -np.log(told[np.arange(len(labels)), labels] + 1e-12).mean()
    return (
        f"accuracy {right.mean():.3f}  macro-F1 {np.mean(scores):.3f}  "
        f"log loss {loss:.3f}  calibration error {error:.3f}"
    )


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("letters", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--strength", type=float, default=2.0)
    parser.add_argument("--own", type=float, default=1.5, help="how much a letter of ours counts")
    parser.add_argument("--words", type=float, default=1.5, help="strength for single words, times")
    parser.add_argument("--least", type=int, default=4, help="letters of ours a word stands in")
    parser.add_argument("--misses", action="store_true", help="letters misread when left out")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Read the letters, cross-validate, and write the weights where that is asked."""
    given = arguments()
    rows = [
        json.loads(line)
        for path in given.letters
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    pages = [Page(parse_letter(as_eml(row))) for row in rows]
    vocabulary = vocabulary_of(rows, pages, given.least)
    evidence = [evidence_of(page, vocabulary) for page in pages]
    names = sorted(
        {name for features, _ in evidence for name in features if not name.startswith("gate.")}
    )
    column = {name: number for number, name in enumerate(names)}
    features = np.zeros((len(rows), len(names)), dtype=np.float32)
    for number, (found, _) in enumerate(evidence):
        for name, value in found.items():
            if name in column:
                features[number, column[name]] = value
    prior = np.array([scores for _, scores in evidence])
    labels = np.array([label_of(row) for row in rows])
    counts = counts_of(rows, given.own)
    strength = np.array([strength_of(name, given.strength, given.words) for name in names])
    first = np.array([row["id"][0] in "LM" for row in rows])
    folds = np.array(
        [int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % given.folds for row in rows]
    )
    told = np.zeros_like(prior)
    for fold in range(given.folds if given.folds > 1 else 0):
        train, test = folds != fold, folds == fold
        weights = in_two_steps(
            features[train], prior[train], labels[train], counts[train], first[train], strength
        )
        told[test] = chances(features[test], prior[test], weights)
    print("before fitting  ", report(chances(features, prior, np.zeros((len(names), 9))), labels))
    if given.folds > 1:
        print("cross-validated ", report(told, labels))
    if given.misses:
        for number in np.flatnonzero(told.argmax(axis=1) != labels):
            row, best = rows[number], int(told[number].argmax())
            words = " ".join(row["text"].split())[:400]
            print(
                f"{row['id']} {row['label']} told {KINDS[best]} {told[number, best]:.2f}: {words}"
            )
    if given.write:
        weights = in_two_steps(features, prior, labels, counts, first, strength)
        lines = [
            f"{json.dumps(name, ensure_ascii=False)}: {[round(float(one), 2) for one in row]}"
            for name, row in zip(names, weights, strict=True)
            if abs(row).max() >= (0.04 if name.startswith("w:") else 0.02)
        ]
        FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
        print(f"{FILE.name}: {len(lines)} features")


if __name__ == "__main__":
    main()
