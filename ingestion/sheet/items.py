"""From the cells of a row to an item: the hot path, a few microseconds a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from ingestion.sheet.derive import derived_code
from ingestion.sheet.grid import Cell, Sheet
from ingestion.sheet.layout import Layout
from ingestion.sheet.paths import split_path
from ingestion.sheet.records import Item, Stock
from ingestion.sheet.values.currency import find_currency
from ingestion.sheet.values.price import Price, make_price_reader
from ingestion.sheet.values.stock import parse_stock
from ingestion.sheet.values.text import Code, clean_text, read_code

LONGEST_CODE = 255
LONGEST_NAME = 500
REMEMBERED = 20_000

T = TypeVar("T")


class Memo(dict[str, T]):
    """Texts repeat down a column: each is understood once. It never holds more than some thousands."""

    def __init__(self, understand: Callable[[str], T]) -> None:
        super().__init__()
        self._understand = understand

    def __missing__(self, raw: str) -> T:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[raw] = self._understand(raw)
        return found


class ItemReader:
    """Reads single fields of a row, and whole items; keeps nothing but the texts it has cleaned."""

    def __init__(self, layout: Layout, sheet: Sheet, twins: frozenset[str] = frozenset()) -> None:
        self.layout = layout
        self.twins = twins
        self._sheet = sheet
        self._memo = Memo(clean_text)
        self._paths = Memo(lambda raw: split_path(clean_text(raw)))
        self._stocks = Memo(parse_stock)
        self._currencies = Memo(lambda raw: find_currency(clean_text(raw), layout.default_currency))
        self._usual_currency = layout.currency or layout.default_currency
        self._price = make_price_reader(layout.decimal, layout.default_currency)
        repeated: Callable[[Any], str] = self._memo.__getitem__ if sheet.is_text else self.text
        self._labelled = [
            (column, layout.labels[column], clean_text if column in layout.varied else repeated)
            for column in layout.characteristics
        ]

    def text(self, cell: Cell) -> str:
        if type(cell) is str:
            return self._memo[cell]
        return "" if cell is None else clean_text(cell)

    def name(self, cells: Sequence[Cell]) -> str:
        names = self.layout.names
        if len(names) == 1:
            return clean_text(cells[names[0]])[:LONGEST_NAME]
        parts = dict.fromkeys(text for column in names if (text := self.text(cells[column])))
        return " ".join(parts)[:LONGEST_NAME]

    def code(self, number: int, cells: Sequence[Cell]) -> Code:
        column = self.layout.code
        if column is None:
            return Code("")
        return read_code(cells[column], self._format(number, column))

    def price(self, number: int, cells: Sequence[Cell], column: int) -> Price:
        if column in self.layout.formats:
            return self._price(cells[column], self._format(number, column))
        return self._price(cells[column])

    def price_reader(self, column: int) -> Callable[[int, Sequence[Cell]], Price]:
        """`price()` for one column, without looking for formats where there are none to look at."""
        if column in self.layout.formats:
            return lambda number, cells: self.price(number, cells, column)
        read = self._price
        return lambda _number, cells: read(cells[column])

    def code_reader(self, column: int) -> Callable[[int, Sequence[Cell]], str]:
        """The code alone, empty where there is a problem with it."""
        if column in self.layout.formats:
            return lambda number, cells: self.code(number, cells).value

        def read(_number: int, cells: Sequence[Cell]) -> str:
            cell = cells[column]
            if type(cell) is str and "+" not in cell:
                return clean_text(cell)
            return read_code(cell).value

        return read

    def _format(self, number: int, column: int) -> str | None:
        if column not in self.layout.formats:
            return None
        style = self._sheet.style(number, column + 1)
        return style.number_format if style else None

    def item(
        self, number: int, cells: Sequence[Cell], code: str, name: str, price: Price | None, path: tuple[str, ...]
    ) -> Item:
        layout = self.layout
        characteristics = self._characteristics(cells)
        if layout.categories:
            path = layout.category_prefix + self._category(cells) or path
        derived = not code
        if derived:
            code = self.derived(cells, name, characteristics, path)
        amount = currency = None
        if price is not None:
            amount = price.amount
            currency = price.currency or self._currency(cells)
        retail = self._retail(number, cells) if layout.retail is not None else None
        stock = self._stock(cells) if layout.stock else None
        return Item._make(
            (number, code, name, amount, currency, retail, stock, path, characteristics, derived, layout.sheet)
        )

    def derived(self, cells: Sequence[Cell], name: str, characteristics: dict[str, str], path: tuple[str, ...]) -> str:
        telling = [self.text(cells[column]) for column in self.layout.telling]
        code = derived_code(name, telling)
        if code not in self.twins:
            return code
        return derived_code(name, [*telling, *characteristics.values(), *path])

    def _characteristics(self, cells: Sequence[Cell]) -> dict[str, str]:
        found = {label: read(cell) for column, label, read in self._labelled if (cell := cells[column]) or cell == 0}
        if "" in found.values():
            found = {label: text for label, text in found.items() if text}
        if self.layout.triples:
            self._add_triples(found, cells)
        return found

    def _add_triples(self, found: dict[str, str], cells: Sequence[Cell]) -> None:
        for triple in self.layout.triples:
            name, value = self.text(cells[triple.name]), self.text(cells[triple.value])
            if name and value:
                unit = self.text(cells[triple.unit]) if triple.unit is not None else ""
                found[name] = f"{value} {unit}".strip()

    def _category(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        if len(self.layout.categories) == 1:
            return self._path(cells[self.layout.categories[0]])
        steps = [step for column in self.layout.categories for step in self._path(cells[column])]
        return tuple(dict.fromkeys(steps))

    def _path(self, cell: Cell) -> tuple[str, ...]:
        return self._paths[cell] if type(cell) is str else split_path(self.text(cell))

    def _currency(self, cells: Sequence[Cell]) -> str | None:
        """Where the price itself says none: the currency column, else the price column's or the supplier's."""
        column = self.layout.currency_column
        if column is None:
            return self._usual_currency
        cell = cells[column]
        return (self._currencies[cell] if type(cell) is str else None) or self._usual_currency

    def _retail(self, number: int, cells: Sequence[Cell]) -> Decimal | None:
        column = self.layout.retail
        price = self.price(number, cells, column) if column is not None else None
        return price.amount if price and price.problem is None else None

    def _stock(self, cells: Sequence[Cell]) -> Stock | None:
        columns = self.layout.stock
        if len(columns) == 1:
            cell = cells[columns[0]]
            return self._stocks[cell] if type(cell) is str else parse_stock(cell)
        return _together([stock for column in columns if (stock := parse_stock(cells[column]))])


def _together(stocks: Sequence[Stock]) -> Stock | None:
    """Several warehouses, or a quantity beside a yes or no."""
    if not stocks:
        return None
    quantities = [stock.quantity for stock in stocks if stock.quantity is not None]
    said = [stock.availability for stock in stocks]
    best = next((word for word in ("in_stock", "on_order", "out_of_stock") if word in said), "")
    return Stock(sum(quantities) if quantities else None, best)
