"""What stands under one header, column by column: looked at once, for all the ways to read it."""

from __future__ import annotations

from functools import cached_property

from ingestion.pricegrid.cells.grid import Sheet
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.column_currency import Currencies
from ingestion.pricegrid.structure.column_profile import ColumnProfile, profile_column
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.structure.merged_across import with_values_in_their_columns
from ingestion.pricegrid.structure.sample import Sample, filled_columns, take_sample


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
        self.currencies = Currencies(sample, self.body, header, hints.currency or hints.default_currency)

    @cached_property
    def profiles(self) -> list[ColumnProfile]:
        return [profile_column(cells) for cells in self.cells]

    @cached_property
    def hidden(self) -> set[int]:
        return {column - 1 for column in self.sample.sheet.hidden_columns}

    @property
    def lines_above(self) -> list[str]:
        """The texts above the table."""
        first = self.header.rows[0] if self.header.rows else self.header.data_start
        above = (row for row in self.sample.rows if row.number < first)
        return [text for row in above for column in filled_columns(row.cells) if (text := cell_text(row.cells[column]))]

    @property
    def has_titles(self) -> bool:
        """Whether rows of one text stand among the items."""
        rows = (row for row in self.sample.rows if row.number >= self.header.data_start)
        return any(len(filled_columns(row.cells)) == 1 for row in rows)
