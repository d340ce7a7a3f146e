"""What becomes of rows in which something is struck out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.struck_out import is_withdrawn
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.problems import lists, prices
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.sample import is_empty
from ingestion.pricegrid.values.text import shorten

_NAMED = 20  # rows


@dataclass
class Withdrawn:
    """The rows that offer nothing any more."""

    count: int = 0
    named: list[str] = field(default_factory=list)

    def add(self, number: int, cells: Sequence[Cell], layout: Layout) -> None:
        self.count += 1
        if len(self.named) < _NAMED:
            key = next((text for column in keys_of(layout) if (text := cell_text(cells[column]).strip())), "")
            self.named.append(f"{number}: {shorten(key)}" if key else str(number))

    @property
    def notes(self) -> Iterator[Message]:
        if self.count:
            rest = ", …" if self.count > len(self.named) else ""
            yield lists.WITHDRAWN.message(count=self.count, rows="; ".join(self.named) + rest)


def keys_of(layout: Layout) -> list[int]:
    """The columns that tell which item a row is."""
    return [column for column in (layout.code, *layout.names) if column is not None]


def takes_back(cells: Sequence[Cell], struck: frozenset[int], layout: Layout) -> bool:
    """Whether a row withdraws its item: most of it is struck out, or which item it is and its price."""
    if is_withdrawn(cells, struck):
        return True
    has_price = layout.price is not None and layout.price not in struck and not is_empty(cells[layout.price])
    return not has_price and not struck.isdisjoint(keys_of(layout))


def price_lost(cells: Sequence[Cell], struck: frozenset[int], layout: Layout) -> Message | None:
    """What is wrong with an item of which nothing but the price is struck out."""
    if layout.price is None or layout.price not in struck:
        return None
    is_named = any(column not in struck and not is_empty(cells[column]) for column in keys_of(layout))
    return prices.STRUCK_OUT.message(value=shorten(cell_text(cells[layout.price]))) if is_named else None
