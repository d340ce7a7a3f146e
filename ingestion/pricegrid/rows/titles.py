"""Which rows are titles of sections, and what tells them from items, continuations and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Sheet
from ingestion.pricegrid.cells.merges import Across, SheetRow
from ingestion.pricegrid.fields import PRICES
from ingestion.pricegrid.problems import prices
from ingestion.pricegrid.rows.facts import Facts
from ingestion.pricegrid.rows.habits import Habits
from ingestion.pricegrid.rows.looks import Looks
from ingestion.pricegrid.rows.section_numbers import SECTION_NUMBER
from ingestion.pricegrid.rows.sections import Title, numbering_depth
from ingestion.pricegrid.structure.column_profile import Shape, has_letters, shape_of
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.sample import filled_columns
from ingestion.pricegrid.values.dates import newest_date
from ingestion.pricegrid.vocabulary import best_match, match_header, normalise, vocabulary

LONGEST_TITLE = 160
NUMBER_NAME_AND_MORE = 4  # cells that a row usually fills where a number and a name alone are no item
_LEAST_WIDE = 3  # a cell merged over fewer columns may be the value of one
_WORDS_OF_A_NOTE = 4
_NOTE_MARK = re.compile(r"\s*(\*|•|!|\(\*)")
_FRAMED = re.compile(r"\s*([*•!=~#]+)[^*•!]*\1\s*")
_CONTACT = re.compile(r"@|https?://|www\.|\+?\d[\d\s()-]{9,}")
_CONTINUED = re.compile(r"(.*\S)\s*(?:\(([^()]+)\)|\[([^\[\]]+)\]|[-–—,…]\s*(\w[^-–—,…]*))")
_SENTENCE = re.compile(r"[.!?:;]\s*$|[:;]\s|\d")


class TitleFinder:
    """Knows how the items of one list look and what they hold, and so what cannot be one."""

    def __init__(self, sheet: Sheet, layout: Layout, habits: Habits, items: Sequence[SheetRow]) -> None:
        self._layout = layout
        self._habits = habits
        self._headers = {normalise(part) for parts in layout.header.parts for part in parts if part}
        self._rightmost_key = max((layout.code or 0, *layout.names))  # titles stand no further right
        self._lead = layout.names[0] if layout.names else (layout.code or 0)
        self._looks = Looks(sheet, self._lead, items)

    def title_in(self, facts: Facts) -> Title | None:
        """The title that a row without a price gives, if it gives one."""
        over = self._merged_over_the_row(facts)
        if over is not None:
            return self._as_title(facts, over, facts.texts[over])
        words = [
            column for column, text in facts.telling.items() if column not in self._layout.money and has_letters(text)
        ]
        if not words:
            return None
        lead = words[0]
        stands_out = self._looks.stands_out(facts.row.number, lead)
        number = self._number_beside(facts)
        if number is not None and (stands_out or self._may_number_a_group(facts, number, stands_out)):
            return self._as_title(facts, self._lead, facts.name, facts.texts[number])
        is_title = (
            self._stands_alone(facts, lead, stands_out)
            or self._is_group_with_discount(facts)
            or (stands_out and not facts.money and self.is_sparse(facts))
        )
        return self._as_title(facts, lead, facts.texts[lead]) if is_title else None

    def _merged_over_the_row(self, facts: Facts) -> int | None:
        """The column of a text that is merged over key and price, which no item is; a number may precede it."""
        wide = next((columns for columns in facts.wide if self._covers_the_keys(columns)), None)
        if wide is None or wide.start not in facts.texts or not any(map(str.isalnum, facts.texts[wide.start])):
            return None
        if facts.code.value and self._layout.code not in wide:
            return None
        beside = [text for column, text in facts.telling.items() if column not in wide]
        return None if any(map(has_letters, beside)) else wide.start

    def _covers_the_keys(self, columns: range) -> bool:
        layout = self._layout
        if len(columns) < _LEAST_WIDE:
            return False
        values = [layout.price] if layout.price is not None else list(layout.stock)
        return columns.start <= self._rightmost_key and any(column in columns for column in values)

    def _number_beside(self, facts: Facts) -> int | None:
        """The column of the one text beside the name, if it numbers sections: "2", "2.1", "IV"."""
        if not facts.name or facts.money:
            return None
        rest = {text: column for column, text in facts.telling.items() if text != facts.name}
        text, column = next(iter(rest.items())) if len(rest) == 1 else ("", None)
        return column if SECTION_NUMBER.fullmatch(text) else None

    def _may_number_a_group(self, facts: Facts, column: int, stands_out: bool | None) -> bool:  # noqa: FBT001
        """Where items have other codes, and not running numbers among which this one is missing.

        What looks like an item, or has its number behind the name, is a group only where such rows count up from 1.
        """
        text = facts.texts[column]
        if self._habits.usual_cells < NUMBER_NAME_AND_MORE or self._habits.has_such_codes(SECTION_NUMBER, facts.code):
            return False
        if stands_out is None and column < self._lead:
            return not self._habits.is_missing_number(column, text)
        return self._habits.numbers_groups(column)

    def _stands_alone(self, facts: Facts, lead: int, stands_out: bool | None) -> bool:  # noqa: FBT001
        if lead <= self._rightmost_key and any(map(self._is_price_word, facts.money)):
            return True
        rest = {text for column, text in facts.telling.items() if column not in self._layout.money}
        alone = len(rest) == 1 and self._says_no_amount(facts, rest)
        return alone and self._can_stand_alone(facts, lead, stands_out)

    def _says_no_amount(self, facts: Facts, rest: set[str]) -> bool:
        """No price, nor words in its place that speak of one: nothing, a unit, or the title itself in every cell."""
        if not facts.money or set(facts.money) == rest:
            return True
        problem = facts.price.problem if facts.price else None
        return not facts.name and problem is not None and problem.code == prices.NOT_A_PRICE.code

    def _can_stand_alone(self, facts: Facts, column: int, stands_out: bool | None) -> bool:  # noqa: FBT001
        """One text and nothing else. What could be a code, or a name that lacks only its price, must look different."""
        text, cells = facts.texts[column], len(facts.texts)
        if column == self._layout.code and self._could_be_code(text):
            return bool(stands_out)
        if column > self._rightmost_key:
            return bool(stands_out) or self._habits.is_out_of_place(column, text)
        only_price_is_missing = column in self._layout.names and cells >= self._habits.usual_cells - 1
        return not (only_price_is_missing and stands_out is False)

    def _could_be_code(self, text: str) -> bool:
        """In a list without names whatever stands in the code column."""
        return not self._layout.names or (shape_of(text) is Shape.CODE and " " not in text)

    def _is_group_with_discount(self, facts: Facts) -> bool:
        """The group in place of the code, and in place of the name the discount that it gets: "Pumps", "RG 2"."""
        keys = {self._layout.code, *self._layout.names}
        return facts.telling.keys() == keys and self._habits.is_discount_group(facts.name)

    def is_sparse(self, facts: Facts) -> bool:
        """Whether it holds less than an item; a code and a name can be a group only where items hold much more."""
        if facts.code.value and facts.name:
            return len(facts.texts) <= self._habits.usual_cells / 2
        return len(facts.texts) <= max(2, self._layout.width // 2)

    def _as_title(self, facts: Facts, column: int, text: str, number: str = "") -> Title:
        row = facts.row.number
        look = self._looks.of(row, column, facts.row.cells[column], numbering_depth(f"{number} x") if number else 0)
        return Title(_without_continued(text.strip(" -–—:")) or text, look, bool(self._looks.stands_out(row, column)))

    def title_above(self, sheet: Sheet, rows: Sequence[SheetRow]) -> tuple[int, Title] | None:
        """The row right above the header and its title, if it looks just like the titles among the items."""
        header = self._layout.header
        above = [row for row in rows if header.rows and row.number < header.rows[0]][-1:]
        if not above or header.section:
            return None
        across = Across(sheet.merges)
        wide = across.at(above[0].number)
        first = self._alone_in(above[0], wide)
        if first is None or not (wide or self._looks.stands_out(above[0].number, first.look.column)):
            return None
        after = [row for row in rows if row.number >= header.data_start]
        if after and self._alone_in(after[0], across.at(after[0].number)):
            return None  # the items have a title of their own
        below = (row for row in after if across.at(row.number) == wide)
        alike = any(title.look == first.look for row in below if (title := self._alone_in(row, wide)))
        return (above[0].number, first) if alike and not self.is_list_title(first) and not self.is_note(first) else None

    def _alone_in(self, row: SheetRow, wide: Sequence[range]) -> Title | None:
        """The only words of a row, if nothing else stands in it, or they are merged over several columns."""
        filled = filled_columns(row.cells)
        words = [column for column in filled if has_letters(str(row.cells[column]))]
        if len(words) != 1 or (len(filled) > 1 and not any(columns.start == words[0] for columns in wide)):
            return None
        written = row.cells[words[0]]
        return Title(str(written).strip(), self._looks.of(row.number, words[0], written))

    def is_list_title(self, title: Title) -> bool:
        """The title of the whole list: it says "price list", or from when it counts."""
        prices = next((match for match in match_header(title.text) if match.field in PRICES), None)
        return prices is not None or bool(newest_date([title.text])[1])

    def is_note(self, title: Title) -> bool:
        text = title.text
        if len(text) > LONGEST_TITLE or (_NOTE_MARK.match(text) and not _FRAMED.fullmatch(text)):
            return True
        if _begins_like_a_note(text, stands_out=title.stands_out):
            return True
        is_contact = bool(_CONTACT.search(text))
        return is_contact and (not title.stands_out or vocabulary().phrases("rows.footer").starts(text))

    def _is_price_word(self, text: str) -> bool:
        """A word such as "Price" where an amount should be."""
        if len(text) > 30 or any(char.isdigit() for char in text):
            return False
        best = best_match(text)
        return normalise(text) in self._headers or (best is not None and best.score >= 0.9 and best.field in PRICES)


def _without_continued(text: str) -> str:
    """A title on the next page: "Pumps (continued)" is "Pumps"."""
    found = _CONTINUED.fullmatch(text)
    said = next(filter(None, found.groups()[1:]), "") if found else ""
    return found[1] if found and vocabulary().phrases("rows.continued").exact(said) else text


def _begins_like_a_note(text: str, *, stands_out: bool) -> bool:
    """The words that head notes in one language begin titles in another ("Obs", "Stand"): notes read like one."""
    notes = vocabulary().phrases("rows.note")
    if not notes.starts(text):
        return False
    words = len(text.split())
    if _SENTENCE.search(text) or (words > 1 and notes.exact(text)):
        return True
    return not stands_out and words >= _WORDS_OF_A_NOTE
