"""What is missing in rows that have a price: by mistake, or because it is written once for several rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.structure.sample import is_empty

_OFTEN = 0.1
NEVER_THERE = 0.95
CODES_OFTEN = 0.01  # fewer codes than one in a hundred are missing by mistake


class Gaps:
    """`cells` is by column."""

    def __init__(self, cells: Sequence[Sequence[Cell]], price: int | None) -> None:
        self._cells = cells
        self._price = price

    def in_column(self, column: int) -> list[bool]:
        """For every row with a price, whether a column is empty in it."""
        if self._price is None:
            return []
        pairs = zip(self._cells[column], self._cells[self._price], strict=True)
        return [is_empty(cell) for cell, amount in pairs if not is_empty(amount)]

    def codes_are_optional(self, code: int | None) -> bool:
        missing = self.in_column(code) if code is not None else []
        return bool(missing) and sum(missing) >= CODES_OFTEN * len(missing)

    def written_once(self, columns: Iterable[int]) -> frozenset[int]:
        """The columns that are often empty, so that the text above counts."""
        missing = {column: self.in_column(column) for column in columns}
        return frozenset(
            column
            for column, gaps in missing.items()
            if sum(gaps) > 1 and _OFTEN <= sum(gaps) / len(gaps) < NEVER_THERE
        )
