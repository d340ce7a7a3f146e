"""The rows of one sheet as a stream of items and errors; nothing is held but the record before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence

from ingestion.pricegrid.cells.blocks import Block, blocks_of
from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.letters import column_letter
from ingestion.pricegrid.cells.merges import Across, SheetRow, grid_rows
from ingestion.pricegrid.cells.sparse import Sparse, at_least
from ingestion.pricegrid.cells.struck_out import struck_cells, struck_columns, without
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.cells.views import damaged_rows, noted_rows
from ingestion.pricegrid.problems import notes
from ingestion.pricegrid.problems import rows as problems
from ingestion.pricegrid.records import Item, Message, RowError
from ingestion.pricegrid.rows.batch import Batch, Part
from ingestion.pricegrid.rows.columnwise import column_reader
from ingestion.pricegrid.rows.derived_codes import twins
from ingestion.pricegrid.rows.items import ItemReader
from ingestion.pricegrid.rows.kinds import Judge
from ingestion.pricegrid.rows.row_kind import RowKind
from ingestion.pricegrid.rows.sections import Sections, Title
from ingestion.pricegrid.rows.spoken_currency import SpokenCurrency
from ingestion.pricegrid.rows.spoken_discount import SpokenDiscount
from ingestion.pricegrid.rows.spoken_terms import contradictions_of
from ingestion.pricegrid.rows.struck_rows import price_lost, takes_back
from ingestion.pricegrid.rows.sums import Sums
from ingestion.pricegrid.rows.tally import Tally
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.plan import COMPOSED, OTHER_COLUMNS, Plan, plan_tail
from ingestion.pricegrid.structure.sample import filled_columns, is_empty
from ingestion.pricegrid.structure.shifted_columns import find_shift
from ingestion.pricegrid.values.price import Price
from ingestion.pricegrid.vocabulary import vocabulary

FIRST_REACH = 64  # rows that are read by columns at once; twice as many each time, until the columns change
_LONGEST_TEXT = 2_000

_HIDDEN = (notes.HIDDEN_ROW.message(),)
_ITEMS = (RowKind.ITEM, RowKind.ERROR)
_TELLING = (*_ITEMS, RowKind.SECTION, RowKind.CONTINUATION)  # what such rows say becomes part of items

_SAID_BY_A_WORD = (RowKind.HEADER, RowKind.TOTAL, RowKind.BLANK)


class SheetRows:
    """One pass over the rows of one sheet."""

    def __init__(self, tally: Tally, plan: Plan, layout: Layout) -> None:
        self._tally = tally
        self._sections = Sections(layout.header.section)
        self._held: list[Part] = []  # until the next row shows that the last record does not go on there
        self._untitled: list[int] = []  # rows of the sections since the last item
        self._items = 0
        self._start = layout.header.data_start
        self._begin(plan, layout)
        above = self._judge.titles.title_above(plan.sheet, plan.sample.rows)
        self._title_above = above[0] if above else 0
        if above:
            self._sections.enter(above[1])

    def _begin(self, plan: Plan, layout: Layout) -> None:
        self._plan = plan
        self._layout = layout
        self._lost: Message | None = None
        self._damaged = damaged_rows(plan.sheet)
        self._noted = noted_rows(plan.sheet)
        self._hidden = plan.sheet.hidden_rows
        self._struck = struck_cells(plan.sheet)
        self._reader = ItemReader(layout, plan.sheet, self._twins())
        self._above: dict[int, Cell] = {}
        self._across = Across(plan.sheet.merges)
        self._judge = Judge(plan.sheet, layout, self._reader, plan.sample.rows, plan.body)
        self._columns = column_reader(self._reader)
        self._spoken = SpokenCurrency(self._reader, layout.home, is_given=plan.hints.currency is not None)
        self._discount = SpokenDiscount(self._reader)
        self._sums = Sums(layout.price)
        self._shift = find_shift(plan.body, plan.cells, layout)
        self._reach = FIRST_REACH
        if layout.names_are_composed:
            self._tally.note(Message(COMPOSED, {"columns": ", ".join(map(column_letter, layout.names))}))

    def parts(self) -> Iterator[Part]:
        for block in blocks_of(self._plan.sheet):
            self._tally.rows_read += len(block.numbers)
            at = bisect_left(block.numbers, self._start)
            for above in range(at):
                self._pass_over(block.row(above))
            while at < len(block.numbers):
                at = yield from self._stretch(block, at)
        yield from self._held
        self._settle_footer()

    def _stretch(self, block: Block, start: int) -> Generator[Part, None, int]:
        """Some rows under one layout; gives the place behind them."""
        layout, columns = self._layout, self._columns
        end = start + (1 if layout.carried_down else self._reach)
        numbers = block.numbers[start:end]
        rows = self._filled(numbers, block.cells[start:end])
        batch = columns.read(numbers, rows) if columns else None
        behind = 0
        for at in self._odd_ones(batch, block, start, len(rows)):
            if batch and at > behind:
                yield from self._plain(batch.part(behind, at))
            behind = at + 1
            row = block.row(start + at)
            if not row.carried and not filled_columns(rows[at]):
                self._skip(row.number, RowKind.BLANK)
                continue
            found = self._judged(row, rows[at])
            if found is not None:
                yield from self._hold(found)
            if self._layout is not layout or self._columns is not columns:
                return start + behind
        if batch and len(rows) > behind:
            yield from self._plain(batch.part(behind, len(rows)))
        self._reach *= 2
        return start + len(rows)

    def _odd_ones(self, batch: Batch | None, block: Block, start: int, count: int) -> Sequence[int]:
        """The rows that are not items beyond doubt: those lack a code, a name or a price of their own."""
        if batch is None:
            return range(count)
        carried = {number for number, columns in block.carried.items() if self._layout.price in columns}
        odd = batch.incomplete()
        if carried or self._damaged or self._noted or self._hidden or self._struck:
            numbers = enumerate(block.numbers[start : start + count])
            odd = sorted({*odd, *(at for at, number in numbers if number in carried or self._is_marked(number))})
        if (shift := self._shift) is not None:
            pairs = enumerate(zip(block.numbers[start : start + count], block.cells[start:], strict=False))
            odd = sorted({*odd, *(at for at, (number, cells) in pairs if shift.holds(number, cells))})
        return odd

    def _is_marked(self, number: int) -> bool:
        """Whether the reader of the file has something to say of a row."""
        return any(number in marked for marked in (self._damaged, self._noted, self._hidden, self._struck))

    def _filled(self, numbers: Sequence[int], rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
        """At least as wide as the layout, with what was written once further up."""
        width = self._layout.width
        if min(map(len, rows)) < width:
            rows = [at_least(cells, width) for cells in rows]
        return list(map(self._carried_down, numbers, rows)) if self._layout.carried_down else rows

    def _plain(self, batch: Batch) -> Iterator[Part]:
        return self._hold(batch.below(self._path_below(len(batch.numbers))))

    def _hold(self, part: Part) -> Iterator[Part]:
        yield from self._held
        self._held = [part]

    def _last_held(self) -> Item | RowError | None:
        """The record that a row may go on with, out of its batch."""
        match self._held:
            case [Batch() as batch]:
                last = len(batch.numbers) - 1
                item = batch.item(last)
                self._held = [batch.part(0, last), item] if last else [item]
                return item
            case [*_, Item() | RowError() as record]:
                return record
        return None

    def _path_below(self, items: int) -> tuple[str, ...]:
        """The category that the titles above give to items that follow."""
        self._sections.item()
        self._untitled.clear()
        self._items += items
        return self._layout.category_prefix + self._sections.path

    def _judged(self, row: SheetRow, cells: Sequence[Cell]) -> Item | RowError | None:
        if row.number not in self._struck:
            return self._judged_whole(row, cells)
        struck = struck_columns(self._plan.sheet, row.number)
        if takes_back(cells, struck, self._layout):
            self._tally.withdrawn.add(row.number, cells, self._layout)
            self._skip(row.number, RowKind.WITHDRAWN)
            return None
        problem = price_lost(cells, struck, self._layout)
        if problem is not None:
            return self._error(row.number, cells, problem)
        left = without(cells, struck)
        return self._judged_whole(row._replace(cells=left), left)

    def _judged_whole(self, row: SheetRow, cells: Sequence[Cell]) -> Item | RowError | None:
        last = self._last_held()
        above = last if isinstance(last, Item) and not self._sections.fresh else None
        verdict = self._judge.judge(row, cells, above)
        problem = self._unreadable(row.number, cells, verdict.kind)
        if problem is not None:
            return self._error(row.number, cells, problem)
        if verdict.kind is RowKind.ITEM and not verdict.code and self._is_total(verdict.name, cells, verdict.price):
            verdict = verdict._replace(kind=RowKind.TOTAL)
        hears = verdict.kind not in _ITEMS
        if hears and not self._hear(row, verdict.kind, moved=verdict.moved) and verdict.kind is RowKind.SECTION:
            verdict = verdict._replace(kind=RowKind.NOTE)  # "Prices in USD" is no category
        match verdict.kind:
            case RowKind.ITEM if verdict.price and (
                unclear := self._reader.currency_problem(row.number, cells, verdict.price)
            ):
                return self._error(row.number, cells, unclear)
            case RowKind.ITEM:
                return self._item(row.number, cells, verdict.code, verdict.name, verdict.price)
            case RowKind.ERROR:
                return self._error(row.number, cells, verdict.problem or Message(""))
            case RowKind.SECTION if verdict.title and not self._enters(verdict.title, row.number):
                self._skip(row.number, RowKind.NOTE)
                return None
            case RowKind.HEADER if verdict.moved:
                self._another_header(row)
            case RowKind.CONTINUATION if isinstance(last, Item):
                own = [None if column in row.carried else cell for column, cell in enumerate(cells)]
                self._held[-1] = self._extended(last, own)
        self._skip(row.number, verdict.kind)
        return None

    def _hear(self, row: SheetRow, kind: RowKind, *, moved: bool) -> bool:
        """A row between the items may say in which currency those below are: these are read anew.

        Whether it may name a category.
        """
        if self._layout.price is None or not any(type(cell) is str and len(cell) > 2 for cell in row.cells):
            return True  # nothing is said in two letters
        for message in () if moved else contradictions_of(row, kind, self._layout, self._plan.hints):
            self._tally.note(message)
        heard = self._spoken.hear(row, kind, self._layout.price)
        if heard.change is not None:
            self._tally.note(heard.change)
        if self._discount.hear(row, kind) or heard.change is not None:
            self._columns = column_reader(self._reader)
        return heard.may_be_title

    def _unreadable(self, number: int, cells: Sequence[Cell], kind: RowKind) -> Message | None:
        """Why a row is not believed, whatever it looks like."""
        if self._lost is not None and kind in _ITEMS:
            return self._lost
        damage = self._damaged.get(number)
        if damage is not None and self._tells(damage, kind):
            return damage
        if self._shift is not None and kind in _ITEMS and self._shift.holds(number, cells):
            return problems.SHIFTED.message(row=self._shift.row)
        return None

    def _is_total(self, name: str, cells: Sequence[Cell], price: Price | None) -> bool:
        """In a list without codes: the row's numbers are the sums of those above; else they are added to these."""
        amount = price.amount if price else None
        is_total = self._sums.is_total(cells, amount, says_so=vocabulary().phrases("rows.total").starts(name))
        if not is_total:
            self._sums.add(cells, amount)
        return is_total

    def _tells(self, damage: Message, kind: RowKind) -> bool:
        """Whether a damaged row is missed. One whose cells are not where they belong may be taken for anything."""
        return kind in _TELLING if damage.code == problems.DAMAGED.code else kind not in _SAID_BY_A_WORD

    def _enters(self, title: Title, number: int) -> bool:
        """Above a list without a header, its own titles stand first; only the last line there can be a section."""
        at_the_top = not self._layout.header.rows and not self._items
        if at_the_top and (not self._judge.has_sections or self._judge.titles.is_list_title(title)):
            return False
        if at_the_top:
            self._sections.leave()
        self._sections.enter(title)
        self._above.clear()
        self._untitled.append(number)
        return True

    def _another_header(self, row: SheetRow) -> None:
        """From here on the columns are others: they are understood anew, or no row below is taken."""
        plan = plan_tail(self._plan, row.number)
        if plan is not None and plan.layout is not None:
            self._tally.note(Message(OTHER_COLUMNS, {"row": row.number}))
            self._begin(plan, plan.layout)
        else:
            self._lost = problems.LOST.message(row=row.number)
            self._columns = None

    def _item(self, number: int, cells: Sequence[Cell], code: str, name: str, price: Price | None) -> Item:
        item = self._reader.item(number, cells, code, name, price, self._path_below(1))
        of_row = self._noted.get(number, ()) + (_HIDDEN if number in self._hidden else ())
        return item._replace(notes=item.notes + of_row) if of_row else item

    def _error(self, number: int, cells: Sequence[Cell], problem: Message) -> RowError:
        self._sections.item()
        self._untitled.clear()
        labels = self._layout.labels
        raw = {
            labels[column]: cell_text(cell) for column, cell in enumerate(cells[: len(labels)]) if not is_empty(cell)
        }
        return RowError(number, "ValidationError", problem, raw, self._layout.sheet)

    def _extended(self, item: Item, cells: Sequence[Cell]) -> Item:
        """The item with what a continuation row adds to its characteristics."""
        characteristics = dict(item.characteristics)
        for column in (*self._layout.names, *self._layout.characteristics):
            text = self._reader.text(cells[column])
            label = self._layout.labels[column]
            before = characteristics.get(label, "")
            if text and len(before) < _LONGEST_TEXT:
                characteristics[label] = f"{before}; {text}" if before else text
        return item._replace(characteristics=characteristics)

    def _carried_down(self, number: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        """Where a name or category is written once for several rows with prices, the one above counts.

        Not for a row that has its own in a cell that is merged over that column.
        """
        lead = next((cell for cell in cells if isinstance(cell, str) and cell.strip()), "")
        if vocabulary().phrases("rows.total").exact(lead.rstrip(" :")):
            return cells
        priced = self._layout.price is not None and not is_empty(cells[self._layout.price])
        filled = Sparse(cells) if isinstance(cells, Sparse) else list(cells)
        own = {
            column
            for wide in self._across.at(number)
            if wide.start < len(cells) and not is_empty(cells[wide.start])
            for column in wide
        }
        for column in self._layout.carried_down:
            if not is_empty(cells[column]):
                self._above[column] = cells[column]
            elif priced and column in self._above and column not in own:
                filled += [None] * (column + 1 - len(filled))
                filled[column] = self._above[column]
        return filled

    def _pass_over(self, row: SheetRow) -> None:
        if row.number in self._layout.header.rows:
            self._skip(row.number, RowKind.HEADER)
        elif row.number == self._title_above:
            self._skip(row.number, RowKind.SECTION)
        elif any(not is_empty(cell) for cell in row.cells):
            self._skip(row.number, RowKind.NOTE)
        else:
            self._skip(row.number, RowKind.BLANK)

    def _skip(self, number: int, kind: RowKind) -> None:
        self._tally.skip(self._layout.sheet, number, kind)

    def _settle_footer(self) -> None:
        """Titles with nothing below them were no sections."""
        if self._untitled:
            self._tally.turn_into_footers(self._layout.sheet, self._untitled)

    def _twins(self) -> frozenset[str]:
        """Without a code column: a first pass over the names finds those that more than one row has."""
        if self._layout.code is not None and not self._layout.codes_optional:
            return frozenset()
        reader = ItemReader(self._layout, self._plan.sheet)
        return twins(self._codes(reader))

    def _goes_on(self, row: SheetRow) -> bool:
        """Whether it lies in a merged price without a name of its own."""
        is_named = any(column not in row.carried for column in self._layout.names[:1])
        return self._layout.price in row.carried and not is_named

    def _codes(self, reader: ItemReader) -> Iterator[str]:
        width, price = self._layout.width, self._layout.price
        self._above, self._across = {}, Across(self._plan.sheet.merges)
        for row in grid_rows(self._plan.sheet):
            if row.number < self._layout.header.data_start or self._goes_on(row):
                continue
            cells = at_least(row.cells, width)
            if self._layout.carried_down:
                cells = self._carried_down(row.number, cells)
            name = reader.name(cells)
            if name and price is not None and not is_empty(cells[price]):
                yield reader.derived(cells, name, {}, ())
