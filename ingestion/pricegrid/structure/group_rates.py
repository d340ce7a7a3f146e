"""The discounts of groups that a book lists beside its prices: on a sheet of their own, or around the list itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, zip_longest
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell, Sheet
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.fields import PRICES
from ingestion.pricegrid.settings import NO_RATES, GroupRates
from ingestion.pricegrid.structure.discounts import HUNDRED, discounts_in, is_rate
from ingestion.pricegrid.structure.sample import filled_columns
from ingestion.pricegrid.values.discount_group import (
    code_of_group,
    group_named,
    heads_groups,
    is_about_discounts,
    rate_alone,
    rates_said,
)
from ingestion.pricegrid.vocabulary import match_header

_LOOKED_AT = 400  # rows of a sheet
_LONGEST_CODE = 8
_FEW_CELLS = 3  # "A | Pumps | 35 %"


class _Found(NamedTuple):
    code: str
    rate: Decimal


def group_rates(sheets: Sequence[Sheet]) -> GroupRates:
    rates: dict[str, Decimal] = {}
    unclear: set[str] = set()
    only: set[str] = set()
    for sheet in sheets:
        found = list(_Finder(sheet).find())
        if found and not _lists_prices(sheet):
            only.add(sheet.name)
        unclear |= {code for code, rate in found if rates.setdefault(code, rate) != rate}
    return GroupRates(rates, frozenset(unclear), frozenset(only)) if rates else NO_RATES


def _lists_prices(sheet: Sheet) -> bool:
    return any(_heads_prices(cells) for _, cells in islice(sheet.rows(), _LOOKED_AT))


def _heads_prices(cells: Sequence[Cell]) -> bool:
    return any(match.field in PRICES for cell in cells if type(cell) is str for match in match_header(cell)[:1])


class _Finder:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._rows = list(islice(sheet.rows(), _LOOKED_AT))

    def find(self) -> Iterator[_Found]:
        if not any(is_about_discounts(text) for text in {self._sheet.name, *self._texts()}):
            return
        yield from self._of_tables()
        yield from self._of_lines()
        yield from self._of_titled_rows()

    def _texts(self) -> Iterator[str]:
        return (cell for _, cells in self._rows for cell in cells if type(cell) is str)

    def _of_tables(self) -> Iterator[_Found]:
        """Below a header of a group and one or several of its discounts, which is not that of the list."""
        for at, (_, cells) in enumerate(self._rows):
            for run in _runs(cells):
                heads = {column: cell_text(cells[column]) for column in run}
                groups = [column for column, head in heads.items() if heads_groups(head)]
                rates = [column for column, head in heads.items() if is_rate(head) and column not in groups]
                if groups and rates and not _heads_prices([cells[column] for column in run]):
                    yield from self._below(at + 1, groups[0], rates)

    def _below(self, at: int, group: int, columns: Sequence[int]) -> Iterator[_Found]:
        rows = []
        for number, cells in self._rows[at:]:
            if group >= len(cells) or not cell_text(cells[group]).strip():
                break
            rows.append((number, cells))
        for column in columns:
            values = [self._percent(number, cells, column) for number, cells in rows]
            discounts = discounts_in(column, values)
            for (_, cells), value in zip(rows, values, strict=True):
                rate, code = discounts.of(value), code_of_group(cell_text(cells[group]))
                if rate is not None and code:
                    yield _Found(code, rate)

    def _percent(self, number: int, cells: Sequence[Cell], column: int) -> Cell:
        """As text with its sign, where a number format shows one."""
        cell = cells[column] if column < len(cells) else None
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            style = self._sheet.style(number, column + 1)
            return f"{round(cell * float(HUNDRED), 4):g}%" if style and "%" in style.number_format else cell
        return cell

    def _of_lines(self) -> Iterator[_Found]:
        """ "Discount group A: 35 %", in one cell or in two."""
        for number, cells in self._rows:
            filled = filled_columns(cells)
            for column, beside in zip_longest(filled, filled[1:]):
                text = cell_text(cells[column])
                said = rates_said(text)
                yield from (_Found(code, rate) for code, rate in said.items())
                if not said and beside is not None and (code := group_named(text)):
                    rate = rate_alone(cell_text(self._percent(number, cells, beside)))
                    yield from [_Found(code, rate)] if rate is not None else []

    def _of_titled_rows(self) -> Iterator[_Found]:
        """Codes and their discounts without a header, below a title or on a sheet that speaks of discounts."""
        is_sheet = is_about_discounts(self._sheet.name)
        is_titled = is_sheet
        for number, cells in self._rows:
            filled = filled_columns(cells)
            if not 1 < len(filled) <= _FEW_CELLS:
                is_titled = is_sheet or (len(filled) == 1 and is_about_discounts(cell_text(cells[filled[0]])))
                continue
            text, rate = cell_text(cells[filled[0]]), rate_alone(cell_text(self._percent(number, cells, filled[-1])))
            if is_titled and rate is not None and len(text) <= _LONGEST_CODE and (code := code_of_group(text)):
                yield _Found(code, rate)


def _runs(cells: Sequence[Cell]) -> Iterator[list[int]]:
    """The filled columns that stand side by side."""
    run: list[int] = []
    for column in filled_columns(cells):
        if run and column > run[-1] + 1:
            yield run
            run = []
        run.append(column)
    yield run
