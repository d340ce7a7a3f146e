"""The first rows of a sheet, from which its structure is decided; never all of a large one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from ingestion.pricegrid.cells.grid import Cell, Sheet
from ingestion.pricegrid.cells.merges import SheetRow, grid_rows
from ingestion.pricegrid.cells.struck_out import is_withdrawn, struck_columns, without
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.cells.views import damaged_rows
from ingestion.pricegrid.structure.column_profile import NUMERIC, shape_of
from ingestion.pricegrid.values.text import shorten

_SAMPLE_ROWS = 400
WHOLE_SHEET = 2_000
MOST_CELLS = 400_000  # 2,000 rows of 200 columns
SHOWN_VALUES = 5

Pattern = tuple[tuple[int, bool], ...]  # which columns of a row are filled, and whether a number stands there


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def filled_columns(cells: Sequence[Cell]) -> list[int]:
    return [
        column
        for column, cell in enumerate(cells)
        if cell is not None and (not isinstance(cell, str) or (cell and not cell.isspace()))
    ]


@dataclass
class Sample:
    """Rows with anything in them. `complete` says that these are all there are."""

    sheet: Sheet
    rows: list[SheetRow]
    complete: bool
    _patterns: dict[int, Pattern] = field(default_factory=dict, repr=False, compare=False)  # by row number

    def pattern(self, row: SheetRow) -> Pattern:
        if row.number not in self._patterns:
            numeric = ((column, shape_of(row.cells[column]) in NUMERIC) for column in filled_columns(row.cells))
            self._patterns[row.number] = tuple(numeric)
        return self._patterns[row.number]

    @property
    def width(self) -> int:
        return max((columns[-1] + 1 for row in self.rows if (columns := filled_columns(row.cells))), default=0)

    def body(self, start: int) -> list[SheetRow]:
        """The rows that look like items: those from `start` on that are filled about as much as most."""
        rows = [row for row in self.rows if row.number >= start]
        counts = [len(filled_columns(row.cells)) for row in rows]
        several = [count for count in counts if count > 1]
        enough = max(2, median(several) * 0.5) if several else 1
        return [row for row, count in zip(rows, counts, strict=True) if count >= enough]

    def column(self, index: int, rows: Sequence[SheetRow]) -> list[Cell]:
        return [row.cells[index] if index < len(row.cells) else None for row in rows]


def samples_of(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The first different values of a column, for people."""
    texts = (shorten(cell_text(cell)) for cell in cells if not is_empty(cell))
    return tuple(islice(dict.fromkeys(islice(texts, 50)), SHOWN_VALUES))


def take_sample(sheet: Sheet) -> Sample:
    small = sheet.row_count is not None and sheet.row_count <= WHOLE_SHEET
    limit = WHOLE_SHEET if small else _SAMPLE_ROWS
    rows: list[SheetRow] = []
    complete, room = True, MOST_CELLS
    for position, row in enumerate(islice(grid_rows(sheet), 20 * limit)):
        left = _left_of(sheet, row)
        if filled_columns(left.cells):
            rows.append(left)
            room -= len(row.cells)
        if len(rows) >= limit or room < 0:
            complete = position + 1 == sheet.row_count
            break
    return Sample(sheet, _sound(sheet, rows), complete)


def _left_of(sheet: Sheet, row: SheetRow) -> SheetRow:
    """The row without what is struck out of it; nothing of one that is withdrawn."""
    struck = struck_columns(sheet, row.number)
    if not struck:
        return row
    return row._replace(cells=() if is_withdrawn(row.cells, struck) else without(row.cells, struck))


def _sound(sheet: Sheet, rows: list[SheetRow]) -> list[SheetRow]:
    """Without the rows whose cells are not where they belong, as long as these are the fewer ones."""
    damaged = damaged_rows(sheet)
    sound = [row for row in rows if row.number not in damaged] if damaged else rows
    return sound if len(sound) > len(rows) / 2 else rows
