"""Merged cells: a value that was written once and counts for a whole range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell, Merge, Sheet
from ingestion.pricegrid.cells.struck_out import struck_columns

NONE_CARRIED: frozenset[int] = frozenset()


class SheetRow(NamedTuple):
    """A row as it counts: `carried` are the columns whose value was written further up, in a merged cell."""

    number: int
    cells: Sequence[Cell]
    carried: frozenset[int] = NONE_CARRIED


def grid_rows(sheet: Sheet) -> Iterator[SheetRow]:
    """The rows of a sheet, with the values of vertically merged cells carried down."""
    downward = [merge for merge in sheet.merges if merge.last_row > merge.first_row]
    if not downward:
        return (SheetRow(number, cells) for number, cells in sheet.rows())
    return _carrying(sheet, downward)


class _Reaching:
    """The merges that reach the row which was asked for last, in their order. Rows are asked for from top to bottom."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._coming = sorted(enumerate(merges), key=lambda each: -each[1].first_row)  # the next one is last
        self._active: list[tuple[int, Merge]] = []
        self._soonest = 0  # where the first of the active ones ends

    def at(self, row: int) -> Sequence[tuple[int, Merge]]:
        if self._active and self._soonest < row:
            self._active = [each for each in self._active if each[1].last_row >= row]
        came = False
        while self._coming and self._coming[-1][1].first_row <= row:
            each = self._coming.pop()
            if each[1].last_row >= row:
                self._active.append(each)
                came = True
        if came:
            self._active.sort()
        if self._active and (came or self._soonest < row):
            self._soonest = min(merge.last_row for _, merge in self._active)
        return self._active


def _carrying(sheet: Sheet, downward: Sequence[Merge]) -> Iterator[SheetRow]:
    held: dict[int, Cell] = {}
    reaching = _Reaching(downward)
    for number, cells in sheet.rows():
        merges = reaching.at(number)
        if not merges:
            yield SheetRow(number, cells)
            continue
        filled = list(cells)
        carried = set()
        for index, merge in merges:
            column = merge.first_col - 1
            if merge.first_row == number:
                is_there = column < len(filled) and column not in struck_columns(sheet, number)
                held[index] = filled[column] if is_there else None
            elif held.get(index) not in (None, ""):
                filled += [None] * (column + 1 - len(filled))
                filled[column] = held[index]
                carried.add(column)
        yield SheetRow(number, filled, frozenset(carried))


class Across:
    """Which columns of a row are merged into one cell; rows are asked for from top to bottom."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        wide = [merge for merge in merges if merge.last_col > merge.first_col]
        self._reaching = _Reaching(wide) if wide else None

    def at(self, row: int) -> Sequence[range]:
        """The columns of each such cell, from 0; its value stands in the first of them."""
        if self._reaching is None:
            return ()
        return [range(merge.first_col - 1, merge.last_col) for _, merge in self._reaching.at(row)]


def widened(row: SheetRow, merges: Sequence[Merge]) -> list[Cell]:
    """The cells of a header row: what is merged across counts for every column under it."""
    cells = list(row.cells)
    for merge in merges:
        if merge.first_row <= row.number <= merge.last_row and merge.last_col > merge.first_col:
            cells += [None] * (merge.last_col - len(cells))
            value = cells[merge.first_col - 1]
            cells[merge.first_col - 1 : merge.last_col] = [value] * (merge.last_col - merge.first_col + 1)
    return cells
