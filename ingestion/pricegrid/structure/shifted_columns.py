"""Where the columns of a list change on the way though no header says so.

From a row on a column without a header is filled, and others hold another kind of values than above; or prices stand
among the names, and the last column is empty. One sign alone is none: names may be numbers, notes may begin anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.cells.sparse import WIDE
from ingestion.pricegrid.structure.column_profile import NUMERIC, Shape, shape_of
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.sample import is_empty

_LEAST_ROWS = 2  # above the change, and from it on
_MOSTLY = 0.8
_OTHER_SIZE = 3  # so many times as large in the middle
_KINDS = (*NUMERIC, Shape.TEXT, Shape.CODE)


class Shift(NamedTuple):
    """From `row` on the rows with something in `column` (of numbers: with a number) have their values elsewhere."""

    row: int
    column: int
    of_numbers: bool = False

    def holds(self, number: int, cells: Sequence[Cell]) -> bool:
        cell = cells[self.column] if number >= self.row and self.column < len(cells) else None
        return shape_of(cell) in NUMERIC if self.of_numbers else not is_empty(cell)


def find_shift(body: Sequence[SheetRow], layout: Layout) -> Shift | None:
    if len(body) < 2 * _LEAST_ROWS or layout.width > WIDE:
        return None
    columns = [
        [row.cells[column] if column < len(row.cells) else None for row in body] for column in range(layout.width)
    ]
    return _to_the_right(body, layout, columns) or _to_the_left(body, layout, columns)


def _to_the_right(body: Sequence[SheetRow], layout: Layout, columns: Sequence[Sequence[Cell]]) -> Shift | None:
    for column, cells in enumerate(columns):
        if layout.header.text(column) or column == layout.price:
            continue
        start = next((at for at, cell in enumerate(cells) if not is_empty(cell)), 0)
        is_new = _LEAST_ROWS <= start <= len(cells) - _LEAST_ROWS and _share(cells[start:], NUMERIC) >= _MOSTLY
        beside_price = layout.price is not None and column == layout.price + 1
        if is_new and (
            any(_changes(others, start) for others in columns[:column])
            or (beside_price and _leaps(columns[column - 1], start))
        ):
            return Shift(body[start].number, column)
    return None


def _to_the_left(body: Sequence[SheetRow], layout: Layout, columns: Sequence[Sequence[Cell]]) -> Shift | None:
    """The names are numbers from a row on, where the last column ends: nothing stands there any more."""
    last = next((cells for cells in reversed(columns) if not all(map(is_empty, cells))), ())
    end = next((len(last) - at for at, cell in enumerate(reversed(last)) if not is_empty(cell)), 0)
    if not layout.names or not _LEAST_ROWS <= end <= len(last) - _LEAST_ROWS or _share(last[:end], _KINDS) < _MOSTLY:
        return None
    name = layout.names[0]
    numbers, words = _share(columns[name][end:], NUMERIC), _share(columns[name][:end], (Shape.TEXT, Shape.CODE))
    is_shifted = min(numbers, words) >= _MOSTLY
    return Shift(body[end].number, name, of_numbers=True) if is_shifted else None


def _changes(cells: Sequence[Cell], at: int) -> bool:
    """Whether numbers stand above and words from there on, or the other way round."""
    words = (Shape.TEXT, Shape.CODE)
    above, below = cells[:at], cells[at:]
    return (_share(above, NUMERIC) >= _MOSTLY and _share(below, words) >= _MOSTLY) or (
        _share(above, words) >= _MOSTLY and _share(below, NUMERIC) >= _MOSTLY
    )


def _leaps(cells: Sequence[Cell], at: int) -> bool:
    """Whether the numbers are of another size from there on."""
    above, below = (
        median(numbers) if (numbers := [float(cell) for cell in part if isinstance(cell, int | float)]) else 0.0
        for part in (cells[:at], cells[at:])
    )
    return 0 < _OTHER_SIZE * min(above, below) <= max(above, below)


def _share(cells: Sequence[Cell], kinds: Sequence[Shape]) -> float:
    return sum(shape_of(cell) in kinds for cell in cells) / max(len(cells), 1)
