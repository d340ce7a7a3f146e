"""What a row is, where it is not plainly an item: section, continuation, total, note, repeated header, or a row in error."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from ingestion.sheet.grid import Cell, Sheet, Style
from ingestion.sheet.items import ItemReader
from ingestion.sheet.layout import Layout
from ingestion.sheet.merges import Row
from ingestion.sheet.records import Message, gettext_noop
from ingestion.sheet.sample import filled_columns
from ingestion.sheet.sections import Look, Title, numbering_depth
from ingestion.sheet.shapes import Shape, has_letters, shape_of
from ingestion.sheet.values.price import NOT_A_PRICE, Price
from ingestion.sheet.values.text import Code
from ingestion.sheet.vocabulary import match_header, normalise, vocabulary

NO_NAME = gettext_noop("The row has a price but no name; give it one, or set which column holds the name.")
NO_CODE = gettext_noop("The row has a price and a name but no code, unlike the rest of the list.")
LONGEST_TITLE = 160
NUMBER_NAME_AND_MORE = 4  # cells that a row usually fills where a number and a name alone are no item
_NOTE_MARK = re.compile(r"\s*(\*|•|!|\(\*)")
_CONTACT = re.compile(r"@|https?://|www\.|\+?\d[\d\s()-]{9,}")
_SECTION_CODE = re.compile(r"^(\d{1,2}\.)*\d{1,3}\.?$|^[IVX]{1,5}\.?$")


class Kind(StrEnum):
    ITEM = "item"
    ERROR = "error"
    SECTION = "section"
    CONTINUATION = "continuation"
    HEADER = "header"
    TOTAL = "total"
    NOTE = "note"
    STRAY = "stray"
    BLANK = "blank"


class Verdict(NamedTuple):
    kind: Kind
    title: Title | None = None
    problem: Message | None = None
    code: str = ""
    name: str = ""
    price: Price | None = None


class Judge:
    """Decides about one row at a time; knows how items usually look, nothing of the rows before."""

    def __init__(self, sheet: Sheet, layout: Layout, reader: ItemReader, sample: Sequence[Row]) -> None:
        self._sheet = sheet
        self._layout = layout
        self._reader = reader
        self._headers = {normalise(part) for parts in layout.header.parts for part in parts if part}
        self._usual = self._usual_looks(sample)
        self._typical = median(len(filled_columns(row.cells)) for row in sample) if sample else 0

    def judge(self, row: Row, cells: Sequence[Cell], *, after_item: bool) -> Verdict:
        """`cells` are the row's cells, padded to the width of the layout."""
        filled = [column for column in filled_columns(cells) if column not in row.carried]
        if not filled:
            return Verdict(Kind.CONTINUATION if row.carried else Kind.BLANK)
        if self._layout.price in row.carried and after_item:
            return Verdict(Kind.CONTINUATION)
        if self._repeats_header(cells, filled):
            return Verdict(Kind.HEADER)
        code, name = self._reader.code(row.number, cells), self._reader.name(cells)
        price = self._price(row.number, cells)
        if self._is_total(cells, filled, code):
            return Verdict(Kind.TOTAL)
        if price is not None and price.problem is None:
            return self._priced(cells, filled, code, name, price)
        return self._unpriced(row, cells, filled, code, name, price, after_item)

    def _price(self, number: int, cells: Sequence[Cell]) -> Price | None:
        column = self._layout.price
        if column is None:
            return None
        price = self._reader.price(number, cells, column)
        if price.problem and price.amount == 0 and self._layout.zero_is_price:
            return price._replace(problem=None)
        return price

    def _priced(self, cells: Sequence[Cell], filled: Sequence[int], code: Code, name: str, price: Price) -> Verdict:
        if code.problem:
            return Verdict(Kind.ERROR, problem=code.problem)
        if not name and self._layout.names:
            if not code.value and not any(has_letters(str(cells[column])) for column in filled):
                return Verdict(Kind.TOTAL if len(filled) > 1 or self._layout.header.rows else Kind.STRAY)
            return Verdict(Kind.ERROR, problem=Message(NO_NAME))
        if not code.value and self._layout.code is not None and not self._layout.codes_optional:
            return Verdict(Kind.ERROR, problem=Message(NO_CODE))
        return Verdict(Kind.ITEM, code=code.value, name=name, price=price)

    def _unpriced(
        self, row: Row, cells: Sequence[Cell], filled: Sequence[int], code: Code, name: str, price: Price | None, after_item: bool
    ) -> Verdict:
        if self._layout.price is None and code.value and not code.problem:
            return Verdict(Kind.ITEM, code=code.value, name=name)
        keys = (*self._layout.names, self._layout.code)
        others = [column for column in filled if column not in keys and column != self._layout.price]
        named = name if not self._is_filler(name) else ""
        title = self._title(row, cells, filled, code, price)
        if title:
            return self._titled(title, after_item)
        if named and (code.value or others or self._says_no_price(cells)):
            return Verdict(Kind.ERROR, problem=price.problem if price else None)
        if not named and after_item and others and not self._says_no_price(cells):
            return Verdict(Kind.CONTINUATION)
        if named or code.value:
            return Verdict(Kind.ERROR, problem=price.problem if price else None)
        return Verdict(Kind.STRAY)

    def _titled(self, title: Title, after_item: bool) -> Verdict:
        if self._layout.sections == "off" or self._is_note(title):
            return Verdict(Kind.NOTE)
        if after_item and title.look.column in self._layout.names and title.text[:1].islower():
            return Verdict(Kind.CONTINUATION)
        return Verdict(Kind.SECTION, title)

    def _title(self, row: Row, cells: Sequence[Cell], filled: Sequence[int], code: Code, price: Price | None) -> Title | None:
        """The title that a row without a price gives, if it gives one."""
        texts = {column: self._reader.text(cells[column]) for column in filled}
        money = [texts[column] for column in self._layout.money if texts.get(column)]
        words = [column for column in filled if column not in self._layout.money and has_letters(texts[column])]
        if not words:
            return None
        lead, name = words[0], self._reader.name(cells)
        stands_out = self._stands_out(row.number, lead)
        if any(self._is_price_word(text) for text in money):
            return self._as_title(row.number, lead, texts[lead])
        rest = {texts[column] for column in filled if column not in self._layout.money}
        number = self._section_number(rest - {name}) if name and not money else ""
        if number and (stands_out or (stands_out is None and self._typical >= NUMBER_NAME_AND_MORE)):
            return self._as_title(row.number, self._name_column(lead), name, numbering_depth(f"{number} x"))
        unpriced = not money or (not name and price is not None and _is_no_amount(price)) or set(money) == rest
        if unpriced and len(rest) == 1 and self._can_stand_alone(lead, texts[lead], stands_out):
            return self._as_title(row.number, lead, texts[lead])
        if stands_out and not money and not (code.value and name) and len(filled) <= max(2, self._layout.width // 2):
            return self._as_title(row.number, lead, texts[lead])
        return None

    def _section_number(self, texts: set[str]) -> str:
        """The one text beside the name, if it numbers sections: "2", "2.1", "IV"."""
        return next(iter(texts)) if len(texts) == 1 and _SECTION_CODE.match(next(iter(texts))) else ""

    def _can_stand_alone(self, column: int, text: str, stands_out: bool | None) -> bool:
        """One text and nothing else. What could be a code, or a name that lacks only its price, must look different."""
        if column == self._layout.code and shape_of(text) is Shape.CODE and " " not in text:
            return bool(stands_out)
        only_price_is_missing = column in self._layout.names and len(self._layout.labels) <= 2
        return not (only_price_is_missing and stands_out is False)

    def _name_column(self, fallback: int) -> int:
        return self._layout.names[0] if self._layout.names else fallback

    def _as_title(self, number: int, column: int, text: str, numbers: int = 0) -> Title:
        style = self._sheet.style(number, column + 1)
        look = Look(column=column, numbers=numbers or numbering_depth(text))
        if style:
            look = look._replace(font_size=style.font_size, bold=style.bold, fill=style.fill, indent=style.indent)
        return Title(text.strip(" -–—:").strip() or text, look, bool(self._stands_out(number, column)))

    def _is_note(self, title: Title) -> bool:
        text = title.text
        if len(text) > LONGEST_TITLE or _NOTE_MARK.match(text) or vocabulary().phrases("rows.note").starts(text):
            return True
        return not title.stands_out and bool(_CONTACT.search(text))

    def _is_total(self, cells: Sequence[Cell], filled: Sequence[int], code: Code) -> bool:
        """A total has a total word in front, and no code of its own."""
        totals = vocabulary().phrases("rows.total")
        for column in filled:
            text = self._reader.text(cells[column])
            if has_letters(text):
                if len(text) <= 60 and totals.starts(text) and (column == self._layout.code or not code.value):
                    return True
        return False

    def _repeats_header(self, cells: Sequence[Cell], filled: Sequence[int]) -> bool:
        if not self._headers:
            return False
        texts = [normalise(text) for column in filled if (text := self._reader.text(cells[column]))]
        same = sum(text in self._headers for text in texts)
        return same >= 2 and same >= 0.5 * len(texts)

    def _is_price_word(self, text: str) -> bool:
        """A word such as "Price" where an amount should be."""
        if not text or len(text) > 30 or any(char.isdigit() for char in text):
            return False
        if normalise(text) in self._headers:
            return True
        best = next(iter(match_header(text)), None)
        return best is not None and best.score >= 0.9 and best.field in ("price", "retail_price", "price_tier")

    def _is_filler(self, text: str) -> bool:
        return bool(text) and not any(char.isalnum() for char in text)

    def _says_no_price(self, cells: Sequence[Cell]) -> bool:
        column = self._layout.price
        return column is not None and bool(self._reader.text(cells[column]))

    def _usual_looks(self, sample: Sequence[Row]) -> frozenset[tuple[bool, str | None, float]]:
        """How the items of the sample look in their first columns."""
        column = self._name_column(self._layout.code or 0)
        looks = Counter(_look(style) for row in sample if (style := self._sheet.style(row.number, column + 1)))
        return frozenset(look for look, count in looks.items() if count >= 0.08 * len(sample))

    def _stands_out(self, number: int, column: int) -> bool | None:
        """Whether a cell looks unlike the items: bold, filled or larger; None where no styles are known."""
        style = self._sheet.style(number, column + 1)
        if style is None or not self._usual:
            return None
        return _look(style) not in self._usual and (style.bold or style.fill is not None or style.font_size > 0)


def _is_no_amount(price: Price) -> bool:
    """The cell holds words that are no price, and do not say either that the price is on request."""
    return price.problem is not None and price.problem.template == NOT_A_PRICE


def _look(style: Style) -> tuple[bool, str | None, float]:
    return style.bold, style.fill, style.font_size
