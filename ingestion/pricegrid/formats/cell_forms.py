"""What the cells of each column of a delimited text look like, learned from its regular rows.

Nobody knows yet which column is the price. It is enough to tell whether the cells of a row stand where they belong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

LEAST_REGULAR = 3  # fewer tell nothing of a column
ENOUGH_ROWS = 20  # so many show whether a column is ever empty
_NEARLY_ALL = 0.95
_FEW_FORMS = 3
_LONGEST = 300  # characters of a cell that are looked at
_WHOLE = r"(?:\d{1,3}(?:[., '’\u00a0\u202f]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)"
_SIGN = r"[^\w\s'\".,:;|^/\\()#&@!?*=<>~-]"  # of a currency
_BEFORE = rf"[-+]?{_SIGN}?\s?(?:[^\W\d_]{{1,4}}(?:\.\s?|\s))?[-+]?"
_AFTER = rf"\s?(?:[^\W\d_]{{1,4}}\.?|{_SIGN})?"
_NUMBER = re.compile(rf"({_BEFORE})({_WHOLE})([.,]\d+)?({_AFTER})")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
LEAST_TELLING = 2  # columns
_ANY_WORD = frozenset({"9", "a"})
_ANY_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*(?!\w)")
_BLANK = re.compile(r"\s")
_DELIMITER = re.compile(r"[;,|^]")
_BLANK_OR_DELIMITER = re.compile(r"[\s;,|^]")


def is_number(text: str) -> bool:
    """An amount or a quantity, perhaps with a currency or a unit beside it."""
    return len(text) <= _LONGEST and _NUMBER.fullmatch(text.strip()) is not None


def form_of(text: str) -> str:
    """The text with one sign for all digits and one for all letters in a row; a fraction keeps its length."""
    text = text.strip()[:_LONGEST]
    if number := _NUMBER.fullmatch(text):
        before, whole, fraction, after = number.groups("")
        fraction = fraction[:1] + "0" * (len(fraction) - 1)
        return _LETTERS.sub("a", f"{before}{_DIGITS.sub('9', whole)}{fraction}{after}")
    return _LETTERS.sub("a", _DIGITS.sub("9", text))


class ColumnForm(NamedTuple):
    """`forms` are all that there are, where these are few; empty where a cell may say anything."""

    rows: int
    forms: frozenset[str]
    is_number: bool
    has_letters: bool
    has_blanks: bool
    has_empty: bool
    has_delimiters: bool = False

    def fits(self, text: str) -> bool:
        """Whether it looks like the others."""
        if not text.strip():
            return self.has_empty
        if self.forms and form_of(text) not in self.forms:
            return False
        return self.could_fit(text)

    def could_fit(self, text: str) -> bool:
        """Whether it may stand there, though none of the others looks so."""
        text = text.strip()
        if not text:
            return self.has_empty or self.rows < ENOUGH_ROWS
        if self.is_number:
            return is_number(text)
        if self.has_letters and not _LETTERS.search(text):
            return False
        return self.has_blanks or not (_BLANK if self.has_delimiters else _BLANK_OR_DELIMITER).search(text)


def learn_column(cells: Sequence[str]) -> ColumnForm:
    filled = [text for cell in cells if (text := cell.strip())]
    forms = Counter(map(form_of, filled))
    has_blanks = any(map(_BLANK.search, filled))
    with_letters = sum(_LETTERS.search(text) is not None for text in filled)
    numbers = sum(map(is_number, filled))
    are_told = bool(filled) and (not has_blanks or not with_letters or numbers == len(filled))
    are_few = len(forms) <= max(_FEW_FORMS, len(filled) // 4)
    return ColumnForm(
        len(cells),
        frozenset(forms) if are_told and are_few else frozenset(),
        bool(filled) and numbers >= _NEARLY_ALL * len(filled),
        bool(filled) and with_letters >= _NEARLY_ALL * len(filled),
        has_blanks or not filled,
        len(filled) < len(cells) or not filled,
        any(map(_DELIMITER.search, filled)),
    )


class RegularRow:
    """How many cells a regular row has, and what they look like."""

    def __init__(self, width: int, rows: Sequence[Sequence[str]]) -> None:
        """`rows` are regular ones; those without a number are headers and titles, unless there are no others."""
        counted = [cells for cells in rows if any(map(is_number, cells))] or rows
        padded = [[*cells, *[""] * (width - len(cells))] for cells in counted]
        self.width = width
        self.rows = len(padded)
        self.columns = [learn_column([cells[column] for cells in padded]) for column in range(width)]

    @property
    def tells(self) -> bool:
        return self.rows >= LEAST_REGULAR

    def fit(self, cells: Sequence[str]) -> bool:
        """Whether every cell looks like the others in its column; cells that are missing at the end count as empty."""
        return len(cells) <= self.width and all(
            column.fits(cells[at] if at < len(cells) else "") for at, column in enumerate(self.columns)
        )

    def could_fit(self, cells: Sequence[str]) -> bool:
        return len(cells) <= self.width and all(
            column.could_fit(cells[at] if at < len(cells) else "") for at, column in enumerate(self.columns)
        )

    def has_amount(self, cells: Sequence[str]) -> bool:
        """Whether a number stands where numbers stand: nobody may take such a row for what it looks like."""
        return any(column.is_number and is_number(cell) for column, cell in zip(self.columns, cells, strict=False))

    def is_held_in(self, text: str) -> bool:
        """Whether a text has pieces that look like the cells of all columns of few forms, in their order."""
        wanted = [column for column in self.columns if column.forms and not column.has_empty]
        if len(wanted) < LEAST_TELLING or all(column.forms <= _ANY_WORD for column in wanted):
            return False
        at = 0
        for column in wanted:
            pattern = _ANY_NUMBER if column.is_number else _pattern_of(column.forms)
            found = pattern.search(text, at, 10 * _LONGEST)
            if found is None:
                return False
            at = found.end()
        return True


@lru_cache(maxsize=256)
def _pattern_of(forms: frozenset[str]) -> re.Pattern[str]:
    """What looks like one of the forms, and does not go on as a word or a number."""
    letters = {"a": r"[^\W\d_]+", "9": r"\d+", "0": r"\d"}
    shapes = ("".join(letters.get(char, re.escape(char)) for char in form) for form in sorted(forms))
    return re.compile(rf"(?<!\w)(?:{'|'.join(shapes)})(?!\w)")


def without_empty_end(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
