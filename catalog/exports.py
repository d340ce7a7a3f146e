"""What leaves the house for a spreadsheet program: nothing in it is ever run there."""

from __future__ import annotations

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def without_formula(value: Any) -> Any:
    """A text that a spreadsheet would run gets an apostrophe in front; for files that have no types, such as CSV."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def as_written(value: Any) -> Any:
    """Takes the apostrophe of `without_formula` away again."""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and value[1:].startswith(FORMULA_STARTS) else value


def keep_as_text(cell: Any) -> None:
    """A cell of a workbook (openpyxl) that holds a text stays one, whatever it begins with, also after an edit."""
    if isinstance(cell.value, str) and cell.value.startswith(FORMULA_STARTS):
        cell.data_type = "s"
        cell.quotePrefix = True
