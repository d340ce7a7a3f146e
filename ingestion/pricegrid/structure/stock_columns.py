"""Which of several columns of stock count: a flag, a total and what is said twice are not added to the quantities."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.values.stock import parse_stock

_FLAG = gettext_noop("It only says by 0 and 1 whether the quantity beside it is more than none")
_PARTS = gettext_noop("Column %(column)s is the total of it and others")
_SAME = gettext_noop("Column %(column)s says the same, or less of it")
LEAST_STOCKS = 3
LEAST_ALIKE = 5
_ALL_BUT_FEW = 0.9
_OFTEN = 0.5
_MANY = 8  # rows in which one of two warehouses would hardly always have less

Quantities = Sequence[int | None]


def settle_stock(columns: Columns, cells: Sequence[Sequence[Cell]]) -> None:
    """Leaves the columns whose quantities may be added. What people have set is not touched."""
    stock = columns.of(Field.STOCK)
    if len(stock) < 2 or not columns.given.isdisjoint(stock):
        return
    found = {column: [_quantity(cell) for cell in cells[column]] for column in stock}
    for column in stock:
        if any(_is_flag(found[column], found[other]) for other in found if other != column):
            _leave_out(columns, column, Message(_FLAG))
            del found[column]
    for total, quantities in found.items():
        parts = [column for column in found if column != total]
        if len(parts) > 1 and _is_total(quantities, [found[part] for part in parts]):
            for part in parts:
                _leave_out(columns, part, Message(_PARTS, {"column": columns.guesses[total].letter}))
            return
    for column in list(found):
        other = next((other for other in found if other != column and _says_less(found[other], found[column])), None)
        if other is not None:
            _leave_out(columns, column, Message(_SAME, {"column": columns.guesses[other].letter}))
            del found[column]


def _leave_out(columns: Columns, column: int, reason: Message) -> None:
    columns.set(column, Field.CHARACTERISTIC, columns.guesses[column].confidence, reason)


def _quantity(cell: Cell) -> int | None:
    stock = parse_stock(cell)
    return stock.quantity if stock else None


def _is_flag(flags: Quantities, quantities: Quantities) -> bool:
    pairs = [(flag, found) for flag, found in zip(flags, quantities, strict=True) if None not in (flag, found)]
    if len(pairs) < LEAST_STOCKS or {flag for flag, _ in pairs} - {0, 1}:
        return False
    alike = sum(bool(flag) == bool(found) for flag, found in pairs)
    return alike >= _ALL_BUT_FEW * len(pairs) and any(found and found > 1 for _, found in pairs)


def _is_total(totals: Quantities, parts: Sequence[Quantities]) -> bool:
    rows = [(total, [part or 0 for part in row]) for total, *row in zip(totals, *parts, strict=True) if total]
    right = sum(total == sum(row) for total, row in rows)
    in_several = any(sum(part > 0 for part in row) > 1 for _, row in rows)
    return len(rows) >= LEAST_STOCKS and right >= _ALL_BUT_FEW * len(rows) and (in_several or len(rows) >= LEAST_ALIKE)


def _says_less(fewer: Quantities, more: Quantities) -> bool:
    """Never more, and often as many or not much less: what is free of it rather than another warehouse."""
    pairs = [(a or 0, b or 0) for a, b in zip(fewer, more, strict=True) if a or b]
    alike = sum(a == b for a, b in pairs)
    if len(pairs) < LEAST_ALIKE or any(a > b for a, b in pairs):
        return False
    is_most_of_it = len(pairs) >= _MANY and sum(a for a, _ in pairs) >= _OFTEN * sum(b for _, b in pairs)
    return is_most_of_it or alike >= _OFTEN * len(pairs)
