"""Rows of a sheet as they stand in it, for a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from ingestion.pricegrid import Sheet
from ingestion.pricegrid.cells import Cell, Merge, Style, cell_text, column_letter

SHOWN_ROWS = 80  # the header is looked for in the first 60
SHOWN_COLUMNS = 300
LONGEST_TEXT = 300
_COLOUR = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})$")


class GridCell(NamedTuple):
    text: str
    rowspan: int = 1
    colspan: int = 1
    look: str = ""
    fill: str = ""
    letter: str = ""


class GridRow(NamedTuple):
    number: int
    cells: list[GridCell]
    is_hidden: bool = False


class Grid(NamedTuple):
    letters: list[str]
    hidden: set[str]
    rows: list[GridRow]
    is_cut: bool
    is_narrowed: bool


def grid_to_json(grid: Grid) -> list[Any]:
    return [grid.letters, sorted(grid.hidden), grid.rows, grid.is_cut, grid.is_narrowed]


def grid_from_json(kept: Sequence[Any]) -> Grid:
    letters, hidden, rows, is_cut, is_narrowed = kept
    shown = [GridRow(number, [GridCell(*cell) for cell in cells], is_hidden) for number, cells, is_hidden in rows]
    return Grid(letters, set(hidden), shown, is_cut, is_narrowed)


def grid_of(sheet: Sheet, limit: int = SHOWN_ROWS, first: int = 1) -> Grid:
    """`limit` rows from row `first` on."""
    rows = dict(_between(sheet, first, first + limit - 1))
    widest = max((_width(cells) for cells in rows.values()), default=0)
    width = min(widest, SHOWN_COLUMNS)
    last = max(rows, default=first - 1)
    spans, covered = _spans([merge for merge in sheet.merges if first <= merge.first_row <= last], last, width)
    shown = [
        GridRow(
            number,
            list(_cells(sheet, number, rows.get(number, ()), width, spans, covered)),
            number in sheet.hidden_rows,
        )
        for number in range(first, last + 1)
    ]
    letters = [column_letter(column) for column in range(width)]
    hidden = {column_letter(column - 1) for column in sheet.hidden_columns if column <= width}
    return Grid(letters, hidden, shown, sheet.row_count is None or sheet.row_count > last, widest > width)


def _between(sheet: Sheet, first: int, last: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    for number, cells in sheet.rows():
        if number > last:
            return
        if number >= first:
            yield number, cells


def _width(cells: Sequence[Cell]) -> int:
    return max((column + 1 for column, cell in enumerate(cells) if cell not in (None, "")), default=0)


def _spans(
    merges: Sequence[Merge], last: int, width: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """How far each merged cell reaches, as far as it is shown, and the cells that it covers."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merge in merges:
        bottom, right = min(merge.last_row, last), min(merge.last_col, width)
        if bottom < merge.first_row or right < merge.first_col:
            continue
        spans[merge.first_row, merge.first_col] = (bottom - merge.first_row + 1, right - merge.first_col + 1)
        places = (
            (row, column) for row in range(merge.first_row, bottom + 1) for column in range(merge.first_col, right + 1)
        )
        covered |= set(places) - {(merge.first_row, merge.first_col)}
    return spans, covered


def _cells(
    sheet: Sheet,
    number: int,
    cells: Sequence[Cell],
    width: int,
    spans: dict[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
) -> Iterator[GridCell]:
    for column in range(1, width + 1):
        if (number, column) in covered:
            continue
        cell = cells[column - 1] if column <= len(cells) else None
        rowspan, colspan = spans.get((number, column), (1, 1))
        style = sheet.style(number, column)
        text = cell_text(cell)[:LONGEST_TEXT]
        yield GridCell(text, rowspan, colspan, _look(cell, style), _fill(style), column_letter(column - 1))


def _look(cell: Cell, style: Style | None) -> str:
    words = []
    if isinstance(cell, int | float | date | time) and not isinstance(cell, bool):
        words.append("is-number")
    if style and style.bold:
        words.append("is-bold")
    if style and style.italic:
        words.append("is-italic")
    return " ".join(words)


def _fill(style: Style | None) -> str:
    found = _COLOUR.match(style.fill) if style and style.fill else None
    return f"#{found[1]}" if found else ""
