"""Tables that stand side by side on one sheet under the same header: `Name | Price | | Name | Price`.

Below them others may stand, in other columns: then the sheet is cut there, and what is below is understood anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice, pairwise, zip_longest
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell, Merge, Sheet
from ingestion.pricegrid.cells.letters import column_index
from ingestion.pricegrid.cells.views import SheetView
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.column_profile import NUMERIC, Shape, has_letters, shape_of
from ingestion.pricegrid.structure.items_above_header import COMPARED
from ingestion.pricegrid.structure.sample import WHOLE_SHEET, filled_columns
from ingestion.pricegrid.vocabulary import best_match

_SEARCHED_ROWS = 60
MOST_TABLES = 40
_WIDEST_HEADER = 300  # cells that are looked at: who heads a list with more says the price before
_SOME = 2  # so many cells of a kind make a column of it


class Span(NamedTuple):
    """Columns first..end of a sheet, from 0, without the end; an end of None is the sheet's own."""

    first: int
    end: int | None

    def holds(self, column: int) -> bool:
        return self.first <= column and (self.end is None or column < self.end)


WHOLE = Span(0, None)


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


class Split(NamedTuple):
    """The tables of one block: `below` is the row where another block begins, `above` whether a list stands above."""

    row: int
    spans: list[Span]
    is_below_a_list: bool
    below: int | None


def split_of(sheet: Sheet) -> Split | None:
    """Where a header row first repeats itself; None where there is only one table."""
    rows = [(number, cells) for number, cells in islice(sheet.rows(), _SEARCHED_ROWS + COMPARED)]
    is_below_a_list = False
    for at, (number, cells) in enumerate(rows[:_SEARCHED_ROWS]):
        spans = _spans(cells, [below for _, below in rows[at + 1 : at + 1 + COMPARED]])
        if spans:
            return Split(number, spans, is_below_a_list, _block_below(sheet, number, spans))
        is_below_a_list = is_below_a_list or _heads_a_list(_texts(cells))
    return None


def _block_below(sheet: Sheet, first: int, spans: Sequence[Span]) -> int | None:
    """The next row that heads tables in other columns."""
    for number, cells in islice(sheet.rows(), WHOLE_SHEET):
        if number > first and len(filled_columns(cells)) > 1 and _spans(cells, ()) not in ([], spans):
            return number
    return None


def _spans(cells: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> list[Span]:
    """The columns of each table, where a row repeats itself and heads lists: by its words, or by what stands below."""
    columns, texts = filled_columns(cells), _texts(cells)
    period = _period(texts)
    if not period or len(texts) > MOST_TABLES * period or not all(map(has_letters, texts)):
        return []
    starts = [0, *columns[period::period]]
    spans = [Span(first, end) for first, end in pairwise([*starts, None]) if first is not None]
    if _heads_a_list(texts[:period]):
        return spans
    starts_there = not any(filled_columns(row[: columns[0]]) for row in below)
    return spans if starts_there and all(_holds_a_list(below, span) for span in spans) else []


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [str(cells[column]).strip().casefold() for column in filled_columns(cells)]


def _holds_a_list(rows: Sequence[Sequence[Cell]], span: Span) -> bool:
    """Whether texts that differ stand in one of its columns, and numbers in another."""
    columns = list(zip_longest(*(cells[span.first : span.end] for cells in rows)))
    shapes = [[shape_of(cell) for cell in column] for column in columns]
    names = (
        {cell for cell, shape in zip(column, found, strict=True) if shape in (Shape.TEXT, Shape.CODE)}
        for column, found in zip(columns, shapes, strict=True)
    )
    has_amounts = any(sum(shape in NUMERIC for shape in found) >= _SOME for found in shapes)
    return has_amounts and any(len(different) > _SOME for different in names)


def _period(texts: list[str]) -> int | None:
    """After how many texts a row begins again."""
    for period in range(2, len(texts) // 2 + 1):
        if len(texts) % period == 0 and texts == texts[:period] * (len(texts) // period):
            return period
    return None


def _heads_a_list(texts: Sequence[str]) -> bool:
    worded = filter(has_letters, texts[:_WIDEST_HEADER])
    best = [best_match(text) for text in worded]
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
