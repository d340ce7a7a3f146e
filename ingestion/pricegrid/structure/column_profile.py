"""What the values of a column look like, without regard to its header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, time
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.values.break_cells import may_be_breaks
from ingestion.pricegrid.values.price import parse_price
from ingestion.pricegrid.values.text import APOSTROPHES, straighten, without_text_mark
from ingestion.pricegrid.vocabulary.currencies import currency_finder

LEAST_SERIAL = 4
LEAST_RANKS = 8
LONGEST_MONEY = 22
_LINK = re.compile(r"(?i)^(https?://|www\.|ftp://)\S+")
_DAY = r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}|\d{4}[./-]\d{1,2}[./-]\d{1,2})"
_DATE = re.compile(rf"^(?!\d+[./-]00?[./-]){_DAY}(\s+\d{{1,2}}:\d{{2}}(:\d{{2}})?)?$")
_PLAIN = re.compile(r"^[-+]?\d+(?:[.,]\d+)?$")
_CODE = re.compile(r"^(?=.*\d)[^\s,;]{2,40}$")
_CODE_WORDS = re.compile(r"^(?=.*\d)[A-ZА-ЯЁ0-9]+(?:[ ./_-]+[A-ZА-ЯЁ0-9]+){1,3}$")
_LETTER_NUMBER = re.compile(r"[^\W\d_]\d+")  # R12 is a code before it is twelve rand
_RANGE = re.compile(r"\d+\s*[-–]\s*\d+")
_PATH = re.compile(r"\S\s*(?:->|→|»|\s>|\s/\s.+\s/\s|\|)\s*\S")
_POWER_OF_TEN = re.compile(r"1(?:0{0,4}|[ .,]000)(?!\d|[.,]\d)")
_DECIMALS = re.compile(r"\d[.,]\d\d$")
_LETTERS = re.compile(r"[^\W\d_]")


_PATH_SIGN = re.compile(r"[>→»/|]")
_IDEOGRAPHS = re.compile("[\u2e80-\U0010ffff]")
_LONGEST = 1_000  # more of a text tells no more of its shape
_LONGEST_MARKED = 40  # codes and amounts; what is longer is a text however it is written
_MARKS = ("=", '"', *APOSTROPHES)
_YEARS = (1900, 2100)
_ANY_DIGIT = str.maketrans("23456789", "11111111")


class Shape(Enum):
    EMPTY = "empty"
    NUMBER = "number"
    MONEY = "money"
    CODE = "code"
    TEXT = "text"
    DATE = "date"
    LINK = "link"
    ERROR = "error"


NUMERIC = (Shape.NUMBER, Shape.MONEY)
_PATTERNS = ((_PLAIN, Shape.NUMBER), (_LINK, Shape.LINK), (_DATE, Shape.DATE))


def shape_of(cell: Cell) -> Shape:
    if cell is None:
        return Shape.EMPTY
    if isinstance(cell, CellError | Formula):
        return Shape.ERROR
    if isinstance(cell, str):
        return _shape_of_text(cell.strip())
    if isinstance(cell, date | time):
        return Shape.DATE
    return Shape.TEXT if isinstance(cell, bool) else Shape.NUMBER


def _shape_of_text(text: str) -> Shape:
    text = _as_meant(text)
    if may_be_breaks(text) and parse_price(text).breaks:
        return Shape.MONEY
    return _shape_of_form(text[:_LONGEST].translate(_ANY_DIGIT)) if text else Shape.EMPTY


def _as_meant(text: str) -> str:
    """What tells a spreadsheet that it is a text, an odd blank, hyphen or width make no other shape."""
    if text[:1] in _MARKS:
        text = without_text_mark(text)
    if text.isascii() or len(text) > _LONGEST_MARKED:
        return text
    return " ".join(straighten(text).split())


@lru_cache(maxsize=8192)
def _shape_of_form(text: str) -> Shape:
    """Of texts that differ only in their digits, one is looked at; but a zero may stand for a code or for nothing."""
    for pattern, shape in _PATTERNS:
        if pattern.match(text):
            return shape
    amount = _amount_shape(text) if len(text) <= LONGEST_MONEY and any(char.isdigit() for char in text) else None
    return amount or (Shape.CODE if _CODE.match(text) or _CODE_WORDS.match(text) else Shape.TEXT)


def _amount_shape(text: str) -> Shape | None:
    if _LETTER_NUMBER.fullmatch(text):
        return None
    price = parse_price(text)
    if (price.amount is not None or price.ambiguous) and (price.currency or currency_finder().find(text)):
        return Shape.MONEY  # also where only the supplier's country tells which "kr" it is
    is_number = not has_letters(text) and (price.amount is not None or price.ambiguous)
    return Shape.NUMBER if is_number else None


class ColumnProfile(NamedTuple):
    """One column in figures. Shares are of the filled cells, but `filled` is of all."""

    filled: float
    numbers: float
    money: float
    codes: float
    texts: float
    dates: float
    links: float
    errors: float
    fractions: float
    leading_zeros: float
    distinct: float
    length: float
    words: float
    serial: bool
    largest: float
    paths: float
    ranges: float
    filled_cells: int = 0
    powers_of_ten: float = 0
    smallest: float = 0
    decimals: float = 0  # with two digits behind a sign, though they may be zeros

    @property
    def only_years(self) -> bool:
        return self.numbers == 1 and not self.fractions and _YEARS[0] <= self.smallest <= self.largest <= _YEARS[1]

    @property
    def numeric(self) -> float:
        return self.numbers + self.money

    @property
    def only_counts(self) -> bool:
        """The whole numbers up to about as many as there are, each once, in any order: ranks, places, lines."""
        is_whole = self.numbers == 1 and not self.fractions and self.filled_cells >= LEAST_RANKS
        return is_whole and self.distinct > 0.95 and self.largest <= 1.6 * self.filled_cells + 1

    def shares(self) -> dict[str, float]:
        """What tells this column's values from others', in a form that can be kept."""
        shares = {"filled": self.filled, "numeric": self.numeric, "codes": self.codes, "texts": self.texts}
        shares |= {"dates": self.dates, "links": self.links, "fractions": self.fractions, "length": self.length}
        return {name: round(share, 3) for name, share in shares.items()} | {"largest": self.largest}


EMPTY_PROFILE = ColumnProfile(*(0,) * 13, serial=False, largest=0, paths=0, ranges=0)


def profile_column(cells: Sequence[Cell]) -> ColumnProfile:
    shapes = [shape_of(cell) for cell in cells]
    filled = [(cell, shape) for cell, shape in zip(cells, shapes, strict=True) if shape is not Shape.EMPTY]
    if not filled:
        return EMPTY_PROFILE
    count = len(filled)
    share = {shape: found / count for shape, found in Counter(shape for _, shape in filled).items()}
    texts = Counter(_as_meant(cell_text(cell).strip()) for cell, _ in filled)
    numbers = [value for cell, shape in filled if shape is Shape.NUMBER and (value := _number(cell)) is not None]
    padded = _total(texts, lambda text: len(text) > 2 and text[0] == "0" and text.isdigit())
    return ColumnProfile(
        filled=count / len(cells),
        numbers=share.get(Shape.NUMBER, 0),
        money=share.get(Shape.MONEY, 0),
        codes=share.get(Shape.CODE, 0),
        texts=share.get(Shape.TEXT, 0),
        dates=share.get(Shape.DATE, 0),
        links=share.get(Shape.LINK, 0),
        errors=share.get(Shape.ERROR, 0),
        fractions=sum(not number.is_integer() for number in numbers) / count,
        leading_zeros=padded / count,
        distinct=len(texts) / count,
        length=_total(texts, _width) / count,
        words=_total(texts, lambda text: len(text.split())) / count,
        serial=not padded and _is_serial(numbers, count),
        largest=max(numbers, default=0),
        ranges=_total(texts, lambda text: _RANGE.fullmatch(text) is not None) / count,
        paths=_total(texts, _is_path) / count,
        filled_cells=count,
        smallest=min(numbers, default=0),
        decimals=_total(texts, lambda text: _DECIMALS.search(text) is not None) / count,
        powers_of_ten=_total(texts, lambda text: _POWER_OF_TEN.match(text) is not None) / count,
    )


def _total(texts: Counter[str], value: Callable[[str], int]) -> int:
    """A sum over all the texts of a column, where each different one is looked at once."""
    return sum(value(text) * times for text, times in texts.items())


def _is_path(text: str) -> bool:
    return _PATH_SIGN.search(text) is not None and _PATH.search(text) is not None


def _width(text: str) -> int:
    """Its length, where an ideograph counts for two letters."""
    return len(text) if text.isascii() else len(text) + len(_IDEOGRAPHS.findall(text))


def has_letters(text: str) -> bool:
    return bool(_LETTERS.search(text))


def _number(cell: Cell) -> float | None:
    if isinstance(cell, int | float):
        return float(cell)
    try:
        return float("".join(_as_meant(str(cell)).split()).replace(",", "."))
    except ValueError:
        return None


def _is_serial(numbers: Sequence[float], count: int) -> bool:
    """1, 2, 3 ...: line numbers, not codes."""
    if len(numbers) < max(LEAST_SERIAL, count * 0.9):
        return False
    steps = sum(after - before == 1 for before, after in pairwise(numbers))
    return numbers[0] in (0, 1) and steps >= 0.7 * (len(numbers) - 1)
