"""What becomes of a list as it would be stored, and what of it would be wrong without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Book
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.records import Item, RowError
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.verdict import USUAL_CONFIDENCE, USUAL_FAILED_PERCENT, Bars, Verdict, VerdictKind, examine
from tests.ingestion.pricegrid.grids import GridBook
from tests.ingestion.pricegrid.zoo.listing import Listing, faults

BARS = Bars(USUAL_CONFIDENCE, USUAL_FAILED_PERCENT)


class Judged(NamedTuple):
    """`wrong` is what would be stored wrong, or lost, without a word: nothing where a person is asked."""

    verdict: Verdict
    wrong: tuple[str, ...]


def judged(made: Listing, path: Path | None = None, doubtful: Sequence[int] = ()) -> Judged:
    """A list, or the file that was made of it; `doubtful` are rows that must not become items without a note."""
    book: Book = GridBook([made.grid()]) if path is None else open_book(path)
    examined = examine(book, Hints(), BARS)
    rows = examined.taken()
    records = list(rows)
    examined.close()
    verdict = examined.verdict(rows.counts)
    is_stored = verdict.kind is VerdictKind.STORED
    return Judged(verdict, (*wrong(made, records), *unnoted(records, doubtful)) if is_stored else ())


def wrong(made: Listing, records: Sequence[Item | RowError]) -> Iterator[str]:
    """What is stored wrong, is lost without a word, or is no item: an error is a word.

    Of several items in one row the first is looked at.
    """
    by_row: dict[int | None, Item | RowError] = {}
    for record in records:
        by_row.setdefault(record.row_number, record)
    yield from (f"row {number} vanished" for number in made.wanted if number not in by_row)
    for number, record in by_row.items():
        if isinstance(record, Item) and number in made.wanted:
            yield from (f"row {number}: {fault}" for fault in faults(made.wanted[number], record))
        elif isinstance(record, Item):
            yield f"row {number} is no item: {record.name!r} at {record.price}"


def unnoted(records: Sequence[Item | RowError], doubtful: Sequence[int]) -> Iterator[str]:
    for record in records:
        if record.row_number in doubtful and isinstance(record, Item) and not record.notes:
            yield f"row {record.row_number} has no note"
