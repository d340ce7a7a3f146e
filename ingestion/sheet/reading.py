"""Understanding a list: first what its sheets and columns are, then its rows, streamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ingestion.sheet.derive import twins
from ingestion.sheet.grid import Book, Cell
from ingestion.sheet.hints import Hints
from ingestion.sheet.items import ItemReader
from ingestion.sheet.layout import Layout
from ingestion.sheet.merges import Row, rows_of
from ingestion.sheet.plan import Plan
from ingestion.sheet.records import Item, ListRefused, Message, RowError, SheetUnderstanding
from ingestion.sheet.rows import Judge, Kind, Verdict
from ingestion.sheet.sample import is_empty
from ingestion.sheet.sections import Sections
from ingestion.sheet.sheets import choose_sheets
from ingestion.sheet.values.price import Price
from ingestion.sheet.values.text import show
from ingestion.sheet.vocabulary import vocabulary

LONGEST_TEXT = 2_000

OnSkip = Callable[[str | None, int, str], None]
PlainReader = Callable[[int, Sequence[Cell]], Item | None]

__all__ = ["ListRefused", "SheetReading", "understand"]


def understand(book: Book, hints: Hints | None = None) -> SheetReading:
    """Decides what the book holds; raises ListRefused where that is not beyond doubt."""
    return SheetReading(book, choose_sheets(book, hints or Hints()))


class SheetReading:
    """The items and errors of a book, in the order of its rows; nothing is held but the row before."""

    def __init__(self, book: Book, plans: Sequence[Plan]) -> None:
        self._book = book
        self._plans = [plan for plan in plans if plan.understanding.chosen]
        self.sheets: list[SheetUnderstanding] = [plan.understanding for plan in plans]
        self.mode = self._plans[0].layout.mode if self._plans and self._plans[0].layout else ""
        self.skipped: Counter[str] = Counter()
        self.rows_read = 0
        self.on_skip: OnSkip | None = None  # told of every row that gives no record: its sheet, number and kind
        counts = [plan.sheet.row_count for plan in self._plans]
        self.rows_expected = sum(count or 0 for count in counts) if all(count is not None for count in counts) else None

    @property
    def notes(self) -> Sequence[Message]:
        return self._book.notes

    def __iter__(self) -> Iterator[Item | RowError]:
        self.skipped.clear()
        self.rows_read = 0
        for plan in self._plans:
            if plan.layout:
                yield from _SheetRows(self, plan, plan.layout).records()

    def close(self) -> None:
        self._book.close()


def _never_plain(_number: int, _cells: Sequence[Cell]) -> Item | None:
    return None


class _SheetRows:
    """One pass over the rows of one sheet."""

    def __init__(self, reading: SheetReading, plan: Plan, layout: Layout) -> None:
        self._reading = reading
        self._plan = plan
        self._layout = layout
        self._reader = ItemReader(layout, plan.sheet, self._twins())
        self._judge = Judge(plan.sheet, layout, self._reader, plan.body)
        self._sections = Sections(layout.header.section)
        self._held: Item | RowError | None = None
        self._above: dict[int, Cell] = {}
        self._untitled = 0

    def records(self) -> Iterator[Item | RowError]:
        """Each record is held until the next row shows that it does not go on there."""
        layout, reading = self._layout, self._reading
        start, width, price = layout.header.data_start, layout.width, layout.price
        plain = self._plain_reader()
        for row in rows_of(self._plan.sheet):
            number, cells, carried = row
            reading.rows_read += 1
            if len(cells) < width:
                cells = [*cells, *[None] * (width - len(cells))]
            if number < start:
                self._above_the_table(row)
                continue
            if layout.carried_down:
                cells = self._carried_down(cells)
            found: Item | RowError | None = plain(number, cells) if price not in carried else None
            if found is None:
                found = self._judged(row, cells)
                if found is None:
                    continue
            if self._held is not None:
                yield self._held
            self._held = found
        if self._held is not None:
            yield self._held
        self._settle_footer()

    def _plain_reader(self) -> PlainReader:
        """Most rows are items beyond doubt: code, name and price are all there."""
        layout, reader, sections = self._layout, self._reader, self._sections
        price_column, code_column = layout.price, layout.code
        if price_column is None or code_column is None or not layout.names:
            return _never_plain
        read_code, read_name, read_price, make = reader.code, reader.name, reader.price, reader.item
        prefix = layout.category_prefix

        def plain(number: int, cells: Sequence[Cell]) -> Item | None:
            price = read_price(number, cells, price_column)
            if price.problem is not None:
                return None
            code, name = read_code(number, cells).value, read_name(cells)
            if not code or not name:
                return None
            if sections.fresh:
                sections.item()
                self._untitled = 0
            return make(number, cells, code, name, price, prefix + sections.path)

        return plain

    def _judged(self, row: Row, cells: Sequence[Cell]) -> Item | RowError | None:
        verdict = self._judge.judge(row, cells, after_item=isinstance(self._held, Item))
        match verdict.kind:
            case Kind.ITEM:
                return self._item(row.number, cells, verdict.code, verdict.name, verdict.price)
            case Kind.ERROR:
                return self._error(row.number, cells, verdict)
            case Kind.SECTION if verdict.title:
                self._sections.enter(verdict.title)
                self._above.clear()
                self._untitled += 1
            case Kind.CONTINUATION if isinstance(self._held, Item) and not row.carried:
                self._held = self._extended(self._held, cells)
        self._skip(row.number, verdict.kind)
        return None

    def _item(self, number: int, cells: Sequence[Cell], code: str, name: str, price: Price | None) -> Item:
        self._sections.item()
        self._untitled = 0
        return self._reader.item(number, cells, code, name, price, self._layout.category_prefix + self._sections.path)

    def _error(self, number: int, cells: Sequence[Cell], verdict: Verdict) -> RowError:
        self._sections.item()
        self._untitled = 0
        labels = self._layout.labels
        raw = {labels[column]: show(cell) for column, cell in enumerate(cells[: len(labels)]) if not is_empty(cell)}
        message = verdict.problem or Message("")
        return RowError(number, "ValidationError", message, raw, self._layout.sheet)

    def _extended(self, item: Item, cells: Sequence[Cell]) -> Item:
        """The item with what a continuation row adds to its characteristics."""
        characteristics = dict(item.characteristics)
        for column in (*self._layout.names, *self._layout.characteristics):
            text = self._reader.text(cells[column])
            label = self._layout.labels[column]
            before = characteristics.get(label, "")
            if text and len(before) < LONGEST_TEXT:
                characteristics[label] = f"{before}; {text}" if before else text
        return item._replace(characteristics=characteristics)

    def _carried_down(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """Where a name or category is written once for several rows with prices, the one above counts."""
        lead = next((cell for cell in cells if isinstance(cell, str) and cell.strip()), "")
        if vocabulary().phrases("rows.total").exact(lead.rstrip(" :")):
            return cells
        priced = self._layout.price is not None and not is_empty(cells[self._layout.price])
        filled = list(cells)
        for column in self._layout.carried_down:
            if not is_empty(cells[column]):
                self._above[column] = cells[column]
            elif priced and column in self._above:
                filled[column] = self._above[column]
        return filled

    def _above_the_table(self, row: Row) -> None:
        if row.number in self._layout.header.rows:
            self._skip(row.number, Kind.HEADER)
        elif any(not is_empty(cell) for cell in row.cells):
            self._skip(row.number, Kind.NOTE)
        else:
            self._skip(row.number, Kind.BLANK)

    def _skip(self, number: int, kind: Kind) -> None:
        self._reading.skipped[kind.value] += 1
        if self._reading.on_skip is not None:
            self._reading.on_skip(self._layout.sheet, number, kind.value)

    def _settle_footer(self) -> None:
        """Titles with nothing below them were no sections."""
        if self._untitled:
            self._reading.skipped[Kind.SECTION.value] -= self._untitled
            self._reading.skipped["footer"] += self._untitled
            self._reading.skipped += Counter()

    def _twins(self) -> frozenset[str]:
        """Without a code column: a first pass over the names finds those that more than one row has."""
        if self._layout.code is not None and not self._layout.codes_optional:
            return frozenset()
        reader = ItemReader(self._layout, self._plan.sheet)
        return twins(self._codes(reader))

    def _codes(self, reader: ItemReader) -> Iterator[str]:
        width, price = self._layout.width, self._layout.price
        self._above = {}
        for row in rows_of(self._plan.sheet):
            if row.number < self._layout.header.data_start or price in row.carried:
                continue
            cells: Sequence[Cell] = [*row.cells, *[None] * (width - len(row.cells))]
            if self._layout.carried_down:
                cells = self._carried_down(cells)
            name = reader.name(cells)
            if name and price is not None and not is_empty(cells[price]):
                yield reader.derived(cells, name, {}, ())
