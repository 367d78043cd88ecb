"""Fit what the reader weighs for style, stage and door, and write circumstances.json.

usage: fit_circumstances.py LETTERS.jsonl… [--folds 5] [--strength 1.0] [--own 0.5] [--write]

The facts are the reader's own (kindregards.core.letters.circumstances.facts_of), of rejections;
words come from our own letters only. Prints how often each value is told right when a letter is
left out, and its mean F1 over the values. Needs numpy, which the program itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from fit_reader import Array, as_eml, fitted, is_own, vocabulary_of

from kindregards.core.letters import circumstances, parse_letter
from kindregards.core.letters.language import language_of
from kindregards.core.letters.naming import names_of
from kindregards.core.letters.page import Page
from kindregards.core.letters.people import people_of
from kindregards.core.letters.phrasebook import phrasebook
from kindregards.core.letters.signs import signs_of

FILE = Path(circumstances.__file__).parent / "circumstances.json"
RATHER = {"style": [0.0, 0.7], "door": [0.0, 0.0, 0.5]}
"""Log odds added for values that are rare, so that as many are told as are meant.

Chosen by the mean F1 over the values, of letters that were left out.
"""
LABELS = {"style": "form", "stage": "stage", "door": "door"}


def facts_in(page: Page, vocabulary: set[str]) -> dict[str, float]:
    """The facts of a letter, as the reader takes them."""
    language = language_of(page.words)
    book = phrasebook(language)
    employer, _ = names_of(page, book)
    _, places = people_of(page, book, employer.name if employer else "")
    signs = signs_of(page, book)
    return circumstances.facts_of(page, signs, language, signed=bool(places), vocabulary=vocabulary)


def matrix_of(facts: list[dict[str, float]]) -> tuple[list[str], Array]:
    """The names of all facts, and a row of their values for each letter."""
    names = sorted({name for one in facts for name in one})
    column = {name: number for number, name in enumerate(names)}
    features = np.zeros((len(facts), len(names)), dtype=np.float32)
    for number, one in enumerate(facts):
        for name, value in one.items():
            features[number, column[name]] = value
    return names, features


def mean_f1(meant: Array, told: Array) -> float:
    """Over the values that are meant."""
    return float(
        np.mean(
            [
                2
                * ((meant == one) & (told == one)).sum()
                / ((meant == one).sum() + (told == one).sum())
                for one in sorted(set(meant.tolist()))
            ]
        )
    )


def weights_of(
    field: str,
    rows: list[dict[str, Any]],
    names: list[str],
    features: Array,
    strength: Array,
    own: float,
) -> Array:
    """The weights of one field, from the letters whose value is known."""
    values = circumstances.VALUES[field]
    known = np.array([row[LABELS[field]] in values for row in rows])
    labels = np.array(
        [values.index(row[LABELS[field]]) for row in rows if row[LABELS[field]] in values]
    )
    prior = np.zeros((len(labels), len(values)))
    others = np.array([not is_own(row) for row in rows])[known]
    weights = fitted(features[known], prior, labels, counts_of(labels, others, own), strength)
    weights[names.index("shape.always")] += RATHER.get(field, 0.0)
    return weights


def counts_of(labels: Array, others: Array, own: float) -> Array:
    """How much each letter counts: ours `own`, and each value of others at least as a seventh.

    A value seen twice in a hundred letters would otherwise be told of none.
    """
    counts = np.where(others, 1.0, own)
    for value in set(labels[others].tolist()):
        here = others & (labels == value)
        counts[here] = max(1.0, others.sum() / 7 / here.sum())
    return counts


def report(
    field: str,
    rows: list[dict[str, Any]],
    names: list[str],
    features: Array,
    strength: Array,
    given: argparse.Namespace,
) -> str:
    """How well a field is told for letters that were left out: all, and those of others."""
    values = circumstances.VALUES[field]
    fold = np.array(
        [int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % given.folds for row in rows]
    )
    told = np.zeros(len(rows), int)
    for one in range(given.folds):
        kept = [row for row, where in zip(rows, fold, strict=True) if where != one]
        weights = weights_of(field, kept, names, features[fold != one], strength, given.own)
        told[fold == one] = (features[fold == one] @ weights).argmax(axis=1)
    lines = []
    for name, chosen in (("all", lambda row: True), ("of others", lambda row: not is_own(row))):
        here = np.array([chosen(row) and row[LABELS[field]] in values for row in rows])
        if here.any():
            meant = np.array(
                [values.index(row[LABELS[field]]) for row, it in zip(rows, here, strict=True) if it]
            )
            right = (told[here] == meant).mean()
            lines.append(
                f"{field} {name}: right {right:.3f}  mean F1 {mean_f1(meant, told[here]):.3f}"
            )
    return "\n".join(lines)


def main() -> None:
    """Read the rejections among the letters, cross-validate, and write where that is asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("letters", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--strength", type=float, default=1.0)
    parser.add_argument("--own", type=float, default=0.5, help="how much a letter of ours counts")
    parser.add_argument("--words", type=float, default=3.0, help="strength for words, times")
    parser.add_argument("--least", type=int, default=4, help="letters of ours a word stands in")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    lines = [line for path in given.letters for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in map(json.loads, filter(str.strip, lines)) if row["label"] == "rejection"]
    pages = [Page(parse_letter(as_eml(row))) for row in rows]
    vocabulary = vocabulary_of(rows, pages, given.least)
    names, features = matrix_of([facts_in(page, vocabulary) for page in pages])
    firm = [given.strength * (given.words if name.startswith("w:") else 1) for name in names]
    strength = np.array(firm)
    for field in LABELS if given.folds > 1 else ():
        print(report(field, rows, names, features, strength, given))
    if given.write:
        kept = 0
        fields = []
        for field in circumstances.VALUES:
            weights = weights_of(field, rows, names, features, strength, given.own)
            told = [
                f"{json.dumps(name, ensure_ascii=False)}: {[round(float(one), 2) for one in row]}"
                for name, row in zip(names, weights, strict=True)
                if abs(row).max() >= (0.05 if name.startswith("w:") else 0.02)
            ]
            kept += len(told)
            fields.append(f'"{field}": {{\n' + ",\n".join(told) + "\n}")
        FILE.write_text("{\n" + ",\n".join(fields) + "\n}\n", "utf-8")
        print(f"{FILE.name}: {kept} weights")


if __name__ == "__main__":
    main()
