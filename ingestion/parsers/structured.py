"""Readings of sources that say themselves what is what, so that nothing has to be understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingestion.pricegrid import Item, Message, RowError, SheetUnderstanding


@dataclass
class StructuredReading:
    """`records` begins anew with every call; `mode` is "full", "stock" or "prices", as the items are."""

    records: Callable[[], Iterable[Item | RowError]]
    mode: str = "full"
    rows_expected: int | None = None
    rows_read: int = 0
    sheets: Sequence[SheetUnderstanding] = ()
    notes: Sequence[Message] = ()
    skipped: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Item | RowError]:
        self.rows_read = 0
        for record in self.records():
            self.rows_read += 1
            yield record

    def close(self) -> None:
        """Holds nothing open."""
