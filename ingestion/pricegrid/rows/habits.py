"""What the rows of one list usually hold, so that what is unusual about a row can be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from statistics import median

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.rows.section_numbers import SECTION_NUMBER, count_up
from ingestion.pricegrid.structure.column_profile import has_letters
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.sample import filled_columns, is_empty
from ingestion.pricegrid.values.codes import Code
from ingestion.pricegrid.vocabulary import normalise

_NEARLY_ALL = 0.9
_FEW = 3  # of so few rows nothing is usual
_FEW_UNITS = 5
_FAR_LONGER = 3
_DISCOUNT_GROUP = re.compile(r"([^\W\d_]{1,4})[ ._-]?\d{1,3}")
_LEAST_GROUPS = 2

_TextOf = Callable[[Cell], str]


class Habits:
    """Of the items among the first rows: how many cells they fill, what stands in each, what they never hold."""

    def __init__(self, layout: Layout, text_of: _TextOf, sample: Sequence[SheetRow], items: Sequence[SheetRow]) -> None:
        self._layout = layout
        self._text_of = text_of
        self._sample = sample
        self._items = items
        self._values: dict[int, Counter[str]] = {}
        self._numbers_groups: dict[int, bool] = {}  # by column
        self.usual_cells = median(len(filled_columns(row.cells)) for row in items) if items else 0

    @cached_property
    def _constants(self) -> Mapping[int, str]:
        """By column, the text that stands in nearly every item."""
        if len(self._items) < _FEW:
            return {}
        keys = {self._layout.code, self._layout.price, *self._layout.names}
        found = {}
        for column in set(range(self._layout.width)) - keys:
            text, count = next(iter(self._values_of(column).most_common(1)), ("", 0))
            if count >= _NEARLY_ALL * len(self._items):
                found[column] = text
        return found

    def without_fillers(self, texts: Mapping[int, str]) -> dict[int, str]:
        """Without what every item holds as well, and without a header that is written again above its column."""
        return {
            column: text
            for column, text in texts.items()
            if self._constants.get(column) != text and not self._is_headed(column, text)
        }

    def _is_headed(self, column: int, text: str) -> bool:
        header = self._headers.get(column)
        return header is not None and has_letters(text) and normalise(text) == header

    @cached_property
    def _headers(self) -> Mapping[int, str]:
        header = self._layout.header
        return {column: form for column in range(len(header.parts)) if (form := normalise(header.last(column)))}

    def is_overfull(self, column: int, text: str) -> bool:
        """Whether a text with numbers is so long that it must be more than the cell of its column."""
        values = self._values_of(column)
        if len(self._items) < _FEW or values.total() < _NEARLY_ALL * len(self._items):
            return False
        return len(text) > _FAR_LONGER * max(map(len, values)) and any(map(str.isdigit, text))

    def is_out_of_place(self, column: int, text: str) -> bool:
        """Whether a text that stands alone cannot go on with what an item above it says in that column.

        So where nearly all items hold an amount there, or one of a few units, and never such a text.
        """
        values = self._values_of(column)
        if values.total() < max(_FEW, _NEARLY_ALL * len(self._items)) or text[:1].islower() or text in values:
            return False
        amounts = sum(count for value, count in values.items() if value[0].isdigit())
        has_amounts = amounts >= _NEARLY_ALL * values.total() and not any(map(str.isdigit, text))
        return has_amounts or (len(values) <= _FEW_UNITS and values.total() >= _FEW * len(values))

    def has_such_codes(self, form: re.Pattern[str], code: Code) -> bool:
        """Whether a row's code is like those of items, which look like this, too."""
        if self._layout.code is None or not code.value:
            return False
        return any(map(form.fullmatch, self._values_of(self._layout.code)))

    def is_missing_number(self, column: int, text: str) -> bool:
        """Whether the items have running numbers in a column, and this is none of theirs: it is that of another one."""
        values = self._values_of(column)
        is_running = len(values) >= _FEW and values.total() == len(values) and all(map(str.isdecimal, values))
        return is_running and text.isdecimal() and text not in values

    def numbers_groups(self, column: int) -> bool:
        """Whether the rows with a number in this column and a name, but no price, count up, and no item has such."""
        if column not in self._numbers_groups:
            numbers = [number for row in self._sample if (number := self._number_of_group(row, column))]
            of_items = any(map(SECTION_NUMBER.fullmatch, self._values_of(column)))
            self._numbers_groups[column] = not of_items and count_up(numbers)
        return self._numbers_groups[column]

    def _number_of_group(self, row: SheetRow, column: int) -> str:
        layout, number = self._layout, self._text(row, column)
        is_one = bool(SECTION_NUMBER.fullmatch(number)) and any(self._text(row, name) for name in layout.names)
        return number if is_one and (layout.price is None or not self._text(row, layout.price)) else ""

    def is_discount_group(self, text: str) -> bool:
        """A word such as "RG 2" in place of a name, which stands only in rows without a price, with other numbers."""
        found = _DISCOUNT_GROUP.fullmatch(text)
        return found is not None and found[1].casefold() in self._discount_groups

    @cached_property
    def _discount_groups(self) -> frozenset[str]:
        layout = self._layout
        if layout.code is None or len(layout.names) != 1 or layout.price is None:
            return frozenset()
        words: Counter[str] = Counter()
        of_items = set()
        for row in self._sample:
            found = _DISCOUNT_GROUP.fullmatch(self._text(row, layout.names[0]))
            if found and self._text(row, layout.price):
                of_items.add(found[1].casefold())
            elif found and self._text(row, layout.code):
                words[found[1].casefold()] += 1
        return frozenset(word for word, count in words.items() if count >= _LEAST_GROUPS) - of_items

    def _values_of(self, column: int) -> Counter[str]:
        if column not in self._values:
            self._values[column] = Counter(text for row in self._items if (text := self._text(row, column)))
        return self._values[column]

    def _text(self, row: SheetRow, column: int) -> str:
        cell = row.cells[column] if column < len(row.cells) else None
        return "" if is_empty(cell) else self._text_of(cell)
