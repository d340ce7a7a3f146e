"""Tables that stand side by side on one sheet under the same header: `Name | Price | | Name | Price`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice, pairwise
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell, Merge, Sheet
from ingestion.pricegrid.cells.letters import column_index
from ingestion.pricegrid.cells.views import SheetView
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.sample import filled_columns
from ingestion.pricegrid.vocabulary import match_header

_SEARCHED_ROWS = 60
MOST_TABLES = 40


class Span(NamedTuple):
    """Columns first..end of a sheet, from 0, without the end; an end of None is the sheet's own."""

    first: int
    end: int | None

    def holds(self, column: int) -> bool:
        return self.first <= column and (self.end is None or column < self.end)


class TableBeside(SheetView):
    """The columns of one table, as a sheet of its own: they keep their letters, the others are empty."""

    def __init__(self, sheet: Sheet, span: Span) -> None:
        super().__init__(sheet)
        self._span = span

    @cached_property
    def merges(self) -> Sequence[Merge]:
        return [merge for merge in self.sheet.merges if self._span.holds(merge.first_col - 1)]

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        before: list[Cell] = [None] * self._span.first
        return ((number, [*before, *cells[self._span.first : self._span.end]]) for number, cells in self.sheet.rows())


def spans_of(sheet: Sheet) -> list[Span]:
    """The columns of each table where a header row repeats itself; none where there is only one table."""
    for _number, cells in islice(sheet.rows(), _SEARCHED_ROWS):
        columns = filled_columns(cells)
        texts = [str(cells[column]).strip().casefold() for column in columns]
        period = _period(texts)
        if period and len(texts) <= MOST_TABLES * period and _heads_a_list(texts[:period]):
            starts = [0, *columns[period::period]]
            return [Span(first, end) for first, end in pairwise([*starts, None]) if first is not None]
    return []


def _period(texts: list[str]) -> int | None:
    """After how many texts a row begins again."""
    for period in range(2, len(texts) // 2 + 1):
        if len(texts) % period == 0 and texts == texts[:period] * (len(texts) // period):
            return period
    return None


def _heads_a_list(texts: Sequence[str]) -> bool:
    best = [next(iter(match_header(text)), None) for text in texts]
    fields = {match.field for match in best if match}
    return Field.PRICE in fields and not fields.isdisjoint((Field.NAME, Field.SUPPLIER_SKU))


def hints_of_table(hints: Hints, span: Span, spans: Sequence[Span]) -> Hints:
    """What was said about one of the tables: letters of the others' columns are not for it."""
    mapping = {
        key: field
        for key, field in hints.column_mapping.items()
        if (column := column_index(key)) is None
        or span.holds(column)
        or not any(other.holds(column) for other in spans)
    }
    return replace(hints, column_mapping=mapping)
