"""Addresses on the web, of goods and of their pictures."""

from __future__ import annotations

import re

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.text import clean_text

_LONGEST = 2000
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"']+\.[^\s<>\"']+")
_BETWEEN = re.compile(r"[\s;|]+|,(?=\s*(?:https?:|www\.))")


def read_link(cell: Cell) -> str | None:
    """The first address of a cell that holds nothing else."""
    text = clean_text(cell) if isinstance(cell, str) else ""
    parts = [part for part in _BETWEEN.split(text) if part]
    if not parts or not all(map(_ADDRESS.fullmatch, parts)) or len(parts[0]) > _LONGEST:
        return None
    return f"http://{parts[0]}" if parts[0].startswith("www.") else parts[0]
