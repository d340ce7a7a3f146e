"""How new a sheet says it is: a date in its name or in the lines above the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.vocabulary import normalise, vocabulary

_YEAR = r"(?:19|20)\d\d"
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})[./-](\d{{1,2}})[./-]({_YEAR}|\d\d)(?!\d)")
_YEAR_FIRST = re.compile(rf"(?<!\d)({_YEAR})[./_-]?(0[1-9]|1[0-2])(?:[./_-]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_YEAR_ALONE = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_NOTHING = (0, 0, 0)

Day = tuple[int, int, int]


def newest_date(cells: Iterable[Cell]) -> Day:
    """(year, month, day) of the newest date named, with 0 for what is not said."""
    return max((_date_of(cell) for cell in cells), default=_NOTHING)


def _date_of(cell: Cell) -> Day:
    if isinstance(cell, date | datetime):
        return cell.year, cell.month, cell.day
    return date_in(cell) if isinstance(cell, str) else _NOTHING


def date_in(text: str) -> Day:
    if found := _DAY_FIRST.search(text):
        year = int(found[3])
        return _valid(year if year > 99 else 2000 + year, int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.search(text):
        return _valid(int(found[1]), int(found[2]), int(found[3] or 0))
    alone = _YEAR_ALONE.search(text)
    return (int(alone[1]), _month_in(text), 0) if alone else _NOTHING


def _month_in(text: str) -> int:
    months = vocabulary().phrases("months").meanings(normalise(text))
    return int(months.pop()) if len(months) == 1 else 0


def _valid(year: int, month: int, day: int) -> Day:
    return (year, month, day) if 1 <= month <= 12 and day <= 31 else (year, 0, 0)
