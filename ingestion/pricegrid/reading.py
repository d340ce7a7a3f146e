"""Understanding a list: first what its sheets and columns are, then its rows, streamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from heapq import merge
from operator import attrgetter

from ingestion.pricegrid.cells.grid import Book
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Item, ListRefused, Message, RowError, SheetUnderstanding
from ingestion.pricegrid.rows.batch import Part, one_by_one
from ingestion.pricegrid.rows.least_quantities import least_quantities, of_least_quantity
from ingestion.pricegrid.rows.periods import day_of_reading, in_force, newest_starts
from ingestion.pricegrid.rows.stream import SheetRows
from ingestion.pricegrid.rows.tally import OnSkip, Tally
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.plan import Plan
from ingestion.pricegrid.structure.which_sheets import choose_sheets

__all__ = ["ListRefused", "SheetReading", "understand"]


def understand(book: Book, hints: Hints | None = None) -> SheetReading:
    """Decides what the book holds; raises ListRefused where that is not beyond doubt."""
    return SheetReading(book, choose_sheets(book, hints or Hints()))


class SheetReading:
    """The items and errors of a book, in the order of its rows; every iteration starts again."""

    def __init__(self, book: Book, plans: Sequence[Plan]) -> None:
        self._book = book
        self._plans = [plan for plan in plans if plan.understanding.chosen]
        self._tally = Tally()
        self.sheets: list[SheetUnderstanding] = [plan.understanding for plan in plans]
        self.mode = self._plans[0].layout.mode if self._plans and self._plans[0].layout else ""
        self.on_skip: OnSkip | None = None
        counts = [plan.sheet.row_count for plan in self._plans]
        self.rows_expected = sum(count or 0 for count in counts) if all(count is not None for count in counts) else None
        self._today = self._day()

    def _day(self) -> date | None:
        """The day for which the rows are read, where they say themselves when their prices are in force.

        That of a list whose prices all begin later is still to come: so say its sheets then.
        """
        today = self._plans[0].hints.today if self._plans else None
        if today is None or not self._has_periods:
            return today
        day = day_of_reading(self._all_parts(), today)
        for plan in self._plans:
            if day > today and plan.understanding.valid_from is None:
                plan.understanding.valid_from = day
        return day

    @property
    def skipped(self) -> Counter[str]:
        return self._tally.skipped

    @property
    def rows_read(self) -> int:
        return self._tally.rows_read

    @property
    def notes(self) -> Sequence[Message]:
        """What had to be assumed, what was left out, and where the columns changed on the way."""
        of_sheets = {str(note): note for sheet in self.sheets if sheet.chosen for note in sheet.notes}
        later = self._tally.later
        begins = [lists.SOME_LATER.message(count=later.total(), day=str(min(later)))] if later else []
        withdrawn = self._tally.withdrawn.notes
        return [*self._book.notes, *begins, *withdrawn, *of_sheets.values(), *self._tally.notes]

    def __iter__(self) -> Iterator[Item | RowError]:
        return one_by_one(self.parts())

    @property
    def next_day(self) -> date | None:
        """When the first of the prices that begin later does; complete once the rows have been read."""
        return min(self._tally.later, default=None)

    def parts(self) -> Iterator[Part]:
        """Where a code may have several prices the rows are gone through before: the one to take may stand anywhere."""
        newest = newest_starts(self._pass(), self._today) if self._today and self._has_periods else {}
        has_minimums = any(layout.has_minimums for layout in self._layouts)
        least = least_quantities(self._in_force(self._pass(), newest)) if has_minimums else {}
        parts = self._in_force(self._pass(self.on_skip), newest)
        return of_least_quantity(parts, least) if least else parts

    @property
    def _has_periods(self) -> bool:
        """As far as is known beforehand: of tables behind a header that comes again, only their rows show it."""
        return any(layout.has_periods for layout in self._layouts)

    @property
    def _layouts(self) -> list[Layout]:
        return [table.layout for plan in self._plans for table in plan.tables if table.layout]

    def _pass(self, on_skip: OnSkip | None = None) -> Iterator[Part]:
        self._tally = Tally(on_skip=on_skip)
        return self._all_parts()

    def _in_force(self, parts: Iterator[Part], newest: Mapping[str, date]) -> Iterator[Part]:
        return parts if self._today is None else in_force(parts, self._today, newest, self._tally.put_off)

    def _all_parts(self) -> Iterator[Part]:
        for plan in self._plans:
            block: Plan | None = plan
            while block is not None:
                yield from self._block(block)
                block = block.below

    def _block(self, plan: Plan) -> Iterator[Part]:
        """The tables that stand side by side, in the order of their rows."""
        tables = [SheetRows(self._tally, table, table.layout).parts() for table in (plan, *plan.beside) if table.layout]
        if len(tables) == 1:
            yield from tables[0]
        else:
            yield from merge(*map(one_by_one, tables), key=attrgetter("row_number"))

    def close(self) -> None:
        self._book.close()
