"""What stands under one header, column by column: looked at once, for all the ways to read it."""

from __future__ import annotations

from functools import cached_property

from ingestion.pricegrid.cells.grid import Sheet
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.fields import KEYS
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.column_currency import Currencies
from ingestion.pricegrid.structure.column_profile import ColumnProfile, profile_column
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.structure.header_words import words_of
from ingestion.pricegrid.structure.merged_across import with_values_in_their_columns
from ingestion.pricegrid.structure.sample import Sample, filled_columns, take_sample
from ingestion.pricegrid.structure.which_price import Prices

_FEW_CELLS = 3  # "Pumps | RG A"
MOSTLY_NUMBERS = 0.9  # a header that was not understood may stand among them


def under_header(sheet: Sheet, sample: Sample, header: Header, hints: Hints) -> UnderHeader:
    """With the values that stand beside the column of their merged header moved there."""
    moved = with_values_in_their_columns(sheet, sample.body(header.data_start), header.data_start)
    return UnderHeader(sample if moved is sheet else take_sample(moved), header, hints)


class UnderHeader:
    """`body` are the rows that look like items; `cells` and `profiles` are theirs, by column."""

    def __init__(self, sample: Sample, header: Header, hints: Hints) -> None:
        self.sample = sample
        self.header = header
        self.hints = hints
        self.width = max(sample.width, len(header.parts))
        self.body = sample.body(header.data_start)
        self.cells = [sample.column(column, self.body) for column in range(self.width)]
        self.currencies = Currencies(sample, self.body, header, hints)

    @cached_property
    def profiles(self) -> list[ColumnProfile]:
        return [self._with_zeros(column, profile_column(cells)) for column, cells in enumerate(self.cells)]

    def _with_zeros(self, column: int, profile: ColumnProfile) -> ColumnProfile:
        """Numbers that are written with zeros before them, by their format, are no amounts, and do not count."""
        is_whole = profile.numbers > MOSTLY_NUMBERS and not profile.fractions
        if not is_whole or not self.currencies.pads_zeros(column):
            return profile
        return profile._replace(leading_zeros=1, serial=False)

    @cached_property
    def hidden(self) -> set[int]:
        return {column - 1 for column in self.sample.sheet.hidden_columns}

    @cached_property
    def prices(self) -> Prices:
        default, currencies = self.hints.default_currency, self.currencies
        return Prices(
            self.header,
            self.profiles,
            self.cells,
            currencies.of,
            default,
            self.hidden,
            currencies.formats_of,
            self.hints.tax_side == "gross",
        )

    @cached_property
    def earlier(self) -> dict[str, int]:
        """The columns of today whose headers were those of price, code or name in the source's last list."""
        heads = [words_of(self.header.text(column)) for column in range(self.width)]
        earlier = self.hints.earlier_columns.items()
        known = {words_of(header): field for header, field in earlier if field in KEYS and words_of(header)}
        return {known[head]: column for column, head in enumerate(heads) if head in known and heads.count(head) == 1}

    @property
    def lines_above(self) -> list[str]:
        """The texts above the table."""
        first = self.header.rows[0] if self.header.rows else self.header.data_start
        above = (row for row in self.sample.rows if row.number < first)
        return [text for row in above for column in filled_columns(row.cells) if (text := cell_text(row.cells[column]))]

    @property
    def lines_below(self) -> list[str]:
        """The texts below the last item, where that is known."""
        last = self.body[-1].number if self.body and self.sample.complete else None
        below = (row for row in self.sample.rows if last is not None and row.number > last)
        return [text for row in below for column in filled_columns(row.cells) if (text := cell_text(row.cells[column]))]

    @property
    def lines_between(self) -> list[str]:
        """The texts of the rows among the items, or right above the first, that are hardly filled."""
        rows = (row for row in self.sample.rows if row.number >= self.header.data_start)
        few = ((row, filled) for row in rows if len(filled := filled_columns(row.cells)) <= _FEW_CELLS)
        return [text for row, filled in few for column in filled if (text := cell_text(row.cells[column]))]

    @property
    def has_titles(self) -> bool:
        """Whether rows of one text stand among the items."""
        rows = (row for row in self.sample.rows if row.number >= self.header.data_start)
        return any(len(filled_columns(row.cells)) == 1 for row in rows)
