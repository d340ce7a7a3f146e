"""Items above the first header: the first page came without its own, or what looks like a header is an item."""

from __future__ import annotations

from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.structure.sample import Sample, filled_columns

COMPARED = 12
SOME = 3
FEW_CELLS = 3  # so many may look like an item by chance: "Minimum order | 500 | EUR"


def items_above(sample: Sample, index: int) -> list[SheetRow]:
    """The rows above row `index` that hold texts and numbers just where those below it do."""
    below = {sample.pattern(row) for row in _below(sample, index)}
    patterns = {pattern for pattern in below if len(pattern) >= FEW_CELLS and len({kind for _, kind in pattern}) > 1}
    items = [row for row in sample.rows[:index] if sample.pattern(row) in patterns] if patterns else []
    return items if len(items) >= SOME or any(len(sample.pattern(row)) > FEW_CELLS for row in items) else []


def first_item_above(sample: Sample, index: int, top: int) -> SheetRow | None:
    """Where the items begin that stand above the header of rows `top` to `index`, if there are any.

    Right above the first one, or above the header, rows that only fill the same columns count too: theirs may hold
    words in place of prices.
    """
    items = items_above(sample, index)
    filled = {tuple(columns) for row in _below(sample, index) if len(columns := filled_columns(row.cells)) > FEW_CELLS}
    first = sample.rows.index(items[0]) if items else top
    while first and tuple(filled_columns(sample.rows[first - 1].cells)) in filled:
        first -= 1
    return sample.rows[first] if first < top else None


def _below(sample: Sample, index: int) -> list[SheetRow]:
    return sample.rows[index + 1 : index + 1 + COMPARED]
