"""Small sheets written in place: `grid_of([...])` is a sheet, `book_of(grid, ...)` a book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingestion.pricegrid.cells.grid import Cell, Merge, Style
from ingestion.pricegrid.reading import SheetReading, understand
from ingestion.pricegrid.records import Item, Message, RowError
from ingestion.pricegrid.settings import Hints

Rows = Sequence[Any]  # written in place, of whatever cells may hold


@dataclass
class Grid:
    cells: Rows
    name: str = "Sheet1"
    state: str = "visible"
    is_text: bool = False
    merges: Sequence[Merge] = ()
    styles: Mapping[tuple[int, int], Style] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    has_styles: bool = False

    @property
    def row_count(self) -> int | None:
        return len(self.cells)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        return enumerate(self.cells, 1)

    def style(self, row: int, column: int) -> Style | None:
        return self.styles.get((row, column), Style() if self.styles or self.has_styles else None)


@dataclass
class GridBook:
    sheets: Sequence[Grid]
    kind: str = "xlsx"
    notes: Sequence[Message] = ()

    def close(self) -> None:
        pass


def grid_of(
    cells: Rows,
    *,
    name: str = "Sheet1",
    state: str = "visible",
    merges: Sequence[tuple[int, int, int, int]] = (),
    styles: Mapping[tuple[int, int], Style] | None = None,
    bold: Sequence[int] = (),
) -> Grid:
    """`merges` as (first row, first column, last row, last column); `bold` names rows that are bold throughout."""
    width = max((len(row) for row in cells), default=0)
    looks = {(row, column): Style(bold=True) for row in bold for column in range(1, width + 1)} | dict(styles or {})
    return Grid(cells, name, state, merges=[Merge(*merge) for merge in merges], styles=looks)


def reading_of(*grids: Grid | Rows, **hints: object) -> SheetReading:
    sheets = [grid if isinstance(grid, Grid) else grid_of(grid) for grid in grids]
    return understand(GridBook(sheets), Hints(**hints))  # type: ignore[arg-type]


def items_of(*grids: Grid | Rows, **hints: object) -> list[Item]:
    return [record for record in reading_of(*grids, **hints) if isinstance(record, Item)]


def errors_of(*grids: Grid | Rows, **hints: object) -> list[RowError]:
    return [record for record in reading_of(*grids, **hints) if isinstance(record, RowError)]
