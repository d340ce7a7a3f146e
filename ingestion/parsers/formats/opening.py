"""Opens any file as a book, by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ingestion.parsers.formats.html import open_html
from ingestion.parsers.formats.kinds import sniff
from ingestion.parsers.formats.limits import DEFAULT_LIMITS, Limits
from ingestion.parsers.formats.ods import open_flat_ods, open_ods
from ingestion.parsers.formats.spreadsheetml import open_spreadsheetml
from ingestion.parsers.formats.text import open_text
from ingestion.parsers.formats.xls import XlsBook
from ingestion.parsers.formats.xlsb import open_xlsb
from ingestion.parsers.formats.xlsx.workbook import Workbook
from ingestion.serving import refuse_while_serving
from ingestion.sheet.grid import Book

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
    refuse_while_serving()
    kind = sniff(path, limits)
    if kind == "text":
        return open_text(path, limits, encoding=encoding, delimiter=delimiter)
    return READERS[kind](path, limits)
