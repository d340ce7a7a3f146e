"""Rows of sheets that a stray cell makes very wide: nobody fills up what is empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingestion.pricegrid.cells.grid import Cell

WIDE = 1_000  # columns


class Sparse(list[Cell]):
    """The cells of a row as far as there are any; those behind them are empty."""

    def __getitem__(self, place: Any) -> Any:
        return None if isinstance(place, int) and place >= len(self) else super().__getitem__(place)


def at_least(cells: Sequence[Cell], width: int) -> Sequence[Cell]:
    """The cells of a row, of which `width` may be asked for."""
    if len(cells) >= width:
        return cells
    return Sparse(cells) if width > WIDE else [*cells, *[None] * (width - len(cells))]
