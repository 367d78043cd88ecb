"""Fit the reader's weights on labelled letters; numbers only, no words are learnt.

usage: fit_reader.py LETTERS.jsonl… [--folds 5] [--strength 2.0] [--write]

The features are the reader's own evidence (kindregards.core.letters.weighing.features_of). What is
fitted is a correction to the weights of the phrase files, by maximum a posteriori: the phrase
files' weights are the prior's mean, `--strength` its precision. Prints accuracy, log loss and
calibration error by cross-validation; `--write` fits on everything and writes weights.json.
Needs numpy, which the program itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import numpy as np

from kindregards.core.letters import parse_letter, weighing
from kindregards.core.letters.language import language_of
from kindregards.core.letters.phrasebook import phrasebook
from kindregards.core.letters.signs import Page, signs_of

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


def evidence_of(row: dict[str, Any]) -> tuple[dict[str, float], list[float]]:
    """The features of a row and its scores before fitting."""
    page = Page(parse_letter(as_eml(row)))
    book = phrasebook(language_of(page.words))
    features = weighing.features_of(page, book, signs_of(page, book))
    scores = weighing.scores_of(features, book, fitted={})
    return features, [scores[kind] for kind in weighing.KINDS]


def label_of(row: dict[str, Any]) -> int:
    """The number of the row's kind; refusals not about a job are `other`."""
    label = row["label"]
    return KINDS.index("other" if label == "other_rejection" else label)


def chances(features: Array, prior: Array, weights: Array) -> Array:
    """The probability of each kind for each letter."""
    scores = prior + features @ weights
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = powers / powers.sum(axis=1, keepdims=True)
    return result


def fitted(features: Array, prior: Array, labels: Array, counts: Array, strength: float) -> Array:
    """Weights by gradient ascent with momentum (Adam)."""
    weights = np.zeros((features.shape[1], len(KINDS)))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    meant = np.eye(len(KINDS))[labels]
    for step in range(1, 601):
        slope = features.T @ ((chances(features, prior, weights) - meant) * counts[:, None])
        slope += strength * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= 0.03 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


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


def main() -> None:
    """Read the letters, cross-validate, and write the weights where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("letters", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--strength", type=float, default=2.0)
    parser.add_argument("--own", type=float, default=0.6, help="how much a letter of ours counts")
    parser.add_argument("--misses", action="store_true", help="letters misread when left out")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = [
        json.loads(line)
        for path in given.letters
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    evidence = [evidence_of(row) for row in rows]
    names = sorted({name for features, _ in evidence for name in features})
    column = {name: number for number, name in enumerate(names)}
    features = np.zeros((len(rows), len(names)))
    for number, (found, _) in enumerate(evidence):
        for name, value in found.items():
            features[number, column[name]] = value
    prior = np.array([scores for _, scores in evidence])
    labels = np.array([label_of(row) for row in rows])
    counts = np.array([given.own if row["id"][0] == "O" else 1.0 for row in rows])
    folds = np.array(
        [int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % given.folds for row in rows]
    )
    told = np.zeros_like(prior)
    for fold in range(given.folds):
        train, test = folds != fold, folds == fold
        weights = fitted(
            features[train], prior[train], labels[train], counts[train], given.strength
        )
        told[test] = chances(features[test], prior[test], weights)
    print("before fitting  ", report(chances(features, prior, np.zeros((len(names), 9))), labels))
    print("cross-validated ", report(told, labels))
    if given.misses:
        for number in np.flatnonzero(told.argmax(axis=1) != labels):
            row, best = rows[number], int(told[number].argmax())
            words = " ".join(row["text"].split())[:400]
            print(
                f"{row['id']} {row['label']} told {KINDS[best]} {told[number, best]:.2f}: {words}"
            )
    if given.write:
        weights = fitted(features, prior, labels, counts, given.strength)
        table = {
            kind: {
                name: round(float(weights[row, number]), 3)
                for row, name in enumerate(names)
                if abs(weights[row, number]) >= 0.02
            }
            for number, kind in enumerate(KINDS)
        }
        FILE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", "utf-8")
        print(f"{FILE.name}: {sum(map(len, table.values()))} weights")


if __name__ == "__main__":
    main()
