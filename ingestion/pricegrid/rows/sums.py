"""What the columns of numbers come to: a row whose numbers are the sums of those above is a total, in any language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ingestion.pricegrid.cells.grid import Cell

_FEWEST = 3  # numbers that a sum is made of; a row that says that it is a total may be one of two
_LONGEST_NUMBER = 16
_MOST_COLUMNS = 500  # what stands further right adds nothing to what these tell
_ROUNDED = 0.006  # by so much each number may differ from what was added up,
_PRECISE = 0.001  # and the sum by no more than such a share: of tiny prices nothing else would be left


class Sums:
    """Of the items since the start and since the last total; for lists without codes, where a total has no lack."""

    def __init__(self, price: int | None) -> None:
        self._price = price
        self._all: dict[int, tuple[float, int]] = {}
        self._since: dict[int, tuple[float, int]] = {}

    def add(self, cells: Sequence[Cell], amount: Decimal | None) -> None:
        for column, number in self._numbers(cells, amount):
            for sums in (self._all, self._since):
                before, count = sums.get(column, (0.0, 0))
                sums[column] = before + number, count + 1

    def is_total(self, cells: Sequence[Cell], amount: Decimal | None, *, says_so: bool) -> bool:
        """One sum where the row says that it is a total, else the price and another column, which are not alike."""
        numbers = self._numbers(cells, amount)
        for sums in (self._all, self._since):
            fewest = _FEWEST - says_so
            equal = {column: number for column, number in numbers if _is_sum(number, sums.get(column), fewest)}
            if equal and (says_so or (self._price in equal and len(set(equal.values())) > 1)):
                self._since = {}
                return True
        return False

    def _numbers(self, cells: Sequence[Cell], amount: Decimal | None) -> list[tuple[int, float]]:
        found = [(column, number) for column, cell in enumerate(cells[:_MOST_COLUMNS]) if (number := _number(cell))]
        others = [pair for pair in found if pair[0] != self._price]
        return others if amount is None or self._price is None else [*others, (self._price, float(amount))]


def _is_sum(number: float, added: tuple[float, int] | None, fewest: int) -> bool:
    if added is None or added[1] < fewest:
        return False
    return abs(number - added[0]) <= min(_ROUNDED * added[1], _PRECISE * abs(added[0]))


def _number(cell: Cell) -> float:
    """Nothing is added for what is no plain number."""
    if isinstance(cell, int | float):
        return float(cell)
    if not isinstance(cell, str) or len(cell) > _LONGEST_NUMBER or not cell[-1:].isdigit():
        return 0.0
    try:
        return float("".join(cell.split()).replace(",", "."))
    except ValueError:
        return 0.0
