"""A sheet as something else shows it: a part of it, or with other cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from ingestion.pricegrid.cells.grid import Cell, Merge, Sheet, Style
from ingestion.pricegrid.cells.struck_out import StruckCells, struck_cells, struck_columns
from ingestion.pricegrid.records import Message

_NO_ROWS: Mapping[int, Message] = {}
_NO_NOTES: Mapping[int, tuple[Message, ...]] = {}


class SheetView:
    """Whatever a view does not say itself is said by the sheet behind it, `sheet`.

    Rows come one by one, as `rows()` gives them: a view that has blocks of them brings its own `row_blocks()`.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def name(self) -> str:
        return self.sheet.name

    @property
    def state(self) -> str:
        return self.sheet.state

    @property
    def is_text(self) -> bool:
        return self.sheet.is_text

    @property
    def row_count(self) -> int | None:
        return self.sheet.row_count

    @property
    def merges(self) -> Sequence[Merge]:
        return self.sheet.merges

    @property
    def hidden_rows(self) -> set[int]:
        return self.sheet.hidden_rows

    @property
    def hidden_columns(self) -> set[int]:
        return self.sheet.hidden_columns

    @property
    def damaged_rows(self) -> Mapping[int, Message]:
        return damaged_rows(self.sheet)

    @property
    def noted_rows(self) -> Mapping[int, tuple[Message, ...]]:
        return noted_rows(self.sheet)

    @property
    def struck_cells(self) -> StruckCells:
        return struck_cells(self.sheet)

    def struck_columns(self, row: int) -> frozenset[int]:
        return struck_columns(self.sheet, row)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        return self.sheet.rows()

    def style(self, row: int, column: int) -> Style | None:
        return self.sheet.style(row, column)


class SheetTail(SheetView):
    """What a sheet holds from one row on."""

    def __init__(self, sheet: Sheet, first_row: int) -> None:
        super().__init__(sheet)
        self._first_row = first_row

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        return ((number, cells) for number, cells in self.sheet.rows() if number >= self._first_row)


class SheetHead(SheetView):
    """What a sheet holds above a row."""

    def __init__(self, sheet: Sheet, end_row: int) -> None:
        super().__init__(sheet)
        self._end_row = end_row

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        return takewhile(lambda row: row[0] < self._end_row, self.sheet.rows())


def damaged_rows(sheet: Sheet) -> Mapping[int, Message]:
    """The rows that nobody can be sure of, with what is wrong: as far as the reader has come."""
    found: Mapping[int, Message] = getattr(sheet, "damaged_rows", _NO_ROWS)
    return found


def noted_rows(sheet: Sheet) -> Mapping[int, tuple[Message, ...]]:
    """What the reader has to say of single rows, as far as it has come: it becomes the notes of their items."""
    found: Mapping[int, tuple[Message, ...]] = getattr(sheet, "noted_rows", _NO_NOTES)
    return found
