"""What a row is, where it is not plainly an item.

Section, continuation, total, note, repeated header, or a row in error: whatever is none of these must come out as an
item or an error, for a row that is not understood must not vanish.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell, Sheet
from ingestion.pricegrid.cells.merges import Across, SheetRow
from ingestion.pricegrid.fields import PRICES, Field
from ingestion.pricegrid.problems import rows
from ingestion.pricegrid.records import Item, Message
from ingestion.pricegrid.rows.facts import Facts
from ingestion.pricegrid.rows.habits import Habits
from ingestion.pricegrid.rows.items import ItemReader
from ingestion.pricegrid.rows.row_kind import RowKind
from ingestion.pricegrid.rows.sections import Look, Title
from ingestion.pricegrid.rows.titles import TitleFinder
from ingestion.pricegrid.structure.column_profile import NUMERIC, has_letters, shape_of
from ingestion.pricegrid.structure.header import is_numbering
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.sample import filled_columns, is_empty
from ingestion.pricegrid.values.price import Price
from ingestion.pricegrid.vocabulary import best_match, normalise, normalise_all, vocabulary

BEYOND_DOUBT = 0.85
LONGEST_HEADER = 40
LONGEST_TOTAL = 60
MOST_OF_THEM = 0.75  # of those that items usually fill
MOST_KNOWN = 4096
_OF_NO_WEIGHT = (Field.IGNORE, Field.CHARACTERISTIC, Field.DESCRIPTION)
_DELIMITERS = re.compile(r"[,;|\t]")


class _Verdict(NamedTuple):
    kind: RowKind
    title: Title | None = None
    problem: Message | None = None
    code: str = ""
    name: str = ""
    price: Price | None = None
    moved: bool = False  # a header whose columns are not where they were


_Alone = tuple[int, str, str | None, int]  # column, text, code of the item above, how many kinds of small titles


class Judge:
    """Decides about one row at a time; knows how items usually look, nothing of the rows before."""

    def __init__(
        self, sheet: Sheet, layout: Layout, reader: ItemReader, sample: Sequence[SheetRow], body: Sequence[SheetRow]
    ) -> None:
        self._sheet = sheet
        self._layout = layout
        self._reader = reader
        self._headers = {normalise(part) for parts in layout.header.parts for part in parts if part}
        priced = [row for row in body if self._is_filled(row, layout.price)] or body
        self._habits = Habits(layout, reader.text, sample, priced)
        self.titles = TitleFinder(sheet, layout, self._habits, priced)
        self._across = Across(sheet.merges)
        self._known: dict[_Alone | None, _Verdict] = {}
        self._small_titles: set[Look] = set()  # looks of titles that begin in lower case, above any item
        first = body[0].number if body else 0
        alone = (columns for row in sample if row.number > first and len(columns := filled_columns(row.cells)) == 1)
        self.has_sections = any(True for _ in alone)

    def judge(self, row: SheetRow, cells: Sequence[Cell], above: Item | None) -> _Verdict:
        """`cells` are the row's cells, padded to the width of the layout; `above` is the item that it may go on with.

        Rows come from top to bottom.
        """
        filled = [column for column in filled_columns(cells) if column not in row.carried]
        if not filled:
            return _Verdict(RowKind.CONTINUATION if row.carried else RowKind.BLANK)
        alone = self._alone(row, cells, filled, above)
        if alone in self._known:
            return self._known[alone]
        verdict = self._judged(row, cells, filled, above)
        if alone is not None and len(self._known) < MOST_KNOWN:
            self._known[alone] = verdict
        return verdict

    def _alone(self, row: SheetRow, cells: Sequence[Cell], filled: Sequence[int], above: Item | None) -> _Alone | None:
        """All that counts about a row with nothing but one text without a look; None of any other."""
        column = filled[0]
        cell = cells[column]
        if len(filled) > 1 or type(cell) is not str or row.carried or self._sheet.style(row.number, column + 1):
            return None
        if self._across.at(row.number):
            return None
        return column, cell, above.supplier_sku if above else None, len(self._small_titles)

    def _judged(self, row: SheetRow, cells: Sequence[Cell], filled: Sequence[int], above: Item | None) -> _Verdict:
        facts = self._facts(row, cells, filled, above)
        if above and self._layout.price in row.carried and not self._is_another_item(facts):
            return _Verdict(RowKind.CONTINUATION)
        if self._repeats_header(facts):
            return _Verdict(RowKind.HEADER, moved=self._is_moved(facts))
        if self._is_total(facts):
            return _Verdict(RowKind.TOTAL)
        return self._priced(facts) if facts.has_price else self._unpriced(facts)

    def _is_another_item(self, facts: Facts) -> bool:
        """Under a price that is merged down: a row with its own code, or without codes one that is as full as items."""
        carried = facts.row.carried
        if facts.code.value and self._layout.code not in carried:
            return not facts.code_is_above
        has_name = bool(facts.name) and not carried.intersection(self._layout.names)
        is_full = len(facts.texts) + len(carried) >= MOST_OF_THEM * self._habits.usual_cells
        return has_name and is_full and not facts.name[:1].islower()

    def _is_filled(self, row: SheetRow, column: int | None) -> bool:
        return column is not None and column < len(row.cells) and not is_empty(row.cells[column])

    def _facts(self, row: SheetRow, cells: Sequence[Cell], filled: Sequence[int], above: Item | None) -> Facts:
        texts = {column: self._reader.text(cells[column]) for column in filled}
        money = [texts[column] for column in self._layout.money if texts.get(column)]
        name = self._reader.name(cells)
        name = name if any(char.isalnum() for char in name) else ""
        code, price = self._reader.code(row.number, cells), self._price(row, cells)
        telling, wide = self._habits.without_fillers(texts), self._across.at(row.number)
        is_above = above is not None and bool(code.value) and code.value == above.supplier_sku
        return Facts(row, texts, telling, code, name, price, money, wide, above is not None, is_above)

    def _price(self, row: SheetRow, cells: Sequence[Cell]) -> Price | None:
        if self._layout.price is None:
            return None
        price = self._reader.price_to_pay(row.number, cells, self._layout.price)
        return price._replace(problem=None) if self._layout.zero_is_price and price.amount == 0 else price

    def _priced(self, facts: Facts) -> _Verdict:
        if facts.code.problem:
            return _Verdict(RowKind.ERROR, problem=facts.code.problem)
        if not facts.name and self._layout.names:
            has_words = facts.code.value or any(has_letters(text) for text in facts.texts.values())
            return _Verdict(RowKind.ERROR, problem=rows.NO_NAME.message()) if has_words else _Verdict(RowKind.TOTAL)
        can_do_without = facts.name and self._layout.codes_optional
        if not facts.code.value and self._layout.code is not None and not can_do_without:
            return _Verdict(RowKind.ERROR, problem=(rows.NO_CODE if facts.name else rows.NEITHER).message())
        return _Verdict(RowKind.ITEM, code=facts.code.value, name=facts.name, price=facts.price)

    def _unpriced(self, facts: Facts) -> _Verdict:
        code, name = facts.code, facts.name
        title = self.titles.title_in(facts)
        if self._layout.price is None and code.value and (title is None or not facts.wide):
            return _Verdict(RowKind.ITEM, code=code.value, name=name)
        if self._is_collapsed(facts):
            return _Verdict(RowKind.ERROR, problem=rows.COLLAPSED.message())
        if title:
            return self._titled(title, facts)
        price_cell = facts.texts.get(self._layout.price, "") if self._layout.price is not None else ""
        others = set(facts.texts) - {*self._layout.names, self._layout.code, self._layout.price}
        is_named = bool(name or code.problem or (code.value and not facts.code_is_above))
        if not is_named and others and facts.after_item and not price_cell:
            return self._going_on(facts)
        if is_named or (price_cell and not self.titles.is_sparse(facts)):
            return _Verdict(RowKind.ERROR, problem=facts.price.problem if facts.price else rows.NO_PRICE.message())
        return _Verdict(RowKind.STRAY)

    def _going_on(self, facts: Facts) -> _Verdict:
        if any(self._habits.is_overfull(column, text) for column, text in facts.texts.items()):
            return _Verdict(RowKind.ERROR, problem=rows.COLLAPSED.message())
        return _Verdict(RowKind.CONTINUATION)

    def _is_collapsed(self, facts: Facts) -> bool:
        """One text that holds as many parts as items have cells, an amount among them: the row was not taken apart."""
        if len(facts.texts) > 1:
            return False
        text = str(facts.row.cells[next(iter(facts.texts))])
        parts = [text.split(sign) for sign in set(_DELIMITERS.findall(text)) if f"{sign} " not in text]
        enough = max(3, MOST_OF_THEM * self._habits.usual_cells)
        return any(len(cells) >= enough and any(shape_of(cell) in NUMERIC for cell in cells) for cells in parts)

    def _titled(self, title: Title, facts: Facts) -> _Verdict:
        if self._layout.sections == "off" or self.titles.is_note(title):
            return _Verdict(RowKind.NOTE)
        is_small = title.text[:1].islower() and not title.stands_out
        goes_on = is_small and title.look.column in self._layout.names and title.look not in self._small_titles
        if goes_on and facts.after_item:
            return _Verdict(RowKind.CONTINUATION)
        if is_small:
            self._small_titles.add(title.look)
        return _Verdict(RowKind.SECTION, title)

    def _is_total(self, facts: Facts) -> bool:
        """The first text says so, and it stands for the whole row: no code of its own, less in it than in an item."""
        lead = next((column for column, text in facts.texts.items() if has_letters(text)), None)
        if lead is None or (facts.code.value and lead != self._layout.code):
            return False
        text, totals = facts.texts[lead], vocabulary().phrases("rows.total")
        if len(text) > LONGEST_TOTAL or not totals.starts(text):
            return False
        return bool(totals.exact(text.rstrip(" :"))) or len(facts.texts) < MOST_OF_THEM * self._habits.usual_cells

    def _repeats_header(self, facts: Facts) -> bool:
        if is_numbering(list(facts.texts.values())):
            return True
        texts = [text for text in facts.texts.values() if text]
        if len(texts) < 2:
            return False
        if facts.has_price:  # then all that is said has to be headers, which the first text tells of most rows
            return all(normalise(text) in self._headers for text in texts)
        same = sum(form in self._headers for form in map(normalise_all(texts).__getitem__, texts))
        if same >= 2 and same >= 0.5 * len(texts):
            return True
        may_be_one = len(texts) >= 3 and all(map(_may_head_a_column, facts.texts.values()))
        return may_be_one and len(self._known_fields(facts)) >= 3

    def _known_fields(self, facts: Facts) -> dict[Field, int]:
        """The fields that the texts of a row would head beyond doubt, with their columns; nothing where no price is."""
        found: dict[Field, int] = {}
        for column, text in facts.texts.items():
            best = best_match(text)
            if best and best.score >= BEYOND_DOUBT:
                found.setdefault(Field.PRICE if best.field in PRICES else best.field, column)
        return found if Field.PRICE in found else {}

    def _is_moved(self, facts: Facts) -> bool:
        """Whether price, code or name stand above other columns than before, or a column begins that counts."""
        header, texts = self._layout.header, facts.texts
        keys = [column for column in (self._layout.price, self._layout.code, *self._layout.names) if column is not None]
        if all(normalise(texts.get(column, "")) == normalise(header.last(column)) for column in keys):
            return any(self._heads_another_field(text, header.last(column)) for column, text in texts.items())
        known = self._known_fields(facts)
        before = ((Field.SUPPLIER_SKU, (self._layout.code,)), (Field.NAME, self._layout.names))
        if any(
            known[field] not in columns for field, columns in before if field in known and any(map(_is_at, columns))
        ):
            return True
        return Field.PRICE in known and known[Field.PRICE] not in self._layout.money

    @staticmethod
    def _heads_another_field(text: str, before: str) -> bool:
        """Whether a column that was said to be something else, or nothing, is now one that counts."""
        found, known = best_match(text), best_match(before)
        is_one = found is not None and found.score >= BEYOND_DOUBT and found.field not in _OF_NO_WEIGHT
        return is_one and found is not None and (known is None or known.field != found.field)


def _is_at(column: int | None) -> bool:
    return column is not None


def _may_head_a_column(text: str) -> bool:
    return len(text) <= LONGEST_HEADER and sum(char.isdigit() for char in text) <= 4
