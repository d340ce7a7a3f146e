"""What is stored without a question, and how much of that is right.

    python -m tests.ingestion.pricegrid.measure_confidence [--seed TEXT] [--show N] [FOLDER ...]

Every labelled list (`labelled.py`) is read as a run would read it. Right is a list of which no stored item has a wrong
price, code or name, and none stands in a row that is no item; silently wrong is one that is not right though nobody
was asked. Printed by mutation, and by how sure the reading was said to be: of those that are 95 % sure, how many are
right.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from ingestion.pricegrid.records import LONGEST_NAME, Item, ListRefused
from ingestion.pricegrid.values.codes import code_key
from ingestion.pricegrid.values.text import shorten
from ingestion.pricegrid.verdict import USUAL_CONFIDENCE, USUAL_FAILED_PERCENT, Bars, VerdictKind, examine
from tests.ingestion.pricegrid.labelled import Labelled, Right, labelled_of, plain

BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
ROUNDED = 0.000051  # a price keeps four decimals
BARS = Bars(USUAL_CONFIDENCE, USUAL_FAILED_PERCENT)


@dataclass
class Measured:
    """What came of a list; `faults` are those of the items that would be stored, in words."""

    labelled: Labelled
    kind: VerdictKind
    confidence: float = 0.0
    faults: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not self.faults

    @property
    def is_silently_wrong(self) -> bool:
        return self.kind is VerdictKind.STORED and not self.is_right


def measured(labelled: Labelled) -> Measured:
    try:
        examined = examine(labelled.open(), labelled.hints, BARS)
    except ListRefused:
        return Measured(labelled, VerdictKind.REFUSED)
    rows = examined.taken()
    faults = [fault for row in rows if isinstance(row, Item) for fault in faults_of(labelled, row)]
    sure = [sheet.confidence for sheet in examined.sheets if sheet.chosen]
    verdict = examined.verdict(rows.counts)
    examined.close()
    return Measured(
        labelled, verdict.kind, min(sure, default=0.0), faults, [question.code for question in verdict.said]
    )


def faults_of(labelled: Labelled, item: Item) -> Iterator[str]:
    right = labelled.of_sheet(item.sheet).get(item.row_number)
    where = f"row {item.row_number}"
    if right is None or not right.prices:
        if item.price is not None and (right is not None or labelled.is_complete):
            yield f"{where}: {item.name!r} at {item.price} is no item"
        return
    if not any(abs(float(item.price or 0) - price) <= ROUNDED for price in right.prices):
        yield f"{where}: price {item.price} for {right.prices}"
    if right.code is not None and code_key(item.supplier_sku) != code_key(right.code):
        yield f"{where}: code {item.supplier_sku!r} for {right.code!r}"
    if right.names and not is_named(plain(item.name), right):
        yield f"{where}: name {shorten(item.name)!r} for {[shorten(name) for name in sorted(right.names)]}"


def is_named(name: str, right: Right) -> bool:
    """A composed name has the right one in it, and a long one ends early."""
    is_long = len(name) > LONGEST_NAME / 2
    return any(each in name or (is_long and each.startswith(name[: LONGEST_NAME - 50])) for each in right.names)


def report(found: list[Measured], show: int) -> None:
    print(f"{'':34} read asked refused right silently wrong")
    groups = sorted({(each.labelled.kind, each.labelled.mutation) for each in found})
    for kind, mutation in groups:
        print_line(f"{kind}, {mutation}", [each for each in found if _group(each) == (kind, mutation)])
    print_line("all", found)
    stored = [each for each in found if each.kind is VerdictKind.STORED]
    print(f"stored without a question {len(stored)}, right {share(stored):.2%}")
    print("confidence: lists, of those right; stored, of those right")
    for low, high in pairwise(BINS):
        sure = [each for each in found if low <= each.confidence < high and each.confidence]
        some = [each for each in sure if each.kind is VerdictKind.STORED]
        print(f"    {low:.2f}..{min(high, 1):.2f} {len(sure):5} {share(sure):7.2%} {len(some):5} {share(some):7.2%}")
    questions = Counter(question for each in found if each.kind is VerdictKind.ASKS for question in each.questions)
    needless = Counter(
        question for each in found if each.kind is VerdictKind.ASKS and each.is_right for question in each.questions
    )
    print("questions: how often, where all was right")
    for question, count in questions.most_common():
        print(f"    {question:28} {count:5} {needless[question]:5}")
    for each in [each for each in found if each.is_silently_wrong][:show]:
        print(f"    {each.confidence:.2f} {each.labelled.name}: {'; '.join(each.faults[:2])} ({len(each.faults)})")


def _group(each: Measured) -> tuple[str, str]:
    return each.labelled.kind, each.labelled.mutation


def print_line(name: str, found: list[Measured]) -> None:
    kinds = Counter(each.kind for each in found)
    right = sum(each.kind is VerdictKind.STORED and each.is_right for each in found)
    silent = sum(each.is_silently_wrong for each in found)
    asked, refused = kinds[VerdictKind.ASKS], kinds[VerdictKind.REFUSED]
    print(f"{name:34} {len(found):4} {asked:5} {refused:7} {right:5} {silent:5}")


def share(found: list[Measured]) -> float:
    return sum(each.is_right for each in found) / len(found) if found else 1.0


def measure(labelled: Iterable[Labelled]) -> list[Measured]:
    return [measured(each) for each in labelled]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--seed", default="", help="other changes of the made-up lists")
    parser.add_argument("--show", type=int, default=50, help="how many silently wrong ones to name")
    asked = parser.parse_args()
    report(measure(labelled_of(asked.folders, asked.seed)), asked.show)


if __name__ == "__main__":
    main()
