"""The rows of a reading as they are stored: items keep their contract, and each code is taken once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ingestion.pricegrid.contract import Checker, raw_of
from ingestion.pricegrid.problems import cause_of
from ingestion.pricegrid.records import Item, Reading, RowError
from ingestion.pricegrid.rows.duplicates import OnRepetition, without_duplicates
from ingestion.pricegrid.rows.row_kind import RowKind
from ingestion.pricegrid.rows.tally import OnSkip


@dataclass
class RowCounts:
    """Rows of a list by what became of them."""

    items: int = 0
    failed: int = 0
    ignored: int = 0  # of the failed ones, those of causes that nobody wants to see

    @property
    def total(self) -> int:
        return self.items + self.failed

    @property
    def heeded(self) -> int:
        return self.failed - self.ignored


class TakenRows:
    """Iterated once. `counts` and `skipped` are complete when the rows have been consumed."""

    def __init__(
        self,
        reading: Reading | tuple[()],
        *,
        needs_currency: bool = True,
        ignored: AbstractSet[str] = frozenset(),
        on_skip: OnSkip | None = None,
        on_repetition: OnRepetition | None = None,
    ) -> None:
        """Without `needs_currency` a price may have none: it is not known who sends the list, and charges in what."""
        self.counts = RowCounts()
        self.errors = 0  # rows and whatever else was said to be wrong
        self._reading = reading
        self._checker = Checker(getattr(reading, "mode", "") or "full", needs_currency=needs_currency)
        self._ignored = ignored
        self._on_skip = on_skip
        self._on_repetition = on_repetition
        self._duplicates = 0

    @property
    def skipped(self) -> Counter[str]:
        """Rows that are neither items nor errors, by their kind."""
        skipped = Counter(getattr(self._reading, "skipped", {}))
        if self._duplicates:
            skipped[RowKind.DUPLICATE] += self._duplicates
        return skipped

    def __iter__(self) -> Iterator[Item | RowError]:
        counts = self.counts
        for record in without_duplicates(self._kept(self._reading), self._skip_duplicate):
            if isinstance(record, Item):
                counts.items += 1
            else:
                self._count_error(record)
            yield record

    def _kept(self, records: Iterable[Item | RowError]) -> Iterator[Item | RowError]:
        """An item that does not keep the contract is an error."""
        for record in records:
            if isinstance(record, Item) and (problem := self._checker.problem_of(record)) is not None:
                yield RowError(record.row_number, "ValidationError", problem, raw_of(record), record.sheet)
            else:
                yield record

    def _skip_duplicate(self, item: Item, first_row: int) -> None:
        self._duplicates += 1
        if self._on_repetition is not None:
            self._on_repetition(item, first_row)
        if self._on_skip is not None:
            self._on_skip(item.sheet, item.row_number, RowKind.DUPLICATE)

    def _count_error(self, error: RowError) -> None:
        self.errors += 1
        if error.row_number:
            self.counts.failed += 1
            self.counts.ignored += cause_of(error.message) in self._ignored
