"""A cell as a person would write it."""

from __future__ import annotations

from datetime import datetime
from math import isfinite

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula


def cell_text(raw: Cell) -> str:
    """A value as a person would write it: 12.0 is 12, a date without a time is a date."""
    if raw is None or isinstance(raw, (CellError, Formula)):
        return str(raw or "")
    if isinstance(raw, float) and isfinite(raw):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime) and not (raw.hour or raw.minute or raw.second):
        return raw.date().isoformat()
    return raw.isoformat(" ") if isinstance(raw, datetime) else str(raw)
