"""Columns that say on which days each price begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.values.dates import day_of_cell, looks_like_day, month_comes_first


class PeriodColumns(NamedTuple):
    """Counted from 0; `month_first` is how days with slashes are written, None where nothing shows it."""

    valid_from: int | None
    valid_until: int | None
    month_first: bool | None = None
    today: date | None = None  # the day for which the list is read

    def start_of(self, cells: Sequence[Cell]) -> date | None:
        return None if self.valid_from is None else self._day(cells[self.valid_from])

    def end_of(self, cells: Sequence[Cell]) -> date | None:
        return None if self.valid_until is None else self._day(cells[self.valid_until], at_end=True)

    def unread(self, cells: Sequence[Cell]) -> Cell:
        """What seems to be the first or last day of a price, and cannot be read beyond doubt, where that matters."""
        if self.today is None:
            return None
        found = (cells[column] for column in (self.valid_from, self.valid_until) if column is not None)
        return next((cell for cell in found if looks_like_day(cell) and self._day(cell) is None), None)

    def no_start(self, cells: Sequence[Cell]) -> Cell:
        """What stands in place of the first day and is none ("soon"); None where that is blank or a day."""
        cell = None if self.valid_from is None else cells[self.valid_from]
        return cell if isinstance(cell, str) and any(map(str.isalnum, cell)) and self._day(cell) is None else None

    def _day(self, cell: Cell, *, at_end: bool = False) -> date | None:
        """Where it may be one of two days, and is past either way, it does not matter which."""
        day = day_of_cell(cell, at_end=at_end, month_first=self.month_first)
        if day is None and self.today is not None and looks_like_day(cell):
            either = [day_of_cell(cell, at_end=at_end, month_first=month_first) for month_first in (False, True)]
            return either[0] if all(each is not None and each < self.today for each in either) else None
        return day


def period_columns(columns: Columns, cells: Sequence[Sequence[Cell]], today: date | None) -> PeriodColumns | None:
    """None where a list has no such columns."""
    start, end = columns.first(Field.VALID_FROM), columns.first(Field.VALID_UNTIL)
    if start is None and end is None:
        return None
    days = (cell for column in (start, end) if column is not None for cell in cells[column])
    return PeriodColumns(start, end, month_comes_first(days), today)
