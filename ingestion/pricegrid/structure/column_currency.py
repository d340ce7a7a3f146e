"""In which currency a price column is, and whether its number formats differ from cell to cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.fields import PRICES
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.structure.sample import Sample, filled_columns, is_empty
from ingestion.pricegrid.values.currency import (
    UNKNOWN_ORIGIN,
    Origin,
    basis_of_format,
    currencies_named,
    find_currency,
    find_format_currency,
    home_of,
    shown_by_format,
)
from ingestion.pricegrid.values.price import parse_price
from ingestion.pricegrid.values.price_basis import currency_of_hundredths
from ingestion.pricegrid.values.unclear_currency import names_another_unit
from ingestion.pricegrid.values.whose_list import currencies_of_countries
from ingestion.pricegrid.vocabulary import match_header
from ingestion.pricegrid.vocabulary.headers import HeaderMatch

_READ_ROWS = 60  # enough to see in which letters a list is written, and what its prices name
_ACCOUNT = re.compile(r"\d{8}")  # the currency of a bank account is not that of the prices
_PADDED = re.compile(r"0{2,}(?![0.,#E%:])")  # 00000, 0000-00; no 00.0, 00:00
MOSTLY = 0.5  # a currency that so many number formats show is that of the column


class Shared(NamedTuple):
    """A word or sign that several currencies share, and the one that it was taken for, if any."""

    sign: str
    codes: tuple[str, ...]
    taken: str | None


class Currencies:
    """Knows the number formats, the header and the lines above the table; `own` is the supplier's currency.

    `home` decides what "$" means.
    """

    def __init__(self, sample: Sample, body: Sequence[SheetRow], header: Header, hints: Hints) -> None:
        self._sample = sample
        self._body = body
        self._header = header
        self._is_given = hints.currency is not None
        self._own = hints.currency or hints.default_currency
        texts = (cell for row in sample.rows[:_READ_ROWS] for cell in row.cells if type(cell) is str)
        heads = list(map(header.text, range(len(header.parts))))
        self.home = home_of(
            self._own, texts, heads, UNKNOWN_ORIGIN if hints.currency else self._origin(hints.file_name)
        )

    def _origin(self, file_name: str) -> Origin:
        """What the lines around the table say, and the names of the sheet and of the file."""
        above = [row for row in self._sample.rows if row.number < self._header.data_start]
        last = self._body[-1].number if self._body and self._sample.complete else None
        below = [row for row in self._sample.rows if last is not None and row.number > last]
        said = filter(None, map(_said_in, _texts(above)))
        lines = (*_texts(above), *_texts(below), self._sample.sheet.name, file_name)
        return Origin(frozenset(said), currencies_of_countries(lines))

    def of(self, column: int) -> str | None:
        """The currency of a column: its number formats, else its header, else what stands above the table."""
        shown, filled = self._shown(column)
        if len(shown) == 1 and shown.total() >= MOSTLY * filled:
            return next(iter(shown))
        header = self._header.text(column)
        return find_currency(header, self.home) or currency_of_hundredths(header) or self._above()

    def shared(self, column: int | None, named: Sequence[Cell] | None) -> Shared | None:
        """What a price column, or the column of currencies beside it, says of its currency, if that may be several.

        None where it is surely the supplier's own, or people have said which.
        """
        if column is None or self._is_given:
            return None
        if named is not None:
            return self._shared_in(named)
        texts = (*map(shown_by_format, self.formats_of(column)), self._header.text(column), *self._texts_of(column))
        return self._shared_in(texts)

    def _shared_in(self, cells: Iterable[Cell]) -> Shared | None:
        for text in (cell for cell in cells if type(cell) is str):
            family = currencies_named(text)
            taken = family.choose(self.home) if family else None
            if family and len(family.codes) > 1 and (taken is None or taken != self._own):
                return Shared(" ".join(text.split()), family.codes, taken)
        return None

    def other_unit(self, column: int) -> str | None:
        """A unit that is no currency, named by the number formats or the header of a column."""
        texts = (*map(shown_by_format, self.formats_of(column)), self._header.text(column))
        return next((text for text in texts if names_another_unit(text) and currencies_named(text) is None), None)

    def formats_of(self, column: int) -> set[str]:
        """The number formats of its cells."""
        styles = (self._sample.sheet.style(row.number, column + 1) for row in self._body)
        return {style.number_format for style in styles if style}

    def _texts_of(self, column: int) -> list[str]:
        cells = (row.cells[column] for row in self._body[:_READ_ROWS] if column < len(row.cells))
        return [cell for cell in cells if type(cell) is str]

    def differ(self, column: int) -> bool:
        """Whether each cell's number format has to be looked at: not all say the same, or some say per cent."""
        shown, filled = self._shown(column)
        return len(shown) > 1 or 0 < shown.total() < MOSTLY * filled or self.has_format(column, "%")

    def show_a_basis(self, column: int) -> bool:
        """Whether some say for how many a price is, or in what part of the currency."""
        return any(basis_of_format(each).words for each in self.formats_of(column))

    def has_format(self, column: int, sign: str) -> bool:
        styles = (self._sample.sheet.style(row.number, column + 1) for row in self._body)
        return any(style is not None and sign in style.number_format for style in styles)

    def pads_zeros(self, column: int) -> bool:
        """Whether its number formats write zeros before the digits, as of codes."""
        return any(_PADDED.match(text) for text in self.formats_of(column))

    def _shown(self, column: int) -> tuple[Counter[str], int]:
        """The currencies that the number formats show, and the number of filled cells."""
        found: Counter[str] = Counter()
        rows = [row for row in self._body if column < len(row.cells) and not is_empty(row.cells[column])]
        for row in rows:
            style = self._sample.sheet.style(row.number, column + 1)
            currency = find_format_currency(style.number_format, self.home) if style else None
            if currency:
                found[currency] += 1
        return found, len(rows)

    def _above(self) -> str | None:
        """A line above the header that speaks of prices in a currency."""
        first = self._header.rows[0] if self._header.rows else 0
        above = (row for row in self._sample.rows if row.number < first)
        for text in (str(row.cells[column]) for row in above for column in filled_columns(row.cells)):
            if _ACCOUNT.search(text):
                continue
            found = find_currency(text, self.home)
            if found and any(match.field in PRICES for match in match_header(text)):
                return found
        return None


def _texts(rows: Iterable[SheetRow]) -> Iterator[str]:
    return (cell for row in rows for cell in row.cells if type(cell) is str)


def _said_in(text: str) -> str | None:
    """The one currency in which a line says that prices are."""
    family = None if _ACCOUNT.search(text) else currencies_named(text)
    is_one = family is not None and len(family.codes) == 1
    return family.codes[0] if family and is_one and any(map(_is_of_prices, match_header(text))) else None


def _is_of_prices(match: HeaderMatch) -> bool:
    return match.field in PRICES


def says_currency(prices: Sequence[Cell], named: Sequence[Cell], home: str | None) -> bool:
    """Whether most of the prices say their currency, in their own cells or in those of a currency column."""
    read = (parse_price(cell, decimal=".", currency=home) for cell in prices)
    priced = [price for price in read if price.amount is not None]
    own = sum(price.currency is not None for price in priced)
    beside = sum(type(cell) is str and find_currency(cell, home) is not None for cell in named)
    return max(own, beside) >= MOSTLY * len(priced)
