"""Days as texts name them: how new a sheet is by its name or the lines above its table, and each day with its place."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.vocabulary import normalise, vocabulary

_NOTHING = (0, 0, 0)

Day = tuple[int, int, int]


def newest_date(cells: Iterable[Cell]) -> Day:
    """(year, month, day) of the newest date named, with 0 for what is not said."""
    return max((day for cell in cells for day in _days_of(cell)), default=_NOTHING)


def _days_of(cell: Cell) -> Iterator[Day]:
    if isinstance(cell, date | datetime):
        yield cell.year, cell.month, cell.day
    elif isinstance(cell, str):
        yield from (day.said for day in days_in(cell))


class NamedDay(NamedTuple):
    """A day, or a month as its `first` and `last` day, at text[start:end]."""

    start: int
    end: int
    first: date
    last: date
    is_ambiguous: bool = False  # "03/04/2027" is in March or in April

    @property
    def said(self) -> Day:
        """With 0 for what is not said: the day of a month, the month of a year."""
        is_year = self.first.month != self.last.month
        return self.first.year, 0 if is_year else self.first.month, self.first.day if self.first == self.last else 0


def day_of_cell(cell: Cell, *, at_end: bool = False, month_first: bool | None = None) -> date | None:
    """The one day that a cell of a column of days holds; of a month its first, or `at_end` its last.

    `month_first` says which of two numbers beside a slash the month is, where both may be.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    days = list(days_in(cell)) if isinstance(cell, str) else []
    if len(days) != 1 or (days[0].is_ambiguous and month_first is None):
        return None
    if isinstance(cell, str) and any(map(str.isdecimal, cell[: days[0].start])):
        return None  # "31.02.2027" is not in February
    day = days[0].last if at_end else days[0].first
    return day.replace(month=day.day, day=day.month) if days[0].is_ambiguous and month_first else day


def looks_like_day(cell: Cell) -> bool:
    """Whether a cell of a column of days seems to name one, or is the number that a spreadsheet keeps for one."""
    if isinstance(cell, str):
        return bool(_LIKE_DAY.search(cell)) and not _NEVER.search(cell)
    return isinstance(cell, int | float) and not isinstance(cell, bool) and _FIRST_SERIAL <= cell <= _LAST_SERIAL


def month_comes_first(cells: Iterable[Cell]) -> bool | None:
    """Whether days with slashes are written month first, as those show that can be read in one way only."""
    found = [pair for cell in cells if isinstance(cell, str) and (pair := _SLASHED.match(cell))]
    shown = {int(two) > 12 for one, two in map(re.Match.groups, found) if (int(one) > 12) != (int(two) > 12)}
    return shown.pop() if len(shown) == 1 else None


class _Token(NamedTuple):
    kind: str  # d: one or two digits, y: a year, w: eight digits, v: six, m: a month's name, x: any other word
    text: str
    start: int
    end: int


_LIKE_DAY = re.compile(r"\d\s?[./-]\s?\d|\d{4}")
_NEVER = re.compile(r"9999|0000")
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000 to 2099
_SLASHED = re.compile(r"\D*(\d{1,2})/(\d{1,2})/")
_WORD = re.compile(r"\d+|(?:(?![年月日년월일])[^\W\d_])+")
_KINDS = {1: "d", 2: "d", 4: "y", 6: "v", 8: "w"}  # of numbers, by their digits
_YEARS = range(1990, 2100)
_BUDDHIST = 543  # years ahead
_BETWEEN_PARTS = re.compile(r"[\s./,_\-年月日년월일º°ª’']*")
_PATTERNS = (
    "ddy",
    "ydd",
    "dmy",
    "mdy",
    "ymd",
    "ddd",
    "my",
    "ym",
    "dy",
    "yd",
    "w",
    "v",
    "dm",
    "dd",
    "y",
)  # the most telling first
_WITHOUT_YEAR = ("dm", "dd")


def days_in(text: str) -> Iterator[NamedDay]:
    """From left to right. A day without a year takes that of the day right behind it: "01.01. - 31.03.2027"."""
    if not any(map(str.isdecimal, text)):
        return
    tokens = list(_tokens(text))
    at = 0
    while at < len(tokens):
        found = _day_at(text, tokens, at)
        if found is None:
            at += 1
            continue
        day, at = found
        yield day


def _tokens(text: str) -> Iterator[_Token]:
    months, fillers = vocabulary().phrases("months"), vocabulary().phrases("validity.within_date")
    words = vocabulary().phrases("validity.valid")  # "Lista 2027" is not November
    for found in _WORD.finditer(text):
        word = found[0]
        if word.isdecimal():
            kind = _KINDS.get(len(word), "x")
            kind = "x" if kind == "y" and not _year(word) else kind
        else:
            plain = normalise(word)
            kind = "m" if len(months.meanings(plain)) == 1 and not words.exact(plain) else "x"
            kind = "f" if kind == "x" and fillers.exact(plain) else kind
        if kind != "f":
            yield _Token(kind, word, *found.span())


def _day_at(text: str, tokens: list[_Token], at: int) -> tuple[NamedDay, int] | None:
    for pattern in _PATTERNS:
        some = tokens[at : at + len(pattern)]
        if "".join(token.kind for token in some) != pattern or not _is_together(text, some):
            continue
        if pattern == "ddd" and len({text[one.end : two.start].strip() for one, two in pairwise(some)}) > 1:
            continue  # "01.01.-31" is none
        if pattern in _WITHOUT_YEAR:
            following = _day_at(text, tokens, at + len(pattern)) if at + len(pattern) < len(tokens) else None
            if following is None or not _is_range(text[some[-1].end : following[0].start]):
                continue
            year = following[0].first.year
            parts = [token.text for token in some]
            day = _named(pattern + "y", some[0].start, some[-1].end, [*parts, str(year)])
        else:
            day = _named(pattern, some[0].start, some[-1].end, [token.text for token in some])
            if day is not None and pattern in ("ddy", "ddd") and "/" in text[day.start : day.end]:
                day = day._replace(is_ambiguous=day.first.day <= 12 and day.first.day != day.first.month)
        if day is not None:
            return day, at + len(pattern)
    return None


def _is_together(text: str, tokens: list[_Token]) -> bool:
    """Nothing but separators and the small words of dates stands between the parts."""
    fillers = vocabulary().phrases("validity.within_date")
    for token, other in pairwise(tokens):
        between = text[token.end : other.start]
        words = normalise(between).split()
        if not _BETWEEN_PARTS.fullmatch(between) and not (words and all(map(fillers.exact, words))):
            return False
    numbers = "".join(token.kind for token in tokens)
    return numbers not in ("ddy", "ddd", "dd", "dy", "yd") or not any(
        text[token.end : other.start].strip() == "" for token, other in pairwise(tokens)
    )  # plain numbers need a sign between them


def _is_range(between: str) -> bool:
    return re.fullmatch(r"[\s.]*(?:[-–—~～〜]|\.{2,3}|…)\s*", between) is not None


def _named(pattern: str, start: int, end: int, parts: list[str]) -> NamedDay | None:
    with suppress(ValueError):
        if pattern == "w":
            day = date(int(parts[0][:4]), int(parts[0][4:6]), int(parts[0][6:]))
            return NamedDay(start, end, day, day) if day.year in _YEARS else None
        if pattern == "v":
            pattern, parts = "yd", [parts[0][:4], parts[0][4:]]
        if pattern == "ddd":
            pattern, parts = "ddy", [*parts[:2], f"20{parts[2]:0>2}"]
        year = _year(parts[pattern.index("y")])
        if pattern == "y":
            return NamedDay(start, end, date(year, 1, 1), date(year, 12, 31))
        month = _month(pattern, parts)
        if len(pattern) == 2:
            return NamedDay(start, end, date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return _whole_day(pattern, start, end, year, parts)
    return None


def _whole_day(pattern: str, start: int, end: int, year: int, parts: list[str]) -> NamedDay:
    """Of two numbers the first is the day, unless the year comes first or there is no such month."""
    if "m" in pattern:
        day = date(year, _month(pattern, parts), int(parts[pattern.index("d")]))
        return NamedDay(start, end, day, day)
    one, two = (int(part) for part, kind in zip(parts, pattern, strict=True) if kind == "d")
    if pattern == "ydd" or two > 12:
        one, two = two, one
    day = date(year, two, one)
    return NamedDay(start, end, day, day)


def _month(pattern: str, parts: list[str]) -> int:
    if "m" in pattern:
        (found,) = vocabulary().phrases("months").meanings(normalise(parts[pattern.index("m")]))
        return int(found)
    return int(parts[pattern.index("d")])


def _year(text: str) -> int:
    """0 where it is none."""
    year = int(text)
    if year - _BUDDHIST in _YEARS:
        year -= _BUDDHIST
    return year if year in _YEARS else 0
