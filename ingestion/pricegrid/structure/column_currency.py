"""In which currency a price column is, and whether its number formats differ from cell to cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.fields import PRICES
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.structure.sample import Sample, filled_columns, is_empty
from ingestion.pricegrid.values.currency import find_currency, find_format_currency
from ingestion.pricegrid.vocabulary import match_header

MOSTLY = 0.5  # a currency that so many number formats show is that of the column


class Currencies:
    """Knows the number formats, the header and the lines above the table; `default` decides what "$" means."""

    def __init__(self, sample: Sample, body: Sequence[SheetRow], header: Header, default: str | None) -> None:
        self._sample = sample
        self._body = body
        self._header = header
        self._default = default

    def of(self, column: int) -> str | None:
        """The currency of a column: its number formats, else its header, else what stands above the table."""
        shown, filled = self._shown(column)
        if len(shown) == 1 and shown.total() >= MOSTLY * filled:
            return next(iter(shown))
        return find_currency(self._header.text(column), self._default) or self._above()

    def differ(self, column: int) -> bool:
        """Whether each cell's number format has to be looked at: not all say the same, or some say per cent."""
        shown, filled = self._shown(column)
        return len(shown) > 1 or 0 < shown.total() < MOSTLY * filled or self.has_format(column, "%")

    def has_format(self, column: int, sign: str) -> bool:
        styles = (self._sample.sheet.style(row.number, column + 1) for row in self._body)
        return any(style is not None and sign in style.number_format for style in styles)

    def _shown(self, column: int) -> tuple[Counter[str], int]:
        """The currencies that the number formats show, and the number of filled cells."""
        found: Counter[str] = Counter()
        rows = [row for row in self._body if column < len(row.cells) and not is_empty(row.cells[column])]
        for row in rows:
            style = self._sample.sheet.style(row.number, column + 1)
            currency = find_format_currency(style.number_format, self._default) if style else None
            if currency:
                found[currency] += 1
        return found, len(rows)

    def _above(self) -> str | None:
        """A line above the header that speaks of prices in a currency."""
        first = self._header.rows[0] if self._header.rows else 0
        above = (row for row in self._sample.rows if row.number < first)
        for text in (str(row.cells[column]) for row in above for column in filled_columns(row.cells)):
            found = find_currency(text, self._default)
            if found and any(match.field in PRICES for match in match_header(text)):
                return found
        return None
