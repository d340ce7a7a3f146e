"""What has been gone through of a list, beside its items and errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ingestion.pricegrid.records import Item, Message
from ingestion.pricegrid.rows.row_kind import RowKind
from ingestion.pricegrid.rows.struck_rows import Withdrawn

OnSkip = Callable[[str | None, int, RowKind], None]


@dataclass
class Tally:
    """What has been gone through so far.

    `on_skip` is told the sheet, number and kind of every row without a record; of a footer that was taken for a section
    it is told again.
    """

    rows_read: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    notes: list[Message] = field(default_factory=list)
    later: Counter[date] = field(default_factory=Counter)  # rows whose prices begin after the day of the reading
    withdrawn: Withdrawn = field(default_factory=Withdrawn)
    on_skip: OnSkip | None = None

    def skip(self, sheet: str | None, number: int, kind: RowKind) -> None:
        self.skipped[kind.value] += 1
        if self.on_skip is not None:
            self.on_skip(sheet, number, kind)

    def put_off(self, item: Item) -> None:
        """Its price begins later."""
        assert item.valid_from is not None
        self.later[item.valid_from] += 1
        self.skip(item.sheet, item.row_number, RowKind.LATER)

    def turn_into_footers(self, sheet: str | None, numbers: Sequence[int]) -> None:
        """Sections below which nothing stands were none."""
        self.skipped[RowKind.SECTION.value] -= len(numbers)
        self.skipped += Counter()
        for number in numbers:
            self.skip(sheet, number, RowKind.FOOTER)

    def note(self, message: Message) -> None:
        if message not in self.notes:
            self.notes.append(message)
