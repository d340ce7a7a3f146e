"""A book in which some cells say what a person has corrected them to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ingestion.pricegrid.cells.blocks import Block, blocks_of
from ingestion.pricegrid.cells.grid import Book, Cell, Sheet
from ingestion.pricegrid.cells.letters import column_index


class Place(NamedTuple):
    """A cell: the sheet (empty where it has no name), the row as people count, the column's letter."""

    sheet: str
    row: int
    column: str


class CorrectedSheet:
    """Everything but the corrected cells is the sheet's own."""

    def __init__(self, sheet: Sheet, cells: Mapping[int, Mapping[int, str]]) -> None:
        self._sheet = sheet
        self._cells = cells

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sheet, name)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        for number, cells in self._sheet.rows():
            yield number, self._corrected(number, cells)

    def row_blocks(self) -> Iterator[Block]:
        for block in blocks_of(self._sheet):
            yield block._replace(cells=list(map(self._corrected, block.numbers, block.cells)))

    def _corrected(self, number: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        return patched(cells, self._cells[number]) if number in self._cells else cells


class CorrectedBook:
    def __init__(self, book: Book, values: Mapping[Place, str]) -> None:
        self._book = book
        by_sheet: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
        for place, value in values.items():
            index = column_index(place.column)
            if index is not None:
                by_sheet[place.sheet][place.row][index] = value
        self.sheets: list[Any] = [CorrectedSheet(sheet, by_sheet[sheet.name or ""]) for sheet in book.sheets]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)


def patched(cells: Sequence[Cell], values: Mapping[int, str]) -> Sequence[Cell]:
    row = [*cells, *[None] * (max(values) + 1 - len(cells))]
    for index, value in values.items():
        row[index] = value or None
    return row
