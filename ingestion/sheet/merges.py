"""Merged cells: a value that was written once and counts for a whole range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingestion.sheet.grid import Cell, Merge, Sheet, Style

NONE_CARRIED: frozenset[int] = frozenset()


class Row(NamedTuple):
    """A row as it counts: `carried` are the columns whose value was written further up, in a merged cell."""

    number: int
    cells: Sequence[Cell]
    carried: frozenset[int] = NONE_CARRIED


class Tail:
    """What a sheet holds from one row on, as a sheet of its own."""

    def __init__(self, sheet: Sheet, first_row: int) -> None:
        self._sheet = sheet
        self._first_row = first_row
        self.name, self.state, self.is_text, self.row_count = sheet.name, sheet.state, sheet.is_text, sheet.row_count
        self.merges, self.hidden_rows, self.hidden_columns = sheet.merges, sheet.hidden_rows, sheet.hidden_columns

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        return ((number, cells) for number, cells in self._sheet.rows() if number >= self._first_row)

    def style(self, row: int, column: int) -> Style | None:
        return self._sheet.style(row, column)


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet, with the values of vertically merged cells carried down."""
    downward = _downward(sheet.merges)
    if not downward:
        return (Row(number, cells) for number, cells in sheet.rows())
    return _carrying(sheet, downward)


def _downward(merges: Sequence[Merge]) -> dict[int, list[Merge]]:
    """The merges that reach below their first row, by every row that they reach."""
    reached: dict[int, list[Merge]] = {}
    for merge in merges:
        for row in range(merge.first_row, merge.last_row + 1 if merge.last_row > merge.first_row else 0):
            reached.setdefault(row, []).append(merge)
    return reached


def _carrying(sheet: Sheet, downward: dict[int, list[Merge]]) -> Iterator[Row]:
    held: dict[Merge, Cell] = {}
    for number, cells in sheet.rows():
        reaching = downward.get(number)
        if not reaching:
            yield Row(number, cells)
            continue
        filled = list(cells)
        carried = set()
        for merge in reaching:
            column = merge.first_col - 1
            filled += [None] * (column + 1 - len(filled))
            if merge.first_row == number:
                held[merge] = filled[column]
            elif held.get(merge) not in (None, ""):
                filled[column] = held[merge]
                carried.add(column)
        yield Row(number, filled, frozenset(carried))


def widened(row: Row, merges: Sequence[Merge]) -> list[Cell]:
    """The cells of a header row: what is merged across counts for every column under it."""
    cells = list(row.cells)
    for merge in merges:
        if merge.first_row <= row.number <= merge.last_row and merge.last_col > merge.first_col:
            cells += [None] * (merge.last_col - len(cells))
            value = cells[merge.first_col - 1]
            cells[merge.first_col - 1 : merge.last_col] = [value] * (merge.last_col - merge.first_col + 1)
    return cells
