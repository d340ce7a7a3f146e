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
    """From `row` on the rows with a number in `column` (and words in another one) have their values elsewhere."""

    row: int
    column: int
    worded: int | None = None

    def holds(self, number: int, cells: Sequence[Cell]) -> bool:
        if number < self.row or self.column >= len(cells) or shape_of(cells[self.column]) not in NUMERIC:
            return False
        return self.worded is None or shape_of(cells[self.worded]) is Shape.TEXT


def find_shift(body: Sequence[SheetRow], columns: Sequence[Sequence[Cell]], layout: Layout) -> Shift | None:
    """`columns` are the cells of the body, by column."""
    if len(body) < 2 * _LEAST_ROWS or layout.width > WIDE:
        return None
    rules = (_to_the_right, _to_the_left, _among_the_codes, _swapped)
    return next((shift for rule in rules if (shift := rule(body, layout, columns))), None)


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
            or (beside_price and _trade_places(columns[column - 1], cells, start))
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
    return Shift(body[end].number, name) if is_shifted else None


def _among_the_codes(body: Sequence[SheetRow], layout: Layout, columns: Sequence[Sequence[Cell]]) -> Shift | None:
    """Some rows have names where the others have codes, and numbers where these have names."""
    if layout.code is None or not layout.names:
        return None
    pairs = list(zip(columns[layout.code], columns[layout.names[0]], strict=True))
    shifted = [
        at for at, (code, name) in enumerate(pairs) if shape_of(code) is Shape.TEXT and shape_of(name) in NUMERIC
    ]
    others = [pair for at, pair in enumerate(pairs) if at not in shifted]
    if len(shifted) < _LEAST_ROWS or _share([code for code, _ in others], (*NUMERIC, Shape.CODE)) < _MOSTLY:
        return None
    if _share([name for _, name in others], (Shape.TEXT, Shape.CODE)) < _MOSTLY:
        return None
    return Shift(body[shifted[0]].number, layout.names[0], layout.code)


def _swapped(body: Sequence[SheetRow], layout: Layout, columns: Sequence[Sequence[Cell]]) -> Shift | None:
    """From a row on whole numbers stand in place of the prices, and amounts where whole numbers stood."""
    if layout.price is None:
        return None
    prices = columns[layout.price]
    for column, cells in enumerate(columns):
        start = next((at for at, cell in enumerate(cells) if _has_decimals(cell)), 0)
        if column != layout.price and _LEAST_ROWS <= start <= len(cells) - _LEAST_ROWS:
            whole = _share(cells[:start], NUMERIC) >= _MOSTLY
            if whole and _trade_places(prices, cells, start):
                return Shift(body[start].number, layout.price)
    return None


def _trade_places(prices: Sequence[Cell], others: Sequence[Cell], at: int) -> bool:
    """Whether amounts with decimals stand among the prices above a row, and from there on only among the others."""
    decimals = [sum(map(_has_decimals, cells)) for cells in (prices[:at], prices[at:], others[:at], others[at:])]
    return decimals[0] >= at / 2 and decimals[1] == decimals[2] == 0 and decimals[3] >= (len(prices) - at) / 2


def _has_decimals(cell: Cell) -> bool:
    if isinstance(cell, str):
        return shape_of(cell) in NUMERIC and "," in cell.replace(".", ",")
    return isinstance(cell, float) and not cell.is_integer()


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
