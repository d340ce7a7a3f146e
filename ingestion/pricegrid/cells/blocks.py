"""The rows of a sheet, some hundred at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol, runtime_checkable

from ingestion.pricegrid.cells.grid import Cell, Sheet
from ingestion.pricegrid.cells.merges import NONE_CARRIED, SheetRow, grid_rows

ROWS_AT_ONCE = 300  # so few that their cells stay in the cache of the processor from one pass to the next


class Block(NamedTuple):
    """Row numbers and cells of rows that follow one another; `carried` as in `SheetRow`, by row number."""

    numbers: Sequence[int]
    cells: Sequence[Sequence[Cell]]
    carried: Mapping[int, frozenset[int]] = {}

    def row(self, at: int) -> SheetRow:
        number = self.numbers[at]
        return SheetRow(number, self.cells[at], self.carried.get(number, NONE_CARRIED))


@runtime_checkable
class InBlocks(Protocol):
    """A sheet that reads many rows at once faster than one by one."""

    def row_blocks(self) -> Iterator[Block]: ...


def blocks_of(sheet: Sheet) -> Iterator[Block]:
    """The rows as `rows_of()` gives them."""
    if isinstance(sheet, InBlocks) and not sheet.merges:
        yield from sheet.row_blocks()
        return
    rows = grid_rows(sheet)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        numbers, cells, carried = zip(*some, strict=True)
        yield Block(numbers, cells, {row.number: row.carried for row in some if row.carried} if any(carried) else {})
