"""From the cells of a row to an item, for the rows that `columnwise.py` does not read many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ingestion.pricegrid.cells.grid import Cell, Sheet
from ingestion.pricegrid.cells.memo import Memo
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.problems import notes, prices
from ingestion.pricegrid.records import LONGEST_NAME, NO_FACTS, Item, Message, Stock, item_facts
from ingestion.pricegrid.rows.broken_prices import price_with_breaks
from ingestion.pricegrid.rows.derived_codes import derived_code
from ingestion.pricegrid.rows.left_over import text_left_over
from ingestion.pricegrid.rows.on_terms import OnTerms, with_tax_of_cell
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.period_columns import PeriodColumns
from ingestion.pricegrid.structure.price_terms import PLAIN_TERMS
from ingestion.pricegrid.values.barcode import read_barcode
from ingestion.pricegrid.values.category_path import split_path
from ingestion.pricegrid.values.codes import Code, clean_codes, read_code
from ingestion.pricegrid.values.currency import find_currency
from ingestion.pricegrid.values.price import Price, PriceReader
from ingestion.pricegrid.values.price_basis import currency_of_minor
from ingestion.pricegrid.values.price_breaks import with_breaks
from ingestion.pricegrid.values.stock import parse_stock
from ingestion.pricegrid.values.text import clean_text, shorten
from ingestion.pricegrid.values.unclear_currency import no_currency, unclear_currency, unclear_format
from ingestion.pricegrid.vocabulary.currencies import OR

SHARED_TYPES = {str, int}  # what is worth remembering; a truth value would be taken for the number that it is equal to


class ItemReader:
    """Reads single fields of a row, and whole items; keeps nothing but the texts it has cleaned."""

    def __init__(self, layout: Layout, sheet: Sheet, twins: frozenset[str] = frozenset()) -> None:
        self.layout = layout
        self.twins = twins
        self._sheet = sheet
        self.texts: Memo[Cell, str] = Memo(clean_text)
        self.paths: Memo[Cell, tuple[str, ...]] = Memo(lambda raw: split_path(clean_text(raw)))
        self.stocks: Memo[Cell, Stock | None] = Memo(parse_stock)
        self.currencies: Memo[Cell, str | None] = Memo(
            lambda raw: (
                currency_of_minor(raw) or find_currency(clean_text(raw), layout.home) or self._left_out(clean_text(raw))
            )
        )
        self.usual_currency = layout.currency or layout.default_currency
        currencies = OR.join(filter(None, (layout.currency, layout.home))) or None
        self.prices = PriceReader(
            layout.decimal, currencies, thousandths=layout.thousandths, footnotes=layout.footnotes
        )
        self.on_terms = OnTerms(layout.terms, layout.decimal) if layout.terms != PLAIN_TERMS else None
        self.told = [(fact.name, fact.column, Memo(fact.read)) for fact in layout.facts]
        self.barcode = next((fact.column for fact in layout.facts if fact.name == Field.BARCODE), None)
        self._labelled = [(column, layout.labels[column], self._reader_of(column)) for column in layout.characteristics]

    def _left_out(self, text: str) -> str | None:
        """The currency of a cell that names none; empty where it names something that is none."""
        return "" if self.usual_currency is not None and no_currency(text, self.layout.home) else self.usual_currency

    def currency_problem(self, number: int, cells: Sequence[Cell], price: Price) -> Message | None:
        """What is wrong with a price that would be taken for one in the usual currency."""
        if price.currency is not None or self.usual_currency is None:
            return None
        layout = self.layout
        said = self.usual_currency if self.usual_currency != layout.default_currency else None
        home = OR.join(filter(None, (said, layout.home)))
        if layout.currency_column is not None and (text := self.text(cells[layout.currency_column])):
            return no_currency(text, home)
        cell = cells[layout.price] if layout.price is not None else None
        if isinstance(cell, str):
            return unclear_currency(cell, home)
        return unclear_format(self._format(number, layout.price), home) if layout.price is not None else None

    def take_prices_in(self, currency: str | None) -> None:
        """From here on those that name no currency are in this one."""
        self.usual_currency = currency
        self.currencies.clear()

    def _reader_of(self, column: int) -> Callable[[Cell], str]:
        if column in self.layout.further_codes:
            return lambda cell: clean_codes((cell,))[0]
        return clean_text if column in self.layout.varied else self.text

    def text(self, cell: Cell) -> str:
        if type(cell) is str:
            return self.texts[cell]
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
        number_format = self._format(number, column)
        return read_code(cells[column], number_format, with_fractions=self.layout.codes_have_fractions)

    def price(self, number: int, cells: Sequence[Cell], column: int) -> Price:
        """The price to pay, on the terms of the list."""
        price = self.amount(number, cells, column)
        return price if self.on_terms is None else self.on_terms.price(price, cells)

    def amount(self, number: int, cells: Sequence[Cell], column: int) -> Price:
        """What a cell alone says."""
        return self.prices.read(cells[column], self._format(number, column))

    def price_to_pay(self, number: int, cells: Sequence[Cell], column: int) -> Price:
        """That of the price column, with those for other quantities that stand beside it."""
        price, breaks = self.price(number, cells, column), self.layout.breaks
        if price.problem is None and (problem := self._why_undated(cells)) is not None:
            return price._replace(problem=problem)
        if not breaks:
            return price
        found = [self.price(number, cells, each.column) for each in breaks]
        is_left_out = not any(map(str.isalnum, self.text(cells[column])))
        return price_with_breaks(price, breaks, found, is_left_out=is_left_out)

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
            path = self.category(cells) or path
        derived = not code
        if derived:
            code = self.derived(cells, name, characteristics, path)
        amount = currency = None
        if price is not None:
            amount = price.amount
            named = layout.currency_column is not None and self.currency(cells[layout.currency_column])
            currency = price.currency or named or self.usual_currency
        own = {name: read_once(known, cells[column]) for name, column, known in self.told}
        characteristics = self._left_over(characteristics, own) if own else characteristics
        facts = self.on_terms.facts(price, cells) if self.on_terms is not None else with_tax_of_cell(NO_FACTS, price)
        retail, about_retail = self._retail(number, cells, currency, characteristics)
        stock = self.stock(cells) if layout.stock else None
        item = Item(number, code, name, amount, currency, retail, stock, path, characteristics, derived, layout.sheet)
        if own:
            facts, item = item_facts(own, facts), item._replace(notes=self._notes(cells))
        if facts is not NO_FACTS:
            item = item._replace(facts=facts)
        if layout.periods is not None:
            item = in_its_period(item, layout.periods, cells)
        said = (*price.notes, *about_retail) if price is not None else about_retail
        if price is None or not (said or price.breaks or layout.breaks or price.per_quantity != 1):
            return item
        item = item._replace(notes=item.notes + said, per_quantity=price.per_quantity)
        kept = characteristics | self._unread_breaks(cells, price) if layout.breaks else characteristics
        return item._replace(characteristics=kept, facts=with_breaks(item.facts, price.breaks))

    def _left_over(self, characteristics: dict[str, str], said: Mapping[str, Any]) -> dict[str, str]:
        """Without what became facts; `said` is what columns of their own say."""
        own = {self.layout.labels[column]: name for name, column, _ in self.told}
        texts = {
            label: text_left_over(own[label], said[own[label]], text) if label in own else text
            for label, text in characteristics.items()
        }
        return {label: text for label, text in texts.items() if text}

    def _notes(self, cells: Sequence[Cell]) -> tuple[Message, ...]:
        """A barcode with a wrong check digit is no barcode, and must not be overlooked."""
        text = self.text(cells[self.barcode]) if self.barcode is not None else ""
        is_one = not text or self.barcode is None or read_barcode(cells[self.barcode]) is not None
        return () if is_one else (notes.BARCODE.message(value=shorten(text)),)

    def _why_undated(self, cells: Sequence[Cell]) -> Message | None:
        periods = self.layout.periods
        cell = periods.unread(cells) if periods is not None else None
        return None if cell is None else prices.UNKNOWN_DAY.message(value=shorten(cell))

    def _unread_breaks(self, cells: Sequence[Cell], price: Price) -> dict[str, str]:
        """What stands in the columns of price breaks and is none."""
        read = {each.minimum for each in price.breaks}
        others = (each.column for each in self.layout.breaks if each.minimum not in read)
        labels, own = self.layout.labels, self.layout.price
        return {labels[column]: text for column in others if column != own and (text := self.text(cells[column]))}

    def derived(self, cells: Sequence[Cell], name: str, characteristics: dict[str, str], path: tuple[str, ...]) -> str:
        telling = [self.text(cells[column]) for column in self.layout.telling]
        code = derived_code(name, telling)
        if code not in self.twins:
            return code
        return derived_code(name, [*telling, *characteristics.values(), *path])

    def _characteristics(self, cells: Sequence[Cell]) -> dict[str, str]:
        found = {label: text for column, label, read in self._labelled if (text := read(cells[column]))}
        return found | self.triples(cells) if self.layout.triples else found

    def triples(self, cells: Sequence[Cell]) -> dict[str, str]:
        found = {}
        for triple in self.layout.triples:
            name, value = self.text(cells[triple.name]), self.text(cells[triple.value])
            if name and value:
                unit = self.text(cells[triple.unit]) if triple.unit is not None else ""
                found[name] = f"{value} {unit}".strip()
        return found

    def category(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """The path that the row itself names."""
        columns = self.layout.categories
        if len(columns) == 1:
            return self.category_of(cells[columns[0]])
        steps = [step for column in columns for step in self._path(cells[column])]
        return self.layout.category_prefix + tuple(dict.fromkeys(steps))

    def category_of(self, cell: Cell) -> tuple[str, ...]:
        prefix = self.layout.category_prefix
        return prefix + self._path(cell) if prefix else self._path(cell)

    def _path(self, cell: Cell) -> tuple[str, ...]:
        return self.paths[cell] if type(cell) is str else split_path(self.text(cell))

    def currency(self, cell: Cell) -> str | None:
        """Where the price itself says none: the currency column, else the price column's or the supplier's."""
        return self.usual_currency if cell is None else self.currencies[cell if type(cell) is str else self.text(cell)]

    def _retail(
        self, number: int, cells: Sequence[Cell], currency: str | None, characteristics: dict[str, str]
    ) -> tuple[Decimal | None, tuple[Message, ...]]:
        """The retail price, and what its cell says beside it; one in another currency becomes a characteristic."""
        column = self.layout.retail
        price = self.retail(number, cells, column) if column is not None else None
        if column is None or price is None or price.problem is not None:
            return None, ()
        if price.currency not in (None, currency):
            characteristics[self.layout.labels[column]] = self.text(cells[column])
            return None, ()
        return price.amount, tuple(notes.OF_RETAIL.message(note=note) for note in price.notes)

    def is_plain_retail(self, number: int, cells: Sequence[Cell], currency: str | None) -> bool:
        """Whether the amount alone, or nothing, is all that the row says of it."""
        column = self.layout.retail
        price = self.retail(number, cells, column) if column is not None else None
        if price is None or price.problem is not None:
            return True
        return not price.notes and price.currency in (None, currency)

    def retail(self, number: int, cells: Sequence[Cell], column: int) -> Price:
        """A retail price, for as many as the price."""
        price, factor = self.amount(number, cells, column), self.layout.terms.retail_factor
        return price if factor == 1 else price.times(factor)

    def stock(self, cells: Sequence[Cell]) -> Stock | None:
        columns = self.layout.stock
        if len(columns) == 1:
            return self.stock_of(cells[columns[0]])
        return _together([stock for column in columns if (stock := parse_stock(cells[column]))])

    def stock_of(self, cell: Cell) -> Stock | None:
        return self.stocks[cell] if type(cell) in SHARED_TYPES else parse_stock(cell)


def in_its_period(item: Item, periods: PeriodColumns, cells: Sequence[Cell]) -> Item:
    """With its first and its last day; what names no first day must not be overlooked."""
    unread = periods.no_start(cells)
    said = () if unread is None else (notes.NO_START.message(value=shorten(unread)),)
    start, end = periods.start_of(cells), periods.end_of(cells)
    return item._replace(valid_from=start, valid_until=end, notes=item.notes + said)


def read_once(known: Memo[Cell, Any], cell: Cell) -> Any:
    return known[cell] if type(cell) in SHARED_TYPES else known.understand(cell)


def _together(stocks: Sequence[Stock]) -> Stock | None:
    """Several warehouses, or a quantity beside a yes or no."""
    if not stocks:
        return None
    quantities = [stock.quantity for stock in stocks if stock.quantity is not None]
    said = [stock.availability for stock in stocks]
    best = next((word for word in ("in_stock", "on_order", "out_of_stock") if word in said), "")
    return Stock(sum(quantities) if quantities else None, best)
