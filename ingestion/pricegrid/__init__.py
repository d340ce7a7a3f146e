'''Reads price lists: whatever a supplier sends becomes items, and where it does not, it is said why.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from ingestion import pricegrid
    >>> path = Path(tempfile.mkdtemp(), "list.csv")
    >>> _ = path.write_text("""Tools & more, prices of May
    ... Code;Name;Price, EUR;Stock
    ... A-1;Hammer 300 g;1 234,50;12
    ... A-2;Hammer 500 g;on request;-
    ... """)
    >>> book = pricegrid.open_book(path)
    >>> reading = pricegrid.understand(book, pricegrid.Hints(default_currency="BYN"))
    >>> [(guess.letter, str(guess.field)) for guess in reading.sheets[0].columns]
    [('A', 'supplier_sku'), ('B', 'name'), ('C', 'price'), ('D', 'stock')]
    >>> for row in reading:
    ...     if isinstance(row, pricegrid.Item):
    ...         print(row.row_number, row.supplier_sku, row.price, row.currency, row.stock)
    ...     else:
    ...         print(row.row_number, row.message)
    3 A-1 1234.50 EUR Stock(quantity=12, availability='in_stock')
    4 The price is not given: “on request”.
    >>> reading.close()

This is the whole public surface, with modules for those who do more than read: `pricegrid.verdict` (store a list, ask a
person, or refuse it), `pricegrid.contract` (what every item keeps), `pricegrid.settings` (ask people how
a list is to be read), `pricegrid.cells` (look at the cells of a book, or correct them), `pricegrid.building` (make a
book of a source of one's own), `pricegrid.memory` (tell whether a list looks as the last one did),
`pricegrid.problems` (what can be wrong, by its code) and `pricegrid.printing` (JSON Lines, reports). Nothing else is to
be imported from outside: README.md says what each name is for. The package knows no Django, no database, no clock and
no network; `python -m ingestion.pricegrid FILE` prints what is understood of files.
'''

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingestion.pricegrid.cells.grid import Book, Sheet
    from ingestion.pricegrid.fields import FIELDS, Field
    from ingestion.pricegrid.formats.kinds import HEAD_BYTES, check_head
    from ingestion.pricegrid.formats.limits import Limits
    from ingestion.pricegrid.formats.opening import load_readers, open_book
    from ingestion.pricegrid.reading import SheetReading, understand
    from ingestion.pricegrid.records import (
        LONGEST_CODE,
        LONGEST_NAME,
        NO_FACTS,
        ColumnGuess,
        Item,
        ItemFacts,
        ListRefused,
        Message,
        PriceBreak,
        Reading,
        RowError,
        SheetUnderstanding,
        Stock,
    )
    from ingestion.pricegrid.rows.batch import Batch, Part, parts_of
    from ingestion.pricegrid.rows.row_kind import ROW_KINDS, RowKind
    from ingestion.pricegrid.settings import Hints
    from ingestion.pricegrid.values.codes import code_key, code_keys
    from ingestion.pricegrid.values.packs import pack_sizes
    from ingestion.pricegrid.vocabulary import use_vocabulary_folders

__all__ = [
    "FIELDS",
    "HEAD_BYTES",
    "LONGEST_CODE",
    "LONGEST_NAME",
    "NO_FACTS",
    "ROW_KINDS",
    "Batch",
    "Book",
    "ColumnGuess",
    "Field",
    "Hints",
    "Item",
    "ItemFacts",
    "Limits",
    "ListRefused",
    "Message",
    "Part",
    "PriceBreak",
    "Reading",
    "RowError",
    "RowKind",
    "Sheet",
    "SheetReading",
    "SheetUnderstanding",
    "Stock",
    "check_head",
    "code_key",
    "code_keys",
    "load_readers",
    "open_book",
    "pack_sizes",
    "parts_of",
    "understand",
    "use_vocabulary_folders",
]

# A name is loaded when it is asked for (PEP 562): whoever needs the records alone, as the web process does, loads
# neither the vocabulary nor lxml, which are some tenths of a second of processor time.
_HOMES = {
    "cells.grid": ("Book", "Sheet"),
    "fields": ("FIELDS", "Field"),
    "formats.kinds": ("HEAD_BYTES", "check_head"),
    "formats.limits": ("Limits",),
    "formats.opening": ("load_readers", "open_book"),
    "settings": ("Hints",),
    "reading": ("SheetReading", "understand"),
    "records": (
        "LONGEST_CODE", "LONGEST_NAME", "NO_FACTS", "ColumnGuess", "Item", "ItemFacts", "ListRefused", "Message",
        "PriceBreak", "Reading", "RowError", "SheetUnderstanding", "Stock",
    ),
    "rows.batch": ("Batch", "Part", "parts_of"),
    "rows.row_kind": ("ROW_KINDS", "RowKind"),
    "values.codes": ("code_key", "code_keys"),
    "values.packs": ("pack_sizes",),
    "vocabulary": ("use_vocabulary_folders",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
