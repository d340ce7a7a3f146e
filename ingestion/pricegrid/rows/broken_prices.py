"""The price of a row in whose columns prices for several quantities stand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.problems import notes
from ingestion.pricegrid.records import Message, PriceBreak
from ingestion.pricegrid.structure.break_columns import BreakColumn
from ingestion.pricegrid.structure.sample import is_empty
from ingestion.pricegrid.values.price import Price
from ingestion.pricegrid.values.price_breaks import contradiction_of, in_order, shown


def price_with_breaks(
    first: Price, breaks: Sequence[BreakColumn], found: Sequence[Price], *, is_left_out: bool
) -> Price:
    """`found` are the prices of `breaks`; `first` is that of the price column, where the smallest may be left out."""
    usable = [
        (each.minimum, price)
        for each, price in zip(breaks, found, strict=True)
        if price.problem is None and price.amount is not None and not price.breaks and goes_with(first, price)
    ]
    if first.breaks or not usable or (first.problem is not None and not is_left_out):
        return first
    steps = in_order(PriceBreak(minimum, price.amount or Decimal(0)) for minimum, price in usable)
    problem = contradiction_of(steps)
    if problem is not None:
        return Price(None, first.currency, problem)
    (_, main), *others = usable
    return main._replace(breaks=steps, break_notes=tuple(_notes_of(others)))


def goes_with(first: Price, other: Price) -> bool:
    """Whether both are in one currency and for as many, as far as their cells say it."""
    if first.amount is None:
        return True
    return other.currency in (first.currency, None) and other.per_quantity == first.per_quantity


def _notes_of(others: Sequence[tuple[Decimal, Price]]) -> list[Message]:
    return [notes.OF_BREAK.message(minimum=shown(minimum), note=price.note) for minimum, price in others if price.note]


class BreakTexts(NamedTuple):
    """Break columns of many rows: their cells, and the amounts in decimal notation (empty: none beyond doubt)."""

    cells: Sequence[Sequence[Cell]]
    amounts: Sequence[Sequence[str]]
    currencies: Sequence[Sequence[str | None]]


def breaks_of_rows(breaks: Sequence[BreakColumn], texts: BreakTexts) -> list[tuple[PriceBreak, ...]]:
    """For each row its breaks; none where they have to be looked at one by one."""
    minima = [each.minimum for each in breaks]
    cells, amounts = zip(*texts.cells, strict=True), zip(*texts.amounts, strict=True)
    rows = zip(cells, amounts, zip(*texts.currencies, strict=True), strict=True)
    return [_of_row(minima, *row) for row in rows]


def _of_row(
    minima: Sequence[Decimal], cells: Sequence[Cell], amounts: Sequence[str], currencies: Sequence[str | None]
) -> tuple[PriceBreak, ...]:
    if not amounts[0] or len(set(currencies)) > 1:
        return ()
    if not all(amount or is_empty(cell) for amount, cell in zip(amounts, cells, strict=True)):
        return ()
    steps = tuple(
        PriceBreak(minimum, Decimal(amount)) for minimum, amount in zip(minima, amounts, strict=True) if amount
    )
    return () if any(more.price > less.price for less, more in pairwise(steps)) else steps
