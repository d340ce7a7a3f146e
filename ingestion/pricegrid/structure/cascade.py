"""The columns of a sheet decided step by step, each step building on the one before: the reading of first choice."""

from __future__ import annotations

from collections.abc import Iterator

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.break_columns import BreakColumn, break_columns, lead_with_smallest
from ingestion.pricegrid.structure.columns_by_header import Columns, columns_by_header
from ingestion.pricegrid.structure.columns_by_values import complete_by_values, may_hold_prices, take_kinds
from ingestion.pricegrid.structure.fact_columns import leave_out_strengths, take_barcodes, take_bases, take_minimums
from ingestion.pricegrid.structure.price_doubts import price_doubts
from ingestion.pricegrid.structure.price_terms import FoundTerms, find_terms
from ingestion.pricegrid.structure.priced_table import PricedTable
from ingestion.pricegrid.structure.stock_columns import settle_stock
from ingestion.pricegrid.structure.under_header import UnderHeader
from ingestion.pricegrid.structure.which_price import settle_prices, unknown_rival


def decided_columns(under: UnderHeader) -> tuple[Columns, int | None]:
    """The guess for every column; and the column that could be the price just as well, if there is one."""
    columns = columns_by_header(under.header, under.profiles, under.hints)
    _join_names(columns, under)
    complete_by_values(columns, under.header, under.profiles, under.cells)
    if columns.first(Field.CATEGORY) is None and not under.has_titles:
        take_kinds(columns, under.header, under.profiles)
    rival = settle_prices(columns, under.prices)
    if rival is None:
        rival = unknown_rival(columns, under.prices, _unknown(under, columns))
    lead_with_smallest(columns, under.prices)
    if any(each.column == rival for each in break_columns(columns, under.prices)):
        rival = None
    settle_stock(columns, under.cells)
    leave_out_strengths(columns, under.cells)
    take_barcodes(columns, under.cells)
    take_bases(columns, under.cells)
    take_minimums(columns, under.cells)
    return columns, rival


def doubts_of_price(under: UnderHeader, columns: Columns, terms: FoundTerms) -> Iterator[Message]:
    """What only a person can answer of the column that was taken for the price."""
    table = _priced_table(under, columns)
    if table is not None:
        yield from terms.doubts
        yield from price_doubts(table, less_discount=terms.terms.discounts is not None)


def terms_of_price(under: UnderHeader, columns: Columns) -> FoundTerms:
    """What an amount in the price column is: for how many, in which part of the currency, with tax or without."""
    table = _priced_table(under, columns)
    if table is None:
        return FoundTerms()
    return find_terms(table, under.hints, under.lines_above, under.lines_below, under.lines_between)


def _priced_table(under: UnderHeader, columns: Columns) -> PricedTable | None:
    price = columns.first(Field.PRICE)
    return None if price is None else PricedTable(columns, under.prices, price, _unknown(under, columns))


def columns_of_breaks(under: UnderHeader, columns: Columns) -> tuple[BreakColumn, ...]:
    return break_columns(columns, under.prices)


def _unknown(under: UnderHeader, columns: Columns) -> list[int]:
    return [column for column in may_hold_prices(columns, under.profiles) if column not in under.hidden]


def _join_names(columns: Columns, under: UnderHeader) -> None:
    """A name that stands in several columns: those beside it under the same merged header."""
    first, parts = columns.first(Field.NAME), under.header.parts
    if first is None or not parts[first]:
        return
    for column in range(first + 1, under.width):
        if parts[column] != parts[first]:
            break
        guess = columns.guesses[first]
        columns.set(column, Field.NAME, guess.confidence, guess.reason, is_given=guess.is_given)
