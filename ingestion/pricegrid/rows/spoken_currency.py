"""The currency of a section: what rows between the items say of the prices below them."""

from __future__ import annotations

from typing import NamedTuple

from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.rows.items import ItemReader
from ingestion.pricegrid.rows.row_kind import RowKind
from ingestion.pricegrid.structure.sample import filled_columns
from ingestion.pricegrid.values.currency_said import currency_said

_MOST_CELLS = 3
_SPEAKING = (RowKind.SECTION, RowKind.NOTE, RowKind.STRAY, RowKind.FOOTER)


class Heard(NamedTuple):
    """What has to be said of a row that changes the currency, and whether the row may name a category."""

    change: Message | None
    may_be_title: bool


class SpokenCurrency:
    """Sets the currency in which the reader takes prices that name none; nothing where people have set it."""

    def __init__(self, reader: ItemReader, home: str | None, *, is_given: bool) -> None:
        self._reader = reader
        self._home = home
        self._is_given = is_given
        self._of_all = reader.usual_currency

    def hear(self, row: SheetRow, kind: RowKind, price: int) -> Heard:
        """A title that names no currency ends that of the section before."""
        said = next(filter(None, (currency_said(text, self._home) for text in spoken_texts(row, kind, price))), None)
        if said is None:
            code = self._of_all if kind is RowKind.SECTION else self._reader.usual_currency
        else:
            code = said.code
            self._of_all = code if said.is_for_all else self._of_all
        is_title = said is None or not said.is_for_all
        if self._is_given or code == self._reader.usual_currency:
            return Heard(None, is_title)
        self._reader.take_prices_in(code)
        return Heard(lists.CURRENCY_FROM.message(row=row.number, currency=code or "?"), is_title)


def spoken_texts(row: SheetRow, kind: RowKind, price: int) -> list[str]:
    """What a row that is no item may say of the prices of items."""
    if kind is RowKind.HEADER:
        return [cell_text(row.cells[price])] if price < len(row.cells) else []
    filled = filled_columns(row.cells)
    return (
        [cell_text(row.cells[column]) for column in filled] if kind in _SPEAKING and len(filled) <= _MOST_CELLS else []
    )
