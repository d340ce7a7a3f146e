"""A sheet in which some values stand in another column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell, Merge, Sheet, Style
from ingestion.pricegrid.cells.views import SheetView


class Moved(NamedTuple):
    """Columns from 0: where the value of a merged cell stands, and where the other rows have theirs."""

    source: int
    target: int


class MovedCells(SheetView):
    """A sheet in which values of merged cells stand in another of the columns that they cover."""

    def __init__(self, sheet: Sheet, moves: Mapping[Merge, Moved]) -> None:
        super().__init__(sheet)
        self._moves = moves
        self._by_row: dict[int, list[Moved]] = {}
        for merge, moved in moves.items():
            self._by_row.setdefault(merge.first_row, []).append(moved)

    @property
    def merges(self) -> Sequence[Merge]:
        return [self._narrowed(merge) if merge in self._moves else merge for merge in self.sheet.merges]

    def _narrowed(self, merge: Merge) -> Merge:
        column = self._moves[merge].target + 1
        return merge._replace(first_col=column, last_col=column)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        for number, cells in self.sheet.rows():
            moved = self._by_row.get(number)
            yield number, _with_moved(cells, moved) if moved else cells

    def style(self, row: int, column: int) -> Style | None:
        """A value takes its look along."""
        source = next((moved.source for moved in self._by_row.get(row, ()) if moved.target == column - 1), column - 1)
        return self.sheet.style(row, source + 1)

    def struck_columns(self, row: int) -> frozenset[int]:
        struck = super().struck_columns(row)
        moves = self._by_row.get(row, ()) if struck else ()
        return struck.union(target for source, target in moves if source in struck)


def _with_moved(cells: Sequence[Cell], moves: Sequence[Moved]) -> Sequence[Cell]:
    filled = [*cells, *[None] * (1 + max(max(moved) for moved in moves) - len(cells))]
    for source, target in moves:
        filled[source], filled[target] = None, filled[source]
    return filled
