"""Fit the weights by which an employer and a role are chosen among a letter's candidates.

usage: fit_names.py LETTERS.jsonl… [--folds 5] [--strength 1.0] [--write]

The candidates and their features are the reader's own (kindregards.core.letters.naming). Words
become features where they stand in enough letters of ours; letters of others (ids that begin with
L) give numbers and no words. A candidate's chance is its share of all candidates of the letter,
"none is named" among them; a name's chance is that of all its mentions. Fitted by maximum a
posteriori. Prints by cross-validation how often the right one is told; `--write` fits on
everything and writes names.json. Needs numpy, which the program itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from fit_reader import as_eml, is_own

from kindregards.core.letters import evidence, lines, naming, parse_letter, spans
from kindregards.core.letters.language import language_of
from kindregards.core.letters.lines import Line
from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import phrasebook
from kindregards.core.letters.senders import site_of
from kindregards.core.letters.signatures import plain
from kindregards.core.letters.spans import EMPLOYER, ROLE

FILE = Path(naming.__file__).parent / "names.json"
_LEAST = 0.08
FIELDS = {EMPLOYER: "company", ROLE: "role"}
Array = np.ndarray[Any, Any]
Row = dict[str, Any]


class Cases(NamedTuple):
    """Candidates of all letters, one after the other; each letter's last is that none is named."""

    letters: Array
    candidates: Array
    columns: Array
    right: Array
    mentions: list[Mention | None]


Mention = tuple[int, str, str, list[str]]
"""What a candidate could be, its name, that by its letters alone, and all its features."""


def mentions_of(page: Page) -> list[Mention]:
    """Every candidate of a letter with all its features, which the reader weighs in parts."""
    about = naming.About(page)
    found: list[Mention] = []
    if about.site:
        name = site_of(page.letter.sender.email).replace("-", " ").title()
        found.append((EMPLOYER, name, about.site, ["domain", *about.features(about.site, name)]))
    for text, source, _, place in naming.parts_of(page, signoff_of(page)):
        line = Line(text)
        for span in spans.spans_of(line, source):
            _, name, whole = naming.named_in(line, span)
            if len(key := plain(name)) > 1:
                features = [*evidence.features_of(line, span, source), *about.features(key, name)]
                if place:
                    features += naming.place_features(place, whole=whole)
                could_be = EMPLOYER if naming.signs(place) else EMPLOYER | ROLE
                found.append((span[2] & could_be, name, key, features))
    return found


def signoff_of(page: Page) -> str:
    """How letters of the page's language take leave."""
    return phrasebook(language_of(page.words)).names.get("signoff", "")


def words_of(name: str | None) -> str:
    """A name by its words, for comparing."""
    return " ".join(re.findall(r"\w+", (name or "").lower()))


def rightness(told: str, meant: str | None) -> float:
    """1 for the name meant, less where one holds the other, 0 for another name."""
    one, other = words_of(told), words_of(meant)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    if one in other or other in one:
        shared = min(len(one), len(other)) / max(len(one), len(other))
        return 0.25 * shared
    return 0.0


def cases_of(
    rows: list[Row], mentions: list[list[Mention]], wanted: int, least: int
) -> tuple[Cases, list[str]]:
    """The candidates with the features that enough letters of ours hold, and those features."""
    found = [[one for one in each if one[0] & wanted] for each in mentions]
    counts: Counter[str] = Counter()
    for row, each in zip(rows, found, strict=True):
        if is_own(row):
            counts.update({feature for one in each for feature in one[3]})
    known = ["none", *sorted(feature for feature, count in counts.items() if count >= least)]
    column = {feature: number for number, feature in enumerate(known)}
    letters, numbers, columns, right, kept = [], [], [], [], []
    for number, (row, each) in enumerate(zip(rows, found, strict=True)):
        meant = row[FIELDS[wanted]]
        for mention in each:
            for feature in mention[3]:
                if feature in column:
                    numbers.append(len(letters))
                    columns.append(column[feature])
            letters.append(number)
            right.append(rightness(mention[1], meant))
            kept.append(mention)
        numbers.append(len(letters))
        columns.append(0)
        letters.append(number)
        right.append(0.0 if meant else 1.0)
        kept.append(None)
    return (
        Cases(*(np.array(one) for one in (letters, numbers, columns, right)), kept),
        known,
    )


def shares(scores: Array, letters: Array, count: int) -> Array:
    """Each candidate's share of its letter."""
    tops = np.full(count, -1e9)
    np.maximum.at(tops, letters, scores)
    powers = np.exp(scores - tops[letters])
    result: Array = powers / np.bincount(letters, powers, count)[letters]
    return result


def fitted(cases: Cases, size: int, counted: Array, strength: Array, steps: int = 200) -> Array:
    """Weights by gradient descent with momentum (Adam); `counted` is each letter's weight."""
    weights = np.zeros(size)
    first, second = np.zeros(size), np.zeros(size)
    count = len(counted)
    named = np.bincount(cases.letters, cases.right, count) > 0
    weight = (counted * named)[cases.letters]
    for step in range(1, steps + 1):
        scores = np.bincount(cases.candidates, weights[cases.columns], len(cases.letters))
        chance = shares(scores, cases.letters, count)
        meant = chance * cases.right
        total = np.bincount(cases.letters, meant, count)
        meant = meant / np.maximum(total, 1e-12)[cases.letters]
        residue = (chance - meant) * weight
        slope = np.bincount(cases.columns, residue[cases.candidates], size) + strength * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def told_by(cases: Cases, weights: Array, count: int, leave: float) -> list[str]:
    """The name told of each letter, "" for none; `leave` is taken from the odds of none."""
    scores = np.bincount(cases.candidates, weights[cases.columns], len(cases.letters)).tolist()
    totals: list[dict[str, float]] = [{} for _ in range(count)]
    names: list[dict[str, str]] = [{"": ""} for _ in range(count)]
    for at, (number, mention) in enumerate(
        zip(cases.letters.tolist(), cases.mentions, strict=True)
    ):
        _, name, key, _ = mention or (0, "", "", [])
        score = scores[at] if key else scores[at] - leave
        totals[number][key] = totals[number].get(key, 0.0) + float(np.exp(score))
        # What stands in the text comes last, and is what is shown.
        names[number][key] = name
    best = [max(each, key=each.__getitem__) for each in totals]
    return [each[key] for each, key in zip(names, best, strict=True)]


def report(rows: list[Row], told: list[str], wanted: int) -> str:
    """How often the right name is told, exactly the right one, and none where none is named."""
    scored = [
        (rightness(name, row[FIELDS[wanted]]), name, row)
        for row, name in zip(rows, told, strict=True)
        if row["label"] not in ("other", "other_rejection")
    ]
    named = [value for value, _, row in scored if row[FIELDS[wanted]]]
    unnamed = [name == "" for _, name, row in scored if not row[FIELDS[wanted]]]
    return (
        f"right {np.mean([value > 0 for value in named]):.3f}  "
        f"exactly {np.mean([value == 1 for value in named]):.3f} of {len(named)}  "
        f"none {np.mean(unnamed) if unnamed else 1:.3f} of {len(unnamed)}"
    )


def common_of(rows: list[Row], pages: list[Page], least: int) -> frozenset[str]:
    """Words that stand in at least so many letters of ours."""
    counts: Counter[str] = Counter()
    for row, page in zip(rows, pages, strict=True):
        if is_own(row):
            counts.update({word for line in page.whole.split("\n") for word in Line(line).lowered})
    return frozenset(
        word for word, count in counts.items() if count >= least and not word.isdigit()
    )


def is_word(feature: str) -> bool:
    """Whether a feature is a word of the candidate or beside it."""
    return feature.partition(" ")[0] in ("w", "f", "l", "e", "a", "b", "aa", "bb", "b2")


def counted_of(rows: list[Row], wanted: int, others: float) -> Array:
    """How much each letter counts; of others' letters only those whose name is known."""
    return np.array(
        [
            (1.0 if is_own(row) else others if row[FIELDS[wanted]] else 0.0)
            * (row["label"] not in ("other", "other_rejection") or 0.3)
            for row in rows
        ]
    )


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("letters", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--strength", type=float, default=0.2)
    parser.add_argument("--others", type=float, default=2.0)
    parser.add_argument("--least", type=int, default=3, help="letters of ours a feature stands in")
    parser.add_argument(
        "--leave", nargs=2, type=float, default=[1.5, 0.8], help="taken from the odds of none"
    )
    parser.add_argument("--words", type=float, default=5.0, help="strength for single words, times")
    parser.add_argument("--common", type=int, default=4)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


class Fitting(NamedTuple):
    """Everything that is fitted for an employer or for a role."""

    rows: list[Row]
    wanted: int
    cases: Cases
    known: list[str]
    counted: Array
    strength: Array
    leave: float

    def weights(self, letters: Array) -> Array:
        """Fitted on the letters that are marked."""
        return fitted(self.cases, len(self.known), self.counted * letters, self.strength)

    def told(self, folds: Array) -> list[str]:
        """The name told of each letter by weights that were fitted without its fold."""
        told = [""] * len(self.rows)
        for fold in sorted(set(folds.tolist())):
            weights = self.weights(folds != fold)
            for number, name in enumerate(told_by(self.cases, weights, len(told), self.leave)):
                if folds[number] == fold:
                    told[number] = name
        return told

    def show(self, told: list[str], misses: bool) -> None:
        """Print how much is right, for each file of letters, and what is wrong in ours."""
        print(f"{FIELDS[self.wanted]}: {len(self.known)} features")
        both = list(zip(self.rows, told, strict=True))
        for begin in sorted({row["id"][0] for row in self.rows}):
            here = [(row, name) for row, name in both if row["id"][0] == begin]
            rows, names = zip(*here, strict=True)
            print("  cross-validated", begin, report(list(rows), list(names), self.wanted))
        for row, name in both if misses else []:
            meant = row[FIELDS[self.wanted]]
            if is_own(row) and rightness(name, meant) == 0 and (meant or name):
                print(f"    {row['id']} {row['language']} | {meant} | {name}")


def fitting_of(given: argparse.Namespace, rows: list[Row], found: Any, wanted: int) -> Fitting:
    """What is fitted for `wanted`, from the mentions found in the letters."""
    cases, known = cases_of(rows, found, wanted, given.least)
    strength = [given.strength * (given.words if is_word(one) else 1) for one in known]
    counted = counted_of(rows, wanted, given.others)
    leave = given.leave[wanted - 1]
    return Fitting(rows, wanted, cases, known, counted, np.array(strength), leave)


def main() -> None:
    """Read the letters, cross-validate, and write the weights where that is asked."""
    given = arguments()
    written = [line for path in given.letters for line in path.read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in written if line.strip()]
    # A third of others' letters is kept out of all fitting.
    rows = [row for row in rows if is_own(row) or hash_of(row) % 3]
    pages = [Page(parse_letter(as_eml(row))) for row in rows]
    common = common_of(rows, pages, given.common)
    lines.common_words = lambda: common
    lines._KNOWN.clear()
    lines._PIECES.clear()
    found = [mentions_of(page) for page in pages]
    folds = np.array([hash_of(row) // 7 % max(given.folds, 1) for row in rows])
    written: dict[str, list[float]] = {}
    for wanted in (EMPLOYER, ROLE):
        fitting = fitting_of(given, rows, found, wanted)
        if given.folds:
            fitting.show(fitting.told(folds), given.misses)
        if given.write:
            weights = fitting.weights(np.ones(len(rows)))
            for name, weight in zip(fitting.known, weights, strict=True):
                pair = written.setdefault(name, [0.0, 0.0])
                taken = fitting.leave if name == "none" else 0.0
                pair[wanted - 1] = round(float(weight) - taken, 2)
    if given.write:
        write(common, written)


def write(common: frozenset[str], weights: dict[str, list[float]]) -> None:
    """Write names.json, without the features that weigh next to nothing."""
    kept = {name: pair for name, pair in weights.items() if max(map(abs, pair)) >= _LEAST}
    told = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(pair)}" for name, pair in kept.items()
    )
    words = json.dumps(" ".join(sorted(common)), ensure_ascii=False)
    FILE.write_text(f'{{"common": {words},\n"weights": {{\n{told}\n}}}}\n', "utf-8")
    print(f"{FILE.name}: {len(kept)} features, {FILE.stat().st_size} bytes")


def hash_of(row: Row) -> int:
    """A number that is the same for a letter at every run."""
    return int(hashlib.sha256(row["id"].encode()).hexdigest(), 16)


if __name__ == "__main__":
    main()
