"""Opens any file as a book, by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ingestion.pricegrid.cells.grid import Book
from ingestion.pricegrid.formats.html import open_html
from ingestion.pricegrid.formats.kinds import sniff
from ingestion.pricegrid.formats.limits import DEFAULT_LIMITS, Limits
from ingestion.pricegrid.formats.ods import open_flat_ods, open_ods
from ingestion.pricegrid.formats.spreadsheetml import open_spreadsheetml
from ingestion.pricegrid.formats.text import open_text
from ingestion.pricegrid.formats.xls import XlsBook
from ingestion.pricegrid.formats.xlsb import open_xlsb
from ingestion.pricegrid.formats.xlsx.workbook import Workbook

READERS: Mapping[str, Callable[[Path, Limits], Book]] = {
    "xlsx": Workbook,
    "xls": XlsBook,
    "xlsb": open_xlsb,
    "ods": open_ods,
    "fods": open_flat_ods,
    "xml": open_spreadsheetml,
    "html": open_html,
}


def open_book(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, encoding: str | None = None, delimiter: str | None = None
) -> Book:
    """Raises ListRefused, with what to do, over whatever is no readable list. The rest is for texts."""
    kind = sniff(path, limits)
    if kind == "text":
        return open_text(path, limits, encoding=encoding, delimiter=delimiter)
    return READERS[kind](path, limits)
