"""Many rows at once, column by column: the hot path, a few microseconds a row.

What a column holds is cleaned and understood for all rows together; only where that shows something unusual is it
looked at cell by cell. The items are those that `ItemReader` gives row by row (tests prove it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeVar

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.memo import Memo
from ingestion.pricegrid.cells.sparse import WIDE
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.records import LONGEST_NAME, NO_FACTS, PriceBreak, Stock
from ingestion.pricegrid.rows.batch import Batch
from ingestion.pricegrid.rows.broken_prices import BreakTexts, breaks_of_rows
from ingestion.pricegrid.rows.items import SHARED_TYPES, ItemReader
from ingestion.pricegrid.rows.left_over import says_all, texts_left_over
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.values.codes import clean_codes, read_codes
from ingestion.pricegrid.values.text import clean_column

Cells = Sequence[Cell]
T = TypeVar("T")


class _Table(NamedTuple):
    """Rows, each as wide as the layout, and the same cells by columns."""

    numbers: Sequence[int]
    rows: Sequence[Cells]
    columns: Sequence[Cells] | Picked


class ColumnReader:
    """For lists whose items can be told beyond doubt: by a code, a name and a price column."""

    def __init__(self, reader: ItemReader, price: int, code: int) -> None:
        self._reader = reader
        self._layout = reader.layout
        self._price = price
        self._code = code

    def read(self, numbers: Sequence[int], rows: Sequence[Cells]) -> Batch:
        """All rows (each at least as wide as the layout) as if they were items; those that lack a key are none."""
        layout, table = self._layout, _Table(numbers, rows, by_columns(rows, self._layout.width))
        amounts, named, per_quantities = self._amounts(table, self._price)
        if self._reader.barcode is not None:
            amounts = self._without_noted(amounts, table.columns[self._reader.barcode])
        breaks = self._breaks(table, amounts, named) if layout.breaks else None
        if breaks is not None:
            amounts = [amount if found else "" for amount, found in zip(amounts, breaks, strict=True)]
        currencies = self._currencies(table, named)
        retail, odd = self._retail(table, currencies) if layout.retail is not None else (None, frozenset[int]())
        if odd or "" in currencies:  # a cell in the column of currencies is none
            pairs = enumerate(zip(amounts, currencies, strict=True))
            amounts = ["" if at in odd or currency == "" else amount for at, (amount, currency) in pairs]
        told = {name: each(table.columns[column], known, known.understand) for name, column, known in self._reader.told}
        return Batch(
            numbers,
            self._codes(table),
            self._names(table),
            amounts,
            currencies,
            retail,
            self._stocks(table) if layout.stock else None,
            self._paths(table) if layout.categories else [()] * len(rows),
            self._characteristics(table, told),
            [self._reader.triples(cells) for cells in table.rows] if layout.triples else None,
            layout.sheet,
            breaks,
            per_quantities,
            self._reader.on_terms.common_facts if self._reader.on_terms is not None else NO_FACTS,
            told,
        )

    def _characteristics(self, table: _Table, told: Mapping[str, Sequence[object]]) -> dict[str, Sequence[str]]:
        """By label, without what became facts."""
        layout, names = self._layout, {column: name for name, column, _ in self._reader.told}
        found: dict[str, Sequence[str]] = {}
        for column in layout.characteristics:
            name = names.get(column)
            if name is not None and says_all(name, told[name]):
                continue
            texts = self._texts(table, column)
            found[layout.labels[column]] = texts if name is None else texts_left_over(name, told[name], texts)
        return {label: texts for label, texts in found.items() if any(texts)}

    def _without_noted(self, amounts: Sequence[str], barcodes: Cells) -> Sequence[str]:
        """Without those of rows with a wrong barcode: they are read by themselves."""
        known = next(known for name, _, known in self._reader.told if name == Field.BARCODE)
        pairs = zip(amounts, barcodes, each(barcodes, known, known.understand), strict=True)
        return [amount if code or not self._reader.text(cell) else "" for amount, cell, code in pairs]

    def _retail(self, table: _Table, currencies: Sequence[str | None]) -> tuple[Sequence[str], AbstractSet[int]]:
        """And the places whose cells say more than an amount, or are in another currency."""
        column = self._layout.retail or 0
        amounts, named = self._amounts_of_retail(table, column)
        if "" not in amounts and not any(named):
            return amounts, frozenset()
        cells = zip(amounts, named, currencies, table.columns[column], strict=True)
        doubtful = (
            at
            for at, (amount, own, currency, cell) in enumerate(cells)
            if (not amount and cell is not None and cell != "") or own not in (None, currency)
        )
        reader = self._reader
        odd = {
            at
            for at in doubtful
            if not reader.is_plain_retail(table.numbers[at], table.rows[at], currencies[at] or None)
        }
        return amounts, odd

    def _amounts_of_retail(self, table: _Table, column: int) -> tuple[Sequence[str], Sequence[str | None]]:
        reader = self._reader
        if column not in self._layout.formats and self._layout.terms.retail_factor == 1:
            return reader.prices.amounts(table.columns[column])
        rows = zip(table.numbers, table.rows, strict=True)
        prices = [reader.retail(number, cells, column) for number, cells in rows]
        return [price.plain for price in prices], [price.currency for price in prices]

    def _breaks(
        self, table: _Table, amounts: Sequence[str], named: Sequence[str | None]
    ) -> list[tuple[PriceBreak, ...]]:
        """None for a row that has to be read by itself."""
        others = [self._amounts(table, each.column) for each in self._layout.breaks[1:]]
        cells = [table.columns[each.column] for each in self._layout.breaks]
        texts = BreakTexts(
            cells, [amounts, *(found for found, _, _ in others)], [named, *(currencies for _, currencies, _ in others)]
        )
        return breaks_of_rows(self._layout.breaks, texts)

    def _amounts(self, table: _Table, column: int) -> tuple[Sequence[str], Sequence[str | None], int | Sequence[int]]:
        """Prices to pay in decimal notation, the currencies that the cells name, and for how many they are.

        Empty where there is no price, and where there is a note: such rows are read by themselves.
        """
        reader, terms = self._reader, self._layout.terms
        if column not in self._layout.formats and not (terms.differ or terms.differ_below(table.columns.__getitem__)):
            return *reader.prices.amounts(table.columns[column]), terms.per
        prices = [reader.price(number, cells, column) for number, cells in zip(table.numbers, table.rows, strict=True)]
        amounts = [
            price.plain if self._is_plain(cells) else "" for price, cells in zip(prices, table.rows, strict=True)
        ]
        return amounts, [price.currency for price in prices], [price.per_quantity for price in prices]

    def _is_plain(self, cells: Cells) -> bool:
        """Whether all of a row's facts are those of the list."""
        terms = self._layout.terms
        if terms.late_tax is not None and terms.has_other_side(cells[terms.late_tax.column]):
            return False
        return terms.tax_column is None or terms.tax_column.of(cells[terms.tax_column.column]) == terms.tax.included

    def _currencies(self, table: _Table, named: Sequence[str | None]) -> Sequence[str | None]:
        column, reader = self._layout.currency_column, self._reader
        if column is None:
            return [currency or reader.usual_currency for currency in named]
        said = each(table.columns[column], reader.currencies, reader.currency)
        return [first or second for first, second in zip(named, said, strict=True)] if any(named) else said

    def _codes(self, table: _Table) -> Sequence[str]:
        if self._code not in self._layout.formats:
            return read_codes(table.columns[self._code])
        pairs = zip(table.numbers, table.rows, strict=True)
        return [self._reader.code(number, cells).value for number, cells in pairs]

    def _texts(self, table: _Table, column: int) -> Sequence[str]:
        if column in self._layout.further_codes:
            return clean_codes(table.columns[column])
        if column in self._layout.varied:
            return clean_column(table.columns[column])
        return each(table.columns[column], self._reader.texts, self._reader.text)

    def _names(self, table: _Table) -> Sequence[str]:
        if len(self._layout.names) > 1:
            return [self._reader.name(cells) for cells in table.rows]
        names = clean_column(table.columns[self._layout.names[0]])
        return names if max(map(len, names)) <= LONGEST_NAME else [name[:LONGEST_NAME] for name in names]

    def _stocks(self, table: _Table) -> Sequence[Stock | None]:
        if len(self._layout.stock) > 1:
            return [self._reader.stock(cells) for cells in table.rows]
        return each(table.columns[self._layout.stock[0]], self._reader.stocks, self._reader.stock_of)

    def _paths(self, table: _Table) -> Sequence[tuple[str, ...]]:
        if len(self._layout.categories) > 1:
            return [self._reader.category(cells) for cells in table.rows]
        column = table.columns[self._layout.categories[0]]
        if self._layout.category_prefix:
            return list(map(self._reader.category_of, column))
        return each(column, self._reader.paths, self._reader.category_of)


class Picked(dict[int, Cells]):
    """The columns of rows that are mostly empty far to the right, each when it is asked for."""

    def __init__(self, rows: Sequence[Cells]) -> None:
        self._rows = rows

    def __missing__(self, column: int) -> Cells:
        return [cells[column] for cells in self._rows]


def by_columns(rows: Sequence[Cells], width: int) -> Sequence[Cells] | Picked:
    return Picked(rows) if width > WIDE else list(zip(*rows, strict=False))


def each(cells: Cells, known: Memo[Cell, T], read: Callable[[Cell], T]) -> list[T]:
    """What `read` makes of every cell; looked up where these are texts or whole numbers, which repeat."""
    return list(map(known.__getitem__ if set(map(type, cells)) <= SHARED_TYPES else read, cells))


def column_reader(reader: ItemReader) -> ColumnReader | None:
    layout: Layout = reader.layout
    if layout.price is None or layout.code is None or not layout.names or layout.has_periods:
        return None
    return ColumnReader(reader, layout.price, layout.code)
