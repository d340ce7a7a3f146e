"""What a row is, where it is not plainly an item.

Section, continuation, total, note, repeated header, or a row in error: whatever is none of these must come out as an
item or an error, for a row that is not understood must not vanish.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell, Sheet
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.fields import PRICES, Field
from ingestion.pricegrid.problems import prices, rows
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.rows.items import ItemReader
from ingestion.pricegrid.rows.looks import Looks
from ingestion.pricegrid.rows.row_kind import RowKind
from ingestion.pricegrid.rows.sections import Title, numbering_depth
from ingestion.pricegrid.structure.column_profile import Shape, has_letters, shape_of
from ingestion.pricegrid.structure.header import is_numbering
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.sample import filled_columns, is_empty
from ingestion.pricegrid.values.codes import Code
from ingestion.pricegrid.values.dates import date_in
from ingestion.pricegrid.values.price import Price
from ingestion.pricegrid.vocabulary import match_header, normalise, normalise_all, vocabulary

BEYOND_DOUBT = 0.85
LONGEST_HEADER = 40
LONGEST_TITLE = 160
LONGEST_TOTAL = 60
NUMBER_NAME_AND_MORE = 4  # cells that a row usually fills where a number and a name alone are no item
_NOTE_MARK = re.compile(r"\s*(\*|•|!|\(\*)")
_CONTACT = re.compile(r"@|https?://|www\.|\+?\d[\d\s()-]{9,}")
_SECTION_NUMBER = re.compile(r"(\d{1,2}\.)*\d{1,3}\.?|[IVX]{1,5}\.?")


class _Verdict(NamedTuple):
    kind: RowKind
    title: Title | None = None
    problem: Message | None = None
    code: str = ""
    name: str = ""
    price: Price | None = None
    moved: bool = False  # a header whose columns are not where they were


class Facts(NamedTuple):
    """What one row holds: the texts of its filled cells, and what they say."""

    row: SheetRow
    texts: dict[int, str]
    code: Code
    name: str
    price: Price | None
    money: list[str]
    after_item: bool

    @property
    def has_price(self) -> bool:
        return self.price is not None and self.price.problem is None


class Judge:
    """Decides about one row at a time; knows how items usually look, nothing of the rows before."""

    def __init__(
        self, sheet: Sheet, layout: Layout, reader: ItemReader, sample: Sequence[SheetRow], body: Sequence[SheetRow]
    ) -> None:
        self._layout = layout
        self._reader = reader
        self._headers = {normalise(part) for parts in layout.header.parts for part in parts if part}
        self._rightmost_key = max((layout.code or 0, *layout.names))  # titles stand no further right
        self._lead = layout.names[0] if layout.names else (layout.code or 0)
        priced = [row for row in body if self._is_filled(row, layout.price)] or body
        self._looks = Looks(sheet, self._lead, priced)
        self._typical = median(len(filled_columns(row.cells)) for row in priced) if priced else 0
        first = body[0].number if body else 0
        alone = (columns for row in sample if row.number > first and len(columns := filled_columns(row.cells)) == 1)
        self.has_sections = any(True for _ in alone)

    def judge(self, row: SheetRow, cells: Sequence[Cell], *, after_item: bool) -> _Verdict:
        """`cells` are the row's cells, padded to the width of the layout."""
        filled = [column for column in filled_columns(cells) if column not in row.carried]
        if not filled:
            return _Verdict(RowKind.CONTINUATION if row.carried else RowKind.BLANK)
        if after_item and self._layout.price in row.carried:
            return _Verdict(RowKind.CONTINUATION)
        facts = self._facts(row, cells, filled, after_item=after_item)
        if self._repeats_header(facts):
            return _Verdict(RowKind.HEADER, moved=self._is_moved(facts))
        if self._is_total(facts):
            return _Verdict(RowKind.TOTAL)
        return self._priced(facts) if facts.has_price else self._unpriced(facts)

    def _is_filled(self, row: SheetRow, column: int | None) -> bool:
        return column is not None and column < len(row.cells) and not is_empty(row.cells[column])

    def _facts(self, row: SheetRow, cells: Sequence[Cell], filled: Sequence[int], *, after_item: bool) -> Facts:
        texts = {column: self._reader.text(cells[column]) for column in filled}
        money = [texts[column] for column in self._layout.money if texts.get(column)]
        name = self._reader.name(cells)
        name = name if any(char.isalnum() for char in name) else ""
        return Facts(row, texts, self._reader.code(row.number, cells), name, self._price(row, cells), money, after_item)

    def _price(self, row: SheetRow, cells: Sequence[Cell]) -> Price | None:
        if self._layout.price is None:
            return None
        price = self._reader.price(row.number, cells, self._layout.price)
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
        if self._layout.price is None and code.value:
            return _Verdict(RowKind.ITEM, code=code.value, name=name)
        title = self._title(facts)
        if title:
            return self._titled(title, facts)
        price_cell = facts.texts.get(self._layout.price, "") if self._layout.price is not None else ""
        others = set(facts.texts) - {*self._layout.names, self._layout.code, self._layout.price}
        if not name and others and facts.after_item and not price_cell:
            return _Verdict(RowKind.CONTINUATION)
        if name or code.value or code.problem or (price_cell and not self._is_sparse(facts)):
            return _Verdict(RowKind.ERROR, problem=facts.price.problem if facts.price else rows.NO_PRICE.message())
        return _Verdict(RowKind.STRAY)

    def _titled(self, title: Title, facts: Facts) -> _Verdict:
        if self._layout.sections == "off" or self._is_note(title):
            return _Verdict(RowKind.NOTE)
        if facts.after_item and title.look.column in self._layout.names and title.text[:1].islower():
            return _Verdict(RowKind.CONTINUATION)
        return _Verdict(RowKind.SECTION, title)

    def _title(self, facts: Facts) -> Title | None:
        """The title that a row without a price gives, if it gives one."""
        words = [
            column for column, text in facts.texts.items() if column not in self._layout.money and has_letters(text)
        ]
        if not words:
            return None
        lead, texts = words[0], facts.texts
        stands_out = self._looks.stands_out(facts.row.number, lead)
        rest = {text for column, text in texts.items() if column not in self._layout.money}
        number = _section_number(rest - {facts.name}) if facts.name and not facts.money else ""
        if number and (stands_out or (stands_out is None and self._typical >= NUMBER_NAME_AND_MORE)):
            return self._as_title(facts, self._lead, facts.name, number)
        is_title = (
            (lead <= self._rightmost_key and any(map(self._is_price_word, facts.money)))
            or (
                len(rest) == 1
                and self._says_no_amount(facts, rest)
                and self._can_stand_alone(lead, texts[lead], stands_out)
            )
            or (stands_out and not facts.money and self._is_sparse(facts))
        )
        return self._as_title(facts, lead, texts[lead]) if is_title else None

    def _says_no_amount(self, facts: Facts, rest: set[str]) -> bool:
        """No price, nor words in its place that speak of one: nothing, a unit, or the title itself in every cell."""
        if not facts.money or set(facts.money) == rest:
            return True
        problem = facts.price.problem if facts.price else None
        return not facts.name and problem is not None and problem.code == prices.NOT_A_PRICE.code

    def _can_stand_alone(self, column: int, text: str, stands_out: bool | None) -> bool:  # noqa: FBT001
        """One text and nothing else. What could be a code, or a name that lacks only its price, must look different."""
        if column == self._layout.code and shape_of(text) is Shape.CODE and " " not in text:
            return bool(stands_out)
        if column > self._rightmost_key:
            return bool(stands_out)
        only_price_is_missing = column in self._layout.names and self._typical <= 2
        return not (only_price_is_missing and stands_out is False)

    def _is_sparse(self, facts: Facts) -> bool:
        """Less than an item in it; a code and a name alone can be a group only where items hold much more."""
        if facts.code.value and facts.name:
            return len(facts.texts) <= self._typical / 2
        return len(facts.texts) <= max(2, self._layout.width // 2)

    def _as_title(self, facts: Facts, column: int, text: str, number: str = "") -> Title:
        row = facts.row.number
        look = self._looks.of(row, column, text, numbering_depth(f"{number} x") if number else 0)
        return Title(text.strip(" -–—:").strip() or text, look, bool(self._looks.stands_out(row, column)))

    def is_list_title(self, title: Title) -> bool:
        """The title of the whole list: it says "price list", or from when it counts."""
        prices = next((match for match in match_header(title.text) if match.field in PRICES), None)
        return prices is not None or bool(date_in(title.text)[1])

    def _is_note(self, title: Title) -> bool:
        text = title.text
        if len(text) > LONGEST_TITLE or _NOTE_MARK.match(text) or vocabulary().phrases("rows.note").starts(text):
            return True
        is_contact = bool(_CONTACT.search(text))
        return is_contact and (not title.stands_out or vocabulary().phrases("rows.footer").starts(text))

    def _is_total(self, facts: Facts) -> bool:
        """The first text says so, and it stands for the whole row: no code of its own, less in it than in an item."""
        lead = next((column for column, text in facts.texts.items() if has_letters(text)), None)
        if lead is None or (facts.code.value and lead != self._layout.code):
            return False
        text, totals = facts.texts[lead], vocabulary().phrases("rows.total")
        if not totals.starts(text) or len(text) > LONGEST_TOTAL:
            return False
        return bool(totals.exact(text.rstrip(" :"))) or len(facts.texts) < 0.75 * self._typical

    def _repeats_header(self, facts: Facts) -> bool:
        if is_numbering(list(facts.texts.values())):
            return True
        texts = [text for text in facts.texts.values() if text]
        if facts.has_price:  # then all that is said has to be headers, which the first text tells of most rows
            return len(texts) >= 2 and all(normalise(text) in self._headers for text in texts)
        same = sum(form in self._headers for form in map(normalise_all(texts).__getitem__, texts))
        if same >= 2 and same >= 0.5 * len(texts):
            return True
        may_be_one = len(texts) >= 3 and all(map(_may_head_a_column, facts.texts.values()))
        return may_be_one and len(self._known_fields(facts)) >= 3

    def _known_fields(self, facts: Facts) -> dict[Field, int]:
        """The fields that the texts of a row would head beyond doubt, with their columns; nothing where no price is."""
        found: dict[Field, int] = {}
        for column, text in facts.texts.items():
            best = next(iter(match_header(text)), None)
            if best and best.score >= BEYOND_DOUBT:
                found.setdefault(Field.PRICE if best.field in PRICES else best.field, column)
        return found if Field.PRICE in found else {}

    def _is_moved(self, facts: Facts) -> bool:
        """Whether the header names a price, but above another column than the one that prices are read from."""
        header, texts = self._layout.header, facts.texts
        keys = [column for column in (self._layout.price, self._layout.code, *self._layout.names) if column is not None]
        if all(normalise(texts.get(column, "")) == normalise(header.last(column)) for column in keys):
            return False
        place = self._known_fields(facts).get(Field.PRICE)
        return place is not None and place not in self._layout.money

    def _is_price_word(self, text: str) -> bool:
        """A word such as "Price" where an amount should be."""
        if len(text) > 30 or any(char.isdigit() for char in text):
            return False
        best = next(iter(match_header(text)), None)
        return normalise(text) in self._headers or (best is not None and best.score >= 0.9 and best.field in PRICES)


def _may_head_a_column(text: str) -> bool:
    return len(text) <= LONGEST_HEADER and sum(char.isdigit() for char in text) <= 4


def _section_number(texts: set[str]) -> str:
    """The one text beside the name, if it numbers sections: "2", "2.1", "IV"."""
    text = next(iter(texts)) if len(texts) == 1 else ""
    return text if _SECTION_NUMBER.fullmatch(text) else ""
