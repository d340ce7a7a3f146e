"""What one row holds, as far as it is needed to say what the row is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.values.codes import Code
from ingestion.pricegrid.values.price import Price


class Facts(NamedTuple):
    """The texts of its filled cells by column, and what they say.

    `telling` are those that do not stand in every row; `wide` the columns of each cell that is merged across.
    """

    row: SheetRow
    texts: dict[int, str]
    telling: dict[int, str]
    code: Code
    name: str
    price: Price | None
    money: list[str]
    wide: Sequence[range]
    after_item: bool
    code_is_above: bool  # the item above has the same code

    @property
    def has_price(self) -> bool:
        return self.price is not None and self.price.problem is None
