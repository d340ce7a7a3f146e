"""Fits what figures of interpretations are worth.

    python -m tests.ingestion.pricegrid.fit_interpretations [--write] [FOLDER ...]

Every labelled list gives its proposals and which of them are right: those whose price, code and name columns hold what
the list's truth says, row by row. The weights are those under which the right ones are most probable (conditional
logit, McFadden 1974; maximum likelihood with a penalty); the temperature makes the confidence of lists that were not
fitted a frequency. Printed is the evaluation that leaves out suppliers, a twelfth of them at a time.

The lists are those of `tests/ingestion/pricegrid/zoo/`, and those of folders with truth: of real lists
(`truth/index.json`) or of cases (`*.expect.json`). Nothing of them but the weights is kept.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np

from ingestion.pricegrid.cells.grid import Sheet
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.records import ListRefused
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.competition import WEIGHTS, agree
from ingestion.pricegrid.structure.competition import entries as entries_of
from ingestion.pricegrid.structure.evidence import Evidence
from ingestion.pricegrid.structure.header import find_header
from ingestion.pricegrid.structure.interpretations import Interpretation
from ingestion.pricegrid.structure.sample import take_sample
from ingestion.pricegrid.structure.side_by_side import split_of
from ingestion.pricegrid.structure.under_header import under_header
from tests.ingestion.pricegrid.labelled import Labelled, Truth, labelled_of, plain

MOST_SHEETS = 12
PENALTY = 0.0005
STEPS, CLOSE = 60, 0.01
NEARLY = 0.006
ENOUGH = 0.97
FEWEST = 2
FOLDS = 12
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)


@dataclass
class Example:
    """The proposals of one sheet: their figures, which are right, and which agree with which."""

    name: str
    supplier: str
    kind: str
    figures: list[Mapping[str, float]]
    right: np.ndarray
    together: np.ndarray
    first: int  # the one of first choice; that of no reading where it has no price
    asked: bool  # whether the old way asks


def is_right(evidence: Evidence | None, truth: Truth, first: Interpretation, *, only_best: bool) -> bool:
    """Whether its columns hold what the truth says, in nearly all rows; what that leaves open is as in the first."""
    price = evidence.read.price if evidence is not None else None
    if evidence is None or price is None:
        return False
    read, rows = evidence.read, evidence.looked.rows
    amounts = evidence.looked.amounts(price)
    seen = good = 0
    for at, row in enumerate(rows):
        right = truth.get(row.number)
        if right is None or not right.prices:
            continue
        seen += 1
        is_price = any(_is_amount(amounts[at], price) for price in right.prices[: 1 if only_best else None])
        is_code = read.code == first.code if right.code is None else _code(_text(row, read.code)) == _code(right.code)
        name = plain(_text(row, read.name))
        is_name = any(_is_named(name, each) for each in right.names) if right.names else read.name == first.name
        good += is_price and is_code and is_name and row.number >= read.under.header.data_start
    return seen >= FEWEST and good >= ENOUGH * seen


def _code(text: str) -> str:
    """Zeros may come from the number format, signs from a spreadsheet."""
    return plain(text).removesuffix(".0").strip("='\"").lstrip("0")


def _text(row: SheetRow, column: int | None) -> str:
    return cell_text(row.cells[column]) if column is not None and column < len(row.cells) else ""


def _is_named(name: str, right: str) -> bool:
    """Part of a name is a name too, if it is the better part of it; in a merged or continued cell there is none."""
    longer, shorter = (right, name) if name in right else (name, right)
    return not name or (shorter in longer and 2 * len(shorter) >= len(right) and len(shorter) >= min(3, len(right)))


def _is_amount(amount: float, price: float) -> bool:
    """The same digits: whether a sign parts thousands or decimals is not what is judged here."""
    return any(abs(amount * factor - price) <= NEARLY * price for factor in (1, 1000, 0.001))


def example(name: str, supplier: str, kind: str, sheet: Sheet, truth: Truth, hints: Hints) -> Example | None:
    sample = take_sample(sheet)
    if not sample.rows or split_of(sheet) is not None:
        return None
    under = under_header(sheet, sample, find_header(sample, hints), hints)
    first, found = entries_of(under)
    right = [False]
    for only_best in (True, False):
        if not any(right):
            right = [is_right(each.evidence, truth, first, only_best=only_best) for each in found]
    if not any(right):
        right = [each.evidence is None for each in found]
    together = [[agree(a, b) for b in found] for a in found]
    reads = [each.evidence.read if each.evidence else None for each in found]
    chosen = reads.index(first) if first in reads else len(found) - 1
    asked = first.price is None or first.rival is not None
    if not asked:
        keys = [first.columns.guesses[c].confidence for c in (first.price, first.code) if c is not None]
        asked = min(keys) < 0.6
    return Example(
        name, supplier, kind, [each.figures for each in found], np.array(right), np.array(together), chosen, asked
    )


def examples_of(labelled: Iterable[Labelled]) -> Iterator[Example]:
    """One for each sheet that has anything right, or all of a list that has nothing."""
    for each in labelled:
        try:
            book = each.open()
        except ListRefused:
            continue
        for sheet in book.sheets[:MOST_SHEETS]:
            truth = each.of_sheet(sheet.name)
            is_priced = any(right.prices for right in truth.values())
            if sheet.state != "visible" or (not truth and any(each.truth.values())) or (truth and not is_priced):
                continue
            made = example(f"{each.name} {sheet.name}", each.group, each.kind, sheet, truth, each.hints)
            if made is not None and not (each.kind != "zoo" and truth and made.right[-1]):
                yield made
        book.close()


# -- the fit ----------------------------------------------------------------------------------------------------------


class Data:
    """Examples as one matrix; `starts` are where each begins."""

    def __init__(self, examples: Sequence[Example], names: Sequence[str]) -> None:
        rows = [[figures.get(name, 0.0) for name in names] for each in examples for figures in each.figures]
        self.matrix = np.array(rows)
        sizes = [len(each.figures) for each in examples]
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.owner = np.repeat(np.arange(len(examples)), sizes)
        self.right = np.concatenate([each.right for each in examples])
        self.worth = worth_of(examples)

    def chances(self, weights: np.ndarray, among: np.ndarray | None = None) -> np.ndarray:
        scores = self.matrix @ weights
        if among is not None:
            scores = np.where(among, scores, -1e9)
        top = np.maximum.reduceat(scores, self.starts)
        powers = np.exp(scores - top[self.owner])
        shares: np.ndarray = powers / np.add.reduceat(powers, self.starts)[self.owner]
        return shares


def worth_of(examples: Sequence[Example]) -> np.ndarray:
    """A supplier's lists count together as the root of their number; real lists for more than made-up ones."""
    counts = Counter(each.supplier for each in examples)
    kinds = {"zoo": 1.0, "case": 2.0, "corpus": 3.0}
    return np.array([kinds[each.kind] / counts[each.supplier] ** 0.5 for each in examples])


def fitted(data: Data, penalty: float = PENALTY) -> np.ndarray:
    """Newton's steps on the penalised log likelihood, the curvature taken from all proposals: each one ascends."""
    count = data.matrix.shape[1]
    weights = np.zeros(count)
    worth = (data.worth / data.worth.sum())[data.owner]
    for _ in range(STEPS):
        chances = data.chances(weights)
        pull = (worth * (data.chances(weights, data.right) - chances)) @ data.matrix - penalty * weights
        means = np.add.reduceat(chances[:, None] * data.matrix, data.starts)
        apart = data.matrix - means[data.owner]
        curvature = (apart * (worth * chances)[:, None]).T @ apart + penalty * np.eye(count)
        step = np.linalg.solve(curvature, pull)
        weights = weights + step
        if np.abs(step).max() < CLOSE:
            break
    return weights


class Judged(NamedTuple):
    """What came of one list that was left out of the fit."""

    example: Example
    confidence: float
    is_right: bool
    is_nothing: bool


def judged(example: Example, scores: np.ndarray, temperature: float) -> Judged:
    scores = scores / temperature
    powers = np.exp(scores - scores.max())
    chances = powers / powers.sum()
    is_nothing = example.first == len(scores) - 1  # the steps one after the other find no price
    if is_nothing:
        return Judged(example, float(chances[-1]), bool(example.right[-1]), is_nothing=True)
    best = example.first  # another one is asked about, never taken instead
    return Judged(example, float(chances[example.together[best]].sum()), bool(example.right[best]), is_nothing=False)


def left_out(examples: Sequence[Example], names: Sequence[str]) -> list[tuple[Example, np.ndarray]]:
    """The scores of every list under weights that its supplier had no part in."""
    suppliers = sorted({each.supplier for each in examples})
    Random(1).shuffle(suppliers)
    real = [s for s in suppliers if not s.startswith("zoo")]
    made_up = [s for s in suppliers if s.startswith("zoo")]
    folds = [set(real[at::FOLDS]) | set(made_up[at::FOLDS]) for at in range(FOLDS)]
    found = []
    for fold in folds:
        weights = fitted(Data([each for each in examples if each.supplier not in fold], names))
        for each in examples:
            if each.supplier in fold:
                matrix = np.array([[figures.get(name, 0.0) for name in names] for figures in each.figures])
                found.append((each, matrix @ weights))
    return found


def best_temperature(scored: Sequence[tuple[Example, np.ndarray]]) -> float:
    def loss(temperature: float) -> float:
        total = 0.0
        for (each, scores), worth in zip(scored, worth_of([each for each, _ in scored]), strict=True):
            powers = np.exp((scores - scores.max()) / temperature)
            total -= worth * np.log(max(powers[each.right].sum() / powers.sum(), 1e-9))
        return total

    return min((round(0.5 + 0.05 * step, 2) for step in range(50)), key=loss)


def report(found: Sequence[Judged], show: int) -> None:
    for kind in ("corpus", "case", "zoo"):
        lists = [each for each in found if each.example.kind == kind]
        if not lists:
            continue
        old_right = sum(bool(each.example.right[each.example.first]) for each in lists)
        old_silent = sum(not each.example.right[each.example.first] and not each.example.asked for each in lists)
        old_asked = sum(each.example.asked for each in lists)
        print(f"{kind}: {len(lists)} sheets; old: {old_right} right, {old_asked} asked, {old_silent} silently wrong")
        for bar in (0.5, 0.8, 0.9, 0.95, 0.98):
            right = sum(each.is_right for each in lists)
            asked = sum(each.confidence < bar or each.is_nothing for each in lists)
            silent = sum(not each.is_right and each.confidence >= bar and not each.is_nothing for each in lists)
            print(f"    new, bar {bar}: {right} right, {asked} asked, {silent} silently wrong")
    print("reliability: confidence, lists, said, right")
    for low, high in pairwise(BINS):
        for kinds in (("corpus", "case"), ("zoo",)):
            some = [each for each in found if low <= each.confidence < high and each.example.kind in kinds]
            if some:
                said = sum(each.confidence for each in some) / len(some)
                share = sum(each.is_right for each in some) / len(some)
                print(f"    {low:.3f}..{min(high, 1):.3f} {'+'.join(kinds):12} {len(some):5} {said:.3f} {share:.3f}")
    wrong = sorted((each for each in found if not each.is_right), key=lambda each: -each.confidence)
    print("".join(f"    wrong at {each.confidence:.3f}: {each.example.name}\n" for each in wrong[:show]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--show", type=int, default=25, help="how many of the gravest faults to name")
    asked = parser.parse_args()
    examples = list(examples_of(labelled_of(asked.folders)))
    names = sorted({name for each in examples for figures in each.figures for name in figures})
    print(f"{len(examples)} lists of {len({each.supplier for each in examples})} suppliers, {len(names)} figures")
    scored = left_out(examples, names)
    temperature = best_temperature(scored)
    print(f"temperature {temperature}")
    report([judged(each, scores, temperature) for each, scores in scored], asked.show)
    weights = fitted(Data(examples, names))
    for name, weight in sorted(zip(names, weights, strict=True), key=lambda pair: -abs(pair[1])):
        print(f"    {name:28} {weight:6.2f}")
    if asked.write:
        kept = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
        WEIGHTS.write_text(
            json.dumps({"temperature": temperature, "weights": kept}, indent=2, sort_keys=True) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
