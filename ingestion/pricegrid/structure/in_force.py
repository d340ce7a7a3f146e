"""When the prices of a sheet are in force, by what it says above its table, in its name and in that of its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.values.validity import Period, period_in, period_of
from ingestion.pricegrid.vocabulary.contacts import is_contact

_FORESEEABLE = timedelta(days=500)  # "2045" in a title is no year to come


def period_of_sheet(rows: Iterable[SheetRow], first_item: int, price_header: str, names: Iterable[str]) -> Period:
    """`rows` from the sheet's first on; `names` of the sheet and of its file count where nothing else says it."""
    above = [cell for row in rows if row.number < first_item for cell in row.cells]
    found = period_of([price_header, *_titles(above)])
    return found if found.is_sure and found else period_of([price_header, *_titles(above), *names])


def _titles(cells: Iterable[Cell]) -> Iterator[str]:
    return (cell for cell in cells if isinstance(cell, str) and period_in(cell) and not is_contact(cell))


def doubts_of_period(period: Period, hints: Hints) -> Iterator[Message]:
    """Asked where the prices are not in force any more, and where it is not sure that they are already."""
    today = hints.today
    if today is None:
        return
    if period.end is not None and period.end < today:
        yield lists.ENDED.message(day=period.end.isoformat())
    elif period.start is not None and not period.is_sure and today < period.start < today + _FORESEEABLE:
        yield lists.MAYBE_LATER.message(day=period.start.isoformat())


def is_for_later(valid_from: date | None, hints: Hints) -> bool:
    return hints.today is not None and valid_from is not None and valid_from > hints.today
