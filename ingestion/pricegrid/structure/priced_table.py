"""What is known of a table when its price has been settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.which_price import Prices


class PricedTable(NamedTuple):
    """`unknown` are columns of amounts whose headers say nothing."""

    columns: Columns
    prices: Prices
    main: int
    unknown: Sequence[int]

    @property
    def cells(self) -> Sequence[Sequence[Cell]]:
        return self.prices.cells

    def named(self, column: int) -> dict[str, str]:
        guess = self.columns.guesses[column]
        return {"column": guess.letter, "header": guess.header}
