"""Opens any file as a book, by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from ingestion.pricegrid.cells.grid import Book
from ingestion.pricegrid.formats.kinds import sniff
from ingestion.pricegrid.formats.limits import DEFAULT_LIMITS, Limits

# Where the reader of each kind is. It is loaded with the first file of its kind: all of them together take 0.2 s of
# processor time, which `python -m ingestion.pricegrid` and every start of the web process would pay for nothing.
_READERS: Mapping[str, tuple[str, str]] = {
    "xlsx": ("xlsx.workbook", "Workbook"),
    "xls": ("xls", "XlsBook"),
    "xlsb": ("xlsb", "open_xlsb"),
    "ods": ("ods", "open_ods"),
    "fods": ("ods", "open_flat_ods"),
    "xml": ("spreadsheetml", "open_spreadsheetml"),
    "html": ("html", "open_html"),
    "text": ("text", "open_text"),
}


def open_book(
    path: Path | str,
    limits: Limits = DEFAULT_LIMITS,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Book:
    """The cells of a file. Its content says what it is; its name says nothing.

    `encoding` (a name that Python knows) and `delimiter` (one character) are for texts, and found out where they are
    None. Raises ListRefused, with what to do, over whatever is no readable list or goes beyond `limits`. Whoever opens
    a book closes it, or closes the reading that was made of it.
    """
    path = Path(path)
    kind = sniff(path, limits)
    if kind == "text":
        book: Book = reader_of(kind)(path, limits, encoding=encoding, delimiter=delimiter)
    else:
        book = reader_of(kind)(path, limits)
    return book


def reader_of(kind: str) -> Callable[..., Book]:
    module, name = _READERS[kind]
    reader: Callable[..., Book] = getattr(import_module(f"ingestion.pricegrid.formats.{module}"), name)
    return reader


def load_readers() -> None:
    """Loads the readers of all kinds: for a process that forks one for each list."""
    for kind in _READERS:
        reader_of(kind)
