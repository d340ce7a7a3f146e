"""Values that some rows hold in a cell merged over several columns, and so in another column than the other rows do."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell, Merge, Sheet
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.cells.moved import Moved, MovedCells
from ingestion.pricegrid.structure.column_profile import Shape, shape_of
from ingestion.pricegrid.structure.sample import is_empty

_WIDEST = 4  # what covers more columns stands for the row, not for one value
_SELDOM = 0.3
_OFTEN = 0.5
_MOSTLY = 0.7
_COMPARED = 200


def with_values_in_their_columns(sheet: Sheet, body: Sequence[SheetRow], start: int) -> Sheet:
    """The sheet itself where no value has to be moved."""
    wide = [merge for merge in sheet.merges if _may_be_moved(merge, start)]
    if not wide or not body:
        return sheet
    columns = _Columns(body, wide)
    texts = columns.texts_of(wide)
    moves = {
        merge: Moved(merge.first_col - 1, target)
        for merge in wide
        if (target := columns.home_of(merge, texts.get(merge))) is not None
    }
    return MovedCells(sheet, moves) if moves else sheet


def _may_be_moved(merge: Merge, start: int) -> bool:
    return merge.first_row >= start and 1 <= merge.last_col - merge.first_col < _WIDEST


class _Columns:
    """How the rows fill their columns that have no such cell."""

    def __init__(self, body: Sequence[SheetRow], wide: Sequence[Merge]) -> None:
        reached = {
            row for merge in wide for row in range(merge.first_row, min(merge.last_row, merge.first_row + 99) + 1)
        }
        self._body = body
        self._plain = [row for row in body if row.number not in reached][:_COMPARED]

    def texts_of(self, wide: Sequence[Merge]) -> dict[Merge, Cell]:
        """What stands in the merged cells, as far as the sample goes."""
        cells = {row.number: row.cells for row in self._body}
        return {merge: _cell(cells[merge.first_row], merge.first_col - 1) for merge in wide if merge.first_row in cells}

    def home_of(self, merge: Merge, value: Cell) -> int | None:
        """The column where the other rows have such a value, if it is not the one where this one stands."""
        if not self._plain:
            return None
        first, *others = range(merge.first_col - 1, merge.last_col)
        often = [column for column in others if self._filled(column) >= _OFTEN]
        if self._filled(first) <= _SELDOM:
            return often[0] if often else None
        is_name = shape_of(value) is Shape.TEXT and self._share(first, Shape.TEXT) <= _SELDOM
        names = [column for column in often if self._share(column, Shape.TEXT) >= _MOSTLY] if is_name else []
        return names[0] if names else None

    def _filled(self, column: int) -> float:
        return sum(not is_empty(_cell(row.cells, column)) for row in self._plain) / len(self._plain)

    def _share(self, column: int, shape: Shape) -> float:
        return sum(shape_of(_cell(row.cells, column)) is shape for row in self._plain) / len(self._plain)


def _cell(cells: Sequence[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else None
