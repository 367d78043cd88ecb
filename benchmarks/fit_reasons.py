"""Fit what tells a reason that no wording names, and write reasons.json.

usage: fit_reasons.py LETTERS.jsonl… [--folds 4] [--strength 1.0] [--least 3] [--write]

Learnt from rejections of which is known whether they state a reason, but not in which sentence: a
letter states one if one of its sentences does (noisy-or). Words come from our own letters only;
letters of others give numbers. Prints, for letters that were left out, how many reasons are found
and how many are invented, with the wordings of the phrase files and without. Needs numpy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from fit_reader import Array, as_eml, is_own

from kindregards.core.letters import parse_letter, reasons
from kindregards.core.letters.language import language_of
from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import phrasebook
from kindregards.core.letters.signs import signs_of

FILE = Path(reasons.__file__).parent / "reasons.json"
START = -2.5
"""Log odds of a reason in a sentence of which nothing is known: one in thirteen."""
OTHERS = 2.0
"""How much a letter of other people counts, against one of ours."""

Bag = list[set[str]]
"""The names found in each sentence of a letter."""


def bag_of(page: Page, language: str) -> Bag:
    """The sentences of a letter, as the reader weighs them."""
    senses = reasons.senses_of(language)
    return [
        reasons.names_in(run.words, senses) | {"always"}
        for edge, run in zip(page.tokens.edges, page.tokens.runs, strict=False)
        if edge >= page.offset and len(run.words) >= reasons.FEWEST
    ]


def vocabulary_of(rows: list[dict[str, Any]], bags: list[Bag], least: int) -> list[str]:
    """All names; words and pairs only if they stand in so many letters of OURS."""
    own = Counter(
        name
        for row, bag in zip(rows, bags, strict=True)
        if is_own(row)
        for name in set().union(*bag)
    )
    return sorted(name for name, count in own.items() if count >= (least if name[0] == "w" else 1))


def fitted(bags: list[Bag], labels: Array, counts: Array, names: list[str], firm: float) -> Array:
    """A weight for each name, by gradient ascent with momentum (Adam)."""
    number = {name: place for place, name in enumerate(names)}
    sentences = [(letter, one) for letter, bag in enumerate(bags) for one in bag]
    letter_of = np.array([letter for letter, _ in sentences])
    pairs = [
        (row, number[n]) for row, (_, one) in enumerate(sentences) for n in one & number.keys()
    ]
    rows, columns = np.array(pairs).T
    weights = np.zeros(len(names))
    weights[number["always"]] = START
    held = np.where(np.arange(len(names)) == number["always"], 0.01, 0.5 * firm)
    held[[place for name, place in number.items() if name[0] == "w"]] = firm
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, 251):
        chance = 1 / (1 + np.exp(-np.bincount(rows, weights[columns], len(sentences))))
        none = np.bincount(letter_of, np.log1p(-np.minimum(chance, 1 - 1e-9)), len(bags))
        some = np.clip(1 - np.exp(none), 1e-6, 1 - 1e-6)
        pull = np.where(labels, -(1 - some) / some, 1.0) * counts
        slope = np.bincount(columns, (pull[letter_of] * chance)[rows], len(names)) + held * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def most_in(bag: Bag, weights: dict[str, float]) -> float:
    """The log odds of the sentence that most likely tells a reason."""
    return max((sum(weights.get(name, 0.0) for name in one) for one in bag), default=-9.0)


def report(name: str, told: Array, labels: Array) -> str:
    """Precision, recall and F1."""
    right = int((told & labels).sum())
    precision, recall = right / max(int(told.sum()), 1), right / max(int(labels.sum()), 1)
    f1 = 2 * right / max(int(told.sum() + labels.sum()), 1)
    return f"{name}: {len(labels)} letters  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def main() -> None:
    """Read the rejections among the letters, cross-validate, and write where that is asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("letters", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--strength", type=float, default=1.0)
    parser.add_argument("--least", type=int, default=3, help="letters of ours a word stands in")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    lines = [line for path in given.letters for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in map(json.loads, filter(str.strip, lines)) if row["label"] == "rejection"]
    rows = [row for row in rows if row.get("has_feedback") is not None]
    pages = [Page(parse_letter(as_eml(row))) for row in rows]
    kept = [n for n, page in enumerate(pages) if reasons.senses_of(language_of(page.words))]
    rows, pages = [rows[n] for n in kept], [pages[n] for n in kept]
    bags = [bag_of(page, language_of(page.words)) for page in pages]
    labels = np.array([bool(row["has_feedback"]) for row in rows])
    counts = np.array([1.0 if is_own(row) else OTHERS for row in rows])
    if given.folds > 1:
        cross_validated(rows, pages, bags, labels, counts, given)
    if given.write:
        names = vocabulary_of(rows, bags, given.least)
        weights = fitted(bags, labels, counts, names, given.strength)
        told = [
            f"{json.dumps(name, ensure_ascii=False)}: {weight:.2f}"
            for name, weight in zip(names, weights.tolist(), strict=True)
            if abs(weight) >= 0.02
        ]
        FILE.write_text("{\n" + ",\n".join(told) + "\n}\n", "utf-8")
        print(f"{FILE.name}: {len(told)} weights")


def cross_validated(
    rows: list[dict[str, Any]],
    pages: list[Page],
    bags: list[Bag],
    labels: Array,
    counts: Array,
    given: argparse.Namespace,
) -> None:
    """Print how well reasons are found in letters that were left out."""
    fold = np.array(
        [int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % given.folds for row in rows]
    )
    story = np.zeros(len(rows), bool)
    for one in range(given.folds):
        train = np.flatnonzero(fold != one)
        some = [bags[n] for n in train]
        names = vocabulary_of([rows[n] for n in train], some, given.least)
        weights = fitted(some, labels[train], counts[train], names, given.strength)
        by_name = dict(zip(names, weights.tolist(), strict=True))
        for n in np.flatnonzero(fold == one):
            story[n] = most_in(bags[n], by_name) > reasons.SURE
    named = np.array(list(map(is_named, pages)))
    own = np.array(list(map(is_own, rows)))
    for name, here in (("ours", own), ("of others", ~own)):
        if here.any():
            print(report(f"{name}, by wordings", named[here], labels[here]))
            print(report(f"{name}, as a story", story[here], labels[here]))
            print(report(f"{name}, together", (named | story)[here], labels[here]))


def is_named(page: Page) -> bool:
    """Whether a wording of the phrase files names a reason."""
    signs = signs_of(page, phrasebook(language_of(page.words)))
    return any(
        sign.group.field == "feedback" and not sign.spared and not sign.in_subject for sign in signs
    )


if __name__ == "__main__":
    main()
