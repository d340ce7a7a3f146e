"""Rows that are struck out: goods that are withdrawn, though they still stand in the list."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell, Sheet
from ingestion.pricegrid.problems import notes

_LOOKED_AT = 40  # columns
AS_STRUCK_OUT = (notes.STRUCK_OUT.message(),)


def is_struck_out(sheet: Sheet, number: int, cells: Sequence[Cell]) -> bool:
    """Whether most of what a row holds is; one old price that is struck out beside the new one is no such row."""
    filled = [column for column, cell in enumerate(cells[:_LOOKED_AT], 1) if cell is not None]
    struck = sum((style := sheet.style(number, column)) is not None and style.struck_out for column in filled)
    return 2 * struck > len(filled)
