"""A book in which some cells say what a person has corrected them to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ingestion.pricegrid.cells.blocks import Block, blocks_of
from ingestion.pricegrid.cells.grid import Book, Cell, Sheet
from ingestion.pricegrid.cells.letters import column_index
from ingestion.pricegrid.cells.views import SheetView
from ingestion.pricegrid.records import Message


class CellPlace(NamedTuple):
    """A cell: the sheet (empty where it has no name), the row as people count, the column's letter."""

    sheet: str
    row: int
    column: str


class CorrectedSheet(SheetView):
    """`cells` are the corrected values by row number and column index (from 0)."""

    def __init__(self, sheet: Sheet, cells: Mapping[int, Mapping[int, str]]) -> None:
        super().__init__(sheet)
        self._cells = cells

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        for number, cells in self.sheet.rows():
            yield number, self._corrected(number, cells)

    def row_blocks(self) -> Iterator[Block]:
        for block in blocks_of(self.sheet):
            yield block._replace(cells=list(map(self._corrected, block.numbers, block.cells)))

    def struck_columns(self, row: int) -> frozenset[int]:
        """A corrected value stands, whatever the one before looked like."""
        return super().struck_columns(row).difference(self._cells.get(row, ()))

    def _corrected(self, number: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        return patched(cells, self._cells[number]) if number in self._cells else cells


class CorrectedBook:
    """A book whose cells at the places in `values` say those instead; an empty text empties a cell."""

    def __init__(self, book: Book, values: Mapping[CellPlace, str]) -> None:
        self._book = book
        by_sheet: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
        for place, value in values.items():
            index = column_index(place.column)
            if index is not None:
                by_sheet[place.sheet][place.row][index] = value
        self.sheets: Sequence[Sheet] = [CorrectedSheet(sheet, by_sheet[sheet.name or ""]) for sheet in book.sheets]

    @property
    def kind(self) -> str:
        return self._book.kind

    @property
    def notes(self) -> Sequence[Message]:
        return self._book.notes

    def close(self) -> None:
        self._book.close()


def patched(cells: Sequence[Cell], values: Mapping[int, str]) -> Sequence[Cell]:
    """The cells of a row with other values in some columns (by their indexes, from 0), as wide as those ask for."""
    row = [*cells, *[None] * (max(values) + 1 - len(cells))]
    for index, value in values.items():
        row[index] = value or None
    return row
